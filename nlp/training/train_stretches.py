"""Trains the model of stretches, by one command, from what is in the repository.

Run: ``python -m nlp.training.train_stretches [--batches a,b]`` (half a minute on one core). It learns from the
adverts of the batches that mark places throughout, and of the others from those that mark anything; one part of the
batches is left out in turn, which shows what is found in texts that were not trained on. Writes
``nlp/model/stretch_model.msgpack.zst``.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple, cast

import msgspec

from nlp.components.component import Component
from nlp.components.decisions import Decisions
from nlp.components.first_looks import FirstLooks
from nlp.components.stretches import Stretches
from nlp.lexicons import load_lexicons
from nlp.model_files import write_file
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.spans import stretch_model
from nlp.spans.stretch_features import KINDS, StretchFeatures
from nlp.spans.stretch_model import LABELS, Scores, StretchModelFile, best_labels, stretches
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.words.folding import fold

_PASSES: Final = 6
_MIN_EXAMPLES: Final = 3
"""Words that must show a feature."""

_PARTS: Final = 4
"""Parts of the batches that are left out in turn."""

_LEAST_PLACES: Final = 0.08
"""Places that a batch marks in an advert: whoever marks fewer has not marked them all, and what is not marked teaches
that it is none."""

_MIN_OPENED: Final = 2
_OPENED_SHARE: Final = 0.05
_SEED: Final = 1
_PLACES: Final = 3


class Row(NamedTuple):
    """An advert: its words, the features of each, and its label."""

    batch: str
    words: list[str]
    features: list[list[str]]
    labels: list[int]


def rows_of(texts: Sequence[GoldText]) -> list[Row]:
    """Return the adverts among some texts as the model sees them."""
    lexicons = load_lexicons()
    looking = StretchFeatures(lexicons)
    steps = [cast("Component", component) for _, component in build_pipeline(lexicons).pipeline]
    rows = []
    for gold in texts:
        if gold.is_advert:
            reading = Reading(gold.text, fold(gold.text))
            for step in steps:
                if isinstance(step, Stretches):
                    break
                if isinstance(step, FirstLooks):
                    continue
                if isinstance(step, Decisions):
                    reading.is_advert = True
                step.read(reading)
            tokens, parts = looking.look(reading)
            features = [[name for part in own for name in looking.features_of_part(part)] for own in parts]
            words = reading.glossed or reading.words
            rows.append(Row(gold.batch, [words[at] for at in tokens], features, _labels(gold, reading, tokens)))
    return rows


def _labels(gold: GoldText, reading: Reading, tokens: Sequence[int]) -> list[int]:
    labels = [stretch_model.OUTSIDE] * len(tokens)
    for mark in gold.marks:
        if mark.kind in KINDS:
            begins = "<"
            for at, token in enumerate(tokens):
                start, end = reading.body_offsets(reading.starts[token], reading.ends[token])
                if start < mark.end and mark.start < end:
                    labels[at] = LABELS.index(begins + mark.kind)
                    begins = "-"
    return labels


def openers_of(rows: Sequence[Row]) -> list[str]:
    """Return the words that a stretch begins with, or right behind, often enough; sorted."""
    stand, begin, before = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        stand.update(row.words)
        for _, first, _ in stretches(row.labels):
            begin[row.words[first]] += 1
            before.update(row.words[first - 1 : first] if first else [])
    return sorted(
        word
        for word, count in stand.items()
        if max(begin[word], before[word]) >= max(_MIN_OPENED, _OPENED_SHARE * count) and word.isalnum()
    )


def telling(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the batches that mark places throughout, and of the others those that mark anything."""
    adverts = Counter(row.batch for row in rows)
    places = Counter(row.batch for row in rows for kind, _, _ in stretches(row.labels) if kind == "place")
    return [row for row in rows if places[row.batch] >= _LEAST_PLACES * adverts[row.batch] or any(row.labels)]


def _has_proposal(row: Row) -> bool:
    return any(name.startswith("rule") for own in row.features for name in own)


def fitted(rows: Sequence[Row]) -> tuple[dict[str, Scores], list[Scores]]:
    """Return the weights of features and of steps: those of an averaged perceptron (Collins 2002)."""
    seen = Counter(name for row in rows for own in row.features for name in set(own))
    kept = [
        (row, [[name for name in own if seen[name] >= _MIN_EXAMPLES] for own in row.features])
        for row in rows
        if row.features
    ]
    size = len(LABELS)
    weights: dict[str, Scores] = defaultdict(lambda: [0.0] * size)
    summed: dict[str, Scores] = defaultdict(lambda: [0.0] * size)
    steps, steps_summed = [[0.0] * size for _ in LABELS], [[0.0] * size for _ in LABELS]
    order = random.Random(_SEED)  # noqa: S311  # an order of examples, no secret
    time = 1
    for _ in range(_PASSES):
        order.shuffle(kept)
        for row, features in kept:
            found = best_labels([_scores(own, weights) for own in features], steps)
            for at, (right, wrong) in enumerate(zip(row.labels, found, strict=True)):
                if right != wrong:
                    for name in features[at]:
                        _change(weights[name], summed[name], right, wrong, time)
                if at and (right != wrong or row.labels[at - 1] != found[at - 1]):
                    for label, before, by in ((right, row.labels[at - 1], 1.0), (wrong, found[at - 1], -1.0)):
                        steps[label][before] += by
                        steps_summed[label][before] += by * time
            time += 1
    averaged = {
        name: [round(weight - total / time, _PLACES) for weight, total in zip(own, summed[name], strict=True)]
        for name, own in weights.items()
    }
    averaged_steps = [
        [round(weight - total / time, _PLACES) for weight, total in zip(own, sums, strict=True)]
        for own, sums in zip(steps, steps_summed, strict=True)
    ]
    return averaged, averaged_steps


def _change(own: Scores, sums: Scores, right: int, wrong: int, time: int) -> None:
    own[right] += 1.0
    own[wrong] -= 1.0
    sums[right] += time
    sums[wrong] -= time


def _scores(features: Sequence[str], weights: dict[str, Scores]) -> Scores:
    known = [weights[name] for name in features if name in weights]
    return [sum(column) for column in zip(*known, strict=True)] if known else [0.0] * len(LABELS)


def tell(rows: Sequence[Row]) -> None:
    """Print what is found in batches that were left out."""
    right: Counter[str] = Counter()
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    looked_at: Counter[str] = Counter()
    all_there: Counter[str] = Counter()
    batches = sorted({row.batch for row in rows})
    for part in range(_PARTS):
        left_out = set(batches[part::_PARTS])
        seen = [row for row in rows if row.batch not in left_out]
        (weights, steps), openers = fitted(seen), frozenset(openers_of(seen))
        for row in rows:
            if row.batch in left_out:
                true = set(stretches(row.labels))
                is_looked_at = not openers.isdisjoint(row.words) or _has_proposal(row)
                looked_at.update({"adverts": is_looked_at, "stretches": len(true) * is_looked_at})
                all_there.update({"adverts": 1, "stretches": len(true)})
                labels = best_labels([_scores(own, weights) for own in row.features], steps) if is_looked_at else []
                told = set(stretches(labels))
                for counter, group in ((right, true & told), (there, true), (found, told)):
                    counter.update(kind for kind, _, _ in group)
    for what, count in all_there.items():
        print(f"looked at: {looked_at[what]} of {count} {what}")
    for kind in KINDS:
        f1 = 2 * right[kind] / max(1, there[kind] + found[kind])
        print(f"{kind}: F1 {f1:.3f} ({right[kind]} right of {found[kind]} found, {there[kind]} there)")


def main() -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: all but those for test")
    parser.add_argument("--no-check", action="store_true", help="leave no batches out: only train")
    asked = parser.parse_args()
    default = [*batch_names("train"), *batch_names("names")]
    rows = telling(rows_of(read_batches(asked.batches.split(",") if asked.batches else default)))
    if not asked.no_check:
        tell(rows)
    weights, steps = fitted(rows)
    kept = {name: own for name, own in sorted(weights.items()) if any(own)}
    openers = openers_of(rows)
    digest = blake2b(msgspec.msgpack.encode([openers, kept, steps]), digest_size=6).hexdigest()
    stored = StretchModelFile(version=f"stretches-{digest}", openers=openers, steps=steps, weights=kept)
    print(f"wrote {stretch_model.FILE_NAME}, {write_file(stretch_model.FILE_NAME, stored)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
