"""Halves of the day in a column of their own (``1:00`` beside ``PM``): put behind the time that they belong to.

The column is headed so (``AM/PM``), or stands without a heading behind one of times. It belongs to the next column on
its left that holds a time of day, else to the next on its right. A time that says its half itself, or that no clock of
twelve hours shows (``13:10``), is left as it stands. The midnight of a column of days is no time of day.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS
from parsers.tables.columns import Columns, unnamed

_HEADINGS: Final = frozenset(
    {"am pm", "ampm", "a m p m", "am or pm", "pm am", "meridiem", "meridian", "ante post meridiem", "time am pm"}
)
_HALF = re.compile(r"\s*([ap])\.?\s?m\.?\s*", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<front>(?:.*[\sT,])?)(?P<clock>(?P<hour>[0-9]{1,2})[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"(?P<behind>\s*(?:(?:UTC|GMT|BST|Z)\b.*|[(+-].*)?)",
    re.IGNORECASE | re.DOTALL,
)
_HALVED = re.compile(r"[0-9]\s*[ap]\.?\s?m\.?$", re.IGNORECASE)
_HOURS = re.compile(r"0?[1-9]|1[0-2]|(?:0[1-9]|1[0-2])[0-5][0-9]")
"""An hour, or hours and minutes without a mark; in a column of days it may be a day."""

_LONGEST: Final = 60
_NOON: Final = 12


class HalfDays:
    """The columns of halves of the day of one table.

    Attributes:
        read: Names of those of which any was put behind a time.
    """

    def __init__(self, columns: Columns) -> None:
        self.read: dict[int, str] = {}
        self._times = frozenset(place for field in TIME_FIELDS for place in columns.places(field))
        self._days = {
            column.place for field in TIME_FIELDS for column in columns.by_field.get(field, ()) if column.label.is_date
        }
        others = {column.place for found in columns.by_field.values() for column in found}
        self._others = frozenset(others - self._times)
        headed = {column.place: column.heading for column in columns.all if column.label.key in _HEADINGS}
        behind = (place + 1 for place in self._times if place + 1 not in columns.headings)
        self._columns = {**{place: unnamed(place) for place in behind}, **headed} if self._times else {}

    def joined(self, row: Row) -> Row:
        """Return the row with each half of the day behind its time, and no longer in a cell of its own."""
        for place, name in self._columns.items():
            half = _HALF.fullmatch(row.cells[place]) if place < len(row.cells) else None
            at = self._time_beside(row, place) if half is not None else None
            if half is not None and at is not None:
                cells = list(row.cells)
                cells[at] = _with_half(cells[at], half[0].strip())
                cells[place] = ""
                row = msgspec.structs.replace(row, cells=cells)
                self.read[place] = name
        return row

    def _time_beside(self, row: Row, place: int) -> int | None:
        beside: list[int] = [*range(place - 1, -1, -1), *range(place + 1, len(row.cells))]
        for each in beside:
            text = row.cells[each].strip()
            if not text or each in self._others or len(text) > _LONGEST:
                continue
            if each in self._times and each not in self._days and _HOURS.fullmatch(text):
                return each
            found = _CLOCK.fullmatch(text)
            if found is not None and not (found["front"] and not found["clock"].strip("0:.,")):
                return each if each in self._times and int(found["hour"]) <= _NOON else None
            if _HALVED.search(text):
                return None
        return None


def _with_half(text: str, half: str) -> str:
    found = _CLOCK.fullmatch(text)
    return f"{text.strip()} {half}" if found is None else f"{found['front']}{found['clock']} {half}{found['behind']}"
