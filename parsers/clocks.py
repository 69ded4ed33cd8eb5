"""Times: from the forms that sources write to an instant, with what the instant rests on.

A stated offset is never lost; a time without one is read in the zone that the submitter states (else in the default
zone) and is counted; an impossible one stays as written, with its offset, without an instant. Day and month are never
guessed.

Readings that were chosen, both after PEP 495 (``fold=0``): a time in the hour that a zone repeats in autumn is the
earlier of the two; a time in the hour that it skips in spring has the offset that held before the change, which is
what a clock shows that was not put forward.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from parsers.first_values import FirstValues
from parsers.locale_times import WrittenTime, printed_hour, read_written_time
from parsers.plain_characters import to_plain_characters
from parsers.records.notices import Notice
from parsers.records.values import NO_MOMENT, ClockBasis, Moment

_WIDEST_OFFSET_MINUTES: Final = 840
_LEAP_SECOND: Final = 60
# Outside lie the defaults of frameworks (year 1, year 9999), which state no time.
_YEARS: Final = range(1900, 2200)
# Clocks that were never set show 1970, 1980, 2000, 2001 or 2004.
_FIRST_LIKELY_YEAR: Final = 2005
LIKELY_YEARS: Final = range(_FIRST_LIKELY_YEAR, _YEARS.stop)
"""A time in UTC that is written as ``to_utc_text`` does is read as it stands in these years, and counted nowhere."""

# Two years of hours and more than thirty of days; a hostile source cannot make the tables grow further.
_MOST_HOURS: Final = 20_000
_MOST_DAYS: Final = 12_000

# What nearly every time of a report looks like: read without arithmetic once its hour is known.
_COMMON = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([01][0-9]|2[0-3]):([0-5][0-9]:[0-5][0-9])(\.[0-9]{3})?"
    r"([+-][0-9]{2}:[0-9]{2}|Z| UTC)?"
)
_IN_UTC: Final = {"+00:00": ClockBasis.STATED_OFFSET, "Z": ClockBasis.STATED_UTC, " UTC": ClockBasis.STATED_UTC}
"""How times in UTC end, and what they rest on then."""
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,12}))?)?"
    r" ?(?:([Zz])|([+-])([0-9]{2})(?::?([0-9]{2}))?)?"
)

# The same without marks between the numbers (``20240213T184500Z``, ``20240213184500``), the date at least.
_COMPACT = re.compile(
    r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[Tt ]?([01][0-9]|2[0-3]):?([0-5][0-9])"
    r"(?::?([0-5][0-9])(?:[.,]([0-9]{1,12}))?)? ?(?:([Zz])|([+-])([0-9]{2})(?::?([0-9]{2}))?)?"
)


# A zone by its IANA name behind a time: ``2024-05-20 15:30:58 Europe/London``, ``...+01:00[Europe/London]`` (Java).
_IN_NAMED_ZONE = re.compile(
    r"(.*[0-9A-Za-z])[ \[(]{1,2}([A-Z][A-Za-z]{1,12}(?:/[A-Z][A-Za-z_+-]{1,24}[0-9]{0,2}){1,2})[\])]?"
)
_NAMED_ZONES: Final = 1_024


def is_compact_time(text: str) -> bool:
    """Whether digits are date and time without marks between, and so no count of seconds."""
    return _COMPACT.fullmatch(text) is not None


def to_utc_text(instant: datetime) -> str:
    """Return the instant as RFC 3339 in UTC with milliseconds, cut and not rounded; it MUST have an offset."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


_PrintedHour = tuple[str, int | None, ClockBasis | None]
"""Day and hour in UTC, the offset that is stated, and what the time rests on. None: what the clock's times rest on.

The day is empty where it is not told apart from the month."""


_NEW: Final = ("", None, None)
_STATED_OFFSET: Final = ClockBasis.STATED_OFFSET
"""Named here because looking one up in its enumeration takes four times as long, and most times ask for it."""


class Clock:
    """Reads the times of one extraction, and counts what it had to choose.

    Attributes:
        time_zone: IANA name of the zone of times without an offset.
        assumed_count: Times without an offset that were read in the zone.
        unreadable_count: Times in no form that is known, or impossible ones.
        ambiguous_count: Times whose day and month cannot be told apart.
        not_set_count: Times before 2005, which a clock shows that was never set; their instant is given all the same.
        epoch_open_count: Counts of which nothing tells the day that they begin with; counted by who reads them.
    """

    __slots__ = (
        "_date_order",
        "_hours",
        "_likely_days",
        "_printed",
        "_unreadable_values",
        "_zone",
        "ambiguous_count",
        "assumed_count",
        "epoch_open_count",
        "not_set_count",
        "time_zone",
        "unreadable_count",
    )

    def __init__(self, time_zone: str, date_order: str | None = None) -> None:
        """Make a clock.

        Args:
            time_zone: IANA name of the zone of times without an offset.
            date_order: ``day_first`` or ``month_first``. None: not known.

        Raises:
            zoneinfo.ZoneInfoNotFoundError: There is no such zone.
        """
        self.time_zone = time_zone
        self._zone = ZoneInfo(time_zone)
        self._date_order = date_order
        self._likely_days: set[tuple[str, str, bool]] = set()
        self._hours: dict[tuple[str, str, str | None], tuple[str, int | None]] = {}
        self._printed: dict[tuple[str, str, str], _PrintedHour | tuple[()] | None] = {}
        self.assumed_count = 0
        self.unreadable_count = 0
        self._unreadable_values = FirstValues()
        self.ambiguous_count = 0
        self.not_set_count = 0
        self.epoch_open_count = 0

    @property
    def date_order(self) -> str | None:
        """``day_first`` or ``month_first``, as the clock was made. None: not known."""
        return self._date_order

    def iso(self, raw: str, basis: ClockBasis = ClockBasis.ASSUMED_ZONE) -> Moment:
        """Return the moment of an ISO 8601 time; other forms are read as ``locale`` does.

        A blank text is no time. The raw text is kept as it stands.

        Args:
            raw: Time as the source writes it.
            basis: What a time without an offset rests on: ``network`` or ``device_local`` where the source names
                its clock. It is read in the zone all the same.
        """
        match = _COMMON.fullmatch(raw)
        if match is None:
            return self._read(raw, basis)
        day, hour, rest, fraction, zone = match.groups()
        in_utc = _IN_UTC.get(zone)
        if in_utc is not None:
            if (day, zone, fraction is None) in self._likely_days:
                return Moment(raw, f"{day}T{hour}:{rest}{fraction or '.000'}Z", 0, in_utc)
        else:
            known = self._hours.get((day, hour, zone))
            if known is not None:
                utc_hour, offset = known
                if zone is None:
                    self.assumed_count += 1
                return Moment(
                    raw,
                    f"{utc_hour}:{rest}{fraction or '.000'}Z",
                    offset,
                    basis if zone is None else _STATED_OFFSET,
                )
        moment = self._read(raw, basis)
        if moment.utc is not None and int(day[:4]) >= _FIRST_LIKELY_YEAR:
            if in_utc is None:
                self._remember(day, hour, zone, moment)
            elif moment.basis is in_utc and moment.utc == f"{day}T{hour}:{rest}{fraction or '.000'}Z":
                if len(self._likely_days) >= _MOST_DAYS:
                    self._likely_days.clear()
                self._likely_days.add((day, zone, fraction is None))
        return moment

    def locale(self, raw: str, basis: ClockBasis = ClockBasis.ASSUMED_ZONE) -> Moment:
        """Return the moment of a time as a region's settings print it; ISO 8601 is read too. See ``iso``."""
        if raw[4:5] == "-":
            return self.iso(raw, basis)
        printed = printed_hour(raw)
        if printed is None:
            return self._read(raw, basis)
        hour, rest = printed
        known = self._printed.get(hour, _NEW)
        if known and known is not _NEW:
            utc_hour, offset, stated = known
            if not utc_hour:
                self.ambiguous_count += 1
                return Moment(raw, offset_minutes=offset)
            if stated is None:
                self.assumed_count += 1
            return Moment(raw, f"{utc_hour}:{rest}.000Z", offset, basis if stated is None else stated)
        # Worth it for an hour that comes again alone; what it cannot be done for is not tried twice.
        if known is None:
            self._printed[hour] = self._printed_hour(hour) or ()
        elif known is _NEW:
            if len(self._printed) >= _MOST_HOURS:
                self._printed.clear()
            self._printed[hour] = None
        return self._read(raw, basis)

    def notices(self, extraction_id: str) -> Iterator[Notice]:
        """Yield what has to be said once an extraction about the times that were read so far."""
        counts = (
            ("zone_assumed", self.assumed_count, self.time_zone),
            ("clock_not_set", self.not_set_count, None),
            ("day_month_order_unknown", self.ambiguous_count, None),
            ("epoch_unknown", self.epoch_open_count, None),
            ("time_unreadable", self.unreadable_count, self._unreadable_values.told),
        )
        for code, count, subject in counts:
            if count:
                yield Notice(code=code, extraction_id=extraction_id, count=count, subject=subject)

    def _read(self, raw: str, basis: ClockBasis) -> Moment:
        text = to_plain_characters(raw)
        if not text:
            return NO_MOMENT
        written = self._written(text)
        if written is None:
            return self._in_named_zone(raw, text)
        offset = 0 if written.is_utc else written.offset_minutes
        stated = _in_range(offset)
        if written.is_ambiguous:
            self.ambiguous_count += 1
            return Moment(raw, offset_minutes=stated)
        instant = self._instant(written, offset)
        if instant is None:
            return self._unreadable(raw, stated)
        if written.year < _FIRST_LIKELY_YEAR:
            self.not_set_count += 1
        utc = f"{instant.isoformat()}.{written.fraction[:3]:0<3}Z"
        if offset is None:
            self.assumed_count += 1
            return Moment(raw, utc, None, basis)
        return Moment(raw, utc, offset, ClockBasis.STATED_UTC if written.is_utc else ClockBasis.STATED_OFFSET)

    def _written(self, text: str) -> WrittenTime | None:
        return _read_iso(text) or read_written_time(text, self._date_order)

    def _in_named_zone(self, raw: str, text: str) -> Moment:
        """Return the moment of a time that names its zone; an offset that it states as well holds before the zone."""
        named = _IN_NAMED_ZONE.fullmatch(text)
        zone = zone_of(named[2]) if named is not None else None
        written = self._written(named[1]) if named is not None and zone is not None else None
        if named is None or zone is None or written is None:
            return self._unreadable(raw)
        if written.is_utc or written.offset_minutes is not None or written.is_ambiguous:
            return msgspec.structs.replace(self._read(named[1], ClockBasis.ASSUMED_ZONE), raw=raw)
        instant = self._instant(written, None, zone)
        if instant is None:
            return self._unreadable(raw)
        if written.year < _FIRST_LIKELY_YEAR:
            self.not_set_count += 1
        seconds = (instant.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()).total_seconds()
        return Moment(raw, f"{instant.isoformat()}.{written.fraction[:3]:0<3}Z", round(seconds / 60), _STATED_OFFSET)

    def _instant(self, written: WrittenTime, offset: int | None, zone: ZoneInfo | None = None) -> datetime | None:
        """Return the instant to the second as naive UTC, or None for a time that no calendar or no zone has.

        Without an offset it is read in the zone, the clock's own where none is given.

        ISO 8601's 24:00:00 is the midnight that follows; the second 60, which a minute has at the end of a day in UTC
        alone, is the one behind second 59.
        """
        if written.year not in _YEARS or abs(offset or 0) > _WIDEST_OFFSET_MINUTES:
            return None
        is_midnight = (written.hour, written.minute, written.second) == (24, 0, 0) and not written.fraction.strip("0")
        is_leap = written.second == _LEAP_SECOND
        try:
            local = datetime(  # noqa: DTZ001 - the offset is taken off below; None is read in the zone
                written.year,
                written.month,
                written.day,
                0 if is_midnight else written.hour,
                written.minute,
                written.second - is_leap,
            )
        except ValueError:
            return None
        if is_midnight:
            local += timedelta(days=1)
        if offset is not None:
            instant = local - timedelta(minutes=offset)
        else:
            instant = local.replace(tzinfo=zone or self._zone).astimezone(UTC).replace(tzinfo=None)
        if not is_leap:
            return instant
        return instant + timedelta(seconds=1) if (instant.hour, instant.minute) == (23, 59) else None

    def _remember(self, day: str, hour: str, zone: str | None, moment: Moment) -> None:
        """Keep what the other times of this hour can be read from."""
        if zone is None:
            first, last = (self._zone_minutes(f"{day}T{hour}:{rest}") for rest in ("00:00", "59:59"))
            if first != last:
                return
            minutes = first
        else:
            minutes = moment.offset_minutes or 0
        if minutes % 60:
            return
        if len(self._hours) >= _MOST_HOURS:
            self._hours.clear()
        self._hours[day, hour, zone] = ((moment.utc or "")[:13], moment.offset_minutes)

    def _printed_hour(self, hour: tuple[str, str, str]) -> _PrintedHour | None:
        """Return what the times of a printed hour can be read from. None: each has to be read by itself."""
        date, number, zone = hour
        ends = []
        for rest in ("00:00", "59:59"):
            written = read_written_time(f"{date}{number}:{rest}{zone}", self._date_order)
            if written is None:
                return None
            offset = 0 if written.is_utc else written.offset_minutes
            if written.is_ambiguous:
                return "", _in_range(offset), None
            if written.year < _FIRST_LIKELY_YEAR:
                return None
            instant = self._instant(written, offset)
            if instant is None:
                return None
            stated = ClockBasis.STATED_UTC if written.is_utc else ClockBasis.STATED_OFFSET
            ends.append((instant.isoformat(), offset, None if offset is None else stated))
        (first, offset, basis), (last, _, _) = ends
        # Where the zone changes within the hour, or is half an hour off, the hour is none of UTC.
        is_whole = first.endswith(":00:00") and last == f"{first[:13]}:59:59"
        return (first[:13], offset, basis) if is_whole else None

    def _zone_minutes(self, text: str) -> float:
        local = datetime.fromisoformat(text).replace(tzinfo=self._zone)
        return (local.utcoffset() or timedelta()).total_seconds() / 60

    def _unreadable(self, raw: str, offset: int | None = None) -> Moment:
        self.unreadable_count += 1
        self._unreadable_values.add(raw)
        return Moment(raw, offset_minutes=offset)


@lru_cache(maxsize=_NAMED_ZONES)
def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone by its IANA name; None where there is none, as of a folder of zones (``Europe``)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A folder of zones (``Europe``) and a name that leaves the folder raise errors of their own.
        return None


def _in_range(offset: int | None) -> int | None:
    """Return the offset where a zone can have it, else None."""
    return None if offset is None or abs(offset) > _WIDEST_OFFSET_MINUTES else offset


def _read_iso(text: str) -> WrittenTime | None:
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zulu, sign, hours, minutes = match.groups()
    offset = None
    if hours is not None:
        if int(minutes or 0) >= 60:
            return None
        offset = (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    return WrittenTime(
        int(year),
        # A month of 0 is impossible, and not the mark for one that is not told apart.
        int(month) or -1,
        int(day),
        int(hour),
        int(minute),
        int(second or 0),
        fraction or "",
        offset,
        zulu is not None,
    )
