"""The facets that our own export puts beside those of UCO: what a record says and UCO has no word for.

A raw time with its offset, the direction and what it rests on, folder, status, and where the record stands in the
original. Names of our own address; a program that does not know them passes over them.
"""

from __future__ import annotations

from math import isfinite

from parsers.case_words import CLOCK_TIMES
from parsers.clocks import Clock
from parsers.formats.case_jsonld.nodes import Node
from parsers.records.values import NO_MOMENT, ClockBasis, DeviceClock, Moment

_LONGEST_OFFSET, _LONGEST_NUMBER = 6, 16


def own_moment(own: Node, name: str, clock: Clock) -> Moment:
    """Return a time as our export wrote it."""
    raw, utc = own.text(f"{name}Raw"), own.word(f"{name}Utc")
    offset, basis = own.word(f"{name}OffsetMinutes"), own.word(f"{name}Basis")
    if raw is None and utc is None:
        return NO_MOMENT
    known = clock.iso(utc).utc if utc is not None else None
    return Moment(
        raw if raw is not None else utc,
        known,
        int(offset)
        if offset is not None and offset.lstrip("-").isdecimal() and len(offset) < _LONGEST_OFFSET
        else None,
        ClockBasis(basis) if basis in set(ClockBasis) and known is not None else ClockBasis.NONE,
    )


def own_number(own: Node, name: str) -> float | None:
    """Return a number with its fraction as our export wrote it. None: the record had none, as it has none below 0."""
    text = own.word(name)
    try:
        number = float(text) if text is not None and text.isascii() else None
    except ValueError:
        return None
    return number if number is not None and isfinite(number) and number >= 0 else None


def own_clock(own: Node, clock: Clock) -> DeviceClock | None:
    """Return a handset's clock as our export wrote it. None: the record had none."""
    device, extraction = (own_moment(own, name, clock) for name in CLOCK_TIMES)
    error, zone = own.word("clockErrorSeconds"), own.word("clockTimeZone")
    if device.raw is None and extraction.raw is None and error is None and zone is None:
        return None
    return DeviceClock(
        device if device.raw is not None else None,
        extraction if extraction.raw is not None else None,
        int(error) if error is not None and error.lstrip("-").isdecimal() and len(error) < _LONGEST_NUMBER else None,
        zone,
    )
