"""Times that stand as numbers of days are read so, and that they were is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path


def table(tmp_path: Path, heading: str, *times: str) -> Path:
    path = tmp_path / "table.csv"
    rows = "".join(f"{time},07700900123,Incoming,hi\n" for time in times)
    path.write_text(f"{heading},Number,Direction,Message\n{rows}")
    return path


@pytest.mark.parametrize("heading", ["Date", "Time", "When"])
@pytest.mark.parametrize("times", [("45498.5", "45499.25"), ("45498", "45499")])
def test_days_are_read_and_named(tmp_path: Path, heading: str, times: tuple[str, ...]) -> None:
    result = read_path(table(tmp_path, heading, *times))
    assert [(each.time.utc or "")[:4] for each in of_kind(result, Message)] == ["2024", "2024"]
    assert codes_of(result)["time_of_days"] == 2


def test_a_day_and_its_share_in_two_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Date,Time,Number,Direction,Message\n45498,0.541666667,07700900123,Incoming,hi\n")
    result = read_path(path)
    assert [each.time.utc for each in of_kind(result, Message)] == ["2024-07-25T12:00:00.000Z"]
    assert codes_of(result)["time_of_days"] == 1


@pytest.mark.parametrize(
    "times",
    [
        ("1720180800", "1720180900"),
        ("1720180800000", "1720180900000"),
        ("05/07/2024 12:00", "25/07/2024 12:00"),
        ("2024-07-05 12:00:00",),
        ("20240705120000",),
        ("45498", "25/07/2024 12:00"),
        ("12:00", "13:00"),
        ("12345", "99999"),
        ("5 July 2024",),
        ("", ""),
    ],
)
def test_what_is_no_column_of_days_is_not_named(tmp_path: Path, times: tuple[str, ...]) -> None:
    assert "time_of_days" not in codes_of(read_path(table(tmp_path, "Time", *times)))
