"""Whether a text that is no advert tells prices of drugs all the same: an order, talk with a runner, talk about drugs.

Facts of the text that the price model weighs: a usual sum for a piece, a drug, a person who is served and a wish speak
for a line's price; trades, everyday things, hours and numbers against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from nlp.spans.price_grammar import RULE
from parsers.records.findings import SpanKind

_TRADES: Final = frozenset(
    {
        "food_trade",
        "trade",
        "taxi",
        "courier",
        "retail",
        "event",
        "group",
        "betting",
        "prize",
        "transport",
        "official",
        "home",
    }
)
_TOPICS: Final = frozenset(
    {
        *("food", "drink", "trade", "shop", "club", "sport", "transport", "work", "party", "sell", "animal"),
        *("colour_goods", "official"),
    }
)
_NO_TOPIC: Final = frozenset(
    {
        *(
            "boss",
            "car",
            "bike",
            "phone",
            "bag",
            "bags",
            "line",
            "ticket",
            "order",
            "orders",
            "deal",
            "half",
            "quarter",
        ),
        *("g", "gram", "strip", "box", "8th", "eighth", "off", "minimum", "left", "home", "park"),
    }
)
_SHARES: Final = {"low": 1.0, "med": 1.0, "high": 0.4}
_MOST: Final = 3.0
_LEAST_DEAL: Final = 15
_LEAST_EACH: Final = 4.9
_MOST_EACH: Final = 15.1
"""Pounds for a wrap or a rock of several; ``_LEAST_DEAL`` is what they cost together."""

_POWDER: Final = 80
_POWDER_EACH: Final = 30
"""The same of what is sold by weight."""

_OTHERS: Final = frozenset({"he", "she", "they", "him", "her", "them"})
_WISHES: Final = frozenset({"need", "want", "get", "give", "doing", "still"})
_LINKS: Final = ("http", "www.", ".example", ".com", ".co.uk")
_NUMBERS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_PENCE: Final = re.compile(r"[0-9][.][0-9]{2}")


class PriceContext:
    """Weighs what texts with prices say."""

    def __init__(self, lexicons: Lexicons) -> None:
        drugs = lexicons.terms(LexiconKind.DRUG) | lexicons.terms(LexiconKind.MENU)
        topics = {entry.term for entry in lexicons.of_kind(LexiconKind.EVERYDAY) if entry.cue in _TOPICS}
        self._topics = frozenset(topics) - drugs - _NO_TOPIC

    def facts(self, reading: Reading, prices: Sequence[Mark], drugs: int) -> dict[str, float]:
        """Return what the text says; facts that it does not hold may be missing or 0."""
        words = frozenset(reading.words)
        facts: dict[str, float] = {
            "topics": min(_MOST, len(words & self._topics)),
            "drug": drugs > 0,
            "link": any(mark in reading.shadow.lower for mark in _LINKS),
            "number": any(mark.kind is SpanKind.NUMBER for mark in reading.marks),
            "hours": any(mark.kind is SpanKind.HOURS for mark in reading.marks),
            "exclaims": "!" in reading.shadow.text,
            "others": not words.isdisjoint(_OTHERS),
            "you": "you" in words,
            "please": "please" in words,
            "wish": not words.isdisjoint(_WISHES),
        }
        _add_families(reading, facts)
        _add_prices(reading, prices, facts)
        return facts


def _add_families(reading: Reading, facts: dict[str, float]) -> None:
    for term in reading.of_kind(LexiconKind.LOOKALIKE):
        entry = term.entry
        if entry.cue in _TRADES:
            facts["trade"] = min(_MOST, facts.get("trade", 0.0) + _SHARES[entry.ambiguity])
        elif entry.cue in {"order", "runner"}:
            facts["order"] = 1.0
        elif entry.cue in {"debt", "police", "wrong_number"}:
            facts[entry.cue] = 1.0
    for term in reading.of_kind(LexiconKind.CUE):
        if term.entry.cue in {"about", "call_weak", "call_strong"}:
            facts[term.entry.cue] = 1.0


def _add_prices(reading: Reading, prices: Sequence[Mark], facts: dict[str, float]) -> None:
    facts["several"] = len(prices) > 1
    for price in prices:
        text = reading.shadow.lower[price.start : price.end]
        facts["pound"] = facts.get("pound", 0.0) or "\u00a3" in text
        facts["pence"] = facts.get("pence", 0.0) or _PENCE.search(text) is not None
        if price.rule == RULE:
            facts["deal"] = 1.0
            numbers = [float(number.replace(",", ".")) for number in _NUMBERS.findall(text)[:2]]
            if len(numbers) > 1 and numbers[0]:
                facts[_cost(*numbers)] = 1.0


def _cost(count: float, amount: float) -> str:
    """Say whether a piece costs what it usually costs in such a deal."""
    each = amount / count
    if (amount >= _LEAST_DEAL and _LEAST_EACH <= each <= _MOST_EACH) or (amount >= _POWDER and each >= _POWDER_EACH):
        return "usual"
    return "cheap" if each < _LEAST_EACH else "dear"
