"""The measures themselves, as functions of plain values: precision and recall, average precision, Brier, B-cubed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

STRONG, MODERATE = 0.95, 0.70
BIN_EDGES = (0.0, 0.05, 0.2, 0.5, 0.7, 0.85, 0.95, 0.99, 1.0001)

Scored = tuple[float, bool]
"""The score of a pair, and whether it belongs together."""


class Counts(msgspec.Struct):
    """What was right, what was made up, what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Counts) -> None:
        """Add what another count has."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        """Share of what was stated that is right; 1 where nothing was."""
        stated = self.right + self.wrong
        return self.right / stated if stated else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that was stated; 1 where there is nothing."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def at_threshold(scored: Iterable[Scored], least: float) -> Counts:
    """Return how right it is to say of every pair of at least this score that it belongs together."""
    counts = Counts()
    for score, is_linked in scored:
        if score >= least:
            counts.right += is_linked
            counts.wrong += not is_linked
        else:
            counts.missed += is_linked
    return counts


def average_precision(scored: Sequence[Scored]) -> float:
    """Return the area under precision over recall; pairs of equal score are taken at once."""
    linked_in_all = sum(is_linked for _, is_linked in scored)
    if not linked_in_all:
        return 1.0
    groups: dict[float, Counter[bool]] = {}
    for score, is_linked in scored:
        groups.setdefault(score, Counter())[is_linked] += 1
    total = right = 0
    area = 0.0
    for score in sorted(groups, reverse=True):
        found = groups[score]
        total += sum(found.values())
        right += found[True]
        area += found[True] / linked_in_all * right / total
    return area


def brier(scored: Sequence[Scored]) -> tuple[float, float]:
    """Return the mean squared error of the scores, and that of always saying the base rate."""
    if not scored:
        return 0.0, 0.0
    rate = sum(is_linked for _, is_linked in scored) / len(scored)
    return sum((score - is_linked) ** 2 for score, is_linked in scored) / len(scored), rate * (1 - rate)


class Bin(msgspec.Struct, frozen=True):
    """Pairs of about one score."""

    least: float
    most: float
    count: int
    mean_score: float
    share_linked: float


def reliability(scored: Sequence[Scored]) -> list[Bin]:
    """Return how often pairs of a score do belong together, by score."""
    found = []
    for place, least in enumerate(BIN_EDGES[:-1]):
        most = BIN_EDGES[place + 1]
        held = [pair for pair in scored if least <= pair[0] < most]
        if held:
            mean = sum(score for score, _ in held) / len(held)
            found.append(Bin(least, most, len(held), mean, sum(is_linked for _, is_linked in held) / len(held)))
    return found


Clustered = tuple[str, str, int]
"""True cluster, found cluster, and how many items there are of both."""


def b_cubed(items: Iterable[Clustered]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a clustering, item by item."""
    both: Counter[tuple[str, str]] = Counter()
    for true, found, count in items:
        both[true, found] += count
    in_true: Counter[str] = Counter()
    in_found: Counter[str] = Counter()
    for (true, found), count in both.items():
        in_true[true] += count
        in_found[found] += count
    total = sum(both.values())
    if not total:
        return 1.0, 1.0, 1.0
    precision = sum(count * count / in_found[found] for (_, found), count in both.items()) / total
    recall = sum(count * count / in_true[true] for (true, _), count in both.items()) / total
    return precision, recall, 2 * precision * recall / (precision + recall)
