"""Durations whose heading states another unit than seconds: ``Duration (min)``, ``Duration in minutes``, ``Minutes``.

A cell that says itself what it counts (``1:05:00``, ``5 min``) is read as it stands. Under a heading of a unit that is
not known no bare count is read.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from parsers.table_fields import Field
from parsers.tables.known_headings import LABELS
from parsers.tables.word_meanings import seconds_of


class SpanUnit(StrEnum):
    """What the heading of a duration says that its cells count."""

    MILLISECONDS = "ms"
    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"
    HOURS_AND_MINUTES = "h:mm"
    UNKNOWN = "?"


_UNITS: Final = {
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds"), SpanUnit.MILLISECONDS),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SpanUnit.SECONDS),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten", "minutos", "minut"), SpanUnit.MINUTES),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), SpanUnit.HOURS),
    **dict.fromkeys(("hh mm", "h mm", "hours minutes", "h m"), SpanUnit.HOURS_AND_MINUTES),
}
_OF_MINUTES: Final = [
    f"{minutes} {seconds}"
    for minutes in ("m", "mm", "min", "mins", "minute", "minutes")
    for seconds in ("s", "ss", "sec", "secs", "second", "seconds")
]
_OF_CLOCK: Final = frozenset(
    {*_OF_MINUTES, *(f"{hours} {rest}" for hours in ("h", "hh", "hr", "hrs", "hour", "hours") for rest in _OF_MINUTES)}
)
"""Units that every cell shows itself."""

_ALONE: Final = {"minutes": SpanUnit.MINUTES, "mins": SpanUnit.MINUTES}
PART_UNITS: Final = {
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), SpanUnit.HOURS),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), SpanUnit.MINUTES),
    **dict.fromkeys(("sec", "secs", "second", "seconds"), SpanUnit.SECONDS),
}
"""Headings of parts of a duration, where they stand side by side."""

_MARKS = re.compile(r"[\s_:.,/]+")
_BRACKETED = re.compile(r"(.*[^\s(\[])\s*[(\[]\s*([^()\[\]]{1,30}?)\s*[)\]]\s*")
_WORDED = re.compile(r"(.*?)\s+(?:in\s+)?(hh? mm|[a-z]+)")
_BASES: Final = frozenset(LABELS[Field.DURATION].split(" | ")) | {
    "total duration",
    "duration of call",
    "length of call",
}
_COUNT = re.compile(r"([0-9]{1,12}(?:[.,][0-9]{1,9})?)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_SMALL: Final = frozenset({SpanUnit.MILLISECONDS, SpanUnit.SECONDS, None})
_TWO_PARTS = re.compile(r"([0-9]{1,6}):([0-5][0-9])")
_DAYS = re.compile(r"0?[.,]([0-9]{6,20})(?:E-[0-9]{1,2})?|[1-9](?:[.,][0-9]{3,20})E-0?[1-9]", re.IGNORECASE)
_OF_DAYS: Final = frozenset({None, SpanUnit.HOURS_AND_MINUTES})
_DAY: Final = 86_400
_NO_DIGIT: Final = 1e-9
_NEAR_SECOND: Final = 0.002
_REMARK = re.compile(r"(.*?[^\s(\[])\s*[(\[]([^()\[\]]{1,60})[)\]]", re.DOTALL)
_SHOWS_FORM = re.compile(r"[:a-z]", re.IGNORECASE)
_FACTORS: Final = {SpanUnit.MILLISECONDS: 0.001, SpanUnit.SECONDS: 1, SpanUnit.MINUTES: 60, SpanUnit.HOURS: 3_600}
_BY_HOURS: Final = frozenset({SpanUnit.HOURS, SpanUnit.HOURS_AND_MINUTES})


def bracketed_unit(heading: str) -> tuple[str, SpanUnit | None] | None:
    """Return a heading without the unit in brackets behind it, and the unit (None: each cell shows it).

    None: nothing stands in brackets behind it. Whether the rest is the heading of a duration is for the caller.
    """
    found = _BRACKETED.fullmatch(heading)
    if found is None:
        return None
    unit = " ".join(_MARKS.split(found[2].casefold())).strip().removeprefix("in ")
    return found[1], None if unit in _OF_CLOCK else _UNITS.get(unit, SpanUnit.UNKNOWN)


def worded_unit(key: str) -> SpanUnit | None:
    """Return the unit that a heading states in words, as headings are compared. None: it is of no duration so."""
    if key in _ALONE:
        return _ALONE[key]
    found = _WORDED.fullmatch(key)
    return _UNITS.get(found[2]) if found is not None and found[1] in _BASES else None


def days_in(text: str, unit: SpanUnit | None) -> float | None:
    """Return the seconds of a duration that a spreadsheet program stores as a fraction of a day. None: it is none.

    Nobody times a call to the millionth of a second, and such a fraction comes to whole seconds.
    """
    plain = text.strip()
    if unit not in _OF_DAYS or not _DAYS.fullmatch(plain):
        return None
    share = float(plain.replace(",", "."))
    if abs(share * 1_000 - round(share * 1_000)) < _NO_DIGIT:
        # A count of seconds that is written with more digits than it has: "0.500000".
        return None
    seconds = share * _DAY
    return (
        float(round(seconds)) if seconds >= 1 - _NEAR_SECOND and abs(seconds - round(seconds)) < _NEAR_SECOND else None
    )


def before_remark(text: str, unit: SpanUnit | None) -> float | None:
    """Return the seconds of a duration that has a remark in brackets behind it. None: it is none, or shows no form.

    What stands there is another duration, or how the call ended: ``00:01:05 (ring 00:00:07)``, ``65 s (answered)``.
    """
    found = _REMARK.fullmatch(text.strip())
    if found is None:
        return None
    if found[2].strip().casefold() in _UNITS:
        return seconds_in(f"{found[1]} {found[2].strip()}", unit)
    return seconds_in(found[1], unit) if _SHOWS_FORM.search(found[1]) else None


def seconds_in(text: str, unit: SpanUnit | None) -> float | None:
    """Return a duration in seconds, a count in the unit of its heading. None: it is in another form."""
    plain = text.strip()
    if unit in _SMALL and _THOUSANDS.fullmatch(plain):
        # No call lasts thousandths of a millisecond; of seconds there may be some.
        return int(plain.replace(",", "")) / 1_000 if unit is SpanUnit.MILLISECONDS else None
    if unit is None:
        return seconds_of(plain)
    count = _COUNT.fullmatch(plain)
    if count is not None:
        factor = _FACTORS.get(unit)
        return None if factor is None else round(float(count[1].replace(",", ".")) * factor, 3)
    parts = _TWO_PARTS.fullmatch(plain)
    if parts is not None and unit in _BY_HOURS:
        return float(int(parts[1]) * 3_600 + int(parts[2]) * 60)
    return None if parts is not None and unit is SpanUnit.UNKNOWN else seconds_of(plain)
