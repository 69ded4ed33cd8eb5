"""Durations under headings of another unit than seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.table_fields import Field
from parsers.tables.labels import read_label
from parsers.tables.spans import SpanUnit, seconds_in
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text


@pytest.mark.parametrize(
    ("heading", "cell", "seconds"),
    [
        ("Duration (min)", "5", 300),
        ("Duration (mins)", "1.5", 90),
        ("Duration (minutes)", "5", 300),
        ("Duration [minutes]", "5:30", 330),
        ("Duration (ms)", "5000", 5),
        ("Duration_ms", "65500", 65.5),
        ("Duration (hh:mm)", "00:05", 300),
        ("Duration (h:mm)", "1:05", 3_900),
        ("Duration (hh:mm)", "00:05:09", 309),
        ("Duration (hh:mm:ss)", "00:05:00", 300),
        ("Duration (mm:ss)", "05:00", 300),
        ("Duration in minutes", "5", 300),
        ("Call duration (hours)", "0.5", 1_800),
        ("Call Length (min)", "5 min", 300),
        ("Length (min)", "5", 300),
        ("Minutes", "5", 300),
        ("Duration (approx)", "00:05:00", 300),
    ],
)
def test_a_duration_is_read_in_the_unit_of_its_heading(tmp_path: Path, heading: str, cell: str, seconds: float) -> None:
    result = read_text(tmp_path, f"Date,Number,Direction,{heading}\n13/05/2024 10:00,07700900456,Incoming,{cell}\n")
    (call,) = calls_of(result)
    assert call.duration_seconds == seconds
    assert heading not in dict(call.extra)
    assert "duration_unit_unknown" not in codes_of(result)


def test_a_count_of_a_unit_that_is_not_known_is_kept_beside_the_call_and_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Date,Number,Direction,Duration (pulses)\n13/05/2024 10:00,07700900456,Incoming,7\n")
    (call,) = calls_of(result)
    assert (call.duration_seconds, dict(call.extra)["Duration (pulses)"]) == (None, "7")
    (notice,) = [each for each in result.notices if each.code == "duration_unit_unknown"]
    assert (notice.count, notice.subject) == (1, "Duration (pulses)")
    assert NOTICE_TABLE[notice.code].severity is Severity.ASSUMED


def test_a_unit_stands_behind_the_heading_of_another_language_too() -> None:
    label = read_label("Dauer (Min.)", "German")
    assert (label.field, label.unit) == (Field.DURATION, SpanUnit.MINUTES)


@pytest.mark.parametrize("heading", ["Length (characters)", "Minutes of meeting", "Notes (min)", "Minute"])
def test_other_headings_are_of_no_duration(heading: str) -> None:
    assert read_label(heading).field is None


def test_a_sum_of_minutes_without_a_time_makes_no_calls(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Name,Number,Minutes\nJay,07700900456,7\n", name="people.csv")
    assert calls_of(result) == messages_of(result) == []


def test_text_that_is_no_duration_has_none() -> None:
    assert [seconds_in(text, SpanUnit.MINUTES) for text in ("", "n/a", "5..5")] == [None] * 3
    assert seconds_in("65", None) == 65


@pytest.mark.parametrize(
    ("heading", "cell", "seconds"),
    [
        ("Duration (ms)", "65,000", 65),
        ("Duration (ms)", "1,065,000", 1_065),
        ("Duration (seconds)", "1,5", 1.5),
        ("Duration (seconds)", "1,234", None),
        ("Duration", "1,234", None),
        ("Duration (mins:secs)", "1:05", 65),
        ("Duration (min:sec)", "1:05", 65),
        ("Duration (hours:mins:secs)", "1:00:05", 3_605),
    ],
)
def test_thousands_are_no_fractions_and_pairs_show_themselves(
    tmp_path: Path, heading: str, cell: str, seconds: float | None
) -> None:
    text = f'Date,Number,Direction,{heading}\n13/05/2024 10:00,07700900456,Incoming,"{cell}"\n'
    (call,) = calls_of(read_text(tmp_path, text))
    assert (call.duration_seconds, dict(call.extra).get(heading)) == (seconds, cell if seconds is None else None)


@pytest.mark.parametrize(
    ("heading", "cell", "seconds"),
    [
        ("Duration", "0.000752314814814815", 65),
        ("Duration", "0.00138888888888889", 120),
        ("Duration (hh:mm)", "0.0416666666666667", 3_600),
        ("Duration", "1.15740740740741E-05", 1),
    ],
)
def test_a_fraction_of_a_day_is_a_duration(tmp_path: Path, heading: str, cell: str, seconds: float) -> None:
    result = read_text(tmp_path, f"Date,Number,Direction,{heading}\n13/05/2024 10:00,07700900456,Incoming,{cell}\n")
    (call,) = calls_of(result)
    assert (call.duration_seconds, dict(call.extra)[heading]) == (seconds, cell)
    assert codes_of(result)["duration_of_days"] == 1


@pytest.mark.parametrize(
    ("cell", "seconds"), [("0.5", 0.5), ("0.250", 0.25), ("0.123456", 0.123456), ("1.05", 1.05), ("0.500000", 0.5)]
)
def test_other_fractions_are_of_seconds(tmp_path: Path, cell: str, seconds: float) -> None:
    result = read_text(tmp_path, f"Date,Number,Direction,Duration\n13/05/2024 10:00,07700900456,Incoming,{cell}\n")
    assert [call.duration_seconds for call in calls_of(result)] == [seconds]
    assert "duration_of_days" not in codes_of(result)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("65 seconds (answered)", 65), ("00:01:05 (ring 00:00:07)", 65), ("5 (min)", 300), ("1:05 [answered]", 65)],
)
def test_a_remark_behind_a_duration_is_kept_beside_it(tmp_path: Path, cell: str, seconds: float) -> None:
    result = read_text(tmp_path, f"Date,Number,Direction,Duration\n13/05/2024 10:00,07700900456,Incoming,{cell}\n")
    (call,) = calls_of(result)
    assert (call.duration_seconds, dict(call.extra)["Duration"]) == (seconds, cell)
    assert "duration_unreadable" not in codes_of(result)


@pytest.mark.parametrize(("cell", "count"), [("3 units", 1), ("5 (of 7)", 1), ("n/a", 0), ("-", 0), ("", 0)])
def test_a_duration_that_is_not_understood_is_named(tmp_path: Path, cell: str, count: int) -> None:
    result = read_text(tmp_path, f"Date,Number,Direction,Duration\n13/05/2024 10:00,07700900456,Incoming,{cell}\n")
    assert [call.duration_seconds for call in calls_of(result)] == [None]
    assert codes_of(result).get("duration_unreadable", 0) == count


@pytest.mark.parametrize(
    ("heads", "cells", "seconds"),
    [
        ("Mins,Secs", "1,5", 65),
        ("Min,Sec", "1,65", 65),
        ("Mins,Secs", "75,0", 4_500),
        ("Mins,Secs", ",5", 5),
        ("Mins,Secs", "2,", 120),
        ("Mins,Secs", "3,65", None),
    ],
)
def test_minutes_and_seconds_stand_in_columns_of_their_own(
    tmp_path: Path, heads: str, cells: str, seconds: float | None
) -> None:
    result = read_text(tmp_path, f"Date,Number,Direction,{heads}\n13/05/2024 10:00,07700900456,Incoming,{cells}\n")
    assert [call.duration_seconds for call in calls_of(result)] == [seconds]
    assert ("duration_unreadable" in codes_of(result)) == (seconds is None)


@pytest.mark.parametrize(
    ("head", "cells", "seconds"),
    [
        ("Date/Time,Hours,Minutes,Seconds", "25/07/2024 13:00,1,1,5", 3_665),
        ("Date/Time,Hours,Minutes,Seconds", "25/07/2024 13:00,0,75,0", 4_500),
        ("Date/Time,Hours,Minutes,Seconds", "25/07/2024,13,5,0", None),
        ("Date/Time,Hour,Minute", "25/07/2024 13:05,13,5", None),
        ("Date,Hour,Minute,Second,Duration", "25/07/2024,13,05,10,65", 65),
        ("Date,Hrs,Mins,Duration (secs)", "25/07/2024,13,05,65", 65),
        ("Date/Time,Min,Sec,Duration", "25/07/2024 13:00,5,10,65", 65),
        ("Date,Hour,Min", "25/07/2024,13,05", None),
    ],
)
def test_parts_of_the_time_of_day_are_no_duration(tmp_path: Path, head: str, cells: str, seconds: float | None) -> None:
    text = f"{head},Number,Direction\n{cells},07700900456,Incoming\n"
    result = read_text(tmp_path, text, name="calls.csv")
    assert [call.duration_seconds for call in calls_of(result)] == [seconds]


def test_parts_beside_texts_are_of_no_call(tmp_path: Path) -> None:
    text = "Date/Time,Hour,Minute,Number,Direction,Message\n25/07/2024 13:05,13,05,07700900456,Incoming,a\n"
    assert len(messages_of(result := read_text(tmp_path, text))) == 1
    assert not any("duration = " in (notice.subject or "") for notice in result.notices)
