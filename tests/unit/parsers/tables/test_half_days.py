"""``AM`` and ``PM`` in a column of their own belong to the time beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.sheets.rows import CellKind, Row
from parsers.tables.columns import columns_of
from parsers.tables.half_days import HalfDays
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_text

BACK = "Number,Direction,Message"
REST = "07700900201,In,a"


def utc_of(tmp_path: Path, head: str, cells: str) -> str | None:
    (found,) = messages_of(read_text(tmp_path, f"{head},{BACK}\n{cells},{REST}\n"))
    return found.time.utc


@pytest.mark.parametrize("heading", ["AM/PM", "am/pm", "A.M./P.M.", "Meridiem", ""])
@pytest.mark.parametrize(
    ("clock", "half", "told"),
    [
        ("1:00", "PM", "12:00"),
        ("01:00", "p.m.", "12:00"),
        ("1:00", "am", "00:00"),
        ("12:10", "PM", "11:10"),
        ("13:10", "PM", "12:10"),
        ("01:30", "PM", "12:30"),
        ("1:00 PM", "PM", "12:00"),
        ("1.00", "pm", "12:00"),
        ("1:00 UTC", "PM", "13:00"),
        ("0130", "PM", "12:30"),
        ("1", "PM", "12:00"),
        ("12", "PM", "11:00"),
    ],
)
def test_behind_its_time(tmp_path: Path, heading: str, clock: str, half: str, told: str) -> None:
    assert utc_of(tmp_path, f"Date,Time,{heading}", f"25/07/2024,{clock},{half}") == f"2024-07-25T{told}:00.000Z"


def test_midnight(tmp_path: Path) -> None:
    assert utc_of(tmp_path, "Date,Time,AM/PM", "25/07/2024,12:10,AM") == "2024-07-24T23:10:00.000Z"


@pytest.mark.parametrize("heading", ["AM/PM", ""])
def test_behind_one_cell_of_day_and_time(tmp_path: Path, heading: str) -> None:
    assert utc_of(tmp_path, f"Date/Time,{heading}", "25/07/2024 1:00,PM") == "2024-07-25T12:00:00.000Z"


def test_in_front_of_its_time(tmp_path: Path) -> None:
    assert utc_of(tmp_path, "Date,AM/PM,Time", "25/07/2024,PM,1:00") == "2024-07-25T12:00:00.000Z"


def test_a_call(tmp_path: Path) -> None:
    text = "Date,Time,am/pm,Number,Call Type,Duration\n25/07/2024,1:00:00,pm,07700900201,Incoming,00:00:05\n"
    (found,) = calls_of(read_text(tmp_path, text))
    assert (found.time.utc, found.time.raw) == ("2024-07-25T12:00:00.000Z", "25/07/2024 1:00:00 pm")
    assert found.duration_seconds == 5
    assert "am/pm" not in dict(found.extra)


def test_what_was_taken_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date,Time,AM/PM,{BACK}\n25/07/2024,1:00,PM,{REST}\n")
    (told,) = [notice.subject or "" for notice in result.notices if notice.code == "columns_assumed"]
    assert told.endswith("half of the day = AM/PM")


def test_another_word_without_a_heading_is_none(tmp_path: Path) -> None:
    (found,) = messages_of(read_text(tmp_path, f"Date,Time,,{BACK}\n25/07/2024,1:00,pmt,{REST}\n"))
    assert (found.time.utc, dict(found.extra)["column C"]) == ("2024-07-25T00:00:00.000Z", "pmt")


def joined(headings: str, cells: list[str], kinds: dict[int, int]) -> list[str]:
    columns = columns_of(Row(number=1, cells=headings.split(",")), "Texts")
    assert columns is not None
    return HalfDays(columns).joined(Row(number=2, cells=cells, kinds=kinds)).cells


def test_cells_that_a_workbook_holds_as_times() -> None:
    moment = {0: CellKind.MOMENT, 1: CellKind.MOMENT}
    cells = ["2024-07-25T00:00:00", "01:00:00", "PM", "07700900201", "In", "a"]
    assert joined(f"Date,Time,AM/PM,{BACK}", cells, moment)[:3] == [cells[0], "01:00:00 PM", ""]
    cells = ["01:00:00", "2024-07-25T00:00:00", "PM", "07700900201", "In", "a"]
    assert joined(f"Time,Date,AM/PM,{BACK}", cells, moment)[:3] == ["01:00:00 PM", cells[1], ""]


def test_a_time_that_is_not_read_has_its_own_half() -> None:
    cells = ["25/07/2024", "1:00", "PM", "2:00", "PM", "07700900201", "In", "a"]
    found = joined(f"Date,Time,AM/PM,Last Seen,AM/PM,{BACK}", cells, {})
    assert found[:5] == ["25/07/2024", "1:00 PM", "", "2:00", "PM"]


def test_a_day_is_no_hour() -> None:
    cells = ["1:00", "5", "PM", "07700900201", "In", "a"]
    assert joined(f"Time,Date,AM/PM,{BACK}", cells, {})[:3] == ["1:00 PM", "5", ""]


def test_a_time_with_its_own_half_needs_none() -> None:
    cells = ["25/07/2024", "1:00 PM", "AM", "2:00", "07700900201", "In", "a"]
    assert joined(f"Date,Time,AM/PM,Received,{BACK}", cells, {}) == cells


def test_the_half_hour_past_midnight_is_of_no_clock_of_twelve(tmp_path: Path) -> None:
    assert utc_of(tmp_path, "Date,Time,AM/PM", "25/07/2024,00:30,PM") == "2024-07-24T23:30:00.000Z"


def test_a_dotted_day_is_no_time(tmp_path: Path) -> None:
    assert utc_of(tmp_path, "Date,AM/PM,Time", "5.07.24,PM,1:05") == "2024-07-05T12:05:00.000Z"


def test_initials_are_no_halves(tmp_path: Path) -> None:
    rows = "25/07/2024 09:05,PM,07700900201,In,a\n25/07/2024 09:06,JS,07700900201,In,b\n"
    found = messages_of(result := read_text(tmp_path, f"Date/Time,,{BACK}\n{rows}"))
    assert [each.time.utc for each in found] == ["2024-07-25T08:05:00.000Z", "2024-07-25T08:06:00.000Z"]
    assert [dict(each.extra)["column B"] for each in found] == ["PM", "JS"]
    assert not any("half of the day" in (notice.subject or "") for notice in result.notices)


def test_only_places_of_times_and_what_stands_beside_are_looked_at() -> None:
    columns = columns_of(Row(number=1, cells=["Date", "Time", *["AM/PM"] * 500, *BACK.split(",")]), "Texts")
    assert columns is not None
    halves = HalfDays(columns)
    assert max(map(len, halves._beside.values())) <= 4
