"""What is said of two numbers that did not join by themselves, where both are of one line by way of others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from search.linkage.joining.kept_apart import KeptApart
from search.linkage.model import Join


def said_of_apart(apart: Iterable[KeptApart], numbers: Sequence[str], joins: Iterable[Join]) -> list[str]:
    """Return what is said of senders that did not join, and of two numbers of the line nothing that says they did not.

    Args:
        apart: What was not joined, one of which is of the line at least.
        numbers: Those of the line.
        joins: What joins them.
    """
    beside: dict[str, dict[str, None]] = {}
    for join in sorted(joins, key=lambda join: (join.older, join.newer)):
        beside.setdefault(join.older, {})[join.newer] = None
        beside.setdefault(join.newer, {})[join.older] = None
    found = []
    for held in apart:
        if held.one not in numbers or held.other not in numbers:
            found.append(held.sentence)
        elif between := _way(held.one, held.other, beside):
            found.append(held.joined_through(between))
    return found


def _way(one: str, other: str, beside: Mapping[str, Iterable[str]]) -> list[str]:
    """Return what lies between two numbers on the shortest way of joins; nothing where they are joined, or none is."""
    before: dict[str, str] = {one: one}
    waiting = deque([one])
    while waiting and other not in before:
        place = waiting.popleft()
        for following in beside.get(place, ()):
            if following not in before:
                before[following] = place
                waiting.append(following)
    way: list[str] = []
    place = before.get(other, one)
    while place != one:
        way.insert(0, place)
        place = before[place]
    return way
