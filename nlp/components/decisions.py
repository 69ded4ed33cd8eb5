"""Decisions: what of the proposed marks stands, now that it is known what the text is.

Each word that can stand for a drug is weighed by the drug model, which knows what the text is and what stands beside
the word. A bare amount is a price only in an advert or an order, a name is the line's only in an advert. What is
settled here is what the finding holds.
"""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.components.drug_context import DrugContext
from nlp.components.drug_marks import DrugMarks
from nlp.components.price_context import PriceContext
from nlp.drug_model import DrugModel
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


class Decisions(Component):
    """Drops the marks that the text as a whole does not bear out."""

    def __init__(self, lexicons: Lexicons, drug_model: DrugModel) -> None:
        self._drug_model = drug_model
        self._drug_context = DrugContext(lexicons)
        self._drug_marks = DrugMarks(lexicons)
        self._price_context = PriceContext(lexicons)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        families = {term.entry.cue for term in reading.of_kind(LexiconKind.LOOKALIKE)}
        has_trade = not _LOOKALIKE_TRADES.isdisjoint(families)
        reading.is_order = not reading.is_advert and not has_trade and not _ORDERS.isdisjoint(families)
        if not reading.is_advert or (reading.name is not None and lies_in_drug(reading, reading.name)):
            reading.name = None
        if reading.drug_candidates:
            self._decide_drugs(reading)
        if reading.marks:
            proposed = reading.marks
            tells_prices = self._tells_prices(reading)
            reading.marks = [mark for mark in proposed if _stands(reading, mark, tells_prices=tells_prices)]
            if not reading.is_advert:
                kept = frozenset(reading.marks)
                reading.set_aside = [mark for mark in proposed if mark.kind in _MASKED and mark not in kept]

    def _decide_drugs(self, reading: Reading) -> None:
        """Put the marks of the words that the model takes for drugs in place of those proposed."""
        standing = self._drug_model.drugs(reading, self._drug_context)
        reading.marks = [mark for mark in reading.marks if mark.kind is not SpanKind.DRUG]
        if standing:
            self._drug_marks.mark(reading, [term for term, _ in standing])

    def _tells_prices(self, reading: Reading) -> bool:
        """Whether a line's prices stand in the text."""
        prices = reading.marked(SpanKind.PRICE)
        drugs = len(reading.marked(SpanKind.DRUG))
        return reading.is_advert or (bool(prices) and self._price_context.tells_prices(reading, prices, drugs))


def lies_in_drug(reading: Reading, name: Name) -> bool:
    """Whether a name is a part of a longer expression for drugs: the C of "H & C ready now"."""
    length = name.end - name.start
    return any(
        mark.start <= name.start and name.end <= mark.end and mark.end - mark.start > length
        for mark in reading.marked(SpanKind.DRUG)
    )


def _stands(reading: Reading, mark: Mark, *, tells_prices: bool) -> bool:
    name = reading.name
    if name is not None and mark.start < name.end and name.start < mark.end and mark.kind is not SpanKind.NUMBER:
        return False
    if mark.kind is SpanKind.PRICE:
        return tells_prices
    if mark.kind is SpanKind.HOURS:
        return reading.is_advert
    return mark.kind is not SpanKind.STOCK or reading.is_advert or reading.is_order
