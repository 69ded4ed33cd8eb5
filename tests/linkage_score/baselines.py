"""Single rules, for comparison: what linkage would be worth if it looked at one thing alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

from tests.linkage_score.matching import folded
from tests.linkage_score.outcome import Outcome, Pair
from tests.linkage_worlds.seizure import Held

_LEAST_WORDS = 5


def _numbers(held: Held, outcome: Outcome) -> Iterator[str]:
    del outcome
    for text in held.every_text():
        yield from (other.number for other in text.peers if other.number)
    for call in held.calls:
        if call.peer.number:
            yield call.peer.number


def _nicknames(held: Held, outcome: Outcome) -> Iterator[str]:
    for text in held.every_text():
        said = outcome.texts.get(text.body or "")
        if said is not None and said.is_advert and said.line:
            yield folded(said.line)


def _texts(held: Held, outcome: Outcome) -> Iterator[str]:
    del outcome
    for text in held.every_text():
        words = (text.body or "").casefold().split()
        if len(words) >= _LEAST_WORDS:
            yield " ".join(words)


RULES: dict[str, Callable[[Held, Outcome], Iterator[str]]] = {
    "any shared number": _numbers,
    "same nickname": _nicknames,
    "same text": _texts,
}


def linked_by(rule: str, everything: list[Held], outcome: Outcome) -> set[Pair]:
    """Return the pairs of phones that have something in common by the rule."""
    holders: dict[str, set[str]] = defaultdict(set)
    for held in everything:
        for key in RULES[rule](held, outcome):
            holders[key].add(held.phone.key)
    return {pair for phones in holders.values() for pair in combinations(sorted(phones), 2)}
