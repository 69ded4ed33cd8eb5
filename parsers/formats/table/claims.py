"""Tells a table from other files: workbooks by what they are, delimited text by rows of one width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.contract import Claim, Head
from parsers.sheets.delimited_records import RecordReader, TextLine
from parsers.sheets.dialects import Dialect, dialect_of
from parsers.sheets.lone_returns import RETURN, parted
from parsers.sheets.other_workbooks import ODS_MIME, OLE_MAGIC
from parsers.sheets.rows import Row
from parsers.sheets.text_encoding import END_OF_FILE, encoding_of_text
from parsers.sheets.xlsx_package import is_workbook
from parsers.stored_text import FILLING, without_holes
from parsers.tables.columns import columns_of
from parsers.tables.told_kinds import untold_columns

_TEXT_SUFFIXES: Final = (".csv", ".tsv", ".tab")
_WORKBOOK_SUFFIXES: Final = (".xls", ".xlt")
_ODS_MEMBERS: Final = frozenset({"mimetype", "content.xml"})
_BOOK_STREAM: Final = "Workbook".encode("utf-16-le")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BINARY: Final = "xl/workbook.bin"
_HEADINGS_WITHIN: Final = 50
_CONTROLS: Final = frozenset(map(chr, range(9))) | frozenset(map(chr, range(14, 32)))
_MOST_CONTROLS: Final = 0.02
_MARKUP: Final = ("<", "{", "[{", "%PDF", "BEGIN:")
_FRONT_BYTES: Final = 1 << 16


def claim_on(head: Head) -> Claim | None:
    """Return the claim of this format on a delivery."""
    if head.is_folder:
        return None
    claim = _claim_on_workbook(head) or _claim_on_text(head)
    if claim is not None and head.is_mapped and claim.refusal is None:
        return Claim(score=100, reason="a table, and the submitter states its columns")
    return claim


def _claim_on_workbook(head: Head) -> Claim | None:
    names = {name.casefold() for name in head.members}
    if is_workbook(head):
        return Claim(score=30, reason="workbook (xlsx)")
    if _BINARY in names:
        return Claim(score=30, reason="binary workbook (xlsb)", refusal="workbook_form_not_read")
    if names >= _ODS_MEMBERS and ODS_MIME.encode() in head.first_bytes[:200]:
        return Claim(score=30, reason="workbook (ods)")
    if head.first_bytes.startswith(OLE_MAGIC):
        if _ENCRYPTED in head.first_bytes or _ENCRYPTED in head.last_bytes:
            return Claim(score=30, reason="workbook with a password", refusal="input_protected")
        if _BOOK_STREAM in head.first_bytes or head.name.casefold().endswith(_WORKBOOK_SUFFIXES):
            return Claim(score=30, reason="workbook (xls)")
    return None


def _claim_on_text(head: Head) -> Claim | None:
    if head.members or not head.first_bytes:
        return None
    encoding = encoding_of_text(head.first_bytes)
    text = head.first_bytes[encoding.mark_bytes :].decode(encoding.name, "replace").rstrip(FILLING + END_OF_FILE)
    text = without_holes(text)
    if text.lstrip().startswith(_MARKUP) or sum(map(text.count, _CONTROLS)) > len(text) * _MOST_CONTROLS:
        return None
    dialect = dialect_of(text, is_whole=len(head.first_bytes) < _FRONT_BYTES)
    if dialect is None:
        return None
    told = _headings_claim(text, dialect, head.name)
    if told is not None:
        return told
    if head.name.casefold().endswith(_TEXT_SUFFIXES):
        return Claim(score=20, reason="delimited text")
    return Claim(score=5, reason="delimited text") if head.is_mapped else None


def _rows(line: str, dialect: Dialect) -> Iterator[str]:
    bare = line.strip(RETURN)
    return parted(bare, dialect.delimiter, dialect.width) if RETURN in bare else iter((bare,))


def _headings_claim(text: str, dialect: Dialect, name: str) -> Claim | None:
    """Return the claim that a row of headings gives. None: no such row is known."""
    lines = (TextLine(row, "\n") for line in text.split(dialect.line_end) for row in _rows(line, dialect))
    is_untold = False
    for number, record in enumerate(RecordReader(lines, dialect.delimiter, _FRONT_BYTES, dialect.width)):
        if number >= _HEADINGS_WITHIN:
            break
        row = Row(number=number, cells=record.cells)
        if columns_of(row, name) is not None:
            return Claim(score=50, reason="delimited text with headings that are known")
        is_untold = is_untold or untold_columns((row,), name) is not None
    return Claim(score=20, reason="delimited text whose types may tell its rows") if is_untold else None
