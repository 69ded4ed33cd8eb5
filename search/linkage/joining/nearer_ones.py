"""Which of two joins of one number goes first where both numbers that may follow it are of one name, and rivals.

A line's next number comes soon. Who comes later under the name, while that is in use or when it has been, may follow it
as well, or imitate the line: what he has in common with the line's first number is no surer than what its next one has,
however much he says that he is new. Where he has more of the line's wordings or customers than the nearer one, that may
be the imitator, and the order stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.linkage.instants import days_between
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.name_joins import Compared
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JOIN_WEIGHTS

_BELOW = 0.001


def bounded_by_nearer(
    weighed: Sequence[tuple[float, PlacedJoin]],
    by_place: Mapping[int, Spell],
    compared: Callable[[Spell, Spell], Compared],
) -> list[float]:
    """Return the weights of joins, in order, none that only alikeness makes above that with a number in its gap.

    Args:
        weighed: Joins and their weights.
        by_place: The spells.
        compared: Gives what two spells have in common.
    """

    def as_much(older: Spell, near: Spell, far: Spell) -> bool:
        one, other = compared(older, near), compared(older, far)
        return one.common >= other.common and one.recipients >= other.recipients

    followers: dict[int, list[tuple[float, Spell]]] = defaultdict(list)
    for weight, (older, newer, _) in weighed:
        followers[older].append((weight, by_place[newer]))
    return [
        weight
        if join.kind in JOIN_WEIGHTS
        else min((weight, *_nearer(by_place[older], by_place[newer], followers[older], as_much)))
        for weight, (older, newer, join) in weighed
    ]


def _nearer(
    older: Spell,
    newer: Spell,
    followers: Iterable[tuple[float, Spell]],
    as_much: Callable[[Spell, Spell, Spell], bool],
) -> Iterable[float]:
    """Yield weights a little below those with which numbers of the name follow that began in the gap of two."""
    if older.last_at is None or newer.first_at is None:
        return
    for weight, other in followers:
        if other is newer or other.first_at is None or other.is_announced_only or not other.shares_a_name(newer):
            continue
        is_in_gap = (
            days_between(older.last_at, other.first_at) >= -OVERLAP_DAYS
            and days_between(other.first_at, newer.first_at) > OVERLAP_DAYS
        )
        if is_in_gap and other.shares_a_name(older) and as_much(older, other, newer):
            yield weight - _BELOW
