"""Letters that stand apart in a text, and what of them may be a name: ``R I C O``, ``L U C O 2 mins away``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

SPACED: Final = re.compile(r"(?<![\w'])[a-z](?:[^\w\n']{1,3}[a-z0-9]){1,11}(?![\w'])")
_CAPITALS_APART: Final = re.compile(r"[A-Z](?:[^\w\n]{1,3}[A-Z])+(?!\w)")
_COUNTED: Final = re.compile(r" ?(?:m(?:in)?s?|minutes?|h(?:ou)?rs?|for|x|quid)\b", re.IGNORECASE)
"""What a number counts, so that it is no part of a name before it."""
_FEWEST_EVEN: Final = 3


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch of letters apart, and what of it may be the name: without numbers behind, without small letters.

    ``L U C O 2 mins away`` is Luco, and ``C L A R E i s o n`` Clare.
    """
    whole = text[start:end]
    yield from _evenly_apart(whole, start)
    counted = _COUNTED.match(text, end)
    if counted and (bare := whole.rstrip("0123456789 ")) != whole:
        yield start, start + len(bare)
        return
    yield start, end
    found = _CAPITALS_APART.match(whole)
    if found and found.end() < len(whole):
        yield start, start + found.end()
    elif not found and (bare := whole.rstrip("0123456789 ")) != whole:
        yield start, start + len(bare)


def _evenly_apart(whole: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a stretch with one thing between all letters: ``T H U N D E R`` before ``: b, w``."""
    places = [at for at, char in enumerate(whole) if char.isalnum()]
    gaps = [whole[one + 1 : other] for one, other in pairwise(places)]
    first = 0
    for at in range(1, len(gaps) + 1):
        if at == len(gaps) or gaps[at] != gaps[first]:
            if at - first + 1 >= _FEWEST_EVEN and at - first < len(gaps):
                yield start + places[first], start + places[at] + 1
            first = at
