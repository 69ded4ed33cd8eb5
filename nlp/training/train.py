"""Trains the models of adverts, by one command, from what is in the repository.

Run: ``python -m nlp.training.train`` (six minutes on one core). Reads the batches for training, asks the analysis
what it sees of each text, weighs the features twice (``train_linear``, and ``train_network`` by ``spacy train``),
chooses the threshold of their mean on batches left out in turn, and writes three files to ``nlp/model``. The same
corpora, lexicons and configuration give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import blake2b
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np

from nlp import linear_model, network_model
from nlp.advert_model import FILE_NAME, AdvertModel, ThresholdFile
from nlp.analysis import build_analyser
from nlp.linear_model import LinearFile, LinearModel
from nlp.model_features import linear_features_of, network_features_of
from nlp.model_files import write_file
from nlp.network_model import NetworkFile, NetworkModel
from nlp.training import train_linear, train_network
from nlp.training.corpora_reading import batch_names
from nlp.training.samples import HAM, Sample, samples_of
from nlp.training.train_linear import trained_linear
from nlp.training.train_network import trained_network

_STEPS: Final = [step / 20 for step in range(-60, 61)]
_HAM_ALARMS: Final = 3 / 1000
"""Share of the personal texts that may be flagged where they are left out; of those held out 10 in 2,203 are."""
_PARTS: Final = 3
"""Parts of the batches that are left out in turn."""


def trained(samples: Sequence[Sample], version: str) -> tuple[LinearFile, NetworkFile]:
    """Return both models of the samples."""
    return trained_linear(samples, version), trained_network(samples, version)


def model_of(linear: LinearFile, network: NetworkFile, threshold: float = 0.0) -> AdvertModel:
    """Return what both models are together."""
    stored = ThresholdFile(version=linear.version, threshold=threshold)
    return AdvertModel(stored, LinearModel(linear), NetworkModel(network))


def scored(model: AdvertModel, sample: Sample) -> float:
    """Return the log-odds of a sample."""
    return model.log_odds(sample.looked, lambda: sample.typed) + sample.leeway


def left_out_scores(samples: Sequence[Sample]) -> list[float]:
    """Return the log-odds of each sample by models that have seen neither it nor any text of its batch.

    The batches are left out in a few parts, and the personal texts in as many: a model that has seen them knows them.
    """
    part_of = {batch: at % _PARTS for at, batch in enumerate(sorted({sample.batch for sample in samples} - {HAM}))}
    parts = [part_of.get(sample.batch, at % _PARTS) for at, sample in enumerate(samples)]
    scores = [0.0] * len(samples)
    for left_out in range(_PARTS):
        seen = [sample for sample, part in zip(samples, parts, strict=True) if part != left_out]
        model = model_of(*trained(seen, "left out"))
        for at, part in enumerate(parts):
            if part == left_out:
                scores[at] = scored(model, samples[at])
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
    """Return a name of what the models were trained with: features (and so lexicons and rules) and configuration."""
    digest = blake2b(str((_HAM_ALARMS, train_linear.PRIORS)).encode(), digest_size=6)
    digest.update(files("nlp.training").joinpath(train_network.CONFIG).read_bytes())
    for sample in samples:
        features = linear_features_of(sample.looked), network_features_of(sample.looked, sample.typed)
        digest.update(msgspec.msgpack.encode((sample.is_advert, features)))
    return f"model-{digest.hexdigest()}"


def main() -> int:
    """Train, choose the threshold, write the models, and print what they are."""
    batches = batch_names("train")
    samples = samples_of(build_analyser(), batches, with_ham=True)
    threshold = best_threshold(samples, left_out_scores(samples))
    linear, network = trained(samples, version_of(samples))
    write_file(linear_model.FILE_NAME, linear)
    write_file(network_model.FILE_NAME, network)
    write_file(FILE_NAME, ThresholdFile(version=linear.version, threshold=threshold))
    adverts = sum(sample.is_advert for sample in samples)
    print(f"{linear.version}: {len(samples)} texts of batches {', '.join(batches)} and {HAM}, {adverts} adverts")
    print(f"{len(linear.weights)} and {len(network.features)} features, threshold {threshold:+.2f} log-odds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
