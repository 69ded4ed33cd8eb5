"""What is said of two numbers that did not join by themselves, where both are of one line all the same.

By way of others, or because a person took two lines for one: what speaks against that is said beside the decision.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from search.linkage.joining.kept_apart import KeptApart
from search.linkage.joining.rulings import MERGED
from search.linkage.model import Join


def said_of_apart(apart: Iterable[KeptApart], numbers: Sequence[str], joins: Iterable[Join]) -> list[str]:
    """Return what is said of senders that did not join, and of two numbers of the line nothing that says they did not.

    Args:
        apart: What was not joined, one of which is of the line at least.
        numbers: Those of the line.
        joins: What joins them.
    """
    ways, of_line = _Ways(join for join in joins if join.kind != MERGED), frozenset(numbers)
    found = []
    for held in apart:
        if held.one not in of_line or held.other not in of_line:
            found.append(held.sentence)
        elif between := ways.between(held.one, held.other):
            found.append(held.joined_through(between))
        elif not ways.are_joined(held.one, held.other):
            found.append(held.merged)
    return found


class _Ways:
    """The shortest ways of joins. What was searched from a number is kept: of many pairs one is the same number."""

    def __init__(self, joins: Iterable[Join]) -> None:
        self._beside: dict[str, dict[str, None]] = {}
        for join in sorted(joins, key=lambda join: (join.older, join.newer)):
            self._beside.setdefault(join.older, {})[join.newer] = None
            self._beside.setdefault(join.newer, {})[join.older] = None
        self._searched: dict[str, tuple[dict[str, str], deque[str]]] = {}

    def between(self, one: str, other: str) -> list[str]:
        """Return what lies between two numbers on a shortest way; nothing where they are joined, or none is."""
        before = self._search(one, other)
        way: list[str] = []
        place = before.get(other, one)
        while place != one:
            way.append(place)
            place = before[place]
        return way[::-1]

    def are_joined(self, one: str, other: str) -> bool:
        """Whether a join is of two numbers themselves."""
        return other in self._beside.get(one, {})

    def _search(self, one: str, other: str) -> Mapping[str, str]:
        """Search on from a number until the other is found; return from where each number found was come to."""
        before, waiting = self._searched.setdefault(one, ({one: one}, deque([one])))
        while waiting and other not in before:
            place = waiting.popleft()
            beside = self._beside.get(place, {})
            # most are found already where many numbers join each other
            if not beside.keys() <= before.keys():
                fresh = [following for following in beside if following not in before]
                before.update(dict.fromkeys(fresh, place))
                waiting.extend(fresh)
        return before
