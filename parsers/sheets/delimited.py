"""A delimited text (CSV, TSV and the like) as a sheet of rows; bounded, whatever the file holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from parsers.contract import Limits
from parsers.sheets.delimited_records import Record, RecordReader, TextLine
from parsers.sheets.dialects import Dialect, dialect_of
from parsers.sheets.lone_returns import RETURN, are_doubtful, parted
from parsers.sheets.rows import MOST_COLUMNS, NOTHING, Damage, Row
from parsers.sheets.text_encoding import CHUNK_BYTES, END_OF_FILE, Encoding, decoded, encoding_of
from parsers.stored_text import FILLING, SURROGATE, mend_escaped


class DelimitedSheet:
    """The rows of a delimited text. Numbers of rows are those that a spreadsheet program shows: blank ones count."""

    name: Final = ""

    def __init__(self, path: Path, limits: Limits, encoding: Encoding, dialect: Dialect) -> None:
        self.encoding = encoding
        self.dialect = dialect
        self._path = path
        self._limits = limits
        self._damages: list[Damage] = []
        self._has_returns = self._ends_with_returns = self._has_lone = False

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong in the last reading."""
        return tuple(self._damages)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order."""
        self._damages = []
        self._has_returns = self._ends_with_returns = self._has_lone = False
        doubtful_count = 0
        most_chars, width = self._limits.text_chars, self.dialect.width
        reader = RecordReader(
            self._lines(), self.dialect.delimiter, most_chars, width, has_escapes=self.dialect.has_escapes
        )
        number = 0
        for record in reader:
            number += 1
            if number == 1 and self.dialect.is_declared:
                continue
            if record.is_over or len(record.cells) > MOST_COLUMNS:
                yield Row(number=number, cells=[], is_over=True)
            elif any(record.cells):
                doubtful_count += self._has_returns and are_doubtful(record.cells, width)
                yield self._row(number, record)
        if doubtful_count:
            self._damages.append(Damage("structure_in_text", ends_reading=False, count=doubtful_count))
        if reader.stray_count:
            self._damages.append(Damage("quotes_unpaired", ends_reading=False, count=reader.stray_count))

    def _row(self, number: int, record: Record) -> Row:
        cells, replaced = record.cells, NOTHING
        if not "".join(cells).isascii() and any(map(SURROGATE.search, cells)):
            mended = [mend_escaped(cell) for cell in cells]
            cells = [text for text, _ in mended]
            replaced = {column: count for column, (_, count) in enumerate(mended) if count}
        if record.is_ended and not record.is_open:
            may_hold_rows, quoted = record.may_hold_rows, record.quoted
            return Row(number=number, cells=cells, replaced=replaced, may_hold_rows=may_hold_rows, quoted=quoted)
        is_cut = record.is_open or (not record.is_ended and len(cells) < self.dialect.width)
        if is_cut and not any(damage.code == "input_truncated" for damage in self._damages):
            self._damages.append(Damage("input_truncated", ends_reading=True))
        is_unended = not record.is_ended and not is_cut
        if is_unended:
            self._damages.append(Damage("end_unmarked", ends_reading=False))
        return Row(number=number, cells=cells, replaced=replaced, is_cut=is_cut, is_unended=is_unended)

    def _lines(self) -> Iterator[TextLine]:
        return _with_returns_behind(self._stored_lines()) if self.dialect.has_returns_behind else self._stored_lines()

    def _stored_lines(self) -> Iterator[TextLine]:
        line_end = self.dialect.line_end
        pending = ""
        is_over = False
        try:
            for piece in decoded(self._path, self.encoding):
                is_long = is_over or len(pending) > self._limits.text_chars
                if is_long and not piece.strip(FILLING):
                    continue
                together = pending + piece
                if is_long:
                    # What is longer than the limit goes by, up to its end: it costs no line behind it.
                    _, end, together = piece.partition(line_end)
                    pending, is_over = "", not end
                    if is_over:
                        continue
                    yield TextLine("", line_end, is_over=True)
                lines = together.split(line_end)
                pending = lines.pop()
                self._ends_with_returns |= bool(lines) and lines[0].endswith(RETURN)
                yield from self._whole(lines, together)
                if len(pending) > self._limits.text_chars and pending[-1] != FILLING:
                    pending, is_over = "", True
        except UnicodeDecodeError:
            self._damages.append(Damage("input_truncated", ends_reading=True))
        if is_over:
            yield TextLine("", "", is_over=True)
            return
        text = pending.rstrip(FILLING)
        if len(text) < len(pending):
            self._damages.append(Damage("input_truncated", ends_reading=True))
        # Where a program of DOS says that the text ends, it does.
        ended = text.rstrip(END_OF_FILE)
        yield from self._last(ended, line_end if len(ended) < len(text) else "")

    def _whole(self, lines: list[str], together: str) -> Iterator[TextLine]:
        """Yield the lines that end in a piece of the text."""
        if self.dialect.line_end == RETURN or _are_paired(together):
            yield from _ended(lines, self.dialect.line_end, may_have_return=RETURN in together)
            return
        self._has_returns = True
        for line in lines:
            yield from self._parted(line)

    def _parted(self, stored: str) -> Iterator[TextLine]:
        """Yield the line that stands between two line feeds, or several where carriage returns end rows in it."""
        line = _line(stored, "\n")
        if line.end == "\r\n" and self.dialect.has_doubled_returns and line.text.endswith(RETURN):
            line = TextLine(line.text[:-1], "\r\r\n")
        if RETURN not in line.text:
            yield line
            return
        *before, last = parted(line.text, self.dialect.delimiter, self.dialect.width)
        self._has_lone |= bool(before)
        for text in before:
            yield TextLine(text, RETURN)
        yield TextLine(last, line.end)

    def _last(self, text: str, end: str) -> Iterator[TextLine]:
        """Yield what stands behind the last line end."""
        if RETURN not in text or self.dialect.line_end == RETURN:
            if text:
                yield TextLine(text, end)
            return
        *before, last = parted(text, self.dialect.delimiter, self.dialect.width)
        for each in before:
            yield TextLine(each, RETURN)
        self._has_returns = True
        # Behind the last row a carriage return is its end where one alone ends others, else half of CR LF.
        self._has_lone |= bool(before)
        if last.endswith(RETURN) and (self._has_lone or self._ends_with_returns):
            yield TextLine(last[:-1], RETURN if self._has_lone else end)
        else:
            yield TextLine(last, end)


def _are_paired(text: str) -> bool:
    """Whether no carriage return stands in a text but in front of a line feed, as far as it goes."""
    returns = text.count(RETURN)
    return not returns or returns - text.endswith(RETURN) == text.count("\r\n")


def _with_returns_behind(lines: Iterator[TextLine]) -> Iterator[TextLine]:
    """Yield lines with the carriage return that each begins with as part of the end of the line before it."""
    held: TextLine | None = None
    for line in lines:
        if held is not None:
            has_return = line.text.startswith(RETURN) and bool(held.end)
            yield TextLine(held.text, held.end + RETURN, held.is_over) if has_return else held
            held = TextLine(line.text[1:], line.end) if has_return else line
        else:
            held = line
    if held is not None and (held.text or held.end or held.is_over):
        yield held


def _ended(lines: list[str], line_end: str, *, may_have_return: bool) -> list[TextLine]:
    """Return lines with their ends, of which a carriage return that each of them ends with is part."""
    if not may_have_return:
        return [TextLine(line, line_end) for line in lines]
    return [_line(line, line_end) for line in lines]


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
