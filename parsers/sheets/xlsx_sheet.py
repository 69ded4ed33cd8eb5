"""Streams the rows of a worksheet, in flat memory, whatever the sheet states of its size.

A formula shows the value that was stored with it; where none was, the formula itself is the text. Nothing is ever
computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from parsers.contract import Limits
from parsers.sheets.cell_values import Shown, moment_text, number_text
from parsers.sheets.merged_cells import MergedCells, Region, stated_regions
from parsers.sheets.rows import MOST_COLUMNS, NOTHING, CellKind, Damage, Row
from parsers.sheets.shared_strings import SharedStrings, plain_text, rich_text
from parsers.sheets.xlsx_package import CellFormat, Package, elements_of, local_name
from parsers.xml_guard import CleanXml, strict_parser

_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,9})")
_ATTRIBUTES: Final = rb'(?: [A-Za-z:]{1,24}="[^"<>&]{0,40}"){0,12} ?'
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,4}[0-9]{1,9}"' + _ATTRIBUTES + rb'/>(?=<c r="|</row>)')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]{1,9}"' + _ATTRIBUTES + rb'(?:/>|></row>)(?=<row r="|</sheetData>)')
_SECTION: Final = b"<!["
_COLUMNS: Final[dict[str, int]] = {}
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS: Final = (*_CAPITALS, *(f"{one}{other}" for one in _CAPITALS for other in _CAPITALS))
_LETTERED: Final = len(_LETTERS)
"""Columns whose letters are at hand."""

_BYTES_A_CHARACTER: Final = 2
_KINDS: Final = {"b": CellKind.TRUTH, "e": CellKind.FAULT, "d": CellKind.MOMENT}
_TRUTHS: Final = {"1": "TRUE", "0": "FALSE"}
_PLAIN: Final = CellFormat(Shown.NUMBER, 0)
_STRINGS_MISSING: Final = "cells whose text is not in the workbook"
_MISPLACED: Final = "cells outside of the sheet, or at the place of another"


class XlsxSheet:
    """One worksheet of a package."""

    def __init__(self, package: Package, name: str, member: str, strings: SharedStrings, limits: Limits) -> None:
        self.name = name
        self._package = package
        self._member = member
        self._strings = strings
        self._limits = limits
        self._damages: list[Damage] = []
        self._missing_strings = 0
        self._misplaced = 0
        self._rounded = 0
        self._value_tag = "v"
        self._may_hold_sections = False
        self._regions: list[Region] | None = None

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong in the last reading."""
        return tuple(self._damages)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order."""
        self._damages = []
        self._missing_strings = self._misplaced = self._rounded = 0
        self._may_hold_sections = False
        merged = MergedCells(self._merged_regions())
        stream = self._package.open(self._member)
        clean = CleanXml(stream)
        yield from map(merged.filled, self._parsed(clean)) if self._regions else self._parsed(clean)
        while stream.read(1 << 16):
            pass
        if stream.damage is not None:
            self._damages.append(Damage(stream.damage, ends_reading=stream.damage != "checksum_wrong"))
        for subject, count in ((_STRINGS_MISSING, self._missing_strings), (_MISPLACED, self._misplaced)):
            if count:
                self._damages.append(Damage("element_unreadable", ends_reading=False, subject=subject, count=count))
        if clean.unescaped_count:
            self._damages.append(Damage("markup_unescaped", ends_reading=False, count=clean.unescaped_count))
        if self._rounded:
            self._damages.append(Damage("number_rounded", ends_reading=False, count=self._rounded))
        self._damages.extend(merged.damages())

    def _merged_regions(self) -> list[Region]:
        """Return the cells that are merged downwards: they stand behind the rows, and are looked for once."""
        if self._regions is None:
            self._regions = stated_regions(CleanXml(self._package.open(self._member)).chunks())
        return self._regions

    def _parsed(self, clean: CleanXml) -> Iterator[Row]:
        parser = strict_parser(("{*}row", "{*}sheetData"))
        most_bytes = self._limits.text_chars * _BYTES_A_CHARACTER
        held, number, was_marked = 0, 0, False
        for chunk in clean.chunks():
            was_marked |= clean.chunk_has_marks
            filled = self._without_empty(chunk)
            held += len(filled)
            damage = _fed(parser, filled)
            # What ended before a malformed place is whole.
            for element in elements_of(parser):
                if local_name(element) != "row":
                    return
                held = 0
                number = _number_of(element, number)
                row = self._row(element, number, is_marked=was_marked)
                if row is not None:
                    yield row
                _drop(element)
            if damage is None and held > most_bytes:
                damage = Damage("limit_reached", ends_reading=True, subject="A row")
            if damage is not None:
                self._damages.append(damage)
                return
        # The end of the rows was never met.
        self._damages.append(Damage("input_truncated", ends_reading=True))

    def _without_empty(self, chunk: bytes) -> bytes:
        """Return a part of the sheet without cells and rows that have a format and hold nothing.

        A program that was told to format whole columns writes millions of them, which to parse takes minutes. What
        stands behind each of them states its own place. Between marks that make a text of markup nothing is left out.
        """
        self._may_hold_sections |= _SECTION in chunk
        return chunk if self._may_hold_sections else _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", chunk))

    def _row(self, element: etree._Element, number: int, *, is_marked: bool) -> Row | None:
        cells: list[str] = []
        kinds: dict[int, int] = {}
        replaced: dict[int, int] = {}
        formulas: dict[int, str] = {}
        following = 0
        digits = str(number)
        for cell in element:
            reference = cell.get("r")
            # Most cells follow the one before; their columns are not taken apart.
            if following >= _LETTERED or reference != _LETTERS[following] + digits:
                following = _column_of(reference, following)
            column = following
            following += 1
            text, kind, count, formula = self._cell(cell, is_marked=is_marked)
            if not text:
                continue
            if column == len(cells) < MOST_COLUMNS:
                cells.append(text)
            elif column >= MOST_COLUMNS or (column < len(cells) and cells[column]):
                self._misplaced += 1
                continue
            else:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = text
            if kind is not None:
                kinds[column] = kind
            if count:
                replaced[column] = count
            if formula:
                formulas[column] = formula
        if not cells:
            return None
        return Row(
            number=number, cells=cells, kinds=kinds or NOTHING, replaced=replaced or NOTHING, formulas=formulas or _NONE
        )

    def _cell(self, cell: etree._Element, *, is_marked: bool) -> tuple[str, int | None, int, str]:
        """Return the text of a cell, its kind, how many characters were replaced, and the formula behind it."""
        if not len(cell):
            return "", None, 0, ""
        if cell.get("t") == "s" and len(cell) == 1:
            child = cell[0]
            if child.tag == self._value_tag or self._is_value(child):
                # What nearly every cell is: the number of a shared text, and nothing else.
                return *self._shared(child.text or ""), ""
        parts = {local_name(child): child for child in cell}
        text, kind, count = self._value(cell, parts, is_marked=is_marked)
        if "f" not in parts or not parts["f"].text:
            return text, kind, count, ""
        formula, replaced = plain_text(f"={parts['f'].text}", is_marked=is_marked)
        return (text, kind, count, formula) if text else (formula, None, replaced, "")

    def _value(
        self, cell: etree._Element, parts: Mapping[str, etree._Element], *, is_marked: bool
    ) -> tuple[str, int | None, int]:
        kind = cell.get("t")
        if kind == "inlineStr" and "is" in parts:
            text, count = rich_text(parts["is"], is_marked=is_marked)
            return text, None, count
        raw = parts["v"].text if "v" in parts else None
        if not raw:
            return "", None, 0
        if kind == "s":
            return self._shared(raw)
        if kind == "str":
            text, count = plain_text(raw, is_marked=is_marked)
            return text, None, count
        if kind in _KINDS:
            return (_TRUTHS.get(raw.strip(), raw) if kind == "b" else raw), _KINDS[kind], 0
        return (*self._number(raw, cell.get("s")), 0)

    def _is_value(self, child: etree._Element) -> bool:
        """Whether an element is the value of a cell; its tag is known by its whole name from here on."""
        if local_name(child) != "v":
            return False
        self._value_tag = str(child.tag)
        return True

    def _shared(self, raw: str) -> tuple[str, int | None, int]:
        try:
            text, count = self._strings.text(int(raw))
        except (ValueError, IndexError):
            self._missing_strings += 1
            return "", None, 0
        return text, None, count

    def _number(self, raw: str, style: str | None) -> tuple[str, int]:
        formats = self._package.formats
        place = int(style) if style and style.isascii() and style.isdecimal() and len(style) < 7 else -1
        shape = formats[place] if 0 <= place < len(formats) else _PLAIN
        if shape.shown is not Shown.NUMBER:
            text = moment_text(raw, shape.shown, is_1904=self._package.is_1904)
            if text is not None:
                return text, CellKind.MOMENT
        text, is_rounded = number_text(raw, shape.padded_to)
        self._rounded += is_rounded
        return text, CellKind.NUMBER


_NONE: Final[Mapping[int, str]] = {}


def _fed(parser: etree.XMLPullParser, chunk: bytes) -> Damage | None:
    """Feed the parser, and return what was wrong with the chunk."""
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError:
        return Damage("input_malformed", ends_reading=True)
    return None


def _number_of(element: etree._Element, before: int) -> int:
    """Return the number of a row; the next one where it does not say it."""
    stated = element.get("r")
    if stated is not None and stated.isascii() and stated.isdecimal() and len(stated) < 10:
        return int(stated)
    return before + 1


def _column_of(reference: str | None, following: int) -> int:
    """Return the column of a cell, from 0; the next one where the cell does not say it."""
    found = _REFERENCE.fullmatch(reference) if reference is not None else None
    if found is None:
        return following
    letters = found[1]
    column = _COLUMNS.get(letters)
    if column is None:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        column -= 1
        _COLUMNS[letters] = column
    return column


def _drop(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and len(parent) > 1:
        del parent[0]
