"""Dates whose three numbers have two digits each, and whether the year is in front: ``23/09/14``.

One of them does not say it: this is 14 September 2023, or 23 September 2014. A column of them mostly does. In a list of
messages or calls the year stays while the day changes from row to row, the rows run in order, and a handset is in use
for a few years. Where the number in front stays and the last one changes, the year is in front if the dates then run in
order, and otherwise jump over many years, come once in each of six, or are in no order; if that does not show either,
neither is guessed. Where the last number stays, or both change alike, the day is in front, as nearly everybody here
writes it.
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
_MANY_YEARS: Final = 3_650
"""Days that the messages of hardly any handset span."""

_TIMES_AS_LONG: Final = 10
_FEWEST_DAYS: Final = 3
_FEWEST_DATES: Final = 4
"""So many days of a month, in so many dates, are in order by chance too rarely to matter."""

_MORE_THAN_YEARLY: Final = 6
"""Years in a row on one day of the month: more than a list of what comes once a year holds."""


class _Run:
    """The dates of a column read in one way, in the order of its rows."""

    def __init__(self) -> None:
        self.is_possible = True
        self._first = self._last = self._before = 0
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
        self._first = min(self._first or at, at)
        self._last = max(self._last, at)
        self._before = at

    @property
    def is_in_order(self) -> bool:
        """Whether they run in order, up or down."""
        return self.is_possible and not (self._rises and self._falls)

    @property
    def days(self) -> int:
        """Return the days from the earliest to the latest."""
        return self._last - self._first


class ShortYears:
    """What the dates of one column show of it; takes them in the order of the rows."""

    def __init__(self) -> None:
        self.count = 0
        self._is_other = self._is_told_by_day = False
        self._year_first, self._day_first = _Run(), _Run()
        self._front_changes = self._last_changes = 0
        self._before: tuple[int, int] | None = None
        self._days: set[int] = set()

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
        self._days.add(last)

    @property
    def may_be(self) -> bool:
        """Whether all dates are such, and all can have the year in front; the month is then not in front in all."""
        return self.count > 0 and not self._is_other and self._is_told_by_day and self._year_first.is_possible

    @property
    def is_one(self) -> bool:
        """Whether all of them are the same day, or there is one alone, which shows nothing."""
        return not self._front_changes and not self._last_changes

    @property
    def shows_day(self) -> bool:
        """Whether they are written so, and the day is in front."""
        is_short = self.count > 0 and self._is_told_by_day and not self._is_other
        return is_short and (not self._year_first.is_possible or self._front_changes > self._last_changes)

    @property
    def order(self) -> str | None:
        """Return ``year_first``; ``year_open`` where day and year are not told apart. None: they are no such dates."""
        if not self.may_be or self.is_one or self._front_changes > self._last_changes:
            return None
        is_far = self._day_first.days >= max(_MANY_YEARS, _TIMES_AS_LONG * self._year_first.days)
        if self._front_changes == self._last_changes:
            return YEAR_OPEN if is_far and self._year_first.is_in_order else None
        is_mixed = not self._day_first.is_in_order and len(self._days) >= _FEWEST_DAYS and self.count >= _FEWEST_DATES
        is_told = not self._day_first.is_possible or is_far or is_mixed or len(self._days) >= _MORE_THAN_YEARLY
        return YEAR_FIRST if is_told and self._year_first.is_in_order else YEAR_OPEN


def short_year_order(own: ShortYears, others: Iterable[ShortYears]) -> str | None:
    """Return the order of a column by its own dates, else by those of the other columns of the file.

    Returns:
        ``year_first``; ``year_open`` where day and year are not told apart; None where its dates are no such.
    """
    order = own.order
    if order == YEAR_FIRST or not own.may_be:
        return order
    beside = list(others)
    if (order == YEAR_OPEN or own.is_one) and any(each.order == YEAR_FIRST for each in beside):
        return YEAR_FIRST
    if order == YEAR_OPEN and any(each.shows_day for each in beside):
        return None
    return order
