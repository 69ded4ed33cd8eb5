"""Columns that state the zone or the offset of the times beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.values import ClockBasis, Moment
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

AT = "13/07/2024 10:00:00"


def _moment(tmp_path: Path, heading: str, cell: str, at: str = AT, time_heading: str = "Date") -> Moment:
    text = f'{time_heading},{heading},From,To,Message\n{at},"{cell}",07700900456,07700900001,hi\n'
    (message,) = messages_of(read_text(tmp_path, text))
    assert (heading, cell) in message.extra
    return message.time


@pytest.mark.parametrize(
    "heading",
    [
        *("Timezone", "Time Zone", "Time zone offset", "UTC Offset", "Offset", "TZ", "Zone", "GMT offset"),
        *("Offset (UTC)", "Zeitzone", "Fuseau horaire"),
    ],
)
def test_an_offset_beside_a_time_is_that_of_the_time(tmp_path: Path, heading: str) -> None:
    assert _moment(tmp_path, heading, "+02:00") == Moment(AT, "2024-07-13T08:00:00.000Z", 120, ClockBasis.STATED_OFFSET)


@pytest.mark.parametrize(
    ("heading", "cell", "utc", "minutes"),
    [
        ("UTC offset (minutes)", "120", "08:00", 120),
        ("UTC offset minutes", "-60", "11:00", -60),
        ("Offset (min)", "180", "07:00", 180),
        ("Offset (hours)", "+3", "07:00", 180),
        ("UTC", "+3", "07:00", 180),
        ("GMT", "-5:30", "15:30", -330),
        ("UTC offset (hours)", "5.5", "04:30", 330),
        ("Time zone offset", "2", "08:00", 120),
        ("Time zone offset", "120", "08:00", 120),
        ("Time zone offset", "7200", "08:00", 120),
        ("Time zone offset", "-5", "15:00", -300),
        ("TZ", "+0530", "04:30", 330),
        ("TZ", "UTC+2", "08:00", 120),
        ("TZ", "(UTC+02:00) Athens, Bucharest", "08:00", 120),
        ("TZ", "GMT-5", "15:00", -300),
        ("TZ", "0", "10:00", 0),
        ("TZ", "UTC", "10:00", 0),
        ("Zone", "GMT", "10:00", 0),
        ("Time zone", "Europe/Paris", "08:00", 120),
        ("Time zone", "BST", "09:00", 60),
        ("Time zone", "CEST", "08:00", 120),
        ("Time zone", "GMT Standard Time", "09:00", 60),
    ],
)
def test_offsets_and_zones_are_read_in_each_form(
    tmp_path: Path, heading: str, cell: str, utc: str, minutes: int
) -> None:
    moment = _moment(tmp_path, heading, cell)
    assert (moment.utc, moment.offset_minutes) == (f"2024-07-13T{utc}:00.000Z", minutes)
    assert moment.basis is (ClockBasis.STATED_OFFSET if minutes else ClockBasis.STATED_UTC)


@pytest.mark.parametrize("cell", ["IST", "CST", "Middle Earth", "330"])
def test_a_zone_that_is_not_known_tells_no_instant_as_behind_a_time(tmp_path: Path, cell: str) -> None:
    assert _moment(tmp_path, "Time Zone", cell).utc is None


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("Time Zone", "Local"), ("Time Zone", "-"), ("Zone", "Zone 2"), ("Zone", "EU"), ("Zone", "3")),
        *(("Offset", "4096"), ("Offset", "120"), ("Time offset", "60")),
    ],
)
def test_what_says_no_zone_leaves_a_time_without_one(tmp_path: Path, heading: str, cell: str) -> None:
    assert _moment(tmp_path, heading, cell) == Moment(AT, "2024-07-13T09:00:00.000Z", None, ClockBasis.ASSUMED_ZONE)


def test_the_own_zone_of_a_time_and_that_of_its_heading_hold_before(tmp_path: Path) -> None:
    assert _moment(tmp_path, "Time Zone", "+05:00", f"{AT} +0100").offset_minutes == 60
    assert _moment(tmp_path, "Time Zone", "+05:00", time_heading="Date (UTC)").utc == "2024-07-13T10:00:00.000Z"
    assert _moment(tmp_path, "Time Zone", "+05:00", "1720864800").utc == "2024-07-13T10:00:00.000Z"
    assert _moment(tmp_path, "Time Zone", "+05:00", "2024-07-13T10:00:00Z").utc == "2024-07-13T10:00:00.000Z"


def test_it_holds_for_days_and_times_apart_and_for_iso_and_row_by_row(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date,Time,TZ,Number,Direction,Message\n2024-07-13,10:00:00,+02:00,07700900456,In,a\n"
        "2024-07-13,10:00:00,,07700900456,In,b\n2024-07-13,10:00:00,-01:00,07700900456,In,c\n",
    )
    hours = [(message.time.utc or "")[11:13] for message in messages_of(result)]
    assert hours == ["08", "09", "11"]
    assert codes_of(result)["zone_assumed"] == 1
    (told,) = [notice.subject for notice in result.notices if notice.code == "columns_assumed"]
    assert "zone of times = TZ" in (told or "")
    assert "not read" not in (told or "")


@pytest.mark.parametrize(("headings", "minutes"), [("Time Zone,UTC offset", 120), ("Time Zone,TZ", None)])
def test_of_two_columns_that_of_offsets_is_read_and_else_none(
    tmp_path: Path, headings: str, minutes: int | None
) -> None:
    text = f"Date,{headings},From,To,Message\n{AT},Europe/Paris,+02:00,07700900456,07700900001,hi\n"
    (message,) = messages_of(read_text(tmp_path, text))
    assert message.time.offset_minutes == minutes


@pytest.mark.parametrize(("cell", "minutes"), [("5:30", 330), ("\u221205:00", -300), ("\u2212240", -240)])
def test_hours_and_minutes_and_the_sign_of_mathematics_are_read(tmp_path: Path, cell: str, minutes: int) -> None:
    assert _moment(tmp_path, "Time Zone", cell).offset_minutes == minutes


@pytest.mark.parametrize("cell", ["5:99", "-300", "+25:00", "20:00", "99999", "2024", "\u201305:00", "--:--", "x" * 90])
def test_what_is_no_zone_under_a_heading_of_zones_tells_no_instant(tmp_path: Path, cell: str) -> None:
    assert _moment(tmp_path, "Time Zone", cell).utc is None


@pytest.mark.parametrize("heading", ["Zone", "Offset"])
@pytest.mark.parametrize(
    ("cell", "hour"), [("Zone/A", 9), ("A/1", 9), ("data/data/x", 9), ("5:30", 9), ("Asia/Tokyo", 1)]
)
def test_a_heading_that_may_be_of_something_else_has_zones_of_the_database_only(
    tmp_path: Path, heading: str, cell: str, hour: int
) -> None:
    assert _moment(tmp_path, heading, cell).utc == f"2024-07-13T{hour:02}:00:00.000Z"


@pytest.mark.parametrize(
    ("heading", "cell", "is_told"),
    [("Offset", "4096", False), ("UTC", "Yes", False), ("UTC", "3", False), ("UTC", "+3", True)],
)
def test_what_was_not_read_is_not_said_to_be(tmp_path: Path, heading: str, cell: str, *, is_told: bool) -> None:
    text = f"Date,{heading},From,To,Message\n{AT},{cell},07700900456,07700900001,hi\n"
    result = read_text(tmp_path, text)
    (told,) = [notice.subject or "" for notice in result.notices if notice.code == "columns_assumed"]
    assert (f"zone of times = {heading}" in told) is is_told
    assert (f"not read: {heading}" in told) is not is_told


def test_a_zone_beside_a_column_that_asks_whether_it_is_utc(tmp_path: Path) -> None:
    text = f"Date,UTC,Zone,From,To,Message\n{AT},No,BST,07700900456,07700900001,hi\n"
    (message,) = messages_of(read_text(tmp_path, text))
    assert message.time.utc == "2024-07-13T09:00:00.000Z"
