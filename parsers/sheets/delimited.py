"""A delimited text (CSV, TSV and the like) as a sheet of rows; bounded, whatever the file holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from parsers.contract import Limits
from parsers.sheets.delimited_records import Record, RecordReader, TextLine
from parsers.sheets.dialects import Dialect, dialect_of
from parsers.sheets.rows import MOST_COLUMNS, NOTHING, Damage, Row
from parsers.sheets.text_encoding import CHUNK_BYTES, END_OF_FILE, Encoding, decoded, encoding_of
from parsers.stored_text import FILLING, mend_escaped

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_SUBJECT: Final = "A line"


class DelimitedSheet:
    """The rows of a delimited text. Numbers of rows are those that a spreadsheet program shows: blank ones count."""

    name: Final = ""

    def __init__(self, path: Path, limits: Limits, encoding: Encoding, dialect: Dialect) -> None:
        self.encoding = encoding
        self.dialect = dialect
        self._path = path
        self._limits = limits
        self._damages: list[Damage] = []

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong in the last reading."""
        return tuple(self._damages)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order."""
        self._damages = []
        most_chars, width = self._limits.text_chars, self.dialect.width
        reader = RecordReader(self._lines(), self.dialect.delimiter, most_chars, width)
        number = 0
        for record in reader:
            number += 1
            if number == 1 and self.dialect.is_declared:
                continue
            if len(record.cells) > MOST_COLUMNS:
                self._damages.append(Damage("limit_reached", ends_reading=True, subject="A row"))
                break
            if any(record.cells):
                yield self._row(number, record)
        if reader.stray_count:
            self._damages.append(Damage("quotes_unpaired", ends_reading=False, count=reader.stray_count))

    def _row(self, number: int, record: Record) -> Row:
        cells, replaced = record.cells, NOTHING
        if not all(map(str.isascii, cells)) and any(map(_SURROGATE.search, cells)):
            mended = [mend_escaped(cell) for cell in cells]
            cells = [text for text, _ in mended]
            replaced = {column: count for column, (_, count) in enumerate(mended) if count}
        is_cut = record.is_open or (not record.is_ended and len(cells) < self.dialect.width)
        if is_cut and not any(damage.code == "input_truncated" for damage in self._damages):
            self._damages.append(Damage("input_truncated", ends_reading=True))
        is_unended = not record.is_ended and not is_cut
        if is_unended:
            self._damages.append(Damage("end_unmarked", ends_reading=False))
        return Row(number=number, cells=cells, replaced=replaced, is_cut=is_cut, is_unended=is_unended)

    def _lines(self) -> Iterator[TextLine]:
        line_end = self.dialect.line_end
        pending = ""
        pieces = decoded(self._path, self.encoding)
        try:
            for piece in pieces:
                is_long = len(pending) > self._limits.text_chars
                if is_long and not piece.strip(FILLING):
                    continue
                if not is_long:
                    lines = (pending + piece).split(line_end)
                    pending = lines.pop()
                    for line in lines:
                        yield _line(line, line_end)
                if is_long or (len(pending) > self._limits.text_chars and pending[-1] != FILLING):
                    self._damages.append(Damage("limit_reached", ends_reading=True, subject=_LINE_SUBJECT))
                    return
        except UnicodeDecodeError:
            self._damages.append(Damage("input_truncated", ends_reading=True))
        text = pending.rstrip(FILLING)
        if len(text) < len(pending):
            self._damages.append(Damage("input_truncated", ends_reading=True))
        # Where a program of DOS says that the text ends, it does.
        ended = text.rstrip(END_OF_FILE)
        if ended:
            yield TextLine(ended, line_end if len(ended) < len(text) else "")


def _line(text: str, line_end: str) -> TextLine:
    if text.endswith("\r"):
        return TextLine(text[:-1], "\r" + line_end)
    return TextLine(text, line_end)


def open_delimited(path: Path, limits: Limits) -> DelimitedSheet | None:
    """Return the sheet of a delimited text; None where the file is none."""
    encoding = encoding_of(path)
    front = next(decoded(path, encoding), "").rstrip(FILLING + END_OF_FILE)
    dialect = dialect_of(front, is_whole=path.stat().st_size <= CHUNK_BYTES)
    return None if dialect is None else DelimitedSheet(path, limits, encoding, dialect)
