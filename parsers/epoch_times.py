"""Times that are counted from an epoch in UTC: milliseconds or seconds since 1970, seconds or nanoseconds since 2001.

A count of zero is what an application writes where it knows no time. It stays as written, without an instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from parsers.first_values import FirstValues
from parsers.records.notices import Notice
from parsers.records.values import NO_MOMENT, ClockBasis, Moment
from parsers.sqlite_values import number_text

UNIX_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
APPLE_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)

MILLISECONDS: Final = 1_000
NANOSECONDS: Final = 1_000_000_000

_YEARS: Final = range(1900, 2200)
# As in ``parsers.clocks``: before it no handset of these systems was in use.
_FIRST_LIKELY_DATE: Final = "2005"
_SECONDS_OF_HOUR: Final = 3_600
_MOST_HOURS: Final = 20_000
_MOST_SECONDS: Final = 10**11
# Written once: formatting four numbers takes longer than everything else about a time.
_SECONDS: Final = tuple(f"{second // 60:02}:{second % 60:02}." for second in range(_SECONDS_OF_HOUR))
_MILLISECONDS: Final = tuple(f"{count:03}Z" for count in range(1_000))
_STATED_UTC: Final = ClockBasis.STATED_UTC
_NANOSECONDS_ABOVE: Final = 10**11
"""A count since 2001 above this is in nanoseconds: in seconds it would lie beyond the year 5000."""


class EpochClock:
    """Reads counted times, and counts what was odd about them.

    Attributes:
        unreadable_count: Counts that are no time: zero, or outside the years 1900 to 2199.
        not_set_count: Times before 2005; their instant is given all the same.
    """

    def __init__(self) -> None:
        self.unreadable_count = 0
        self._unreadable_values = FirstValues()
        self.not_set_count = 0
        self._unix_hours: dict[int, str] = {}
        self._apple_hours: dict[int, str] = {}

    def unix(self, count: float | None, per_second: int = MILLISECONDS) -> Moment:
        """Return the moment of a count since 1970. None: there is no time."""
        if count is None:
            return NO_MOMENT
        return self._moment(count, UNIX_EPOCH, self._unix_hours, per_second)

    def apple(self, count: float | None) -> Moment:
        """Return the moment of a count since 2001, in seconds or (from iOS 11 on) in nanoseconds."""
        if count is None:
            return NO_MOMENT
        is_fine = abs(count) > _NANOSECONDS_ABOVE
        return self._moment(count, APPLE_EPOCH, self._apple_hours, NANOSECONDS if is_fine else 1)

    def notices(self, extraction_id: str) -> Iterator[Notice]:
        """Yield what has to be said once an extraction about the times that were read so far."""
        counts = (
            ("clock_not_set", self.not_set_count, None),
            ("time_unreadable", self.unreadable_count, self._unreadable_values.told),
        )
        for code, count, subject in counts:
            if count:
                yield Notice(code=code, extraction_id=extraction_id, count=count, subject=subject)

    def _moment(self, count: float, epoch: datetime, hours: dict[int, str], per_second: int) -> Moment:
        # Whole numbers are divided as such: a float holds no nanoseconds of this century.
        if isinstance(count, int):
            seconds, rest = divmod(count, per_second)
            milliseconds = rest * 1_000 // per_second
            number, second = divmod(seconds, _SECONDS_OF_HOUR)
            hour = hours.get(number)
            if hour is not None and hour >= _FIRST_LIKELY_DATE:
                # Nearly all of them: what was found of an hour's first time holds for the rest of the hour.
                return Moment(str(count), f"{hour}{_SECONDS[second]}{_MILLISECONDS[milliseconds]}", 0, _STATED_UTC)
        raw = number_text(count)
        if count == 0 or abs(count) > _MOST_SECONDS * per_second:
            return self.unreadable(raw)
        if not isinstance(count, int):
            # A float of this century is exact to the microsecond only.
            seconds, milliseconds = divmod(round(count / per_second * 1_000_000) // 1_000, 1_000)
            number, second = divmod(seconds, _SECONDS_OF_HOUR)
        hour = hours.get(number) or _hour(epoch, number, hours)
        if hour is None:
            return self.unreadable(raw)
        if hour < _FIRST_LIKELY_DATE:
            self.not_set_count += 1
        return Moment(raw, f"{hour}{_SECONDS[second]}{_MILLISECONDS[milliseconds]}", 0, _STATED_UTC)

    def unreadable(self, raw: str) -> Moment:
        """Return a moment without an instant, for what is no time; it is counted."""
        self.unreadable_count += 1
        self._unreadable_values.add(raw)
        return Moment(raw)


def _hour(epoch: datetime, number: int, hours: dict[int, str]) -> str | None:
    """Return date and hour so many hours after the epoch. None: no calendar has it, or no handset could."""
    try:
        instant = epoch + timedelta(hours=number)
    except OverflowError:
        return None
    if instant.year not in _YEARS:
        return None
    if len(hours) >= _MOST_HOURS:
        hours.clear()
    found = hours[number] = f"{instant:%Y-%m-%dT%H:}"
    return found


def stated(moment: Moment) -> Moment | None:
    """Return a moment for where an absent time is None."""
    return None if moment == NO_MOMENT else moment
