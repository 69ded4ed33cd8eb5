"""Numbers and letters of a name in words and in signs: ``5ways`` is Fiveways, ``elbee`` LB, ``n8`` Nate.

What ties two names of an input, not what a name is: it counts only where the input bears the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.nicknames.name_forms import SPOKEN
from nlp.words.spelling import LEET

_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS: Final = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

FIGURES: Final = {word: str(figure) for figure, word in enumerate(_DIGITS)}
"""Figures by their words."""

_DIGIT: Final = re.compile(r"\d")
_TWO_DIGITS: Final = re.compile(r"(?<!\d)([2-9])(\d)(?!\d)")
_MORE_SPOKEN: Final = {
    "aitch": "h", "cue": "q", "kyoo": "q", "queue": "q", "why": "y", "you": "u", "ate": "8", "ayte": "8", "dub": "w",
    "ex": "x", "emm": "m", "el": "l", "es": "s", "eff": "f", "oh": "o", "zee": "z",
}  # fmt: skip
_SPOKEN: Final = {**SPOKEN, **_MORE_SPOKEN}
_PART: Final = re.compile("|".join((*sorted(_SPOKEN, key=len, reverse=True), r"\d", "[a-z]$")))
"""A letter or figure that is spoken, a digit, or a letter at the end: ``elq``."""
_PARTS: Final = re.compile(f"(?:{_PART.pattern})+")
_MOST_LETTERS: Final = 24


def in_words(letters: str) -> Iterator[str]:
    """Yield how a name with figures may be written in letters: ``fiveways`` for ``5ways``, ``nate`` for ``n8``.

    Figures inside may stand for letters beside a number behind them (``ac37``), and a nought for the letter (``h20``).
    A name of figures alone is none: sums would be names.

    Args:
        letters: The name in small letters and figures, without spaces.
    """
    if letters.isdecimal() or _DIGIT.search(letters) is None:
        return
    yield _DIGIT.sub(lambda found: _DIGITS[int(found[0])], letters)
    yield _TWO_DIGITS.sub(_in_tens, letters)
    yield letters.replace("8", "ate")
    yield letters.replace("0", "o")
    if letters[-1].isdecimal():
        yield letters[:-1].translate(LEET) + letters[-1]


def in_signs(letters: str) -> Iterator[str]:
    """Yield the letters and figures that a name speaks: ``lb`` for ``elbee``, ``q8`` for ``kyooate``, ``17``."""
    if letters in _TEENS:
        yield str(13 + _TEENS.index(letters))
    if len(letters) <= _MOST_LETTERS and _PARTS.fullmatch(letters) is not None:
        parts = _PART.findall(letters)
        if len(parts) > 1:
            yield "".join(_SPOKEN.get(part, part) for part in parts)


def _in_tens(found: re.Match[str]) -> str:
    tens, ones = int(found[1]), int(found[2])
    return _TENS[tens - 2] + (_DIGITS[ones] if ones else "")
