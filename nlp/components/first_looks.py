"""The first look's word on a text: what it rules out is no advert, and nobody looks for a name in it."""

from __future__ import annotations

from math import exp
from typing import Final

from nlp.components.component import Component
from nlp.first_look import FirstLook
from nlp.readings import Reading

RULE: Final = "first-look/1"
_CAP: Final = 30.0


class FirstLooks(Component):
    """Rules texts out."""

    def __init__(self, model: FirstLook) -> None:
        self._model = model

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        log_odds = self._model.verdict(reading)
        if log_odds is not None:
            reading.is_ruled_out = True
            reading.model_share = log_odds
            reading.advert_score = round(1.0 / (1.0 + exp(-max(-_CAP, log_odds))), 4)
