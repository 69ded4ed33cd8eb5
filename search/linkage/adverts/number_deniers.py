"""Phones with a line's number that told those who ask there for the line that this is not its number (any more).

Counted are people whom it told so in private, in answer to a text, after the last advert of the number: those who
wrote the line's name, or whose phones got its adverts or had to do with the number in the time of these. Who says only
that somebody is not there ("no Rico here"), must name the line himself. A line lies so to police and to pests, and
goes on; so its number sent no advert after that (``other_holders`` asks more of the phone). It jokes so and refuses so
to its customers, whom it serves: whoever got any other text of the phone, but one that asks within the hour before who
he is, was told nothing.

That is less sure of whom it told so in answer to what reads like an order, though he names nobody and nothing shows
that he knew the line; and of whoever knew it, was told so twice and more, and writes with the phone besides, but never
had another answer to what seemed an order (``refused``). Friends of the new holder may be customers of the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.linkage.adverts.served_orders import orders_served
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.denials import ASKING_SCORE, told_in
from search.linkage.instants import days_between, earliest, latest, periods_touch, to_seconds
from search.linkage.keys import fold_name

_SHORTEST_NAME: Final = 3
_WORDS_OF_A_NAME: Final = 3
_WHO_IS_THIS_SECONDS: Final = 3_600.0
_TIMES_REFUSED: Final = 2
"""How often somebody with whom the phone writes besides was told so: once is a joke, or a mistake."""


class Denied(NamedTuple):
    """Whom a phone told it, as devices where one alone has the number, and when first; ``records`` show it.

    ``refused``: whom else it told so, of which it is less sure that they asked for the line, or that it was meant.
    """

    parties: frozenset[str]
    first_at: str
    records: tuple[str, ...]
    refused: frozenset[str] = frozenset()

    @property
    def every(self) -> frozenset[str]:
        """Return all whom it told so."""
        return self.parties | self.refused


def number_deniers(evidence: Evidence, adverts: Mapping[str, Sequence[Evidenced]]) -> dict[tuple[str, str], Denied]:
    """Return the phones that told it, with their number, by device and number.

    Args:
        evidence: All that lines are made from.
        adverts: Adverts by number.
    """
    told: dict[tuple[str, str], list[Evidenced]] = defaultdict(list)
    for held in evidence.denied:
        if held.sender in adverts and held.sender in evidence.devices[held.device_id].own_numbers:
            told[held.device_id, held.sender].append(held)
    found: dict[tuple[str, str], Denied] = {}
    for (device_id, sender), texts in told.items():
        others = [advert for advert in adverts[sender] if advert.device_id != device_id]
        denied = _denied(texts, sender, others, evidence)
        if denied is not None:
            found[device_id, sender] = denied
    return found


def _denied(texts: Iterable[Evidenced], sender: str, adverts: Sequence[Evidenced], evidence: Evidence) -> Denied | None:
    names = {name for each in adverts if len(name := fold_name(each.edge.label)) >= _SHORTEST_NAME}
    begun = earliest(advert.placed.first_at for advert in adverts)
    ended = latest(advert.placed.last_at for advert in adverts)
    if begun is None or ended is None:
        return None
    known = {advert.device_id for advert in adverts}
    known |= {
        talk.party
        for talk in evidence.talk_with.get(sender, ())
        if periods_touch((talk.first_at, talk.last_at), (begun, ended), 0)
    }
    told_of: dict[str, list[Evidenced]] = defaultdict(list)
    knew, asked = set[str](), set[str]()
    for held in texts:
        told, at = told_in(held.edge.label), held.edge.first_at
        if at is None or days_between(ended, at) <= 0:
            continue
        party = evidence.own_device.get(told.party, told.party)
        told_of[party].append(held)
        if bears_name((*told.asked, *told.said), names) or (told.asked and party in known):
            knew.add(party)
        elif told.asked and _seems_to_order(held.device_id, party, evidence):
            asked.add(party)
    parties = frozenset(party for party in knew if not _wrote_else(told_of[party], party, evidence))
    refused = frozenset(party for party in (knew | asked) - parties if _is_refused(told_of[party], party, evidence))
    first_at = earliest(held.edge.first_at for party in parties | refused for held in told_of[party])
    if first_at is None:
        return None
    records = sorted(
        record for party in parties | refused for held in told_of[party] for record in held.edge.record_ids
    )
    return Denied(parties, first_at, tuple(records), refused)


def put_off(device_id: str, sender: str, evidence: Evidence) -> frozenset[str]:
    """Return whom a phone told that this is not the number of whom they ask for, and gave no order another answer."""
    told = {
        evidence.own_device.get(party, party)
        for held in evidence.denied
        if (held.device_id, held.sender) == (device_id, sender) and (party := told_in(held.edge.label).party)
    }
    return frozenset(told - orders_served(device_id, sender, evidence).keys())


def _seems_to_order(device_id: str, party: str, evidence: Evidence) -> bool:
    return any(held.order_score >= ASKING_SCORE for held in evidence.own_talk.get(device_id, ()) if held.party == party)


def _is_refused(denials: Sequence[Evidenced], party: str, evidence: Evidence) -> bool:
    """Whether a phone that may write with a party besides told it so often enough, and never answered it otherwise."""
    if not _wrote_else(denials, party, evidence):
        return True
    is_served = party in orders_served(denials[0].device_id, denials[0].sender, evidence)
    times = sum(held.edge.count for held in denials if not told_in(held.edge.label).is_settling)
    return not is_served and times >= _TIMES_REFUSED


def _wrote_else(denials: Sequence[Evidenced], party: str, evidence: Evidence) -> bool:
    """Whether the phone wrote to a party after it denied it last, or before it first did, but for asking who it is."""
    first, last = earliest(held.edge.first_at for held in denials), latest(held.edge.last_at for held in denials)
    if first is None or last is None:
        return True
    return any(
        to_seconds(held.last_at) > to_seconds(last)
        or to_seconds(held.first_at) < to_seconds(first) - _WHO_IS_THIS_SECONDS
        for held in evidence.own_talk.get(denials[0].device_id, ())
        if held.party == party and held.is_sent
    )


def bears_name(words: Sequence[str], names: Collection[str]) -> bool:
    """Whether a folded name stands among words in small letters, in one or in several, also as whose something is."""
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + _WORDS_OF_A_NAME, len(words)) + 1):
            joined = fold_name("".join(words[begin:end]))
            if joined in names or joined.removesuffix("s") in names:
                return True
    return False
