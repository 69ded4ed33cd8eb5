"""A table of messages or calls of which no column is known to hold the time: which of its columns may."""

from __future__ import annotations

from typing import Final

from parsers.phone_numbers import to_e164
from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS, TableKind
from parsers.tables.columns import Columns, unnamed
from parsers.tables.time_cells import is_dated

_DATED_KINDS: Final = frozenset({TableKind.MESSAGE, TableKind.CALL, TableKind.MIXED})
_MOST_ROWS: Final = 100
_NO_TIMES: Final = frozenset({"imei", "imsi", "iccid", "cell", "mast", "lac", "cgi", "site", "ip"})
"""Words of headings of numbers that look like counts of time."""


class TimeSearch:
    """Looks through the first rows of a table for cells that are times or counts of time.

    Args:
        columns: What its headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._read = {column.place for found in columns.by_field.values() for column in found}
        self._read |= {each.place for each in columns.all if not _NO_TIMES.isdisjoint(each.label.key.split())}
        self._dated: set[int] = set()
        self._count = 0

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        if self._count >= _MOST_ROWS:
            return
        self._count += 1
        for place, text in enumerate(row.cells):
            if place in self._read or place in self._dated or not any(map(str.isdigit, text)):
                continue
            if is_dated(text) and to_e164(text) is None:
                self._dated.add(place)

    def left(self) -> tuple[str, ...]:
        """Return the headings of the columns that may be the time."""
        headings = self._columns.headings
        return tuple(headings.get(place) or unnamed(place) for place in sorted(self._dated))


def time_search(columns: Columns) -> TimeSearch | None:
    """Return a search. None: its rows have no time, or a column is read as it."""
    return TimeSearch(columns) if columns.kind in _DATED_KINDS and not columns.has(*TIME_FIELDS) else None
