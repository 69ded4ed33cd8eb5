"""What tells one wording from another, apart from its template id.

A template id is of one text alone, so that a wording whose name is read in one spelling and not in another has two.
Among the adverts of one sender, whose name is known, the words that are left are the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from search.linkage.keys import fold_name

WORD = re.compile(r"\{\w+\}|\w+")
_SHORTEST_NAME = 3
NAME_SLOTS = frozenset({"{line}", "{nickname}"})
_ENOUGH_WORDS = 4
SHARE_OF_FEWER, SHARE_OF_MORE = 0.8, 0.6
"""Words of the shorter and of the longer one that two wordings must have in common to be near. Short ones are left
alone: else "on now" is "off now"."""
_FEW_WORDS = 3
"""Of so many words a wording is near to one that has them all and one more: "quick only finish" and an hour in it."""
SLOT_MARK = "{}"
"""Stands where a template has the slot of the name."""


def wording_key(template_id: str, text: str | None, forms: Iterable[str]) -> str:
    """Return the words of a template without slots and without the sender's names; the id where none is left.

    Args:
        template_id: The template.
        text: Constants, and slots in braces. None: not known.
        forms: Folded names of the sender.
    """
    names = frozenset(map(unstretched, forms))
    words = [word for word in words_of(text) if word != SLOT_MARK and not _is_name(word, names)] if text else []
    return " ".join(words) or template_id


@lru_cache(maxsize=16_384)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a template; the slot of the name is ``SLOT_MARK``, other slots are left out."""
    return tuple(
        SLOT_MARK if word in NAME_SLOTS else unstretched(fold_name(word))
        for word in WORD.findall(text)
        if word in NAME_SLOTS or not word.startswith("{")
    )


@lru_cache(maxsize=16_384)
def unstretched(word: str) -> str:
    """Return the word with every doubled or stretched letter once."""
    return "".join(letter for letter, _ in groupby(word))


def _is_name(word: str, names: frozenset[str]) -> bool:
    return any(
        word == name or (len(word) >= _SHORTEST_NAME and (name.startswith(word) or name.endswith(word)))
        for name in names
    )


def are_near_words(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two wordings, by the words of each, are one but for a word or two: a slot that was read in one alone."""
    fewer, more = (len(words), len(others)) if len(words) < len(others) else (len(others), len(words))
    if fewer < _ENOUGH_WORDS:
        return fewer == _FEW_WORDS and more == fewer + 1 and (words < others or others < words)
    if fewer < SHARE_OF_MORE * more:
        return False
    shared = len(words & others)
    return shared >= SHARE_OF_FEWER * fewer and shared >= SHARE_OF_MORE * more


@lru_cache(maxsize=16_384)
def words_in(wording: str) -> frozenset[str]:
    """Return the words of a wording, as ``wording_key`` gives it."""
    return frozenset(wording.split())
