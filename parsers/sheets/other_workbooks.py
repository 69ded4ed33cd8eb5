"""Workbooks in the older binary form (.xls) and in OpenDocument's (.ods), read with calamine.

calamine keeps a whole sheet in memory as a block as wide as its widest row and as long as its last one, whatever is in
it: two cells in opposite corners take gigabytes. An .xls sheet cannot have more than 65,536 rows of 256 cells; the
content of an .ods is looked at first.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from parsers.archive_guard import open_archive
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.sheets.cell_values import number_text
from parsers.sheets.merged_cells import MOST_REGIONS, MergedCells, Region, spans_of
from parsers.sheets.rows import NOTHING, CellKind, Damage, Row
from parsers.sheets.xls_bounds import is_within_bounds
from parsers.sheets.xlsx_package import elements_of, local_name
from parsers.xml_guard import CleanXml, strict_parser

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT: Final = "content.xml"
_OLE_HEADER_BYTES: Final = 512
_SECTOR_SHIFTS: Final = (9, 12)
_MOST_SECTOR: Final = 0xFFFFFFFA
_FREE_SECTOR: Final = 0xFFFFFFFF
_MOST_FILE_BYTES: Final = 256 * 2**20
_MOST_BLOCK_CELLS: Final = 8_000_000
_MOST_REPEATED: Final = 1_048_576
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_ROWS_SPANNED: Final = f"{{{_TABLE}}}number-rows-spanned"
_MARKS: Final = (f"{{{_TEXT}}}tab", f"{{{_TEXT}}}line-break")
_MARK = re.compile(rb"<([A-Za-z][\w.-]*:)(tab|line-break)(?:\s[^<>]*)?(?:/>|>\s*</\1\2\s*>)")
_NEEDED: Final = frozenset({"mimetype", "META-INF/manifest.xml", _CONTENT})
_CHUNK_BYTES: Final = 1 << 16
_NO_NUMBER: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - what a workbook stores has no zone
"""What the library makes of a date that is no number; of day zero itself it makes a time of day."""

_ROW: Final = "row (a cell in it holds a date that cannot be)"

_Value: TypeAlias = "int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta"


class BlockSheet:
    """One sheet, loaded when its rows are asked for."""

    def __init__(
        self,
        workbook: CalamineWorkbook,
        name: str,
        *,
        has_serial_dates: bool = False,
        regions: Sequence[Region] | None = None,
    ) -> None:
        self.name = name
        self._regions = regions
        self._merged = MergedCells(())
        self._has_serial_dates = has_serial_dates
        self._workbook = workbook
        self._rounded = self._unreadable = 0

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what was wrong in the last reading."""
        found = (("number_rounded", None, self._rounded), ("element_unreadable", _ROW, self._unreadable))
        damages = [
            Damage(code, ends_reading=False, subject=subject, count=times) for code, subject, times in found if times
        ]
        return (*damages, *self._merged.damages())

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, in file order."""
        self._rounded = self._unreadable = 0
        sheet = self._workbook.get_sheet_by_name(self.name)
        regions = self._regions if self._regions is not None else spans_of(sheet.merged_cell_ranges)
        self._merged = MergedCells(regions)
        first_row, first_column = sheet.start or (0, 0)
        for number, values in self._numbered(sheet, first_row + 1):
            cells = [""] * first_column
            kinds: dict[int, int] = {}
            for value in values:
                text, kind = self._text(value)
                if kind is not None:
                    kinds[len(cells)] = kind
                cells.append(text)
            if any(cells):
                row = Row(number=number, cells=cells, kinds=kinds or NOTHING)
                yield self._merged.filled(row) if regions else row

    def _numbered(self, sheet: CalamineSheet, first: int) -> Iterator[tuple[int, list[_Value]]]:
        """Yield the rows with their numbers; one that the library cannot give is counted, and it goes on behind it."""
        rows = iter(sheet.iter_rows())
        for number in count(first):
            try:
                values = next(rows, None)
            except BaseException as error:
                if not _is_panic(error) or self._unreadable >= _MOST_REPEATED:
                    raise
                self._unreadable += 1
                continue
            if values is None:
                return
            yield number, values

    def _text(self, value: _Value) -> tuple[str, int | None]:
        if isinstance(value, str):
            return value, None
        if isinstance(value, bool):
            return str(value).upper(), CellKind.TRUTH
        if self._has_serial_dates and value == _NO_NUMBER:
            value = math.nan
        if isinstance(value, (int, float)):
            text, is_rounded = number_text(repr(value))
            self._rounded += is_rounded
            return text, CellKind.NUMBER
        if isinstance(value, dt.timedelta):
            seconds = round(value.total_seconds())
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}", CellKind.MOMENT
        if isinstance(value, dt.datetime):
            value = _to_milliseconds(value)
            return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds"), CellKind.MOMENT
        return value.isoformat(), CellKind.MOMENT


def open_other_workbook(path: Path, limits: Limits, *, is_ods: bool) -> list[BlockSheet]:
    """Return the sheets of an .xls or .ods.

    Raises:
        InputRefused: It is encrypted, damaged, or would take more memory than there is reason for.
    """
    if path.stat().st_size > _MOST_FILE_BYTES:
        raise InputRefused("archive_refused", f"larger than {_MOST_FILE_BYTES // 2**20} MiB")
    source: Path | BinaryIO = path
    spans: Mapping[str, list[Region]] | None = None
    if is_ods:
        has_marks, spans = _looked_at(path, limits)
        if has_marks:
            source = _with_marks_written_out(path, limits)
    else:
        _refuse_cut_off(path)
        if not is_within_bounds(path):
            raise InputRefused("archive_damaged", "damaged workbook")
    try:
        workbook = CalamineWorkbook.from_object(source)
        sheets = [
            BlockSheet(
                workbook,
                name,
                has_serial_dates=not is_ods,
                regions=None if spans is None else spans.get(name, ()),
            )
            for name in workbook.sheet_names
        ]
        for sheet in sheets:
            workbook.get_sheet_by_name(sheet.name)  # a damaged one is refused now, and not in the middle
    except PasswordError as error:
        raise InputRefused("input_protected", "workbook with a password") from error
    except CalamineError as error:
        # The library's text may repeat what it read.
        raise InputRefused("archive_damaged", "damaged workbook") from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise InputRefused("archive_damaged", "damaged workbook") from None
    return sheets


def _is_panic(error: BaseException) -> bool:
    """Whether the library met what it had held for impossible; such an error is no ``Exception``."""
    return type(error).__module__ == "pyo3_runtime"


def _refuse_cut_off(path: Path) -> None:
    """Refuse a compound file that ends before its last sector: calamine reads one that was cut off without a word.

    The header names the sectors of the allocation table (MS-CFB 2.2), the first 109 of which are looked at: 6.8 MB of a
    file's front, and with them its end in all but very large ones.
    """
    with path.open("rb") as file:
        header = file.read(_OLE_HEADER_BYTES)
        size = file.seek(0, os.SEEK_END)
        shift = int.from_bytes(header[30:32], "little")
        if len(header) < _OLE_HEADER_BYTES or shift not in _SECTOR_SHIFTS:
            raise InputRefused("archive_damaged", "damaged workbook")
        sector_bytes = 1 << shift
        last = 0
        for place, (sector,) in enumerate(struct.iter_unpack("<I", header[76:])):
            if sector > _MOST_SECTOR:
                break
            file.seek((sector + 1) * sector_bytes)
            table = file.read(sector_bytes)
            entries = [entry for (entry,) in struct.iter_unpack("<I", table[: len(table) // 4 * 4])]
            used = (number for number, entry in enumerate(entries) if entry != _FREE_SECTOR)
            last = max(last, sector, *(place * sector_bytes // 4 + number for number in used))
    if size < (last + 2) * sector_bytes:
        raise InputRefused("archive_damaged", "damaged workbook: it ends before its last sector")


class _Spans:
    """Gathers the cells that an .ods merges downwards, by sheet; rows that are written once for many are counted."""

    def __init__(self) -> None:
        self.by_sheet: dict[str, list[Region]] = {}
        self._found: list[Region] = []
        self._row = 1
        self._left = MOST_REGIONS

    def take_row(self, row: etree._Element) -> None:
        """Take a row."""
        place = 0
        for cell in row:
            span = cell.get(_ROWS_SPANNED)
            if span is not None and span.isascii() and span.isdecimal() and len(span) < 8 and self._left:
                self._left -= 1
                self._found.append(Region(self._row, self._row + int(span) - 1, place))
            place += _repeated(cell, "columns")
        self._row += _repeated(row, "rows")

    def end_sheet(self, table: etree._Element) -> None:
        """Take the end of a sheet."""
        self.by_sheet.setdefault(table.get(f"{{{_TABLE}}}name") or "", self._found)
        self._found, self._row = [], 1


def _looked_at(path: Path, limits: Limits) -> tuple[bool, Mapping[str, list[Region]]]:
    """Return whether a text of the content holds a tab or a line break that is written as an element, and merged cells.

    Raises:
        InputRefused: It is a block of more cells than a table has; repeated cells are written once in it.
    """
    with open_archive(path, limits) as archive:
        content = next((member for member in archive.members if member.name == _CONTENT), None)
        if content is None:
            raise InputRefused("archive_damaged", "damaged workbook")
        clean = CleanXml(archive.open(content, limits))
        parser = strict_parser(("{*}table-row", "{*}table", *_MARKS))
        cells = rows = width = held = 0
        has_marks = False
        spans = _Spans()
        try:
            for chunk in clean.chunks():
                held += len(chunk)
                parser.feed(chunk)
                for element in elements_of(parser):
                    if element.tag in _MARKS:
                        has_marks = True
                        continue
                    if local_name(element) == "table":
                        cells, rows, width = cells + rows * width, 0, 0
                        spans.end_sheet(element)
                    else:
                        spans.take_row(element)
                        row_width = _width_of(element)
                        rows += _repeated(element, "rows") if row_width else 1
                        width = max(width, row_width)
                    held = 0
                    element.clear()
                    if cells + rows * width > _MOST_BLOCK_CELLS:
                        raise InputRefused("archive_refused", "a sheet repeats its cells beyond what a table holds")
                if held > limits.text_chars:
                    raise InputRefused("archive_refused", "a row is larger than the limit")
        except etree.XMLSyntaxError as error:
            raise InputRefused("archive_damaged", "damaged workbook") from error
    return has_marks, spans.by_sheet


def _with_marks_written_out(path: Path, limits: Limits) -> BinaryIO:
    """Return the workbook, in memory, with the characters that elements stand for, which calamine leaves out."""
    made = BytesIO()
    with open_archive(path, limits) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        members = {member.name: member for member in archive.members}
        for name in _NEEDED & members.keys():
            stream = archive.open(members[name], limits)
            pieces = []
            while piece := stream.read(_CHUNK_BYTES):
                pieces.append(piece)
            written.writestr(name, _MARK.sub(_character, b"".join(pieces)))
    made.seek(0)
    return made


def _character(mark: re.Match[bytes]) -> bytes:
    return b"&#9;" if mark[2] == b"tab" else b"&#10;"


def _width_of(row: etree._Element) -> int:
    """Return how many columns of a row hold anything, or stand before one that does."""
    width = place = 0
    for cell in row:
        place += _repeated(cell, "columns")
        if len(cell) or any("value" in str(name) for name in cell.keys()):  # noqa: SIM118 - an element is no mapping
            width = place
    return width


def _repeated(element: etree._Element, what: str) -> int:
    text = element.get(f"{{{_TABLE}}}number-{what}-repeated") or "1"
    return min(int(text), _MOST_REPEATED) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _to_milliseconds(value: dt.datetime) -> dt.datetime:
    rest = value.microsecond % 1000
    return value + dt.timedelta(microseconds=(1000 - rest) if rest >= 500 else -rest)
