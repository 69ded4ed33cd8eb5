"""What is said of two numbers that did not join by themselves, where both are of one line by way of others."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from search.linkage.model import Join

_KEPT_APART: Final = re.compile(
    r"(?P<one>\S+) (?:and|sent its customers to) (?P<other>\+?[^\s;]+)(?P<said>.*); (?:both sent [^,]*, and )?"
    r"(?P<what>wording and time|recipients, wording and names) do not bear out one line, so they were kept apart \(.*"
)


def joined_otherwise(conflicts: Iterable[str], numbers: Sequence[str], joins: Iterable[Join]) -> list[str]:
    """Return what speaks against a line, with nothing in it that says of two numbers of the line that they are not.

    Args:
        conflicts: Sentences.
        numbers: Those of the line.
        joins: What joins them.
    """
    beside: dict[str, dict[str, None]] = {}
    for join in sorted(joins, key=lambda join: (join.older, join.newer)):
        beside.setdefault(join.older, {})[join.newer] = None
        beside.setdefault(join.newer, {})[join.older] = None
    found = []
    for sentence in conflicts:
        match = _KEPT_APART.fullmatch(sentence)
        if match is None or match["one"] not in numbers or match["other"] not in numbers:
            found.append(sentence)
            continue
        between = _way(match["one"], match["other"], beside)
        if between:
            head = sentence[: match.end("said")]
            found.append(
                f"{head}; by themselves {match['what']} do not join them: they are joined through "
                f"{' and '.join(between)}."
            )
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
