"""Slots of figures as an id sees them: a number, a price and an hour are one kind, whatever words they take in.

How a slot is filled decides how it is read: ``11`` is a number where ``11pm`` is an hour, ``til 11`` takes in its
preposition where ``til midnight`` does not, and of ``3 for 25 10 finish`` the ten may go with the price. Whoever types
his text anew writes ``three`` for ``3`` and ``zece`` for ``10``. So for an id figures are of one kind, those side by
side are one, and the words that a slot may take in at its border go with it.
Wordings of few words are left as they are: ``on til 11`` and ``on 3 for 25`` are two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

MIN_CONSTANTS: Final = 3
"""Constant words that a wording must have for its figures to be of one kind."""
FIGURE: Final = "{figure}"
_SLOTS: Final = frozenset({"{digits}", "{deal}", "{time}"})
_HOURS: Final = frozenset({"midnight", "midday", "noon", "late"})
"""Hours in words: each fills a slot for an hour."""
_NUMBERS: Final = frozenset({
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
    "thirty", "forty", "fifty",
    "dau", "dwy", "tri", "tair", "pedwar", "pedair", "chwech", "chwe", "saith", "wyth", "deg", "ugain",
    "dwa", "dwie", "trzy", "cztery", "piec", "szesc", "siedem", "osiem", "dziewiec", "dziesiec", "pietnascie",
    "dwadziescia",
    "doi", "doua", "trei", "patru", "cinci", "sase", "sapte", "zece", "douazeci",
    "kater", "pese", "gjashte", "shtate", "tete", "nente", "dhjete", "njezet",
})  # fmt: skip
"""Numbers in words that are hardly anything else: "one" and its like are articles, "dy" is Welsh for "your", "noua"
Romanian for "new", "pump" English too."""
_FIGURES: Final = _SLOTS | _HOURS | _NUMBERS
"""What a figure begins with; without one nothing changes."""

_BEFORE: Final = frozenset({"half", "quarter", "at", "til", "till", "until", "by", "from", "past"})
_BEHIND: Final = frozenset({"each", "am", "pm", "oclock", "sharp"})
FILLS: Final = _HOURS | _NUMBERS | _BEFORE | _BEHIND
"""Words that a slot for hours is filled with or takes in: ``til 11pm`` is ``from midnight``."""
_BETWEEN: Final = frozenset({"and", "for"})
"""Words between figures: whether "by 10 for 7 for 50" is an hour and a deal depends on how each is read."""
_PARTS_OF_DAY: Final = frozenset({"morning", "afternoon", "evening"})


def figures_alike(parts: Iterable[str]) -> list[str]:
    """Return the parts of a masked wording with figures of one kind; other slots are left as they are."""
    given = list(parts)
    if _FIGURES.isdisjoint(given):
        return given
    # Constants: neither slots nor numbers in words, which may be one in another writing.
    if sum([part[:1] != "{" and part not in _NUMBERS for part in given]) < MIN_CONSTANTS:
        return given
    found: list[str] = []
    at = 0
    while at < len(given):
        part = given[at]
        if part not in _FIGURES:
            found.append(part)
            at += 1
            continue
        while found and found[-1] in _BEFORE:
            found.pop()
        at = _behind(given, at + 1)
        if found and found[-1] == FIGURE:
            continue
        if len(found) > 1 and found[-1] in _BETWEEN and found[-2] == FIGURE:
            found.pop()
            continue
        found.append(FIGURE)
    return found


def _behind(parts: Sequence[str], at: int) -> int:
    """Return the place behind the words that a slot takes in behind it."""
    while at < len(parts) and parts[at] in _BEHIND:
        at += 1
    if tuple(parts[at : at + 2]) == ("in", "the") and at + 2 < len(parts) and parts[at + 2] in _PARTS_OF_DAY:
        return at + 3
    return at
