"""Marks of drugs: what the terms that stand for drugs cover and mean, once it is known which terms those are.

A kind before a head belongs to it (``strawberry haze``), of ``best of both`` the word ``both`` is marked, two words of
one expression are marked together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading, Term
from nlp.spans.drug_pairs import Meanings
from parsers.records.findings import SpanKind

RULE: Final = "drugs/3"
RULE_BY_AMBIGUITY: Final = {"low": f"{RULE}:low", "med": f"{RULE}:med", "high": f"{RULE}:high"}

_PER: Final = frozenset({"a", "per", "half"})
_POWDER_EACH: Final = 30
"""Pounds that one piece costs at least where it is powder: rocks cost ten or so."""

_POWDER_ALONE: Final = 60
"""Pounds that stand alone, and are the price of powder by the gram."""

_COUNTS: Final = {"one": "1", "two": "2", "three": "3"}
_MOST_WORDS: Final = 8

_BOTTLED: Final = re.compile(r"[0-9] ?mls?\b|\ba ml\b|\bbottles?\b")
_COUNTED: Final = re.compile(r"[1-9][0-9]?[^\W\d_]+$")
_NO_COUNT: Final = frozenset({"2cb", "2ci", "4mmc", "3mmc", "2mmc", "3cmc", "4cmc"})
_NUMBERS: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")


class DrugMarks:
    """Turns terms into marks."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._powder_words = lexicons.terms(LexiconKind.PATTERN, "powder_word")
        self._heads = lexicons.terms(LexiconKind.PATTERN, "drug_head")
        self._kinds = lexicons.terms(LexiconKind.PATTERN, "drug_kind")
        self._both = frozenset(
            entry.term
            for entry in lexicons.of_kind(LexiconKind.DRUG)
            if len(entry.canonical) > 1 and " " not in entry.term
        )

    def mark(self, reading: Reading, terms: Sequence[Term]) -> None:
        """Mark terms, which stand in order and do not overlap, each under a rule that says how ambiguous it is."""
        kept = self._with_kinds(reading, terms)
        may_be_medicine = any(term.entry.resolves == "medicine" for term in kept)
        is_bottled = may_be_medicine and _BOTTLED.search(reading.shadow.lower) is not None
        meanings = Meanings(kept, is_powder=self._has_powder(reading), is_bottled=is_bottled)
        at = 0
        while at < len(kept):
            term = kept[at]
            pair = meanings.of_pair(reading, term, kept[at + 1]) if at + 1 < len(kept) else None
            first, last = self._covered(reading, term)
            if pair is None:
                names, ambiguity = meanings.of(term), term.entry.ambiguity
                while at + 1 < len(kept) and is_picture_again(reading, kept[at], kept[at + 1]):
                    at += 1
                    last = kept[at].last
            else:
                at += 1
                is_letters = term.entry.joins == "letter"
                names, last, ambiguity = pair, kept[at].last, "med" if is_letters else "high"
            for name in names:
                mark_drug(reading, first, last, name, RULE_BY_AMBIGUITY[ambiguity])
            at += 1

    def _covered(self, reading: Reading, term: Term) -> tuple[int, int]:
        """Return the tokens of a term, and only that of ``both`` of an English phrase that says how good both are."""
        if len(term.entry.canonical) > 1 and term.last - term.first > 1 and term.entry.language == "en":
            for at in range(term.first, term.last):
                if reading.words[at] in self._both:
                    return at, at + 1
        return term.first, term.last

    def _has_powder(self, reading: Reading) -> bool:
        """Whether a text has amounts of powder: grams, eighths, "80 a g", a piece for 60; "safe g" is none."""
        words = reading.words
        if not self._powder_words.isdisjoint(words):
            return True
        if "g" in words and any(
            word == "g" and (before in _PER or before.isdigit()) for before, word in pairwise(words)
        ):
            return True
        return any(_is_dear(reading.shadow.lower[mark.start : mark.end]) for mark in reading.marked(SpanKind.PRICE))

    def _with_kinds(self, reading: Reading, terms: Sequence[Term]) -> list[Term]:
        """Return the terms with the kind before them: "strawberry haze", "white vallies"."""
        found: list[Term] = []
        for term in terms:
            first, words = term.first, reading.words
            has_kind = first > 0 and words[first] in self._heads and words[first - 1] in self._kinds
            if has_kind and reading.starts[first] - reading.ends[first - 1] == 1:
                first -= 1
                if found and found[-1].first == first:
                    found.pop()
            is_free = not found or found[-1].last <= first
            found.append(Term(first, term.last, term.entry) if is_free else term)
        return found


def is_picture_again(reading: Reading, term: Term, other: Term) -> bool:
    """Whether a term is the same emoji again right behind another: pictures in a row are one mention."""
    is_picture = not reading.is_word[term.first] and term.entry.term == other.entry.term
    return is_picture and reading.ends[term.last - 1] == reading.starts[other.first]


def _is_dear(price: str) -> bool:
    """Whether a deal asks more for a piece than any rock costs; one amount alone, more than any bag of rocks."""
    words = [_COUNTS.get(word, word) for word in price.split(" ", _MOST_WORDS)[:_MOST_WORDS]]
    numbers = [float(number) for number in _NUMBERS.findall(" ".join(words))[:3] if float(number) > 0]
    if len(numbers) == 1:
        return numbers[0] >= _POWDER_ALONE
    return len(numbers) > 1 and numbers[-1] >= numbers[0] * _POWDER_EACH


def is_counted_in_one(reading: Reading, at: int) -> bool:
    """Whether a token is a word written in one with its count: ``2b``; ``2cb`` is none, nor is ``4mmc``."""
    token = reading.tokens[at]
    return (
        len(token) > 1 and token[0].isdigit() and token.lower() not in _NO_COUNT and _COUNTED.match(token) is not None
    )


def mark_drug(reading: Reading, first: int, last: int, name: str, rule: str) -> None:
    """Mark the tokens ``first`` to ``last`` as a drug, without the ``'s`` behind them."""
    start, end = reading.starts[first], reading.ends[last - 1]
    if is_counted_in_one(reading, first) and last - first == 1:
        start += len(reading.tokens[first]) - len(reading.tokens[first].lstrip("0123456789"))
    if end - start > 3 and reading.shadow.lower.endswith("'s", start, end):
        end -= 2
    reading.marks.append(Mark(SpanKind.DRUG, start, end, name, rule))
