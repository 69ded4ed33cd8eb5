"""Drugs: which terms of the lexicons stand for a drug, and for which.

A term is proposed by the lexicon, or spelled out letter by letter, and kept by what stands beside it
(``drug_grammar``). What it stands for depends on the others (``drug_pairs``). An emoji beside the word for the same
drug is decoration. What is ambiguous stays proposed until ``decisions`` knows what the text is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from nlp.components.component import Component
from nlp.components.drug_grammar import DrugGrammar
from nlp.components.drug_pairs import Meanings
from nlp.components.drug_spellings import DrugSpellings
from nlp.hints import LETTER_APART
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading, Term
from parsers.records.findings import SpanKind

RULE: Final = "drugs/2"
RULE_BY_AMBIGUITY: Final = {"low": f"{RULE}:low", "med": f"{RULE}:med", "high": f"{RULE}:high"}
_MASKS: Final = frozenset("*#!")
_HARD_DRUGS: Final = frozenset({"heroin", "crack cocaine"})
_TABLETS: Final = frozenset({"MDMA", "benzodiazepines", "pregabalin", "buprenorphine"})
"""What one emoji of a pill may stand for."""

_NOT_IN: Final = frozenset({SpanKind.HOURS, SpanKind.NUMBER})
_PER: Final = frozenset({"a", "per", "half"})
_MAX_TERMS: Final = 100
"""Drug terms that are looked at in one text: each is compared with the others."""


class Drugs(Component):
    """Marks the drugs that a text may name, each under a rule that says how ambiguous the word is."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._grammar = DrugGrammar(lexicons)
        self._spellings = DrugSpellings(lexicons)
        self._powder_words = lexicons.terms(LexiconKind.PATTERN, "powder_word")
        self._heads = lexicons.terms(LexiconKind.PATTERN, "drug_head")
        self._kinds = lexicons.terms(LexiconKind.PATTERN, "drug_kind")

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        proposed = reading.of_kind(LexiconKind.DRUG)
        if reading.hints & LETTER_APART or not _MASKS.isdisjoint(reading.words):
            proposed = [*proposed, *self._spellings.find(reading)]
        if not proposed:
            return
        terms = [term for term in longest(proposed)[:_MAX_TERMS] if not _is_in_other_mark(reading, term)]
        phrases = set_phrases(reading)
        if phrases:
            terms = [term for term in terms if not is_covered(term, phrases)]
        kept = [term for term in terms if self._grammar.is_thing(reading, term, terms)]
        kept = _without_decoration(reading, kept, reading.of_kind(LexiconKind.DRUG))
        if kept:
            self._mark(reading, self._with_kinds(reading, kept))

    def _mark(self, reading: Reading, kept: Sequence[Term]) -> None:
        meanings = Meanings(kept, is_powder=self._has_powder(reading))
        at = 0
        while at < len(kept):
            term = kept[at]
            pair = meanings.of_pair(reading, term, kept[at + 1]) if at + 1 < len(kept) else None
            if pair is None:
                names, last, ambiguity = meanings.of(term), term.last, term.entry.ambiguity
            else:
                at += 1
                is_letters = term.entry.joins == "letter"
                names, last, ambiguity = pair, kept[at].last, "med" if is_letters else "high"
            for name in names:
                mark_drug(reading, term.first, last, name, RULE_BY_AMBIGUITY[ambiguity])
            at += 1

    def _has_powder(self, reading: Reading) -> bool:
        """Whether a text has amounts of powder: grams, eighths, "80 a g"; "safe g" is none."""
        words = reading.words
        if not self._powder_words.isdisjoint(words):
            return True
        return "g" in words and any(
            word == "g" and (before in _PER or before.isdigit()) for before, word in pairwise(words)
        )

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


def longest(terms: Sequence[Term]) -> list[Term]:
    """Return the terms in order of position, without those that overlap a longer or an earlier one."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda term: (term.first, -term.last)):
        if not kept or term.first >= kept[-1].last:
            kept.append(term)
    return kept


def set_phrases(reading: Reading) -> list[tuple[int, int]]:
    """Return where phrases stand whose words mean something else: ``mix and match``, ``in the dark``."""
    lookalikes = reading.of_kind(LexiconKind.LOOKALIKE)
    deals = [term for term in reading.of_kind(LexiconKind.CUE) if term.entry.cue == "deals"]
    return [(term.first, term.last) for term in (*lookalikes, *deals) if term.last - term.first > 1]


def is_covered(term: Term, phrases: Sequence[tuple[int, int]]) -> bool:
    """Whether a term lies in a longer phrase."""
    length = term.last - term.first
    return any(first <= term.first and term.last <= last and last - first > length for first, last in phrases)


def mark_drug(reading: Reading, first: int, last: int, name: str, rule: str) -> None:
    """Mark the tokens ``first`` to ``last`` as a drug, without the ``'s`` behind them."""
    start, end = reading.starts[first], reading.ends[last - 1]
    if end - start > 3 and reading.shadow.lower.endswith("'s", start, end):
        end -= 2
    reading.marks.append(Mark(SpanKind.DRUG, start, end, name, rule))


def _is_in_other_mark(reading: Reading, term: Term) -> bool:
    """Whether a term is part of hours or of a number: ``till dark``."""
    start = reading.starts[term.first]
    return any(mark.kind in _NOT_IN and mark.start <= start < mark.end for mark in reading.marks)


def _without_decoration(reading: Reading, terms: list[Term], proposed: Sequence[Term]) -> list[Term]:
    """Return the terms without emoji that only decorate what a word of the text names."""
    if all(reading.is_word[term.first] for term in terms):
        return terms
    named = {name for term in proposed if reading.is_word[term.first] for name in term.entry.canonical}
    if not named:
        return terms
    is_hard = not named.isdisjoint(_HARD_DRUGS)
    if not named.isdisjoint(_TABLETS):
        named |= _TABLETS
    return [
        term
        for term in terms
        if reading.is_word[term.first]
        or not (is_hard or term.entry.joins or not named.isdisjoint(term.entry.canonical))
    ]
