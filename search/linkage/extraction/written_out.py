"""What texts write short or by ear, written out in one way, so that one text that was typed anew is known again.

Whoever types his advert anew for the rest of his customers writes ``2 for 15`` and ``2-15``, ``off 4 an hour`` and
``off for an hr``. What is written out is how figures are written, and the words that a figure or a few letters stand
for. ``to`` and ``for`` are figures wherever they stand.
"""

from __future__ import annotations

import re
from typing import Final

from search.linkage.extraction.wording_groups import words_of_body

_FOR_BETWEEN: Final = re.compile(r"(?<=\d)\s*[-\N{EN DASH}x]\s*(?=[£$€]?\d)", re.IGNORECASE)
"""Between two figures, which are a deal: ``3-25`` and ``3x25``. Of hours it makes none that others have."""
_APART: Final = re.compile(r"[£$€]|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
"""A sign of a currency, and the border between figures and letters: ``2for£15`` is four words."""
_WORDS: Final = {
    "one": "1", "to": "2", "too": "2", "two": "2", "three": "3", "for": "4", "four": "4", "fr": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "hr": "hour", "hrs": "hours", "u": "you", "ur": "your", "r": "are", "n": "and", "nd": "and", "da": "the",
    "w": "with", "wid": "with", "wiv": "with", "nw": "now", "bk": "back", "b": "be", "c": "see",
}  # fmt: skip


def written_out(body: str) -> list[str]:
    """Return the words of a text, as ``words_of_body`` does, with what stands for other words written out."""
    figures = _APART.sub(" ", _FOR_BETWEEN.sub(" 4 ", body))
    return [_WORDS.get(word, word) for word in words_of_body(figures)]
