"""Looks for the headings of a table that is not recognised, to name them to a person."""

from __future__ import annotations

from parsers.sheets.rows import Row
from parsers.tables.columns import headings_of, is_data, looks_like_headings


def _width(row: Row) -> int:
    return sum(1 for cell in row.cells if cell and not cell.isspace())


class Unrecognised:
    """Looks for the headings of a table that is not recognised: texts above rows that hold numbers and times.

    What is never told from data stays unnamed: the first row of a table without headings is evidence.
    """

    def __init__(self) -> None:
        self._row: Row | None = None
        self._is_told = False

    def add(self, row: Row) -> None:
        """Take a row; in order."""
        if self._is_told:
            return
        # A title over several columns has fewer of them than the headings below it.
        if looks_like_headings(row) and (self._row is None or _width(row) > _width(self._row)):
            self._row = row
        elif self._row is not None:
            below = [text for place, text in enumerate(row.cells) if text and place < len(self._row.cells)]
            self._is_told = bool(row.kinds) or any(map(is_data, below))

    def headings(self) -> tuple[tuple[str, ...], int]:
        """Return the headings and the number of their row; empty and 0 where none can be told from data."""
        if self._row is None or not self._is_told:
            return (), 0
        return tuple(column.heading for column in headings_of(self._row)), self._row.number
