"""Trains the network of adverts: a classifier of spaCy's with an architecture of ours (``feature_bag``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import msgspec
import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import TextCategorizer

from nlp.adverts.model_features import network_features_of
from nlp.adverts.network_model import NetworkFile
from nlp.training.feature_bag import BAG, Bags, register
from nlp.training.samples import COMPONENT, PLACES, Sample, kept_features, numbered_documents, spacy_trained

CONFIG: Final = "config_network.cfg"
_MIN_TEXTS: Final = 8
"""Texts in which a feature must stand. At three the file is three times as long, and F1 on what is left out alike."""
_MOST_STEPS: Final = 127
"""Steps of a sum that a row can add: those of a signed octet."""


def trained_network(samples: Sequence[Sample], version: str) -> NetworkFile:
    """Return the model of the samples."""
    features = [network_features_of(sample.looked, sample.typed) for sample in samples]
    kept = kept_features(features, _MIN_TEXTS)
    row_of = {feature: row for row, feature in enumerate(kept)}
    bags = Bags(len(kept), [[row_of[feature] for feature in each if feature in row_of] for each in features])

    def overrides(folder: Path) -> Mapping[str, str]:
        path = folder / "bags.json"
        path.write_bytes(msgspec.json.encode(bags))
        return {"components.textcat_multilabel.model.bags": str(path)}

    register()
    with spacy_trained(CONFIG, numbered_documents(samples), overrides) as pipeline:
        return _read_off(pipeline, kept, version)


def _read_off(pipeline: Language, features: Sequence[str], version: str) -> NetworkFile:
    """Return the rows and weights of the network, the rows as whole numbers: each sum has a step of its own."""
    classifier = cast("TextCategorizer", pipeline.get_pipe(COMPONENT))
    bag = next(node for node in classifier.model.walk() if node.name == BAG)
    output = classifier.model.get_ref("output_layer")
    table = np.asarray(bag.get_param("E"))
    units = np.abs(table).max(axis=0) / _MOST_STEPS
    rows = np.rint(table / units).astype(np.int8)
    return NetworkFile(
        version=version,
        features=list(features),
        rows=rows.tobytes(),
        units=_rounded(units),
        starts=_rounded(np.asarray(bag.get_param("b"))),
        weights=_rounded(np.asarray(output.get_param("W"))[0]),
        bias=round(float(output.get_param("b")[0]), PLACES),
    )


def _rounded(values: npt.NDArray[np.float32]) -> list[float]:
    return [round(float(value), PLACES) for value in values]
