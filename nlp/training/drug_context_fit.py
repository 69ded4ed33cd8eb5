"""Fits the weights of ``nlp.components.drug_context`` to the batches for training, and prints them.

Run: ``python -m nlp.training.drug_context_fit [--batches a,b]``. Each batch is left out once: the first lines say how
well the ambiguous words of texts that were not fitted to are told apart, by where the line is drawn. The weights,
fitted to all, are rounded and copied into the module by hand, since a change of them is a change of what is found.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from nlp.components.component import Component
from nlp.components.decisions import Decisions
from nlp.components.drugs import RULE_BY_AMBIGUITY
from nlp.folding import fold
from nlp.lexicons import load_lexicons
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from parsers.records.findings import SpanKind

Vector = NDArray[np.float64]

_RIDGE: Final = 1.0
_STEPS: Final = 40
_LINES: Final = (0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


class Example(NamedTuple):
    """One ambiguous word of a text that is no advert: what is known of it, and whether it is a drug."""

    batch: str
    facts: dict[str, float]
    is_drug: bool


def examples(texts: Sequence[GoldText]) -> Iterator[Example]:
    """Yield the ambiguous words that are proposed in the texts that are no adverts."""
    pipeline = build_pipeline(load_lexicons())
    steps = [cast("Component", component) for _, component in pipeline.pipeline]
    decisions = next(step for step in steps if isinstance(step, Decisions))
    before = steps[: steps.index(decisions)]
    for gold in texts:
        if gold.is_advert:
            continue
        reading = Reading(gold.text, fold(gold.text))
        for step in before:
            step.read(reading)
        marks = reading.marked(SpanKind.DRUG)
        context = decisions.context
        facts = context.facts(reading, marks) if marks else {}
        counted = context.counted(reading, marks)
        for mark in marks:
            if mark.rule != RULE_BY_AMBIGUITY["low"]:
                start, end = reading.body_offsets(mark.start, mark.end)
                is_drug = any(true.start < end and start < true.end for true in gold.marked("drug"))
                yield Example(gold.batch, facts | context.facts_of_mark(reading, mark, marks, counted), is_drug)


def fitted(table: Vector, truth: Vector) -> Vector:
    """Return the weights of a logistic regression with a ridge, by Newton's method."""
    weights = np.zeros(table.shape[1])
    ridge = _RIDGE * np.eye(table.shape[1])
    for _ in range(_STEPS):
        odds = _chances(table, weights)
        slope = table.T @ (odds - truth) + _RIDGE * weights
        weights -= np.linalg.solve((table.T * (odds * (1 - odds))) @ table + ridge, slope)
    return weights


def _chances(table: Vector, weights: Vector) -> Vector:
    return np.asarray(1.0 / (1.0 + np.exp(-table @ weights)), dtype=np.float64)


def main() -> int:
    """Print what the weights tell apart, and the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: those for training")
    asked = parser.parse_args()
    rows = list(examples(read_batches(asked.batches.split(",") if asked.batches else batch_names("train"))))
    names = sorted({name for row in rows for name in row.facts if name})
    table = np.array([[float(row.facts.get(name, 0.0)) for name in names] for row in rows])
    truth = np.array([float(row.is_drug) for row in rows])
    batches = np.array([row.batch for row in rows])
    chances = np.zeros(len(rows))
    for batch in sorted(set(batches)):
        is_out = batches == batch
        chances[is_out] = _chances(table[is_out], fitted(table[~is_out], truth[~is_out]))
    for line in _LINES:
        is_found = chances > line
        right, wrong, missed = (
            int(np.sum(is_found & (truth == 1))),
            int(np.sum(is_found & (truth == 0))),
            int(np.sum(~is_found & (truth == 1))),
        )
        f1 = 2 * right / max(1, 2 * right + wrong + missed)
        print(f"from {line:.2f} on: F1 {f1:.3f} ({right} right, {wrong} wrong, {missed} missed)")
    for name, weight in sorted(zip(names, fitted(table, truth), strict=True), key=lambda pair: -pair[1]):
        print(f'    "{name}": {weight:.1f},')
    return 0


if __name__ == "__main__":
    sys.exit(main())
