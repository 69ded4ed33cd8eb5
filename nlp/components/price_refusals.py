"""What makes an amount no price: a debt, a threshold, a cost of something else or on top, a sum that is denied."""

from __future__ import annotations

from typing import Final

from nlp.lexicons import LexiconKind, Lexicons

_LOOK_BACK: Final = 32
"""Code points before an amount that are looked at."""

_MOST_BETWEEN: Final = 3
"""Words between the one that refuses and the amount: "owe me the £20"."""

_ENDS: Final = ",;!?"
_MARKS: Final = ".,:;!?()\"'"


class PriceRefusals:
    """Knows the words before an amount that make it no price."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._denied = lexicons.terms(LexiconKind.PATTERN, "amount_denied")
        self._owed = lexicons.terms(LexiconKind.PATTERN, "amount_owed")
        self._between = lexicons.terms(LexiconKind.PATTERN, "amount_owed_between")

    def refuses(self, low: str, start: int) -> bool:
        """Whether the words before ``start`` say that the amount there is no price."""
        words = low[max(0, start - _LOOK_BACK) : start].split()
        if words and words[-1] in {"a", "an"} and words[-2:-1] and words[-2] in self._denied:
            return True
        if words and words[-1] in self._denied:
            return True
        return self.is_owed(low, start)

    def is_owed(self, low: str, start: int) -> bool:
        """Whether what stands before ``start`` tells of a debt, a threshold, another cost or one on top (``+ 5``)."""
        if low[max(0, start - 2) : start].strip() == "+":
            return True
        words = low[max(0, start - _LOOK_BACK) : start].split()
        for word in reversed(words[-_MOST_BETWEEN - 1 :]):
            if word[-1] in _ENDS:
                # "For them thats short, £10 bags": what a clause before says is of that one.
                return False
            if word.strip(_MARKS) in self._owed:
                return True
            if word not in self._between:
                return False
        return False
