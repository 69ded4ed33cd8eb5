"""Time zones by the short names that people and programs put behind a time: ``PDT``, ``CEST``, ``EET``.

Source: the names in the IANA time zone database, of which a test compares the table with every zone since 2005. A name
that places far apart use (IST: India, Ireland, Israel; CST: America, Cuba, China; AST, BST outside Britain) tells no
instant, unless the zone that is stated for the delivery is one that has it. Nor does a name that its zone did not have
on that day (CET in July): somebody may have meant the clock on the wall.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from parsers.clocks import Clock, to_utc_text
from parsers.records.values import ClockBasis, Moment

_NAMES: Final = {
    "Europe/Lisbon": ("WET", "WEST"),
    "Europe/Paris": ("CET", "CEST"),
    "Europe/Athens": ("EET", "EEST"),
    "Europe/Moscow": ("MSK",),
    "Asia/Jerusalem": ("IDT",),
    "Africa/Lagos": ("WAT",),
    "Africa/Maputo": ("CAT",),
    "Africa/Nairobi": ("EAT",),
    "Africa/Johannesburg": ("SAST",),
    "Asia/Karachi": ("PKT",),
    "Asia/Jakarta": ("WIB",),
    "Asia/Makassar": ("WITA",),
    "Asia/Jayapura": ("WIT",),
    "Asia/Hong_Kong": ("HKT",),
    "Asia/Tokyo": ("JST",),
    "Australia/Perth": ("AWST",),
    "Australia/Adelaide": ("ACST", "ACDT"),
    "Australia/Sydney": ("AEST", "AEDT"),
    "Pacific/Auckland": ("NZST", "NZDT"),
    "Pacific/Honolulu": ("HST",),
    "America/Anchorage": ("AKST", "AKDT"),
    "America/Los_Angeles": ("PDT",),
    "America/Denver": ("MDT",),
    "America/New_York": ("EDT",),
    "America/St_Johns": ("NST", "NDT"),
}
ZONES: Final = {word: place for place, words in _NAMES.items() for word in words}
"""The zone that a name stands for, wherever it stands."""

BESIDE: Final = {"PST": "PDT", "MST": "MDT", "EST": "EDT"}
"""Names that the Philippines, Malaysia and Australia use too: read as America's where its summer time stands in the
same column."""

_OPEN: Final = frozenset({"IST", "CST", "CDT", "AST", "ADT", "SST", "GST", "AMT", "ECT", "WST"}) | BESIDE.keys()
"""Names that places far apart use: the zone that the submitter states tells which is meant, and nothing else."""

_NAMED = re.compile(r"(.*[0-9](?: ?[AaPp]\.?[Mm]\.?)?) *[ (\[]([A-Z]{3,4})[)\]]?")
_HOUR: Final = timedelta(hours=1)


def zone_word(text: str) -> str | None:
    """Return the name of a zone that stands behind a time. None: none that is in the table does."""
    found = _NAMED.fullmatch(text) if text[-1:] in "TKAB)]" else None
    return found[2] if found is not None and (found[2] in ZONES or found[2] in BESIDE) else None


def open_word(text: str) -> str | None:
    """Return the name behind a time that several zones have. None: none stands there."""
    found = _NAMED.fullmatch(text) if text[-1:] in "T)]" else None
    return found[2] if found is not None and found[2] in _OPEN else None


def moment_in_named_zone(text: str, beside: Collection[str], clock: Clock) -> Moment | None:
    """Return the moment of a time behind which a zone stands by its short name.

    Args:
        text: In plain characters.
        beside: The names that stand in the same column.
        clock: Reads it; knows the order of day and month.

    Returns:
        None: no name stands there, or one that does not tell the instant.
    """
    word = zone_word(text) or open_word(text)
    place = None if word is None else _place_of(word, beside, clock.time_zone)
    if word is None or place is None:
        return None
    named = _NAMED.fullmatch(text)
    assert named is not None
    moment = clock.locale(f"{named[1]} {place}")
    if moment.utc is None:
        return moment
    instant = datetime.fromisoformat(moment.utc)
    zone = _zone(place)
    shown = instant.astimezone(zone)
    # In the hour that comes twice the name says which of them it is.
    later = (instant + _HOUR).astimezone(zone)
    for each in (shown, later):
        if each.tzname() == word and each.replace(tzinfo=None) == shown.replace(tzinfo=None):
            minutes = round((each.utcoffset() or timedelta()).total_seconds() / 60)
            return msgspec.structs.replace(
                moment, utc=to_utc_text(each), offset_minutes=minutes, basis=ClockBasis.STATED_OFFSET
            )
    return None


def _place_of(word: str, beside: Collection[str], stated: str) -> str | None:
    """Return the zone that a name stands for: by itself, by another name of the column, or by the zone of the rest."""
    if word in ZONES or BESIDE.get(word) in beside:
        return ZONES[BESIDE.get(word, word)]
    return stated if word in _names_of(stated) else None


@lru_cache(maxsize=64)
def _names_of(place: str) -> frozenset[str | None]:
    zone = _zone(place)
    return frozenset(datetime(2024, month, 15, tzinfo=zone).tzname() for month in (1, 7))


@lru_cache(maxsize=len(ZONES) + 64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
