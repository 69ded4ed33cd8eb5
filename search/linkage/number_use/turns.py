"""The turns of a number: a line goes on to other numbers and comes back to one that it had before, once or often.

First and last advert of such a number lie around those of the others, as if both had been in use at once. What tells is
its silence while another one was in use that is not in use beside it: either the line says to which number it goes and
that it is back, or the number would have sent on several days by then.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import Final, NamedTuple

from search.linkage.instants import DAY_SECONDS
from search.linkage.number_use.one_number import WITHIN_DAYS

_EDGE: Final = WITHIN_DAYS * DAY_SECONDS
_TELLING: Final = DAY_SECONDS / 2
"""A number may still send so long after it said that it is left, or begin so long before it is called back."""
_LATE: Final = 14 * DAY_SECONDS
"""What is told of a change lies so near to it at most; and so long another number is silent before and after at least,
that was in use in place of this one."""
_INTERVALS: Final = 3.0
"""As many times the days between two broadcasts: that it sends on none of three days by chance is one in twenty."""
_DAYS_ON_A_SIDE: Final = 3
_DAYS_BETWEEN: Final = 4
"""Days on which this number sent before and after, and the others meanwhile, where nothing is said."""


class Told(NamedTuple):
    """What is told of changes of number.

    Attributes:
        changes: The old number, the new one, and when it was told, in seconds.
        new: Numbers that say that they are new or work again, and not in place of which, with the instant.
    """

    changes: Sequence[tuple[str, str, float]] = ()
    new: Sequence[tuple[str, float]] = ()

    def of(self, number: str) -> Told:
        """Return what is told of one number, in order."""
        return Told(
            sorted((each for each in self.changes if number in each[:2]), key=lambda each: each[-1]),
            sorted((each for each in self.new if each[0] == number), key=lambda each: each[-1]),
        )

    def between(self, first: float, last: float) -> Told:
        """Return what is told in a time, of what is in order."""
        changes, new = (
            slice(bisect_left(held, first, key=_instant), bisect_right(held, last, key=_instant))
            for held in (self.changes, self.new)
        )
        return Told(self.changes[changes], self.new[new])


def turns_of(number: str, sent: Mapping[str, Sequence[float]], told: Told) -> list[tuple[float, float]]:
    """Return the first and last instant of each turn of a number, in seconds; one where it never rested.

    Args:
        number: The number.
        sent: When each number of the line sent adverts, in order.
        told: What is told of changes.
    """
    own = sent[number]
    silences = [
        _Silence(number, began, ended, others)
        for began, ended in pairwise(own)
        if ended - began > _EDGE and (others := _meanwhile(number, began, ended, sent))
    ]
    told = told.of(number)
    said = {each.began for each in silences if each.is_told(told.between(each.began - _LATE, each.ended + _LATE))}
    found = [_without_beside(each, sent) for each in silences]
    found = [each for each in found if each.others or each.began in said]
    days = _first_of_days(own)
    silent = [each.began for each in found]
    between = [
        ended - began for began, ended in pairwise(days) if bisect_left(silent, began) == bisect_left(silent, ended)
    ]
    usual = sum(between) / len(between) if between else 0.0
    ends = [each for each in found if each.began in said or _is_long(each, days, usual)]
    begun = [own[0], *(each.ended for each in ends)]
    return list(zip(begun, [*(each.began for each in ends), own[-1]], strict=True))


class _Silence(NamedTuple):
    """A silence of a number, and when others that were in use in its place sent meanwhile."""

    number: str
    began: float
    ended: float
    others: Mapping[str, Sequence[float]]

    @property
    def length(self) -> float:
        return self.ended - self.began

    def is_told(self, told: Told) -> bool:
        """Whether the line said to which of the others it went, and that it is back on this one."""
        left = any(
            old == self.number and new in self.others and self.began - _TELLING <= at <= self.others[new][0] + _EDGE
            for old, new, at in told.changes
        )
        return left and (
            any(
                new == self.number and old in self.others and self._is_end(at) and self.others[old][-1] <= at + _EDGE
                for old, new, at in told.changes
            )
            or any(new == self.number and self._is_end(at) for new, at in told.new)
        )

    def _is_end(self, at: float) -> bool:
        return self.ended - _LATE <= at <= self.ended + _TELLING


def _is_long(silence: _Silence, own: Sequence[float], usual: float) -> bool:
    """Whether a number would have sent in a silence, by how often it sends: by its first instants of days."""
    # a silence is longer than a day: what it ends with is the first of its day
    sides = bisect_right(own, silence.began), len(own) - bisect_left(own, silence.ended)
    days = sum(len(_first_of_days(held)) for held in silence.others.values())
    return (
        usual > 0
        and min(sides) >= _DAYS_ON_A_SIDE
        and days >= _DAYS_BETWEEN
        and silence.length - 2 * _EDGE >= _INTERVALS * usual
    )


def _instant(said: tuple[str, str, float] | tuple[str, float]) -> float:
    return said[-1]


def _meanwhile(
    number: str, began: float, ended: float, sent: Mapping[str, Sequence[float]]
) -> dict[str, Sequence[float]]:
    """Return when other numbers sent in a silence that were silent for two weeks before it and after it."""
    found: dict[str, Sequence[float]] = {}
    for other, held in sent.items():
        run = held[bisect_left(held, began - _EDGE) : bisect_right(held, ended + _EDGE)]
        if other != number and run and _away(held, began, ended) >= _LATE:
            found[other] = run
    return found


def _without_beside(silence: _Silence, sent: Mapping[str, Sequence[float]]) -> _Silence:
    """Return a silence without the numbers that send seldom, and may be in use around it too: beside this one."""
    others = {
        other: run
        for other, run in silence.others.items()
        if _away(sent[other], silence.began, silence.ended) >= _INTERVALS * _usual(run)
    }
    return silence._replace(others=others)


def _away(held: Sequence[float], began: float, ended: float) -> float:
    """Return how long a number that sent in a silence was silent before it or after it, the shorter of the two."""
    first, after = bisect_left(held, began - _EDGE), bisect_right(held, ended + _EDGE)
    before = began - held[first - 1] if first > 0 else inf
    return min(before, held[after] - ended if after < len(held) else inf)


def _usual(run: Sequence[float]) -> float:
    """Return the time between the days on which a number sent."""
    return (run[-1] - run[0]) / max(1, len(_first_of_days(run)) - 1)


def _first_of_days(instants: Sequence[float]) -> list[float]:
    days: dict[int, float] = {}
    for instant in instants:
        days.setdefault(int(instant // DAY_SECONDS), instant)
    return list(days.values())
