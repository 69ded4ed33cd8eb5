"""Trains the first look (``first_look``) on the batches for training and the half of the personal texts for that.

Run: ``python -m nlp.training.train_first_look``, after changes of texts, lexicons, marks or cues (half a minute). The
line is the highest below which no more than two in a hundred of the adverts lie when their batch is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import msgspec
import numpy as np

from nlp.adverts.first_look import FILE_NAME, FirstLookFile, features_of
from nlp.analysis import Analyser, build_analyser
from nlp.model_files import write_file
from nlp.training.corpora_reading import batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.logistic import Example, fitted, left_out

_ADVERTS_LOST: Final = 0.02
"""Share of the adverts that may lie below the line when their batch is left out; the models miss nearly all of those as
well. Of the batches for test, whose adverts are less odd, 4 in 1,412 lie there."""
_STEP: Final = 0.25
_HIGHEST: Final = -2.5
"""However well the texts are told apart: one text in thirteen there is an advert."""

_HAM: Final = "uci_ham"
_HAM_PARTS: Final = 6
"""The personal texts are left out in as many parts."""


def examples_of(analyser: Analyser, batches: Sequence[str]) -> list[Example]:
    """Return what is seen of each text, with whether it is an advert."""
    golds = read_batches(batches)
    personal = ham_texts(held_out=False)
    readings = analyser.first_readings([*(gold.text for gold in golds), *personal])
    named = [
        *((gold.batch, gold.is_advert) for gold in golds),
        *((f"{_HAM} {at % _HAM_PARTS}", False) for at in range(len(personal))),
    ]
    return [
        Example(batch, "", features_of(reading), is_advert)
        for (batch, is_advert), reading in zip(named, readings, strict=True)
    ]


def line_of(rows: Sequence[Example]) -> float:
    """Return the log-odds below which a text is ruled out."""
    adverts = [odds for odds, row in zip(left_out(rows), rows, strict=True) if row.is_right]
    return min(_HIGHEST, float(np.floor(np.quantile(adverts, _ADVERTS_LOST) / _STEP) * _STEP))


def main() -> int:
    """Train and write the model, and print what it is."""
    rows = examples_of(build_analyser(), batch_names("train"))
    model, line = fitted(rows), line_of(rows)
    digest = blake2b(msgspec.msgpack.encode([model.bias, line, sorted(model.weights.items())]), digest_size=6)
    stored = FirstLookFile(
        version=f"first-look-{digest.hexdigest()}", bias=model.bias, line=line, weights=model.weights
    )
    size = write_file(FILE_NAME, stored)
    print(f"{stored.version}: {len(model.weights)} features, rules out below {line:+.2f} log-odds, {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
