"""Drugs: which terms of the lexicons may stand for a drug, and which most likely do.

A term is proposed by the lexicon, or spelled out letter by letter, and judged by what stands beside it
(``drug_grammar``). An emoji beside the word for the same drug is decoration. Terms that the grammar bears out are
marked, since what the text is depends on them; all are kept for ``decisions``, which knows what the text is and weighs
each by a trained model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import DrugCandidate, Reading, Term, Verdict
from nlp.spans.drug_grammar import DrugGrammar
from nlp.spans.drug_marks import DrugMarks
from nlp.spans.drug_spellings import DrugSpellings
from nlp.words.hints import DIGIT, LETTER_APART
from parsers.records.findings import SpanKind

_MASKS: Final = frozenset("*#!")
_HARD_DRUGS: Final = frozenset({"heroin", "crack cocaine"})
_TABLETS: Final = frozenset({"MDMA", "benzodiazepines", "pregabalin", "buprenorphine"})
"""What one emoji of a pill may stand for."""

_NOT_IN: Final = frozenset({SpanKind.HOURS, SpanKind.NUMBER})
_MAX_TERMS: Final = 100
"""Drug terms that are looked at in one text: each is compared with the others."""


class Drugs(Component):
    """Marks the drugs that a text may name."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._grammar = DrugGrammar(lexicons)
        self._spellings = DrugSpellings(lexicons)
        self._marks = DrugMarks(lexicons)
        self._listed = frozenset(entry.term for entry in lexicons.of_kind(LexiconKind.DRUG))

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        proposed = [term for term in reading.of_kind(LexiconKind.DRUG) if not self._is_other_word(reading, term)]
        if reading.hints & LETTER_APART or not _MASKS.isdisjoint(reading.words):
            proposed = [*proposed, *self._spellings.find(reading)]
        if reading.hints & DIGIT:
            proposed = [*proposed, *self._spellings.counted(reading)]
        if not proposed:
            return
        terms = [term for term in longest(proposed)[:_MAX_TERMS] if not _is_in_other_mark(reading, term)]
        phrases = set_phrases(reading)
        covered = frozenset(term for term in terms if is_covered(term, phrases)) if phrases else frozenset()
        free = [term for term in terms if term not in covered]
        things = [term for term in free if self._grammar.is_thing(reading, term, free)]
        kept = _without_decoration(reading, things, reading.of_kind(LexiconKind.DRUG))
        if kept:
            self._marks.mark(reading, kept)
        verdicts = dict.fromkeys(covered, Verdict.PHRASE) | dict.fromkeys(things, Verdict.DECORATION)
        verdicts |= dict.fromkeys(kept, Verdict.THING)
        reading.drug_candidates = [DrugCandidate(term, verdicts.get(term, Verdict.UNLIKELY)) for term in terms]

    def _is_other_word(self, reading: Reading, term: Term) -> bool:
        """Whether a word is what a drug's short spelling stands for elsewhere: "what" for ``wht``, which is white."""
        word, token = reading.words[term.first], reading.tokens[term.first].lower()
        is_spelling = term.last - term.first == 1 and term.entry.language == "en" and term.entry.term.isascii()
        return is_spelling and word == token and term.entry.term != word and word not in self._listed


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
