"""The linear model of adverts: weights of features, summed.

Trained by logistic regression with a prior that leaves most features without a weight (``nlp/training``). The weights
are kept as a table: every one of them can be named in an explanation, and nine thousand stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from nlp.adverts.gram_tables import GramTables, WordNumbers
from nlp.adverts.key_tables import Numbers
from nlp.adverts.model_features import CLASS_SIZES, WORD_SIZES, Looked, linear_features_of

FILE_NAME: Final = "advert_linear.msgpack.zst"
_MOST_FACTS: Final = 20_000
"""Sets of facts whose sum is remembered: some 5 MB."""


class LinearFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``model-`` and a digest of corpora, lexicons and configuration that it was trained with.
        bias: Log-odds of a text without a known feature.
        weights: Log-odds by feature, each as ``nlp.adverts.model_features.linear_features_of`` names it.
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
    """Weighs what the model sees of texts."""

    def __init__(self, stored: LinearFile) -> None:
        self.version = stored.version
        self.bias = stored.bias
        self._weights = stored.weights
        by_kind: dict[str, dict[str, float]] = {kind: {} for kind in "wcfp"}
        for feature, weight in stored.weights.items():
            by_kind[feature[0]][feature[2:]] = weight
        self._words = _Grams(by_kind["w"], WORD_SIZES)
        self._classes = _Grams(by_kind["c"], CLASS_SIZES)
        self._facts = by_kind["f"]
        pairs: dict[str, dict[str, float]] = {}
        for name, weight in by_kind["p"].items():
            one, _, other = name.partition(" ")
            pairs.setdefault(one, {})[other] = weight
        self._of_facts = _FactSums(self._facts, pairs)

    def log_odds(self, texts: Sequence[Looked]) -> list[float]:
        """Return the log-odds of an advert for each text."""
        if not texts:
            return []
        of_words = self._words.sums([looked.words for looked in texts])
        of_classes = self._classes.sums([looked.classes for looked in texts])
        known = self._facts
        found: list[float] = []
        for looked, own, classes in zip(texts, of_words, of_classes, strict=True):
            total = self.bias + own + classes
            for step in looked.steps:
                total += known.get(step, 0.0)
            found.append(total + self._of_facts[tuple(looked.facts)])
        return found

    def parts(self, looked: Looked) -> dict[str, float]:
        """Return each feature that counted with its weight, the weightiest first: what an explanation shows."""
        weights = self._weights
        found = {feature: weights[feature] for feature in linear_features_of(looked) if weights.get(feature)}
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))


class _Grams:
    """Weights of stretches of words.

    Args:
        weights: By stretch.
        sizes: Words in the longest one.
    """

    def __init__(self, weights: Mapping[str, float], sizes: int) -> None:
        self._numbers = WordNumbers(" ".join(weights).split(" "), 1)
        self._grams = GramTables({tuple(gram.split(" ")): at for at, gram in enumerate(weights)}, self._numbers)
        self._weights = np.array(list(weights.values()), np.float64)
        self._sizes = sizes

    def sums(self, texts: Sequence[Sequence[str]]) -> list[float]:
        """Return for each text the sum of the weights of all stretches that have one, each counted once.

        Added up in the order in which they begin, the shortest first: a sum does not depend on the texts beside it.
        """
        words, text_of = self._numbers.laid_out(texts)
        found = self._grams.found(words)
        if not found:
            return [0.0] * len(texts)
        order = np.concatenate([places * self._sizes + size for size, (places, _) in enumerate(found)])
        grams = np.concatenate([grams for _, grams in found])
        in_order = np.argsort(order, kind="stable")
        text_of, grams = text_of[order[in_order] // self._sizes], grams[in_order]
        is_first = _first_of_each(text_of * len(self._weights) + grams)
        weights = self._weights[grams[is_first]]
        sums: list[float] = np.bincount(text_of[is_first], weights, len(texts)).tolist()
        return sums


def _first_of_each(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Return which of several numbers stand there for the first time."""
    is_first = np.ones(len(numbers), np.bool_)
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    is_first[order[1:][ordered[1:] == ordered[:-1]]] = False
    return is_first
