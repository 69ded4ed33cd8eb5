"""What the cells of columns that may be a side of messages or calls hold, below whichever heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from parsers.sheets.rows import Row
from parsers.tables.party_cells import lacks_zero, shows_our_mobile
from parsers.tables.side_columns import is_address

_SHARE: Final = 0.6
_SEVERAL: Final = 2
_MOST_HELD: Final = 5_000
_NOT_DIGITS = re.compile(r"[^0-9]+")
_TAIL: Final = 9
"""Digits by which two ways to write one number are the same: ``07700 900123``, ``+447700900123``."""


class SideCells:
    """Looks through the rows of a table for what some of its columns hold.

    Args:
        places: Of the columns that are asked about.
        beside: Of those that they are compared with.
    """

    def __init__(self, places: Iterable[int], beside: Iterable[int] = ()) -> None:
        self._places = frozenset(places)
        self._beside = frozenset(beside) - self._places
        self._filled: Counter[int] = Counter()
        self._addresses: Counter[int] = Counter()
        self._same: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._kept: Counter[int] = Counter()
        self._ours: set[int] = set()
        self._held: dict[int, set[str]] = {place: set() for place in self._places | self._beside}

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        others = {self._hold(place, text) for place in self._beside if (text := _text(row, place))}
        for place in self._places:
            text = _text(row, place)
            if not text:
                continue
            self._filled[place] += 1
            self._same[place] += self._hold(place, text) in others
            lacks = lacks_zero(text)
            if lacks is not None:
                (self._lost if lacks else self._kept)[place] += 1
            if place not in self._ours and shows_our_mobile(text):
                self._ours.add(place)
            self._addresses[place] += is_address(text)

    def are_addresses(self, place: int) -> bool:
        """Whether most cells of a column are telephone numbers or addresses of an application."""
        return self._are_mostly(place, self._addresses[place] + self._lost[place])

    def are_whole_addresses(self, place: int) -> bool:
        """Whether they are, as they stand: a number that may have lost its zero may be of anything else."""
        return self._are_mostly(place, self._addresses[place])

    def _are_mostly(self, place: int, count: int) -> bool:
        return 0 < self._filled[place] * _SHARE <= count

    def are_all_addresses(self, place: int) -> bool:
        """Whether all of them are."""
        return 0 < self._filled[place] <= self._addresses[place] + self._lost[place]

    def numbers(self, place: int) -> Collection[str]:
        """Return what a column holds, each number once, however it is written."""
        return self._held.get(place, ())

    def are_repeated(self, place: int) -> bool:
        """Whether most cells hold what a cell beside them holds, written anew."""
        return self._same[place] * 2 > self._filled[place]

    def are_different(self, place: int) -> bool:
        """Whether no number of a column stands twice in it."""
        return len(self._held[place]) == self._filled[place]

    def is_one(self, place: int) -> bool:
        """Whether several rows have one number all the way down."""
        return self._filled[place] >= _SEVERAL and len(self._held[place]) == 1

    def are_of_line(self, place: int) -> bool:
        """Whether a column holds the numbers of the lines read: one, or few beside many among which none of them is."""
        held = self._held[place]
        others = set().union(*(self._held[each] for each in self._beside))
        return self.is_one(place) or (held.isdisjoint(others) and len(held) * _SEVERAL <= len(others))

    def lost_zeros(self) -> frozenset[int]:
        """Return the columns whose numbers have lost their zero."""
        return frozenset(
            place for place, count in self._lost.items() if count and (not self._kept[place] or place in self._ours)
        )

    def _hold(self, place: int, text: str) -> str:
        digits = _NOT_DIGITS.sub("", text)
        key = digits[-_TAIL:] if len(digits) >= _TAIL else text.casefold()
        held = self._held[place]
        if len(held) < _MOST_HELD:
            held.add(key)
        return key


def _text(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""
