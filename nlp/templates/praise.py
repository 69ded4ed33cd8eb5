"""Praise of what is offered, as an id sees it: of one kind, whatever the word of the day is.

``new batch banging ring now`` goes out again as ``new batch top drawer ring now``: who types his text anew praises
with another word, and the wording stays. So for an id words of praise are of one kind, and those side by side are one.
That holds for a text that offers something alone ("lovely day out" is what is said), and not for wordings of few
words, which praise tells apart: ``on and banging`` and ``on and proper`` are two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

OUT_OF_TEN: Final = "10/10"
"""A mark out of ten, which is praise and no number."""
PRAISE: Final = "{praise}"
MIN_CONSTANTS: Final = 2
"""Constant words besides the praise that a wording must have for it to be of one kind."""

_OFFERING: Final = frozenset({"{line}", "{drug}", "{deal}"})
_WORDS: Final = frozenset({
    OUT_OF_TEN, "lovely", "unreal", "banging", "serious", "proper", "fire", "flames", "peng", "mint", "pukka",
    "insane", "immense", "amazing", "lush",
})  # fmt: skip
_PAIRS: Final = frozenset({
    ("spot", "on"), ("bang", "on"), ("on", "point"), ("top", "drawer"), ("top", "draw"), ("top", "notch"),
    ("top", "quality"), ("best", "about"), ("best", "around"),
})  # fmt: skip
_FIRSTS: Final = _WORDS | {first for first, _ in _PAIRS}
"""What praise begins with; without one nothing changes."""


def praise_alike(parts: Iterable[str]) -> list[str]:
    """Return the parts of a masked wording with praise of one kind, where it offers something and says enough."""
    given = list(parts)
    if _FIRSTS.isdisjoint(given) or _OFFERING.isdisjoint(given):
        return given
    found: list[str] = []
    at = 0
    while at < len(given):
        count = _praise(given, at)
        if not count:
            found.append(given[at])
        elif found[-1:] != [PRAISE]:
            found.append(PRAISE)
        at += count or 1
    return found if sum([part[:1] != "{" for part in found]) >= MIN_CONSTANTS else given


def _praise(parts: Sequence[str], at: int) -> int:
    """Return the number of parts of the praise that begins there."""
    if tuple(parts[at : at + 2]) in _PAIRS:
        return 2
    return int(parts[at] in _WORDS)
