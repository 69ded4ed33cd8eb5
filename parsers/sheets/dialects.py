"""Which character stands between the cells of a text: told by the one that gives rows of one width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import log2
from typing import Final

import msgspec

from parsers.sheets.delimited_records import RecordReader, TextLine

_DELIMITERS: Final = ("\t", ";", ",", "|")
_LOOKED_AT: Final = 300
_MOST_CHARS: Final = 1 << 16
_FEWEST_SHARE: Final = 0.5
_DECLARATION: Final = "sep="


class Dialect(msgspec.Struct, frozen=True):
    """How a text is delimited.

    Attributes:
        delimiter: One character.
        width: Cells of its most usual row; 2 or more.
        line_end: What lines are split at: LF (a CR before it goes with it), or CR.
        is_declared: Whether the first line states the delimiter, as spreadsheet programs read it (``sep=;``).
    """

    delimiter: str
    width: int
    line_end: str
    is_declared: bool = False


def dialect_of(front: str, *, is_whole: bool) -> Dialect | None:
    """Return how the text is delimited, from its front. None: it is no table.

    Args:
        front: The first characters of the text.
        is_whole: Whether that is all of it. Else its last line is left out, which may be cut.
    """
    line_end = "\n" if "\n" in front or "\r" not in front else "\r"
    lines = front.split(line_end)
    if not is_whole and len(lines) > 1:
        lines.pop()
    stated = lines[0].rstrip("\r\n").casefold() if lines else ""
    if stated.startswith(_DECLARATION) and len(stated) == len(_DECLARATION) + 1:
        delimiter = stated[-1]
        width, _ = _width_of(lines[1:], delimiter, line_end)
        return Dialect(delimiter, max(width, 2), line_end, is_declared=True)
    best: Dialect | None = None
    highest = 0.0
    for delimiter in _DELIMITERS:
        width, share = _width_of(lines, delimiter, line_end)
        score = share * log2(width) if width > 1 and share >= _FEWEST_SHARE else 0.0
        if score > highest:
            best, highest = Dialect(delimiter, width, line_end), score
    return best


def _width_of(lines: list[str], delimiter: str, line_end: str) -> tuple[int, float]:
    """Return the most usual width above one, and the share of the records that have it."""
    widths: Counter[int] = Counter()
    total = 0
    for record in islice(RecordReader(_text_lines(lines, line_end), delimiter, _MOST_CHARS), _LOOKED_AT):
        if len(record.cells) > 1 or record.cells[0].strip():
            total += 1
            widths[len(record.cells)] += 1
    widths.pop(1, None)
    if not widths:
        return 1, 0.0
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return width, count / total


def _text_lines(lines: list[str], line_end: str) -> Iterator[TextLine]:
    for text in lines:
        yield TextLine(text.removesuffix("\r"), line_end)
