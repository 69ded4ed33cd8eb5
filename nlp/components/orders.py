"""Orders: how surely a text is what a deal line's customer writes to it, for what is no advert."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.adverts.order_model import LONGEST, OrderModel
from nlp.components.component import Component
from nlp.readings import Reading


class Orders(Component):
    """Weighs texts that are no adverts, many at once."""

    def __init__(self, model: OrderModel) -> None:
        self._model = model

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        self.read_all([reading])

    def read_all(self, readings: Sequence[Reading]) -> None:
        """Write to the readings."""
        asked = [reading for reading in readings if not reading.is_advert and 0 < len(reading.words) <= LONGEST]
        scores = self._model.scores([reading.glossed or reading.words for reading in asked])
        for reading, score in zip(asked, scores, strict=True):
            reading.order_score = score
