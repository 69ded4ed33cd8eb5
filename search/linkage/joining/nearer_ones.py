"""Which of two joins of one number goes first where both numbers that may follow it are of one name, and rivals.

A line's next number comes soon. Who comes later under the name, while that is in use or when it has been, may follow it
as well, or imitate the line: what he has in common with the line's first number is no surer than what its next one has,
however much he says that he is new. Where he has more of the line's wordings or customers than the nearer one, that may
be the imitator, and the order stays.

A next number that says of itself under which name it was known is of that name too, whatever it is called now: who
takes up the former name when it is in use has read it on the phones of some customers, and they alone. Where he reaches
as many, or the other merely speaks of the line ("better than Nixon"), the order stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.linkage.instants import days_between
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.name_changes import NameChange
from search.linkage.joining.name_joins import Compared
from search.linkage.number_use.one_number import OVERLAP_DAYS
from search.linkage.number_use.spells import Spell
from search.linkage.weights import JOIN_WEIGHTS

_BELOW = 0.001


def bounded_by_nearer(
    weighed: Sequence[tuple[float, PlacedJoin]],
    by_place: Mapping[int, Spell],
    compared: Callable[[Spell, Spell], Compared],
    says_own_former: Callable[[Spell, Spell], bool],
) -> list[float]:
    """Return the weights of joins, in order, none that only alikeness makes above that with a number in its gap.

    Whichever of the two was given first: what is nearer follows from times, names and counts of both alone.

    Args:
        weighed: Joins and their weights.
        by_place: The spells.
        compared: Gives what two spells have in common.
        says_own_former: Whether the later of two says of itself that it was called as the earlier one is.
    """

    def as_much(older: Spell, near: Spell, far: Spell) -> bool:
        one, other = compared(older, near), compared(older, far)
        if one.change is not None and one.recipients == other.recipients:
            return False  # no imitator reaches all whom the one that was renamed does
        return one.common >= other.common and one.recipients >= other.recipients

    def says_name(older: Spell, other: Spell) -> bool:
        return compared(older, other).change is NameChange.SAID and says_own_former(older, other)

    following: dict[int, list[tuple[float, Spell]]] = defaultdict(list)
    for weight, (older, newer, _) in weighed:
        following[older].append((weight, by_place[newer]))
    nearer = {older: _may_be_nearer(by_place[older], held, says_name) for older, held in following.items()}
    return [
        weight
        if join.kind in JOIN_WEIGHTS
        else _bounded(weight, by_place[older], by_place[newer], nearer[older], as_much)
        for weight, (older, newer, join) in weighed
    ]


def _may_be_nearer(
    older: Spell, following: Iterable[tuple[float, Spell]], says_name: Callable[[Spell, Spell], bool]
) -> list[tuple[float, Spell, bool]]:
    """Return the numbers of its name that follow a number when it has ended, the one of the least weight first.

    With each whether it bears another name now, and says the earlier one.
    """
    found = [
        (weight, other, is_renamed)
        for weight, other in following
        if older.last_at is not None
        and other.first_at is not None
        and not other.is_announced_only
        and days_between(older.last_at, other.first_at) >= -OVERLAP_DAYS
        and (not (is_renamed := not other.shares_a_name(older)) or says_name(older, other))
    ]
    return sorted(found, key=lambda it: it[0])


def _bounded(
    weight: float,
    older: Spell,
    newer: Spell,
    nearer: Iterable[tuple[float, Spell, bool]],
    as_much: Callable[[Spell, Spell, Spell], bool],
) -> float:
    """Return the weight of a join, or a little below the least of a number that began in its gap, if that is less.

    Args:
        weight: Its weight by itself.
        older: The one of two numbers that it joins.
        newer: The other.
        nearer: Those that may lie in its gap, the one of the least weight first, and whether each bears another name.
        as_much: Whether a nearer number has as much in common with the older one as a farther one has.
    """
    if newer.first_at is None:
        return weight
    for found, other, is_renamed in nearer:
        # of all that lie in the gap the first one counts, and none that weighs more than the join does
        if found - _BELOW >= weight:
            break
        is_before = days_between(other.first_at or "", newer.first_at) > OVERLAP_DAYS
        if not is_before or other is newer:
            continue
        if (older if is_renamed else other).shares_a_name(newer) and as_much(older, other, newer):
            return found - _BELOW
    return weight
