"""Finds further reports in a file: several files of an export, written one behind the other into one.

A text can hold the words of a header too. A report is believed where it stands behind a finished entity and an empty
line, or bears the mark that a file begins with; where its own header names a view that is known, and its entities, or
none, follow and count from 1 without a gap; and where the one before it has as many as its header states.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

import msgspec

from parsers.byte_streams import ByteStream
from parsers.formats.xry_text.header import START, TITLE, Header, read_header
from parsers.formats.xry_text.text_lines import Line, TextLines
from parsers.formats.xry_text.titles import closes
from parsers.formats.xry_text.views import is_view

_WORDS: Final = tuple("XRY Export".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_PIECE_BYTES: Final = 1 << 18
_MOST_REPORTS: Final = 1_000
_HEADER_LINES: Final = 12
"""Five of its own, blank ones in front of the first entity, and that entity's title."""

_MOST_LINE_CHARS: Final = 1_000
_BOM: Final = "\ufeff"


class Report(msgspec.Struct, frozen=True):
    """One report of a file: what its header says, and the number of its first line."""

    header: Header
    first_line: int = 1


def reports_of(
    opened: Callable[[], AbstractContextManager[ByteStream]], first: Header, most_chars: int
) -> list[Report]:
    """Return the reports of a file, in order; mostly one, that of the header with which it begins.

    Args:
        opened: Opens the file for reading.
        first: Header of the first report.
        most_chars: Most characters of one line.
    """
    with opened() as stream:
        if not _may_hold_several(stream):
            return [Report(first)]
    with opened() as stream:
        begun, titles = _seen(TextLines(stream, most_chars))
    return list(_believed([Report(first), *begun], titles))


def write_apart(lines: TextLines, reports: Sequence[Report], scratch_dir: Path) -> dict[int, Path]:
    """Write each report of a file into a file of its own; return these by the reports' first lines.

    Once they are apart, each is read without the others, whatever their number.
    """
    begins = {report.first_line for report in reports}
    paths: dict[int, Path] = {}
    with ExitStack() as stack:
        target: IO[bytes] | None = None
        encode: Callable[[str], bytes] = str.encode
        for line in lines:
            text = line.text
            if line.number in begins:
                text = text.lstrip(_BOM)
                stack.close()
                target = stack.enter_context(NamedTemporaryFile(dir=scratch_dir, delete=False))
                paths[line.number] = Path(target.name)
                encode = _encoder(is_utf16=lines.is_utf16)
            assert target is not None
            target.write(encode(text + line.ending))
    return paths


def _encoder(*, is_utf16: bool) -> Callable[[str], bytes]:
    """Return what makes octets of text as it was stored; a report begins with ASCII, which tells the encoding again."""
    encoding, errors = ("utf-16-le", "surrogatepass") if is_utf16 else ("utf-8", "surrogateescape")
    return lambda text: text.encode(encoding, errors)


def _may_hold_several(stream: ByteStream) -> bool:
    """Whether the words with which a report begins stand in the file twice."""
    count, before = 0, b""
    while count < 2 and (piece := stream.read(_PIECE_BYTES)):
        piece = before + piece
        count += max(map(piece.count, _WORDS))
        # What was counted cannot be counted again: it is shorter than the words.
        before = piece[-min(map(len, _WORDS)) + 1 :]
    return count > 1


def _seen(lines: TextLines) -> tuple[list[Report], _Titles]:
    """Return what looks like a report behind the first, and everything that looks like an entity's title."""
    walk = iter(lines)
    ahead: deque[Line] = deque()
    last: Line | None = None
    is_apart = False
    begun: list[Report] = []
    titles = _Titles()
    while (line := ahead.popleft() if ahead else next(walk, None)) is not None:
        text = line.text.lstrip(_BOM)
        if line.number > 1 and len(begun) < _MOST_REPORTS and text.strip().casefold() == START:
            is_behind_entity = last is not None and closes(last.key) and "\t" in last.key.separator
            if text != line.text or (is_apart and is_behind_entity):
                ahead.extend(islice(walk, _HEADER_LINES - len(ahead)))
                header = _header_of(text, ahead)
                if header is not None:
                    begun.append(Report(header, line.number))
        if line.is_blank:
            is_apart = True
        else:
            if "#" in line.text and (is_apart or (begun and line.number - begun[-1].first_line <= _HEADER_LINES)):
                titles.add(line)
            last, is_apart = line, False
    return begun, titles


class _Titles:
    """What looks like a title, by line: its number, and which category it names."""

    def __init__(self) -> None:
        self._lines = array("q")
        self._numbers = array("q")
        self._of = array("q")
        self._categories: dict[str, int] = {}

    def add(self, line: Line) -> None:
        title = TITLE.fullmatch(line.text)
        if title is not None:
            category = title[1] if len(self._categories) < _MOST_REPORTS else ""
            self._lines.append(line.number)
            self._numbers.append(int(title[2]))
            self._of.append(self._categories.setdefault(category, len(self._categories)))

    def count(self, first: int, end: int | None) -> int:
        """Return how many stand in some lines; ``end`` is behind the last of them, None that of the file."""
        return len(range(*self._range(first, end)))

    def are_of_one_list(self, first: int, end: int | None) -> bool:
        """Whether those in some lines count from 1, one by one, and name one category."""
        start, stop = self._range(first, end)
        is_counted = all(number == place for place, number in enumerate(self._numbers[start:stop], 1))
        return is_counted and len(set(self._of[start:stop])) <= 1

    def _range(self, first: int, end: int | None) -> tuple[int, int]:
        return bisect_left(self._lines, first), len(self._lines) if end is None else bisect_left(self._lines, end)


def _believed(reports: list[Report], titles: _Titles) -> Iterator[Report]:
    """Yield the reports without those that somebody typed into a text of another.

    One of these stands in front of entities that go on counting, or of fewer than the header before it states.
    """
    held = reports[0]
    yield held
    for place, report in enumerate(reports[1:], 1):
        end = reports[place + 1].first_line if place + 1 < len(reports) else None
        count = held.header.count
        is_short = count is not None and titles.count(held.first_line, report.first_line) < count
        if not is_short and titles.are_of_one_list(report.first_line, end):
            yield report
            held = report


def _header_of(start: str, behind: Iterable[Line]) -> Header | None:
    """Return the header that begins with the words; None where it is none, or no first entity follows it."""
    front = [start, *(line.text[:_MOST_LINE_CHARS] for line in behind)]
    octets = "\r\n".join((*front, "")).encode("utf-16-le", "surrogatepass")
    found = read_header(TextLines(BytesIO(octets), len(octets)))
    if found is None or not is_view(found[0].view):
        return None
    entity = next((line for line in chain.from_iterable(found[1]) if not line.is_blank), None)
    if entity is None:
        return found[0]
    title = TITLE.fullmatch(entity.text)
    is_empty = entity.text.lstrip(_BOM).strip().casefold() == START
    return found[0] if is_empty or (title is not None and int(title[2]) == 1) else None
