"""Short names of zones: every one of the table is what the time zone database calls that, wherever it is used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from parsers.contract import Sidecar
from parsers.records.values import ClockBasis
from parsers.tables.zone_names import BESIDE, ZONES, zone_word
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text


def times(tmp_path: Path, *written: str) -> list[tuple[str | None, int | None]]:
    rows = "".join(f'"{time}",in,07700900123,hi\n' for time in written)
    messages = messages_of(read_text(tmp_path, f"Time,Direction,Number,Message\n{rows}"))
    assert [message.time.raw for message in messages] == list(written)
    return [(message.time.utc, message.time.offset_minutes) for message in messages]


def test_a_name_is_of_one_offset_in_the_time_zone_database() -> None:
    first = datetime(2005, 1, 15, tzinfo=UTC)
    at = [first + timedelta(days=61 * number) for number in range(130)]
    places = [ZoneInfo(name) for name in sorted(available_timezones()) if not name.startswith(("Etc/", "SystemV/"))]
    for instant in at:
        used: dict[str, set[timedelta | None]] = {}
        for place in places:
            shown = instant.astimezone(place)
            used.setdefault(shown.tzname() or "", set()).add(shown.utcoffset())
        for word, name in ZONES.items():
            shown = instant.astimezone(ZoneInfo(name))
            if shown.tzname() == word:
                assert used[word] == {shown.utcoffset()}, (word, instant)


@pytest.mark.parametrize("word", ["IST", "CST", "CDT", "AST", "SST", "GST", "XYZ"])
def test_a_name_that_places_far_apart_use_tells_no_instant(tmp_path: Path, word: str) -> None:
    assert word not in ZONES
    assert word not in BESIDE
    rows = f"Time,Direction,Number,Message\n2023-09-13 20:44:22 {word},in,07700900123,hi\n"
    result = read_text(tmp_path, rows)
    assert [message.time.utc for message in messages_of(result)] == [None]
    code = "time_unreadable" if word == "XYZ" else "zone_open"
    assert {each for each in codes_of(result) if each in {"time_unreadable", "zone_open"}} == {code}


def test_where_the_zone_is_stated_the_notice_says_that_it_is_another(tmp_path: Path) -> None:
    rows = "Time,Direction,Number,Message\n15/07/2024 10:00:00 CST,in,07700900123,hi\n"
    result = read_text(tmp_path, rows, sidecar=Sidecar(time_zone="Asia/Kolkata"))
    assert codes_of(result)["zone_contrary"] == 1
    assert not {"zone_open", "time_unreadable", "times_not_read"} & codes_of(result).keys()


def test_a_name_of_several_zones_says_how_to_state_which(tmp_path: Path) -> None:
    rows = "Time,Direction,Number,Message\n15/07/2024 10:00:00 IST,in,07700900123,hi\n"
    result = read_text(tmp_path, rows)
    (notice,) = [each for each in result.notices if each.code == "zone_open"]
    assert (notice.count, notice.subject) == (1, "IST")
    beside = "Time,Time Zone,Direction,Number,Message\n15/07/2024 10:00:00,IST,in,07700900123,hi\n"
    assert codes_of(read_text(tmp_path, beside))["zone_open"] == 1


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Asia/Kolkata", "2024-07-15T04:30:00.000Z"),
        ("Europe/Dublin", "2024-07-15T09:00:00.000Z"),
        ("America/Chicago", None),
        ("Asia/Jerusalem", None),
    ],
)
def test_the_zone_that_is_stated_tells_which_is_meant(tmp_path: Path, zone: str, utc: str | None) -> None:
    rows = "Time,Direction,Number,Message\n15/07/2024 10:00:00 IST,in,07700900123,hi\n"
    result = read_text(tmp_path, rows, sidecar=Sidecar(time_zone=zone))
    (message,) = messages_of(result)
    # In July the clocks of Israel are those of its summer, whose name is another.
    assert message.time.utc == utc
    assert ("zone_contrary" in codes_of(result)) is (utc is None)


def test_a_name_behind_a_time_tells_its_offset(tmp_path: Path) -> None:
    found = times(
        tmp_path,
        *("2023-09-13 20:44:22 CEST", "15/01/2024 09:00 CET", "13/09/2023 11:44:22 AM PDT", "13 Sep 2023 21:44 (EEST)"),
        *("2024-01-15 09:00:00 SAST", "2012-07-01 12:00:00 MSK", "2024-07-01 12:00:00 MSK"),
    )
    assert found == [
        ("2023-09-13T18:44:22.000Z", 120),
        ("2024-01-15T08:00:00.000Z", 60),
        ("2023-09-13T18:44:22.000Z", -420),
        ("2023-09-13T18:44:00.000Z", 180),
        ("2024-01-15T07:00:00.000Z", 120),
        ("2012-07-01T08:00:00.000Z", 240),
        ("2024-07-01T09:00:00.000Z", 180),
    ]


def test_it_is_stated_and_not_assumed(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Time,Direction,Number,Message\n2023-09-13 20:44:22 CEST,in,07700900123,hi\n")
    assert [message.time.basis for message in messages_of(result)] == [ClockBasis.STATED_OFFSET]
    assert {"zone_assumed", "time_unreadable"}.isdisjoint(codes_of(result))


def test_in_the_hour_that_comes_twice_the_name_says_which_it_is(tmp_path: Path) -> None:
    assert times(tmp_path, "2023-10-29 02:30:00 CEST", "2023-10-29 02:30:00 CET") == [
        ("2023-10-29T00:30:00.000Z", 120),
        ("2023-10-29T01:30:00.000Z", 60),
    ]


def test_a_name_out_of_season_tells_no_instant(tmp_path: Path) -> None:
    """Somebody may have meant the clock on the wall."""
    assert times(tmp_path, "2023-07-01 12:00:00 CET", "2023-01-15 12:00:00 CEST") == [(None, None)] * 2


def test_the_winter_time_of_america_is_told_by_its_summer_time_in_the_column(tmp_path: Path) -> None:
    winter, summer = "2024-01-15 00:00:00 PST", "2023-09-13 11:44:22 PDT"
    assert times(tmp_path, winter) == [(None, None)]
    assert times(tmp_path, winter, summer) == [("2024-01-15T08:00:00.000Z", -480), ("2023-09-13T18:44:22.000Z", -420)]


def test_a_name_behind_a_time_holds_before_the_zone_of_its_heading(tmp_path: Path) -> None:
    rows = "Time (UTC),Direction,Number,Message\n13/09/2023 20:44:22 CEST,in,07700900123,hi\n"
    assert [message.time.utc for message in messages_of(read_text(tmp_path, rows))] == ["2023-09-13T18:44:22.000Z"]


@pytest.mark.parametrize("text", ["2023-09-13 20:44:22", "CEST", "20:44:22 CESTX", "met at 5 CET then", "", "7 PM"])
def test_what_is_no_time_with_a_name_is_left(text: str) -> None:
    assert zone_word(text) is None
