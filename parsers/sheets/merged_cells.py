"""Cells that are merged downwards: what stands in the first of them holds for all rows that they cover.

A workbook stores the text once, in the topmost cell. Cells that are merged to the right alone are titles, and of a
block its first column is read. No row is made of it: one that holds nothing else stays away, however far a merged cell
reaches, and what a file may ask for is bounded.

Source: ECMA-376, part 1, 18.3.1.55 (mergeCell); OpenDocument 1.3, part 3, 19.676 (table:number-rows-spanned).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

import msgspec

from parsers.sheets.rows import MOST_COLUMNS, NOTHING, Damage, Row

MOST_REGIONS: Final = 100_000
_MOST_COLUMNS: Final = 64
"""Columns of one row that such cells reach into; a table has few."""

_MOST_CHARS: Final = 1 << 26
"""Characters that are written again in one sheet."""

_REFERENCE = re.compile(
    rb"<(?:[A-Za-z][\w.-]*:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']"
    rb"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?[A-Z]{1,3}\$?([0-9]{1,7})[\"']"
)
_ROWS_END = re.compile(rb"<(?:/(?:[A-Za-z][\w.-]*:)?sheetData\s*|(?:[A-Za-z][\w.-]*:)?sheetData\s*/)>")
_LEFT_OUT: Final = "merged cells beyond the limits, which are not read for the rows that they cover"


class Region(NamedTuple):
    """Cells of one column that are merged downwards; rows from 1, the column from 0."""

    first_row: int
    last_row: int
    column: int


class _Held(NamedTuple):
    last_row: int
    text: str
    kind: int | None
    replaced: int


class MergedCells:
    """Writes what merged cells hold into the rows that they cover; rows come in order, once.

    Attributes:
        filled_count: Cells that were written.
        left_count: Cells that were not, because they are more than the limits allow.
    """

    def __init__(self, regions: Iterable[Region]) -> None:
        reaching = (region for region in regions if region.last_row > region.first_row)
        self._regions = sorted(reaching, reverse=True)
        self._held: dict[int, _Held] = {}
        self._chars = self.filled_count = self.left_count = 0

    def filled(self, row: Row) -> Row:
        """Return the row with what cells above hold for it."""
        found = self._reaching(row) if self._held else row
        while self._regions and self._regions[-1].first_row <= row.number:
            self._begin(self._regions.pop(), row)
        return found

    def damages(self) -> Iterator[Damage]:
        """Yield what is to be said of it."""
        for code, subject, count in (
            ("cells_merged", None, self.filled_count),
            ("element_unreadable", _LEFT_OUT, self.left_count),
        ):
            if count:
                yield Damage(code, ends_reading=False, subject=subject, count=count)

    def _begin(self, region: Region, row: Row) -> None:
        text = row.cells[region.column] if region.column < len(row.cells) else ""
        if region.first_row != row.number or not text:
            return
        if len(self._held) >= _MOST_COLUMNS and region.column not in self._held:
            self.left_count += 1
            return
        kind, replaced = row.kinds.get(region.column), row.replaced.get(region.column, 0)
        self._held[region.column] = _Held(region.last_row, text, kind, replaced)

    def _reaching(self, row: Row) -> Row:
        cells, kinds, replaced = list(row.cells), dict(row.kinds), dict(row.replaced)
        merged: set[int] = set()
        for column, held in tuple(self._held.items()):
            if held.last_row < row.number:
                del self._held[column]
                continue
            if column < len(cells) and cells[column]:
                continue
            if self._chars + len(held.text) > _MOST_CHARS:
                self.left_count += 1
                continue
            self._chars += len(held.text)
            self.filled_count += 1
            merged.add(column)
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = held.text
            if held.kind is not None:
                kinds[column] = held.kind
            if held.replaced:
                replaced[column] = held.replaced
        if not merged:
            return row
        return msgspec.structs.replace(
            row, cells=cells, kinds=kinds or NOTHING, replaced=replaced or NOTHING, merged=frozenset(merged)
        )


def own_cells(row: Row, kept: AbstractSet[int] = frozenset()) -> Row:
    """Return a row without what merged cells put into it, but for some columns."""
    taken = row.merged - kept
    if not taken:
        return row
    cells = ["" if place in taken else text for place, text in enumerate(row.cells)]
    while cells and not cells[-1] and len(cells) - 1 in taken:
        cells.pop()
    kinds, replaced = (
        {place: held for place, held in each.items() if place not in taken} for each in (row.kinds, row.replaced)
    )
    return msgspec.structs.replace(
        row, cells=cells, kinds=kinds or NOTHING, replaced=replaced or NOTHING, merged=row.merged & kept
    )


def stated_regions(chunks: Iterable[bytes]) -> list[Region]:
    """Return the cells that a worksheet of ECMA-376 merges downwards; it says so behind its rows.

    Args:
        chunks: The worksheet; each ends behind a ``>``.
    """
    found: list[Region] = []
    is_behind = False
    for chunk in chunks:
        start = 0
        if not is_behind:
            ends = [end.end() for end in _ROWS_END.finditer(chunk)]
            if not ends:
                continue
            is_behind, start = True, ends[-1]
        for letters, first, last in _REFERENCE.findall(chunk, start):
            if first != last and len(found) < MOST_REGIONS:
                found.append(Region(int(first), int(last), _place_of(letters)))
    return found


def spans_of(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Region]:
    """Return the same of what calamine says; it counts from 0. None: it says nothing of merged cells."""
    return [
        Region(first_row + 1, last_row + 1, column)
        for (first_row, column), (last_row, _) in (ranges or ())[:MOST_REGIONS]
        if last_row > first_row and column < MOST_COLUMNS
    ]


def _place_of(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
