"""Candidates for a name that are no words as they stand: letters apart, letters masked, names that begin with figures.

Few texts have any. Their features are fewer than those of words (``nlp.nicknames.name_features``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Final

from nlp.nicknames.name_context import NameContext
from nlp.nicknames.name_features import Candidate
from nlp.nicknames.name_figures import Figured
from nlp.nicknames.name_parts import Part
from nlp.nicknames.name_words import EVERYDAY, NameWord
from nlp.nicknames.word_table import WordTable

_MOST_PICTURES: Final = 2
"""Code points: a picture, and the tone of its skin."""

_MOST_VOWELS: Final = 2


def letters_apart(table: WordTable, context: NameContext, first: int, last: int, letters: NameWord) -> Candidate:
    """Return the candidate of letters that stand apart; ``letters`` is what is known of them as one word."""
    size = min(len(letters.plain), 4)
    left, right = context.before(table, first), context.behind(table, last)
    is_everyday = EVERYDAY[letters.grade] >= EVERYDAY["frequent"]
    parts: list[Part] = [
        ("apart", str(size), "w" if is_everyday else "o"),
        ("left", left, "apart"),
        ("right", right, "apart"),
    ]
    if all(table.words[at].capitals in "T-U" for at in range(first, last)):
        parts.append(("one", f"apart-capitals:{table.is_shouted}"))
    if any(table.mark(at) == "drug" for at in range(first, last)):
        parts.append(("one", f"apart-drug:{size}"))
    return Candidate(first, last, letters.plain, left, right, parts)


def figures(table: WordTable, context: NameContext, figured: Figured) -> Candidate:
    """Return the candidate of a name of a figure or a letter beside what makes a name of it."""
    first, last, name, kind = figured
    left, right = context.before(table, first), context.behind(table, last)
    parts: list[Part] = [("one", f"figures:{kind}"), ("left", left, kind), ("right", right, kind)]
    if kind == "fo":
        parts.append(("one", f"figures:{table.words[last - 1].grade}:{table.case(last - 1)}"))
    elif kind == "fn":
        parts.append(("one", f"figures:{table.words[first].plain}:{table.case(first)}:{name == 'number 1'}"))
    return Candidate(first, last, name, left, right, parts)


def letters_masked(table: WordTable, context: NameContext, first: int, last: int, letters: NameWord) -> Candidate:
    """Return the candidate of a word with letters masked; ``letters`` is what is known of it without the signs."""
    left, right = context.before(table, first), context.behind(table, last)
    is_everyday = EVERYDAY[letters.grade] >= EVERYDAY["frequent"]
    parts: list[Part] = [
        ("one", f"masked:{'w' if is_everyday else 'o'}"),
        ("left", left, "apart"),
        ("right", right, "apart"),
        ("one", f"masked-capitals:{table.words[first].capitals}"),
    ]
    return Candidate(first, last, letters.plain, left, right, parts)


def is_picture(gap: str) -> bool:
    """Whether what stands between two words is a picture, without a blank."""
    return 0 < len(gap) <= _MOST_PICTURES and all(unicodedata.category(char) in {"So", "Sk"} for char in gap)


def words_of_pieces(pieces: Sequence[str]) -> Iterator[str]:
    """Yield the words that pieces with a picture between each two may be: as they stand, then with vowels for pictures.

    The likeliest vowel first: most such pictures are round (``st`` and ``rm`` around a cloud).
    """
    yield "".join(pieces)
    if len(pieces) <= _MOST_VOWELS + 1:
        for vowels in product("oaieu", repeat=len(pieces) - 1):
            yield "".join(chain(*zip(pieces, (*vowels, ""), strict=True)))


def runs_at(is_inside: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the words between which nothing but such gaps stand: the first, and the one behind the last.

    Args:
        is_inside: Of what stands behind each word but the last, whether it may stand inside of one.
    """
    at = 0
    while at < len(is_inside):
        first = at
        while at < len(is_inside) and is_inside[at]:
            at += 1
        if at > first:
            yield first, at + 1
        at += 1
