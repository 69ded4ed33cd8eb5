"""Prices: the whole deal as written, one mark each: ``3 for 25``, ``2-15``, ``pay 4 get 5``, ``tenners``.

Grammar by form only. Whether a bare amount counts depends on the text around it, which ``decisions`` knows: a form
that is a price in any text is marked as a price here, one that is a price only in an advert as ``price?``.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.components.component import Component
from nlp.components.hours import is_plain_deal
from nlp.components.price_grammar import MAY_HOLD_PRICE, PRICES
from nlp.hints import AFTER_COUNT, COUNT_WORD, DIGIT, MONEY_WORD
from nlp.readings import Mark, Reading
from parsers.records.findings import SpanKind

RULE: Final = "prices/1"
RULE_IN_ADVERT: Final = "prices/1:in-advert"
"""Rule of a form that is a price in an advert and nothing elsewhere."""

_DEBT_BEFORE = re.compile(
    r"(?:owe|owes|owed|owing|debt|lend|lent|borrow|borrowed|short|back|fee|fees|bill|rent|wages|balance|won|win|worth"
    r"|spend|spent|spending|over|above|under|orders|save|cost|paid|paying|pay|payment|earn|deposit|prize)"
    r"(?: (?:me|u|you|him|her|us|them|of|a|the|is|for|at least)){0,3}[ :]{0,3}$"
)
_OFF_AFTER = re.compile(r" ?(?:off|discount|cashback|credit|prize|fee|fine|top ?up|cr|back)\b")
_LOOK_BACK = 28
_SURE = frozenset({"gift", "instead", "bogof", "deal", "four"})


class Prices(Component):
    """Marks deals and amounts."""

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        low = reading.shadow.lower
        if not _may_hold_price(reading):
            return
        for match in PRICES.finditer(low):
            start, end = match.span()
            if reading.is_taken(start, end):
                continue
            rule = _rule_of(match, low)
            if rule is not None:
                _mark(reading, start, end, rule)


def _may_hold_price(reading: Reading) -> bool:
    """Whether a text can hold a price at all; a digit or words that are money say so at once or not at all."""
    hints = reading.hints
    if hints & DIGIT:
        return True
    has_words = hints & MONEY_WORD or (hints & COUNT_WORD and hints & AFTER_COUNT)
    return bool(has_words) and MAY_HOLD_PRICE.search(reading.shadow.lower) is not None


def _mark(reading: Reading, start: int, end: int, rule: str) -> None:
    text = reading.shadow.lower
    while text[end - 1] == " ":
        end -= 1
    reading.add(Mark(SpanKind.PRICE, start, end, None, rule))


def _rule_of(match: re.Match[str], low: str) -> str | None:
    """Return the rule under which a stretch is a price; None where it is none."""
    form = match.lastgroup or ""
    form = "joined" if match["joined"] is not None else form
    before = low[max(0, match.start() - _LOOK_BACK) : match.start()]
    if form in _SURE:
        return RULE
    if form == "joined":
        return _joined_rule(match)
    if _DEBT_BEFORE.search(before) or _OFF_AFTER.match(low, match.end()):
        return None
    return RULE_IN_ADVERT


def _joined_rule(match: re.Match[str]) -> str | None:
    """Tell ``2-15`` and ``2 - 50£`` from hours, dates, scores and fractions."""
    if match["pounds"] or match["after"]:
        return RULE
    count, amount = (int(part) for part in re.findall(r"[0-9]+", match["joined"])[:2])
    return RULE_IN_ADVERT if is_plain_deal(count, amount) else None
