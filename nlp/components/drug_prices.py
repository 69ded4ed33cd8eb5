"""Amounts behind a drug: ``Flake 80 mix 40``, ``ket 20``. Prices in an advert or an order, nothing elsewhere."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.components.prices import RULE_IN_ADVERT
from nlp.readings import Mark, reading_of
from parsers.records.findings import SpanKind

_AMOUNT = re.compile(r" (?:for |4 |at |@ ?|= ?|- ?)?([1-9][0-9]{1,2})(?![\w%/:]|\.[0-9]| ?(?:for|4|am|pm|mins?)\b)")
_ROUND = 5


class DrugPrices:
    """Marks round amounts that stand behind the name of a drug."""

    def __call__(self, doc: Doc) -> Doc:
        """Write to the reading of the document, and return the document."""
        reading = reading_of(doc)
        for drug in reading.marked(SpanKind.DRUG):
            match = _AMOUNT.match(reading.shadow.lower, drug.end)
            if match is not None and int(match[1]) % _ROUND == 0 and not reading.is_taken(*match.span(1)):
                reading.add(Mark(SpanKind.PRICE, *match.span(1), None, RULE_IN_ADVERT))
        return doc
