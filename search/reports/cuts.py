"""Long lists on pages: cut at a limit that the page states, and never for the sake of a few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

_SLACK: Final = 1.5


class Cut(msgspec.Struct, frozen=True):
    """A list that may be cut: what is shown, and how many there are."""

    items: tuple[Any, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.items)


def shown_of(total: int, limit: int) -> int:
    """Return how many of a list are shown: all, where the limit would leave out a few only."""
    return total if total <= limit * _SLACK else limit


def cut(items: Sequence[Any], limit: int) -> Cut:
    """Return the beginning of a list."""
    return Cut(tuple(items[: shown_of(len(items), limit)]), len(items))


def cut_latest(items: Sequence[Any], limit: int, last_at: Callable[[Any], str | None]) -> Cut:
    """Return the items that were last seen latest, in the order given; those without one (None) are cut first."""
    latest = sorted(range(len(items)), key=lambda place: (last_at(items[place]) or "", place), reverse=True)
    return Cut(tuple(items[place] for place in sorted(latest[: shown_of(len(items), limit)])), len(items))


def shares(sizes: Sequence[int], limit: int) -> list[int]:
    """Return how many of each list are shown where all of them together have a limit, so that none is crowded out."""
    room = shown_of(sum(sizes), limit)
    given = [0] * len(sizes)
    waiting = [place for place, size in enumerate(sizes) if size]
    while room and waiting:
        each = max(1, room // len(waiting))
        for place in waiting[:room]:
            more = min(each, sizes[place] - given[place], room)
            given[place] += more
            room -= more
        waiting = [place for place in waiting if given[place] < sizes[place]]
    return given
