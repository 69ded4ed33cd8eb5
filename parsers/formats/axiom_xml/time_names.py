"""Names of fragments that hold times: the zone and the order of day and month that a name states, in every wording.

``Sent Date/Time - UTC-04:00 (M/d/yyyy h:mm:ss tt)``, ``Date/Time (UTC-05:00) Eastern Time (US & Canada)``,
``Date/Time - Europe/London [DST]``. An offset is read wherever in a name it stands. What names a zone and is not
understood is said to be so, and never taken for the zone of the setting.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.clocks import zone_of
from parsers.locale_times import DAY_FIRST, MONTH_FIRST

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-") | {"\u00b1": "+"})
_TIME_WORD = re.compile(r"date|time", re.IGNORECASE)
_ABOUT_ZONE = re.compile(r"\btime ?zone\b(?: offset)?|\butc offset\b", re.IGNORECASE)
"""Of a fragment that holds a zone, and no time."""

# A pattern of dates or times in brackets: runs of one letter with marks between, or two letters each without.
_PATTERN = re.compile(
    r"[(\[{]\s*((?:([dmyhsftekxz])\2*|a|am/pm)(?:[-/.,:' ]+(?:T')?(?:([dmyhsftekxz])\3*|a|am/pm))+"
    r"|(?:yy|dd|hh|mm|ss| )+)\s*[)\]}]",
    re.IGNORECASE,
)
_BARE_PATTERN = re.compile(
    r"\b(?:d{1,2}([-/.])m{1,3}\1y{2,4}|m{1,3}([-/.])d{1,2}\2y{2,4}|y{4}([-/.])m{1,2}\3d{1,2})\b.*$", re.IGNORECASE
)
_OFFSET = re.compile(
    r"\b(?:UTC|GMT)\s*([+-])\s*([0-9]{1,2})(?::?([0-9]{2})|[.,](5|25|75))?(?![0-9A-Za-z]|[.:,][0-9])"
    r"|(?:(?<=[\s(\[])|^)([+-])([0-9]{2}):([0-9]{2})(?![0-9:])",
    re.IGNORECASE,
)
_QUARTERS: Final = {"25": "15", "5": "30", "75": "45"}
_WIDEST_HOURS: Final = 14
_HOUR_MINUTES: Final = 60
_UTC = re.compile(r"\b(?:UTC|GMT|Zulu)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:UTC|GMT)\s*[+-]?\s*[0-9]", re.IGNORECASE)
_LOCAL = re.compile(r"\blocal(?: time)?\b", re.IGNORECASE)
_REGION = re.compile(
    r"\b((?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US)"
    r"/[A-Z][A-Za-z+-]+[0-9]{0,2}(?:/[A-Z][A-Za-z]+)?)((?: [A-Z][a-z]+)?)"
)
"""A zone by its IANA name; blanks stand for its underscores."""

_LONDON = re.compile(
    r"\bGMT ?/ ?BST\b|\bBST ?/ ?GMT\b|\bGMT Standard Time\b|\bUK (?:local )?time\b|\bLondon\b", re.IGNORECASE
)
_SUMMER = re.compile(r"\b(?:GMT Daylight Time|(?:British|GMT) Summer Time)\b", re.IGNORECASE)
_ZONE_WORDS = re.compile(
    r"(?i:\b(?:[a-z]+\.? )?(?:standard|daylight|summer|winter|eastern|central|mountain|pacific|atlantic|european?"
    r"|greenwich(?: mean)?|british|irish|moscow|mean)(?: saving| standard| daylight| summer| european)? time\b)"
    r"|\b(?:BST|IST|CET|CEST|EET|EEST|WET|WEST|MSK|E[SD]T|C[SD]T|M[SD]T|P[SD]T|AK[SD]T|HST|A[EC][SD]T|AWST|NZ[SD]T|JST"
    r"|KST|SGT|HKT|PKT|GST|SAST)\b"
)
_BEHIND_BRACKET = re.compile(r"[(\[]\s*(?:\x00|UTC|GMT)\s*[)\]]\s+([A-Z][^\x00,]*,[^\x00]*)")
"""Places behind a bracket, by which Windows names a zone: ``(UTC+01:00) Brussels, Copenhagen, Madrid, Paris``."""

_TAKEN: Final = " \x00 "
_LONDON_ZONE: Final = " Europe/London"


class TimeName(msgspec.Struct, frozen=True):
    """What the name of a time says.

    Attributes:
        words: The name without what it says of zone and form.
        zone: As it is put behind a time: ``Z``, ``-04:00``, `` Europe/London``. None: it states none.
        is_local: Whether it names the handset's own time.
        date_order: Order of day and month. None: it states none.
        zone_name: What names a zone: not understood, where ``zone`` is None; else it stands beside the offset.
    """

    words: str
    zone: str | None = None
    is_local: bool = False
    date_order: str | None = None
    zone_name: str | None = None


def read_time_name(plain: str) -> TimeName | None:
    """Return what the name of a fragment says as the name of a time. None: it names none."""
    text = plain.translate(_DASHES)
    about = _ABOUT_ZONE.sub(" ", text)
    if _TIME_WORD.search(about) is None:
        return None
    text, order = _without_pattern(text)
    if (region := _region_in(text)) is not None:
        written, stated = region
        return TimeName(text.replace(written, " "), stated, date_order=order)
    offsets = {_offset_of(found) for found in _OFFSET.finditer(text)}
    rest = _OFFSET.sub(_TAKEN, text)
    start = _TIME_WORD.search(rest)
    head, tail = (rest[: start.end()], rest[start.end() :]) if start is not None else (rest, "")
    named = _ZONE_WORDS.search(tail) or _BEHIND_BRACKET.search(tail)
    zone_name = None if named is None else named[named.lastindex or 0].strip(" -()[]\x00") or None
    words = head + (tail if named is None else tail[: named.start()])
    if len(offsets) == 1 and None not in offsets:
        return TimeName(words, next(iter(offsets)), date_order=order, zone_name=zone_name)
    if offsets or _SIGNED.search(rest) is not None:
        # Several, or none that there is.
        return TimeName(words, date_order=order, zone_name=plain)
    zone = _zone_in(tail, is_named=zone_name is not None)
    if zone is None and zone_name is None and _UTC.search(rest) is not None:
        zone = "Z"
    is_local = _LOCAL.search(tail) is not None
    if zone is not None and is_local and zone == "Z":
        return TimeName(words, date_order=order, zone_name=plain)
    return TimeName(words, zone, is_local, order, None if zone is not None else zone_name)


def _zone_in(tail: str, *, is_named: bool) -> str | None:
    """Return the British zone that words name, or its summer time. None: they name neither."""
    if _SUMMER.search(tail) is not None:
        return "+01:00"
    if _LONDON.search(tail) is not None:
        return _LONDON_ZONE
    return "Z" if is_named and re.search(r"\bGreenwich Mean Time\b", tail, re.IGNORECASE) else None


def _region_in(text: str) -> tuple[str, str] | None:
    for found in _REGION.finditer(text):
        for written in (found[0], found[1]):
            zone = written.replace(" ", "_")
            if zone_of(zone) is not None:
                return written, f" {zone}"
    return None


def _without_pattern(text: str) -> tuple[str, str | None]:
    """Return a name without the patterns of its times, and the order of day and month that they state."""
    order = None
    patterns = [found[1] for found in _PATTERN.finditer(text)]
    rest = _PATTERN.sub(" ", text)
    if not patterns and (bare := _BARE_PATTERN.search(rest)) is not None:
        patterns, rest = [bare[0]], rest[: bare.start()]
    for pattern in patterns:
        order = order or _order_of(pattern)
    return rest, order


def _order_of(pattern: str) -> str | None:
    """Return which of day and month stands in front; None where the year does, or one of them is missing.

    Minutes have the letter of months; between them and hours or seconds stands a colon.
    """
    parts = [part for part in re.split(r"[-/., ]+", pattern.casefold()) if part]
    letters = [part[0] for part in parts if part.strip("dmy") == "" and len(set(part)) == 1]
    day = letters.index("d") if "d" in letters else -1
    month = letters.index("m") if "m" in letters else -1
    if day < 0 or month < 0 or letters[0] == "y":
        return None
    return DAY_FIRST if day < month else MONTH_FIRST


def _offset_of(found: re.Match[str]) -> str | None:
    sign, hours, minutes = found[1] or found[5], int(found[2] or found[6]), found[3] or found[7]
    minutes = minutes or _QUARTERS.get(found[4] or "", "00")
    if hours > _WIDEST_HOURS or int(minutes) >= _HOUR_MINUTES:
        return None
    return f"{sign}{hours:02}:{minutes}"
