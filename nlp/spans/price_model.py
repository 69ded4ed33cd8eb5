"""The trained model of prices in texts that are no adverts: weights of features, summed for each price.

A logistic regression over what ``nlp.spans.price_features`` sees, trained on texts whose prices are known
(``nlp.training.train_spans``). What it gives are the log-odds that the price is that of a line's deal.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec

from nlp.model_files import shipped_file
from nlp.readings import Mark, Reading
from nlp.spans.price_context import PriceContext
from nlp.spans.price_features import features_of_prices

FILE_NAME: Final = "price_model.msgpack.zst"


class PriceModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``prices-`` and a digest of the weights.
        bias: Log-odds of a price without a known feature.
        line: Log-odds from which on a price counts.
        weights: Log-odds by feature.
    """

    version: str
    bias: float
    line: float
    weights: dict[str, float]


class PriceModel:
    """Weighs prices."""

    def __init__(self, stored: PriceModelFile) -> None:
        self.version = stored.version
        self._base = stored.bias - stored.line
        self._weights = stored.weights

    def prices(self, reading: Reading, proposed: Sequence[Mark], context: PriceContext) -> frozenset[Mark]:
        """Return those of the prices of a text that are a line's."""
        known = self._weights
        return frozenset(
            price
            for price, features in zip(proposed, features_of_prices(reading, proposed, context), strict=True)
            if self._base + sum([known.get(feature, 0.0) for feature in features]) >= 0.0
        )


@cache
def shipped_price_model() -> PriceModel:
    """Return the model that is shipped."""
    return PriceModel(shipped_file(FILE_NAME, PriceModelFile))
