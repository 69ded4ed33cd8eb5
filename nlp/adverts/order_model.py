"""The trained model of orders: whether a text is one that a deal line's customer writes to it.

Customers of a trader write back as well, and ask whether he is open, how much and how long. What is asked of a line
tells it from a trader where what it sends does not: "2 and 1 outside", "how long bro". The log-odds are a sum of one
weight a word and one a pair of words that stand beside each other, the beginning and the end of the text among them
(``nlp.training.train_orders``). Opinion of a text alone, and of no person; linkage counts phones
(``search.linkage.adverts.ordering``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import msgspec
import numpy as np

from nlp.adverts.gram_tables import GramTables, WordNumbers
from nlp.log_odds import score_of
from nlp.model_files import shipped_file

FILE_NAME: Final = "order_model.msgpack.zst"
BEGIN, END = "<", ">"
"""Stand before the first word and behind the last."""

BETWEEN: Final = "\x1f"
"""Stands between the two words of a pair: a word that stands for one of another language may hold a blank."""

LONGEST: Final = 40
"""Words beyond which a text is no order; of 1,254 orders of the batches for test the longest has 29."""
_HUNDREDTHS: Final = 100.0


class OrderModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored; weights are hundredths of log-odds.

    Attributes:
        version: ``orders-`` and a digest of the weights.
        bias: What every text has.
        weights: What a word, or two words with ``BETWEEN`` between them, adds.
    """

    version: str
    bias: int
    weights: dict[str, int]


class OrderModel:
    """Weighs texts by their words."""

    def __init__(self, stored: OrderModelFile) -> None:
        self.version = stored.version
        self._bias = stored.bias
        grams = [tuple(gram.split(BETWEEN)) for gram in stored.weights]
        numbers = WordNumbers((word for gram in grams for word in gram), 2)
        self._tables = GramTables({gram: at for at, gram in enumerate(grams)}, numbers)
        self._weights = np.fromiter(stored.weights.values(), np.int64, len(grams))
        self._numbers = numbers

    def scores(self, texts: Sequence[Sequence[str]]) -> list[float]:
        """Return for each text, 0 to 1, how surely it is an order, by its words in normal form, in English."""
        laid = self._numbers.laid_out([_row(words) for words in texts])
        sums = np.full(len(texts), self._bias, np.int64)
        for places, grams in self._tables.found(laid.words):
            np.add.at(sums, laid.text_of[places], self._weights[grams])
        return [score_of(total / _HUNDREDTHS) for total in sums.tolist()]


def grams_of(words: Sequence[str]) -> list[str]:
    """Return what the model weighs of a text, sorted, with repeats: each word, and each two that stand together."""
    row = _row(words)
    return sorted([*row, *(f"{one}{BETWEEN}{other}" for one, other in pairwise(row))])


def _row(words: Sequence[str]) -> list[str]:
    return [BEGIN, *filter(None, words), END]


@cache
def shipped_order_model() -> OrderModel:
    """Return the model that is shipped."""
    return OrderModel(shipped_file(FILE_NAME, OrderModelFile))
