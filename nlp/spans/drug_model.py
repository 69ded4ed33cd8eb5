"""The trained model of drug words: weights of features, summed for each word of a text that can stand for a drug.

A logistic regression over what ``nlp.spans.drug_features`` sees, trained on texts whose drugs are known
(``nlp.training.train_spans``). What it gives are the log-odds that the word is a drug there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from nlp.model_files import shipped_file
from nlp.readings import DrugCandidate, Reading, Term, Verdict
from nlp.spans.drug_context import DrugContext
from nlp.spans.drug_features import Part, Symbols, features_of_part, features_of_text, parts_of
from nlp.spans.drug_letters import is_listed
from nlp.spans.drug_marks import is_picture_again

FILE_NAME: Final = "drug_model.msgpack.zst"
ADVERT_PREFIX: Final = "a:"
_MARGINS: Final = {Verdict.THING: 0.0, Verdict.DECORATION: 1.0, Verdict.PHRASE: 1.0, Verdict.UNLIKELY: 1.0}
"""Log-odds above the line that are asked of what the grammar speaks against: there are few such words to learn from."""

_MAX_SEEN: Final = 50_000
"""Parts of which the sum is remembered."""

_LEEWAY: Final = 2.0
"""Log-odds by which a word may fall short of the line where the other one of its pair is a drug."""


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


class Seen(NamedTuple):
    """What is seen of a text: what holds for the whole, and its candidates with what holds for each."""

    of_text: list[str]
    of_candidates: list[tuple[DrugCandidate, list[Part]]]

    def features(self, at: int, *, is_advert: bool) -> list[str]:
        """Return all features of a candidate, those of its own a second time in an advert."""
        own = [feature for part in self.of_candidates[at][1] for feature in features_of_part(part)]
        return [*self.of_text, *own, *(ADVERT_PREFIX + feature for feature in own if is_advert)]


def seen(reading: Reading, context: DrugContext) -> Seen:
    """Return the candidates that are worth a look.

    What the grammar finds unlikely is looked at in adverts, and elsewhere where something else may be a drug.
    """
    candidates = reading.drug_candidates
    if not reading.is_advert and all(verdict is not Verdict.THING for _, verdict in candidates):
        return Seen([], [])
    neighbours = Symbols(reading, candidates)
    counted = context.counted(reading, candidates)
    found = []
    for candidate in candidates:
        facts = context.facts(reading, candidate.term, candidates, counted)
        found.append((candidate, parts_of(reading, candidate, neighbours, facts)))
    return Seen(features_of_text(reading, candidates, context), found)


class _Sums(dict[Part, float]):
    """Sum of the weights of each part, filled as parts are met."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, part: Part) -> float:
        if len(self) >= _MAX_SEEN:
            self.clear()
        total = self[part] = sum(self._weights.get(feature, 0.0) for feature in features_of_part(part))
        return total


class DrugModel:
    """Weighs candidates."""

    def __init__(self, stored: DrugModelFile) -> None:
        self.version = stored.version
        self._bias = stored.bias
        self._lines = {True: stored.line_in_adverts, False: stored.line_elsewhere}
        own = {feature: weight for feature, weight in stored.weights.items() if not feature.startswith(ADVERT_PREFIX)}
        in_adverts = dict(own)
        for feature, weight in stored.weights.items():
            if feature.startswith(ADVERT_PREFIX):
                name = feature[len(ADVERT_PREFIX) :]
                in_adverts[name] = own.get(name, 0.0) + weight
        # Summed beforehand, so that a feature is looked up once.
        self._weights = own
        self._sums_of = {True: _Sums(in_adverts), False: _Sums(own)}

    def drugs(self, reading: Reading, context: DrugContext) -> list[DrugCandidate]:
        """Return the candidates that stand for drugs, in order."""
        of_text, of_candidates = seen(reading, context)
        if not of_candidates:
            return []
        known, sums = self._weights, self._sums_of[reading.is_advert]
        base = self._bias + sum([known.get(feature, 0.0) for feature in of_text]) - self._lines[reading.is_advert]
        judged = []
        for candidate, parts in of_candidates:
            odds = base + sum([sums[part] for part in parts])
            judged.append((candidate, odds - _MARGINS[candidate.verdict]))
        sure = [candidate.term for candidate, odds in judged if odds >= 0.0]
        stands = [
            odds >= 0.0 or (odds >= -_LEEWAY and _has_partner(reading, candidate, sure)) for candidate, odds in judged
        ]
        terms = [candidate.term for candidate, _ in judged]
        for at in range(1, len(terms)):
            # A row of one picture is one mention: what stands behind it is beside the last one alone.
            if stands[at - 1] and is_picture_again(reading, terms[at - 1], terms[at]):
                stands[at] = True
        return [candidate for (candidate, _), is_drug in zip(judged, stands, strict=True) if is_drug]


def _has_partner(reading: Reading, candidate: DrugCandidate, sure: Sequence[Term]) -> bool:
    """Whether the other one of a pair stands beside a word, and is a drug: the w of ``2b 1w``."""
    term, verdict = candidate
    return verdict is Verdict.THING and any(
        other.entry.joins == term.entry.joins != ""
        and other.entry.canonical != term.entry.canonical
        and is_listed(reading, term, other)
        for other in sure
    )


@cache
def shipped_drug_model() -> DrugModel:
    """Return the model that is shipped."""
    return DrugModel(shipped_file(FILE_NAME, DrugModelFile))
