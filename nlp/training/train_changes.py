"""Trains the model of changes of number, by one command, from what is in the repository.

Run: ``python -m nlp.training.train_changes [--batches a,b] [--no-check]`` (a minute or two on one core). A third of the
batches is left out in turn, which shows what is read in texts that were not trained on. Writes
``nlp/model/change_model.msgpack.zst``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple, cast

import msgspec
import numpy as np
import numpy.typing as npt

from nlp.changes import change_model
from nlp.changes.change_features import Answer, features_of_number, features_of_text
from nlp.changes.change_model import ANY_NUMBER, BIAS, LETTER, ROLES, ChangeModel, ChangeModelFile
from nlp.components.component import Component
from nlp.components.number_changes import Looked, Looking, NumberChanges
from nlp.lexicons import load_lexicons
from nlp.model_files import write_file
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.training.convex import Floats, least
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.logistic import Example, fitted, left_out
from nlp.training.scoring import key_of
from nlp.words.folding import fold

_LEAST: Final = 0.6
"""Share of likelihood from which on a reading counts: a wrong role turns a line's history round, none loses a step."""

_ASKED_SHARE: Final = 0.99
"""Share of the announcements in batches left out that the sum of words lets through."""

_OLD_WEIGHT: Final = 3.0
"""What a text weighs that says which number is old: one in fourteen announcements does."""

_PRIOR: Final = 1.0
_MIN_EXAMPLES: Final = 3
"""Texts or numbers that must show a feature."""

_PARTS: Final = 3
_HUNDREDTHS: Final = 100
_COLUMNS: Final = 2 * len(ROLES)

Ints = npt.NDArray[np.int64]


class Text(NamedTuple):
    """A text in which a number or a telling word stands.

    Attributes:
        words: Its words as they are summed, each once, with the letter of each behind it.
        truth: What it says; None: nothing.
        of_text: Features of the text.
        of_numbers: Features of each number.
    """

    batch: str
    words: list[str]
    raw: frozenset[str]
    looked: Looked
    truth: Answer | None
    of_text: list[str]
    of_numbers: list[list[str]]


class Trainer:
    """Looks at texts as the component does."""

    def __init__(self) -> None:
        lexicons = load_lexicons()
        self.looking = Looking(lexicons)
        steps = [cast("Component", component) for _, component in build_pipeline(lexicons).pipeline]
        self._before = steps[: next(at for at, step in enumerate(steps) if isinstance(step, NumberChanges))]

    def texts(self, golds: Sequence[GoldText]) -> list[Text]:
        """Return those of the texts that are looked at at all, each wording once."""
        found = []
        for gold in {gold.text: gold for gold in golds}.values():
            reading = Reading(gold.text, fold(gold.text))
            for step in self._before:
                step.read(reading)
            numbers = self.looking.numbers(reading)
            if numbers is not None:
                looked = self.looking.look(reading, numbers)
                surfaces = [reading.surface(mark.start, mark.end) for mark in numbers]
                truth = true_answer(gold, surfaces)
                if truth is not None or gold.change is None:
                    found.append(self._text(gold.batch, reading, looked, truth))
        return found

    def _text(self, batch: str, reading: Reading, looked: Looked, truth: Answer | None) -> Text:
        of_word = self.looking.letters.of_word
        raw = frozenset(reading.words)
        words = [*sorted(raw), *(f"{LETTER}{of_word[word]}" for word in sorted(raw) if word in of_word)]
        row, families, ruled = looked.row, looked.families, looked.ruled
        of_numbers = [
            features_of_number(row, which, ruled, are_same=looked.are_same) for which in range(len(row.places))
        ]
        if of_numbers:
            words.append(ANY_NUMBER)
        of_text = [*features_of_text(row, families, ruled), BIAS]
        return Text(batch, words, raw, looked, truth, of_text, of_numbers)


def true_answer(gold: GoldText, surfaces: Sequence[str]) -> Answer | None:
    """Return what a text says, with the place of the number among those that were found; None: nothing, or another."""
    if gold.change is None:
        return None
    if gold.change.number is None:
        return Answer(gold.change.role)
    key = key_of(gold.change.number)
    places = [at for at, surface in enumerate(surfaces) if key_of(surface) == key]
    return Answer(gold.change.role, places[-1]) if places else None


def word_weights(texts: Sequence[Text]) -> dict[str, int]:
    """Return what words add to the sum that says whether a text is looked at; the bias is apart, under no word."""
    model = fitted(_examples(texts))
    found = {word: round(weight * _HUNDREDTHS) for word, weight in model.weights.items()}
    return {BIAS: round(model.bias * _HUNDREDTHS)} | {word: weight for word, weight in found.items() if weight}


def asked_line(texts: Sequence[Text]) -> int:
    """Return the sum, bias included, that nearly all announcements in batches that were left out reach."""
    odds = left_out(_examples(texts))
    announcing = np.sort(odds[[text.truth is not None for text in texts]])
    return int(np.floor(announcing[int(len(announcing) * (1 - _ASKED_SHARE))] * _HUNDREDTHS))


def _examples(texts: Sequence[Text]) -> list[Example]:
    return [Example(text.batch, "", text.words, text.truth is not None) for text in texts]


class _Table:
    """Features of many rows as numbers."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        seen = Counter(feature for row in rows for feature in row)
        self.names = sorted(feature for feature, times in seen.items() if times >= _MIN_EXAMPLES)
        number = {feature: at for at, feature in enumerate(self.names)}
        places = [[number[feature] for feature in row if feature in number] for row in rows]
        self.columns = np.array([place for row in places for place in row], dtype=np.int64)
        self.rows = np.repeat(np.arange(len(rows)), [len(row) for row in places])
        self.count = len(rows)

    def sums(self, weights: Floats) -> Floats:
        """Return the sum of the weights of each row."""
        return np.bincount(self.rows, weights=weights[self.columns], minlength=self.count).astype(np.float64)

    def slopes(self, misses: Floats) -> Floats:
        """Return for each feature the sum of the misses of the rows that have it."""
        return np.bincount(self.columns, weights=misses[self.rows], minlength=len(self.names)).astype(np.float64)


def feature_weights(texts: Sequence[Text]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the weights of features that make the truth the likeliest, held near zero by the prior."""
    of_text = _Table([text.of_text for text in texts])
    of_number = _Table([features for text in texts for features in text.of_numbers])
    text_of = np.array([at for at, text in enumerate(texts) for _ in text.of_numbers], dtype=np.int64)
    own = np.array([[text.truth == Answer(role) for text in texts] for role in ROLES])
    named = np.array(
        [
            [text.truth == Answer(role, which) for text in texts for which in range(len(text.of_numbers))]
            for role in ROLES
        ]
    )
    weighing = np.array([_OLD_WEIGHT if text.truth and text.truth.role == "old" else 1.0 for text in texts])
    width, size = len(of_text.names), len(of_number.names)
    prior = np.full(_COLUMNS * width + len(ROLES) * size, _PRIOR)
    prior[[of_text.names.index(BIAS) + column * width for column in range(_COLUMNS)]] = 0.0

    def loss(at: Floats) -> tuple[float, Floats]:
        text_weights = at[: _COLUMNS * width].reshape(_COLUMNS, width)
        number_weights = at[_COLUMNS * width :].reshape(len(ROLES), size)
        sums = [of_text.sums(weights) for weights in text_weights]
        own_odds = np.array(sums[len(ROLES) :])
        named_odds = np.array(
            [of_number.sums(weights) + sums[role][text_of] for role, weights in enumerate(number_weights)]
        )
        most = np.maximum(0.0, own_odds.max(axis=0))
        np.maximum.at(most, text_of, named_odds.max(axis=0))
        own_parts, named_parts = np.exp(own_odds - most), np.exp(named_odds - most[text_of])
        whole = np.exp(-most) + own_parts.sum(axis=0)
        whole += np.bincount(text_of, weights=named_parts.sum(axis=0), minlength=len(texts))
        value = float(weighing @ (np.log(whole) + most))
        value -= float((own_odds * own).sum(axis=0) @ weighing + (named_odds * named).sum(axis=0) @ weighing[text_of])
        own_misses = weighing * (own_parts / whole - own)
        named_misses = weighing[text_of] * (named_parts / whole[text_of] - named)
        by_text = [np.bincount(text_of, weights=misses, minlength=len(texts)) for misses in named_misses]
        slope = np.concatenate(
            [of_text.slopes(misses) for misses in [*by_text, *own_misses]]
            + [of_number.slopes(misses) for misses in named_misses]
        )
        return value + 0.5 * float(prior @ (at * at)), slope + prior * at

    whole = np.rint(least(loss, len(prior)) * _HUNDREDTHS).astype(np.int64)
    return (
        _kept(of_text.names, whole[: _COLUMNS * width].reshape(_COLUMNS, width)),
        _kept(of_number.names, whole[_COLUMNS * width :].reshape(len(ROLES), size)),
    )


def _kept(names: Sequence[str], weights: Ints) -> dict[str, list[int]]:
    return {name: row for name, row in zip(names, weights.T.tolist(), strict=True) if any(row)}


def model_file(texts: Sequence[Text], line: int) -> ChangeModelFile:
    """Return the model of some texts; ``line`` is the sum of words from which on a text is looked at."""
    words = word_weights(texts)
    asked = line - words.pop(BIAS)
    of_text, of_number = feature_weights(texts)
    digest = blake2b(msgspec.msgpack.encode([_LEAST, asked, words, of_text, of_number]), digest_size=6).hexdigest()
    return ChangeModelFile(
        version=f"changes-{digest}", least=_LEAST, asked=asked, words=words, of_text=of_text, of_number=of_number
    )


def tell(texts: Sequence[Text], line: int, trainer: Trainer) -> None:
    """Print what is read in batches that were left out."""
    there: Counter[str] = Counter()
    right: dict[str, Counter[str]] = {"rules": Counter(), "model": Counter()}
    turned: Counter[str] = Counter()
    asked = 0
    batches = sorted({text.batch for text in texts})
    for part in range(_PARTS):
        unseen = set(batches[part::_PARTS])
        stored = model_file([text for text in texts if text.batch not in unseen], line)
        model = ChangeModel(stored, trainer.looking.letters.of_word)
        for text in texts:
            if text.batch in unseen:
                is_asked = model.is_asked(text.raw, has_number=bool(text.of_numbers))
                asked += is_asked
                row, families, ruled = text.looked.row, text.looked.families, text.looked.ruled
                judged = model.judged(row, families, ruled, are_same=text.looked.are_same) if is_asked else None
                kind = _kind(text.truth)
                there[kind] += 1
                for reader, answer in (("rules", ruled), ("model", judged and judged.answer)):
                    right[reader][kind] += answer == text.truth
                    turned[reader] += answer is not None and text.truth is not None and answer != text.truth
    print(f"looked at: {asked} of {len(texts)} texts that hold a number or a telling word")
    for reader, counts in right.items():
        shares = ", ".join(f"{kind} {counts[kind] / there[kind]:.3f} of {there[kind]}" for kind in sorted(there))
        print(f"{reader}: {shares}; announcements with another role {turned[reader]}")


def _kind(answer: Answer | None) -> str:
    return "none" if answer is None else f"{answer.role} {'sender' if answer.number is None else 'number'}"


def main() -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: all but those for test")
    parser.add_argument("--no-check", action="store_true", help="leave no batches out: only train")
    asked = parser.parse_args()
    trainer = Trainer()
    names = asked.batches.split(",") if asked.batches else batch_names("train")
    texts = trainer.texts(read_batches(names))
    line = asked_line(texts)
    if not asked.no_check:
        tell(texts, line, trainer)
    stored = model_file(texts, line)
    print(f"wrote {change_model.FILE_NAME}, {write_file(change_model.FILE_NAME, stored)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
