"""Carriage returns that stand alone in a text whose rows end otherwise: the end of a row, or part of a cell.

One is the end of a row where what stands behind it is another: as many cells as the row before it has, or the table,
and a date in the same column, or below headings in any; in a table without dates, a number. Whether it stands in quotes
is not asked here: lines that were parted there are put together again where a quote is read over several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

RETURN: Final = "\r"

_QUOTE: Final = '"'
_FEWEST_CELLS: Final = 2
_TELLING_CHARS: Final = 40
_DATED: Final = re.compile(
    r"\D{0,12}(?:[0-9]{1,4}([-/. ])(?:[0-9]{1,2}|[^\W\d]{3,9}\.?)\1[0-9]{1,4}|[^\W\d]{3,9}\.? [0-9]{1,2},? [0-9]{4}\b"
    r"|1[0-9]{9}(?:[0-9]{3})?\Z|[0-9]{8}T)"
)
_NUMBER: Final = re.compile(r"[+(]{0,2}[0-9][0-9 ()./-]{4,24}")


class _Piece(msgspec.Struct, frozen=True):
    """What stands between two carriage returns, taken for a row.

    Attributes:
        count: Its cells.
        dated: Places of those that hold a date.
        numbered: Places of those that hold a number.
        has_digits: Whether any of them holds a figure: headings do not.
        is_open: Whether a quote begins in it and does not end: the last cell goes on in the next line.
        is_closed: Whether a quote ends in it that does not begin there: what stands before it is of lines above.
    """

    count: int
    dated: frozenset[int]
    numbered: frozenset[int]
    has_digits: bool
    is_open: bool
    is_closed: bool


def parted(text: str, delimiter: str, width: int) -> Iterator[str]:
    """Yield the rows that stand in one line, without the carriage returns between them.

    Args:
        text: The line, without its end.
        delimiter: One character.
        width: Cells of the table's most usual row.
    """
    held: list[str] = []
    above: _Piece | None = None
    for written in text.split(RETURN):
        piece = _piece(written, delimiter) if delimiter in written else None
        if held and above is not None and piece is not None and _is_row(piece, above, width):
            yield RETURN.join(held)
            held, above = [], None
        elif held and above is None and piece is not None and _is_closing(held, piece, width):
            yield RETURN.join(held)
            held = []
        held.append(written)
        above = piece if above is None else above
    yield RETURN.join(held)


def are_doubtful(cells: list[str], width: int) -> bool:
    """Whether a row may be several: it has a carriage return and more cells than the table's most usual row."""
    return len(cells) > width and any(RETURN in cell for cell in cells)


def _is_row(piece: _Piece, above: _Piece, width: int) -> bool:
    if above.is_closed:
        return _is_whole(piece, width) and bool(piece.dated or piece.numbered)
    if above.count < _FEWEST_CELLS or not (_is_whole(piece, width) or _is_whole(piece, above.count)):
        return False
    is_below_headings = not above.has_digits
    if piece.dated or above.dated:
        return bool(piece.dated) if is_below_headings else not piece.dated.isdisjoint(above.dated)
    return bool(piece.numbered) if is_below_headings else not piece.numbered.isdisjoint(above.numbered)


def _is_closing(held: list[str], piece: _Piece, width: int) -> bool:
    """Whether a quote of lines above ends in front of a row, or nothing stands there: no mark between cells."""
    if held == [""]:
        return _is_whole(piece, width) and bool(piece.dated)
    is_odd = sum(each.count(_QUOTE) for each in held) % 2 == 1
    return is_odd and held[-1].endswith(_QUOTE) and _is_whole(piece, width) and bool(piece.dated or piece.numbered)


def _is_whole(piece: _Piece, width: int) -> bool:
    return piece.count == width or (piece.is_open and _FEWEST_CELLS <= piece.count <= width)


def _piece(text: str, delimiter: str) -> _Piece:
    cells, is_open, is_closed = _cells(text, delimiter)
    fronts = [cell[:_TELLING_CHARS].strip() for cell in cells]
    return _Piece(
        count=len(cells),
        dated=frozenset(place for place, front in enumerate(fronts) if _DATED.match(front) is not None),
        numbered=frozenset(place for place, front in enumerate(fronts) if _NUMBER.fullmatch(front) is not None),
        has_digits=any(char.isdigit() for front in fronts for char in front),
        is_open=is_open,
        is_closed=is_closed,
    )


def _cells(text: str, delimiter: str) -> tuple[list[str], bool, bool]:
    """Return the cells of a row, whether the last of them is open, and whether the first closes one of lines above."""
    if _QUOTE not in text:
        return text.split(delimiter), False, False
    is_closed = text.count(_QUOTE) % 2 == 1 and (text.endswith(_QUOTE) or f"{_QUOTE}{delimiter}" in text)
    cells: list[str] = []
    place = 0
    while True:
        if text.startswith(_QUOTE, place):
            end = _closing(text, place + 1, delimiter)
            if end == -1:
                return [*cells, text[place + 1 :]], True, False
            cells.append(text[place + 1 : end])
            place = end + 1
        else:
            end = text.find(delimiter, place)
            end = len(text) if end == -1 else end
            cells.append(text[place:end])
            place = end
        if place >= len(text):
            return cells, False, is_closed
        place += 1


def _closing(text: str, start: int, delimiter: str) -> int:
    """Return the place of the quote behind which a cell ends; -1: there is none."""
    place = start
    while (place := text.find(_QUOTE, place)) != -1:
        if text[place + 1 : place + 2] in {"", delimiter}:
            return place
        place += 2 if text.startswith(_QUOTE, place + 1) else 1
    return -1
