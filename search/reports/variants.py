"""Variants of one wording under each other, word under word, so that the eye finds what differs."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

import msgspec

_WORDS: Final = 80
"""Words of one text that are compared; a longer one is not aligned."""


class AlignedVariants(msgspec.Struct, frozen=True):
    """Texts in columns.

    Attributes:
        rows: The texts, each in as many pieces as there are columns; a piece may be empty.
        is_constant: Of each column whether all texts have the same words in it, upper and lower case aside.
    """

    rows: tuple[tuple[str, ...], ...]
    is_constant: tuple[bool, ...]


def aligned(texts: Sequence[str]) -> AlignedVariants | None:
    """Return the texts word under word; the first one is what the others are laid beside.

    None where there is nothing to compare: one text, or one too long.
    """
    words = [text.split() for text in texts]
    if len(texts) < 2 or max(map(len, words)) > _WORDS or not words[0]:
        return None
    places = [_places(words[0], other) for other in words[1:]]
    cuts = [place for place in range(len(words[0]) + 1) if all(place in held for held in places)]
    columns = [
        (
            " ".join(words[0][start:end]),
            *(" ".join(other[held[start] : held[end]]) for other, held in zip(words[1:], places, strict=True)),
        )
        for start, end in pairwise(cuts)
    ]
    return _merged(columns)


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return, for each place between words of the base that has one place in the other text, that place."""
    matcher = SequenceMatcher(None, [word.casefold() for word in base], [w.casefold() for w in other], autojunk=False)
    found: dict[int, int] = {}
    for tag, start, end, other_start, _ in matcher.get_opcodes():
        if tag == "equal":
            found |= {start + step: other_start + step for step in range(end - start + 1)}
    for tag, start, _, _, _ in matcher.get_opcodes():
        if tag == "insert" and 0 < start < len(base):
            # words between two of the base stand beside both: there is no one place
            found.pop(start, None)
    return found | {0: 0, len(base): len(other)}


def _merged(columns: Sequence[tuple[str, ...]]) -> AlignedVariants:
    """Join neighbouring columns that are alike in being constant or not."""
    merged: list[tuple[str, ...]] = []
    constant: list[bool] = []
    for column in columns:
        is_same = len({piece.casefold() for piece in column}) == 1
        if constant and constant[-1] == is_same:
            merged[-1] = tuple(" ".join(filter(None, pair)) for pair in zip(merged[-1], column, strict=True))
        else:
            merged.append(column)
            constant.append(is_same)
    return AlignedVariants(rows=tuple(zip(*merged, strict=True)), is_constant=tuple(constant))
