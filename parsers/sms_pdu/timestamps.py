"""Time stamps of TS 23.040 (section 9.2.3.11): local time of the service centre with its offset in quarters of an hour.

The text as stored is kept as the seven octets in hexadecimal, unswapped, because that is what the source writes.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.records.values import NO_MOMENT, ClockBasis, Moment

OCTETS: Final = 7

_CENTURY_PIVOT: Final = "90"
"""The first SMS was sent in 1992."""

_MOST_QUARTERS: Final = 56
_MINUTES_OF_QUARTER: Final = 15
_UNSET: Final = frozenset({bytes(OCTETS), b"\xff" * OCTETS})

_LAST_HOUR: Final = "23"
_LAST_SECOND: Final = "59"
_NO_HOUR: Final = "99"
_NETWORK: Final = ClockBasis.NETWORK
_DECIMALS: Final = {tens | units << 4: f"{tens}{units}" for tens in range(10) for units in range(10)}
"""Octets to the number that their two swapped digits show; the others show none."""


def moment_of(octets: bytes, clock: Clock) -> Moment:
    """Return the moment of a time stamp.

    One that is all zeros or all ones is no time. An offset that no zone has (or that is marked as unknown) leaves the
    local time of the network, read in the clock's zone.
    """
    if octets in _UNSET:
        return NO_MOMENT
    raw = octets.hex().upper()
    try:
        year, month, day, hour, minute, second = map(_DECIMALS.__getitem__, octets[:6])
    except KeyError:
        return msgspec.structs.replace(clock.iso(raw), raw=raw)
    if hour > _LAST_HOUR or second > _LAST_SECOND:
        # 24:00:00 and leap seconds are ISO 8601's: no service centre writes them.
        hour = _NO_HOUR
    century = "20" if year < _CENTURY_PIVOT else "19"
    moment = clock.iso(f"{century}{year}-{month}-{day}T{hour}:{minute}:{second}{_OFFSETS[octets[6]]}", _NETWORK)
    return Moment(raw, moment.utc, moment.offset_minutes, moment.basis)


def offset_minutes_of(quarters: int) -> int | None:
    """Return minutes east of UTC for an offset in quarters of an hour. None: no zone has it."""
    return quarters * _MINUTES_OF_QUARTER if abs(quarters) <= _MOST_QUARTERS else None


def offset_text(minutes: int) -> str:
    """Return an offset as ISO 8601 writes it."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _offset_text(octet: int) -> str:
    """Return the offset that an octet states; empty where no zone has it."""
    # The sign is bit 3 of the octet: the high bit of the first digit, which stands in the low half.
    quarters = int(_DECIMALS.get(octet & ~0x08, "99"))
    minutes = offset_minutes_of(-quarters if octet & 0x08 else quarters)
    return "" if minutes is None else offset_text(minutes)


_OFFSETS: Final = tuple(map(_offset_text, range(256)))
