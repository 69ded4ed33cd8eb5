"""Halves of the day in a column of their own (``1:00`` beside ``PM``): put behind the time that they belong to.

The column is headed so (``AM/PM``), or stands without a heading behind one of times. It belongs to the next column on
its left that holds a time of day, else to the next on its right. A time that says its half itself, or that no clock of
twelve hours shows (``13:10``, ``00:30``), is left as it stands. The midnight of a column of days is no time of day, and
no dotted day is one. A column without a heading that holds anything else (initials of who read a row) is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
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
_MOST_TIMES: Final = 8


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
        behind = [place + 1 for place in self._times if place + 1 not in columns.headings]
        self._unheaded = set(behind) if self._times else set()
        self._columns = {**{place: unnamed(place) for place in self._unheaded}, **headed} if self._times else {}
        ordered = sorted(self._times)
        self._beside = {place: _places_beside(place, ordered) for place in self._columns}

    def joined(self, row: Row) -> Row:
        """Return the row with each half of the day behind its time, and no longer in a cell of its own."""
        self._leave_others(row)
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

    def _leave_others(self, row: Row) -> None:
        """Leave out columns without a heading in which the row holds anything but a half."""
        for place in tuple(self._unheaded):
            text = row.cells[place] if place < len(row.cells) else ""
            if text and not text.isspace() and _HALF.fullmatch(text) is None:
                self._unheaded.discard(place)
                self._columns.pop(place)
                self.read.pop(place, None)

    def _time_beside(self, row: Row, place: int) -> int | None:
        for each in self._beside[place]:
            text = row.cells[each].strip() if each < len(row.cells) else ""
            if not text or each in self._others or len(text) > _LONGEST:
                continue
            if each in self._times and each not in self._days and _HOURS.fullmatch(text):
                return each
            found = _CLOCK.fullmatch(text)
            if found is not None and each in self._days and not any(map(str.isdigit, found["front"])):
                continue
            if found is not None and not (found["front"] and not found["clock"].strip("0:.,")):
                return each if each in self._times and 1 <= int(found["hour"]) <= _NOON else None
            if _HALVED.search(text):
                return None
        return None


def _places_beside(place: int, times: Sequence[int]) -> Sequence[int]:
    """Return where the time of a column of halves may stand: in a column of times near it, and right beside it.

    Args:
        place: Of the column of halves.
        times: Columns of times, in order.
    """
    at = bisect_left(times, place)
    left, right = times[max(0, at - _MOST_TIMES) : at], times[at : at + _MOST_TIMES]
    return [
        *sorted({*left, place - 1} - {-1}, reverse=True),
        *sorted({*right, place + 1} - {place}),
    ]


def _with_half(text: str, half: str) -> str:
    found = _CLOCK.fullmatch(text)
    return f"{text.strip()} {half}" if found is None else f"{found['front']}{found['clock']} {half}{found['behind']}"
