"""The first look: a small model that rules out what can be no advert, before names and models cost their time.

A sum of one weight a word and a fact of the text, trained on the texts that the models of adverts are trained on
(``nlp.training.train_first_look``). It only ever says that a text is none: of two personal texts in three, and of two
in five of those that look like adverts. Trained on twenty-four batches, it ruled out one in 1,437 of the adverts that
the models find in eight others.
"""

from __future__ import annotations

from functools import cache
from math import fsum
from typing import Final

import msgspec

from nlp.adverts.model_features import length_fact, said_facts
from nlp.model_files import shipped_file
from nlp.readings import Reading
from parsers.records.findings import NumberChangeRole

FILE_NAME: Final = "first_look.msgpack.zst"
_SPEAKS_FOR: Final = 1.0
"""Log-odds of the cues above which a text is never ruled out."""


class FirstLookFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``first-look-`` and a digest of the weights.
        bias: Log-odds of an advert without a known feature.
        line: Log-odds below which a text is none.
        weights: Log-odds by feature, each as ``features_of`` names it.
    """

    version: str
    bias: float
    line: float
    weights: dict[str, float]


class FirstLook:
    """Weighs texts whose marks and cues are there."""

    def __init__(self, stored: FirstLookFile) -> None:
        self.version = stored.version
        self.line = stored.line
        self._bias = stored.bias
        self._weights = stored.weights
        self._words = {name[2:]: weight for name, weight in stored.weights.items() if name[0] == "w"}
        self._facts = {name[2:]: weight for name, weight in stored.weights.items() if name[0] == "f"}

    def log_odds(self, reading: Reading) -> float:
        """Return the log-odds of an advert, as far as words one by one and facts tell."""
        of_words = map(self._words.get, set(reading.glossed or reading.words))
        of_facts = map(self._facts.get, _facts_of(reading))
        # Added up exactly: in a set words stand in another order in every process.
        return fsum([self._bias, *filter(None, of_words), *filter(None, of_facts)])

    def verdict(self, reading: Reading) -> float | None:
        """Return the log-odds of a text that can be no advert. None: it may be one."""
        if sum([cue.weight for cue in reading.cues]) > _SPEAKS_FOR:
            return None
        log_odds = self.log_odds(reading)
        return log_odds if log_odds < self.line else None

    def parts(self, reading: Reading) -> dict[str, float]:
        """Return each feature that counted with its weight, the weightiest first, for explanations."""
        weights = self._weights
        found = {feature: weights[feature] for feature in features_of(reading) if weights.get(feature)}
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))


def features_of(reading: Reading) -> list[str]:
    """Return the features of a text, sorted: ``w:`` and a word, ``f:`` and a fact."""
    words = [f"w:{word}" for word in set(reading.glossed or reading.words)]
    return sorted([*words, *(f"f:{fact}" for fact in _facts_of(reading))])


def _facts_of(reading: Reading) -> set[str]:
    facts = said_facts(reading)
    facts.add(length_fact(reading))
    if reading.number_change.role is not NumberChangeRole.NONE:
        facts.add("number-change")
    return facts


@cache
def shipped_first_look() -> FirstLook:
    """Return the model that is shipped."""
    return FirstLook(shipped_file(FILE_NAME, FirstLookFile))
