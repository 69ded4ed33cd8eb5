"""Who writes to two numbers in use at once, or has calls with them: a line's customers have both of its numbers.

An imitator reaches some of a line's customers with what reads like its adverts; that most of those who have to do with
either order from him too, while they order from the line, is seldom. It joins nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.instants import periods_touch
from search.linkage.keys import TALK_ROLES
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JoinWeights

_PAD_DAYS: Final = 14.0
"""Around the adverts of a number that are held, in which talk with it is with its holder."""
_LEAST_PHONES: Final = 2
_MOST: Final = 0.5


def with_writers(
    evidence: Evidence, spells: Iterable[Spell], traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> Evidence:
    """Return the evidence with the devices that write to the number of each spell about then, or have calls with it.

    Args:
        evidence: All that lines are made from.
        spells: All spells; none of the devices sent adverts of its own.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
    """
    writing_to: dict[int, frozenset[str]] = {}
    for spell in spells:
        found = {
            device_of[edge.extraction_id]
            for edge in traffic.get(spell.sender, ())
            if edge.role in TALK_ROLES and edge.extraction_id in device_of and _is_then(spell, edge)
        }
        writing_to[spell.place] = frozenset(found - spell.sending)
    return msgspec.structs.replace(evidence, writing_to=writing_to)


class PairTalk(NamedTuple):
    """What is written between two numbers, and to both.

    Attributes:
        written: Places of two of which the first wrote the second's number, and whether before the second's adverts.
        writing_to: Devices that write to the number of a spell in its time or have calls with it, by its place.
    """

    written: Mapping[tuple[int, int], bool]
    writing_to: Mapping[int, frozenset[str]]

    def weight(self, one: Spell, other: Spell) -> float:
        """Return what it weighs of two numbers in use at once that phones have to do with both."""
        these = [self.writing_to.get(spell.place, frozenset[str]()) for spell in (one, other)]
        both, either = frozenset.intersection(*these), frozenset.union(*these)
        if len(both) < _LEAST_PHONES or len(both) < _MOST * len(either):
            return 0.0
        return JoinWeights.TALK_WITH_BOTH


def _is_then(spell: Spell, edge: Edge) -> bool:
    if edge.first_at is None or edge.last_at is None or spell.first_at is None:
        return False
    return periods_touch((edge.first_at, edge.last_at), spell.period, _PAD_DAYS)
