"""Shifts that bring the broadcasts of one phone onto copies on others, as a wrong clock asks for (``clocks``)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from typing import Final

import msgspec

from search.contract import Flare
from search.linkage.instants import to_seconds

PAD_SECONDS: Final = 300.0
"""How long a text may take, and how far the clocks of the other phones may be out."""


class Burst(msgspec.Struct, frozen=True):
    """A broadcast as a phone dated it, in seconds since 1970, and the copies of its wording by their instant."""

    begin: float
    end: float
    copies: Sequence[tuple[float, str]]
    device_id: str

    def without(self, phone: str) -> Burst | None:
        """Return it without the copies of a phone. None: no other phone holds any."""
        left = [copy for copy in self.copies if copy[1] != phone]
        is_held = any(held != self.device_id for _, held in left)
        return msgspec.structs.replace(self, copies=left) if is_held else None


def bursts_of(
    flares: Iterable[Flare], copies_of: Callable[[Flare], Sequence[tuple[float, str]]], device_id: str
) -> Iterator[Burst]:
    """Yield broadcasts as a phone dated them.

    Args:
        flares: The broadcasts.
        copies_of: Returns the copies of one in order of time, each with its phone.
        device_id: The phone.
    """
    for flare in flares:
        yield Burst(to_seconds(flare.started_at), to_seconds(flare.ended_at), copies_of(flare), device_id)


def beside(burst: Burst, shift: float) -> Iterator[tuple[float, str]]:
    """Yield the copies that lie on the broadcast when it is moved by the shift."""
    place = bisect_left(burst.copies, (burst.begin + shift - PAD_SECONDS,))
    while place < len(burst.copies) and burst.copies[place][0] <= burst.end + shift + PAD_SECONDS:
        if burst.copies[place][1] != burst.device_id:
            yield burst.copies[place]
        place += 1


def rarest(bursts: Iterable[Burst], most_pairs: int) -> list[Burst]:
    """Return those of fewest copies, as many as are compared at every shift.

    Args:
        bursts: Broadcasts.
        most_pairs: Of broadcasts and copies.
    """
    kept, pairs = [], 0
    for burst in sorted(bursts, key=lambda burst: (len(burst.copies), burst.begin)):
        pairs += len(burst.copies)
        if pairs > most_pairs:
            break
        kept.append(burst)
    return kept


def exact_shift(bursts: Sequence[Burst], shift: float) -> float:
    """Return the shift to the second where most copies lie within the broadcasts, with no time left for the way."""
    reach = 2 * PAD_SECONDS + max(burst.end - burst.begin for burst in bursts)
    return Shifts(bursts, 0.0, by_copy=True).best(lambda other: abs(other - shift) <= reach)[1] or shift


def middle_shift(bursts: Sequence[Burst], shift: float) -> float:
    """Return the median of what parts received texts from the copies beside them."""
    return median(at - burst.begin for burst in bursts for at, _ in beside(burst, shift))


class Shifts:
    """Shifts that bring broadcasts onto copies.

    Args:
        bursts: The broadcasts.
        pad: Seconds by which a copy may lie outside.
        by_copy: Count copies, and not broadcasts that have any.
    """

    def __init__(self, bursts: Sequence[Burst], pad: float, *, by_copy: bool = False) -> None:
        self._by_copy = by_copy
        ends: list[tuple[float, int, int]] = []
        for place, burst in enumerate(bursts):
            for at, phone in burst.copies:
                if phone != burst.device_id:
                    ends += [(at - burst.end - pad, 0, place), (at - burst.begin + pad, 1, place)]
        self._ends = sorted(ends)

    def best(self, is_asked: Callable[[float], bool]) -> tuple[int, float]:
        """Return how many the best of the shifts asked for brings onto copies, and that shift."""
        held: dict[int, int] = defaultdict(int)
        every = distinct = 0
        best, shift = 0, 0.0
        for place, (at, is_end, burst) in enumerate(self._ends):
            step = -1 if is_end else 1
            every += step
            distinct += (held[burst] == 0) if step > 0 else -(held[burst] == 1)
            held[burst] += step
            count = every if self._by_copy else distinct
            if count > best and place + 1 < len(self._ends):
                middle = (at + self._ends[place + 1][0]) / 2
                if is_asked(middle):
                    best, shift = count, middle
        return best, shift
