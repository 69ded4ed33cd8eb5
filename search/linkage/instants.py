"""Instants of edges as seconds, and the days between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

DAY_SECONDS = 86_400.0
CLOCKS_RUN_FROM: Final = "2002"
"""Instants before are of clocks that had been reset, to 1970, 1980, 2000 or 2001: they date nothing beside others."""
_MOST_REMEMBERED = 262_144


class _Instants(dict[str, float]):
    """Seconds by instant, each read once: linkage asks for some sixty thousand of them a million times."""

    def __missing__(self, utc: str) -> float:
        seconds = datetime.fromisoformat(utc).timestamp()
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[utc] = seconds
        return seconds


to_seconds: Final[Callable[[str], float]] = _Instants().__getitem__
"""Returns seconds since 1970 of an RFC 3339 instant with ``Z``. A look into a dictionary takes half of what a call of a
function that remembers does."""


def days_between(earlier: str, later: str) -> float:
    """Return days from the first instant to the second; negative where the second lies before the first."""
    return (to_seconds(later) - to_seconds(earlier)) / DAY_SECONDS


def days_after(instant: str, days: float) -> str:
    """Return the instant so many days later."""
    later = datetime.fromisoformat(instant) + timedelta(days=days)
    return later.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_of(seconds: float) -> str:
    """Return the instant so many seconds since 1970, as edges write it."""
    written = datetime.fromtimestamp(seconds, tz=UTC).isoformat(timespec="milliseconds")
    return written.replace("+00:00", "Z")


def earliest(instants: Iterable[str | None]) -> str | None:
    """Return the earliest of the instants that are known; None where none is."""
    return min((instant for instant in instants if instant is not None), key=to_seconds, default=None)


def latest(instants: Iterable[str | None]) -> str | None:
    """Return the latest of the instants that are known; None where none is."""
    return max((instant for instant in instants if instant is not None), key=to_seconds, default=None)


def lies_within(instant: str, first: str | None, last: str | None, pad_days: float) -> bool:
    """Whether the instant lies in the period, padded on both sides. An unknown end does not bound it."""
    at, least = to_seconds(instant), -pad_days * DAY_SECONDS
    if first is not None and at - to_seconds(first) < least:
        return False
    return last is None or to_seconds(last) - at >= least


def periods_touch(a: tuple[str | None, str | None], b: tuple[str | None, str | None], pad_days: float) -> bool:
    """Whether two periods overlap or lie at most so many days apart. A period without instants touches none."""
    if a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        return False
    return days_between(a[0], b[1]) >= -pad_days and days_between(b[0], a[1]) >= -pad_days
