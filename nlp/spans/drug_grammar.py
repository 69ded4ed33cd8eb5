"""Whether a word of the drug lexicons is meant as a drug, by what stands beside it.

Everything here looks at a term and its neighbours; what the text as a whole bears out is for ``drug_context``. A colour
before a thing is an adjective, "both" is two drugs only where it is not two phones, letters are for ``drug_letters``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Reading, Term
from nlp.spans.drug_amounts import DrugAmounts
from nlp.spans.drug_letters import DrugLetters, is_letter, is_listed
from parsers.records.findings import SpanKind

_TOP: Final = frozenset({"quality", "notch", "drawer", "grade", "stuff", "draw", "gear", "of", "bags", "strength"})
_HARD_DRUGS: Final = frozenset({"heroin", "crack cocaine"})

_PAIR: Final = 2


class DrugGrammar:
    """Knows the words that stand beside drugs.

    Args:
        lexicons: The pattern lexicon ``drug_grammar``.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        terms = lexicons.terms
        self.amounts = DrugAmounts(lexicons)
        self._letters = DrugLetters(lexicons, self.amounts)
        self._things = terms(LexiconKind.PATTERN, "drug_thing")
        self._titles = terms(LexiconKind.PATTERN, "drug_title")
        self._not_both_before = terms(LexiconKind.PATTERN, "not_both_before")
        self._not_both_behind = terms(LexiconKind.PATTERN, "not_both_behind")
        self._health = terms(LexiconKind.PATTERN, "drug_health")
        self._first_names = terms(LexiconKind.FIRST_NAME)
        self._speaks = {
            entry.language: terms(LexiconKind.PATTERN, entry.cue)
            for entry in lexicons.of_kind(LexiconKind.PATTERN)
            if entry.cue.startswith("speaks_")
        }

    def is_thing(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        """Whether a term can stand for a drug where it stands; ``terms`` are all of the text."""
        return not self._is_brand(reading, term, terms) and self._is_borne_out(reading, term, terms)

    def _is_borne_out(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        entry = term.entry
        if entry.needs == "partner":
            return self._has_company(reading, term, terms)
        if entry.needs == "language" and not self._is_spoken(reading, term, terms):
            return False
        if entry.needs == "alone" and any(len(other.entry.canonical) == 1 for other in terms):
            return False
        if entry.ambiguity != "high":
            return True
        if len(entry.canonical) > 1 and term.last - term.first == 1:
            return self._is_both_drugs(reading, term, terms)
        return not (self._is_adjective(reading, term) or self._follows_title(reading, term))

    def _is_brand(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        """Whether a first name stands where a text begins and both drugs follow at once: "Charlie both 3 for 25".

        Nobody lists a drug before the word for two others without a sign between.
        """
        if term.first or term.last != 1 or reading.words[0] not in self._first_names:
            return False
        if len(terms) < _PAIR or terms[1].first != 1 or reading.shadow.text[reading.ends[0] : reading.starts[1]] != " ":
            return False
        other, *rest = terms[1:]
        near = [each for each in rest[:1] if each.first - other.last <= 1]
        return {name for each in (other, *near) for name in each.entry.canonical} >= _HARD_DRUGS

    def _has_company(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        if is_letter(reading, term):
            return self._letters.is_drug(reading, term, terms)
        if self.amounts.has_amount(reading, term) or self.amounts.is_counted(reading, term):
            return True
        if not self._health.isdisjoint(reading.words):
            return True
        return any(is_listed(reading, term, other) for other in terms if not is_letter(reading, other))

    def _is_spoken(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        """Whether the text holds another word of the term's language."""
        language = term.entry.language
        if not self._speaks.get(language, frozenset()).isdisjoint(reading.words):
            return True
        return any(other.entry.language == language and other.first != term.first for other in terms)

    def _is_adjective(self, reading: Reading, term: Term) -> bool:
        """Whether a thing follows at once, so that the word says of what kind it is: "white van"."""
        after = term.last
        if term.last - term.first > 1 or after >= len(reading.words) or reading.words[after] not in self._things:
            return False
        if reading.shadow.text[reading.ends[term.first] : reading.starts[after]] != " ":
            return False
        second = reading.words[after + 1] if after + 1 < len(reading.words) else ""
        return not (reading.words[after] == "top" and second in _TOP)

    def _follows_title(self, reading: Reading, term: Term) -> bool:
        return term.first > 0 and reading.words[term.first - 1] in self._titles

    def _is_both_drugs(self, reading: Reading, term: Term, terms: Sequence[Term]) -> bool:
        words = reading.words
        before = words[term.first - 1] if term.first else ""
        after = words[term.last] if term.last < len(words) else ""
        if before in self._not_both_before or after in self._not_both_behind or follows_numbers(reading, term):
            return False
        # "Brown and white both in stock", "up 60, down 25, or both": the two are named already.
        named = [other for other in terms if other.last <= term.first and len(other.entry.canonical) == 1]
        if before == "or" and all(_HARD_DRUGS.isdisjoint(other.entry.canonical) for other in named):
            return False
        return not _names_two_at_once(reading, named, term.first)


def follows_numbers(reading: Reading, term: Term) -> bool:
    """Whether two telephone numbers stand before a term: "both on till late" is of them."""
    numbers = [mark for mark in reading.marks if mark.kind is SpanKind.NUMBER]
    return len(numbers) > 1 and numbers[1].end <= reading.starts[term.first]


def _names_two_at_once(reading: Reading, named: Sequence[Term], end: int) -> bool:
    """Whether the last two drugs named stand side by side right before a token."""
    if len(named) < 2:
        return False
    first, last = named[-2], named[-1]
    is_pair = last.first - first.last <= 1 and set(last.entry.canonical) != set(first.entry.canonical)
    return is_pair and not any(word.strip() for word in reading.words[last.last : end])
