"""Texts in a running talk that surely read like adverts and offer nothing: words to one who works for a line.

"fone on loud" is said to who answers the phone for a line, and reads like "phone on now"; "bk of Hill Rd 3 waiting"
sends him somewhere, and the analysis reads a name in it that nobody else has seen. The talk that it stands in tells it
from a broadcast, and that nobody but those who work for the line got it, each at another time. A customer writes with
his line all day too, and who orders by calls writes nothing that surely reads like an order: so where a phone called
its sender, what it writes is to read like none at all, and to be more than goes with calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.adverts.ordering import ORDER_SCORE
from search.linkage.adverts.running_talk import TALK_TEXTS
from search.linkage.adverts.sure_orders import SURE_ORDER
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.attribution.together import Trace, are_each_together
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.keys import CHANGE_ROLES, SENT_ADVERT_ROLES, Role, fold_name

_TALK_TEXTS: Final = 6
_TALK_SHARE: Final = 3
"""Texts each way, at least, and for each that reads like an advert. Reasoned, of what one extraction still holds: the
runners of seven made worlds wrote 7 to 22 and got one to three such. Of what they wrote none came above 0.39 as an
order; of the customers of another maker who hold nothing but such adverts, each who wrote anything came above 0.98. In
a long talk a text of a runner comes as high as a likely order ("none left"), and a customer surely orders."""
_CALLER_SCORE: Final = 0.45
"""Order score up to which what a phone that called wrote reads like no order; 0: none of it was read. Reasoned: of 21
customers of five makers' worlds who call and write six texts and more without a sure order the texts of 18 come to 0.49
and more and those of the others were not read; of 22 runners in such a talk none came above 0.39."""
_TEXTS_A_CALL: Final = 2
"""Texts for each call up to which they may go with orders by calls ("im outside", which comes to 0.18 as an order)."""
_OFFERING: Final = ("{deal}", "{drug}", "{number}", "{link}")
"""Slots of a template, of what is on offer and where. A place, a count or an hour stands in an order to go as well."""

_Threads = Mapping[str, Mapping[str, int]]


def told_in_passing(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Return how many adverts stand in threads all of whose adverts offer nothing; by sender, device.

    Of senders who sent other phones adverts, too.

    Args:
        evidence: All that lines are made from.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    offering: dict[str, set[str]] = defaultdict(set)
    for advert in evidence.adverts:
        if advert.edge.role in SENT_ADVERT_ROLES:
            continue
        found[advert.sender][advert.device_id] += advert.edge.count
        if not _offers_nothing(advert, evidence.template_texts):
            offering[advert.sender].add(advert.device_id)
    left = {
        sender: {device_id: count for device_id, count in held.items() if device_id not in offering[sender]}
        for sender, held in found.items()
        if len(held) > 1
    }
    return {sender: held for sender, held in left.items() if held}


def without_noticed(threads: _Threads, missed: Iterable[Evidenced]) -> dict[str, dict[str, int]]:
    """Return the threads without those of which the phone got adverts that the analysis missed.

    Args:
        threads: What ``told_in_passing`` returns.
        missed: Adverts that the analysis missed.
    """
    noticed = {(advert.sender, advert.device_id) for advert in missed}
    return {
        sender: {device_id: count for device_id, count in held.items() if (sender, device_id) not in noticed}
        for sender, held in threads.items()
    }


def _offers_nothing(advert: Evidenced, texts: Mapping[str, str]) -> bool:
    edge = advert.edge
    text = texts.get(edge.other)
    return (
        text is not None
        and edge.role not in CHANGE_ROLES
        and edge.first_at is not None
        and not any(slot in text for slot in _OFFERING)
    )


def with_words_to_workers(
    evidence: Evidence, threads: _Threads, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> Evidence:
    """Return the evidence with those adverts marked that are words to one who works for their sender.

    Args:
        evidence: All that lines are made from.
        threads: What ``told_in_passing`` returns.
        traffic: Edges of kind number of the senders, by number.
        device_of: Device by extraction.
    """
    working = _without_named(_working(threads, traffic, device_of), evidence)
    if not working:
        return evidence
    told = _told_apart(working, evidence)
    adverts = (
        msgspec.structs.replace(advert, is_to_worker=True)
        if (advert.sender, advert.edge.other) in told and advert.edge.role not in SENT_ADVERT_ROLES
        else advert
        for advert in evidence.adverts
    )
    return msgspec.structs.replace(evidence, adverts=tuple(adverts)) if told else evidence


def _working(
    threads: _Threads, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Return the devices in a running talk with each sender that order nothing of it."""
    found = {
        sender: frozenset(
            device_id
            for device_id, texts in _texts(traffic.get(sender, ()), device_of).items()
            if device_id in held and min(texts) >= max(_TALK_TEXTS, _TALK_SHARE * held[device_id])
        )
        for sender, held in threads.items()
    }
    return {sender: devices for sender, devices in found.items() if devices}


def _without_named(working: Mapping[str, frozenset[str]], evidence: Evidence) -> dict[str, frozenset[str]]:
    """Return these devices without those that got a name which others than they got of the sender, by sender.

    Others are to have got adverts that bear a name or offer something, and a name, where these bear any: then what
    the analysis reads as a name in "3 waiting at Hill Rd" is none of the line's.
    """
    own: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    known: dict[str, set[str]] = defaultdict(set)
    showing: set[str] = set()
    for advert in evidence.adverts:
        sender, words = advert.sender, set(fold_name(advert.edge.label).split())
        if sender not in working:
            continue
        if advert.device_id in working[sender]:
            own[sender][advert.device_id] |= words
        elif advert.edge.role not in SENT_ADVERT_ROLES:
            known[sender] |= words
            if words or not _offers_nothing(advert, evidence.template_texts):
                showing.add(sender)
    left = {
        sender: frozenset(
            device_id
            for device_id in devices
            if not (words := own[sender][device_id]) or (known[sender] and words.isdisjoint(known[sender]))
        )
        for sender, devices in working.items()
        if sender in showing
    }
    return {sender: devices for sender, devices in left.items() if devices}


def _texts(edges: Iterable[Edge], device_of: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return how many texts that are no adverts went each way, by device, of those who order nothing."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    scores: dict[str, float] = defaultdict(float)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is not None:
            counts[device_id][edge.role] += edge.count
            if edge.role == Role.SENT:
                scores[device_id] = max(scores[device_id], edge.score)
    return {
        device_id: (texts[Role.SENT], texts[Role.RECEIVED])
        for device_id, texts in counts.items()
        if not _may_order(scores[device_id], texts)
    }


def _may_order(score: float, counts: Mapping[str, int]) -> bool:
    """Whether what a phone wrote to a sender, with this order score at most, may be a customer's.

    Args:
        score: 0: none of it was read.
        counts: Of its texts and calls with the sender, by role.
    """
    calls = counts.get(Role.CALLED, 0)
    if not calls:
        is_long = min(counts.get(Role.SENT, 0), counts.get(Role.RECEIVED, 0)) >= TALK_TEXTS
        return score >= (SURE_ORDER if is_long else ORDER_SCORE)
    return not 0.0 < score <= _CALLER_SCORE or counts.get(Role.SENT, 0) <= _TEXTS_A_CALL * calls


def _told_apart(working: Mapping[str, Collection[str]], evidence: Evidence) -> set[tuple[str, str]]:
    """Return senders and templates that only such devices got, and that no phone held sent to many.

    None that came at about the time of another one of that kind on another device, in whatever words: who writes to
    each by hand does not write to each the same.
    """
    traces: dict[str, list[tuple[Trace, str]]] = defaultdict(list)
    held: set[tuple[str, str]] = set()
    of_others = {(sender, flare.template_id) for _, flare, sender in evidence.sent_flares}
    came = _times(working, evidence)
    for advert in evidence.adverts:
        edge, wording = advert.edge, (advert.sender, advert.edge.other)
        if advert.sender not in working or edge.role in SENT_ADVERT_ROLES:
            continue
        if edge.first_at is None or edge.last_at is None:
            of_others.add(wording)
            continue
        (held if advert.device_id in working[advert.sender] else of_others).add(wording)
        if _offers_nothing(advert, evidence.template_texts):
            # what is known is when each came, or between which times
            periods = came.get((advert.device_id, *wording), ()) or [(edge.first_at, edge.last_at)]
            traces[advert.sender] += [((*period, advert.device_id), edge.other) for period in periods]
    for sender, found in traces.items():
        together = are_each_together(trace for trace, _ in found)
        of_others.update(
            (sender, template_id) for (_, template_id), is_one in zip(found, together, strict=True) if is_one
        )
    return held - of_others


def _times(
    working: Mapping[str, Collection[str]], evidence: Evidence
) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """Return when the adverts of these senders came as broadcasts, by device, sender and template."""
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for device_id, flare, sender in evidence.flares:
        if sender in working and flare.direction == RECEIVED:
            found[device_id, sender, flare.template_id].append((flare.started_at, flare.ended_at))
    return found
