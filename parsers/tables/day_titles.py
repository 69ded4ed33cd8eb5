"""Rows of a day alone over the rows of that day, which state times of day: ``Monday, 12 February 2024``.

The day is that of all rows below that state a time of day alone, up to the next such row or to one of one cell that
holds something else. A print date looks the same, and so does a record of which only the day is known. So there are
such rows only in a table that begins with one, has each once and in one form, and whose rows state no days of their
own; and one that has no such row below it is read as any other.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import msgspec

from parsers.sheets.rows import NOTHING, Row
from parsers.table_fields import TIME_FIELDS, Field
from parsers.tables.columns import Columns
from parsers.tables.rows_below import DATED_KINDS
from parsers.tables.time_cells import clock_in, day_in, is_dated, may_be_time

_TEXTS = (Field.BODY, Field.ATTACHMENT)
_MOST_CELLS = 2
"""Of such a row: a day and the number of the row."""


class DayTitles:
    """Reads the rows of one table in order, once.

    Args:
        columns: As the headings tell them.
        led: Numbers of such rows as the survey of all rows has them. None: looked for in the rows as they come.

    Attributes:
        is_off: Whether the table has shown that it has none.
    """

    def __init__(self, columns: Columns, led: AbstractSet[int] | None = None) -> None:
        dated = TIME_FIELDS if columns.kind in DATED_KINDS else ()
        found = next((columns.by_field[field] for field in dated if columns.has(field)), ())
        self._times = tuple(column.place for column in found)
        self._days = tuple(column.place for column in found if column.label.is_date)
        self._rows = frozenset(columns.places(Field.ROW))
        self._texts = frozenset(place for each in _TEXTS for place in columns.places(each))
        self._first = min((column.place for column in columns.all if column.place not in self._rows), default=0)
        self._is_survey = led is None
        self._day: str | None = None
        self._number = 0
        self._seen: set[tuple[str, bool]] = set()
        self._held: dict[int, Row] = {}
        self._led = set(led or ())
        self.is_off = not self._times or (led is not None and not led)

    @property
    def led(self) -> AbstractSet[int]:
        """Return the numbers of the rows of a day alone; none where the table has shown that it has none."""
        return frozenset() if self.is_off else self._led

    def take(self, row: Row) -> bool:
        """Take a row; return whether it is of a day alone, which is then that of the rows below."""
        cells = row.cells
        if self.is_off or len(cells) - cells.count("") > _MOST_CELLS:
            return False
        filled = [place for place, text in enumerate(cells) if text.strip() and place not in self._rows]
        if len(filled) != 1 or filled[0] in self._texts:
            return False
        found = day_in(cells[filled[0]])
        if not self._is_survey:
            # Any other row of one cell may begin a part of the table that is of no day.
            self._day = found[0] if found is not None and row.number in self._led else None
            return self._day is not None
        self._day = None
        if found is None:
            return False
        forms = {is_midnight for _, is_midnight in self._seen}
        if filled[0] not in {self._first, *self._times} or found in self._seen or not forms <= {found[1]}:
            self.is_off = True
            return False
        self._seen.add(found)
        self._day, self._number = found[0], row.number
        return True

    def hold(self, row: Row) -> None:
        """Hold a row that was taken, as its ditto marks are read, until it is known to have rows of its day."""
        self._held[self._number] = row

    def given_back(self) -> list[Row]:
        """Return rows that were taken and are none of a day alone, once the table has shown that it has none."""
        return self.left() if self.is_off else []

    def left(self) -> list[Row]:
        """Return rows that were taken and have no row of their day below them, at the end of the table."""
        led, held = self.led, self._held
        self._held = {}
        return [row for number, row in held.items() if number not in led]

    def dated(self, row: Row) -> Row:
        """Return a row with the day that stands above it, where it states a time of day alone."""
        if self.is_off:
            return row
        held = [place for place in self._times if place < len(row.cells) and may_be_time(row.cells[place])]
        clocks = [(place, clock) for place in held if (clock := clock_in(row, place)) is not None]
        if self._is_survey:
            self.is_off = self._is_contrary(row, held, len(clocks))
        if held and len(clocks) != 1:
            # A sum or a remark, or several times of which one may have a day.
            self._day = None
        if self.is_off or self._day is None or len(held) != 1:
            return row
        self._led.add(self._number)
        return self._with_day(row, *clocks[0], self._day)

    def _is_contrary(self, row: Row, held: list[int], clock_count: int) -> bool:
        """Whether a row shows that the table has no rows of a day alone: it stands above all, or states a day."""
        if not self._seen:
            return clock_count > 0 or len(row.cells) - row.cells.count("") > _MOST_CELLS
        dated = [row.cells[place] for place in held if is_dated(row.cells[place]) and clock_in(row, place) is None]
        days = [found and found[0] for found in map(day_in, dated)]
        # A ditto mark below such a row is its day.
        return bool(dated) and (days != [self._day] or not clock_count)

    def _with_day(self, row: Row, place: int, clock: str, day: str) -> Row:
        cells, kinds = list(row.cells), dict(row.kinds)
        at = next((each for each in self._days if each != place and each < len(cells)), place)
        cells[at] = day if at != place else f"{day} {clock}"
        kinds.pop(at, None)
        return msgspec.structs.replace(row, cells=cells, kinds=kinds or NOTHING)
