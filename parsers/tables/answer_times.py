"""Columns whose heading asks whether something was so (``Read``, ``Delivered``), and whose cells say when it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.columns import Column, Columns
from parsers.tables.time_cells import is_dated, may_be_time
from parsers.tables.times import TimeSurvey
from parsers.tables.zone_columns import ZoneColumn

_ASKED: Final = {
    **dict.fromkeys(("read", "seen", "opened", "viewed"), Field.READ),
    "delivered": Field.DELIVERED,
}
_OF_MESSAGES: Final = frozenset({TableKind.MESSAGE, TableKind.MIXED})
_NOT_A_TIME: Final = frozenset({None, Field.STATUS})


class AnswerTimes:
    """Looks through the rows of a table for such columns of which every cell that holds anything is a time.

    Args:
        columns: What its headings say.
        zones: The column that states the zones of its times. None: none does.
    """

    def __init__(self, columns: Columns, zones: ZoneColumn | None) -> None:
        self._asked: dict[Field, tuple[Column, TimeSurvey]] = {}
        self._filled: set[Field] = set()
        for column in columns.all:
            field = _ASKED.get(column.label.key)
            is_open = column.label.field in _NOT_A_TIME and column not in columns.beside
            if field is not None and is_open and not columns.has(field) and field not in self._asked:
                self._asked[field] = (column, TimeSurvey((column.place,), beside=zones))

    @property
    def is_needed(self) -> bool:
        """Whether there is a column to look at."""
        return bool(self._asked)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for field, (column, survey) in tuple(self._asked.items()):
            text = row.cells[column.place] if column.place < len(row.cells) else ""
            if not may_be_time(text):
                continue
            if is_dated(text.strip()):
                self._filled.add(field)
                survey.add(row)
            else:
                del self._asked[field]

    def found(self, columns: Columns) -> tuple[Columns, Mapping[Field, TimeSurvey]]:
        """Return the columns, those that hold times as such, and what these show."""
        told = {field: held for field, held in self._asked.items() if field in self._filled}
        by_field = dict(columns.by_field)
        for field, (column, _) in told.items():
            statuses = tuple(each for each in by_field.pop(Field.STATUS, ()) if each is not column)
            if statuses:
                by_field[Field.STATUS] = statuses
            by_field[field] = (column,)
        return msgspec.structs.replace(columns, by_field=by_field), {
            field: survey for field, (_, survey) in told.items()
        }


def answer_times(columns: Columns, zones: ZoneColumn | None) -> AnswerTimes | None:
    """Return a search. None: no column is to be looked at."""
    search = AnswerTimes(columns, zones) if columns.kind in _OF_MESSAGES else None
    return search if search is not None and search.is_needed else None
