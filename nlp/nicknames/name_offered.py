"""A name right behind what an offer begins with: ``Match day deal Bishop: 7 for 50``, ``let Macca come to u``.

What stands before such a name is known to the model as a part of offers and of nothing that introduces a name, so that
an unusual name falls a little short. Where no other word of a text is a name, a phrase of an offer stands right before
one and its price right behind, that one is the name; so is who one is to let come.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from nlp.nicknames.name_features import Candidate
from nlp.nicknames.word_table import SPACE, WordTable

Weighed = tuple[float, Candidate]

_SHORT_OF: Final = 1.8
"""Log-odds by which a name may fall short of the threshold."""
_ABOVE: Final = 0.1
_LONGEST: Final = 4
_OFFERED: Final = "price"
_NO_NAMES: Final = frozenset({"time", "place", "quality", "money", "drug", "person", "function", "number", "letter"})
_LET: Final = "let"
_COMES: Final = frozenset({"come", "cum", "bring", "drop", "sort"})
_TO_YOU: Final = frozenset({"you", "u", "ya", "it", "to", "2"})


def with_offered_lent(
    table: WordTable, weighed: Sequence[Weighed], threshold: float, phrases: Container[str]
) -> list[Weighed]:
    """Return the candidates of a text, the likeliest that an offer begins with above the threshold if none else is.

    Args:
        table: The words.
        weighed: The candidates, each with its log-odds above no name.
        threshold: Log-odds above which a candidate is a name.
        phrases: What offers begin with, in lower case.
    """
    if not weighed or max(odds for odds, _ in weighed) > threshold:
        return [*weighed]
    near = [pair for pair in weighed if pair[0] > threshold - _SHORT_OF and _may_be_one(table, pair[1])]
    offered = [pair for pair in near if _is_offered(table, pair[1], phrases) or _is_let_come(table, pair[1])]
    if not offered:
        return [*weighed]
    likeliest = max(offered, key=_odds)
    return [(threshold + _ABOVE, each) if each is likeliest[1] else (odds, each) for odds, each in weighed]


def _odds(pair: Weighed) -> float:
    return pair[0]


def _may_be_one(table: WordTable, each: Candidate) -> bool:
    """Whether a candidate is one word that is none of those that offers are made of."""
    return each.last - each.first == 1 and not each.letters and table.words[each.first].grade not in _NO_NAMES


def _is_offered(table: WordTable, each: Candidate, phrases: Container[str]) -> bool:
    """Whether a phrase of an offer ends right before a candidate and a price begins right behind."""
    first, last = each.first, each.last
    if last >= len(table) or table.mark(last) != _OFFERED or not first or table.gaps[first - 1] != SPACE:
        return False
    said = [word.plain for word in table.words[max(0, first - _LONGEST) : first]]
    return any(" ".join(said[at:]) in phrases for at in range(len(said)))


def _is_let_come(table: WordTable, each: Candidate) -> bool:
    """Whether one is to let a candidate come: ``stay in, let Macca come to u``."""
    first, last = each.first, each.last
    if first < 1 or last + 1 >= len(table) or table.words[first - 1].plain != _LET:
        return False
    return table.words[last].plain in _COMES and table.words[last + 1].plain in _TO_YOU
