"""Decisions: what of the proposed marks stands, now that it is known what the text is.

An ambiguous word is a drug in an advert; elsewhere only as far as the text is about drugs (``drug_context``). A bare
amount is a price only in an advert or an order, a name is the line's only in an advert. What is settled here is what
the finding holds.
"""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.components.drug_context import DrugContext
from nlp.components.drugs import RULE_BY_AMBIGUITY
from nlp.components.price_context import PriceContext
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Name, Reading
from parsers.records.findings import SpanKind

_LOOKALIKE_TRADES: Final = frozenset(
    {
        "food_trade",
        "trade",
        "taxi",
        "courier",
        "retail",
        "event",
        "group",
        "betting",
        "transport",
        "official",
        "home",
        "kin",
        "police",
        "health",
    }
)
_ORDERS: Final = frozenset({"order", "runner"})
_MASKED: Final = frozenset({SpanKind.PRICE, SpanKind.HOURS})
"""What a template masks whether it counts as a finding or not."""

_RULE_SURE: Final = RULE_BY_AMBIGUITY["low"]


class Decisions(Component):
    """Drops the marks that the text as a whole does not bear out."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.context = DrugContext(lexicons)
        self._price_context = PriceContext(lexicons)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        families = {term.entry.cue for term in reading.of_kind(LexiconKind.LOOKALIKE)}
        has_trade = not _LOOKALIKE_TRADES.isdisjoint(families)
        reading.is_order = not reading.is_advert and not has_trade and not _ORDERS.isdisjoint(families)
        if not reading.is_advert or (reading.name is not None and lies_in_drug(reading, reading.name)):
            reading.name = None
        if reading.marks:
            drugs = self._drugs_that_stand(reading)
            proposed = reading.marks
            tells_prices = self._tells_prices(reading, len(drugs))
            reading.marks = [mark for mark in proposed if _stands(reading, mark, drugs, tells_prices=tells_prices)]
            if not reading.is_advert:
                kept = frozenset(reading.marks)
                reading.set_aside = [mark for mark in proposed if mark.kind in _MASKED and mark not in kept]

    def _tells_prices(self, reading: Reading, drugs: int) -> bool:
        """Whether a line's prices stand in the text."""
        prices = reading.marked(SpanKind.PRICE)
        return reading.is_advert or (bool(prices) and self._price_context.tells_prices(reading, prices, drugs))

    def _drugs_that_stand(self, reading: Reading) -> frozenset[Mark]:
        """Return the drug marks that the text bears out."""
        drugs = reading.marked(SpanKind.DRUG)
        if reading.is_advert or all(mark.rule == _RULE_SURE for mark in drugs):
            return frozenset(drugs)
        borne_out = self.context.drugs(reading, drugs)
        return frozenset(mark for mark in drugs if mark.rule == _RULE_SURE) | frozenset(borne_out)


def lies_in_drug(reading: Reading, name: Name) -> bool:
    """Whether a name is a part of a longer expression for drugs: the C of "H & C ready now"."""
    length = name.end - name.start
    return any(
        mark.start <= name.start and name.end <= mark.end and mark.end - mark.start > length
        for mark in reading.marked(SpanKind.DRUG)
    )


def _stands(reading: Reading, mark: Mark, drugs: frozenset[Mark], *, tells_prices: bool) -> bool:
    name = reading.name
    if name is not None and mark.start < name.end and name.start < mark.end and mark.kind is not SpanKind.NUMBER:
        return False
    if mark.kind is SpanKind.DRUG:
        return mark in drugs
    if mark.kind is SpanKind.PRICE:
        return tells_prices
    if mark.kind is SpanKind.HOURS:
        return reading.is_advert
    return mark.kind is not SpanKind.STOCK or reading.is_advert or reading.is_order
