"""The trained finder of names: weights of features, summed for each candidate of a text.

A choice among the candidates and no name at all (a log-linear model, Luce 1959), trained on adverts whose name is
known (``nlp.training.train_names``). What a candidate exceeds "no name" by is the log-odds that it is the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import msgspec

from nlp.model_files import shipped_file
from nlp.nicknames.name_parts import Part, features_of
from nlp.nicknames.name_words import NameVocabulary

_MOST_PARTS: Final = 50_000

FILE_NAME: Final = "name_model.msgpack.zst"


class NameModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``names-`` and a digest of corpora and lexicons that it was trained with.
        threshold: Log-odds from which on a name is given.
        weights: Log-odds by feature, each as ``nlp.nicknames.name_parts.features_of`` names it.
        counted: Number of texts in which a word stood, lines' names left out.
        dictionary: Everyday English words (SCOWL size 35, see ``nlp/training/names/README.md``).
    """

    version: str
    threshold: float
    weights: dict[str, float]
    counted: dict[str, int]
    dictionary: list[str]


class _Sums(dict[Part, float]):
    """Sum of the weights of each part, filled as parts are met, emptied when there are many."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, part: Part) -> float:
        total = sum(self._weights.get(feature, 0.0) for feature in features_of(part))
        if len(self) >= _MOST_PARTS:
            self.clear()
        self[part] = total
        return total


class NameModel:
    """Weighs candidates."""

    def __init__(self, stored: NameModelFile) -> None:
        self.version = stored.version
        self.threshold = stored.threshold
        self.vocabulary = NameVocabulary(stored.counted, frozenset(stored.dictionary))
        self._sums = _Sums(stored.weights)

    def log_odds(self, parts: Iterable[Part]) -> float:
        """Return the sum of the weights of parts."""
        sums = self._sums
        return sum([sums[part] for part in parts])


@cache
def shipped_name_model() -> NameModel:
    """Return the model that is shipped."""
    return NameModel(shipped_file(FILE_NAME, NameModelFile))
