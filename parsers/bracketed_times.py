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
_WORDS = re.compile(r"\(\s*[^\W\d_]{2,}(?:[ .-]{1,2}[^\W\d_]+){0,3}\.?\s*\)\s*$")
_MAY_BE_ZONE = re.compile(r"\(\s*(?:[A-Z]{2,5}|[ap]\.?m\.?|z)\s*\)\s*$", re.IGNORECASE)
_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
_OFFSET = re.compile("(?:UTC|GMT)|[+\u2212-][0-9]{2}:?[0-9]{2}\\s*$|[0-9]Z\\s*$")
_SHARED_HOUR = re.compile(r"((?:UTC|GMT) ?[+\u2212\u2010\u2011\u2013-] ?[0-9]{1,2})[,.](25|5|50|75)(?![0-9])")
"""An offset in hours and a share of one: ``UTC+5,5``."""

_MINUTES: Final = {"25": ":15", "5": ":30", "50": ":30", "75": ":45"}
_SPACED_OFFSET = re.compile("(UTC|GMT) ?([+\u2212\u2010\u2011\u2013-]) ?(?=[0-9])")
"""A sign with a blank in front of it, or one that is no hyphen: ``UTC +1``, ``UTC\u22123``."""

_BASES: Final = {"network": ClockBasis.NETWORK}
_SUMMER = re.compile(r"(?<=[0-9Mm])\s*[(\[]?\bBST\b[)\]]?\s*$")
_HOUR_AHEAD: Final = r"(?:(?:UTC|GMT) ?\+ ?0?1(?::?00)?|\+01:?00)"
_SUMMER_STATED = re.compile(rf"({_HOUR_AHEAD})\s*[(\[]?\bBST\b[)\]]?\s*$|\bBST\b\s*[(\[]?({_HOUR_AHEAD})[)\]]?\s*$")
"""The offset of British summer time, with its name beside it: one offset, not two."""

_OFFSET_BEFORE = re.compile("(?:UTC|GMT)|:[0-9]{2}(?:\\.[0-9]+)?(?: ?[AaPp][Mm])? ?[+\u2212-][0-9]{2}:?[0-9]{2}\\s*$")
_BRITAIN: Final = "GB"
_MOST_CHARS: Final = 100
_NO_TIME: Final = "?"


def is_time(text: str) -> bool:
    """Whether a value is a time as reports write it, whatever day and month it may mean."""
    return read_written_time(to_plain_characters(without_clock(text)[0]), None) is not None


def read_time(raw: str | None, clock: Clock, region: str = _BRITAIN) -> Moment:
    """Return the moment of a time as written, the bracket included.

    ``(Network)`` is the time stamp of the message centre, ``(Device)`` the handset's own clock; both are read in the
    zone where no offset is stated. Another word in the bracket, of a clock in another language, says nothing that is
    understood of the clock, and takes nothing from the time and the offset in front of it.

    Args:
        raw: The time. None: there is none.
        clock: Reads it; knows the order of day and month.
        region: ISO 3166 code; in ``GB`` a ``BST`` is the summer time of Great Britain, as it is in tables.
    """
    if raw is None:
        return Moment()
    text, basis = without_clock(raw, region)
    if not text:
        return Moment(raw)
    moment = clock.locale(text, basis)
    return Moment(raw, moment.utc, moment.offset_minutes, moment.basis)


def without_clock(raw: str, region: str = _BRITAIN) -> tuple[str, ClockBasis]:
    """Return a time without its bracket, and what it rests on where no offset is stated.

    British summer time is put as its offset, where the region has it.
    """
    basis: ClockBasis | None = None
    text = raw
    if raw.endswith(")") or raw.rstrip().endswith(")"):
        bracket = raw.rfind("(")
        basis = _basis_of(raw[bracket:]) if bracket >= 0 and len(raw) - bracket <= _MOST_CHARS else None
        is_left_out = basis is not None or (bracket >= 0 and _is_word_behind_time(raw[:bracket], raw[bracket:]))
        text = raw[:bracket] if is_left_out else raw
    if basis is None:
        basis = ClockBasis.ASSUMED_ZONE
    # A time is short; patterns for one are kept away from what is not, which could keep them busy for hours.
    text = " ".join(text.split())
    if len(text) > _MOST_CHARS:
        return _NO_TIME, basis
    text = _BARE_OFFSET.sub(r"\1", text) if text.endswith(")") else text
    if "BST" in text and region == _BRITAIN:
        text = _with_summer(text)
    if "UTC" in text or "GMT" in text:
        text = _SPACED_OFFSET.sub(_written_close, _SHARED_HOUR.sub(_in_minutes, text))
    return text, basis


def _with_summer(text: str) -> str:
    """Return a time with British summer time as its offset; one that another offset contradicts stays as written."""
    stated = _SUMMER_STATED.search(text)
    if stated is not None:
        return f"{text[: stated.start()]}{stated[1] or stated[2]}"
    summer = _SUMMER.search(text)
    if summer is None or _OFFSET_BEFORE.search(text[: summer.start()]):
        return text
    return f"{text[: summer.start()]} UTC+01:00"


def _is_word_behind_time(before: str, bracket: str) -> bool:
    """Whether words in a bracket stand behind a time, and are no zone that the time would be read without."""
    if len(before) > _MOST_CHARS or len(bracket) > _MOST_CHARS or not _WORDS.fullmatch(bracket):
        return False
    if not _TIME.search(before):
        return False
    return _OFFSET.search(before) is not None or _MAY_BE_ZONE.fullmatch(bracket) is None


def _in_minutes(offset: re.Match[str]) -> str:
    return f"{offset[1]}{_MINUTES[offset[2]]}"


def _written_close(offset: re.Match[str]) -> str:
    return f"{offset[1]}{'+' if offset[2] == '+' else '-'}"


@lru_cache(maxsize=64)
def _basis_of(bracket: str) -> ClockBasis | None:
    """Return what a time rests on by the bracket behind it. None: it names no clock."""
    found = _CLOCK.fullmatch(bracket)
    return None if found is None else _BASES.get(found[1].lower(), ClockBasis.DEVICE_LOCAL)
