"""The order of day and month of a report's times, durations, and instants in seconds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Self

from parsers.bracketed_times import read_time, without_clock
from parsers.clocks import Clock
from parsers.locale_times import decide_date_order, read_written_time
from parsers.plain_characters import to_plain_characters
from parsers.remembered import Remembered

_CLEAR: Final = 3
_MOST_CHARS: Final = 100
_NO_TIME: Final = "?"
_MINUTES = re.compile("(?<=[0-9]:)[0-5][0-9](?::[0-5][0-9])?(?![0-9:.])")


def _order_of(raw: str) -> str | None:
    """Return the order of day and month that a value as written shows. None: it shows none, or is no time."""
    text = to_plain_characters(without_clock(raw)[0])
    order = decide_date_order((text,))
    return order if order is not None and read_written_time(text, None) is not None else None


class DateOrders:
    """Counts the dates of a file that can be read one way only."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._known = Remembered[tuple[str, str], str | None]()

    @classmethod
    def sum_of(cls, orders: Iterable[Self]) -> Self:
        """Return the counts of several files as those of one."""
        total = cls()
        for each in orders:
            total.counts.update(each.counts)
        return total

    def add(self, raw: str) -> None:
        """Take a value as written; what is no time (a number of a firmware that looks like a date) tells nothing."""
        minutes = _MINUTES.search(raw)
        if minutes is None:
            shown = _order_of(raw)
        else:
            # Of the dates of one hour, one tells what all do.
            hour = raw[: minutes.start()], raw[minutes.end() :]
            shown = self._known.get(hour, _NO_TIME)
            if shown == _NO_TIME:
                shown = _order_of(raw)
                self._known.keep(hour, shown, len(raw))
        if shown is not None:
            self.counts[shown] += 1

    def decided(self) -> str | None:
        """Return the order that the dates show. None: none of them shows one, or they contradict each other.

        One date that fell out of line, or was written into a text, must not leave all the others without an instant.
        """
        ranked = self.counts.most_common(2)
        if not ranked:
            return None
        others = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if not others or ranked[0][1] >= _CLEAR * others + _CLEAR else None

    @property
    def is_mixed(self) -> bool:
        """Whether both orders were shown."""
        return len(self.counts) > 1


def duration_seconds(text: str | None) -> float | None:
    """Return seconds of ``00:01:05``, ``1:05``, ``1.02:03:04``, ``65``, ``65 s`` or ``1 min 5 s``.

    None: absent, or in another form.
    """
    if text is None:
        return None
    text = text.strip()[:_MOST_CHARS]
    found = _DURATION.fullmatch(text)
    if found is not None and found["bare"] is not None:
        return float(found["bare"])
    found = found or (_DURATION_IN_WORDS.fullmatch(text) if text else None)
    if found is None:
        return None
    parts = found.groupdict()
    days, hours, minutes, seconds = (float(parts.get(name) or 0) for name in ("days", "hours", "minutes", "seconds"))
    return days * 86_400 + hours * 3_600 + minutes * 60 + seconds


_DURATION = re.compile(
    r"(?P<bare>[0-9]{1,9}(?:\.[0-9]{1,6})?)(?:\s*(?:s|sec|secs|seconds?))?"
    r"|(?:(?:(?P<days>[0-9]{1,4})\.)?(?P<hours>[0-9]{1,4}):)?(?P<minutes>[0-9]{1,2}):(?P<seconds>[0-9]{1,2}(?:\.[0-9]{1,6})?)"
    r"(?:\s*\((?:hh?:)?mm?:ss\))?",
    re.IGNORECASE,
)
_DURATION_IN_WORDS = re.compile(
    r"(?:(?P<hours>[0-9]{1,4})\s?h(?:ours?|rs?)?[\s,]*)?(?:(?P<minutes>[0-9]{1,4})\s?m(?:in(?:ute)?s?)?[\s,]*)?"
    r"(?:(?P<seconds>[0-9]{1,4})\s?s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)


def seconds_of(raw: str | None, clock: Clock, region: str) -> int | None:
    """Return seconds since 1970 of a time as written, in a region (ISO 3166 code). None: it has no instant."""
    utc = read_time(raw, clock, region).utc
    return int(datetime.fromisoformat(utc).timestamp()) if utc is not None else None
