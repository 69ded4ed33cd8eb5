"""The network of the advert model, as an architecture of spaCy's text classifier: the sum of its features' rows.

spaCy has a linear bag and networks over words in order; between them lies this one. A text is a bag of features
(``model_features``), each with a row of a table; the rows are added up, divided by the root of their number, what
lies below nought is cut off, and the rest is weighed. ``nlp.adverts.advert_model`` does the same without documents.

A document of training holds one word, the number of its bag: as words of a document, the features took spaCy four
minutes a training to copy, for half a minute of arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Dropout, Linear, Logistic, Model, chain

ARCHITECTURE: Final = "trapline.FeatureBag.v1"
BAG: Final = "feature_bag"
_SEED: Final = 20261125
_SPREAD: Final = 0.1
"""Spread of the rows before training."""


def register() -> None:
    """Make the architecture known to spaCy; may be called again."""
    registry.architectures.register(ARCHITECTURE, func=feature_classifier)


class Bags(msgspec.Struct, frozen=True):
    """The bags of a training: ``rows`` of each, below ``count``, the number of features."""

    count: int
    rows: list[list[int]]


def feature_classifier(bags: str, width: int, dropout: float, nO: int | None = None) -> Model[Any, Any]:  # noqa: N803  # the name is spaCy's
    """Return the network.

    Args:
        bags: Path of a JSON file with ``Bags``.
        width: Number of sums.
        dropout: Share of the sums that is left out at each step of training.
        nO: Number of labels.
    """
    output: Model[Any, Any] = Linear(nO, width)
    given = msgspec.json.decode(Path(bags).read_bytes(), type=Bags)
    model: Model[Any, Any] = chain(feature_bag(given, width), Dropout(dropout), output, Logistic())
    model.set_ref("output_layer", output)
    model.attrs["multi_label"] = True
    return model


def feature_bag(bags: Bags, width: int) -> Model[list[Doc], Any]:
    """Return the layer that adds up the rows of each bag."""
    rows = [np.array(each, np.int32) for each in bags.rows]

    def forward(
        model: Model[list[Doc], Any], docs: list[Doc], *_: bool, **__: bool
    ) -> tuple[Any, Callable[[Any], list[Doc]]]:
        return _added_up(model, [rows[int(doc.text)] for doc in docs])

    shape: dict[str, int | None] = {"nO": width}
    return Model(BAG, forward, init=_init, dims=shape, params={"E": None, "b": None}, attrs={"count": bags.count})


def _init(model: Model[list[Doc], Any], X: object = None, Y: object = None) -> None:  # noqa: N803  # thinc calls by name
    del X, Y
    width = model.get_dim("nO")
    spread: Any = np.random.default_rng(_SEED).normal(0.0, _SPREAD, (model.attrs["count"], width)).astype(np.float32)
    start: Any = np.zeros(width, np.float32)
    model.set_param("E", spread)
    model.set_param("b", start)


def _added_up(
    model: Model[list[Doc], Any], found: list[npt.NDArray[np.int32]]
) -> tuple[Any, Callable[[Any], list[Doc]]]:
    lengths: Any = np.array([len(rows) for rows in found], np.int32)
    rows: Any = np.concatenate(found)
    table: Any = model.get_param("E")
    root = np.sqrt(np.maximum(lengths, 1)).astype(np.float32)[:, None]
    sums = model.ops.reduce_sum(table[rows], lengths) / root + model.get_param("b")
    counts = sums > 0.0

    def backprop(gradient: Any) -> list[Doc]:
        cut = gradient * counts
        model.inc_grad("b", cut.sum(axis=0))
        of_rows: Any = np.zeros_like(table)
        shares: Any = np.repeat(cut / root, lengths, axis=0)
        model.ops.scatter_add(of_rows, rows, shares)
        model.inc_grad("E", of_rows)
        return []

    return sums * counts, backprop
