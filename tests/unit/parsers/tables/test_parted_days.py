"""Times whose parts stand in columns of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from parsers.errors import InputRefused
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_file, read_text

ROW = "07700900201,In,a"


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Day,Month,Year,Time", "25,7,2024,13:00"),
        ("Day,Month,Year,Time", "25,Jul,2024,1:00 PM"),
        ("Year,Month,Day,Time", "2024,07,25,13:00"),
        ("Time,Day,Month,Year", "13:00,25,July,2024"),
    ],
)
def test_day_month_and_year_are_one_day(tmp_path: Path, head: str, cells: str) -> None:
    result = read_text(tmp_path, f"{head},Number,Direction,Message\n{cells},{ROW}\n")
    assert [each.time.utc for each in messages_of(result)] == ["2024-07-25T12:00:00.000Z"]
    assert not codes_of(result).keys() & {"times_not_read", "time_unreadable"}


@pytest.mark.parametrize("cells", ["32,7,2024,13:00", "25,13,2024,13:00", "25,7,,13:00"])
def test_what_is_no_day_is_none(tmp_path: Path, cells: str) -> None:
    result = read_text(tmp_path, f"Day,Month,Year,Time,Number,Direction,Message\n{cells},{ROW}\n")
    assert [each.time.utc for each in messages_of(result)] == [None]


@pytest.mark.parametrize(
    ("day", "share"), [("45498", "0.541666667"), ("45498.0", ".541666667"), ("45498", '"0,541666667"')]
)
def test_a_serial_number_of_a_day_beside_its_share(tmp_path: Path, day: str, share: str) -> None:
    result = read_text(tmp_path, f"Date,Time,Number,Direction,Message\n{day},{share},{ROW}\n")
    (message,) = messages_of(result)
    assert (message.time.utc, message.time.raw) == ("2024-07-25T12:00:00.000Z", f"{day} {share}".replace('"', ""))


def test_one_heading_stands_over_a_day_and_its_time(tmp_path: Path) -> None:
    head = "Date and time,,Number,Direction,Message"
    result = read_text(tmp_path, f"{head}\n25/07/2024,13:00,{ROW}\n26/07/2024,,{ROW}\n25/07/2024,13:01,{ROW}\n")
    assert [(each.time.utc or "")[11:16] for each in messages_of(result)] == ["12:00", "", "12:01"]
    assert [dict(each.extra).get("column B") for each in messages_of(result)] == [None, None, None]


@pytest.mark.parametrize("second", ["PM", "13:01 on 26/07/2024", "x"])
def test_other_cells_behind_a_time_are_none_of_it(tmp_path: Path, second: str) -> None:
    head = "Date and time,,Number,Direction,Message"
    result = read_text(tmp_path, f"{head}\n25/07/2024 13:00,{second},{ROW}\n")
    assert [each.time.utc for each in messages_of(result)] == ["2024-07-25T12:00:00.000Z"]


def test_headings_below_the_rows_that_are_looked_through_are_told(tmp_path: Path) -> None:
    path = tmp_path / "sms.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("SMS")
        for row in range(60):
            sheet.write_string(row, 0, f"note {row}")
        sheet.write_row(60, 0, ("Date/Time", "Number", "Direction", "Message"))
        sheet.write_row(61, 0, ("25/07/2024 13:00", *ROW.split(",")))
    with pytest.raises(InputRefused) as refused:
        read_file(path)
    assert "its headings stand in row 61, and are looked for in the first 50 rows" in str(refused.value.subject)


def test_a_sheet_that_goes_on_without_headings_names_the_first(tmp_path: Path) -> None:
    path = tmp_path / "sms.xlsx"
    row = ("25/07/2024 13:00", *ROW.split(","))
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("SMS").write_row(0, 0, ("Date/Time", "Number", "Direction", "Message"))
        made.get_worksheet_by_name("SMS").write_row(1, 0, row)
        made.add_worksheet("SMS (2)").write_row(0, 0, row)
        made.add_worksheet("Tally").write_row(0, 0, ("3", "4", "5", "6"))
    told = {notice.element: notice.subject or "" for notice in read_file(path).notices if notice.element}
    assert "look like those of the sheet 'SMS'" in told["other:SMS (2)"]
    assert "look like" not in told["other:Tally"]


def test_beside_a_weekday_month_and_year_the_time_of_day_is_what_is_told(tmp_path: Path) -> None:
    rows = f"25,07,2024,13:05,{ROW}\nThu,07,2024,13:05,{ROW}\n"
    result = read_text(tmp_path, f"Day,Month,Year,Time,Number,Direction,Message\n{rows}")
    assert [each.time.raw for each in messages_of(result)] == ["25 07 2024 13:05", "13:05"]
