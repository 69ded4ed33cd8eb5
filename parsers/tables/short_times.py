"""Times of day in six digits of which a spreadsheet program took the zeros in front: ``90500`` beside ``130000``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.sheets.rows import Row
from parsers.table_fields import TIME_FIELDS
from parsers.tables.columns import Columns
from parsers.tables.time_cells import is_dated

_WHOLE = re.compile(r"(?:1[0-9]|2[0-3])[0-5][0-9][0-5][0-9]")
_SHORT = re.compile(r"[1-9][0-9]{0,4}")
_FIVE = re.compile(r"[1-9][0-5][0-9][0-5][0-9]")
_MAY_BE_SHORT = re.compile(r"0|[1-9][0-9]{0,5}")
_SIX: Final = 6


class ShortTimes:
    """Finds the columns of times of day in six digits, and puts the zeros back in front of shorter ones.

    Four digits are hours and minutes; in a column in which others have six and five they are what is left of six. Where
    any begins with a zero none was lost.

    Args:
        columns: What the headings say.
    """

    def __init__(self, columns: Columns) -> None:
        self._places = {
            place for field in TIME_FIELDS if len(columns.places(field)) > 1 for place in columns.places(field)
        }
        self._found: set[int] = set()
        self._five: set[int] = set()

    @property
    def is_needed(self) -> bool:
        """Whether any were found."""
        return bool(self._found & self._five)

    def add(self, row: Row) -> None:
        """Take a row below the headings."""
        for place in tuple(self._places):
            text = row.cells[place].strip() if place < len(row.cells) else ""
            if _WHOLE.fullmatch(text):
                self._found.add(place)
            elif _FIVE.fullmatch(text):
                self._five.add(place)
            elif text and not _MAY_BE_SHORT.fullmatch(text):
                self._places.discard(place)
                self._found.discard(place)

    def filled(self, row: Row, places: Iterable[int]) -> Row:
        """Return a row with its times of day in six digits where another of its cells is the day; else as it is."""
        found = self._found & self._five
        if not found:
            return row
        held = [place for place in places if place < len(row.cells) and row.cells[place].strip()]
        short = [place for place in held if place in found and _SHORT.fullmatch(row.cells[place].strip())]
        if len(short) != 1 or not any(is_dated(row.cells[place]) for place in held if place not in short):
            return row
        cells = list(row.cells)
        cells[short[0]] = cells[short[0]].strip().zfill(_SIX)
        return msgspec.structs.replace(row, cells=cells)
