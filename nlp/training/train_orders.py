"""Trains the model of orders (``order_model``) on the batches and the half of the personal texts that are for it.

Run: ``python -m nlp.training.train_orders [--no-check]`` (two minutes). What customers write to a line is an order;
everything else that is no advert is none, but for what runners and friends say of drugs, which is left out: it stands
between people of a line, and says neither. Without ``--no-check`` a sixth of the batches is left out in turn first,
which shows how surely orders are told in texts that were not trained on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final

import msgspec
import numpy as np

from nlp.adverts.order_model import FILE_NAME, LONGEST, OrderModel, OrderModelFile, grams_of
from nlp.analysis import Analyser, build_analyser
from nlp.model_files import write_file
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.logistic import Example, fitted, left_out

ORDER: Final = "order"
REPLIES: Final = "replies"
"""Use of the batches for test of what people write to lines and to traders; they hold no advert."""
NEITHER: Final = frozenset({"runner", "drug_talk", "private_drug_talk"})
"""Families that say neither."""

_HAM: Final = "uci_ham"
_HAM_PARTS: Final = 6
_HUNDREDTHS: Final = 100
_LEAST: Final = 5
"""Hundredths below which a weight is not kept: some two in five of the pairs of words add less."""
_SHOWN: Final = (0.5, 0.75, 0.88)


def examples_of(analyser: Analyser, golds: Sequence[GoldText], personal: Sequence[str]) -> list[Example]:
    """Return what is seen of each text, with whether it is an order."""
    asked = [gold for gold in golds if not gold.is_advert and gold.family not in NEITHER]
    named = [
        *((gold.batch, gold.family) for gold in asked),
        *((f"{_HAM} {at % _HAM_PARTS}", _HAM) for at in range(len(personal))),
    ]
    readings = analyser.first_readings([*(gold.text for gold in asked), *personal])
    return [
        Example(batch, family, grams_of(reading.glossed or reading.words), family == ORDER)
        for (batch, family), reading in zip(named, readings, strict=True)
        if len(reading.words) <= LONGEST
    ]


def _check(rows: Sequence[Example]) -> None:
    odds = left_out(rows)
    chance = 1.0 / (1.0 + np.exp(-odds))
    truth = np.array([row.is_right for row in rows])
    for score in _SHOWN:
        orders, others = np.mean(chance[truth] >= score), np.mean(chance[~truth] >= score)
        print(f"left out, score {score}: {orders:.3f} of the orders, {others:.4f} of the others")


def shares_of(model: OrderModel, analyser: Analyser) -> Iterator[tuple[str, int, list[float]]]:
    """Yield for each kind of text that nothing is trained on how many there are, and the shares that reach scores."""
    replies, batches = read_batches(batch_names(REPLIES)), read_batches(batch_names("test"))
    kinds = {
        "orders, written as replies": [gold.text for gold in replies if gold.family == ORDER],
        "replies to traders": [gold.text for gold in replies if gold.family == "to_trader"],
        "orders": [gold.text for gold in batches if gold.family == ORDER],
        "talk of runners": [gold.text for gold in batches if gold.family == "runner"],
        "personal texts": ham_texts(held_out=True),
    }
    for kind, texts in kinds.items():
        scores = np.array(model.scores([each.glossed or each.words for each in analyser.first_readings(texts)]))
        yield kind, len(texts), [float(np.mean(scores >= score)) for score in _SHOWN]


def main() -> int:
    """Train and write the model, and print what it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-check", action="store_true", help="train alone")
    arguments = parser.parse_args()
    analyser = build_analyser()
    rows = examples_of(analyser, read_batches(batch_names("train")), ham_texts(held_out=False))
    if not arguments.no_check:
        _check(rows)
    model = fitted(rows)
    weights = {gram: round(weight * _HUNDREDTHS) for gram, weight in sorted(model.weights.items())}
    weights = {gram: weight for gram, weight in weights.items() if abs(weight) >= _LEAST}
    bias = round(model.bias * _HUNDREDTHS)
    digest = blake2b(msgspec.msgpack.encode([bias, sorted(weights.items())]), digest_size=6)
    stored = OrderModelFile(version=f"orders-{digest.hexdigest()}", bias=bias, weights=weights)
    size = write_file(FILE_NAME, stored)
    print(f"{stored.version}: {len(weights)} words and pairs of words, {size} bytes")
    for family, texts, shares in shares_of(OrderModel(stored), analyser):
        reached = ", ".join(f"{share:.3f} of {score}" for score, share in zip(_SHOWN, shares, strict=True))
        print(f"batches for test: {family}, {texts} texts, {reached}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
