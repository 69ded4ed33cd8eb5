"""Hints: what the tokens of a text rule out, so that costly expressions are not asked of texts that cannot match.

A hint is a necessary condition, never a sufficient one: where it is missing, the expression behind it matches nothing.
Letters that stand side by side are never split by the tokeniser, so that a word or a part of one is found in its token.
"""

from __future__ import annotations

import re
from typing import Final

DIGIT: Final = 1
"""A digit 0 to 9; exact: the text holds one if, and only if, a token does."""

SPELLED_DIGIT: Final = 2
LETTER_APART: Final = 4
"""A letter alone, or a mark that stands between letters without parting them."""

_DIGIT_WORDS: Final = re.compile("zero|double|dubble|treble|triple|seven|hundred|oh")
_HAS_DIGIT: Final = re.compile("[0-9]")
_JOINING: Final = re.compile("['$@]")


def hints_of(word: str) -> int:
    """Return the hints that one token gives."""
    low = word.lower()
    hints = 0
    if _DIGIT_WORDS.search(low):
        hints |= SPELLED_DIGIT
    if word.isalpha():
        return hints | LETTER_APART if len(word) == 1 else hints
    if _HAS_DIGIT.search(low):
        hints |= DIGIT
    if (len(word) == 1 and word.isalpha()) or _JOINING.search(low):
        hints |= LETTER_APART
    return hints
