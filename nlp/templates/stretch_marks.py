"""Tells long wordings apart by what they cannot have in common, before their letters are compared.

Two texts of a thousand letters take as long to compare as four hundred of fifty, and random ones share most letters in
order. Each wording has a bit for each of its stretches of letters: stretches in common have bits in common, so that
few bits in common are proof of few stretches. Nothing near is lost by it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

LONG: Final = 200
"""Letters from which on wordings are told apart so; shorter ones are compared sooner than marked."""
_MARKS: Final = 8192
_ROWS_AT_ONCE: Final = 1_000

Places: TypeAlias = npt.NDArray[np.int64]


class StretchMarks:
    """The marks of wordings, each made when it is first asked for.

    Args:
        ordered: The wordings.
        stretches: Gives those of a wording, each once.
        min_shared: The share of the stretches of both (Jaccard) that two must have in common.
    """

    def __init__(self, ordered: Sequence[str], stretches: Callable[[str], Collection[str]], min_shared: float) -> None:
        self._ordered, self._stretches, self._min_shared = ordered, stretches, min_shared
        self._marks = np.zeros((0, _MARKS // 8), np.uint8)
        self._counts: Places = np.zeros(len(ordered), np.int64)
        self._at: Places = np.full(len(ordered), -1, np.int64)

    def open_pairs(self, row: int, columns: Places) -> Places:
        """Return the columns that may have enough stretches in common with the row."""
        self._make(np.append(columns, row))
        own, others = self._marks[self._at[row]], self._marks[self._at[columns]]
        own_count, counts = int(self._counts[row]), self._counts[columns]
        common = np.zeros(len(columns), np.int64)
        for start in range(0, len(columns), _ROWS_AT_ONCE):
            both = others[start : start + _ROWS_AT_ONCE] & own
            common[start : start + _ROWS_AT_ONCE] = np.bitwise_count(both).sum(axis=1, dtype=np.int64)
        # stretches of the row that have one bit may all be in common
        common += own_count - int(np.bitwise_count(own).sum())
        common = np.minimum(common, np.minimum(counts, own_count))
        return columns[common >= self._min_shared * (own_count + counts - common)]

    def _make(self, places: Places) -> None:
        new = np.unique(places[self._at[places] < 0])
        if not len(new):
            return
        made = np.zeros((len(new), _MARKS), np.bool_)
        for row, place in enumerate(new.tolist()):
            stretches = self._stretches(self._ordered[place])
            self._counts[place] = len(stretches)
            made[row, [crc32(stretch.encode("utf-8", "surrogatepass")) % _MARKS for stretch in stretches]] = True
        self._at[new] = np.arange(len(self._marks), len(self._marks) + len(new))
        self._marks = np.concatenate([self._marks, np.packbits(made, axis=1)])
