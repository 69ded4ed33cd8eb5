"""Takes a delimited text apart into records: cells between delimiters, some of them in quotes, some over several lines.

A closing quote is one that a delimiter or a line end follows; any other stands for itself, because people and
programs forget to double them. A quote that never closes, or that would swallow whole rows, is text too. Nothing is
lost to a quote: at worst it is read as it stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.sheets.escaped_quotes import ESCAPED, is_escaped, without_escapes

_QUOTE: Final = '"'
_MOST_LINES: Final = 20_000
_LINES_WHEN_WARY: Final = 64
_FAILURES_TO_BE_WARY: Final = 50


class TextLine(msgspec.Struct, frozen=True, gc=False):
    """One line without its end, and the end: LF, CR LF, CR; empty at the end of the file.

    Attributes:
        is_over: Whether it is longer than the limit: its text is left out.
    """

    text: str
    end: str
    is_over: bool = False


class Record(msgspec.Struct, frozen=True, gc=False):
    """The cells of one record.

    Attributes:
        is_ended: Whether a line end stands behind it.
        is_open: Whether a quote was never closed.
        may_hold_rows: Whether lines between quotes in it have as many cells as a row.
        is_over: Whether it is a line longer than the limit.
        quoted: The places of cells that stood in quotes, a bit for each.
    """

    cells: list[str]
    is_ended: bool
    is_open: bool = False
    may_hold_rows: bool = False
    is_over: bool = False
    quoted: int = 0


class RecordReader:
    """Reads records, once.

    Attributes:
        stray_count: Records in which a quote was read as text, or one behind a backslash may have cut a cell.
    """

    def __init__(
        self,
        lines: Iterator[TextLine],
        delimiter: str,
        most_chars: int,
        width: int | None = None,
        *,
        has_escapes: bool = False,
    ) -> None:
        """Make a reader.

        Args:
            lines: The lines of the text.
            delimiter: One character.
            most_chars: Longest text between two quotes.
            width: How many cells the table's rows have, by which a quote that swallows rows is told. None: not known.
            has_escapes: Whether a backslash escapes a quote within quotes.
        """
        self.stray_count = 0
        self._lines = lines
        self._delimiter = delimiter
        self._most_chars = most_chars
        self._width = width
        self._has_escapes = has_escapes
        self._waiting: deque[TextLine] = deque()
        self._taken: list[TextLine] = []
        self._failures = 0
        self._in_quotes = 0

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, in order; a blank line is one of a single empty cell."""
        while (line := self._next()) is not None:
            if _QUOTE not in line.text:
                yield Record(line.text.split(self._delimiter), bool(line.end), is_over=line.is_over)
                continue
            yield self._quoted(line)

    def _next(self) -> TextLine | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _quoted(self, first: TextLine) -> Record:
        self._taken = []
        cells, is_closed = self._cells(first)
        taken = self._taken
        last = taken[-1] if taken else first
        if is_closed and (not taken or self._is_one(cells, first)):
            may_hold_rows = bool(taken) and self._holds_rows(taken)
            self.stray_count += self._may_be_cut(cells)
            return Record(cells, bool(last.end), may_hold_rows=may_hold_rows, quoted=self._in_quotes)
        if not is_closed and not last.end and not self._holds_rows(taken):
            # The file ends between two quotes, and nothing in between looks like a row: it was cut off.
            return Record(cells, is_ended=False, is_open=True)
        self._failures += 1
        self.stray_count += 1
        self._waiting.extendleft(reversed(taken))
        return Record(self._literal(first.text), bool(first.end))

    def _may_be_cut(self, cells: list[str]) -> bool:
        """Whether a row has too many cells, one of which ends in quotes with a backslash that may have escaped them."""
        if self._has_escapes or self._width is None or len(cells) <= self._width:
            return False
        return any(cell.endswith("\\") and self._in_quotes >> place & 1 for place, cell in enumerate(cells))

    def _is_one(self, cells: list[str], first: TextLine) -> bool:
        """Whether a record over several lines is one, and no quote that swallowed rows.

        Where quotes are doubled as they must be, the lines within it hold an even number of them and its last line an
        odd one; a row that was swallowed whole ends with an even one. Else the width of the rows tells.
        """
        taken = self._taken
        counts = [line.text.count(_QUOTE) % 2 for line in taken]
        if counts[-1] and not any(counts[:-1]):
            return True
        if self._width is None or len(cells) != self._width:
            return self._width is None
        return len(self._literal(first.text)) != self._width and not self._holds_rows(taken)

    def _holds_rows(self, taken: list[TextLine]) -> bool:
        width, delimiter = self._width, self._delimiter
        return width is not None and any(
            line.text.count(delimiter) >= width - 1 and len(self._literal(line.text)) == width for line in taken
        )

    def _cells(self, first: TextLine) -> tuple[list[str], bool]:
        """Return the cells, and whether every quote was closed. Lines that were needed are in ``_taken``."""
        cells: list[str] = []
        self._in_quotes = 0
        line, place = first, 0
        while True:
            text = line.text
            if text.startswith(_QUOTE, place):
                content, line, place = self._content(line, place + 1)
                self._in_quotes |= 1 << len(cells)
                if place == -1:
                    return [*cells, content], False
                cells.append(content)
                if place >= len(line.text):
                    return cells, True
                place += 1
                continue
            end = text.find(self._delimiter, place)
            if end == -1:
                cells.append(text[place:])
                return cells, True
            cells.append(text[place:end])
            place = end + 1

    def _content(self, line: TextLine, start: int) -> tuple[str, TextLine, int]:
        """Return the text between quotes, the line on which it ends, and the place behind; -1: it never does."""
        pieces: list[str] = []
        chars = 0
        most_lines = _LINES_WHEN_WARY if self._failures >= _FAILURES_TO_BE_WARY else _MOST_LINES
        while True:
            end = self._closing(line.text, start)
            if end != -1:
                pieces.append(line.text[start:end])
                return self._stored("".join(pieces)), line, end + 1
            pieces += (line.text[start:], line.end)
            chars += len(line.text) - start
            more = self._next() if len(self._taken) < most_lines and chars <= self._most_chars else None
            if more is not None and more.is_over:
                self._waiting.appendleft(more)
                more = None
            if more is None:
                return self._stored("".join(pieces)), line, -1
            self._taken.append(more)
            line, start = more, 0

    def _stored(self, written: str) -> str:
        """Return what a cell in quotes holds."""
        if self._has_escapes and ESCAPED in written:
            return without_escapes(written)
        return written.replace('""', _QUOTE)

    def _closing(self, text: str, start: int) -> int:
        place = start
        while (place := text.find(_QUOTE, place)) != -1:
            if self._has_escapes and is_escaped(text, place):
                place += 1
                continue
            behind = text[place + 1 : place + 2]
            if not behind or behind == self._delimiter:
                return place
            place += 2 if behind == _QUOTE else 1
        return -1

    def _literal(self, text: str) -> list[str]:
        """Return the cells of a line whose first quoted cell is none; the others may be."""
        cells: list[str] = []
        place = 0
        while True:
            if text.startswith(_QUOTE, place) and (end := self._closing(text, place + 1)) != -1:
                cells.append(self._stored(text[place + 1 : end]))
                place = end + 2
                if end + 1 >= len(text):
                    return cells
                continue
            end = text.find(self._delimiter, place)
            if end == -1:
                cells.append(text[place:])
                return cells
            cells.append(text[place:end])
            place = end + 1
