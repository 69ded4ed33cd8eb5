"""The messages that may be one broadcast: one direction, one sender, one wording, whatever the wording is written like.

A template id is of one text alone. Where a name is read in one spelling and not in another, one broadcast has two
ids; what was sent in capitals, with stretched letters or with a picture at its end is the same text all the same.
So two templates of one sender are one wording where they hold the same letters and digits in one text each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nlp.folding import fold

NO_LETTERS = 0
"""Stands for a text without letters and digits, which is like no other."""

_SEPARATOR = "\t"
"""Stands in no direction and no template id; the sender comes last, whatever stands in it."""

Group = tuple[str, str, str]
"""Direction, sender key, template id."""


@lru_cache(maxsize=4_096)
def letters_of(body: str) -> int:
    """Return a number for the letters and digits of a text; case, decoration and stretched letters make none other."""
    kept: list[str] = []
    for char in fold(body).lower:
        if char.isalnum() and (not kept or kept[-1] != char):
            kept.append(char)
    return hash("".join(kept)) if kept else NO_LETTERS


class WordingGroups:
    """Numbers groups as they come, and says at the end which of them are one wording."""

    __slots__ = ("_first_with", "_numbers", "_parent", "_renamed")

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._first_with: dict[int, int] = {}
        self._parent: list[int] = []
        self._renamed: dict[str, str] = {}

    def number(self, group: Group, letters: int = NO_LETTERS) -> int:
        """Return the number of a group, which is joined to the one of its sender that has the same letters.

        Args:
            group: Direction, sender, template.
            letters: Of one of its texts, as ``letters_of`` gives it.
        """
        direction, sender, template_id = group
        # One string a group: a tuple of three takes twice as much, and there may be one for every text.
        number = self._numbers.setdefault(_SEPARATOR.join((direction, template_id, sender)), len(self._numbers))
        if number == len(self._parent):
            self._parent.append(number)
        if letters != NO_LETTERS:
            first = self._first_with.setdefault(hash((direction, sender, letters)), number)
            if first != number:
                self._join(first, number)
        return number

    def rename_sender(self, old: str, new: str) -> None:
        """Take one sender for another: a handset whose number became known later on."""
        self._renamed[old] = new

    def resolved(self) -> tuple[npt.NDArray[np.int64], Sequence[Group], npt.NDArray[np.bool_]]:
        """Return the final group of each number, each number's own group, and whether a number's has several wordings.

        Call it once.
        """
        groups: list[Group] = []
        first_of: dict[Group, int] = {}
        for name in self._numbers:
            direction, template_id, sender = name.split(_SEPARATOR, 2)
            group = (direction, self._renamed.get(sender, sender), template_id)
            self._join(first_of.setdefault(group, len(groups)), len(groups))
            groups.append(group)
        final = np.fromiter((self._root(number) for number in range(len(groups))), dtype=np.int64, count=len(groups))
        is_joint = np.zeros(len(groups), dtype=np.bool_)
        for number, root in enumerate(final.tolist()):
            if groups[number][2] != groups[root][2]:
                is_joint[root] = True
        return final, groups, is_joint[final] if groups else is_joint

    def _root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def _join(self, a: int, b: int) -> None:
        low, high = sorted((self._root(a), self._root(b)))
        self._parent[high] = low
