"""Clocks that were wrong, as phones' broadcasts and first messages show, in words and by how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low
from typing import Any, Final

from search.linkage.instants import CLOCKS_RUN_FROM
from search.linkage.model import ClockShift, PlacedFlare
from search.linkage.phrases import counted, span_words


def clocks_of_flares(flares: Iterable[PlacedFlare]) -> dict[str, list[tuple[ClockShift, int]]]:
    """Return the shifts that bring broadcasts onto copies on other phones, with how many do so, by device id.

    One for each extraction and way; the times of the broadcasts are those of its records.
    """
    held: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for placed in flares:
        if placed.clock_seconds:
            is_received = placed.flare.direction != "sent"
            held[placed.device_id, placed.flare.extraction_id, is_received].append(placed.clock_seconds)
    found: dict[str, list[tuple[ClockShift, int]]] = defaultdict(list)
    for (device_id, extraction_id, is_received), shifts in sorted(held.items()):
        found[device_id].append((ClockShift(extraction_id, median_low(shifts), is_received), len(shifts)))
    return found


def with_flares(clocks: Sequence[ClockShift], shown: Iterable[tuple[ClockShift, int]]) -> list[ClockShift]:
    """Return the clocks of a device that are known otherwise, and those that its broadcasts alone show."""
    known = {(clock.extraction_id, clock.is_of_received) for clock in clocks}
    return [*clocks, *(clock for clock, _ in shown if (clock.extraction_id, clock.is_of_received) not in known)]


def clock_sentences(
    clocks: Sequence[ClockShift], shown: Iterable[tuple[ClockShift, int]], first_message_at: str | None
) -> Iterable[str]:
    """Yield what is wrong with the clock of a phone, where no reason says so already.

    Args:
        clocks: Those that a reason says.
        shown: Those that broadcasts show, with how many.
        first_message_at: The phone's first message.
    """
    known = {(clock.extraction_id, clock.is_of_received) for clock in clocks}
    for clock, count in shown:
        if (clock.extraction_id, clock.is_of_received) not in known:
            done = "got" if clock.is_of_received else "sent"
            yield (
                f"The clock was wrong, {_how_far(clock.seconds)}: {counted(count, 'broadcast')} "
                f"that it {done} and other phones hold too {'is' if count == 1 else 'are'} so dated."
            )
    if is_unset(first_message_at):
        yield (
            f"The first message is dated {str(first_message_at)[:10]}, as by a clock that was not set: times of this "
            "phone about then are no dates."
        )


def clock_words_of(devices: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return what is wrong with the clocks of phones in few words, by extraction.

    Args:
        devices: Those of a report.
    """
    found: dict[str, tuple[str, ...]] = {}
    for device in devices:
        unset = ("clock not set at first",) if is_unset(device["first_message_at"]) else ()
        for extraction_id in device["extraction_ids"]:
            ways: dict[str, set[bool]] = {}
            for clock in device.get("wrong_clocks", ()):
                if clock["extraction_id"] == extraction_id:
                    ways.setdefault(_how_far(clock["shift_seconds"]), set()).add(clock["is_of_received"])
            wrong = (f"clock {how_far}{_WAYS[frozenset(of)]}" for how_far, of in ways.items())
            if words := (*wrong, *unset):
                found[extraction_id] = words
    return found


_WAYS: Final = {
    frozenset({True, False}): "",
    frozenset({True}): " for what it got",
    frozenset({False}): " for what it sent",
}


def _how_far(seconds: int) -> str:
    """Return how far a clock is out by what must be added to its times."""
    return f"about {span_words(abs(seconds))} {'behind' if seconds > 0 else 'ahead'}"


def is_unset(first_message_at: str | None) -> bool:
    """Whether the first message of a phone is dated as by a clock that nobody had set."""
    return first_message_at is not None and first_message_at < CLOCKS_RUN_FROM
