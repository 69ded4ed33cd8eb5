"""Times: what a source states is never lost, what it does not state is read and counted, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.clocks import Clock, to_utc_text
from parsers.plain_characters import to_plain_characters
from parsers.records.values import NO_MOMENT, ClockBasis, Moment

LONDON = "Europe/London"


def read(text: str, zone: str = LONDON, order: str | None = None) -> Moment:
    return Clock(zone, order).iso(text)


@pytest.mark.parametrize(
    ("text", "utc", "offset"),
    [
        ("2012-03-15T18:44:22+00:00", "2012-03-15T18:44:22.000Z", 0),
        ("2023-09-13T18:45:00.000+00:00", "2023-09-13T18:45:00.000Z", 0),
        ("2020-05-18T18:06:19.000-03:00", "2020-05-18T21:06:19.000Z", -180),
        ("2020-05-18T18:06:19-03:00", "2020-05-18T21:06:19.000Z", -180),
        ("2020-05-18T00:30:00+01:00", "2020-05-17T23:30:00.000Z", 60),
        ("2020-01-01T00:15:00+05:30", "2019-12-31T18:45:00.000Z", 330),
        ("2020-05-18T18:06:19.1+01:00", "2020-05-18T17:06:19.100Z", 60),
        ("2020-05-18T18:06:19.9999999+01:00", "2020-05-18T17:06:19.999Z", 60),
        ("2020-05-18 18:06:19.25 +0100", "2020-05-18T17:06:19.250Z", 60),
        ("2020-05-18T18:06+01", "2020-05-18T17:06:00.000Z", 60),
        ("2021-01-01T00:00:00+14:00", "2020-12-31T10:00:00.000Z", 840),
        ("2021-01-01T00:00:00-14:00", "2021-01-01T14:00:00.000Z", -840),
        ("14/09/2016 16:49:42(UTC-3)", "2016-09-14T19:49:42.000Z", -180),
        ("9/14/2016 4:49:42 PM(UTC+0)", "2016-09-14T16:49:42.000Z", 0),
        ("14/09/2016 16:49:42(UTC+05:30)", "2016-09-14T11:19:42.000Z", 330),
        ("14/09/2016 16:49:42 (UTC+1)", "2016-09-14T15:49:42.000Z", 60),
        ("14-Sep-16 16:49:42 +01:00", "2016-09-14T15:49:42.000Z", 60),
        ("14-Sep-16 04:49:42 PM +01:00", "2016-09-14T15:49:42.000Z", 60),
        ("29/02/2020 12:00:00 AM(UTC+0)", "2020-02-29T00:00:00.000Z", 0),
        ("29/02/2020 12:00:00 PM(UTC+0)", "2020-02-29T12:00:00.000Z", 0),
        ("14/09/2016 4:49:42\N{NARROW NO-BREAK SPACE}PM(UTC+0)", "2016-09-14T16:49:42.000Z", 0),
    ],
)
def test_a_stated_offset_gives_the_instant(text: str, utc: str, offset: int) -> None:
    expected = Moment(text, utc, offset, ClockBasis.STATED_OFFSET)
    clock = Clock("America/New_York")
    assert clock.iso(text) == expected
    assert clock.iso(text) == expected
    assert clock.locale(text) == expected
    assert list(clock.notices("ex-1")) == []


@pytest.mark.parametrize(
    ("text", "utc", "offset"),
    [
        ("2024-05-20 15:30:58 Europe/London", "2024-05-20T14:30:58.000Z", 60),
        ("20/05/2024 15:30:58 (Europe/London)", "2024-05-20T14:30:58.000Z", 60),
        ("2024-12-20T15:30:58[Europe/London]", "2024-12-20T15:30:58.000Z", 0),
        ("2024-05-20T15:30:58.25+01:00[Europe/London]", "2024-05-20T14:30:58.250Z", 60),
        ("2024-05-20 3:30:58 PM America/Argentina/Buenos_Aires", "2024-05-20T18:30:58.000Z", -180),
        # The hour that a zone repeats in autumn is the earlier one.
        ("2023-10-29 01:30:00 Europe/London", "2023-10-29T00:30:00.000Z", 60),
    ],
)
def test_a_zone_that_is_named_gives_instant_and_offset(text: str, utc: str, offset: int) -> None:
    clock = Clock("Asia/Tokyo")
    assert clock.locale(text) == Moment(text, utc, offset, ClockBasis.STATED_OFFSET)
    assert clock.assumed_count == 0


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc", "Europe/../../etc", "Europe/London\x00", "EUROPE", "and/or"])
def test_a_zone_that_is_none_gives_no_instant(zone: str) -> None:
    text = f"2024-05-20 15:30:58 {zone}"
    assert read(text) == Moment(text)


@pytest.mark.parametrize("text", ["2020-05-18T18:06:19Z", "2020-05-18T18:06:19.000Z", "18/05/2020 18:06:19(UTC)"])
def test_utc_by_name_is_stated_utc(text: str) -> None:
    assert read(text) == Moment(text, "2020-05-18T18:06:19.000Z", 0, ClockBasis.STATED_UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2020-05-18T18:06:19", "2020-05-18T17:06:19.000Z"),
        ("2020-01-18T18:06:19", "2020-01-18T18:06:19.000Z"),
        ("2020-05-18 18:06:19.5", "2020-05-18T17:06:19.500Z"),
        ("2020-10-25T01:30:00", "2020-10-25T00:30:00.000Z"),  # stands twice: the earlier
        ("2020-10-25T02:00:00", "2020-10-25T02:00:00.000Z"),
        ("2020-03-29T01:30:00", "2020-03-29T01:30:00.000Z"),  # is skipped: the offset before the change
        ("18/05/2020 18:06:19", "2020-05-18T17:06:19.000Z"),
        ("18.05.2020 18:06", "2020-05-18T17:06:00.000Z"),
    ],
)
def test_a_time_without_a_zone_is_read_in_the_zone_and_counted(text: str, utc: str) -> None:
    clock = Clock(LONDON)
    for _ in range(2):
        assert clock.iso(text) == Moment(text, utc, None, ClockBasis.ASSUMED_ZONE)
    assert clock.assumed_count == 2
    assert [(n.code, n.count, n.subject) for n in clock.notices("ex-1")] == [("zone_assumed", 2, LONDON)]


def test_a_source_that_names_its_clock_keeps_its_basis() -> None:
    clock = Clock(LONDON)
    for basis in (ClockBasis.DEVICE_LOCAL, ClockBasis.NETWORK, ClockBasis.DEVICE_LOCAL):
        assert clock.iso("2020-05-18T18:06:19", basis).basis is basis
        assert clock.locale("18/05/2020 18:06:19", basis).basis is basis
    assert clock.iso("2020-05-18T18:06:19+01:00", ClockBasis.NETWORK).basis is ClockBasis.STATED_OFFSET


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-31T00:00:00+00:00",
        "2021-02-29T00:00:00",
        "2021-02-28T24:00:01Z",
        "2021-13-01T00:00:00+00:00",
        "2021-00-10T00:00:00+00:00",
        "2021-01-00T00:00:00+00:00",
        "0000-01-01T00:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999+00:00",
        "2021-01-01T23:60:00Z",
        "2021-01-01T22:59:60Z",
        "2021-01-01T00:00:00+14:01",
        "2021-01-01T00:00:00+15:00",
        "2021-01-01T00:00:00+01:60",
        "31/02/2020 10:00:00",
        "13/13/2020 10:00:00",
        "14-Foo-16 10:00:00",
        "14/09/2016 0:15:00 PM",
        "14/09/2016",
        "2021-01-01",
        "1589821579",
        "yesterday",
    ],
)
def test_what_no_calendar_or_no_zone_has_stays_as_written(text: str) -> None:
    clock = Clock(LONDON)
    found = clock.iso(text)
    assert (found.raw, found.utc, found.basis) == (text, None, ClockBasis.NONE)
    assert (clock.unreadable_count, clock.assumed_count, clock.not_set_count) == (1, 0, 0)


@pytest.mark.parametrize("text", ["", "  ", "\t\N{NO-BREAK SPACE}"])
def test_a_blank_text_is_no_time(text: str) -> None:
    clock = Clock(LONDON)
    assert clock.iso(text) == NO_MOMENT
    assert list(clock.notices("ex-1")) == []


def test_day_and_month_are_not_guessed() -> None:
    clock = Clock(LONDON)
    assert clock.locale("03/04/2020 10:00:00(UTC+0)") == Moment("03/04/2020 10:00:00(UTC+0)", offset_minutes=0)
    assert [(n.code, n.count) for n in clock.notices("ex-1")] == [("day_month_order_unknown", 1)]
    assert read("03/04/2020 10:00:00(UTC+0)", order="day_first").utc == "2020-04-03T10:00:00.000Z"
    assert read("03/04/2020 10:00:00(UTC+0)", order="month_first").utc == "2020-03-04T10:00:00.000Z"


def test_clocks_that_were_never_set_are_counted_and_read() -> None:
    clock = Clock(LONDON)
    for year in (1970, 1980, 2000, 2004, 2005):
        assert clock.iso(f"{year}-01-01T00:00:00+00:00").utc == f"{year}-01-01T00:00:00.000Z"
    assert clock.not_set_count == 4


def test_a_zone_with_a_half_hour_change_is_read_right_within_the_hour() -> None:
    """Lord Howe Island puts its clocks back by half an hour: one hour of a day has two offsets."""
    zone = "Australia/Lord_Howe"
    clock = Clock(zone)
    for minute in (10, 40, 10):
        text = f"2021-04-04T01:{minute}:00"
        expected = datetime.fromisoformat(text).replace(tzinfo=clock._zone)
        assert clock.iso(text).utc == to_utc_text(expected)


_PRINTED = ("07:00:00", "07:30:01", "07:59:59", "7:05:09", "12:00:00", "01:30:00", "02:10:00")
_PRINTED_ZONES = ("", " UTC+0", "(UTC+1)", " PM", " AM", " UTC", " +0530", " UTC+5:45", " EST", "9", " UTC+15")


@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns"])
@pytest.mark.parametrize("date", ["01/03/2023", "26.03.2023", "29/10/2023", "31/02/2023", "02 Apr 2023", "05/06/1999"])
def test_a_printed_time_is_read_alike_however_often_its_hour_came(zone: str, date: str) -> None:
    seasoned = Clock(zone, "day_first")
    counts = ("assumed_count", "unreadable_count", "ambiguous_count", "not_set_count")
    for text in (f"{date} {time}{behind}" for behind in _PRINTED_ZONES for time in _PRINTED):
        fresh = Clock(zone, "day_first")
        expected = fresh.locale(text, ClockBasis.NETWORK)
        for _ in range(4):
            before = [getattr(seasoned, name) for name in counts]
            assert seasoned.locale(text, ClockBasis.NETWORK) == expected
            added = [getattr(seasoned, name) - held for name, held in zip(counts, before, strict=True)]
            assert added == [getattr(fresh, name) for name in counts]


def test_an_hour_of_which_day_and_month_are_not_told_apart_is_counted_each_time() -> None:
    clock = Clock("Europe/London")
    assert [clock.locale("03/04/2023 07:30:00").utc for _ in range(4)] == [None] * 4
    assert clock.ambiguous_count == 4


def test_to_utc_text_cuts_to_milliseconds() -> None:
    east = timezone(timedelta(hours=1))
    assert to_utc_text(datetime(2020, 1, 1, 0, 30, 0, 999_999, tzinfo=east)) == "2019-12-31T23:30:00.999Z"


INSTANTS = st.datetimes(datetime(2006, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 - made aware below
OFFSETS = st.integers(-840, 840)


@given(INSTANTS, OFFSETS, st.sampled_from(["seconds", "milliseconds", "microseconds"]))
def test_any_stated_time_is_read_to_the_second(instant: datetime, offset: int, precision: str) -> None:
    aware = instant.replace(tzinfo=timezone(timedelta(minutes=offset)))
    text = aware.isoformat(timespec=precision)
    clock = Clock(LONDON)
    for _ in range(2):
        moment = clock.iso(text)
        assert moment.offset_minutes == offset
        assert moment.raw == text
        assert moment.utc is not None
        assert moment.utc[:19] == aware.astimezone(UTC).isoformat()[:19]


@given(INSTANTS, st.sampled_from([LONDON, "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe"]))
def test_any_naive_time_is_the_earlier_reading_of_its_zone(instant: datetime, zone: str) -> None:
    clock = Clock(zone)
    text = instant.isoformat(timespec="seconds")
    expected = to_utc_text(datetime.fromisoformat(text).replace(tzinfo=clock._zone))
    assert clock.iso(text).utc == expected
    assert clock.iso(text).utc == expected


@given(st.text(max_size=40))
def test_any_text_is_kept_and_raises_nothing(text: str) -> None:
    moment = read(text)
    assert moment == NO_MOMENT if not to_plain_characters(text) else moment.raw == text


def test_times_of_a_day_in_utc_are_read_alike_however_they_say_so() -> None:
    for first, second, basis in (
        ("2024-02-13T18:45:00Z", "2024-02-13T23:59:59.250Z", ClockBasis.STATED_UTC),
        ("2024-02-13 18:45:00 UTC", "2024-02-13 23:59:59 UTC", ClockBasis.STATED_UTC),
        ("2024-02-13 18:45:00+00:00", "2024-02-13 23:59:59.250+00:00", ClockBasis.STATED_OFFSET),
    ):
        clock = Clock("Europe/London")
        fresh = Clock("Europe/London")
        clock.locale(first)
        assert clock.locale(second) == clock.iso(second) == fresh.locale(second)
        assert (clock.locale(second).offset_minutes, clock.locale(second).basis) == (0, basis)


@pytest.mark.parametrize(
    ("raw", "offset"),
    [
        ("03/04/2016 16:49:42(UTC+1)", 60),
        ("03/04/2016 16:49:42 +01:00", 60),
        ("2024-02-30T10:00:00-03:30", -210),
        ("2024-02-30T10:00:00Z", 0),
        ("9999-12-31T23:59:59+00:00", 0),
        ("2024-07-01T10:00:60+00:00", 0),
        ("2024-07-01T24:00:01+00:00", 0),
        ("2024-07-01T10:00:00+99:00", None),
        ("2024-02-30T10:00:00", None),
    ],
)
def test_a_stated_offset_is_kept_without_an_instant(raw: str, offset: int | None) -> None:
    assert Clock("Europe/London").iso(raw) == Moment(raw, offset_minutes=offset)


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("2024-07-01T24:00:00+00:00", "2024-07-02T00:00:00.000Z"),
        ("2024-12-31T24:00:00.000-01:00", "2025-01-01T01:00:00.000Z"),
        ("2024-07-01T24:00:00", "2024-07-01T23:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        ("2017-01-01T05:29:60.500+05:30", "2017-01-01T00:00:00.500Z"),
    ],
)
def test_midnight_at_the_end_of_a_day_and_leap_seconds_are_read(raw: str, utc: str) -> None:
    assert Clock("Europe/London").iso(raw).utc == utc
