"""Pairs of wordings by which all that are near one another hang together, found without looking at every two.

Which pair of a group is found does not matter, only what belongs together. A holder who greets each customer by name
sends tens of thousands of wordings that are all near one another: what belongs together already is not compared again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from nlp.templates.stretch_marks import LONG, StretchMarks

_MOST_ROWS: Final = 500
_MOST_CELLS: Final = 5_000_000
"""Ratios that are held at once, of four bytes each."""
_ENOUGH_OF_ONE: Final = 20
"""Rows of one group from which on they are compared by themselves, with what is not of it."""

_Places: TypeAlias = npt.NDArray[np.int64]


def near_pairs(
    ordered: Sequence[str],
    min_ratio: float,
    are_alike: Callable[[str, str], bool],
    marks: StretchMarks | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield near pairs that connect all that near pairs connect; none whose two the pairs before it connect.

    The ratio is twice the common letters over all letters, so that of two texts whose lengths differ by more than the
    limit allows nothing need be compared.

    Args:
        ordered: Distinct wordings, by length.
        min_ratio: Indel similarity in per cent from which on two are near, if they are alike too.
        are_alike: Asked of those alone that reach the ratio.
        marks: Tell of long wordings which pairs ``are_alike`` denies, without looking at their letters. None: nothing
            does.
    """
    lengths = np.array([len(each) for each in ordered], np.int64)
    longest = (200.0 - min_ratio) / min_ratio
    groups = _Groups(len(ordered))
    rows_at_once = max(1, min(_MOST_ROWS, _MOST_CELLS // max(1, len(ordered))))
    for start in range(0, len(ordered), rows_at_once):
        block = np.arange(start, min(start + rows_at_once, len(ordered)))
        end = int(np.searchsorted(lengths, lengths[block[-1]] * longest, side="right"))
        for rows in groups.parted(block):
            columns = groups.others(rows, np.arange(int(rows[0]) + 1, end))
            if marks is not None and int(lengths[rows[0]]) >= LONG:
                found = _near_by_marks(ordered, rows, columns, min_ratio, marks, groups)
            else:
                found = _near(ordered, rows, columns, min_ratio)
            for row, near in found:
                for column in near[(near > row) & (groups.of[near] != groups.of[row])].tolist():
                    if groups.of[column] != groups.of[row] and are_alike(ordered[row], ordered[column]):
                        groups.join(row, column)
                        yield ordered[row], ordered[column]


def _near(ordered: Sequence[str], rows: _Places, columns: _Places, min_ratio: float) -> Iterator[tuple[int, _Places]]:
    """Yield each row with the columns that reach the ratio."""
    ratios = process.cdist(
        [ordered[at] for at in rows],
        [ordered[at] for at in columns],
        scorer=fuzz.ratio,
        score_cutoff=min_ratio,
        dtype=np.float32,
    )
    for row, reached in zip(rows.tolist(), ratios, strict=True):
        yield row, columns[np.nonzero(reached)[0]]


def _near_by_marks(
    ordered: Sequence[str],
    rows: _Places,
    columns: _Places,
    min_ratio: float,
    marks: StretchMarks,
    groups: _Groups,
) -> Iterator[tuple[int, _Places]]:
    """Yield the same, of pairs that are not joined yet and may have enough stretches in common."""
    for row in rows.tolist():
        apart = columns[(columns > row) & (groups.of[columns] != groups.of[row])]
        may_be = marks.open_pairs(row, apart) if len(apart) else apart
        if len(may_be):
            yield from _near(ordered, np.array([row]), may_be, min_ratio)


class _Groups:
    """What the pairs connect so far.

    Attributes:
        of: The number of the group of each place.
    """

    def __init__(self, count: int) -> None:
        self.of: _Places = np.arange(count)
        self._members = [[at] for at in range(count)]

    def join(self, one: int, other: int) -> None:
        """Make the groups of two places one: the smaller gets the number of the larger."""
        kept, given = int(self.of[one]), int(self.of[other])
        if len(self._members[kept]) < len(self._members[given]):
            kept, given = given, kept
        self.of[self._members[given]] = kept
        self._members[kept] += self._members[given]
        self._members[given] = []

    def parted(self, places: _Places) -> Iterator[_Places]:
        """Yield the places of each group of which many are among them, then all others, each in order.

        Of the groups as they are at first: what is joined while they are looked through is parted no more.
        """
        of = self.of[places]
        numbers, counts = np.unique(of, return_counts=True)
        many = numbers[counts >= _ENOUGH_OF_ONE]
        for number in many:
            yield places[of == number]
        others = places[~np.isin(of, many)]
        if len(others):
            yield others

    def others(self, rows: _Places, places: _Places) -> _Places:
        """Return the places that are not of the rows' group; all, where the rows are of several."""
        first = self.of[rows[0]]
        return places[self.of[places] != first] if (self.of[rows] == first).all() else places
