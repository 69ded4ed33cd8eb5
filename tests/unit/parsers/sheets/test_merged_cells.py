"""Cells that are merged downwards hold for all rows that they cover, and make no rows and no memory."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import cast

import pytest
from python_calamine import CalamineWorkbook

from parsers.sheets.merged_cells import MOST_REGIONS, MergedCells, Region, spans_of, stated_regions
from parsers.sheets.other_workbooks import BlockSheet
from parsers.sheets.rows import CellKind, Row
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of
from tests.unit.parsers.made_deliveries import codes_of, read_path
from tests.unit.parsers.sheets.made_workbooks import by_hand, damages_of, inline, rows_of, written
from tests.unit.parsers.sheets.test_other_workbooks import cell, ods
from tests.unit.parsers.sheets.test_other_workbooks import row as ods_row

HEAD = ("Number", "Date", "Time", "Direction", "Message")
FIRST = ("07700900201", "25/07/2024", "13:00", "In", "a")
REST = (("", "", "13:01", "Out", "b"), ("", "", "13:02", "In", "c"))
MERGED = '</sheetData><mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B2:B4"/></mergeCells></worksheet>'


def merged_book(path: Path, merged: str, *rows: tuple[str, ...]) -> Path:
    """Write a workbook whose sheet ends as given."""
    sheet = by_hand(path, inline(*rows) + merged + "<!--")
    return _ended(sheet)


def _ended(path: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    text = held["xl/worksheets/sheet1.xml"]
    held["xl/worksheets/sheet1.xml"] = text[: text.index(b"<!--")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return path


def test_a_number_and_a_day_hold_for_each_row(tmp_path: Path) -> None:
    result = read_path(merged_book(tmp_path / "texts.xlsx", MERGED, HEAD, FIRST, *REST))
    found = messages_of(result)
    parties = [each.from_party or each.to[0] for each in found]
    assert [party.e164 for party in parties] == ["+447700900201"] * 3
    assert [each.time.utc for each in found] == [f"2024-07-25T12:0{minute}:00.000Z" for minute in range(3)]
    assert codes_of(result)["cells_merged"] == 4


def told(path: Path) -> list[tuple[str | None, str | None, str | None]]:
    found = messages_of(read_path(path))
    parties = [next((party for party in (each.from_party, *each.to) if party), None) for each in found]
    return [(each.time.utc, party and party.e164, each.body) for each, party in zip(found, parties, strict=True)]


def merging(*references: str) -> str:
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in references)
    return f'</sheetData><mergeCells count="{len(references)}">{cells}</mergeCells></worksheet>'


def test_a_label_beside_a_table_is_not_in_it(tmp_path: Path) -> None:
    head = ("", "Date/Time", "Number", "Direction", "Message")
    rows = [("", f"25/07/2024 13:0{each}", f"0770090020{each}", "In", f"m{each}") for each in range(3)]
    label = ("07700900999", "SMS of HW/7", "", "", "")
    path = merged_book(tmp_path / "texts.xlsx", merging("A1:A5"), label, head, *rows)
    assert [body for _, _, body in told(path)] == ["m0", "m1", "m2"]
    assert not any("07700900999" in str(each.extra) for each in messages_of(read_path(path)))


def test_a_text_is_of_the_first_row_alone(tmp_path: Path) -> None:
    head = ("Date/Time", "Number", "Direction", "Message", "Attachment", "Remarks")
    rows = (
        ("25/07/2024 13:00", "07700900201", "In", "hello", "a.jpg", "x"),
        ("", "", "", "", "b.jpg", ""),
        ("", "", "", "", "", "y"),
    )
    merged = merging("A2:A4", "B2:B4", "C2:C4", "D2:D4", "F2:F3")
    path = merged_book(tmp_path / "texts.xlsx", merged, head, *rows)
    assert told(path) == [("2024-07-25T12:00:00.000Z", "+447700900201", body) for body in ("hello", None)]
    assert "Remarks" not in dict(messages_of(read_path(path))[1].extra)


def test_headings_of_two_rows_are_no_message(tmp_path: Path) -> None:
    rows = (
        ("Date/Time", "From", "", "To", "", "Message"),
        ("", "Number", "Name", "Number", "Name", ""),
        ("25/07/2024 13:00", "07700900201", "Kay", "07700900999", "Me", "hi"),
    )
    path = merged_book(tmp_path / "texts.xlsx", merging("A1:A2", "B1:C1", "D1:E1", "F1:F2"), *rows)
    assert [body for _, _, body in told(path)] == ["hi"]


def test_a_duration_is_of_the_first_call_alone(tmp_path: Path) -> None:
    rows = (
        ("Date/Time", "Number", "Direction", "Duration"),
        ("25/07/2024 13:00", "07700900201", "In", "00:01:05"),
        ("25/07/2024 13:30", "07700900202", "Out", ""),
    )
    result = read_path(merged_book(tmp_path / "calls.xlsx", merging("D2:D3"), *rows))
    assert [each.duration_seconds for each in calls_of(result)] == [65, None]


def test_as_a_library_writes_them(tmp_path: Path) -> None:
    def fill(_: object, sheet: object) -> None:
        for place, heading in enumerate(("Number", "Message")):
            sheet.write(0, place, heading)  # type: ignore[attr-defined]
        sheet.merge_range(1, 0, 2, 0, 447700900201)  # type: ignore[attr-defined]
        sheet.write(1, 1, "a")  # type: ignore[attr-defined]
        sheet.write(2, 1, "b")  # type: ignore[attr-defined]

    last = rows_of(written(tmp_path / "texts.xlsx", fill))[-1]
    assert last.cells == ["447700900201", "b"]
    assert last.kinds == {0: CellKind.NUMBER}


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    spanned = cell("07700900201").replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="3"', 1)
    covered = "<table:covered-table-cell/>"
    rows = [
        ods_row(cell("Number") + cell("Message")),
        "<table:table-row/>",
        ods_row(spanned + cell("a")),
        ods_row(covered + cell("b")),
        ods_row(covered + cell("c")),
        ods_row(covered + cell("d")),
    ]
    found = rows_of(ods(tmp_path / "texts.ods", "".join(rows)))
    assert [row.cells for row in found[1:]] == [
        ["07700900201", "a"],
        ["07700900201", "b"],
        ["07700900201", "c"],
        ["", "d"],
    ]


class _Sheet:
    start = (0, 0)
    merged_cell_ranges = (((1, 0), (2, 0)), ((0, 0), (0, 1)))

    def iter_rows(self) -> list[list[str]]:
        return [["Number", "Message"], ["07700900201", "a"], ["", "b"]]


class _Book:
    def get_sheet_by_name(self, _: str) -> _Sheet:
        return _Sheet()


def test_an_older_workbook() -> None:
    sheet = BlockSheet(cast("CalamineWorkbook", _Book()), "SMS")
    assert [row.cells for row in sheet.rows()][2] == ["07700900201", "b"]
    assert [damage.code for damage in sheet.damages] == ["cells_merged"]
    assert [row.cells for row in sheet.rows()][2] == ["07700900201", "b"]


def test_what_stands_in_a_covered_cell_stays(tmp_path: Path) -> None:
    row = ("07700900202", "", "13:01", "Out", "b")
    found = rows_of(merged_book(tmp_path / "texts.xlsx", MERGED, HEAD, FIRST, row))
    assert found[2].cells == ["07700900202", "25/07/2024", "13:01", "Out", "b"]


@pytest.mark.parametrize("area", ["A1:E1", "A2:E2", "C2:C2"])
def test_to_the_right_alone_nothing_holds(tmp_path: Path, area: str) -> None:
    merged = MERGED.replace('<mergeCell ref="A2:A4"/><mergeCell ref="B2:B4"/>', f'<mergeCell ref="{area}"/>')
    path = merged_book(tmp_path / "texts.xlsx", merged, HEAD, FIRST, *REST)
    assert [row.cells for row in rows_of(path)][2:] == [list(row) for row in REST]
    assert damages_of(path) == []


def test_a_whole_column_makes_no_rows(tmp_path: Path) -> None:
    merged = MERGED.replace("A2:A4", "A2:A1048576").replace("B2:B4", "D2:D1048576")
    found = rows_of(merged_book(tmp_path / "texts.xlsx", merged, HEAD, FIRST, *REST))
    assert [row.cells[0] for row in found] == ["Number"] + ["07700900201"] * 3


def test_what_a_text_says_is_no_merged_cell(tmp_path: Path) -> None:
    text = '<mergeCell ref="A2:A4"/>'
    assert stated_regions([f"<sheetData><![CDATA[{text}]]>".encode(), b"</sheetData>"]) == []
    found = rows_of(by_hand(tmp_path / "texts.xlsx", inline(HEAD, (*FIRST[:4], text), *REST)))
    assert found[2].cells[0] == ""


def test_many_columns_and_many_characters_are_left() -> None:
    regions = [Region(1, 1000, column) for column in range(200)]
    merged = MergedCells(regions)
    merged.filled(Row(number=1, cells=["x" * 1_000_000] * 200))
    for number in range(2, 12):
        merged.filled(Row(number=number, cells=[]))
    assert merged.filled_count <= 68
    assert merged.left_count == 136 + 640 - merged.filled_count
    assert [damage.code for damage in merged.damages()] == ["cells_merged", "element_unreadable"]


def test_regions_are_bounded() -> None:
    ranges = [((0, 0), (5, 0))] * (MOST_REGIONS + 5)
    assert len(spans_of(ranges)) == MOST_REGIONS
    assert spans_of(None) == []
    chunk = b"</sheetData>" + b'<mergeCell ref="A1:A9"/>' * (MOST_REGIONS + 5)
    assert len(stated_regions([chunk])) == MOST_REGIONS
