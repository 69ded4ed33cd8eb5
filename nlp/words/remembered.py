"""What was worked out of pieces of texts, remembered for as long as there is room: most pieces come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

MOST_SEEN: Final = 50_000
"""Pieces of which it is remembered what they come to; then it begins anew, so that no input makes it grow."""

ValueT = TypeVar("ValueT")


class Remembered(dict[str, ValueT]):
    """What is made of each piece of text, filled as pieces are met.

    Args:
        make: Makes it. Of one piece always the same.
        longest: Code points of a piece that is remembered: longer ones seldom come again.
    """

    def __init__(self, make: Callable[[str], ValueT], longest: int) -> None:
        super().__init__()
        self._make = make
        self._longest = longest

    def __missing__(self, piece: str) -> ValueT:
        made = self._make(piece)
        if len(piece) <= self._longest:
            if len(self) >= MOST_SEEN:
                self.clear()
            self[piece] = made
        return made
