"""Trains the model of adverts that reads words in their order (``word_windows``), and makes whole numbers of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import msgspec
import numpy as np
import numpy.typing as npt
from spacy.pipeline import TextCategorizer

from nlp.adverts.advert_model import facts_of
from nlp.adverts.window_model import MOST_STEPS, PIECES, REACH, Layer, WindowsFile, features_of
from nlp.training.feature_bag import BAG, Bags
from nlp.training.samples import COMPONENT, PLACES, Sample, kept_features, numbered_documents, spacy_trained
from nlp.training.word_windows import WORDS, OrderedTexts, register

CONFIG: Final = "config_windows.cfg"
_MIN_TEXTS: Final = 3
"""Texts in which a feature must stand."""
_HAM_TIMES: Final = 5
"""How much each personal text and each cut counts here."""
_MEASURED: Final = 4_000
"""Texts by which it is measured how high what the layers give comes."""
_HIGHEST: Final = 99.95
"""Percentile of that which is the highest whole number; what is higher is cut off."""


def trained_windows(samples: Sequence[Sample], version: str) -> WindowsFile:
    """Return the model of the samples."""
    of_words = [[features_of(word) for word in sample.typed.ordered] for sample in samples]
    features = kept_features([[each for word in words for each in word] for words in of_words], _MIN_TEXTS)
    of_texts = [facts_of(sample.looked) for sample in samples]
    facts = kept_features(of_texts, _MIN_TEXTS)
    row_of, fact_of = ({name: row for row, name in enumerate(names)} for names in (features, facts))
    texts = OrderedTexts(
        count=len(features),
        words=[[[row_of.get(each, len(features)) for each in word] for word in words] for words in of_words],
        facts=Bags(len(facts), [[fact_of[fact] for fact in each if fact in fact_of] for each in of_texts]),
    )

    def overrides(folder: Path) -> Mapping[str, str]:
        path = folder / "texts.json"
        path.write_bytes(msgspec.json.encode(texts))
        return {"components.textcat_multilabel.model.texts": str(path)}

    register()
    with spacy_trained(CONFIG, numbered_documents(samples, _HAM_TIMES), overrides) as pipeline:
        classifier = cast("TextCategorizer", pipeline.get_pipe(COMPONENT))
        measured = range(0, len(samples), max(1, len(samples) // _MEASURED))
        return _in_whole_numbers(classifier.model, texts, measured, features, facts, version)


class _Weights:
    """The weights of a layer in floating point."""

    def __init__(self, node: Any) -> None:
        weights = np.asarray(node.get_param("W"), np.float64)
        self.weights = weights.reshape(-1, weights.shape[-1])
        self.starts = np.asarray(node.get_param("b"), np.float64).reshape(-1)

    def given(self, numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        sums = numbers @ self.weights.T + self.starts
        most: npt.NDArray[np.float64] = sums.reshape(len(numbers), -1, PIECES).max(axis=2)
        return most

    def stored(self, in_units: npt.NDArray[np.float64], out_unit: float) -> Layer:
        """Return the layer in whole numbers, where the numbers that it takes are of so many of their units each."""
        scaled = self.weights * in_units
        # Pieces of one number are compared with each other, so they have one unit.
        units = np.abs(scaled).reshape(-1, PIECES * scaled.shape[1]).max(axis=1) / MOST_STEPS
        of_rows = np.repeat(np.maximum(units, 1e-12), PIECES)
        return Layer(
            weights=np.rint(scaled / of_rows[:, None]).astype(np.int8).tobytes(),
            starts=[int(each) for each in np.rint(self.starts / of_rows)],
            units=_rounded(of_rows[::PIECES] / out_unit),
        )


def _in_whole_numbers(
    model: Any,
    texts: OrderedTexts,
    measured: Sequence[int],
    features: Sequence[str],
    facts: Sequence[str],
    version: str,
) -> WindowsFile:
    """Return the model in whole numbers, in units by which hardly anything of the measured texts is cut off."""
    table = np.asarray(next(node for node in model.walk() if node.name == WORDS).get_param("E"), np.float64)
    bag = next(node for node in model.walk() if node.name == BAG)
    fact_table, fact_starts = (np.asarray(bag.get_param(name), np.float64) for name in ("E", "b"))
    alone, whole = _Weights(model.get_ref("alone")), _Weights(model.get_ref("whole"))
    beside = [_Weights(model.get_ref(name)) for name in sorted(n for n in model.ref_names if n.startswith("beside "))]
    output = model.get_ref("output_layer")
    width = table.shape[1]

    steps: list[npt.NDArray[np.float64]] = []
    of_texts, of_facts = [], []
    for at in measured:
        words = alone.given(table[np.array(texts.words[at])].sum(axis=1))
        steps.append(words)
        for layer in beside:
            padded = np.pad(words, ((REACH, REACH), (0, 0)))
            given = layer.given(np.concatenate([padded[k : k + len(words)] for k in range(2 * REACH + 1)], axis=1))
            steps.append(given)
            words = words + given
        rows = texts.facts.rows[at]
        said = np.maximum(0.0, fact_table[rows].sum(axis=0) / max(1, len(rows)) ** 0.5 + fact_starts)
        of_facts.append(said)
        of_texts.append(np.concatenate((words.max(axis=0), words.mean(axis=0), said)))
    unit = _unit_of(np.concatenate(steps))
    fact_unit = _unit_of(np.array(of_facts))
    last = whole.given(np.array(of_texts))
    last_unit = _unit_of(last)
    word_unit = np.abs(table).max() / MOST_STEPS
    fact_row_units = np.maximum(np.abs(fact_table).max(axis=0), 1e-12) / MOST_STEPS
    weights = np.asarray(output.get_param("W"), np.float64)[0]
    weight_unit = np.abs(weights).max() / np.iinfo(np.int16).max
    into_whole = np.concatenate((np.full(2 * width, unit), np.full(fact_table.shape[1], fact_unit)))
    return WindowsFile(
        version=version,
        width=width,
        features=list(features),
        rows=np.rint(table[:-1] / word_unit).astype(np.int8).tobytes(),
        facts=list(facts),
        fact_width=fact_table.shape[1],
        fact_rows=np.rint(fact_table / fact_row_units).astype(np.int8).tobytes(),
        fact_starts=_rounded(fact_starts / fact_unit),
        fact_units=_rounded(fact_row_units / fact_unit),
        layers=[
            alone.stored(np.full(width, word_unit), unit),
            *[layer.stored(np.full(width * (2 * REACH + 1), unit), unit) for layer in beside],
            whole.stored(into_whole, last_unit),
        ],
        weights=[int(each) for each in np.rint(weights / weight_unit)],
        unit=float(weight_unit * last_unit),
        bias=round(float(np.asarray(output.get_param("b"))[0]), PLACES),
    )


def _unit_of(numbers: npt.NDArray[np.float64]) -> float:
    return float(np.percentile(np.abs(numbers), _HIGHEST)) / MOST_STEPS


def _rounded(values: npt.NDArray[np.float64]) -> list[float]:
    return [float(np.float32(value)) for value in values]
