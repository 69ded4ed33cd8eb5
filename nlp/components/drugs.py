"""Drugs and stock: which terms of the lexicons stand for a drug, and for which.

A term is proposed by the lexicon and kept by its surroundings. Colour words take their meaning from their partner:
white beside brown is crack cocaine, alone it is cocaine. Letters count only beside their partner or a count. Two slang
names joined by "and" are one expression with two entries. What is ambiguous stays proposed until ``decisions`` knows
whether the text is an advert or an order.
"""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind
from nlp.readings import Mark, Reading, Term
from parsers.records.findings import SpanKind

RULE: Final = "drugs/1"
_PAIR_JOINERS = frozenset({"and", "/"})
_COLOUR_PAIR = frozenset({"heroin", "crack cocaine"})
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "half", "of", "g"})
RULE_BY_AMBIGUITY: Final = {"low": f"{RULE}:low", "med": f"{RULE}:med", "high": f"{RULE}:high"}


class Drugs(Component):
    """Marks the drugs that a text may name, each under a rule that says how ambiguous the word is."""

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        proposed = reading.of_kind(LexiconKind.DRUG)
        if not proposed:
            return
        terms = _longest(proposed)
        phrases = _set_phrases(reading)
        kept = [
            term
            for term in terms
            if (not term.entry.needs or _has_partner(reading, term, terms))
            and not any(
                first <= term.first and term.last <= last and last - first > term.last - term.first
                for first, last in phrases
            )
        ]
        has_heroin = any("heroin" in term.entry.canonical for term in kept)
        at = 0
        while at < len(kept):
            pair = _joined_pair(reading, kept, at, has_heroin=has_heroin)
            if pair is None:
                term = kept[at]
                for canonical in _meaning(term, has_heroin=has_heroin):
                    _mark(reading, term.first, term.last, canonical, term.entry.ambiguity)
                at += 1
            else:
                last = kept[at + 1].last
                for canonical in pair:
                    _mark(reading, kept[at].first, last, canonical, "med")
                at += 2


def _longest(terms: list[Term]) -> list[Term]:
    """Return the terms without those that overlap an earlier, longer one."""
    kept: list[Term] = []
    for term in terms:
        if not kept or term.first >= kept[-1].last:
            kept.append(term)
    return kept


def _set_phrases(reading: Reading) -> list[tuple[int, int]]:
    """Return where phrases stand whose words mean something else: ``mix and match``, ``both teams``."""
    lookalikes = reading.of_kind(LexiconKind.LOOKALIKE)
    deals = [term for term in reading.of_kind(LexiconKind.CUE) if term.entry.cue == "deals"]
    return [(term.first, term.last) for term in (*lookalikes, *deals) if term.last - term.first > 1]


def _meaning(term: Term, *, has_heroin: bool) -> tuple[str, ...]:
    if term.entry.resolves == "colour" and has_heroin:
        return ("crack cocaine",)
    return term.entry.canonical


def _has_partner(reading: Reading, term: Term, terms: list[Term]) -> bool:
    """Whether a single letter stands beside a count or another drug, as in ``2 b`` and ``b 4 10 w``."""
    words = reading.words
    before = words[term.first - 1] if term.first else ""
    is_counted = before.isdigit() or before in _COUNTS
    if is_counted and before != "of":
        return any(other.entry.canonical != term.entry.canonical for other in terms)
    if before == "of" and term.first > 1:
        return True
    after = words[term.last] if term.last < len(words) else ""
    if after.isdigit() and len(after) > 1:
        return True
    for other in terms:
        gap = other.first - term.last if other.first >= term.last else term.first - other.last
        if other.entry.canonical != term.entry.canonical and 0 <= gap <= 1:
            return True
    return False


def _joined_pair(reading: Reading, kept: list[Term], at: int, *, has_heroin: bool) -> tuple[str, ...] | None:
    """Return the two drugs of one expression such as ``dark n light``; None where the term stands alone."""
    if at + 1 >= len(kept):
        return None
    one, other = kept[at], kept[at + 1]
    if "low" in {one.entry.ambiguity, other.entry.ambiguity}:
        return None
    between = reading.words[one.last : other.first]
    if len(between) != 1 or between[0] not in _PAIR_JOINERS:
        return None
    names = (*_meaning(one, has_heroin=has_heroin), *_meaning(other, has_heroin=has_heroin))
    return names if len(names) == 2 and set(names) == _COLOUR_PAIR else None


def _mark(reading: Reading, first: int, last: int, canonical: str, ambiguity: str) -> None:
    start, end = reading.starts[first], reading.ends[last - 1]
    reading.marks.append(Mark(SpanKind.DRUG, start, end, canonical, RULE_BY_AMBIGUITY[ambiguity]))
