"""Columns ``Source`` and ``Destination`` that hold who wrote or called, and to whom: told by their cells.

Most tools name below ``Source`` the application or the file that a row is of; others the number that it came from. A
column most of whose cells are telephone numbers, or addresses of an application, names no service. Beside one of whom
something went to it is the sender. Alone it is the other side of each row, whichever way that went; beside the device
of the source, as Signal has it, it is who wrote. A column of network addresses is none of these. Nor is what may be the
numbers of the phones that the list was made of: one number or two, or one that stands beside several names, or beside a
chat.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.known_headings import DESTINATIONS, SOURCES
from parsers.tables.side_cells import SideCells

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_NAMES: Final = (Field.NAME,)
_SEVERAL: Final = 2
_MANY: Final = 3
"""Numbers that the phones of one list hardly have."""

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
        self._cells = SideCells([column.place for column in (*self._sources, *self._destinations)])
        self._names = tuple(place for field in _NAMES for place in columns.places(field))
        self._named: dict[str, str] = {}
        self._has_many_names = False
        self._told = {
            field: tuple(place for each in fields for place in columns.places(each))
            for field, fields in ((Field.DIRECTION, (Field.DIRECTION,)), (Field.TO, _RECIPIENTS))
        }
        self._stated: dict[Field, set[str]] = {field: set() for field in self._told}

    @property
    def is_needed(self) -> bool:
        """Whether there is a column to look at."""
        return bool(self._sources)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        self._cells.add(row)
        for field, places in self._told.items():
            if len(self._stated[field]) < _SEVERAL:
                self._stated[field].update(text for place in places if (text := _text(row, place)))
        for column in self._sources:
            number, names = _text(row, column.place), [text for place in self._names if (text := _text(row, place))]
            if number and names and not self._has_many_names:
                name = " ".join(names).casefold()
                self._has_many_names = self._named.setdefault(number, name) != name

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
        if self._is_of_owner(columns, sources[0].place, destinations):
            return self._without(columns, sources[0])
        by_field = _without_services(columns, sources[0])
        if len(destinations) == 1 and not columns.has(*_RECIPIENTS, *_OTHERS):
            by_field[Field.TO] = tuple(destinations)
        field = self._field(msgspec.structs.replace(columns, by_field=by_field))
        if field is not None:
            by_field[field] = tuple(sources)
        return msgspec.structs.replace(columns, by_field=by_field)

    def lost_zeros(self, columns: Columns) -> frozenset[int]:
        """Return which of the columns, where they are sides, hold numbers that have lost their zero."""
        sides = {place for field in (Field.FROM, Field.TO, Field.NUMBER) for place in columns.places(field)}
        return self._cells.lost_zeros() & sides

    def _is_of_owner(self, columns: Columns, place: int, destinations: Sequence[Column]) -> bool:
        """Whether the numbers of a source may be those of the lines read, and nobody's else."""
        with_ends = dict.fromkeys((Field.TO,), ()) if destinations else {}
        field = self._field(msgspec.structs.replace(columns, by_field={**columns.by_field, **with_ends}))
        if field is Field.FROM:
            # One number that wrote both what came in and what went out, or to several of which the way is stated.
            stated = self._stated
            is_told = bool(stated[Field.DIRECTION]) and max(map(len, stated.values())) >= _SEVERAL
            return is_told and self._cells.is_one(place)
        if field is None:
            return False
        count = len(self._cells.numbers(place))
        if columns.has(Field.CHAT) or self._has_many_names or count < _SEVERAL:
            return True
        return count < _MANY and not (self._cells.are_different(place) and not self._names)

    def _without(self, columns: Columns, source: Column) -> Columns:
        """Return the columns without a source as the service; one that holds services, too, stays it."""
        if not self._cells.are_all_addresses(source.place):
            return columns
        return msgspec.structs.replace(columns, by_field=_without_services(columns, source))

    def _field(self, columns: Columns) -> Field | None:
        """Return what a source is beside the others. None: these say who the sides are, and it may be anybody's."""
        if columns.has(*_SENDERS, *_OTHERS):
            return None
        keys = {column.label.key for column in columns.all}
        is_sender = columns.has(*_RECIPIENTS) or not _OF_SENDERS.isdisjoint(keys)
        return Field.FROM if is_sender else Field.NUMBER

    def _is_side(self, column: Column) -> bool:
        return self._cells.are_addresses(column.place)


def source_search(columns: Columns) -> SourceSearch | None:
    """Return a search. None: the rows have no sides, or no column may be it."""
    search = SourceSearch(columns) if columns.kind in _HAS_SIDES else None
    return search if search is not None and search.is_needed else None


def _without_services(columns: Columns, source: Column) -> dict[Field, tuple[Column, ...]]:
    by_field = dict(columns.by_field)
    services = tuple(each for each in by_field.pop(Field.SERVICE, ()) if each != source)
    if services:
        by_field[Field.SERVICE] = services
    return by_field


def _text(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _of(columns: Columns, keys: frozenset[str]) -> list[Column]:
    """Return the columns with one of some headings that are read as nothing, or as the service."""
    return [
        column
        for column in columns.all
        if column.label.key in keys and column.label.field in _OPEN and column not in columns.beside
    ]
