"""Decisions: what of the proposed marks stands, now that it is known what the text is.

An ambiguous word is a drug and a bare amount a price only in an advert or an order; a name is the line's only in an
advert. What is settled here is what the finding holds.
"""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.components.drugs import RULE_BY_AMBIGUITY
from nlp.components.prices import RULE_IN_ADVERT
from nlp.lexicons import LexiconKind
from nlp.readings import Mark, Reading
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
_RULE_LOW: Final = RULE_BY_AMBIGUITY["low"]
_RULE_MED: Final = RULE_BY_AMBIGUITY["med"]


class Decisions(Component):
    """Drops the marks that the text as a whole does not bear out."""

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        families = {term.entry.cue for term in reading.of_kind(LexiconKind.LOOKALIKE)}
        has_trade = not _LOOKALIKE_TRADES.isdisjoint(families)
        reading.is_order = not reading.is_advert and not has_trade and not _ORDERS.isdisjoint(families)
        if not reading.is_advert:
            reading.name = None
        if reading.marks:
            reading.marks = [mark for mark in reading.marks if _stands(reading, mark, has_trade=has_trade)]


def _stands(reading: Reading, mark: Mark, *, has_trade: bool) -> bool:
    name = reading.name
    if name is not None and mark.start < name.end and name.start < mark.end and mark.kind is not SpanKind.NUMBER:
        return False
    if mark.kind is SpanKind.DRUG:
        return _is_drug(reading, mark.rule, has_trade=has_trade)
    if mark.kind is SpanKind.PRICE:
        return mark.rule != RULE_IN_ADVERT or reading.is_advert or reading.is_order
    return mark.kind is not SpanKind.STOCK or reading.is_advert or reading.is_order


def _is_drug(reading: Reading, rule: str, *, has_trade: bool) -> bool:
    if reading.is_advert or reading.is_order or rule == _RULE_LOW:
        return True
    return rule == _RULE_MED and not has_trade and len(reading.marked(SpanKind.DRUG)) > 1
