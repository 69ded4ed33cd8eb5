"""The first values that could not be understood, for a notice to show: short ones that are no text of anybody."""

from __future__ import annotations

import re
from typing import Final

_MOST_SHOWN: Final = 3
_LONGEST: Final = 40
_MOST_WORDS: Final = 2
_WORD = re.compile(r"[^\W\d_]+")
_UNSAID: Final = "not shown"


class FirstValues:
    """Gathers them. What is long, or of several words, may be a message: it is not shown."""

    __slots__ = ("_shown",)

    def __init__(self) -> None:
        self._shown: list[str] = []

    def add(self, value: str) -> None:
        """Take a value as the source writes it."""
        if len(self._shown) >= _MOST_SHOWN:
            return
        text = value.strip()
        is_plain = len(text) <= _LONGEST and text.isprintable() and len(_WORD.findall(text)) <= _MOST_WORDS
        if is_plain and text and text not in self._shown:
            self._shown.append(text)

    @property
    def told(self) -> str:
        """Return the values as a notice shows them."""
        return ", ".join(self._shown) or _UNSAID
