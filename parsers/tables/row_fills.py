"""What cells say of other cells: ditto marks, halves of the day in a column of their own, rows of a day alone.

A ditto mark in a column that is read, other than one of texts and files, is what the cell above it holds; of
times the last cell above that holds anything. The word for one is a mark in columns of times, directions and states.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

import msgspec

from parsers.sheets.rows import NOTHING, Row
from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.columns import Columns
from parsers.tables.day_titles import DayTitles
from parsers.tables.half_days import HalfDays

_MARKS: Final = frozenset(
    {
        '"',
        "''",
        ",,",
        '""',
        "\u3003",
        "\u201c",
        "\u201d",
        "\u201e",
        "\u2033",
        '-"-',
        '- " -',
        '--"--',
        "-''-",
        "\u201e\u201e",
    }
)
_WORDS: Final = frozenset({"ditto", "(ditto)", "do.", "idem", "id.", "as above", "see above"})
"""Marks where no name can stand: somebody may be called so."""

_WORDED: Final = (*TIME_FIELDS, Field.DIRECTION, Field.STATUS)
_LONGEST: Final = 9
_OWN: Final = frozenset({Field.BODY, Field.ATTACHMENT, Field.ROW, Field.DURATION})
"""What is each row's own, or may hold such a mark itself."""


class RowFills:
    """Reads the rows of one table in order, once.

    Args:
        columns: As the headings tell them.
        halves: Halves of the day as the survey of all rows has them. None: looked for in the rows as they come.
        led: Numbers of the rows of a day alone, as that survey has them. None: looked for likewise.
    """

    def __init__(self, columns: Columns, halves: HalfDays | None = None, led: AbstractSet[int] | None = None) -> None:
        self.halves = halves or HalfDays(columns)
        self.days = DayTitles(columns, led)
        self._places = [
            column.place for field, found in columns.by_field.items() if field not in _OWN for column in found
        ]
        self._days = frozenset(place for field in TIME_FIELDS for place in columns.places(field))
        self._worded = frozenset(place for field in _WORDED for place in columns.places(field))
        self._above: dict[int, tuple[str, int | None]] = {}

    def filled(self, row: Row) -> tuple[Row, list[str]]:
        """Return the row as it is meant, and the ditto marks that were read in it."""
        row, marks = self._repeated(row)
        return self.days.dated(row), marks

    def takes_day(self, row: Row) -> bool:
        """Take a row that may be of a day alone, which marks below it repeat; return whether it is."""
        if not self.days.take(row):
            return False
        self.days.hold(self._repeated(row)[0])
        return True

    def _repeated(self, row: Row) -> tuple[Row, list[str]]:
        found: dict[int, tuple[str, int | None]] = {}
        cells, above = row.cells, self._above
        for place in self._places:
            text = cells[place] if place < len(cells) else ""
            if not text or text.isspace():
                if place not in self._days:
                    above.pop(place, None)
                continue
            if len(text) <= _LONGEST and place in above and self._is_mark(place, text.strip().casefold()):
                found[place] = above[place]
            else:
                above[place] = (text, row.kinds.get(place) if row.kinds else None)
        marks = [cells[place].strip() for place in found]
        if found:
            row = _with_cells(row, found)
        return self.halves.joined(row), marks

    def _is_mark(self, place: int, word: str) -> bool:
        return word in _MARKS or (word in _WORDS and place in self._worded)


def _with_cells(row: Row, found: dict[int, tuple[str, int | None]]) -> Row:
    cells, kinds = list(row.cells), dict(row.kinds)
    for place, (text, kind) in found.items():
        cells[place] = text
        kinds.pop(place, None)
        if kind is not None:
            kinds[place] = kind
    return msgspec.structs.replace(row, cells=cells, kinds=kinds or NOTHING)
