"""Dates whose three numbers have two digits each, and whether the year is in front: ``23/09/14``.

One of them does not say it: this is 14 September 2023, or 23 September 2014. The day is in front, as nearly all people
here write it, unless the column as a whole shows the year there: one number, or two years that follow each other, stand
in front all the way down, the dates then run in order, and with the day in front they would lie over ten years or more.
A list of messages with the day in front never looks like that, sorted as text (its days run from 01 to 31) or kept to
one day of the month (its years are few) as it may be. Of too few dates, or of more years, neither is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from parsers.locale_times import YEAR_FIRST, YEAR_OPEN

_SHORT = re.compile(r"([0-9]{2})([-/.])([0-9]{2})\2([0-9]{2})(?![0-9])")
_DATED = re.compile(
    r"[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[A-Za-z]{3,9}\.?)[-/. ][0-9]{1,4}|[0-9]{8}|[A-Za-z]{3,9}\.? [0-9]{1,2}\b"
)
_CENTURY: Final = 2000
_LAST_DAY: Final = 31
_LAST_MONTH: Final = 12
_MANY_YEARS: Final = 10
"""Years that the messages of hardly any handset span."""

_NEXT: Final = 1
_FEW_YEARS: Final = 5
_FEWEST_DAYS: Final = 3
_FEWEST_DATES: Final = 4
"""So many days of a month, in so many dates, are in order by chance too rarely to matter."""


class _Run:
    """The dates of a column read in one way, in the order of its rows."""

    def __init__(self) -> None:
        self.is_possible = True
        self._before = 0
        self._rises = self._falls = False

    def add(self, year: int, month: int, day: int) -> None:
        try:
            at = date(_CENTURY + year, month, day).toordinal()
        except ValueError:
            self.is_possible = False
            return
        if self._before:
            self._rises = self._rises or at > self._before
            self._falls = self._falls or at < self._before
        self._before = at

    @property
    def is_in_order(self) -> bool:
        """Whether they run in order, up or down."""
        return self.is_possible and not (self._rises and self._falls)


class ShortYears:
    """What the dates of one column show of it; takes them in the order of the rows.

    Attributes:
        count: Such dates.
        fronts: Their first numbers.
        lasts: Their last numbers.
    """

    def __init__(self) -> None:
        self.count = 0
        self._is_other = self._is_told_by_day = False
        self._year_first, self._day_first = _Run(), _Run()
        self._front_changes = self._last_changes = 0
        self._before: tuple[int, int] | None = None
        self.fronts: set[int] = set()
        self.lasts: set[int] = set()

    def add(self, text: str) -> None:
        """Take a time, in plain characters, with its day in front."""
        found = _SHORT.match(text)
        if found is None:
            self._is_other = self._is_other or _DATED.search(text) is not None
            return
        front, month, last = int(found[1]), int(found[3]), int(found[4])
        self.count += 1
        self._is_other = self._is_other or month > _LAST_MONTH or front > _LAST_DAY
        self._is_told_by_day = self._is_told_by_day or front > _LAST_MONTH
        self._year_first.add(front, month, last)
        self._day_first.add(last, month, front)
        if self._before is not None:
            self._front_changes += front != self._before[0]
            self._last_changes += last != self._before[1]
        self._before = front, last
        self.fronts.add(front)
        self.lasts.add(last)

    @property
    def may_be(self) -> bool:
        """Whether all dates are such, and all can have the year in front; the month is then not in front in all."""
        return self.count > 0 and not self._is_other and self._is_told_by_day and self._year_first.is_possible

    @property
    def is_one(self) -> bool:
        """Whether all of them are the same day, or there is one alone, which shows nothing."""
        return len(self.fronts) <= 1 and len(self.lasts) <= 1

    @property
    def leaves_open(self) -> bool:
        """Whether nothing in them speaks against the year in front, if other columns of the file have it there."""
        return self.may_be and _spread(self.fronts) <= _NEXT and self._year_first.is_in_order

    @property
    def shows_day(self) -> bool:
        """Whether they are written so, and the day is in front."""
        if not self.count or not self._is_told_by_day or self._is_other:
            return False
        is_wide = _spread(self.fronts) >= _MANY_YEARS > _spread(self.lasts)
        return is_wide or not self._year_first.is_possible or self._front_changes > self._last_changes

    @property
    def order(self) -> str | None:
        """Return ``year_first``; ``year_open`` where day and year are not told apart. None: the day is in front."""
        if not self.may_be or _spread(self.lasts) < _MANY_YEARS or self._front_changes > self._last_changes:
            return None
        years = _spread(self.fronts)
        if years > _FEW_YEARS or (self._day_first.is_in_order and years > _NEXT):
            return None
        if not self._year_first.is_in_order:
            return None if self._day_first.is_in_order or years > _NEXT else YEAR_OPEN
        is_told = years <= _NEXT and len(self.lasts) >= _FEWEST_DAYS and self.count >= _FEWEST_DATES
        return YEAR_FIRST if is_told else YEAR_OPEN


def short_year_order(own: ShortYears, others: Iterable[ShortYears]) -> str | None:
    """Return the order of a column by its own dates, else by those of the other columns of the file.

    Returns:
        ``year_first``; ``year_open`` where day and year are not told apart; None where the day is in front, or its
        dates are no such.
    """
    order = own.order
    if order == YEAR_FIRST or not own.may_be:
        return order
    beside = list(others)
    years = {year for each in beside if each.order == YEAR_FIRST for year in each.fronts}
    if years and own.leaves_open:
        if _are_next(own.fronts, years):
            return YEAR_FIRST
        # ``14/09/23`` beside dates of 2023 with the year in front is of that year, by another program.
        return None if _are_next(own.lasts, years) else YEAR_OPEN
    if order == YEAR_OPEN and any(each.shows_day for each in beside):
        return None
    return order


def _spread(numbers: set[int]) -> int:
    return max(numbers, default=0) - min(numbers, default=0)


def _are_next(numbers: set[int], years: set[int]) -> bool:
    """Whether all of them are of these years, or of the one before or after."""
    return min(years) - _NEXT <= min(numbers) and max(numbers) <= max(years) + _NEXT
