"""What copies on other phones and broadcasts of a handset have to do with each other in time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from search.contract import Edge, Flare
from search.linkage.instants import to_seconds
from search.linkage.keys import LISTED_ROLES

MINUTE: Final = 60.0
PAD_SECONDS: Final = 60.0
"""Before and after a broadcast in which copies of it come in."""


class Copy(NamedTuple):
    """A copy that a phone received: when, from whom, and in which record."""

    second: float
    sender: str
    record_id: str


class Listed(NamedTuple):
    """A party on the list of a handset, with the first and the last text that it sent to it, in seconds since 1970.

    Of one person's two handsets both are the one party.
    """

    party: str
    first: float
    last: float


def begun_about(begins: Sequence[tuple[float, str]], second: float, most: float) -> Iterator[str]:
    """Yield the parties to which the first text went so many seconds from it at most; ``begins`` is in order."""
    place = bisect_left(begins, (second - most,))
    while place < len(begins) and begins[place][0] <= second + most:
        yield begins[place][1]
        place += 1


def ends_of_list(edge: Edge) -> tuple[float, ...]:
    """Return when the first and the last text went to a party on the list; empty for any other edge."""
    if edge.role not in LISTED_ROLES or edge.first_at is None or edge.last_at is None:
        return ()
    return to_seconds(edge.first_at), to_seconds(edge.last_at)


def second_of(copy: Copy) -> float:
    """Return when a copy came."""
    return copy.second


def is_in_minute(one: float, other: float) -> bool:
    """Whether one of the instants is dated to the minute, and the other lies in that minute."""
    earlier, later = min(one, other), max(one, other)
    return earlier % MINUTE == 0 and later - earlier < MINUTE


def overlaps(flare: Flare, begin: float, end: float) -> bool:
    """Whether a broadcast was under way between two instants."""
    return to_seconds(flare.started_at) <= end and to_seconds(flare.ended_at) >= begin


def day_count(flares: Iterable[Flare]) -> int:
    """Return on how many days (UTC) broadcasts began."""
    return len({flare.started_at[:10] for flare in flares})


def most_days_shown(
    number: str,
    flares: Iterable[Flare],
    copies_of: Mapping[str, Mapping[str, Sequence[Copy]]],
    without: Collection[str],
) -> int:
    """Return on how many days the phone that shows the most got copies of these broadcasts from a number.

    Args:
        number: The number.
        flares: The broadcasts.
        copies_of: What each phone received, in order of time, by template.
        without: Phones that do not count.
    """
    days: dict[str, set[str]] = defaultdict(set)
    for flare in flares:
        begin, end = to_seconds(flare.started_at) - PAD_SECONDS, to_seconds(flare.ended_at) + PAD_SECONDS
        for device_id, copies in copies_of.get(flare.template_id, {}).items():
            place = bisect_left(copies, begin, key=second_of)
            within = copies[place : bisect_right(copies, end, lo=place, key=second_of)]
            if device_id not in without and any(copy.sender == number for copy in within):
                days[device_id].add(flare.started_at[:10])
    return max(map(len, days.values()), default=0)
