"""Columns ``Source`` and ``Destination`` that hold who wrote or called, and to whom: told by their cells.

Most tools name below ``Source`` the application or the file that a row is of; others the number that it came from. A
column most of whose cells are telephone numbers, or addresses of an application, names no service. Beside one of whom
something went to it is the sender. Alone it is the other side of each row, whichever way that went; beside the device
of the source, as Signal has it, it is who wrote. A column of network addresses is none of these.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.known_headings import DESTINATIONS, SOURCES
from parsers.tables.party_cells import lacks_zero, shows_our_mobile
from parsers.tables.side_columns import is_address

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_SHARE: Final = 0.6
_OF_SENDERS: Final = frozenset({"source device", "source device id", "source uuid"})
_SENDERS: Final = (Field.FROM, Field.FROM_NAME)
_RECIPIENTS: Final = (Field.TO, Field.TO_NAME)
_OTHERS: Final = (Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS)
_OPEN: Final = frozenset({None, Field.SERVICE})


class SourceSearch:
    """Looks through the rows of a table for what its columns of sources and destinations hold.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._sources = _of(columns, SOURCES)
        self._destinations = _of(columns, DESTINATIONS)
        self._filled: Counter[int] = Counter()
        self._addresses: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._kept: Counter[int] = Counter()
        self._ours: set[int] = set()

    @property
    def is_needed(self) -> bool:
        """Whether there is a column to look at."""
        return bool(self._sources)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for column in (*self._sources, *self._destinations):
            place = column.place
            text = row.cells[place].strip() if place < len(row.cells) else ""
            if not text:
                continue
            self._filled[place] += 1
            lacks = lacks_zero(text)
            if lacks is not None:
                (self._lost if lacks else self._kept)[place] += 1
            if place not in self._ours and shows_our_mobile(text):
                self._ours.add(place)
            self._addresses[place] += bool(lacks) or is_address(text)

    def found(self, columns: Columns) -> Columns:
        """Return the columns with those whose cells say that they are a side, and none of these as the service.

        Args:
            columns: The same ones, as far as the cells have told what they hold by now.
        """
        sources, destinations = (
            [each for each in found if self._is_side(each)] for found in (self._sources, self._destinations)
        )
        if len(sources) != 1:
            return columns
        by_field = dict(columns.by_field)
        services = tuple(each for each in by_field.pop(Field.SERVICE, ()) if each not in sources)
        if services:
            by_field[Field.SERVICE] = services
        if len(destinations) == 1 and not columns.has(*_RECIPIENTS, *_OTHERS):
            by_field[Field.TO] = tuple(destinations)
        field = self._field(msgspec.structs.replace(columns, by_field=by_field))
        if field is not None:
            by_field[field] = tuple(sources)
        return msgspec.structs.replace(columns, by_field=by_field)

    def lost_zeros(self, columns: Columns) -> frozenset[int]:
        """Return which of the columns, where they are sides, hold numbers that have lost their zero."""
        sides = {place for field in (Field.FROM, Field.TO, Field.NUMBER) for place in columns.places(field)}
        return frozenset(
            place for place, count in self._lost.items() if count and (not self._kept[place] or place in self._ours)
        ).intersection(sides)

    def _field(self, columns: Columns) -> Field | None:
        """Return what a source is beside the others. None: these say who the sides are, and it may be anybody's."""
        if columns.has(*_SENDERS, *_OTHERS):
            return None
        keys = {column.label.key for column in columns.all}
        is_sender = columns.has(*_RECIPIENTS) or not _OF_SENDERS.isdisjoint(keys)
        return Field.FROM if is_sender else Field.NUMBER

    def _is_side(self, column: Column) -> bool:
        filled = self._filled[column.place]
        return filled > 0 and self._addresses[column.place] >= filled * _SHARE


def source_search(columns: Columns) -> SourceSearch | None:
    """Return a search. None: the rows have no sides, or no column may be it."""
    search = SourceSearch(columns) if columns.kind in _HAS_SIDES else None
    return search if search is not None and search.is_needed else None


def _of(columns: Columns, keys: frozenset[str]) -> list[Column]:
    """Return the columns with one of some headings that are read as nothing, or as the service."""
    return [
        column
        for column in columns.all
        if column.label.key in keys and column.label.field in _OPEN and column not in columns.beside
    ]
