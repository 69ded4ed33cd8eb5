"""Counts the lines of a file that stand in none of its entries, for formats whose entries begin and end with a line."""

from __future__ import annotations

from parsers.part_book import PartBook
from parsers.plain_lines import RawLine


class OutsideLines:
    """Counts the lines of one file that are not blank and stand outside."""

    def __init__(self) -> None:
        self._count = 0
        self._first: int | None = None

    def take(self, line: RawLine) -> None:
        """Take a line that stands in no entry."""
        if line.raw.strip():
            self._count += 1
            self._first = self._first or line.number

    def leave_out(self, book: PartBook, entry: str) -> None:
        """Count in a book what was taken, as lines outside what the format calls an entry."""
        if self._count:
            book.leave_out(f"line outside a {entry}", f"line {self._first}", count=self._count)
