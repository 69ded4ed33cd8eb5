"""Trains the finder of names, by one command, from what is in the repository.

Run: ``python -m nlp.training.train_names [--leave-out]`` (a few minutes on one core). Weighs the candidates of each
advert against each other and against no name, so that the right one is the likeliest (maximum likelihood with a
Gaussian prior, by L-BFGS), and writes ``nlp/model/name_model.msgpack.zst``. ``--leave-out`` trains on all batches but
a sixth in turn and prints what that gives on the batches left out. Words are counted without the batch that is looked
at, so that no word is known because the text at hand holds it.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec
import numpy as np

from nlp.analysis import Analyser, build_analyser
from nlp.components.decisions import lies_in_drug
from nlp.components.nicknames import Nicknames
from nlp.lexicons import Lexicons, load_lexicons
from nlp.model_files import write_file
from nlp.nicknames.name_features import text_parts
from nlp.nicknames.name_model import FILE_NAME, NameModel, NameModelFile
from nlp.nicknames.name_parts import features_of
from nlp.nicknames.shared_names import SharedNames
from nlp.readings import Name, Reading
from nlp.training.convex import Floats, least
from nlp.training.corpora_reading import batch_names
from nlp.training.names_reading import (
    OWN,
    NamedText,
    counted_words,
    dictionary,
    donors_of,
    named_texts,
    renamed,
)
from nlp.training.scoring import plain
from nlp.whole_input.settling import AdvertNames, settled_names
from parsers.records.findings import SpanKind

_PRIOR: Final = 2.0
_RENAMINGS: Final = 2
_FOLDS: Final = 6
"""Parts of the batches that are left out in turn."""
_RENAMED_SHARE: Final = 0.4
_OWN_WEIGHT: Final = 0.3
_INVENTED: Final = 0.088
"""Share of the adverts without a name that may get one by themselves: where the threshold lies. Settled it is 0.08."""
_PLACES: Final = 3


class Sample(NamedTuple):
    """A text with its candidates: features, name in letters and digits, surface; the last row is "no name"."""

    text: NamedText
    rows: list[list[str]]
    names: list[str]
    weight: float


def samples_of(analyser: Analyser, finder: Nicknames, texts: Sequence[NamedText]) -> list[Sample]:
    """Return what the finder sees of texts; half of the weight of a text that is renamed goes to its renamings."""
    renamings: dict[tuple[str, str], int] = defaultdict(int)
    for text in texts:
        if text.is_renamed:
            renamings[text.batch, text.line] += 1
    readings = analyser.readings_for_model([text.text for text in texts])
    return [_sample(finder, text, reading, renamings) for text, reading in zip(texts, readings, strict=True)]


def _sample(finder: Nicknames, text: NamedText, reading: Reading, renamings: Mapping[tuple[str, str], int]) -> Sample:
    table = finder.table(reading)
    rows, names = [], []
    for found in finder.proposed(reading, table):
        rows.append([feature for part in found.parts for feature in features_of(part)])
        names.append(plain(finder.canonical(table, found)))
    rows.append([feature for part in text_parts(table) for feature in features_of(part)])
    weight = _OWN_WEIGHT if text.batch == OWN else 1.0
    if text.is_renamed:
        weight *= _RENAMED_SHARE / _RENAMINGS
    elif (text.batch, text.line) in renamings:
        weight *= 1.0 - _RENAMED_SHARE
    return Sample(text, rows, names, weight)


def trained(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the weights under which the right candidates are the likeliest."""
    features = sorted({feature for sample in samples for row in sample.rows for feature in row})
    number = {feature: at for at, feature in enumerate(features)}
    rows = [row for sample in samples for row in sample.rows]
    columns = np.array([number[feature] for row in rows for feature in row])
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    text_of = np.repeat(np.arange(len(samples)), [len(sample.rows) for sample in samples])
    right = np.array([is_right for sample in samples for is_right in _right(sample)])
    weights = np.array([sample.weight if any(_right(sample)) else 0.0 for sample in samples])

    def loss(at: Floats) -> tuple[float, Floats]:
        odds = np.bincount(row_of, weights=at[columns], minlength=len(rows))
        most = np.full(len(samples), -np.inf)
        np.maximum.at(most, text_of, odds)
        shares = np.exp(odds - most[text_of])
        total = np.bincount(text_of, weights=shares, minlength=len(samples))
        good = np.bincount(text_of, weights=shares * right, minlength=len(samples))
        good = np.where(weights > 0, good, total)
        slope = (shares / total[text_of] - shares * right / good[text_of]) * weights[text_of]
        value = -float((np.log(np.maximum(good, 1e-300)) - np.log(total)) @ weights) + 0.5 * _PRIOR * float(at @ at)
        return value, np.bincount(columns, weights=slope[row_of], minlength=len(features)) + _PRIOR * at

    found = least(loss, len(features))
    return {feature: round(float(found[at]), _PLACES) for feature, at in number.items() if abs(found[at]) >= 0.001}


def _right(sample: Sample) -> list[bool]:
    return [*[name in sample.text.names for name in sample.names], not sample.text.names and not sample.text.line]


class Outcome(NamedTuple):
    """What a finder makes of a text: its likeliest names, and the name that the other texts of the batch give it."""

    text: NamedText
    proposals: list[Name]
    settled: str | None = None

    @property
    def odds(self) -> float:
        """Log-odds of the likeliest name above no name."""
        return self.proposals[0].strength if self.proposals else -np.inf

    @property
    def is_right(self) -> bool:
        """Whether the likeliest name is right."""
        return bool(self.proposals) and plain(self.proposals[0].canonical) in self.text.names

    @property
    def names_none(self) -> bool:
        """Whether the text names no line; not so for one whose name is no stretch of it."""
        return not self.text.names and not self.text.line


def outcomes(finder: Nicknames, texts: Sequence[NamedText], readings: Sequence[Reading]) -> list[Outcome]:
    """Return what a finder makes of texts."""
    return [
        Outcome(text, [name for name in finder.names(reading) if not lies_in_drug(reading, name)])
        for text, reading in zip(texts, readings, strict=True)
    ]


def together(
    finder: Nicknames, found: Sequence[Outcome], readings: Sequence[Reading], threshold: float
) -> list[Outcome]:
    """Return the outcomes where the texts of one batch are judged together (``nlp.nicknames.shared_names``)."""
    of_text = {each.text.text: reading for each, reading in zip(found, readings, strict=True)}

    def look_again(texts: Sequence[str], keys: Container[str]) -> list[list[Name]]:
        return [
            [name for name in finder.names_among(of_text[text], keys) if not lies_in_drug(of_text[text], name)]
            for text in texts
        ]

    def numbers(text: str) -> set[str]:
        return {mark.canonical or "" for mark in of_text[text].marks if mark.kind is SpanKind.NUMBER} - {""}

    shared = SharedNames(threshold)
    for each in found:
        shared.add(each.text.wording, each.proposals, numbers(each.text.text))
    asked = [AdvertNames(each.text.text, each.text.wording, each.proposals) for each in found]
    return [
        each._replace(settled=name and name.canonical)
        for each, name in zip(found, settled_names(shared, asked, look_again), strict=True)
    ]


def threshold_of(found: Sequence[Outcome]) -> float:
    """Return the log-odds that the share of names to be invented, of texts without one, exceeds."""
    odds = sorted((each.odds for each in found if each.names_none), reverse=True)
    return odds[int(_INVENTED * len(odds))]


class LeftOut(NamedTuple):
    """A batch that was not trained on: the finder of the others, and what it makes of the texts by themselves."""

    finder: Nicknames
    readings: list[Reading]
    alone: list[Outcome]


class Trainer:
    """Makes samples with words counted on what is not looked at, each batch once."""

    def __init__(self) -> None:
        self._analyser = build_analyser()
        self._lexicons: Lexicons = load_lexicons()
        self._dictionary = dictionary()
        self._samples: dict[str, list[Sample]] = {}
        self.texts = named_texts()
        self.batches = [*batch_names("train"), *batch_names("names"), OWN]
        scored = [name for name in self.batches if name != OWN]
        self.folds = [scored[at::_FOLDS] for at in range(_FOLDS)]
        self._donors = donors_of(self.texts, self._lexicons)

    def finder(self, left_out: Container[str]) -> Nicknames:
        """Return a finder that weighs nothing and knows the words of all batches but some."""
        return self._finder({}, self._others(left_out))

    def _others(self, left_out: Container[str]) -> list[str]:
        return [name for name in self.batches if name not in left_out]

    def _finder(self, weights: dict[str, float], batches: Sequence[str]) -> Nicknames:
        return Nicknames(self._lexicons, NameModel(self._file(weights, counted_words(batches), 0.0)))

    def samples(self, batch: str) -> list[Sample]:
        """Return the samples of a batch, looked at with the words of the others."""
        if batch not in self._samples:
            own = [text for text in self.texts if text.batch == batch]
            texts = list(own)
            for seed in range(_RENAMINGS):
                texts += renamed(own, self._donors, seed)
            self._samples[batch] = samples_of(self._analyser, self.finder({batch}), texts)
        return self._samples[batch]

    def weights(self, left_out: Container[str]) -> dict[str, float]:
        """Return the weights trained on all batches but some."""
        return trained([sample for batch in self._others(left_out) for sample in self.samples(batch)])

    def left_out(self, batches: Sequence[str]) -> Iterator[tuple[str, LeftOut]]:
        """Yield what a finder trained on the other batches makes of each of some."""
        finder = self._finder(self.weights(batches), self._others(batches))
        for batch in batches:
            texts = [text for text in self.texts if text.batch == batch]
            readings = self._analyser.readings_for_model([text.text for text in texts])
            yield batch, LeftOut(finder, readings, outcomes(finder, texts, readings))

    def model(self, threshold: float) -> NameModelFile:
        """Return the model of all batches."""
        return self._file(self.weights(()), counted_words(self.batches), threshold)

    def _file(self, weights: dict[str, float], counted: Mapping[str, int], threshold: float) -> NameModelFile:
        digest = blake2b(digest_size=6)
        digest.update(msgspec.msgpack.encode([sorted(weights.items()), sorted(counted.items()), self._dictionary]))
        return NameModelFile(
            version=f"names-{digest.hexdigest()}",
            threshold=round(threshold, 2),
            weights=weights,
            counted=dict(sorted(counted.items())),
            dictionary=self._dictionary,
        )


def print_alone(title: str, found: Sequence[Outcome], threshold: float) -> None:
    """Print a line of figures of texts judged alone."""
    named = [each for each in found if each.text.names]
    best = sum(each.is_right for each in named)
    _print_figures(title, [(each, each.is_right) for each in found if each.odds > threshold], found)
    print(f"{'':8} the best candidate is right in {best / max(1, len(named)):.3f}")


def print_together(title: str, found: Sequence[Outcome]) -> None:
    """Print a line of figures of texts judged together."""
    given = [each for each in found if each.settled is not None]
    _print_figures(title, [(each, plain(each.settled) in each.text.names) for each in given], found)


def _print_figures(title: str, given: Sequence[tuple[Outcome, bool]], found: Sequence[Outcome]) -> None:
    named, bare = sum(bool(each.text.names) for each in found), sum(each.names_none for each in found)
    right = sum(is_right for _, is_right in given)
    invented = sum(each.names_none for each, _ in given)
    print(
        f"{title:8} right {right / max(1, named):.3f} ({right} of {named})"
        f" invented {invented / max(1, bare):.3f} ({invented} of {bare})"
    )


def main() -> int:
    """Train, and write the model or print what it gives on batches left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", action="store_true", help="only print what is found on batches left out in turn")
    asked = parser.parse_args()
    trainer = Trainer()
    left_out = dict(found for fold in trainer.folds for found in trainer.left_out(fold))
    alone = [each for found in left_out.values() for each in found.alone]
    threshold = threshold_of(alone)
    for batch, found in left_out.items():
        print_alone(batch, found.alone, threshold)
    print_alone("all", alone, threshold)
    settled: list[Outcome] = []
    for batch, (finder, readings, found_alone) in left_out.items():
        settled += together(finder, found_alone, readings, threshold)
        print_together(f"{batch} shared", settled[-len(found_alone) :])
    print_together("shared", settled)
    if not asked.leave_out:
        print(f"wrote {FILE_NAME}, {write_file(FILE_NAME, trainer.model(threshold))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
