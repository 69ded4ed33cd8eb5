"""Counted times: milliseconds and seconds since 1970, seconds and nanoseconds since 2001."""

from __future__ import annotations

import pytest

from parsers.epoch_times import EpochClock
from parsers.records.values import NO_MOMENT


@pytest.mark.parametrize(
    ("count", "per_second", "utc"),
    [
        (1_715_351_458_724, 1_000, "2024-05-10T14:30:58.724Z"),
        (1_715_351_458_724.0, 1_000, "2024-05-10T14:30:58.724Z"),
        (1_400_000_000, 1, "2014-05-13T16:53:20.000Z"),
        (180_000, 1_000, "1970-01-01T00:03:00.000Z"),
        (-1, 1_000, "1969-12-31T23:59:59.999Z"),
        (0, 1_000, None),
        (10**15, 1_000, None),
        (10**40, 1, None),
    ],
)
def test_since_1970(count: float, per_second: int, utc: str | None) -> None:
    moment = EpochClock().unix(count, per_second)
    assert (moment.utc, moment.raw is not None) == (utc, True)
    assert moment.basis.value == ("stated_utc" if utc else "none")


@pytest.mark.parametrize(
    ("count", "raw", "utc"),
    [
        (395_000_000, "395000000", "2013-07-08T18:13:20.000Z"),
        (704_735_807.2214981, "704735807.2214981", "2023-05-02T15:56:47.221Z"),
        (612_345_678_123_456_789, "612345678123456789", "2020-05-28T08:01:18.123Z"),
        (-63_114_076_800, "-63114076800", None),
        (0, "0", None),
    ],
)
def test_since_2001(count: float, raw: str, utc: str | None) -> None:
    moment = EpochClock().apple(count)
    assert (moment.raw, moment.utc) == (raw, utc)


def test_what_was_odd_is_counted() -> None:
    clock = EpochClock()
    assert clock.unix(None) is NO_MOMENT
    for count in (0, 180_000, 10**15, 1_715_351_458_724):
        clock.unix(count)
    assert [(notice.code, notice.count) for notice in clock.notices("ex-1")] == [
        ("clock_not_set", 1),
        ("time_unreadable", 2),
    ]
