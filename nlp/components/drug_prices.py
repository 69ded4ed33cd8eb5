"""Amounts behind a drug: ``Flake 80 mix 40``, ``ket 20``. Prices in an advert or an order, nothing elsewhere."""

from __future__ import annotations

import re

from nlp.components.component import Component
from nlp.lexicons import LexiconKind
from nlp.readings import Mark, Reading
from nlp.spans.price_grammar import RULE_IN_ADVERT
from nlp.spans.price_lists import is_strength
from parsers.records.findings import SpanKind

_AMOUNT = re.compile(
    r" (?:for |4 |at |@ ?|= ?|- ?)?([1-9][0-9]{1,2})"
    r"(?![\w%/:]|\.[0-9]| ?(?:for|4|am|pm|mins?|out of|outt?a)\b)(?! [1-9] [1-9][0-9]{1,2} [1-9](?![0-9]))"
)
_ROUND = 5


class DrugPrices(Component):
    """Marks round amounts that stand behind the name of a drug."""

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not reading.terms.get(LexiconKind.DRUG):
            return
        for drug in reading.marked(SpanKind.DRUG):
            mark_amount(reading, drug.end, drug.canonical)


def mark_amount(reading: Reading, end: int, drug: str | None) -> None:
    """Mark the round amount behind a drug whose mark ends at ``end``, where there is one."""
    match = _AMOUNT.match(reading.shadow.lower, end)
    if match is None or is_strength(drug, int(match[1])):
        return
    if int(match[1]) % _ROUND == 0 and not reading.is_taken(*match.span(1)):
        reading.add(Mark(SpanKind.PRICE, *match.span(1), None, RULE_IN_ADVERT))
