"""Rows of a day alone over the rows of that day, which state times of day: ``Monday, 12 February 2024``.

The day is that of all rows below that state a time of day alone, up to the next such row, to one that has a day of its
own, or to one of one cell that holds something else. Where no row below states a time of day alone there are none: a
row of a day may be a record of which nothing else is known.
"""

from __future__ import annotations

import msgspec

from parsers.sheets.rows import NOTHING, Row
from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.columns import Columns
from parsers.tables.rows_below import DATED_KINDS
from parsers.tables.time_cells import clock_in, day_in, may_be_time

_TEXTS = (Field.BODY, Field.ATTACHMENT)
_MOST_CELLS = 2
"""Of such a row: a day and the number of the row."""


class DayTitles:
    """Reads the rows of one table in order, once.

    Args:
        columns: As the headings tell them.

    Attributes:
        count: Such rows.
    """

    def __init__(self, columns: Columns) -> None:
        field = next((field for field in TIME_FIELDS if columns.has(field)), None)
        is_asked = field is not None and columns.kind in DATED_KINDS
        found = columns.by_field[field] if field is not None and is_asked else ()
        self._times = tuple(column.place for column in found)
        self._days = tuple(column.place for column in found if column.label.is_date)
        self._rows = frozenset(columns.places(Field.ROW))
        self._texts = frozenset(place for each in _TEXTS for place in columns.places(each))
        self._first = min((column.place for column in columns.all if column.place not in self._rows), default=0)
        self._day: str | None = None
        self._led_count = 0
        self.count = 0

    @property
    def are_found(self) -> bool:
        """Whether rows below such rows state times of day alone."""
        return self._led_count > 0

    def take(self, row: Row) -> bool:
        """Take a row; return whether it is of a day alone, which is then that of the rows below."""
        cells = row.cells
        if not self._times or len(cells) - cells.count("") > _MOST_CELLS:
            return False
        filled = [place for place, text in enumerate(cells) if text.strip() and place not in self._rows]
        if len(filled) != 1 or filled[0] in self._texts or filled[0] not in {self._first, *self._times}:
            return False
        day = day_in(cells[filled[0]])
        # Any other row of one cell may begin a part of the table that is of no day.
        self._day = day
        self.count += day is not None
        return day is not None

    def dated(self, row: Row) -> Row:
        """Return a row with the day that stands above it, where it states a time of day alone."""
        if self._day is None:
            return row
        held = [place for place in self._times if place < len(row.cells) and may_be_time(row.cells[place])]
        if not held:
            return row
        clock = clock_in(row, held[0])
        if clock is None or len(held) > 1:
            # One that has a day of its own, or several times of which one may have it.
            self._day = None
            return row
        self._led_count += 1
        return self._with_day(row, held[0], clock, self._day)

    def _with_day(self, row: Row, place: int, clock: str, day: str) -> Row:
        cells, kinds = list(row.cells), dict(row.kinds)
        at = next((each for each in self._days if each != place and each < len(cells)), place)
        cells[at] = day if at != place else f"{day} {clock}"
        kinds.pop(at, None)
        return msgspec.structs.replace(row, cells=cells, kinds=kinds or NOTHING)
