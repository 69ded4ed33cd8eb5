"""The first look's word on a text: what it rules out is no advert, and nobody looks for a name in it.

Nor is plain talk (``nlp.adverts.plain_talk``), nor a contact card one: an entry of a telephone book that somebody
sent, a name and a number without a word to anyone. Whose number is in it, and since when, it does not say, so that it
announces none.
"""

from __future__ import annotations

from typing import Final

from nlp.adverts.first_look import FirstLook
from nlp.adverts.line_talk import line_talk
from nlp.adverts.plain_talk import RULE as RULE_TALK
from nlp.adverts.plain_talk import WORTH, may_be_lifted, plain_talk
from nlp.components.component import Component
from nlp.log_odds import score_of
from nlp.readings import Reading
from parsers.records.findings import NO_NUMBER_CHANGE

RULE: Final = "first-look/1"
RULE_CARD: Final = "contact-card/1"

CARD_WORTH: Final = -6.0
"""Log-odds of an advert where the text is a contact card."""
_CARD: Final = "begin:vcard"


class FirstLooks(Component):
    """Rules texts out."""

    def __init__(self, model: FirstLook) -> None:
        self._model = model

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if reading.shadow.lower.lstrip().startswith(_CARD):
            _rule_out(reading, RULE_CARD, CARD_WORTH)
            reading.number_change, reading.change_rules = NO_NUMBER_CHANGE, ()
            return
        if kind := plain_talk(reading):
            if may_be_lifted(kind):
                reading.talk = kind
            else:
                _rule_out(reading, f"{RULE_TALK}:{kind}", WORTH)
            return
        log_odds = self._model.verdict(reading)
        if log_odds is not None and line_talk(reading, log_odds) is None:
            _rule_out(reading, RULE, log_odds)


def _rule_out(reading: Reading, rule: str, log_odds: float) -> None:
    reading.ruled_out_by = rule
    reading.model_share = log_odds
    reading.advert_score = score_of(log_odds)
