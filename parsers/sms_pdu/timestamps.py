"""Time stamps of TS 23.040 (section 9.2.3.11): local time of the service centre with its offset in quarters of an hour.

The text as stored is kept as the seven octets in hexadecimal, unswapped, because that is what the source writes.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.records.values import NO_MOMENT, ClockBasis, Moment

OCTETS: Final = 7

_CENTURY_PIVOT: Final = 90
"""The first SMS was sent in 1992."""

_MOST_QUARTERS: Final = 56
_MINUTES_OF_QUARTER: Final = 15
_UNSET: Final = frozenset({bytes(OCTETS), b"\xff" * OCTETS})

_LAST_HOUR: Final = 23
_LAST_SECOND: Final = 59
_NO_HOUR: Final = 99


def moment_of(octets: bytes, clock: Clock) -> Moment:
    """Return the moment of a time stamp.

    One that is all zeros or all ones is no time. An offset that no zone has (or that is marked as unknown) leaves the
    local time of the network, read in the clock's zone.
    """
    if octets in _UNSET:
        return NO_MOMENT
    raw = octets.hex().upper()
    parts = [_decimal(octet) for octet in octets[:6]]
    if None in parts:
        return msgspec.structs.replace(clock.iso(raw), raw=raw)
    year, month, day, hour, minute, second = (part or 0 for part in parts)
    if hour > _LAST_HOUR or second > _LAST_SECOND:
        # 24:00:00 and leap seconds are ISO 8601's: no service centre writes them.
        hour = _NO_HOUR
    text = f"{_full_year(year):04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    moment = clock.iso(text + (_offset_text(octets[6]) or ""), ClockBasis.NETWORK)
    return msgspec.structs.replace(moment, raw=raw)


def offset_minutes_of(quarters: int) -> int | None:
    """Return minutes east of UTC for an offset in quarters of an hour. None: no zone has it."""
    return quarters * _MINUTES_OF_QUARTER if abs(quarters) <= _MOST_QUARTERS else None


def offset_text(minutes: int) -> str:
    """Return an offset as ISO 8601 writes it."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _full_year(year: int) -> int:
    return year + (2000 if year < _CENTURY_PIVOT else 1900)


def _decimal(octet: int) -> int | None:
    """Return the number that two swapped digits show. None: they are no digits."""
    tens, units = octet & 0xF, octet >> 4
    return tens * 10 + units if tens <= 9 and units <= 9 else None


def _offset_text(octet: int) -> str | None:
    # The sign is bit 3 of the octet: the high bit of the first digit, which stands in the low half.
    quarters = _decimal(octet & ~0x08)
    if quarters is None:
        return None
    minutes = offset_minutes_of(-quarters if octet & 0x08 else quarters)
    return None if minutes is None else offset_text(minutes)
