"""Decisions: what of the proposed marks stands, now that it is known what the text is.

Each word that can stand for a drug is weighed by the drug model, which knows what the text is and what stands beside
the word; each price of a text that is no advert by the price model. A name is the line's only in an advert. What is
settled here is what the finding holds.
"""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Name, Reading
from nlp.spans.drug_context import DrugContext
from nlp.spans.drug_marks import RULE_BY_AMBIGUITY, DrugMarks
from nlp.spans.drug_model import DrugModel
from nlp.spans.price_context import PriceContext
from nlp.spans.price_model import PriceModel
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


class Decisions(Component):
    """Drops the marks that the text as a whole does not bear out."""

    def __init__(self, lexicons: Lexicons, drug_model: DrugModel, price_model: PriceModel) -> None:
        self._price_model = price_model
        self._drug_model = drug_model
        self._drug_context = DrugContext(lexicons)
        self._drug_marks = DrugMarks(lexicons)
        self._price_context = PriceContext(lexicons)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        families = {term.entry.cue for term in reading.of_kind(LexiconKind.LOOKALIKE)}
        has_trade = not _LOOKALIKE_TRADES.isdisjoint(families)
        reading.is_order = not reading.is_advert and not has_trade and not _ORDERS.isdisjoint(families)
        if reading.name is not None and lies_in_drug(reading, reading.name):
            reading.name = None
        if not reading.is_advert:
            reading.name_aside, reading.name = reading.name, None
        if reading.drug_candidates:
            self.decide_drugs(reading)
            if reading.name is not None and is_drug_alone(reading, reading.name):
                reading.name = None
        if reading.marks:
            proposed = reading.marks
            prices = self._prices_that_stand(reading)
            reading.marks = [mark for mark in proposed if _stands(reading, mark, prices)]
            if not reading.is_advert:
                kept = frozenset(reading.marks)
                reading.set_aside = [mark for mark in proposed if mark.kind in _MASKED and mark not in kept]

    def decide_drugs(self, reading: Reading) -> None:
        """Put the marks of the words that the model takes for drugs in place of those proposed."""
        standing = self._drug_model.drugs(reading, self._drug_context)
        reading.marks = [mark for mark in reading.marks if mark.kind is not SpanKind.DRUG]
        if standing:
            self._drug_marks.mark(reading, [term for term, _ in standing])

    def _prices_that_stand(self, reading: Reading) -> frozenset[Mark]:
        """Return the prices that are a line's: all in an advert."""
        prices = reading.marked(SpanKind.PRICE)
        if reading.is_advert or not prices:
            return frozenset(prices)
        return self._price_model.prices(reading, prices, self._price_context)


def lies_in_drug(reading: Reading, name: Name) -> bool:
    """Whether a name is a part of a longer expression for drugs: the C of "H & C ready now"."""
    length = name.end - name.start
    return any(
        mark.start <= name.start and name.end <= mark.end and mark.end - mark.start > length
        for mark in reading.marked(SpanKind.DRUG)
    )


def is_drug_alone(reading: Reading, name: Name) -> bool:
    """Whether what was taken for a name is a drug by a word that is rarely anything else: the 2CB of "2CB 4 for 30"."""
    return any(
        mark.start <= name.start and name.end <= mark.end and mark.rule == RULE_BY_AMBIGUITY["low"]
        for mark in reading.marked(SpanKind.DRUG)
    )


def _stands(reading: Reading, mark: Mark, prices: frozenset[Mark]) -> bool:
    name = reading.name
    if name is not None and mark.start < name.end and name.start < mark.end and mark.kind is not SpanKind.NUMBER:
        return False
    if mark.kind is SpanKind.PRICE:
        return mark in prices
    if mark.kind is SpanKind.HOURS:
        return reading.is_advert
    return mark.kind is not SpanKind.STOCK or reading.is_advert or reading.is_order
