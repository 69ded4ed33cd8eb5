"""Counts of time of which the heading states what they begin with: Unix, Apple, Windows, WebKit.

Under a heading that says no more than time the digits tell, and only where they can be nothing else (``times.py``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

_COUNT = re.compile(r"([0-9]{6,20})(?:[.,]([0-9]{1,9}))?")
_SECONDS_BEFORE_1970: Final = 11_644_473_600
_SECONDS_TO_2001: Final = 978_307_200
_HUNDRED_NANOSECONDS: Final = 10_000_000
_MICROSECONDS: Final = 1_000_000
_UNITS: Final = ((10**11, 1), (10**14, 1_000), (10**17, 1_000_000))
"""Below what a count is in seconds, in thousandths, in millionths: any other would lie thousands of years away."""

_NANOSECONDS: Final = 1_000_000_000
_LAST_SECOND: Final = 10**10


class Epoch(StrEnum):
    """What a count begins with."""

    UNIX = "unix"
    APPLE = "apple"
    WINDOWS = "windows"
    WEBKIT = "webkit"


_BEGINS: Final = {
    Epoch.UNIX: 0,
    Epoch.APPLE: _SECONDS_TO_2001,
    Epoch.WINDOWS: -_SECONDS_BEFORE_1970,
    Epoch.WEBKIT: -_SECONDS_BEFORE_1970,
}


def milliseconds_since_1970(text: str, epoch: Epoch) -> int | None:
    """Return a count as milliseconds since 1970, cut and not rounded. None: it is no such count.

    Args:
        text: Cell, in plain characters.
        epoch: What it begins with.
    """
    found = _COUNT.fullmatch(text)
    if found is None:
        return None
    count, fraction = int(found[1]), found[2] or ""
    if epoch is Epoch.WINDOWS:
        unit = _HUNDRED_NANOSECONDS
    elif epoch is Epoch.WEBKIT:
        unit = _MICROSECONDS
    else:
        unit = next((unit for below, unit in _UNITS if count < below), _NANOSECONDS)
    milliseconds = count * 1_000 // unit
    if unit == 1:
        milliseconds += int(f"{fraction:0<3}"[:3])
    since = milliseconds + _BEGINS[epoch] * 1_000
    return since if 0 < since < _LAST_SECOND * 1_000 else None


def epoch_text(seconds: float) -> str:
    """Return seconds since 1970 as ISO 8601 in UTC, to the millisecond."""
    hour, rest = divmod(round(seconds * 1000), 3_600_000)
    return f"{_utc_hour(hour)}:{rest // 60_000:02}:{rest // 1_000 % 60:02}.{rest % 1_000:03}Z"


@lru_cache(maxsize=4_096)
def _utc_hour(number: int) -> str:
    """Return day and hour of an hour since 1970; most rows have one with others."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    return f"{at:%Y-%m-%dT%H}"
