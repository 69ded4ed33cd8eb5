"""The model that reads words in their order, as an architecture of spaCy's text classifier, in layers of thinc.

``adverts.window_model`` does the same in whole numbers. A document of training holds one word, the number of its text;
what the model sees of the texts lies in a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    Dropout,
    Linear,
    Maxout,
    Model,
    Ops,
    Ragged,
    chain,
    concatenate,
    expand_window,
    glorot_uniform_init,
    reduce_max,
    reduce_mean,
    residual,
    with_array,
)

from nlp.adverts.window_model import PIECES, REACH
from nlp.training.feature_bag import Bags, feature_bag

ARCHITECTURE: Final = "trapline.WordWindows.v1"
WORDS: Final = "word_rows"
_SEED: Final = 20261126
_SPREAD: Final = 0.1
"""Spread of the rows before training."""
_SMALLER: Final = 0.5
"""Of what thinc gives the weights of a layer: nothing else keeps what the layers give from growing, and with all of it
F1 on three batches that were left out was 0.01 lower."""


class OrderedTexts(msgspec.Struct, frozen=True):
    """The texts of a training: the rows of each word, below ``count``, and the facts of each text as bags."""

    count: int
    words: list[list[list[int]]]
    facts: Bags


def register() -> None:
    """Make the architecture known to spaCy; may be called again."""
    registry.architectures.register(ARCHITECTURE, func=window_classifier)


def window_classifier(
    texts: str,
    width: int,
    fact_width: int,
    last_width: int,
    depth: int,
    dropout: float,
    unseen: float,
    nO: int | None = None,  # noqa: N803  # the name is spaCy's
) -> Model[Any, Any]:
    """Return the network.

    Args:
        texts: Path of a JSON file with ``OrderedTexts``.
        width: Numbers that stand for a word.
        fact_width: Those that stand for the facts.
        last_width: Those that stand for the text.
        depth: Layers that see neighbours.
        dropout: Share of the numbers that is left out at each step of training.
        unseen: Share of the words of which their form is not seen at each step of training.
        nO: Number of labels.
    """
    given = msgspec.json.decode(Path(texts).read_bytes(), type=OrderedTexts)
    alone = _layer(width, width)
    beside = [_layer(width, width * (2 * REACH + 1)) for _ in range(depth)]
    read: Model[Any, Any] = chain(
        _word_rows(given, width, unseen),
        with_array(
            chain(alone, Dropout(dropout), *[residual(chain(expand_window(REACH), layer)) for layer in beside]),
            pad=depth * REACH,
        ),
        concatenate(reduce_max(), reduce_mean()),
    )
    whole = _layer(last_width, 2 * width + fact_width)
    output: Model[Any, Any] = Linear(nO, last_width)
    model: Model[Any, Any] = chain(
        concatenate(read, feature_bag(given.facts, fact_width)),
        Dropout(dropout),
        whole,
        Dropout(dropout),
        output,
        _likelihood(),
    )
    for name, layer in (("alone", alone), ("whole", whole), ("output_layer", output)):
        model.set_ref(name, layer)
    for at, layer in enumerate(beside):
        model.set_ref(f"beside {at}", layer)
    model.attrs["multi_label"] = True
    return model


def _layer(width: int, size: int) -> Model[Any, Any]:
    """Return a layer that gives so many numbers of so many."""

    def init(ops: Ops, shape: tuple[int, ...]) -> Any:
        return _SMALLER * glorot_uniform_init(ops, shape)

    return Maxout(width, size, nP=PIECES, init_W=init)


def _likelihood() -> Model[Any, Any]:
    """Return the logistic function as an output whose error spaCy gives as the slope of the likelihood.

    spaCy's error is the difference from the truth, which beneath thinc's own function is the slope of the squared one:
    nought for a text that the network is surely wrong about.
    """

    def forward(model: Model[Any, Any], sums: Any, *, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
        del is_train
        return model.ops.sigmoid(sums), lambda error: error

    return Model("likelihood", forward)


def _word_rows(texts: OrderedTexts, width: int, unseen: float) -> Model[list[Doc], Ragged]:
    rows = [np.array(words, np.int32) for words in texts.words]

    def forward(
        model: Model[list[Doc], Ragged], docs: list[Doc], *, is_train: bool
    ) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
        found = [rows[int(doc.text)] for doc in docs]
        lengths: Any = np.array([len(each) for each in found], np.int32)
        words: Any = np.concatenate(found)
        if is_train and unseen:
            words[np.random.random(len(words)) < unseen, 0] = texts.count  # noqa: NPY002  # spaCy sets its seed
        table: Any = model.get_param("E")

        def backprop(gradient: Ragged) -> list[Doc]:
            of_rows: Any = np.zeros_like(table)
            of_words: Any = gradient.dataXd
            for column in range(words.shape[1]):
                model.ops.scatter_add(of_rows, words[:, column], of_words)
            # What is not known has no row of its own.
            of_rows[texts.count] = 0.0
            model.inc_grad("E", of_rows)
            return []

        return Ragged(table[words].sum(axis=1), lengths), backprop

    return Model(WORDS, forward, init=_init, dims={"nO": width}, params={"E": None}, attrs={"count": texts.count})


def _init(model: Model[list[Doc], Ragged], X: object = None, Y: object = None) -> None:  # noqa: N803  # thinc calls by name
    del X, Y
    spread: Any = np.random.default_rng(_SEED).normal(0.0, _SPREAD, (model.attrs["count"] + 1, model.get_dim("nO")))
    spread[-1] = 0.0
    model.set_param("E", spread.astype(np.float32))
