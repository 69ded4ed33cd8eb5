"""A row of a day alone is the day of the rows below it that state a time of day alone, and no record."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.tables.time_cells import day_in
from tests.unit.parsers.formats.table.made_tables import messages_of, read_text
from tests.unit.parsers.made_deliveries import codes_of

HEAD = "Time,From,To,Message\n"
SIDES = "07700900201,07700900202"


def row(clock: str, text: str) -> str:
    return f"{clock},{SIDES},{text}\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("13/02/2024", "14/02/2024"),
        ("Tuesday 13 February 2024", "Wednesday 14 February 2024"),
        ("13th Feb 2024", "14th Feb 2024"),
        ("2024-02-13 00:00:00", "2024-02-14 00:00:00"),
    ],
)
def test_it_is_the_day_of_the_rows_below(tmp_path: Path, first: str, second: str) -> None:
    text = f"{HEAD}{first},,,\n{row('09:05', 'a')}{row('22:15:10', 'b')}{second},,,\n{row('00:10', 'c')}"
    result = read_text(tmp_path, text)
    assert [(each.body, each.time.utc) for each in messages_of(result)] == [
        ("a", "2024-02-13T09:05:00.000Z"),
        ("b", "2024-02-13T22:15:10.000Z"),
        ("c", "2024-02-14T00:10:00.000Z"),
    ]
    codes = codes_of(result)
    assert codes["day_by_title"] == 2
    assert not {"day_missing", "time_unreadable", "times_not_read"} & codes.keys()
    for rows in result.tally.values():
        assert all(each.seen == each.indexed + each.merged + each.noticed for each in rows.values())


def test_in_a_table_that_has_a_column_of_days(tmp_path: Path) -> None:
    text = f"Date,{HEAD}13/02/2024,,,,\n,{row('09:05', 'a')},{row('09:06', 'b')}"
    result = read_text(tmp_path, text)
    assert [each.time.utc for each in messages_of(result)] == [
        "2024-02-13T09:05:00.000Z",
        "2024-02-13T09:06:00.000Z",
    ]
    assert "day_missing" not in codes_of(result)


CLOCKS = f"{row('09:05', 'a')}{row('09:06', 'b')}"


@pytest.mark.parametrize(
    "rows",
    [
        f"13/02/2024,,,\n{CLOCKS}{row('14/02/2024 10:00', 'c')}{row('11:00', 'd')}",
        f"{row('12/02/2024 10:00', 'c')}13/02/2024,,,\n{CLOCKS}",
        f"13/02/2024,,,\n{row('14/02/2024', 'c')}{CLOCKS}",
        f"{CLOCKS}28/03/2024,,,\n{row('11:00', 'c')}",
        f"28/03/2024,,,\n{CLOCKS}28/03/2024,,,\n{row('11:00', 'c')}",
        f"13/02/2024,,,\n{CLOCKS}28/03/2024 00:00:00,,,\n{row('11:00', 'c')}",
        f"Flat 12 2024,,,\n{CLOCKS}",
    ],
    ids=["own_day", "own_day_above", "own_day_alone", "footer", "print_date", "midnight", "flat"],
)
def test_a_table_that_shows_none_is_read_as_without_them(tmp_path: Path, rows: str) -> None:
    result = read_text(tmp_path, f"{HEAD}{rows}")
    assert "day_by_title" not in codes_of(result)
    assert [each.time.utc for each in messages_of(result) if each.body in {"a", "b", "d"}] == [None] * (
        rows.count("09:0") + rows.count(",d\n")
    )
    assert len(messages_of(result)) + codes_of(result).get("element_not_read", 0) == rows.count("\n")


def test_a_day_without_rows_of_its_own_is_read_as_any_other(tmp_path: Path) -> None:
    text = f"{HEAD}13/02/2024,,,\n{CLOCKS}14/02/2024,,,\n15/02/2024,,,\n{row('11:00', 'c')}"
    result = read_text(tmp_path, text)
    assert codes_of(result)["day_by_title"] == 2
    assert [each.time.utc for each in messages_of(result) if each.body] == [
        "2024-02-13T09:05:00.000Z",
        "2024-02-13T09:06:00.000Z",
        "2024-02-15T11:00:00.000Z",
    ]
    assert [each.time.raw for each in messages_of(result) if not each.body] == ["14/02/2024"]


@pytest.mark.parametrize(("above", "days"), [("", ["13", "13", "14"]), ("31/01/2024,10:00", ["31", None, "13", "14"])])
def test_ditto_marks_repeat_its_day(tmp_path: Path, above: str, days: list[str | None]) -> None:
    first = f"{above},{SIDES},z\n" if above else ""
    rows = f'13/02/2024,,,,\n,{row("11:00", "a")}"""",{row("11:30", "b")}'
    text = f'Date,{HEAD}{first}{rows}14/02/2024,,,,\n"""",{row("09:30", "c")}'
    times = [each.time.utc for each in messages_of(read_text(tmp_path, text)) if each.body]
    assert [time and time[8:10] for time in times] == days


def test_it_ends_at_another_row_of_one_cell(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{HEAD}13/02/2024,,,\n{row('09:05', 'a')}Undated,,,\n{row('11:00', 'b')}")
    times = {each.body: each.time.utc for each in messages_of(result)}
    assert (times["a"], times["b"]) == ("2024-02-13T09:05:00.000Z", None)


@pytest.mark.parametrize("rows", ["13/02/2024 09:05,07700900201,07700900202,a\n13/02/2024,,,\n"])
def test_without_rows_of_that_day_it_is_read_as_any_other(tmp_path: Path, rows: str) -> None:
    result = read_text(tmp_path, f"{HEAD}{rows}")
    assert "day_by_title" not in codes_of(result)
    assert len(messages_of(result)) == 2


def test_a_text_that_is_a_day_is_none(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"{HEAD}{row('09:05', 'a')},,,13/02/2024\n{row('09:06', 'b')}")
    assert "day_by_title" not in codes_of(result)


@pytest.mark.parametrize(
    "text", ["0113 49 6001", "10.0.1", "1/2/3", "Room 4, 2024", "Page 12 1234", "Marker 12, 2024", "31/02/2024", "2024"]
)
def test_what_is_no_day_of_the_calendar(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize("text", ["07.12.2024", "02/13/2024", "Tue 13 Feb 2024", "February 13, 2024", "2024-02-13"])
def test_days(text: str) -> None:
    assert day_in(text) == (text, False)
