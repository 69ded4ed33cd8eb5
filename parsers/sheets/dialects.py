"""Which character stands between the cells of a text: told by the one that gives rows of one width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import islice
from math import log2
from typing import Final

import msgspec

from parsers.line_ends import has_doubled_returns, has_returns_behind
from parsers.sheets.delimited_records import RecordReader, TextLine
from parsers.sheets.escaped_quotes import escapes_quotes

_DELIMITERS: Final = ("\t", ";", ",", "|", "^")
_LOOKED_AT: Final = 300
_MOST_CHARS: Final = 1 << 16
_FEWEST_SHARE: Final = 0.5
_PREAMBLE_LINES: Final = 40
"""So many notes may stand above the headings, where without them the rows are not half of the text."""
_DECLARATION: Final = "sep="
_LONE_RETURN: Final = re.compile(r"\r(?!\r*(?:\n|\Z))")


class Dialect(msgspec.Struct, frozen=True):
    """How a text is delimited.

    Attributes:
        delimiter: One character.
        width: Cells of its most usual row; 2 or more.
        line_end: What lines are split at: LF (a CR before it goes with it), or CR.
        is_declared: Whether the first line states the delimiter, as spreadsheet programs read it (``sep=;``).
        has_doubled_returns: Whether nearly all lines end with CR CR LF.
        has_returns_behind: Whether nearly all lines end with LF CR.
        has_escapes: Whether a backslash escapes a quotation mark within quotes.
    """

    delimiter: str
    width: int
    line_end: str
    is_declared: bool = False
    has_doubled_returns: bool = False
    has_returns_behind: bool = False
    has_escapes: bool = False


def dialect_of(front: str, *, is_whole: bool) -> Dialect | None:
    """Return how the text is delimited, from its front. None: it is no table.

    Args:
        front: The first characters of the text.
        is_whole: Whether that is all of it. Else its last line is left out, which may be cut.
    """
    found = [_dialect_of(front, line_end, is_whole=is_whole) for line_end in _line_ends(front)]
    if "\n" in front and _LONE_RETURN.search(front) is not None:
        # Rows of a text of several line ends have the width that they have where each of these ends one.
        mixed = _dialect_of(_LONE_RETURN.sub("\n", front), "\n", is_whole=is_whole)
        # Where CR LF ends some, CR alone does not end all.
        found.insert(0 if "\r\n" in front else len(found), mixed)
    fitting = [each for each in found if each is not None]
    if not fitting:
        return None
    # The one that gives rows of one width, and of two the one that gives more of them.
    dialect = max(fitting, key=lambda each: each[1:])[0]
    if dialect.line_end == "\n" and ("\r\r" in front or "\n\r" in front):
        return msgspec.structs.replace(
            dialect,
            has_doubled_returns=has_doubled_returns(front),
            has_returns_behind=has_returns_behind(front),
        )
    return dialect


def _line_ends(front: str) -> tuple[str, ...]:
    """Return what lines may be split at. Excel for the Mac ends rows with CR, and lines within a cell with LF."""
    returns, feeds = front.count("\r") - front.count("\r\n"), front.count("\n")
    if not feeds:
        return ("\r",) if returns else ("\n",)
    return ("\n", "\r") if returns > feeds else ("\n",)


def _dialect_of(front: str, line_end: str, *, is_whole: bool) -> tuple[Dialect, float, int] | None:
    """Return how the text is delimited where its lines end so, the share of rows of that width, and how many there are.

    None: it is no table.
    """
    lines = front.split(line_end)
    if not is_whole and len(lines) > 1:
        lines.pop()
    stated = lines[0].rstrip("\r\n").casefold() if lines else ""
    if stated.startswith(_DECLARATION) and len(stated) == len(_DECLARATION) + 1:
        delimiter = stated[-1]
        has_escapes = delimiter in _escaping("\n".join(lines[1:]), delimiter, is_whole=is_whole)
        width, share, count = _width_of(lines[1:], delimiter, line_end, has_escapes=has_escapes)
        return Dialect(delimiter, max(width, 2), line_end, is_declared=True, has_escapes=has_escapes), share, count
    escaping = _escaping("\n".join(lines), _DELIMITERS, is_whole=is_whole)
    return _best(lines, line_end, 0, escaping) or _best(lines, line_end, _PREAMBLE_LINES, escaping)


def _escaping(text: str, delimiters: Iterable[str], *, is_whole: bool) -> frozenset[str]:
    """Return the delimiters with which a text escapes its quotation marks."""
    return frozenset(each for each in delimiters if escapes_quotes(text, each, is_whole=is_whole))


def _best(
    lines: list[str], line_end: str, preamble: int, escaping: Container[str]
) -> tuple[Dialect, float, int] | None:
    """Return the dialect that gives the most rows of one width, where that many lines may stand above them."""
    best: tuple[Dialect, float, int] | None = None
    highest = 0.0
    for delimiter in _DELIMITERS:
        has_escapes = delimiter in escaping
        width, share, count = _width_of(lines, delimiter, line_end, preamble, has_escapes=has_escapes)
        score = share * log2(width) if width > 1 and share >= _FEWEST_SHARE else 0.0
        if score > highest:
            best, highest = (Dialect(delimiter, width, line_end, has_escapes=has_escapes), share, count), score
    return best


def _width_of(
    lines: list[str], delimiter: str, line_end: str, preamble: int = 0, *, has_escapes: bool
) -> tuple[int, float, int]:
    """Return the most usual width above one, the share of the records that have it, and how many these are.

    Args:
        lines: The lines of the text.
        delimiter: One character.
        line_end: What ends them.
        preamble: How many records of other widths above the first of that one are not counted.
        has_escapes: Whether a backslash escapes a quotation mark within quotes.
    """
    reader = RecordReader(_text_lines(lines, line_end), delimiter, _MOST_CHARS, has_escapes=has_escapes)
    records = islice(reader, _LOOKED_AT)
    shown = [len(record.cells) for record in records if len(record.cells) > 1 or record.cells[0].strip()]
    widths = Counter(shown)
    widths.pop(1, None)
    if not widths:
        return 1, 0.0, 0
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return width, count / (len(shown) - min(preamble, shown.index(width))), count


def _text_lines(lines: list[str], line_end: str) -> Iterator[TextLine]:
    for text in lines:
        yield TextLine(text.strip("\r"), line_end)
