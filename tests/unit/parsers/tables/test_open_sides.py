"""Which way a row went does not rest on one side where numbers under an unknown heading may be the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import CallType, Direction
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text

AT = "14/09/2023 16:49"


def test_the_way_of_texts_is_unknown_and_the_column_is_named(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"Date,Origin,To,Message\n{AT},07700900123,07700900999,a\n{AT},07700900999,07700900124,b\n",
    )
    assert [message.direction for message in messages_of(result)] == [Direction.UNKNOWN] * 2
    notice = next(notice for notice in result.notices if notice.code == "side_half_read")
    assert (notice.subject, notice.count) == ("Origin", 2)
    assert NOTICE_TABLE[notice.code].severity is Severity.SKIPPED


def test_a_row_without_such_a_number_goes_by_its_one_side(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"Date,Origin,To,Duration\n{AT},07700900123,07700900999,5\n{AT},07700900999,07700900124,6\n{AT},,07700900124,7\n",
    )
    assert [call.call_type for call in calls_of(result)] == [CallType.UNKNOWN, CallType.UNKNOWN, CallType.OUTGOING]


@pytest.mark.parametrize("heading", ["Billed Number", "Own No", "Reply To", "Customer", "SIM No", "Diverted No"])
def test_numbers_of_the_own_line_or_passed_on_to_are_no_side(tmp_path: Path, heading: str) -> None:
    result = read_text(
        tmp_path,
        f"Date,{heading},Called Number,Duration\n{AT},07700900997,07700900123,5\n{AT},07700900998,07700900124,6\n",
    )
    assert [call.call_type for call in calls_of(result)] == [CallType.OUTGOING] * 2
    assert "side_half_read" not in codes_of(result)


@pytest.mark.parametrize("cells", [("07700900999", "07700900999"), ("12345", "12346"), ("Leeds", "York")])
def test_one_number_all_the_way_down_and_what_is_no_number_are_no_side(tmp_path: Path, cells: tuple[str, str]) -> None:
    result = read_text(
        tmp_path, f"Date,From,Origin,Message\n{AT},07700900123,{cells[0]},a\n{AT},07700900124,{cells[1]},b\n"
    )
    assert [message.direction for message in messages_of(result)] == [Direction.INCOMING] * 2
    assert "side_half_read" not in codes_of(result)


@pytest.mark.parametrize("heading", ["Formatted Number", "International format", "E164", "Raw", "Origin"])
def test_the_number_beside_it_written_anew_is_no_side(tmp_path: Path, heading: str) -> None:
    result = read_text(
        tmp_path,
        f"Date,Recipient,{heading},Message\n{AT},07700900123,+447700900123,a\n{AT},07700900124,+447700900124,b\n",
    )
    assert [message.direction for message in messages_of(result)] == [Direction.OUTGOING] * 2
    assert "side_half_read" not in codes_of(result)


@pytest.mark.parametrize("heading", ["SC address", "SMSC", "Extension", "Employee mobile", "Origin", "Stock"])
def test_few_numbers_beside_many_others_are_of_the_lines_read(tmp_path: Path, heading: str) -> None:
    rows = "".join(f"{AT},0770090012{each},0163296000{each % 2},a\n" for each in range(6))
    result = read_text(tmp_path, f"Date,To,{heading},Message\n{rows}")
    assert [message.direction for message in messages_of(result)] == [Direction.OUTGOING] * 6
    assert "side_half_read" not in codes_of(result)


def test_few_numbers_that_stand_on_both_sides_are_no_lines_own(tmp_path: Path) -> None:
    rows = "".join(f"{AT},0770090012{each},07700900999,a\n" for each in range(6))
    result = read_text(tmp_path, f"Date,To,Origin,Message\n{rows}{AT},07700900999,07700900123,b\n")
    assert [message.direction for message in messages_of(result)] == [Direction.UNKNOWN] * 7


@pytest.mark.parametrize("heading", ["Saved number", "Original called number", "Number on file", "Notify number"])
def test_other_numbers_are_named_and_the_way_is_that_of_the_side(tmp_path: Path, heading: str) -> None:
    result = read_text(
        tmp_path, f"Date,To,{heading},Message\n{AT},07700900123,07700900456,a\n{AT},07700900124,07700900457,b\n"
    )
    assert [message.direction for message in messages_of(result)] == [Direction.OUTGOING] * 2
    assert codes_of(result)["side_half_read"] == 2


@pytest.mark.parametrize(
    "headings",
    ["Datum;Uhrzeit;Gewählte Nummer;Anschluss;Dauer", "Date;Heure;Numéro appelé;Ligne;Durée"],
)
def test_the_lines_of_a_bill_in_other_languages_are_no_side(tmp_path: Path, headings: str) -> None:
    rows = "14/09/2023;16:49;07700900123;07700900998;00:01:00\n14/09/2023;16:50;07700900124;07700900999;00:01:00\n"
    result = read_text(tmp_path, f"{headings}\n{rows}")
    assert [call.call_type for call in calls_of(result)] == [CallType.OUTGOING] * 2
    assert "side_half_read" not in codes_of(result)
