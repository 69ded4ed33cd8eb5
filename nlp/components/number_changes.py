"""Number changes: that a text announces a new number or gives up an old one, and which number that is.

Holds for any text: a person's and a firm's own change of number have a role as well; whether the text is an advert is
another question. Each number is tied to the nearest words that say "new" or "old" in its own clause. The words are
data (``config/lexicons/patterns.toml``).
"""

from __future__ import annotations

import re
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from parsers.records.findings import NumberChange, NumberChangeRole, SpanKind

RULE: Final = "number-change/1"

_WINDOW = 5
"""Words on either side of a number, in its clause, that say what it is."""

_CLAUSE_ENDS = frozenset(".!?,;\n")


class NumberChanges(Component):
    """Fills the number change of the reading."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._new = lexicons.terms(LexiconKind.PATTERN, "number_new")
        self._taken_up = lexicons.terms(LexiconKind.PATTERN, "number_taken_up")
        self._old = lexicons.terms(LexiconKind.PATTERN, "number_old")
        self._given_up = lexicons.terms(LexiconKind.PATTERN, "number_given_up")
        self._calls = lexicons.terms(LexiconKind.PATTERN, "number_call")
        phrases = lexicons.terms(LexiconKind.PATTERN, "announces_new")
        phrases |= lexicons.terms(LexiconKind.PATTERN, "announces_taken_up")
        self._announces = re.compile(f" (?:{'|'.join(re.escape(phrase) for phrase in sorted(phrases))}) ")
        self._telling = self._new | self._old | self._taken_up | self._given_up | {"now"}

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if self._telling.isdisjoint(reading.words):
            return
        numbers = sorted(reading.marked(SpanKind.NUMBER), key=lambda mark: mark.start)
        roles = [self._role_of(reading, mark) for mark in numbers]
        announces = self._announces_new(reading)
        if announces:
            roles = [NumberChangeRole.NEW if role is NumberChangeRole.NONE else role for role in roles]
        for wanted in (NumberChangeRole.NEW, NumberChangeRole.OLD):
            if wanted in roles:
                mark = numbers[roles.index(wanted)]
                surface = reading.surface(mark.start, mark.end)
                reading.number_change = NumberChange(role=wanted, number=surface, e164=mark.canonical)
                return
        if announces:
            reading.number_change = NumberChange(role=NumberChangeRole.NEW)

    def _announces_new(self, reading: Reading) -> bool:
        """Whether the text says that a number is new: ``new number``, ``save this``, ``use this one now``."""
        words = [word for word, is_word in zip(reading.words, reading.is_word, strict=True) if is_word]
        joined = f" {' '.join('one' if word == '1' else word for word in words)} "
        if " wrong number " in joined or (" same number " in joined and " new " not in joined):
            return False
        return self._announces.search(joined) is not None

    def _role_of(self, reading: Reading, mark: Mark) -> NumberChangeRole:
        """Say what the words around a number, in its clause, make of it; the nearest decides."""
        tokens = reading.tokens_of(mark.start, mark.end)
        before = _clause_words(reading, tokens.start - 1, -1)
        if "now" in before[:2] and self._calls.isdisjoint(before[:4]):
            return NumberChangeRole.NEW
        for word in before:
            if word in self._new or word in self._taken_up:
                return NumberChangeRole.NEW
            if word in self._old or word in self._given_up:
                return NumberChangeRole.OLD
        for word in _clause_words(reading, tokens.stop, 1):
            if word in self._old or word in self._given_up:
                return NumberChangeRole.OLD
            if word in self._new:
                return NumberChangeRole.NEW
        return NumberChangeRole.NONE


def _clause_words(reading: Reading, at: int, step: int) -> list[str]:
    """Return up to ``_WINDOW`` words of the clause on one side of a token, the nearest first."""
    words: list[str] = []
    while 0 <= at < len(reading.words) and len(words) < _WINDOW:
        if reading.is_word[at]:
            words.append(reading.words[at])
        elif reading.words[at][0] in _CLAUSE_ENDS:
            break
        at += step
    return words
