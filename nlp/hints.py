"""Hints: what the tokens of a text rule out, so that costly expressions are not asked of texts that cannot match.

A hint is a necessary condition, never a sufficient one: where it is missing, the expression behind it matches nothing.
Letters that stand side by side are never split by the tokeniser, so that a word or a part of one is found in its token.
"""

from __future__ import annotations

import re
from typing import Final

DIGIT: Final = 1
"""A digit 0 to 9; exact: the text holds one if, and only if, a token does."""

HOUR_WORD: Final = 2
SPELLED_DIGIT: Final = 4
MONEY_WORD: Final = 8
COUNT_WORD: Final = 16
AFTER_COUNT: Final = 32
"""What stands behind a count that is written as a word: "for", "get", "quid"."""

LETTER_APART: Final = 64
"""A letter alone, or a mark that stands between letters without parting them."""

_WORDS: Final = {
    HOUR_WORD: "til|all|every|clock|now|after|before|midnight|noon|late",
    SPELLED_DIGIT: "zero|double|treble|triple|seven|oh",
    MONEY_WORD: "\u00a3|bogof|tenner|fiver|score|bullseye|ties",
    COUNT_WORD: "one|two|three|four|five|six|seven|eight|nine|ten|twelve|half"
    "|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety",
    AFTER_COUNT: "for|get|quid|pound",
}
_EXPRESSIONS: Final = tuple((hint, re.compile(words)) for hint, words in _WORDS.items())
_ANY: Final = re.compile("|".join(_WORDS.values()))
_HAS_DIGIT: Final = re.compile("[0-9]")
_JOINING: Final = re.compile("['$@]")


def hints_of(word: str) -> int:
    """Return the hints that one token gives."""
    low = word.lower()
    hints = 0
    if _ANY.search(low):
        for hint, expression in _EXPRESSIONS:
            if expression.search(low):
                hints |= hint
    if _HAS_DIGIT.search(low):
        hints |= DIGIT
    if (len(word) == 1 and word.isalpha()) or _JOINING.search(low):
        hints |= LETTER_APART
    return hints
