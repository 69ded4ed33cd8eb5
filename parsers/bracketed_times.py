"""Times in the form of the examiner's machine, with the clock that they come from in brackets behind them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from parsers.clocks import Clock
from parsers.locale_times import read_written_time
from parsers.plain_characters import to_plain_characters
from parsers.records.values import ClockBasis, Moment

_CLOCK = re.compile(r"\(\s*(device|network|phone|handset)\s*\)\s*$", re.IGNORECASE)
_BARE_OFFSET = re.compile(r"\(\s*([+-][0-9]{1,2}(?::?[0-9]{2})?)\s*\)\s*$")
_SPACED_OFFSET = re.compile("(UTC|GMT) ?([+\u2212\u2010\u2011\u2013-]) ?(?=[0-9])")
"""A sign with a blank in front of it, or one that is no hyphen: ``UTC +1``, ``UTC\u22123``."""

_BASES: Final = {"network": ClockBasis.NETWORK}
_MOST_CHARS: Final = 100
_NO_TIME: Final = "?"


def is_time(text: str) -> bool:
    """Whether a value is a time as reports write it, whatever day and month it may mean."""
    return read_written_time(to_plain_characters(without_clock(text)[0]), None) is not None


def read_time(raw: str | None, clock: Clock) -> Moment:
    """Return the moment of a time as written, the bracket included.

    ``(Network)`` is the time stamp of the message centre, ``(Device)`` the handset's own clock; both are read in the
    zone where no offset is stated.
    """
    if raw is None:
        return Moment()
    text, basis = without_clock(raw)
    if not text:
        return Moment(raw)
    moment = clock.locale(text, basis)
    return Moment(raw, moment.utc, moment.offset_minutes, moment.basis)


def without_clock(raw: str) -> tuple[str, ClockBasis]:
    """Return a time without its bracket, and what it rests on where no offset is stated."""
    basis: ClockBasis | None = None
    text = raw
    if raw.endswith(")") or raw.rstrip().endswith(")"):
        bracket = raw.rfind("(")
        basis = _basis_of(raw[bracket:]) if bracket >= 0 and len(raw) - bracket <= _MOST_CHARS else None
        text = raw if basis is None else raw[:bracket]
    if basis is None:
        basis = ClockBasis.ASSUMED_ZONE
    # A time is short; patterns for one are kept away from what is not, which could keep them busy for hours.
    text = " ".join(text.split())
    if len(text) > _MOST_CHARS:
        return _NO_TIME, basis
    text = _BARE_OFFSET.sub(r"\1", text) if text.endswith(")") else text
    return (_SPACED_OFFSET.sub(_written_close, text) if "UTC" in text or "GMT" in text else text), basis


def _written_close(offset: re.Match[str]) -> str:
    return f"{offset[1]}{'+' if offset[2] == '+' else '-'}"


@lru_cache(maxsize=64)
def _basis_of(bracket: str) -> ClockBasis | None:
    """Return what a time rests on by the bracket behind it. None: it names no clock."""
    found = _CLOCK.fullmatch(bracket)
    return None if found is None else _BASES.get(found[1].lower(), ClockBasis.DEVICE_LOCAL)
