"""Opens whatever holds sheets: a workbook of three kinds, or a delimited text, told by its first bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from parsers.archive_guard import open_archive
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.records.notices import Notice
from parsers.sheets.code_pages import SHOWN_NAMES
from parsers.sheets.delimited import DelimitedSheet, open_delimited
from parsers.sheets.other_workbooks import ODS_MIME, OLE_MAGIC, open_other_workbook
from parsers.sheets.rows import Sheet
from parsers.sheets.shared_strings import SharedStrings, load_strings
from parsers.sheets.xlsx_package import Package, open_package
from parsers.sheets.xlsx_sheet import XlsxSheet
from parsers.zip_headers import ZIP_MAGICS

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_FRONT_BYTES: Final = 1 << 16


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """The sheets of a file.

    Attributes:
        missing: Names of sheets that the workbook lists and does not hold.
        malformed: Parts of the workbook beside its sheets that are not whole, or are missing.
        without_cells: Names of sheets that hold a chart or a form alone.
        encoding: Of a delimited text that only its bytes tell. None: told otherwise, or a workbook.
        delimiter: Of a delimited text. None: it is a workbook.
        strings: Its shared strings, which may be damaged. None: it has none.
        is_cut: Whether the file of a workbook ends before its end; what stands in the sheets that are there is known.
    """

    sheets: Sequence[Sheet]
    missing: tuple[str, ...] = ()
    malformed: tuple[str, ...] = ()
    without_cells: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    strings: SharedStrings | None = None
    is_cut: bool = False


@contextmanager
def open_book(path: Path, limits: Limits, scratch_dir: Path | None) -> Iterator[Book]:
    """Open the sheets of a file for reading; it may keep one unnamed file in the scratch folder (None: in memory).

    Raises:
        InputRefused: It holds none, or cannot or may not be read.
    """
    with path.open("rb") as file:
        front = file.read(_FRONT_BYTES)
    if front.startswith(OLE_MAGIC):
        if _ENCRYPTED in front or _ENCRYPTED in _last_bytes(path):
            raise InputRefused("input_protected", "workbook with a password")
        yield Book(sheets=open_other_workbook(path, limits, is_ods=False))
        return
    if front.startswith(ZIP_MAGICS):
        if _is_ods(path, limits):
            yield Book(sheets=open_other_workbook(path, limits, is_ods=True))
            return
        package = open_package(path, limits)
        try:
            yield from _xlsx(package, limits, scratch_dir)
        finally:
            package.close()
        return
    sheet = open_delimited(path, limits)
    if sheet is None:
        raise InputRefused("format_unknown", "no rows of cells")
    yield Book(sheets=(sheet,), encoding=_assumed(sheet), delimiter=sheet.dialect.delimiter)


def _xlsx(package: Package, limits: Limits, scratch_dir: Path | None) -> Iterator[Book]:
    strings = load_strings(package, limits, scratch_dir)
    try:
        if package.is_cut and strings.damage is not None:
            # Cells that name a text by number would stand empty.
            raise InputRefused("archive_damaged", "damaged workbook")
        sheets = [
            XlsxSheet(package, part.name, part.member, strings, limits)
            for part in package.sheets
            if part.member is not None
        ]
        missing = tuple(part.name for part in package.sheets if part.member is None)
        yield Book(
            sheets=sheets,
            missing=missing,
            malformed=package.malformed,
            without_cells=package.without_cells,
            strings=strings,
            is_cut=package.is_cut,
        )
    finally:
        strings.close()


def _is_ods(path: Path, limits: Limits) -> bool:
    with open_archive(path, limits) as archive:
        member = next((each for each in archive.members if each.name == "mimetype"), None)
        return member is not None and archive.open(member, limits).read(len(ODS_MIME)) == ODS_MIME.encode()


def _last_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _FRONT_BYTES))
        return file.read()


def _assumed(sheet: DelimitedSheet) -> str | None:
    return SHOWN_NAMES.get(sheet.encoding.name) if sheet.encoding.is_assumed else None


def book_notices(book: Book) -> Iterator[Notice]:
    """Yield what was wrong with a workbook beside its sheets."""
    if book.is_cut:
        yield Notice(code="input_truncated", ends_reading=True)
    for name in book.missing:
        yield Notice(code="member_missing", subject=f"Sheet {name}")
    for part in book.malformed:
        yield Notice(code="input_malformed", subject=part, first_locator=part, ends_reading=True)
    for name in book.without_cells:
        yield Notice(code="member_not_read", subject=f"Sheet {name}")
    strings = book.strings
    if strings is not None and strings.damage is not None:
        yield Notice(code=strings.damage, subject="The list of texts", ends_reading=True)
    if strings is not None and strings.unescaped_count:
        yield Notice(code="markup_unescaped", subject="The list of texts", count=strings.unescaped_count)
    if strings is not None and strings.has_bad_checksum:
        yield Notice(code="checksum_wrong", subject="The list of texts")
