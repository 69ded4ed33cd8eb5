"""Trains the advert model, by one command, from what is in the repository.

Run: ``python -m nlp.training.train`` (five minutes on one core). Reads the batches for training, asks the analysis
what it sees of each text, lets ``spacy train`` weigh the features, chooses the threshold on batches left out in turn,
and writes ``nlp/model/advert_model.msgpack.zst``. The same corpora, lexicons and configuration give the same bytes.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stdout
from hashlib import blake2b
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final, NamedTuple, cast

import msgspec
import numpy as np
import numpy.typing as npt
import spacy
import zstandard
from spacy.cli.train import train as spacy_train
from spacy.language import Language
from spacy.pipeline import TextCategorizer
from spacy.tokens import Doc, DocBin

from nlp.advert_model import FILE_NAME, AdvertModel, ModelFile
from nlp.analysis import Analyser, build_analyser
from nlp.lexicons import load_lexicons
from nlp.model_features import Looked, ModelEyes, features_of
from nlp.training.corpora_reading import batch_names, read_batches
from nlp.training.feature_bag import BAG, Bags, register
from nlp.training.ham import ham_texts

LABEL: Final = "ADVERT"
HAM: Final = "uci_ham"
_COMPONENT: Final = "textcat_multilabel"
_SEED: Final = 20261125
_MIN_TEXTS: Final = 3
"""Texts in which a feature must stand: one that stands in one or two texts tells of those alone."""
_STEPS: Final = [step / 20 for step in range(-60, 61)]
_HAM_ALARMS: Final = 4 / 1000
"""Share of the personal texts that may be flagged where they are left out; those held out are flagged less, as the
shipped model has seen twice as many."""
_HAM_TIMES: Final = 12
"""How often each personal text is trained on: there are far more of them on a phone than in the corpora."""
_PARTS: Final = 3
"""Parts of the batches that are left out in turn."""
_PLACES: Final = 8
_MOST_STEPS: Final = 127
"""Steps of a sum that a row can add: those of a signed octet."""
_MODEL_FILE: Final = Path(__file__).parents[1] / "model" / FILE_NAME


class Sample(NamedTuple):
    """A text as the model sees it, with the truth."""

    batch: str
    text: str
    is_advert: bool
    looked: Looked


def samples_of(analyser: Analyser, batches: Sequence[str], *, with_ham: bool) -> list[Sample]:
    """Return what the model sees of the texts of batches, and of the half of the personal texts for training."""
    golds = read_batches(batches)
    rows = [(gold.batch, gold.text, gold.is_advert) for gold in golds]
    if with_ham:
        rows += [(HAM, text, False) for text in ham_texts(held_out=False)]
    eyes = ModelEyes(load_lexicons())
    readings = analyser.readings_for_model([text for _, text, _ in rows])
    return [Sample(*row, eyes.look(reading)) for row, reading in zip(rows, readings, strict=True)]


def trained(samples: Sequence[Sample], version: str) -> ModelFile:
    """Return the model of the samples, with the threshold at log-odds 0."""
    features = [features_of(sample.looked) for sample in samples]
    counts = Counter(feature for each in features for feature in set(each))
    kept = sorted(feature for feature, count in counts.items() if count >= _MIN_TEXTS)
    row_of = {feature: row for row, feature in enumerate(kept)}
    bags = Bags(len(kept), [[row_of[feature] for feature in each if feature in row_of] for each in features])
    order = [at for at, sample in enumerate(samples) for _ in range(_HAM_TIMES if sample.batch == HAM else 1)]
    random.Random(_SEED).shuffle(order)  # noqa: S311  # an order, no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank = spacy.blank("en")
        documents = [_document(blank, at, is_advert=samples[at].is_advert) for at in order]
        DocBin(attrs=["ORTH"], docs=documents).to_disk(folder / "train.spacy")
        # What spaCy scores meanwhile is not looked at: the number of epochs is fixed.
        DocBin(attrs=["ORTH"], docs=documents[:200]).to_disk(folder / "dev.spacy")
        (folder / "bags.json").write_bytes(msgspec.json.encode(bags))
        paths = {
            "paths.train": str(folder / "train.spacy"),
            "paths.dev": str(folder / "dev.spacy"),
            "components.textcat_multilabel.model.bags": str(folder / "bags.json"),
        }
        register()
        with as_file(files("nlp.training").joinpath("config.cfg")) as config, redirect_stdout(sys.stderr):
            spacy_train(config, folder / "out", overrides=paths)
        return _read_off(spacy.load(folder / "out" / "model-last"), kept, version)


def _document(blank: Language, bag: int, *, is_advert: bool) -> Doc:
    document = Doc(blank.vocab, words=[str(bag)], spaces=[False])
    document.cats = {LABEL: float(is_advert)}
    return document


def _read_off(pipeline: Language, features: Sequence[str], version: str) -> ModelFile:
    """Return the rows and weights of the network, the rows as whole numbers: each sum has a step of its own."""
    classifier = cast("TextCategorizer", pipeline.get_pipe(_COMPONENT))
    bag = next(node for node in classifier.model.walk() if node.name == BAG)
    output = classifier.model.get_ref("output_layer")
    table = np.asarray(bag.get_param("E"))
    units = np.abs(table).max(axis=0) / _MOST_STEPS
    rows = np.rint(table / units).astype(np.int8)
    return ModelFile(
        version=version,
        threshold=0.0,
        features=list(features),
        rows=rows.tobytes(),
        units=_rounded(units),
        starts=_rounded(np.asarray(bag.get_param("b"))),
        weights=_rounded(np.asarray(output.get_param("W"))[0]),
        bias=round(float(output.get_param("b")[0]), _PLACES),
    )


def _rounded(values: npt.NDArray[np.float32]) -> list[float]:
    return [round(float(value), _PLACES) for value in values]


def left_out_scores(samples: Sequence[Sample]) -> list[float]:
    """Return the log-odds of each sample by a model that has seen neither it nor any text of its batch.

    The batches are left out in a few parts, and the personal texts in as many: a model that has seen them knows them.
    """
    part_of = {batch: at % _PARTS for at, batch in enumerate(sorted({sample.batch for sample in samples} - {HAM}))}
    parts = [part_of.get(sample.batch, at % _PARTS) for at, sample in enumerate(samples)]
    scores = [0.0] * len(samples)
    for left_out in range(_PARTS):
        seen = [sample for sample, part in zip(samples, parts, strict=True) if part != left_out]
        model = AdvertModel(trained(seen, "left out"))
        for at, part in enumerate(parts):
            if part == left_out:
                scores[at] = model.log_odds(samples[at].looked)
    return scores


def best_threshold(samples: Sequence[Sample], scores: Sequence[float]) -> float:
    """Return the log-odds with the best F1 on batches left out that flags few personal texts, ``_HAM_ALARMS``.

    Nothing else moves the threshold.
    """
    truth = np.array([sample.is_advert for sample in samples])
    is_ham = np.array([sample.batch == HAM for sample in samples])
    odds = np.array(scores)

    def worth(threshold: float) -> tuple[bool, float]:
        found = odds >= threshold
        right = int((found & truth).sum())
        f1 = 2 * right / max(1, int(found[~is_ham].sum()) + int(truth.sum()))
        alarms = float(found[is_ham].mean()) if is_ham.any() else 0.0
        return alarms <= _HAM_ALARMS, f1

    return max(_STEPS, key=lambda step: (worth(step), -abs(step)))


def version_of(samples: Sequence[Sample]) -> str:
    """Return a name of what the model was trained with: features (and so lexicons and rules) and configuration."""
    digest = blake2b(digest_size=6)
    digest.update(files("nlp.training").joinpath("config.cfg").read_bytes())
    for sample in samples:
        digest.update(msgspec.msgpack.encode((sample.is_advert, features_of(sample.looked))))
    return f"model-{digest.hexdigest()}"


def write_model(model: ModelFile, path: Path) -> None:
    """Write the model."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(msgspec.msgpack.encode(model)))


def main() -> int:
    """Train, choose the threshold, write the model, and print what it is."""
    batches = batch_names("train")
    samples = samples_of(build_analyser(), batches, with_ham=True)
    threshold = best_threshold(samples, left_out_scores(samples))
    model = msgspec.structs.replace(trained(samples, version_of(samples)), threshold=threshold)
    write_model(model, _MODEL_FILE)
    adverts = sum(sample.is_advert for sample in samples)
    print(f"{model.version}: {len(samples)} texts of batches {', '.join(batches)} and {HAM}, {adverts} adverts")
    print(f"{len(model.features)} features, threshold {threshold:+.2f} log-odds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
