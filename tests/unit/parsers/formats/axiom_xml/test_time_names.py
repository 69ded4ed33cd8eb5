"""The zone and the order that the name of a time states are read in every wording; an unknown zone is not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.formats.axiom_xml.fragments import read_name
from parsers.reading import ReadResult
from parsers.records.facts import Message
from tests.unit.parsers.formats.axiom_xml.exports import sms, write_export
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path


@pytest.mark.parametrize(
    ("name", "zone", "order"),
    [
        ("Received Date/Time - UTC-04:00 (M/d/yyyy h:mm:ss tt)", "-04:00", "month_first"),
        ("Received Date/Time - UTC-04:00 (MM/dd/yyyy hh:mm:ss tt)", "-04:00", "month_first"),
        ("Received Date/Time - UTC+00:00 (dd/MM/yyyy HH:mm:ss)", "+00:00", "day_first"),
        ("Received Date/Time - UTC (HH:mm:ss dd/MM/yyyy)", "Z", "day_first"),
        ("Received Date/Time - UTC (yyyy-MM-dd'T'HH:mm:ss)", "Z", None),
        ("Received Date/Time - UTC-04:00 dd/MM/yyyy HH:mm", "-04:00", "day_first"),
        ("Received Date/Time UTC-04:00 (dd/MM/yyyy)", "-04:00", "day_first"),
        ("Received Date/Time - UTC\u221204:00 (dd/MM/yyyy)", "-04:00", "day_first"),
        ("Received Date/Time - UTC-04:00 (dd/MM/yyyy) [DST]", "-04:00", "day_first"),
        ("Received Date/Time - (UTC-05:00) Eastern Time (US & Canada) (MM/dd/yyyy)", "-05:00", "month_first"),
        ("Received Date/Time - UTC+05:30 (dd.MM.yyyy)", "+05:30", "day_first"),
        ("Received Date/Time - UTC+5.5", "+05:30", None),
        ("Received Date/Time (+01:00)", "+01:00", None),
        ("Received Date/Time - Local Time (UTC+01:00)", "+01:00", None),
        ("Received Date/Time - Europe/London (dd/MM/yyyy)", " Europe/London", "day_first"),
        ("Received Date/Time (America/New_York)", " America/New_York", None),
        # POSIX counts westwards: it is no GMT+5.
        ("Received Date/Time - Etc/GMT+5", " Etc/GMT+5", None),
        ("Received Date/Time - (UTC) Dublin, Edinburgh, Lisbon, London", " Europe/London", None),
        ("Received Date/Time - GMT Standard Time", " Europe/London", None),
        ("Received Date/Time (UTC)", "Z", None),
        # What names no zone.
        ("Received Date/Time", None, None),
        ("Received Date/Time - Server", None, None),
        ("Received Date/Time - 2", None, None),
    ],
)
def test_zone_and_order(name: str, zone: str | None, order: str | None) -> None:
    found = read_name(name)
    assert (found.meaning, found.zone, found.date_order) == ("received_time", zone, order)


@pytest.mark.parametrize(
    ("name", "zone_name"),
    [
        ("Received Date/Time - EST (M/d/yyyy)", "EST"),
        ("Received Date/Time - Pacific Time (US & Canada)", "Pacific Time"),
        ("Received Date/Time - UTC+00:00 / UTC+01:00", "Received Date/Time - UTC+00:00 / UTC+01:00"),
        ("Received Date/Time - UTC+05h30", "Received Date/Time - UTC+05h30"),
        ("Received Date/Time - UTC+25:00", "Received Date/Time - UTC+25:00"),
    ],
)
def test_zone_not_understood(name: str, zone_name: str) -> None:
    found = read_name(name)
    assert (found.meaning, found.zone, found.zone_name) == ("received_time", None, zone_name)


@pytest.mark.parametrize("name", ["Time Zone", "Timezone", "Time Zone Offset", "UTC Offset"])
def test_a_zone_is_no_time(name: str) -> None:
    assert read_name(name).meaning is None


@pytest.mark.parametrize(
    ("name", "meaning"),
    [("Timestamp (UTC) Sent", "sent_time"), ("Date/Time Read - UTC+01:00", "read_time"), ("Time - UTC", "time")],
)
def test_what_a_time_is_of_stays_told(name: str, meaning: str) -> None:
    assert read_name(name).meaning == meaning


def read_one(tmp_path: Path, heading: str, at: str, sidecar: Sidecar | None = None) -> ReadResult:
    path = write_export(tmp_path / "x.xml", ("Android SMS/MMS", [sms("hi", at=at, heading=heading)]))
    return read_path(path, sidecar=sidecar or Sidecar())


def utc(result: ReadResult) -> str | None:
    (message,) = of_kind(result, Message)
    return message.time.utc


def test_unknown_zone_is_not_london(tmp_path: Path) -> None:
    heading = "Received Date/Time - EST (dd/MM/yyyy)"
    result = read_one(tmp_path, heading, "14/09/2023 11:49:00")
    assert utc(result) is None
    assert [(each.code, each.subject) for each in result.notices] == [("zone_name_unknown", "EST")]
    # A value that states its own zone is read, and so are all where the submitter states the zone.
    assert utc(read_one(tmp_path, heading, "14/09/2023 11:49:00 UTC-5")) == "2023-09-14T16:49:00.000Z"
    stated = read_one(tmp_path, heading, "14/09/2023 11:49:00", Sidecar(time_zone="America/New_York"))
    assert utc(stated) == "2023-09-14T15:49:00.000Z"
    assert codes_of(stated) == {"zone_assumed": 1}


def test_zone_beside_an_offset_is_said(tmp_path: Path) -> None:
    result = read_one(
        tmp_path, "Received Date/Time - (UTC-05:00) Eastern Time (US & Canada) (MM/dd/yyyy)", "09/14/2023 11:49:00"
    )
    assert utc(result) == "2023-09-14T16:49:00.000Z"
    assert [(each.code, each.subject) for each in result.notices] == [("zone_name_beside", "Eastern Time")]


def test_named_zone_has_its_summer_time(tmp_path: Path) -> None:
    heading = "Received Date/Time - America/New_York (MM/dd/yyyy)"
    result = read_one(tmp_path, heading, "09/14/2023 11:49:00 AM")
    (message,) = of_kind(result, Message)
    assert (message.time.utc, message.time.offset_minutes) == ("2023-09-14T15:49:00.000Z", -240)
    assert utc(read_one(tmp_path, "Received Date/Time - BST (dd/MM/yyyy)", "14/09/2023 16:49:00")) == (
        "2023-09-14T15:49:00.000Z"
    )


def test_offset_stays_where_day_and_month_are_not_told_apart(tmp_path: Path) -> None:
    result = read_one(tmp_path, "Received Date/Time - UTC-04:00", "04/09/2023 11:49:00")
    (message,) = of_kind(result, Message)
    assert (message.time.utc, message.time.offset_minutes) == (None, -240)
    assert [(each.code, each.count) for each in result.notices] == [("day_month_order_unknown", 1)]
