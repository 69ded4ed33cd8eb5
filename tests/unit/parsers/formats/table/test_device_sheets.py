"""A sheet that names the handset which was read: its identifiers tell the device, where the layout is clear."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from parsers.contract import PartKind
from parsers.reading import ReadResult
from parsers.records.facts import Device
from parsers.records.tally import TallyRow
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_file

IMEI, IMSI, ICCID = "356938035643809", "234101234567890", "8944100030201234567"
ATTRIBUTES = (
    ("Attribute", "Data"),
    ("Manufacturer", "Nokia"),
    ("Model", "105"),
    ("Mobile Id (IMEI)", IMEI),
    ("Subscriber Id (IMSI)", IMSI),
    ("SIM Serial (ICCID):", ICCID),
    ("MSISDN", "07700 900999"),
    ("Examiner", "DC 1234"),
)
HEADINGS = ("Time", "Direction", "From", "Text")


def read_book(
    tmp_path: Path, *sheets: tuple[str, Sequence[Sequence[str]]], headings: Sequence[str] = HEADINGS
) -> ReadResult:
    path = tmp_path / "book.xlsx"
    with Workbook(str(path)) as book:
        rows = (headings, ("2024-01-02 10:00:00", "Incoming", "07700900123", "hi", "HW/9")[: len(headings)])
        for name, content in (("Messages", rows), *sheets):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(content):
                for column, text in enumerate(row):
                    sheet.write_string(place, column, text)
    return read_file(path)


@pytest.mark.parametrize("rows", [ATTRIBUTES, ATTRIBUTES[1:], [("Device", ""), *ATTRIBUTES[1:]]], ids=len)
def test_a_sheet_of_attributes_is_the_handset(tmp_path: Path, rows: Sequence[Sequence[str]]) -> None:
    result = read_book(tmp_path, ("Device", rows))
    (part,) = result.parts
    assert (part.kind, part.make, part.model) == (PartKind.HANDSET, "Nokia", "105")
    assert (part.imei, part.imsi, part.iccid, part.msisdn) == ((IMEI,), (IMSI,), (ICCID,), ("07700 900999",))
    (device,) = (record for record in result.records if isinstance(record, Device))
    assert (device.imei, device.imsi, device.iccid) == ((IMEI,), (IMSI,), (ICCID,))
    assert dict(device.extra)["Examiner"] == "DC 1234"
    assert result.tally[part.extraction_id]["device"] == TallyRow(seen=1, indexed=1)
    assert len(messages_of(result)) == 1
    assert "element_not_read" not in codes_of(result)


@pytest.mark.parametrize(
    "rows",
    [
        (("Attribute", "Data"), ("Examiner", "DC 1234")),
        (("Attribute", "Data"), ("Mobile Id (IMEI)", "see page 4")),
        (("Attribute", "Data", "Checked"), ("Mobile Id (IMEI)", IMEI, "yes")),
    ],
    ids=["no identifier", "no digits", "three columns"],
)
def test_a_sheet_whose_layout_is_not_clear_is_named_and_not_read(tmp_path: Path, rows: Sequence[Sequence[str]]) -> None:
    result = read_book(tmp_path, ("Device", rows))
    assert result.parts[0].imei == ()
    assert codes_of(result)["element_not_read"] == len(rows)


def test_two_sheets_of_two_handsets_speak_for_no_row(tmp_path: Path) -> None:
    other = (("IMEI", "490154203237518"), ("Model", "106"))
    result = read_book(tmp_path, ("Device", ATTRIBUTES), ("Device 2", other))
    assert result.parts[0].imei == ()


def test_rows_that_name_their_exhibit_are_not_of_the_handset_of_a_sheet(tmp_path: Path) -> None:
    result = read_book(tmp_path, ("Device", ATTRIBUTES), headings=(*HEADINGS, "Exhibit"))
    assert [(part.exhibit_ref, part.imei) for part in result.parts] == [("HW/9", ())]
