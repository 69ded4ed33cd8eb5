"""Whole numbers below a heading that says time alone: days of a spreadsheet program, or whatever else was counted.

They are days where all lie in years in which handsets are examined, and within the time for which one is in use.
Minutes, counters and seconds of a day lie elsewhere, or further apart.
"""

from __future__ import annotations

from typing import Final

_LIKELY: Final = range(36_526, 49_310)
"""Days of 2000 to 2034, counted from 30 December 1899."""

_IN_USE_DAYS: Final = 3_650


class BareDays:
    """The numbers of five digits of a column.

    Attributes:
        is_open: Whether neither the heading nor a mapping says that they are days, whichever they are.
        count: How many there are.
    """

    def __init__(self) -> None:
        self.is_open = False
        self.count = 0
        self._first = self._last = 0
        self._has_share = False

    def add(self, text: str) -> None:
        """Take a number of days; one that has a share of a day is a time."""
        self.count += 1
        if not text.isdigit():
            self._has_share = True
            return
        day = int(text)
        self._first, self._last = min(self._first or day, day), max(self._last, day)

    @property
    def may_be(self) -> bool:
        """Whether they can be days: it is not open, one has a share of a day, or all are so by what they are."""
        if not self.is_open or self._has_share:
            return True
        is_near = self._last - self._first <= _IN_USE_DAYS
        return self._first in _LIKELY and self._last in _LIKELY and is_near
