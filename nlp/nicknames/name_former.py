"""The name that a line had before, where a text says it beside the one that it has now: ``ex Frank now Sunny``."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final

from nlp.nicknames.name_features import Candidate
from nlp.nicknames.word_table import SPACE, WordTable

Weighed = tuple[float, Candidate]

_BEFORE_FORMER: Final = (("ex",), ("formerly",), ("previously",), ("used", "to", "be"), ("use", "to", "be"))
_RENAMED: Final = (
    *(("name", "from"), ("name", "changed", "from"), ("names", "changed", "from"), ("name", "change", "from")),
    *(("renamed", "from"), ("rebranded", "from")),
)
"""Before the former name where "to" stands between it and the new one: "changed name from Otis to Marlo"."""
_TO: Final = "to"
_TAKEN_OVER: Final = (
    *(("taken", "over", "from"), ("took", "over", "from"), ("takes", "over", "from"), ("taking", "over", "from")),
)
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
    ("go", "by"),
    ("goin", "by"),
    ("going", "by"),
    ("goes", "by"),
)
_BEHIND_NEW: Final = (
    ("will", "look", "after"),
    ("looks", "after"),
    ("is", "looking", "after"),
    ("will", "sort"),
    ("is", "taking", "over"),
    ("has", "taken", "over"),
    ("took", "over"),
    ("taken", "over"),
    ("takes", "over"),
    ("taking", "over"),
)
_NOT: Final = (("not",),)
"""What a former name stands behind where the new one stands right before: "we go by Marlo not Stretch"."""
_WAS: Final = "was"
"""The same behind a border, where the new one is on: "Otis on 07700 900 762, was Young Mo"."""
_ON: Final = frozenset({"r:on", "r:here", "r:new", "r:back", "r:open", "r:line"})
_TELLING: Final = frozenset({_WAS, *(phrase[-1] for phrase in (*_BEFORE_FORMER, *_RENAMED, *_BEHIND_FORMER, *_NOT))})
"""Without one of these words a text says nothing of a former name: nine in ten texts end there."""


def with_former_lent(table: WordTable, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the candidates of a text without those that a line was called before, where another says what it is now.

    What tells of the former one that it is a name tells it of the other. A text that gives no other name keeps it: "ex
    Frank, both on" is said by who goes on by it.
    """
    if _TELLING.isdisjoint([word.plain for word in table.words]):
        return [*weighed]
    begun = {each.last for _, each in weighed if _follows(table, each.first, _BEFORE_NEW)}
    former = [(odds, each) for odds, each in weighed if _is_former(table, each, begun)]
    if not former:
        return [*weighed]
    taken = {at for _, each in former for at in range(each.first, each.last)}
    most = max(odds for odds, _ in former)
    others = [(odds, each) for odds, each in weighed if taken.isdisjoint(range(each.first, each.last))]
    is_on = any(_is_behind_was(table, each.first) for _, each in former)
    ends = {each.last for _, each in former if _follows(table, each.first, _RENAMED)}
    new = [
        (odds, each)
        for odds, each in others
        if _is_new(table, each) or (is_on and each.right in _ON) or _is_renamed_to(table, each, ends)
    ]
    if not new:
        return [*weighed]
    likeliest = max(new, key=_odds)
    return [(max(odds, most), each) if each is likeliest[1] else (odds, each) for odds, each in others]


def _odds(pair: Weighed) -> float:
    return pair[0]


def _is_former(table: WordTable, each: Candidate, begun: Container[int]) -> bool:
    """Whether a candidate is what a line was called.

    Args:
        table: The words.
        each: The candidate.
        begun: Where candidates end that a line calls itself now.
    """
    first, last = each.first, each.last
    begins = [first]
    if first and table.words[first - 1].is_title and table.gaps[first - 1] == SPACE:
        begins.append(first - 1)  # "ex Young Frank" of "Frank"
    if any(_follows(table, at, (*_BEFORE_FORMER, *_RENAMED, *_TAKEN_OVER)) for at in begins):
        return True
    if any(_is_behind_was(table, at) for at in begins) or (first - 1 in begun and _follows(table, first, _NOT)):
        return True
    is_line = each.right == "r:line" and table.gaps[last - 1] == SPACE
    return _is_followed(table, last + is_line, _BEHIND_FORMER)


def _is_behind_was(table: WordTable, at: int) -> bool:
    """Whether "was" stands right before a word, with a border before it."""
    return at > 1 and table.words[at - 1].plain == _WAS and table.gaps[at - 1] == SPACE != table.gaps[at - 2]


def _is_renamed_to(table: WordTable, each: Candidate, ends: Container[int]) -> bool:
    """Whether "to" stands between where a former name ends and a candidate."""
    at = each.first - 1
    is_to = at in ends and table.words[at].plain == _TO
    return is_to and table.gaps[at - 1] == SPACE == table.gaps[at]


def _is_new(table: WordTable, each: Candidate) -> bool:
    return _follows(table, each.first, _BEFORE_NEW) or _is_followed(table, each.last, _BEHIND_NEW)


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
