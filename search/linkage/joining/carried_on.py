"""Numbers that go on where another one fell silent, in words of it and to whom it sent, though no name shows it.

Many lines sign few of their adverts or none, and one that gives its number up goes on with what it sent last: the same
people get it from the next number within days. A wording alone is copied, customers alone buy from several lines, and a
time alone is chance; that all three change over at once is what a line does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from search.linkage.joining import gaps
from search.linkage.number_use.one_number import OVERLAP_DAYS, WITHIN_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JoinWeights

_SOON_DAYS: Final = 14.0
"""From the last advert of the one to the first of the other. Reasoned: lines send each week."""
_LEAST_TO_SAY: Final = 2
_LEAST_RECIPIENTS: Final = 4
_NEARLY_ALL: Final = 0.75
"""Of those of the side that has fewer: phones were seized while the one was in use, or were new when the other was."""


def may_carry_on(
    a: Spell, b: Spell, gap: float | None, wordings: Collection[str], *, says_it_is_new: bool = False
) -> bool:
    """Whether two numbers, of which one follows the other, are worth comparing for one wording that both sent.

    People who tell their friends of a new number have one wording each and no other: they carry nothing on.

    Args:
        a: The one.
        b: The other.
        gap: Days from the last advert of the earlier one to the first of the later one. None: undated.
        wordings: Wordings in common that stand under one name alone.
        says_it_is_new: The later one does, so that fewer people in common are enough.
    """
    both, fewest = len(a.recipients & b.recipients), min(len(a.recipients), len(b.recipients))
    return (
        gaps.follows(gap)
        and a.is_broadcast
        and b.is_broadcast
        and not (a.offers & b.offers).isdisjoint(wordings)
        and max(len(a.wordings), len(b.wordings)) > 1
        and both >= max(_LEAST_TO_SAY if says_it_is_new else _LEAST_RECIPIENTS, _NEARLY_ALL * fewest)
    )


def carried_on_weight(older: Spell, newer: Spell, gap: float | None, wordings: Collection[str]) -> float:
    """Return what it weighs that nearly all who got the adverts of a number get those of the next one, soon after.

    Args:
        older: The earlier one.
        newer: The later one.
        gap: As ``may_carry_on``.
        wordings: As ``may_carry_on``.
    """
    if gap is None or not (older.is_broadcast and newer.is_broadcast):
        return 0.0
    both, either = len(older.recipients & newer.recipients), len(older.recipients | newer.recipients)
    if both < _LEAST_RECIPIENTS:
        return 0.0
    if older.names and newer.names:
        is_all = both >= _NEARLY_ALL * either and not set(older.names).isdisjoint(newer.names)
        is_right_after = -WITHIN_DAYS <= gap <= OVERLAP_DAYS
        return JoinWeights.ALL_GO_OVER if is_all and is_right_after and not wordings else 0.0
    is_soon = -WITHIN_DAYS <= gap <= _SOON_DAYS
    return JoinWeights.CARRIED_ON if is_soon and may_carry_on(older, newer, gap, wordings) else 0.0
