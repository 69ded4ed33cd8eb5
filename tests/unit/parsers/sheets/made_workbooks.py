"""Workbooks for the tests of sheets: by a library that shares no code with the reader, and by hand where it cannot."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from parsers.contract import Limits
from parsers.sheets.books import Book, open_book
from parsers.sheets.rows import Row

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/>'
    "<sheetData>{}</sheetData></worksheet>"
)


def written(path: Path, fill: Callable[[Workbook, Worksheet], None], name: str = "Texts") -> Path:
    """Write a workbook of one sheet with the library."""
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        fill(book, book.add_worksheet(name))
    return path


def by_hand(path: Path, rows: str, *, name: str = "Texts", strings: str | None = None, more: str = "") -> Path:
    """Write a workbook whose sheet is the given XML, whatever it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("xl/workbook.xml", _BOOK.format(escape(name)))
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(rows) + more)
    return path


def inline(*rows: Sequence[str]) -> str:
    """Return rows of texts as XML."""
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Iterator[Book]:
    with open_book(path, limits or Limits(), None) as book:
        yield book


def rows_of(path: Path, limits: Limits | None = None) -> list[Row]:
    """Return the rows of the first sheet."""
    with opened(path, limits) as book:
        return list(book.sheets[0].rows())


def damages_of(path: Path, limits: Limits | None = None) -> list[str]:
    """Return the codes of what is wrong with the first sheet, after reading it."""
    with opened(path, limits) as book:
        sheet = book.sheets[0]
        list(sheet.rows())
        return [damage.code for damage in sheet.damages]


def open_document(path: Path, sheets: Mapping[str, Sequence[Sequence[str | int | float | None]]]) -> Path:
    """Write a workbook of OpenDocument, every cell as text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return path
