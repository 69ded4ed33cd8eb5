"""The name that a line had before, where a text says it beside the one that it has now: ``ex Frank now Sunny``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from nlp.nicknames.name_features import Candidate
from nlp.nicknames.word_table import SPACE, WordTable

Weighed = tuple[float, Candidate]

_BEFORE_FORMER: Final = (("ex",), ("formerly",), ("previously",), ("used", "to", "be"), ("use", "to", "be"))
_BEHIND_FORMER: Final = (
    ("no", "more"),
    ("is", "now"),
    ("are", "now"),
    ("is", "finished"),
    ("is", "done"),
    ("is", "dead"),
)
_BEFORE_NEW: Final = (
    ("now",),
    ("now", "called"),
    ("now", "known", "as"),
    ("call", "me"),
    ("call", "us"),
    ("its",),
    ("we",),
    ("we", "are"),
    ("we", "r"),
)
_TELLING: Final = frozenset(phrase[-1] for phrase in (*_BEFORE_FORMER, *_BEHIND_FORMER))
"""Without one of these words a text says nothing of a former name: nine in ten texts end there."""


def with_former_lent(table: WordTable, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the candidates of a text without those that a line was called before, where another says what it is now.

    What tells of the former one that it is a name tells it of the other. A text that gives no other name keeps it: "ex
    Frank, both on" is said by who goes on by it.
    """
    if _TELLING.isdisjoint([word.plain for word in table.words]):
        return [*weighed]
    former = [(odds, each) for odds, each in weighed if _is_former(table, each)]
    if not former:
        return [*weighed]
    taken = {at for _, each in former for at in range(each.first, each.last)}
    most = max(odds for odds, _ in former)
    others = [(odds, each) for odds, each in weighed if taken.isdisjoint(range(each.first, each.last))]
    new = [pair for pair in others if _follows(table, pair[1].first, _BEFORE_NEW)]
    if not new:
        return [*weighed]
    likeliest = max(new, key=_odds)
    return [(max(odds, most), each) if each is likeliest[1] else (odds, each) for odds, each in others]


def _odds(pair: Weighed) -> float:
    return pair[0]


def _is_former(table: WordTable, each: Candidate) -> bool:
    first = each.first
    begins = [first]
    if first and table.words[first - 1].is_title and table.gaps[first - 1] == SPACE:
        begins.append(first - 1)  # "ex Young Frank" of "Frank"
    return any(_follows(table, at, _BEFORE_FORMER) for at in begins) or _is_followed(table, each.last, _BEHIND_FORMER)


def _follows(table: WordTable, at: int, phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands right before a word."""
    return any(
        at >= len(phrase) and _words(table, at - len(phrase), at) == phrase and table.gaps[at - 1] == SPACE
        for phrase in phrases
    )


def _is_followed(table: WordTable, at: int, phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(
        at + len(phrase) <= len(table) and _words(table, at, at + len(phrase)) == phrase and table.gaps[at - 1] == SPACE
        for phrase in phrases
    )


def _words(table: WordTable, first: int, last: int) -> tuple[str, ...]:
    return tuple(word.plain for word in table.words[first:last])
