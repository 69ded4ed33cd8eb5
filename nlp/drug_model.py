"""The trained model of drug words: weights of features, summed for each word of a text that can stand for a drug.

A logistic regression over what ``nlp.drug_features`` sees, trained on texts whose drugs are known
(``nlp.training.train_drugs``). What it gives are the log-odds that the word is a drug there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import zstandard

from nlp.components.drug_context import DrugContext
from nlp.drug_features import features_of, features_of_text, symbols
from nlp.readings import DrugCandidate, Reading, Verdict

FILE_NAME: Final = "drug_model.msgpack.zst"
ADVERT_PREFIX: Final = "a:"


class DrugModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``drugs-`` and a digest of the weights.
        bias: Log-odds of a word without a known feature.
        line_in_adverts: Log-odds from which on a word of an advert is a drug; ``line_elsewhere`` in other texts.
        weights: Log-odds by feature.
    """

    version: str
    bias: float
    line_in_adverts: float
    line_elsewhere: float
    weights: dict[str, float]


def seen_features(reading: Reading, context: DrugContext) -> list[tuple[DrugCandidate, list[str]]]:
    """Return the candidates that are worth a look, each with its features.

    What the grammar finds unlikely is looked at in adverts, and elsewhere where something else may be a drug.
    """
    candidates = reading.drug_candidates
    if not reading.is_advert and all(verdict is not Verdict.THING for _, verdict in candidates):
        return []
    of_text = features_of_text(reading, candidates, context)
    neighbours = symbols(reading, candidates)
    counted = context.counted(reading, candidates)
    found = []
    for candidate in candidates:
        facts = context.facts(reading, candidate.term, candidates, counted)
        of_candidate = list(features_of(reading, candidate, neighbours, facts))
        if reading.is_advert:
            of_candidate += [ADVERT_PREFIX + feature for feature in of_candidate]
        found.append((candidate, of_text + of_candidate))
    return found


class DrugModel:
    """Weighs candidates."""

    def __init__(self, stored: DrugModelFile) -> None:
        self.version = stored.version
        self._bias = stored.bias
        self._lines = {True: stored.line_in_adverts, False: stored.line_elsewhere}
        self._weights = stored.weights

    def log_odds(self, features: Iterable[str]) -> float:
        """Return the log-odds of a drug."""
        known = self._weights
        return self._bias + sum([known.get(feature, 0.0) for feature in features])

    def drugs(self, reading: Reading, context: DrugContext) -> Sequence[DrugCandidate]:
        """Return the candidates that stand for drugs, in order."""
        line = self._lines[reading.is_advert]
        return [
            candidate
            for candidate, features in seen_features(reading, context)
            if self.log_odds(features) >= line
        ]


@cache
def shipped_drug_model() -> DrugModel:
    """Return the model that is shipped."""
    packed = files("nlp").joinpath("model", FILE_NAME).read_bytes()
    return DrugModel(msgspec.msgpack.decode(zstandard.decompress(packed), type=DrugModelFile))
