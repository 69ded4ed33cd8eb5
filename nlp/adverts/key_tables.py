"""Whole numbers by key, looked up for thousands of keys at once.

A look at a dictionary takes a step of the interpreter for each key; here a text's share of a lookup is a few
nanoseconds a key. Keys lie where a product of theirs points to, or at the next free place behind (Knuth 1973, 6.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int64]

NONE: Final = -1
"""What is found for a key that is not there."""

_FREE: Final = -1
_ROOM: Final = 4
"""Places for each key, so that nearly all lie at the first one."""
_SCATTER: Final = np.uint64(0x9E3779B97F4A7C15)
"""Two to the 64th by the golden ratio: neighbours among keys come to lie far apart."""
_WIDTH: Final = 64


class KeyTable:
    """A table that is filled once.

    Args:
        keys: Each once, 0 or more.
        given: The value of each, 0 or more.
    """

    def __init__(self, keys: Numbers, given: Numbers) -> None:
        count = len(keys)
        bits = max(1, (_ROOM * count).bit_length())
        self._shift = np.uint64(_WIDTH - bits)
        self._last = (1 << bits) - 1
        self._keys = np.full(1 << bits, _FREE, np.int64)
        self._values = np.full(1 << bits, NONE, np.int64)
        places = self._places(keys)
        while keys.size:
            # Of several that want one free place, the last one gets it; the others go on to the next.
            is_free = self._keys[places] == _FREE
            self._keys[places[is_free]] = keys[is_free]
            is_placed = self._keys[places] == keys
            self._values[places[is_placed]] = given[is_placed]
            keys, given, places = keys[~is_placed], given[~is_placed], places[~is_placed]
            places = (places + 1) & self._last

    @classmethod
    def of(cls, values: Mapping[int, int]) -> KeyTable:
        """Return the table of a mapping."""
        count = len(values)
        return cls(np.fromiter(values.keys(), np.int64, count), np.fromiter(values.values(), np.int64, count))

    def found(self, keys: Numbers) -> Numbers:
        """Return the value of each key; ``NONE`` for those that are not there."""
        places = self._places(keys)
        there = self._keys[places]
        found = np.where(there == keys, self._values[places], NONE)
        left = np.nonzero((there != keys) & (there != _FREE))[0]
        while left.size:
            places[left] = (places[left] + 1) & self._last
            there = self._keys[places[left]]
            is_there = there == keys[left]
            found[left[is_there]] = self._values[places[left[is_there]]]
            left = left[~is_there & (there != _FREE)]
        return found

    def _places(self, keys: Numbers) -> Numbers:
        return ((keys.astype(np.uint64) * _SCATTER) >> self._shift).astype(np.int64)
