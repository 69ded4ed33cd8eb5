"""The linear model of adverts: weights of features, summed.

Trained by logistic regression with a prior that leaves most features without a weight (``nlp/training``). The weights
are kept as a table: every one of them can be named in an explanation, and nine thousand stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from nlp.gram_tree import GramTree, add_gram
from nlp.model_features import MOST_SIZES, Looked, linear_features_of

FILE_NAME: Final = "advert_linear.msgpack.zst"
_MOST_FACTS: Final = 20_000
"""Sets of facts whose sum is remembered: some 5 MB."""


class LinearFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``model-`` and a digest of corpora, lexicons and configuration that it was trained with.
        bias: Log-odds of a text without a known feature.
        weights: Log-odds by feature, each as ``nlp.model_features.linear_features_of`` names it.
    """

    version: str
    bias: float
    weights: dict[str, float]


class _FactSums(dict[tuple[str, ...], float]):
    """Sums of the weights of facts and of each two, filled as they are met: texts of one wording share theirs."""

    def __init__(self, weights: Mapping[str, float], pairs: Mapping[str, Mapping[str, float]]) -> None:
        super().__init__()
        self._weights = weights
        self._pairs = pairs

    def __missing__(self, facts: tuple[str, ...]) -> float:
        total = 0.0
        for at, fact in enumerate(facts, 1):
            total += self._weights.get(fact, 0.0)
            others = self._pairs.get(fact)
            if others is not None:
                total += sum([others[other] for other in facts[at:] if other in others])
        if len(self) >= _MOST_FACTS:
            self.clear()
        self[facts] = total
        return total


class LinearModel:
    """Weighs what the model sees of a text."""

    def __init__(self, stored: LinearFile) -> None:
        self.version = stored.version
        self.bias = stored.bias
        self._weights = stored.weights
        self._words: GramTree[float] = {}
        self._classes: GramTree[float] = {}
        self._facts: dict[str, float] = {}
        pairs: dict[str, dict[str, float]] = {}
        for feature, weight in stored.weights.items():
            kind, name = feature[0], feature[2:]
            if kind == "f":
                self._facts[name] = weight
            elif kind == "p":
                one, _, other = name.partition(" ")
                pairs.setdefault(one, {})[other] = weight
            else:
                add_gram(self._words if kind == "w" else self._classes, name.split(" "), weight, 0.0)
        self._of_facts = _FactSums(self._facts, pairs)

    def log_odds(self, looked: Looked) -> float:
        """Return the log-odds of an advert."""
        total = self.bias + _sum_of_grams(looked.words, self._words) + _sum_of_grams(looked.classes, self._classes)
        known = self._facts
        for step in looked.steps:
            total += known.get(step, 0.0)
        return total + self._of_facts[tuple(looked.facts)]

    def parts(self, looked: Looked) -> dict[str, float]:
        """Return each feature that counted with its weight, the weightiest first: what an explanation shows."""
        weights = self._weights
        found = {feature: weights[feature] for feature in linear_features_of(looked) if weights.get(feature)}
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))


def _sum_of_grams(sequence: Sequence[str], root: GramTree[float]) -> float:
    """Return the sum of the weights of all stretches that have one, each counted once."""
    if len(set(sequence)) < len(sequence):
        return _sum_of_distinct_grams(sequence, root)
    total = 0.0
    for at, first in enumerate(sequence, 1):
        found = root.get(first)
        if found is not None:
            weight, node = found
            total += weight
            if node:
                for word in sequence[at : at + MOST_SIZES - 1]:
                    found = node.get(word)
                    if found is None:
                        break
                    weight, node = found
                    total += weight
    return total


def _sum_of_distinct_grams(sequence: Sequence[str], root: GramTree[float]) -> float:
    """Return the same where words repeat, so that stretches may."""
    total = 0.0
    seen: set[int] = set()
    for at in range(len(sequence)):
        node = root
        for word in sequence[at : at + MOST_SIZES]:
            found = node.get(word)
            if found is None:
                break
            weight, node = found
            if weight and id(found) not in seen:
                seen.add(id(found))
                total += weight
    return total
