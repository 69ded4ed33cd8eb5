"""Logistic regression over features that hold or do not, with a Gaussian prior: how the span models are trained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.training.convex import Floats, least

_PRIOR: Final = 1.0
_MIN_EXAMPLES: Final = 2
"""Examples that must show a feature: one that a single one shows tells of that one alone."""

_PARTS: Final = 6
"""Parts of the batches that are left out in turn."""

_LINES: Final = [step / 10 for step in range(-20, 16)]
_PLACES: Final = 3


class Example(NamedTuple):
    """What is seen of something in a batch, and whether it is what is looked for.

    ``group`` names what has a line of its own; empty: only trained on.
    """

    batch: str
    group: str
    features: list[str]
    is_right: bool
    weight: float = 1.0


class Fitted(NamedTuple):
    """Weights of a model; the bias is apart."""

    bias: float
    weights: dict[str, float]

    def log_odds(self, features: Sequence[str]) -> float:
        """Return the log-odds of what is looked for."""
        return self.bias + sum(self.weights.get(feature, 0.0) for feature in features)


class Line(NamedTuple):
    """The log-odds from which on something counts, with what that gives on batches left out."""

    line: float
    right: int
    found: int
    there: int

    @property
    def f1(self) -> float:
        """The F1 on batches left out."""
        return 2 * self.right / max(1, self.found + self.there)


def fitted(rows: Sequence[Example]) -> Fitted:
    """Return the weights that make the truth the likeliest, held near zero by the prior."""
    seen = Counter(feature for row in rows for feature in set(row.features))
    kept = sorted(feature for feature, times in seen.items() if times >= _MIN_EXAMPLES)
    number = {feature: at for at, feature in enumerate(kept)}
    places = [[number[feature] for feature in row.features if feature in number] for row in rows]
    columns = np.array([place for row in places for place in row])
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in places])
    truth = np.array([float(row.is_right) for row in rows])
    weights = np.array([row.weight for row in rows])
    size = len(number)

    def loss(at: Floats) -> tuple[float, Floats]:
        odds = np.bincount(row_of, weights=at[columns], minlength=len(rows)) + at[size]
        value = float(weights @ (np.logaddexp(0.0, odds) - truth * odds)) + 0.5 * _PRIOR * float(at[:size] @ at[:size])
        miss = weights * (1.0 / (1.0 + np.exp(-odds)) - truth)
        slope = np.bincount(columns, weights=miss[row_of], minlength=size + 1)[: size + 1] + _PRIOR * at
        slope[size] = np.sum(miss)
        return value, slope

    found = least(loss, size + 1)
    rounded = {feature: round(float(found[at]), _PLACES) for feature, at in number.items()}
    return Fitted(
        round(float(found[size]), _PLACES), {feature: weight for feature, weight in rounded.items() if weight}
    )


def left_out(rows: Sequence[Example]) -> Floats:
    """Return the log-odds of each example by a model that has seen no example of its batch. Shape (n,)."""
    part_of = {batch: at % _PARTS for at, batch in enumerate(sorted({row.batch for row in rows}))}
    odds = np.zeros(len(rows))
    for part in sorted(set(part_of.values())):
        model = fitted([row for row in rows if part_of[row.batch] != part])
        for at, row in enumerate(rows):
            if part_of[row.batch] == part:
                odds[at] = model.log_odds(row.features)
    return odds


def lines(rows: Sequence[Example]) -> dict[str, Line]:
    """Return the best line of each group, chosen on batches that were left out in turn."""
    odds = left_out(rows)
    truth = np.array([row.is_right for row in rows])
    found = {}
    for group in sorted({row.group for row in rows} - {""}):
        chosen = np.array([row.group == group for row in rows])
        found[group] = _best_line(odds[chosen], truth[chosen])
    return found


def _best_line(odds: Floats, truth: npt.NDArray[np.bool_]) -> Line:
    there = int(np.sum(truth))
    tried = [Line(line, int(np.sum((odds >= line) & truth)), int(np.sum(odds >= line)), there) for line in _LINES]
    return max(tried, key=lambda line: (line.f1, line.line))
