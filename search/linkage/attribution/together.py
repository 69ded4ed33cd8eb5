"""Texts that stand on several phones at about the same time: a broadcast leaves them, talk with one person does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from search.linkage.instants import to_seconds

TOGETHER_SECONDS = 3600.0
"""Copies of one wording on two phones within so long, or twice that, are of one broadcast: one to two thousand people
takes an hour or two by a program, and by hand a list of fifty takes less."""

DELIVERY_SECONDS = 60.0
"""Clocks of two phones, and the time that a text is under way."""

Trace = tuple[str, str, str]
"""First and last instant of a text on a phone, and the device."""


def share_together(traces: Iterable[Trace]) -> float:
    """Return the share of the texts that have one on another phone at about the same time; 0 where there are none."""
    found = are_each_together(traces)
    return sum(found) / len(found) if found else 0.0


def are_each_together(traces: Iterable[Trace]) -> list[bool]:
    """Return, for each text in their order, whether one on another phone came at about the same time."""
    placed = [(_slots(first, last), device_id) for first, last, device_id in traces]
    devices_in: dict[int, set[str]] = defaultdict(set)
    for slots, device_id in placed:
        for slot in slots:
            devices_in[slot].add(device_id)
    found = []
    for slots, device_id in placed:
        near = (devices_in.get(slot, ()) for slot in range(slots.start - 1, slots.stop + 1))
        found.append(any(len(held) > 1 or (held and device_id not in held) for held in near))
    return found


def are_together(traces: Iterable[Trace]) -> bool:
    """Whether some text has one on another phone at about the same time."""
    device_in: dict[int, str] = {}
    for first, last, device_id in traces:
        for slot in _slots(first, last):
            if device_in.setdefault(slot, device_id) != device_id:
                return True
    return any(device_in.get(slot + 1, device_id) != device_id for slot, device_id in device_in.items())


def _slots(first: str, last: str) -> range:
    """Return the stretches of time that a text lies in, by number; texts in neighbouring ones are together."""
    begin = int(to_seconds(first) // TOGETHER_SECONDS)
    return range(begin, (begin if last == first else int(to_seconds(last) // TOGETHER_SECONDS)) + 1)
