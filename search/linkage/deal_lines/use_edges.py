"""At the edge of a line's use of a number: traffic in the days before its first advert."""

from __future__ import annotations

from typing import Final

from search.contract import Edge
from search.linkage.instants import days_between
from search.linkage.joining.groups import LineGroup

_DAYS_BEFORE: Final = 3.0
"""Before the first advert that is held of a number: whoever wrote from it then advertised from it days later, for not
every advert is held, and a number is given out again after weeks. Reasoned. Nothing is said so of what came after the
last one, which may be of the police."""


def is_right_before(group: LineGroup, number: str, edge: Edge) -> bool:
    """Whether texts came in the days before the first advert held of a number, and none before that."""
    return any(
        edge.first_at is not None
        and spell.used_from is not None
        and 0 <= days_between(edge.first_at, spell.used_from) <= _DAYS_BEFORE
        for spell in group.spells_of(number)
    )
