"""The menu: everyday words that name a drug beside a price, in an advert or an order: ``Gold 90 silver 50``.

Runs after the decisions: what is no advert has no menu, and a bakery's prices must not look like one to the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.components.component import Component
from nlp.components.drug_prices import mark_amount
from nlp.components.drugs import is_covered, longest, set_phrases
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading, Term
from nlp.spans.drug_amounts import DrugAmounts
from nlp.spans.drug_marks import RULE, mark_drug
from parsers.records.findings import SpanKind

RULE_MENU: Final = f"{RULE}:menu"
_LIST_MARKS: Final = frozenset({"and", ",", "/", "+", "&", "|", "-", "\n", "or"})
_TAKING: Final = frozenset({SpanKind.DRUG, SpanKind.HOURS, SpanKind.PRICE})
_BACK_IN: Final = ["back", "in"]
_MAX_TERMS: Final = 40


class DrugMenu(Component):
    """Marks the words of a menu and the amounts behind them."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._amounts = DrugAmounts(lexicons)
        self._manners = lexicons.terms(LexiconKind.PATTERN, "menu_manner")
        self._landed = lexicons.terms(LexiconKind.PATTERN, "drug_landed")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        proposed = reading.of_kind(LexiconKind.MENU)
        if not proposed or not (reading.is_advert or reading.is_order):
            return
        phrases = set_phrases(reading)
        for term in longest(proposed)[:_MAX_TERMS]:
            if not is_covered(term, phrases) and self._is_free(reading, term) and self._is_on_menu(reading, term):
                self._mark(reading, term)

    def _is_free(self, reading: Reading, term: Term) -> bool:
        """Whether no name, price or hours stand in a term, and no drug that is as long."""
        start, end = reading.starts[term.first], reading.ends[term.last - 1]
        name = reading.name
        if name is not None and name.start < end and start < name.end and not self._is_no_line(reading, term):
            return False
        return not any(
            mark.kind in _TAKING
            and mark.start < end
            and start < mark.end
            and (mark.kind is not SpanKind.DRUG or mark.end - mark.start >= end - start)
            for mark in reading.marks
        )

    def _is_no_line(self, reading: Reading, term: Term) -> bool:
        """Whether what was taken for the line is a term alone in its line of a list: ``Mush 25`` under ``Ket 30``."""
        name = reading.name
        if name is None or not name.rule.endswith("x-alone") or name.start != reading.starts[term.first]:
            return False
        return bool(reading.marked(SpanKind.DRUG)) and self._amounts.has_amount(reading, term)

    def _mark(self, reading: Reading, term: Term) -> None:
        """Mark a term, in place of the shorter drug words in it and of emoji that decorate it."""
        start, end = reading.starts[term.first], reading.ends[term.last - 1]
        names = term.entry.canonical
        if reading.name is not None and reading.name.start < end and start < reading.name.end:
            reading.name = None
        reading.marks = [mark for mark in reading.marks if not _gives_way(reading, mark, start, end, names)]
        for name in names:
            mark_drug(reading, term.first, term.last, name, RULE_MENU)
        mark_amount(reading, end, names[0])

    def _is_on_menu(self, reading: Reading, term: Term) -> bool:
        if _is_kind(reading, term) or (term.first and reading.words[term.first - 1] in self._manners):
            return False
        if self._amounts.has_amount(reading, term):
            return True
        after = reading.words[term.last] if term.last < len(reading.words) else ""
        before = reading.words[term.first - 1] if term.first else ""
        if after in self._landed or before in self._landed or reading.words[term.last : term.last + 2] == _BACK_IN:
            return True
        return _is_listed(reading, term, reading.marked(SpanKind.DRUG)) or (
            reading.is_order and self._amounts.is_counted(reading, term) and not _goes_on(reading, term)
        )


def _is_kind(reading: Reading, term: Term) -> bool:
    """Whether a drug or a word for stock follows at once, and the term only says of what kind it is: "soft brown"."""
    if term.last >= len(reading.words) or reading.starts[term.last] - reading.ends[term.last - 1] != 1:
        return False
    if any(other.first == term.last for other in reading.of_kind(LexiconKind.STOCK)):
        return True
    start = reading.starts[term.last]
    return reading.is_word[term.last] and any(mark.start == start for mark in reading.marked(SpanKind.DRUG))


def _gives_way(reading: Reading, mark: Mark, start: int, end: int, names: Sequence[str]) -> bool:
    if mark.kind is not SpanKind.DRUG:
        return False
    is_emoji = not reading.is_word[reading.token_at(mark.start)]
    return start <= mark.start < end or (is_emoji and mark.canonical in names)


def _goes_on(reading: Reading, term: Term) -> bool:
    """Whether a further noun may follow, so that a counted word is only the first of two: ``2 fish suppers``."""
    after = reading.words[term.last] if term.last < len(reading.words) else ""
    return bool(after) and after[0].isalpha() and after not in _FOLLOWING


_FOLLOWING: Final = frozenset(
    {"and", "please", "to", "for", "at", "now", "x", "mate", "bro", "from", "or", "pls", "by", "same", "left"}
)


def _is_listed(reading: Reading, term: Term, drugs: Sequence[Mark]) -> bool:
    """Whether a term stands in a list beside a drug: ``mush n tabs``."""
    for mark in drugs:
        first, last = reading.token_at(mark.start), reading.token_at(mark.end - 1) + 1
        gap = reading.words[last : term.first] if last <= term.first else reading.words[term.last : first]
        told = [word for word in gap if word.strip(" ")]
        if len(told) == 1 and told[0] in _LIST_MARKS:
            return True
    return False
