"""People whom the phones knew long before a text of theirs read like an advert: what they tell is about a line.

"any1 got Rico's new number", "seen Rico about": a friend who says it has the line's name in a text or two, and is held
to have its customers, since they are those who have this friend. A line's next number writes to its customers as a
stranger. So a number that each phone wrote with or called for weeks, before the one or two texts of it that read like
adverts came, is not joined with others by what these say, and is no line by them. Of a friend whose phone is held,
that phone shows it: it sent one or two such texts, each to one or two people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from search.contract import Edge
from search.linkage.instants import days_between, earliest
from search.linkage.keys import TALK_ROLES
from search.linkage.number_use.spells import Spell
from search.linkage.weights import LineWeights

_KNOWN_DAYS: Final = 14.0
"""How long before the first such text. Reasoned: a change of number is told within days, and a line that begins sends
its first advert soon."""


def acquainted(
    spells: Iterable[Spell], traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> frozenset[int]:
    """Return the places of spells that are a text or two of people whom the phones knew long before.

    Args:
        spells: All spells.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
    """
    return frozenset(
        spell.place
        for spell in spells
        if _is_to_few(spell) or (_may_be(spell) and _is_known(spell, traffic.get(spell.sender, ()), device_of))
    )


def _is_to_few(spell: Spell) -> bool:
    """Whether the sending phone is held, and shows that it told a friend or two."""
    return (
        bool(spell.sending)
        and not spell.is_broadcast
        and spell.sent_count <= LineWeights.FEW_ADVERTS
        and spell.advert_count <= 2 * spell.sent_count
    )


def _may_be(spell: Spell) -> bool:
    return (
        spell.first_at is not None
        and not spell.sending
        and not spell.is_broadcast
        and spell.advert_count <= LineWeights.FEW_ADVERTS * len(spell.receiving)
    )


def _is_known(spell: Spell, edges: Iterable[Edge], device_of: Mapping[str, str]) -> bool:
    """Whether every phone that got its texts wrote to it, or a call passed between them, so long before the first."""
    known = {
        device_of[edge.extraction_id]
        for edge in edges
        if edge.role in TALK_ROLES
        and edge.extraction_id in device_of
        and edge.first_at is not None
        and days_between(edge.first_at, _first_on(spell, device_of[edge.extraction_id])) >= _KNOWN_DAYS
    }
    return spell.receiving <= known


def _first_on(spell: Spell, device_id: str) -> str:
    """Return when a phone got the first of a spell's texts; of one that got none, when the first came at all."""
    first = earliest(advert.edge.first_at for advert in spell.adverts if advert.device_id == device_id)
    return first or spell.first_at or ""
