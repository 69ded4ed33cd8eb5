"""What reads nearly like an advert and stands in a running talk with the line: words to one who works for it.

Who carries for a line writes with it all day, and orders to him go in the words of its adverts ("drop to albert rd
now"); two of them are told the same within an hour now and then. A phone that got no advert of a number that the
analysis sees, and whose texts from it are nearly all talk, each answered, is no customer by one such text of dozens.
A regular customer writes as much, and surely orders in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from search.contract import Edge
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.adverts.sure_orders import SURE_ORDER
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import Role

TALK_TEXTS = 10
"""Texts each way, from which two write with each other all the time. Reasoned; the runners of five made worlds wrote 29
and more each way."""
TALK_SHARE = 8.0
"""Texts of such a talk for each that reads nearly like an advert, at least: who gets adverts gets them day by day."""
SHORT_TALK_TEXTS = 6
"""Texts each way, and for each that reads nearly like an advert, where the phone never called and nothing that it
wrote comes near to an order."""
NO_ORDER_SCORE = 0.45
"""Order score up to which a text reads like no order; 0: it was not read. Of what the runners of seven made worlds
wrote who write so little none came above 0.39; each of another maker's customers wrote one above 0.98. Reasoned."""
_PHONES_THAT_SHOW_MANY = 3
"""Phones that got a wording, from which it is a broadcast whoever they are of."""

_Thread = tuple[str, str]
"""Device and sender."""


def without_running_talk(
    missed: Sequence[Evidenced],
    evidence: Evidence,
    bulk: Iterable[BulkWording],
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
) -> list[Evidenced]:
    """Return the recovered adverts without those that stand in a running talk.

    Args:
        missed: What ``recovered_adverts`` returns.
        evidence: All that lines are made from.
        bulk: Wordings that went to many.
        traffic: Edges of kind number of the senders, by number.
        device_of: Device by extraction.
    """
    talking = _talking(_doubted(missed, evidence), traffic, device_of)
    if not talking:
        return list(missed)
    known = {advert.edge.other for advert in evidence.adverts if not advert.is_to_worker}
    to_many = {(each.sender, each.template_id) for each in bulk if _is_to_many(each, talking)}
    return [
        advert
        for advert in missed
        if (advert.device_id, advert.sender) not in talking
        or advert.edge.other in known
        or (advert.sender, advert.edge.other) in to_many
    ]


def doubted_senders(missed: Iterable[Evidenced], evidence: Evidence) -> set[str]:
    """Return the senders of recovered adverts on phones that got none of theirs which the analysis sees."""
    return {sender for _, sender in _doubted(missed, evidence)}


def _doubted(missed: Iterable[Evidenced], evidence: Evidence) -> Counter[_Thread]:
    """Return how many recovered adverts stand in each thread without a certain one."""
    certain = {(advert.device_id, advert.sender) for advert in evidence.adverts if not advert.is_to_worker}
    found: Counter[_Thread] = Counter()
    for advert in missed:
        if (advert.device_id, advert.sender) not in certain:
            found[advert.device_id, advert.sender] += advert.edge.count
    return found


def _talking(
    nearly: Mapping[_Thread, int], traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> set[_Thread]:
    """Return the threads that are talk but for so few texts, and in which the phone orders nothing.

    Of all that it wrote the text that reads most like an order is known. Of runners, who write a hundred and more, that
    comes as high as a customer's likely order (0.92 for three of fifteen of one maker), not as high as a sure one.
    """
    texts: dict[_Thread, Counter[str]] = defaultdict(Counter)
    scores: dict[_Thread, float] = defaultdict(float)
    for sender in sorted({sender for _, sender in nearly}):
        for edge in traffic.get(sender, ()):
            if edge.extraction_id in device_of:
                thread = device_of[edge.extraction_id], sender
                texts[thread][edge.role] += edge.count
                if edge.role == Role.SENT:
                    scores[thread] = max(scores[thread], edge.score)
    return {thread for thread, count in nearly.items() if _is_talk(texts[thread], scores[thread], count)}


def _is_talk(texts: Mapping[str, int], order_score: float, nearly: int) -> bool:
    """Whether a thread is talk but for so few texts that read nearly like adverts, and the phone orders nothing in it.

    Args:
        texts: How many texts and calls it has, by role.
        order_score: How surely what the phone wrote is an order, at most.
        nearly: How many of the texts that came in read nearly like adverts.
    """
    each_way = min(texts.get(Role.SENT, 0), texts.get(Role.RECEIVED, 0))
    if order_score < SURE_ORDER and each_way >= max(TALK_TEXTS, TALK_SHARE * nearly):
        return True
    is_without_order = 0.0 < order_score <= NO_ORDER_SCORE and not texts.get(Role.CALLED, 0)
    return is_without_order and each_way >= SHORT_TALK_TEXTS * nearly


def _is_to_many(wording: BulkWording, talking: Collection[_Thread]) -> bool:
    """Whether a wording went to others than those the sender writes with all the time, or is a sent broadcast."""
    devices = {copy.device_id for copy in wording.copies}
    return (
        bool(wording.flares)
        or len(devices) >= _PHONES_THAT_SHOW_MANY
        or any((device_id, wording.sender) not in talking for device_id in devices)
    )
