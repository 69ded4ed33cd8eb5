"""Cues: what in a text speaks for or against an advert, before anything is known of a name.

A sum of weighted cues on the log-odds. No cue is needed and none is enough: availability, calls to action, deals and
drugs speak for an advert; the families of look-alikes, orders, talk with runners and private talk speak against. Honest
trades use many of the same words, so in a text of a trade the words that both use weigh less. The weights are set by
hand, and every cue that spoke is named with its weight.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Cue, Reading, Term
from nlp.spans.drug_marks import RULE_BY_AMBIGUITY
from nlp.spans.price_grammar import RULE as RULE_PRICE
from nlp.words.hints import DIGIT
from parsers.records.findings import NumberChangeRole, SpanKind

_FOR: Final = {
    "available": 2.0,
    "about": 1.2,
    "off": 1.5,
    "call_strong": 1.6,
    "call_weak": 0.7,
    "quality": 1.1,
    "deals": 1.0,
    "service": 1.2,
    "referral": 1.7,
    "number": 0.9,
    "old_number": 0.3,
    "discard": 0.2,
    "same_line": 1.2,
    "imitator": 1.4,
    "broadcast": 0.5,
    "jargon": 0.9,
    "urgency": 0.8,
}
_AGAINST: Final = {
    "food_trade": -2.6,
    "trade": -2.2,
    "taxi": -2.2,
    "courier": -2.4,
    "retail": -2.2,
    "event": -2.4,
    "group": -2.2,
    "betting": -2.2,
    "prize": -2.2,
    "transport": -2.2,
    "official": -2.2,
    "police": -4.0,
    "health": -3.0,
    "home": -2.4,
    "kin": -2.2,
    "chat": -1.2,
    "number_person": -1.4,
    "order": -2.2,
    "runner": -2.6,
    "wrong_number": -3.0,
    "debt": -1.5,
}
_WEIGHTS: Final = {**_AGAINST, **_FOR}
_MORE: Final = (0.0, 1.0, 1.45, 1.7)
"""What one, two, three or more cues of one class weigh, as a share of the first."""

_SHARE_OF_TERM: Final = {"low": 1.0, "med": 1.0, "high": 0.4}
"""What a term counts as, by its ambiguity: ``high`` is an everyday word that only supports others."""

_DRUG_WEIGHTS: Final = {RULE_BY_AMBIGUITY["low"]: 1.0, RULE_BY_AMBIGUITY["med"]: 1.3, RULE_BY_AMBIGUITY["high"]: 0.9}
_LINK_MARKS = ("http", "www.", ".com", ".co.uk", ".example", ".org", ".net", ".ly/", ".gov")
_PREMIUM = re.compile(r"to [1-9][0-9]{4}(?![0-9])|(?<![0-9])0(?:9|8[47])[0-9 ]{8,12}")
_BY_MEASURE: Final = re.compile(
    r"(?<![0-9a-z])(?:a|per|/|the) ?(?:g|gs|gram|gramme|grm)$|[0-9]/g$"
    r"|(?:[1-4]0|[123]5) ?(?:quid |pound )?(?:bags?|baggies|wraps?)$"
)
"""A price by the gram, or by the bag at a bag's usual sum, which says as much as a deal does: ``\u00a340 a g``."""

_SHARED: Final = frozenset(
    {
        "available",
        "about",
        "off",
        "call_strong",
        "call_weak",
        "quality",
        "deals",
        "service",
        "referral",
        "urgency",
        "deal",
        "amount",
        "hours",
    }
)
"""Cues that honest trades use as much as lines do."""

_TRADES: Final = frozenset(
    {"food_trade", "trade", "taxi", "courier", "retail", "event", "group", "betting", "prize", "transport", "home"}
)
_SURE_TRADE: Final = -1.5
"""Weight from which on a family says what the text is of; everyday words alone do not reach it."""

_SHARE_IN_TRADE: Final = 0.65
"""What a shared cue weighs in a text of a trade."""


class Cues(Component):
    """Weighs everything but the name."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._telling = lexicons.terms(LexiconKind.PATTERN, "telling")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        cues = [*_term_cues(reading), *_span_cues(reading), *_shape_cues(reading, self._telling)]
        if any(cue.label in _TRADES and cue.weight <= _SURE_TRADE for cue in cues):
            cues = [Cue(c.label, round(c.weight * _SHARE_IN_TRADE, 2)) if c.label in _SHARED else c for c in cues]
        reading.cues = cues


def _term_cues(reading: Reading) -> list[Cue]:
    """Weigh the phrases of the lexicons by class; what a longer phrase against covers does not count for."""
    speaking = reading.of_kind(LexiconKind.CUE)
    against = reading.of_kind(LexiconKind.LOOKALIKE)
    if not speaking and not against:
        return []
    counts: dict[str, float] = {}
    for term in (*_uncovered(speaking, against), *_uncovered(against, speaking)):
        entry = term.entry
        counts[entry.cue] = counts.get(entry.cue, 0.0) + _SHARE_OF_TERM[entry.ambiguity]
    return [_class_cue(name, counts[name]) for name in sorted(counts) if name in _WEIGHTS]


@lru_cache(maxsize=4096)
def _class_cue(name: str, count: float) -> Cue:
    return Cue(name, round(_WEIGHTS[name] * _strength(count), 2))


def _strength(count: float) -> float:
    """Return the share of a class's weight that so many of its cues have."""
    whole = min(int(count), len(_MORE) - 1)
    following = min(whole + 1, len(_MORE) - 1)
    return _MORE[whole] + (_MORE[following] - _MORE[whole]) * (count - whole)


def _uncovered(terms: list[Term], others: list[Term]) -> list[Term]:
    """Return the terms that lie in no longer term of the other kind: "im at the usual" is not "im at"."""
    long = [term for term in others if term.last - term.first > 1]
    if not long:
        return terms
    return [
        term
        for term in terms
        if not any(
            other.first <= term.first and term.last <= other.last and other.last - other.first > term.last - term.first
            for other in long
        )
    ]


def _span_cues(reading: Reading) -> list[Cue]:
    """Weigh deals, drugs, stock words and the change of number."""
    cues: list[Cue] = []
    prices = reading.marked(SpanKind.PRICE) if reading.marks else ()
    if prices:
        is_deal = any(mark.rule == RULE_PRICE for mark in prices) or any(
            _BY_MEASURE.search(reading.shadow.lower, mark.start, mark.end) for mark in prices
        )
        cues.append(Cue("deal" if is_deal else "amount", (1.9 if is_deal else 0.9) + (0.5 if len(prices) > 1 else 0.0)))
    if reading.marks:
        cues.extend(_drug_cues(reading))
    stock = reading.of_kind(LexiconKind.STOCK)
    if stock:
        cues.append(Cue("stock", 0.9 if any(term.entry.ambiguity == "med" for term in stock) else 0.3))
    if reading.marks and reading.marked(SpanKind.HOURS):
        cues.append(Cue("hours", 0.4))
    if reading.number_change.role is not NumberChangeRole.NONE:
        cues.append(Cue("number-change", 0.5))
    return cues


def _drug_cues(reading: Reading) -> list[Cue]:
    drugs = reading.marked(SpanKind.DRUG)
    if not drugs:
        return []
    best = max(_DRUG_WEIGHTS[mark.rule] for mark in drugs)
    names = {mark.canonical for mark in drugs}
    return [Cue("drugs", round(best + (0.7 if len(names) > 1 else 0.0), 2))]


def _shape_cues(reading: Reading, telling: frozenset[str]) -> list[Cue]:
    """Weigh what the text looks like: links, questions, telling."""
    cues: list[Cue] = []
    low = reading.shadow.lower
    if "." in low or "http" in low:
        for mark in _LINK_MARKS:
            if mark in low:
                cues.append(Cue("link", -2.6))
                break
    if "?" in low and not any(t.entry.cue == "call_strong" for t in reading.of_kind(LexiconKind.CUE)):
        is_last = low.rstrip(" x.!\n").endswith("?")
        cues.append(Cue("question", -1.0 if is_last else -0.4))
    if not telling.isdisjoint(reading.words):
        told = sum(1 for word in reading.words if word in telling)
        cues.append(Cue("telling", round(-0.45 * min(told, 3), 2)))
    if reading.hints & DIGIT and _PREMIUM.search(low):
        cues.append(Cue("premium-number", -2.0))
    return cues
