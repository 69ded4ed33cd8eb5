"""Names of a figure or a letter beside what makes a name of it: ``4x4``, ``2nd Post``, ``Number 9``, ``Mr A``.

The tokeniser takes some of them apart, as it does amounts; of others the words are none that a name begins or ends
with elsewhere ("number", "a").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from nlp.nicknames.word_table import SPACE, WordTable

_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})
_MOST_DIGITS: Final = 2
_CLOSED: Final = frozenset({"price", "number", "hours"})
_NUMBERS: Final = frozenset({"number", "num", "numba", "nr"})
_SHORT_NUMBER: Final = "no"
"""Of a number only before digits: "no one" is nobody."""

_BEFORE_FIGURES: Final = _NUMBERS | {_SHORT_NUMBER}
_IN_WORDS: Final = frozenset(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
)
_STOPPED: Final = frozenset({".", ". "})
"""What may stand behind a shortened word: ``No. 9``, ``Mr. A``."""


class Figured(NamedTuple):
    """Words that may be such a name.

    Attributes:
        first: The first of them; ``last`` is behind the last.
        name: In lower case.
        kind: ``fx``, ``fo``, ``fn`` or ``ft``, of the four in the order above.
    """

    first: int
    last: int
    name: str
    kind: str


def figures_at(table: WordTable) -> Iterator[Figured]:
    """Yield the words that may be such a name, in order.

    The same figure on both sides of an X is a vehicle or a brand, where two figures are a deal (``3x25``).
    """
    for at, word in enumerate(table.words[:-1]):
        if word.grade == "number":
            found = _of_three(table, at)
        elif word.is_title or word.plain in _BEFORE_FIGURES:
            found = _of_two(table, at)
        else:
            # nearly all: asked of each word
            continue
        if found is not None and not any(table.mark(place) in _CLOSED for place in range(at, found.last)):
            yield found


def _of_three(table: WordTable, at: int) -> Figured | None:
    if at + 2 >= len(table) or len(table.words[at].plain) > _MOST_DIGITS or table.end(at) != table.start(at + 1):
        return None
    one, joint, other = table.words[at : at + 3]
    if joint.plain == "x" and other.plain == one.plain and table.end(at + 1) == table.start(at + 2):
        return Figured(at, at + 3, f"{one.plain}x{other.plain}", "fx")
    if joint.plain in _ORDINALS and other.ends_pair and table.gaps[at + 1] == SPACE:
        return Figured(at, at + 3, f"{one.plain}{joint.plain} {other.plain}", "fo")
    return None


def _of_two(table: WordTable, at: int) -> Figured | None:
    one, other = table.words[at : at + 2]
    if table.gaps[at] != SPACE and table.raw_gap(at) not in _STOPPED:
        return None
    is_figure = other.grade == "number" and len(other.plain) <= _MOST_DIGITS
    if one.plain in _NUMBERS and (is_figure or other.plain in _IN_WORDS):
        return Figured(at, at + 2, f"number {other.plain}", "fn")
    if one.plain == _SHORT_NUMBER and is_figure:
        return Figured(at, at + 2, f"number {other.plain}", "fn")
    if one.is_title and len(other.plain) == 1 and other.plain.isalpha() and not other.ends_pair:
        return Figured(at, at + 2, f"{one.plain} {other.plain}", "ft")
    return None
