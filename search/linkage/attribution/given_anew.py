"""A number that was given out anew to another who sends to many: when, and what shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple


class GivenAnew(NamedTuple):
    """Between two holders of a number.

    Attributes:
        at: Middle of the silence between them, in seconds since 1970.
        left_at: Last text that the one sent to many, or a phone got from him, in seconds.
        taken_at: First of the other.
        before: Devices that sent from it for the one. Empty: other phones alone show him.
        after: The same for the other.
        listed: To how many different parties each sent, as far as is shown.
        common: How many of them are the same.
    """

    at: float
    left_at: float
    taken_at: float
    before: tuple[str, ...]
    after: tuple[str, ...]
    listed: tuple[int, int]
    common: int


def holder_bounds(cuts: Sequence[GivenAnew]) -> list[tuple[float, float]]:
    """Return when each holder of a number may have sent from it, in order, in seconds since 1970; without cuts always.

    ``cuts``: in order.
    """
    return list(pairwise([-inf, *(cut.at for cut in cuts), inf]))


def place_of(cuts: Sequence[GivenAnew], instants: Iterable[float]) -> int:
    """Return whose an item is of the holders, by the first of its instants; of an undated one the first's."""
    return bisect_right([cut.at for cut in cuts], min(instants, default=-inf))
