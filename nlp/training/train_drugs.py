"""Trains the model of drug words, by one command, from what is in the repository.

Run: ``python -m nlp.training.train_drugs [--leave-out] [--batches a,b]`` (a minute on one core). A logistic regression
with a Gaussian prior over the words that can stand for drugs, in adverts and in other texts. A sixth of the batches is
left out in turn: that shows what is told apart in texts that were not trained on, and gives the lines from which on a
word counts. Writes ``nlp/model/drug_model.msgpack.zst`` unless told only to leave out.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple, cast

import msgspec
import numpy as np
import numpy.typing as npt
import zstandard

from nlp.components.component import Component
from nlp.components.decisions import Decisions
from nlp.components.drug_context import DrugContext
from nlp.drug_model import FILE_NAME, DrugModelFile, seen
from nlp.folding import fold
from nlp.lexicons import load_lexicons
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.training.convex import Floats, least
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.ham import ham_texts

_PRIOR: Final = 1.0
_MIN_TEXTS: Final = 2
"""Candidates that must show a feature: one that a single one shows tells of that one alone."""

_UNMARKED: Final = frozenset({"first"})
"""Batches in which only adverts have their drugs marked."""

_LINES: Final = [step / 10 for step in range(-20, 16)]
_PARTS: Final = 6
"""Parts of the batches that are left out in turn."""

_PLACES: Final = 3
_MODEL_FILE: Final = Path(__file__).parents[1] / "model" / FILE_NAME


_HAM: Final = "uci_ham"
_HAM_WEIGHT: Final = 0.5
"""What a word of a personal text weighs: there are far more of them, and nobody has marked their drugs."""


class Example(NamedTuple):
    """A word that can stand for a drug: its batch, whether its text is an advert, what is seen, the truth."""

    batch: str
    is_advert: bool
    features: list[str]
    is_drug: bool
    weight: float = 1.0


def examples(texts: Sequence[GoldText]) -> Iterator[Example]:
    """Yield the candidates of texts of which it is known what they are."""
    lexicons = load_lexicons()
    pipeline = build_pipeline(lexicons)
    steps = [cast("Component", component) for _, component in pipeline.pipeline]
    before = steps[: next(at for at, step in enumerate(steps) if isinstance(step, Decisions))]
    context = DrugContext(lexicons)
    for text in ham_texts(held_out=False):
        reading = _read(text, before)
        found = seen(reading, context)
        for at, ((term, _), _) in enumerate(found.of_candidates):
            # A few personal texts are about cannabis: what is rarely innocent is left out.
            if term.entry.ambiguity == "high":
                features = found.features(at, is_advert=False)
                yield Example(_HAM, False, features, False, _HAM_WEIGHT)  # noqa: FBT003  # fields of a row
    for gold in texts:
        if gold.batch in _UNMARKED and not gold.is_advert:
            continue
        reading = _read(gold.text, before)
        reading.is_advert = gold.is_advert
        true = gold.marked("drug")
        found = seen(reading, context)
        for at, ((term, _), _) in enumerate(found.of_candidates):
            features = found.features(at, is_advert=gold.is_advert)
            start, end = reading.body_offsets(reading.starts[term.first], reading.ends[term.last - 1])
            is_drug = any(mark.start < end and start < mark.end for mark in true)
            yield Example(gold.batch, gold.is_advert, features, is_drug)


def _read(text: str, steps: Sequence[Component]) -> Reading:
    reading = Reading(text, fold(text))
    for step in steps:
        step.read(reading)
    reading.is_advert = False
    return reading


class Fitted(NamedTuple):
    """Weights of a model; the bias is apart."""

    bias: float
    weights: dict[str, float]

    def log_odds(self, features: Sequence[str]) -> float:
        """Return the log-odds of a drug."""
        return self.bias + sum(self.weights.get(feature, 0.0) for feature in features)


def fitted(rows: Sequence[Example]) -> Fitted:
    """Return the weights that make the truth the likeliest, held near zero by the prior."""
    seen = Counter(feature for row in rows for feature in set(row.features))
    number = {feature: at for at, feature in enumerate(sorted(f for f, times in seen.items() if times >= _MIN_TEXTS))}
    places = [[number[f] for f in row.features if f in number] for row in rows]
    columns = np.array([place for row in places for place in row])
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in places])
    truth = np.array([float(row.is_drug) for row in rows])
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
    kept = {feature: round(float(found[at]), _PLACES) for feature, at in number.items() if abs(found[at]) >= 0.001}
    return Fitted(round(float(found[size]), _PLACES), kept)


def best_line(odds: Floats, truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return the log-odds from which on the words found give the best F1, and that."""
    scores: list[tuple[float, float]] = []
    for line in _LINES:
        right, found = int(np.sum((odds >= line) & truth)), int(np.sum(odds >= line))
        scores.append((2 * right / max(1, found + int(np.sum(truth))), line))
    best, line = max(scores)
    return line, best


def main() -> int:
    """Train, and write the model unless told only to leave out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: those for training")
    parser.add_argument("--leave-out", action="store_true", help="print what is told apart, and write nothing")
    asked = parser.parse_args()
    default = [*batch_names("train"), *batch_names("names")]
    rows = list(examples(read_batches(asked.batches.split(",") if asked.batches else default)))
    odds = np.zeros(len(rows))
    part_of = {batch: at % _PARTS for at, batch in enumerate(sorted({row.batch for row in rows}))}
    for part in sorted(set(part_of.values())):
        model = fitted([row for row in rows if part_of[row.batch] != part])
        for at, row in enumerate(rows):
            if part_of[row.batch] == part:
                odds[at] = model.log_odds(row.features)
    truth = np.array([row.is_drug for row in rows])
    lines = {}
    for is_advert in (True, False):
        chosen = np.array([row.is_advert is is_advert and row.batch != _HAM for row in rows])
        lines[is_advert], score = best_line(odds[chosen], truth[chosen])
        right = int(np.sum((odds >= lines[is_advert]) & truth & chosen))
        found, there = int(np.sum((odds >= lines[is_advert]) & chosen)), int(np.sum(truth & chosen))
        title = "adverts" if is_advert else "other texts"
        print(f"{title}: F1 {score:.3f} from {lines[is_advert]:.1f} on ({right} right of {found} found, {there} there)")
    if not asked.leave_out:
        model = fitted(rows)
        digest = blake2b(msgspec.msgpack.encode([model.bias, sorted(model.weights.items())]), digest_size=6)
        stored = DrugModelFile(
            version=f"drugs-{digest.hexdigest()}",
            bias=model.bias,
            line_in_adverts=lines[True],
            line_elsewhere=lines[False],
            weights=dict(sorted(model.weights.items())),
        )
        packed = zstandard.ZstdCompressor(level=19).compress(msgspec.msgpack.encode(stored))
        _MODEL_FILE.write_bytes(packed)
        print(f"wrote {_MODEL_FILE.name}, {len(packed)} bytes, {len(model.weights)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
