"""Workbooks of other forms: OpenDocument made by hand, .xls from a fixture, and what is refused."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from parsers.errors import InputRefused
from parsers.sheets.other_workbooks import ODS_MIME, OLE_MAGIC
from parsers.sheets.xls_bounds import is_within_bounds
from tests.unit.parsers.sheets.made_workbooks import damages_of, opened, rows_of

XLS = Path(__file__).resolve().parents[3] / "fixtures" / "table" / "HW7 texts.xls"
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(path: Path, rows: str) -> Path:
    body = f'<table:table table:name="Texts">{rows}</table:table>'
    content = (
        f'<?xml version="1.0"?><office:document-content {_SPACES}><office:body><office:spreadsheet>{body}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_MIME)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return path


def cell(text: str, repeated: int = 1) -> str:
    many = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return f'<table:table-cell office:value-type="string"{many}><text:p>{text}</text:p></table:table-cell>'


def row(cells: str, repeated: int = 1) -> str:
    many = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{many}>{cells}</table:table-row>"


NUMBER = (
    '<table:table-cell office:value-type="float" office:value="447700900123">'
    "<text:p>4.5E+11</text:p></table:table-cell>"
)
BLANK = '<table:table-cell table:number-columns-repeated="16384"/>'


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", row(cell("Number") + cell("x", 2)) + row(NUMBER) + row(BLANK, 1_048_000))
    assert [found.cells for found in rows_of(path)] == [["Number", "x", "x"], ["447700900123", "", ""]]


@pytest.mark.parametrize("filling", ["", "x" * 100_000])
def test_tabs_and_line_breaks_that_are_written_as_elements(tmp_path: Path, filling: str) -> None:
    text = f'{filling}one<text:tab/>two<text:line-break></text:line-break>three<text:s text:c="2"/>&lt;text:tab/&gt;'
    path = ods(tmp_path / "a.ods", row(cell(text) + cell("x")))
    assert rows_of(path)[0].cells == [f"{filling}one\ttwo\nthree  <text:tab/>", "x"]


def test_a_block_of_repeated_cells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused, opened(ods(tmp_path / "a.ods", row(cell("x", 16_000), 1_000_000))):
        pass
    assert refused.value.code == "archive_refused"


def test_an_older_workbook() -> None:
    rows = rows_of(XLS)
    assert rows[0].cells == ["Date", "Direction", "Number", "Message"]
    assert rows[1].cells == ["2023-09-14T16:49:42", "In", "07700900123", "u about"]
    assert rows[2].cells == ["2023-09-14T16:50:00", "Out", "7700900124", "5 mins caf\u00e9"]


@pytest.mark.parametrize("row", [0, 1])
def test_a_date_that_cannot_be_costs_its_row_alone(tmp_path: Path, row: int) -> None:
    """calamine holds such a date for impossible and panics, which is no ``Exception``."""
    content = XLS.read_bytes()
    dates = [at for at in range(len(content) - 8) if 45_000 < struct.unpack_from("<d", content, at)[0] < 45_300]
    assert len(dates) == 2
    path = tmp_path / "a.xls"
    path.write_bytes(content[: dates[row]] + struct.pack("<d", -1e15) + content[dates[row] + 8 :])
    assert [each.number for each in rows_of(path)] == [1, 3 - row]
    assert damages_of(path) == ["element_unreadable"]


def test_a_date_that_is_no_number_is_no_day_of_1899(tmp_path: Path) -> None:
    content = XLS.read_bytes()
    place = next(at for at in range(len(content) - 8) if 45_000 < struct.unpack_from("<d", content, at)[0] < 45_300)
    path = tmp_path / "a.xls"
    path.write_bytes(content[:place] + struct.pack("<d", float("nan")) + content[place + 8 :])
    assert rows_of(path)[1].cells[0] == "nan"


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4096])
def test_a_damaged_or_encrypted_one_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(OLE_MAGIC + content)
    with pytest.raises(InputRefused) as refused, opened(path):
        pass
    assert refused.value.code in {"archive_damaged", "input_protected"}
    assert (refused.value.code == "input_protected") is (b"E\x00n\x00c" in content)


@pytest.mark.parametrize(
    ("place", "octet"),
    [
        pytest.param(1708, 0xFF, id="rows beyond any sheet"),
        pytest.param(1711, 0x7F, id="a first row behind the last"),
        pytest.param(1501, 0xFF, id="a stream that goes on behind its end"),
    ],
)
def test_numbers_that_no_sheet_has_are_refused_before_anything_is_made_of_them(
    tmp_path: Path, place: int, octet: int
) -> None:
    """One octet had the library ask for 600 GB, which ends the process, or stop with what is no ``Exception``."""
    content = bytearray(XLS.read_bytes())
    content[place] = octet
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refused, opened(path):
        pass
    assert refused.value.code == "archive_damaged"


def test_chains_in_a_circle_end(tmp_path: Path) -> None:
    content = bytearray(XLS.read_bytes())
    table = (int.from_bytes(content[76:80], "little") + 1) * 512
    start = int.from_bytes(content[48:52], "little")
    content[table + 4 * start : table + 4 * start + 4] = start.to_bytes(4, "little")
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert not is_within_bounds(path)
