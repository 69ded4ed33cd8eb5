"""Names that begin with a figure and that the tokeniser takes apart, as it does amounts: ``4x4``, ``2nd Post``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nlp.word_table import SPACE, WordTable

_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})
_MOST_DIGITS: Final = 2
_CLOSED: Final = frozenset({"price", "number", "hours"})


def figures_at(table: WordTable) -> Iterator[tuple[int, int, str]]:
    """Yield the words that may be such a name, in order: first, behind the last, and the name in lower case.

    The same figure on both sides of an X is a vehicle or a brand, where two figures are a deal (``3x25``).
    """
    words = table.words
    for at in range(len(words) - 2):
        one, joint, other = words[at : at + 3]
        if one.grade != "number" or len(one.plain) > _MOST_DIGITS or table.end(at) != table.start(at + 1):
            continue
        if any(table.mark(place) in _CLOSED for place in (at, at + 1, at + 2)):
            continue
        if joint.plain == "x" and other.plain == one.plain and table.end(at + 1) == table.start(at + 2):
            yield at, at + 3, f"{one.plain}x{other.plain}"
        elif joint.plain in _ORDINALS and other.ends_pair and table.gaps[at + 1] == SPACE:
            yield at, at + 3, f"{one.plain}{joint.plain} {other.plain}"
