"""Columns that name a side by what became of a call or text (``Sent From``, ``Received By``), where their cells do too.

Such a heading stands as well over the device that sent a text, over the officer who took it, and over the line that a
call was passed on to. It is a side where no other column is that one, the other side has a column of its own, and most
cells are telephone numbers or addresses of an application; beside a plain heading (``From``) not where they are those
of the line read, whose list it is: then the plain side tells the way, as it does without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.side_cells import SideCells
from parsers.tables.side_headings import moved_side

_HAS_SIDES: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_NAMES: Final = {Field.FROM: Field.FROM_NAME, Field.TO: Field.TO_NAME}
_OTHER: Final = {Field.FROM: Field.TO, Field.TO: Field.FROM}
_OTHERS: Final = (Field.NUMBER, Field.PARTIES, Field.PARTICIPANTS)


class MovedSides:
    """Looks through the rows of a table for what its columns under such headings hold.

    Args:
        columns: What its headings say.
        moved: The columns under such headings, by the side that they name.
    """

    def __init__(self, columns: Columns, moved: Mapping[Field, Column]) -> None:
        self._moved = moved
        plain = [place for field in (*_NAMES, *_NAMES.values()) for place in columns.places(field)]
        self._cells = SideCells([column.place for column in moved.values()], plain)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        self._cells.add(row)

    def found(self, columns: Columns) -> Columns:
        """Return the columns with those that are a side.

        Args:
            columns: The same ones, as far as the cells have told what they hold by now.
        """
        sides = {
            field: column
            for field, column in self._moved.items()
            if not columns.has(*_OTHERS, field, _NAMES[field]) and self._cells.are_addresses(column.place)
        }
        by_field = dict(columns.by_field)
        for field, column in sides.items():
            other = _OTHER[field]
            is_beside = columns.has(other, _NAMES[other]) and not self._cells.are_of_line(column.place)
            if other in sides or is_beside:
                by_field[field] = (column,)
        return msgspec.structs.replace(columns, by_field=by_field)

    def lost_zeros(self, columns: Columns) -> frozenset[int]:
        """Return which of the columns, where they are sides, hold numbers that have lost their zero."""
        sides = {place for field in _NAMES for place in columns.places(field)}
        return self._cells.lost_zeros() & sides


def moved_columns(columns: Sequence[Column]) -> Mapping[Field, Column]:
    """Return the columns under such headings by the side that they name; none where several name one."""
    found: dict[Field, list[Column]] = {}
    for column in columns:
        side = moved_side(column.label.key) if column.label.field is None else None
        if side is not None:
            found.setdefault(side, []).append(column)
    return {side: held[0] for side, held in found.items() if len(held) == 1}


def moved_sides(columns: Columns) -> MovedSides | None:
    """Return a search. None: the rows have no sides, or no heading names one so."""
    if columns.kind not in _HAS_SIDES or columns.has(*_OTHERS):
        return None
    moved = moved_columns([column for column in columns.all if column not in columns.beside])
    return MovedSides(columns, moved) if moved else None
