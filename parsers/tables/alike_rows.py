"""Messages of rows that are alike but for what is each row's own, made once: a handset repeats the other party.

What is a row's own: its text, its times, its number, and what no attribute is read from (a column of ids), which is
kept beside the record as it stands. Memory is bounded, and a table in which hardly a row is like another is not asked
for long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.records.facts import Message
from parsers.remembered import Remembered
from parsers.tables.row_view import RowView

_TRIED: Final = 5_000
_FEWEST_OF: Final = 4
"""Of so many rows one has to be like another."""

Cells = tuple[str, ...]


class Alike(msgspec.Struct, frozen=True):
    """What a row came to: its message, and the columns that the message holds of those that rows are alike by."""

    message: Message
    taken: frozenset[int]


class AlikeRows:
    """What the rows of one table came to, by the cells that are not a row's own."""

    __slots__ = ("_asked", "_found", "_known", "_own_places")

    def __init__(self, own_places: Iterable[int]) -> None:
        self._own_places = frozenset(own_places)
        self._known = Remembered[Cells, Alike]()
        self._asked = 0
        self._found = 0

    def key_of(self, view: RowView) -> Cells | None:
        """Return what a row is alike by. None: it is not to be asked for."""
        row = view.row
        if view.filled or row.replaced or row.formulas or not self._own_places.issuperset(row.kinds):
            return None
        if self._asked >= _TRIED and self._found * _FEWEST_OF < self._asked:
            return None
        cells = row.cells.copy()
        for place in self._own_places:
            if place < len(cells):
                cells[place] = ""
        return tuple(cells)

    def known(self, key: Cells) -> Alike | None:
        """Return what a row came to that is alike."""
        self._asked += 1
        found = self._known.get(key)
        if found is not None:
            self._found += 1
        return found

    def keep(self, key: Cells, view: RowView, message: Message) -> None:
        """Remember the message of a row that was read to its end."""
        self._known.keep(key, Alike(message, view.taken - self._own_places), sum(map(len, key)))
