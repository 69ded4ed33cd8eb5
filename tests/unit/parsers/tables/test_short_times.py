"""Times of day in six digits that lost their zeros."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

HEAD = "Date,Time,Number,Direction,Message"


@pytest.mark.parametrize("day", ["20240725", "25/07/2024"])
@pytest.mark.parametrize(
    ("time", "utc"), [("90500", "08:05:00"), ("93015", "08:30:15"), ("13005", "00:30:05"), ("10000", "00:00:00")]
)
def test_zeros_are_put_back(tmp_path: Path, day: str, time: str, utc: str) -> None:
    rows = f"{day},130000,07700900201,In,a\n{day},{time},07700900201,In,b\n"
    result = read_text(tmp_path, f"{HEAD}\n{rows}")
    first, second = messages_of(result)
    assert (first.time.utc, second.time.utc) == ("2024-07-25T12:00:00.000Z", f"2024-07-25T{utc}.000Z")
    assert (second.time.raw, codes_of(result)["time_zero_restored"]) == (f"{day} {time}", 1)


@pytest.mark.parametrize(("other", "utc"), [("90500", "2024-07-24T23:13:00.000Z"), ("140000", None), ("090500", None)])
def test_four_digits_beside_six_and_five_are_what_is_left_of_six(tmp_path: Path, other: str, utc: str | None) -> None:
    times = ("130000", "1300", other)
    result = read_text(tmp_path, "\n".join((HEAD, *(f"20240725,{time},07700900201,In,{time}" for time in times), "")))
    assert messages_of(result)[1].time.utc == (utc or "2024-07-25T12:00:00.000Z")
    assert ("time_zero_restored" in codes_of(result)) == (utc is not None)


def test_none_is_put_back_where_any_zero_was_kept(tmp_path: Path) -> None:
    times = ("130000", "090500", "90500")
    result = read_text(tmp_path, "\n".join((HEAD, *(f"20240725,{time},07700900201,In,{time}" for time in times), "")))
    assert "time_zero_restored" not in codes_of(result)


@pytest.mark.parametrize("other", ["1315", "13:15"])
def test_four_digits_elsewhere_are_hours_and_minutes(tmp_path: Path, other: str) -> None:
    rows = f"20240725,1300,07700900201,In,a\n20240725,{other},07700900201,In,b\n"
    result = read_text(tmp_path, f"{HEAD}\n{rows}")
    utc = [each.time.utc for each in messages_of(result)]
    assert utc == ["2024-07-25T12:00:00.000Z", "2024-07-25T12:15:00.000Z"]
    assert "time_zero_restored" not in codes_of(result)
