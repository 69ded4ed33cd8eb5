"""The first look's word on a text: what it rules out is no advert, and nobody looks for a name in it."""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.first_look import FirstLook, is_contact_card
from nlp.log_odds import score_of
from nlp.readings import Reading
from parsers.records.findings import NO_NUMBER_CHANGE

RULE: Final = "first-look/1"


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
            reading.advert_score = score_of(log_odds)
            if is_contact_card(reading):
                # whose number is in it, and since when, a card does not say
                reading.number_change, reading.change_rules = NO_NUMBER_CHANGE, ()
