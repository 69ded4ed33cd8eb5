"""Columns that state the zone or the offset of the times beside them: ``Time Zone``, ``UTC Offset``, ``TZ``.

A time that states its own, or whose heading does, is not read in it, and neither is a count. A cell says an offset
(``+02:00``, ``UTC+2``, ``120``) or a zone by name, as it may stand behind a time. A name that tells no instant behind a
time (``IST``) tells none here. The cell stays beside the record.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from parsers.clocks import zone_of
from parsers.plain_characters import to_plain_characters
from parsers.records.values import Moment
from parsers.sheets.rows import Row
from parsers.tables.columns import Columns
from parsers.tables.time_cells import may_be_time, said_plainly

_SURE: Final = frozenset(
    {"timezone", "time zone", "tz", "time zone offset", "timezone offset", "tz offset", "zone offset", "utc offset"}
    | {"gmt offset", "offset utc", "offset gmt", "offset from", "offset from utc", "offset from gmt", "offset to utc"}
    | {"time zone name", "timezone name", "time zone id", "timezone id", "utc gmt offset", "iana zone"}
    | {"zeitzone", "tijdzone", "fuseau horaire", "zona horaria", "huso horario", "strefa czasowa", "cylchfa amser"}
)
"""Headings that say so; in other languages as they are written there."""

_OFFSET: Final = "offset"
_UNSURE: Final = frozenset({"offset", "zone", "time offset"})
"""Headings of a place in a file, or of a network's area, too: only what can be nothing else is read below them."""

_OF_UTC: Final = frozenset({"utc", "gmt"})
"""Headings of a time in that zone, or of whether it is one, too: only an offset with its sign is read below them."""

_UNITS: Final = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}
_UNIT = re.compile(r"(.*?) (?:in )?([a-z]+)")
_STATED = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])\s*([0-9]{1,2}):([0-9]{2})(?::00)?\)?(?:\s+[A-Z].*)?", re.IGNORECASE)
_HOURS = re.compile(r"\(?(?:UTC|GMT)\s*([+-])\s*([0-9]{1,2})([0-9]{2})?\)?(?:\s+[A-Z].*)?", re.IGNORECASE)
_SIGNED = re.compile(r"([+-])\s*([0-9]{2})([0-9]{2})?")
_FROM_UTC = re.compile(r"([+-])\s*([0-9]{1,2})(?::([0-9]{2}))?")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::00)?")
_COUNT = re.compile(r"([+-]?)\s*([0-9]{1,5})(?:[.,]([0-9]{1,3}))?")
_UTC: Final = frozenset({"utc", "gmt", "z", "zulu", "utc/gmt", "gmt/utc", "(utc)", "(gmt)", "utc time", "gmt time"})
_LONDON: Final = frozenset({"gmt standard time", "gmt/bst", "bst/gmt", "uk", "london", "uk local time"})
"""``GMT Standard Time`` is what Windows calls the zone of London all year."""

_NOT_STATED: Final = frozenset(
    {"local", "local time", "device", "device time", "handset", "phone", "unknown", "default", "system", "not set", "?"}
)
_MINUS: Final = "\u2212"
_UNKNOWN: Final = " unknown zone"
"""Behind a time it is no zone, so that the time tells no instant, as behind a name that is not known."""

_NAME = re.compile(r"[A-Za-z][A-Za-z_+-]*(?:/[A-Za-z0-9_+-]+){1,2}")
_SHORT = re.compile(r"[A-Z]{3,5}")
_LONGEST: Final = 80
_QUARTER, _HOUR, _WIDEST = 900, 3_600, 50_400
_MOST_HOURS: Final = 14


class ZoneColumn(msgspec.Struct, frozen=True):
    """A column of zones.

    Attributes:
        place: From 0.
        seconds: Of the unit that its heading states for offsets. None: it states none.
        is_sure: Whether it can hold nothing else.
        is_offset: Whether it says so, and that it holds offsets.
        is_of_utc: Whether its heading is that of UTC alone.
    """

    place: int
    seconds: int | None
    is_sure: bool
    is_offset: bool
    is_of_utc: bool = False

    def behind(self, row: Row) -> str | None:
        """Return what the row says of the zone of its times, as it is put behind one. None: it does not say."""
        text = row.cells[self.place] if self.place < len(row.cells) else ""
        plain = to_plain_characters(text).strip().replace(_MINUS, "-")
        if not plain or not may_be_time(plain):
            return None
        if len(plain) > _LONGEST:
            return _UNKNOWN if self.is_sure else None
        if self.is_of_utc:
            return _offset_by(_FROM_UTC.fullmatch(plain))
        said = _offset_in(plain) or _named(plain, self)
        if said is not None or not self.is_sure or plain.casefold() in _NOT_STATED:
            return said
        return self._counted(plain) or _UNKNOWN

    def _counted(self, plain: str) -> str | None:
        clock = _CLOCK.fullmatch(plain)
        if clock is not None and int(clock[1]) <= _MOST_HOURS and not int(clock[2]) % 15:
            return _written("+", int(clock[1]) * _HOUR + int(clock[2]) * 60)
        found = _COUNT.fullmatch(plain)
        if found is None:
            return None
        sign, digits, part = found.groups()
        if self.seconds is not None:
            seconds = round(float(f"{digits}.{part or 0}") * self.seconds)
            return _written(sign, seconds) if seconds <= _WIDEST else None
        if part is not None:
            return _written(sign, round(float(f"{digits}.{part}") * _HOUR)) if int(digits) <= _MOST_HOURS else None
        readings = _readings(digits)
        # One that may be two is as a zone that is not known: such a time has no instant.
        return _written(sign, readings.pop()) if len(readings) == 1 else _UNKNOWN


def zone_column(columns: Columns) -> ZoneColumn | None:
    """Return the column that states the zone of a table's times. None: none does, or several may."""
    read = {column.place for found in columns.by_field.values() for column in found}
    found = []
    for column in columns.all:
        key, seconds = _without_unit(column.label.key)
        if column.place not in read and column not in columns.beside and key in _SURE | _UNSURE | _OF_UTC:
            # Minutes and hours are no place in a file, nor is anything else called an offset in them.
            is_sure = key in _SURE or (_OFFSET in key and seconds is not None and seconds > 1)
            found.append(ZoneColumn(column.place, seconds, is_sure, is_sure and _OFFSET in key, key in _OF_UTC))
    # Beside the offset the name of the zone may stand: ``Europe/Paris``, ``+02:00``.
    plain = [each for each in found if not each.is_of_utc]
    for held in ([each for each in found if each.is_offset], [each for each in found if each.is_sure], plain, found):
        if held:
            return held[0] if len(held) == 1 else None
    return None


def with_zone(text: str, zone: str) -> str:
    """Return a time with the zone behind it."""
    return said_plainly(f"{text}{zone}") if zone[0] == " " else f"{text}{zone}"


def zone_stated(moment: Moment) -> str | None:
    """Return the offset that a time states, as it is put behind one. None: it states none, or has no instant."""
    minutes = moment.offset_minutes
    if minutes is None or moment.utc is None:
        return None
    return _written("-" if minutes < 0 else "+", abs(minutes) * 60)


def _without_unit(key: str) -> tuple[str, int | None]:
    found = _UNIT.fullmatch(key)
    if found is None or found[2] not in _UNITS:
        return key, None
    return found[1], _UNITS[found[2]]


def _offset_in(plain: str) -> str | None:
    """Return the offset that a cell states in a form that nothing else has. None: it states none so."""
    if plain.casefold() in _UTC and plain.casefold() != "z":
        return "Z"
    return _offset_by(_STATED.fullmatch(plain) or _HOURS.fullmatch(plain) or _SIGNED.fullmatch(plain))


def _offset_by(found: re.Match[str] | None) -> str | None:
    """Return the offset whose sign, hours and minutes were found. None: none were, or no zone has it."""
    if found is None or int(found[3] or 0) % 15 or int(found[2]) > _MOST_HOURS:
        return None
    return _written(found[1], int(found[2]) * _HOUR + int(found[3] or 0) * 60)


def _named(plain: str, column: ZoneColumn) -> str | None:
    folded = plain.casefold()
    if folded in _LONDON and (column.is_sure or folded.startswith("gmt")):
        return " Europe/London"
    is_name = _NAME.fullmatch(plain) is not None and (column.is_sure or zone_of(plain) is not None)
    if is_name or (_SHORT.fullmatch(plain) and (column.is_sure or plain == "BST")):
        return f" {plain}"
    if not column.is_sure or folded in _NOT_STATED or not any(map(str.isalpha, plain)):
        return None
    return "Z" if folded == "z" else f" {plain}"


def _readings(digits: str) -> set[int]:
    """Return what an offset of digits alone may be, in seconds: hours, minutes, seconds, or hours and minutes."""
    count = int(digits)
    if len(digits) <= 2 and count <= _MOST_HOURS:
        return {count * _HOUR}
    found = set()
    if (
        len(digits) in {3, 4}
        and not int(digits[-2:]) % 15
        and int(digits[-2:]) < 60
        and int(digits[:-2]) <= _MOST_HOURS
    ):
        found.add(int(digits[:-2]) * _HOUR + int(digits[-2:]) * 60)
    if digits[0] != "0":
        found |= {each for each in (count * 60, count) if each <= _WIDEST and not each % _QUARTER}
    return found


def _written(sign: str, seconds: int) -> str:
    if not seconds:
        return "Z"
    return f"{sign or '+'}{seconds // _HOUR:02}:{seconds % _HOUR // 60:02}"
