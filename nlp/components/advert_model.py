"""The trained model's word on what a text is: adds to what the rules said, and decides.

The rules' sum is among the features of the model, so that its log-odds are those of both together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from nlp.adverts.advert_model import AdvertModel, Closer, leeway
from nlp.adverts.line_talk import CUE, FLOOR, line_talk
from nlp.adverts.model_features import Looked, ModelEyes
from nlp.adverts.plain_talk import RULE as RULE_TALK
from nlp.adverts.plain_talk import worth_of
from nlp.components.component import Component
from nlp.lexicons import Lexicons
from nlp.log_odds import score_of
from nlp.readings import Cue, Reading

RULE: Final = "model/1"


class ModelledAdverts(Component):
    """Scores the text with rules and model together."""

    def __init__(self, lexicons: Lexicons, model: AdvertModel) -> None:
        self._eyes = ModelEyes(lexicons)
        self._model = model

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        self.read_all([reading])

    def read_all(self, readings: Sequence[Reading]) -> None:
        """Write to the readings, which are weighed together: in a third of the time."""
        weighed = [reading for reading in readings if not reading.ruled_out_by]
        texts = [self._seen(reading) for reading in weighed]
        for reading, odds in zip(weighed, self._model.log_odds(texts), strict=True):
            log_odds = odds - self._model.threshold + leeway(reading.rule_total)
            if reading.talk:
                log_odds = worth_of(reading.talk, log_odds)
                reading.ruled_out_by = f"{RULE_TALK}:{reading.talk}"
            elif log_odds < FLOOR and (kind := line_talk(reading, log_odds)) is not None:
                reading.cues.append(Cue(f"{CUE}{kind}", round(FLOOR - log_odds, 2)))
                log_odds = FLOOR
                reading.name = None
            reading.model_share = log_odds
            # The threshold lies at one half, whatever the log-odds there: a reader of scores need not know it.
            reading.advert_score = score_of(log_odds)
            reading.is_advert = log_odds >= 0.0

    def _seen(self, reading: Reading) -> tuple[Looked, Closer]:
        tokens = self._eyes.tokens_of(reading)
        return self._eyes.look(reading, tokens), partial(self._eyes.look_closer, reading, tokens)
