"""Time stamps of service centres: the offset in quarters of an hour, its sign, and times that are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.writers.sms_octets import time_octets
from parsers.clocks import Clock, to_utc_text
from parsers.sms_pdu.timestamps import moment_of
from tests.fakes.deliveries import QUICK


@QUICK
@given(
    st.datetimes(min_value=datetime(1992, 12, 3), max_value=datetime(2089, 12, 31)),  # noqa: DTZ001 - the zone is drawn
    st.integers(-56, 56),
)
def test_a_stamp_goes_round_with_its_offset(at: datetime, quarters: int) -> None:
    local = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    moment = moment_of(time_octets(local), Clock("Europe/London"))
    assert moment.utc == to_utc_text(local)
    assert moment.offset_minutes == 15 * quarters
    assert moment.basis == "stated_offset"
    assert moment.raw == time_octets(local).hex().upper()


@pytest.mark.parametrize(
    ("octets", "utc", "offset"),
    [
        ("42205021000000", "2024-02-05T12:00:00.000Z", 0),
        ("42708021000040", "2024-07-08T11:00:00.000Z", 60),
        ("42205021000029", "2024-02-05T15:00:00.000Z", -180),
        ("42205021000022", "2024-02-05T06:30:00.000Z", 330),
        ("99205021000000", "1999-02-05T12:00:00.000Z", 0),
    ],
)
def test_stamps_by_hand(octets: str, utc: str, offset: int) -> None:
    moment = moment_of(bytes.fromhex(octets), Clock("UTC"))
    assert (moment.utc, moment.offset_minutes) == (utc, offset)


@pytest.mark.parametrize("octets", ["00" * 7, "FF" * 7])
def test_a_stamp_that_was_never_set_is_no_time(octets: str) -> None:
    clock = Clock("UTC")
    assert moment_of(bytes.fromhex(octets), clock).raw is None
    assert list(clock.notices("ex-1")) == []


@pytest.mark.parametrize("octets", ["42335021000000", "42202321000000", "AA205021000000", "42205042000000"])
def test_an_impossible_stamp_stays_as_written(octets: str) -> None:
    clock = Clock("UTC")
    moment = moment_of(bytes.fromhex(octets), clock)
    assert (moment.raw, moment.utc) == (octets, None)
    assert [notice.code for notice in clock.notices("ex-1")] == ["time_unreadable"]


@pytest.mark.parametrize("octets", ["427080210000FF", "42708021000077"])
def test_an_offset_that_no_zone_has_leaves_the_networks_local_time(octets: str) -> None:
    moment = moment_of(bytes.fromhex(octets), Clock("Europe/London"))
    assert (moment.utc, moment.offset_minutes, moment.basis) == ("2024-07-08T11:00:00.000Z", None, "network")
    assert datetime.now(UTC).tzinfo is UTC
