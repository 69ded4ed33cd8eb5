"""Rows of cells, as a sheet stores them, and what a sheet says of itself when it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, Protocol

import msgspec

MOST_COLUMNS: Final = 16_384
"""What a worksheet can have; nothing that is a table has more."""

CELL_LIMIT_CHARS: Final = 32_767
"""The longest text that a cell of a workbook can hold; a longer one was cut by the program that wrote it."""

NOTHING: Final[Mapping[int, int]] = {}


class CellKind(IntEnum):
    """What a cell is that is not plain text."""

    NUMBER = 1
    MOMENT = 2
    TRUTH = 3
    FAULT = 4


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row that holds anything.

    Attributes:
        number: As a spreadsheet program shows it, from 1.
        cells: Texts by column; empty where a cell is empty or absent.
        kinds: Column to kind, of cells that are no text.
        replaced: Column to characters that were replaced by U+FFFD.
        formulas: Column to the formula behind the cell, with its ``=``.
        is_cut: Whether the file ends inside the row: its last cell, at least, is not whole.
        is_unended: Whether it is the last row of a text and has no line end: its last cell may be cut.
        may_hold_rows: Whether lines between quotes in it have as many cells as a row.
        is_over: Whether it is larger than the limits allow: it has no cells.
        quoted: Of a delimited text, the columns whose cells stood in quotes, a bit for each.
        merged: The columns whose cells hold what a cell that is merged downwards holds above them.
    """

    number: int
    cells: list[str]
    kinds: Mapping[int, int] = NOTHING
    replaced: Mapping[int, int] = NOTHING
    formulas: Mapping[int, str] = {}
    is_cut: bool = False
    is_unended: bool = False
    may_hold_rows: bool = False
    is_over: bool = False
    quoted: int = 0
    merged: frozenset[int] = frozenset()


class Damage(msgspec.Struct, frozen=True):
    """What was wrong with a sheet.

    Attributes:
        code: Notice code.
        ends_reading: Whether what stood behind it was not read.
        subject: What it is about. None: the sheet.
        count: How often; at least 1.
    """

    code: str
    ends_reading: bool
    subject: str | None = None
    count: int = 1


class Sheet(Protocol):
    """One sheet. ``rows`` may be asked for several times and reads the sheet anew each time.

    Attributes:
        name: As the workbook names it; empty for delimited text.
        damages: What was wrong, known once the rows were read to their end.
    """

    @property
    def name(self) -> str:
        """Name of the sheet."""

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong in the last reading."""

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order."""
