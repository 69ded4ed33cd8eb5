"""Phones with a line's number that told those who ask there for the line that this is not its number (any more).

Counted are people whom it told so in private, in answer to a text, after the last advert of the number: those who
wrote the line's name, or whose phones got its adverts or had to do with the number in the time of these. Who says only
that somebody is not there ("no Rico here"), must name the line himself. A line lies so to police and to pests, and
goes on; so its number sent no advert after that (``other_holders`` asks more of the phone).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.denials import told_in
from search.linkage.instants import days_between, earliest, latest, periods_touch
from search.linkage.keys import fold_name

_SHORTEST_NAME: Final = 3
_WORDS_OF_A_NAME: Final = 3


class Denied(NamedTuple):
    """Whom a phone told it, as devices where one alone has the number, and when first; ``records`` show it."""

    parties: frozenset[str]
    first_at: str
    records: tuple[str, ...]


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
    parties: set[str] = set()
    instants: list[str] = []
    records: list[str] = []
    for held in texts:
        at = held.edge.first_at
        if at is None or days_between(ended, at) <= 0:
            continue
        told = told_in(held.edge.label)
        party = evidence.own_device.get(told.party, told.party)
        if party and (bears_name((*told.asked, *told.said), names) or (told.asked and party in known)):
            parties.add(party)
            instants.append(at)
            records += held.edge.record_ids
    return Denied(frozenset(parties), min(instants), tuple(sorted(records))) if parties else None


def bears_name(words: Sequence[str], names: Collection[str]) -> bool:
    """Whether a folded name stands among words in small letters, in one or in several, also as whose something is."""
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + _WORDS_OF_A_NAME, len(words)) + 1):
            joined = fold_name("".join(words[begin:end]))
            if joined in names or joined.removesuffix("s") in names:
                return True
    return False
