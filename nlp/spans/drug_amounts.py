"""Amounts beside a drug word: what is counted before it (``2 brown``) and what it costs (``gold 90``)."""

from __future__ import annotations

from typing import Final

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Reading, Term
from parsers.records.findings import SpanKind

_OF: Final = frozenset({"of", "the", "o", "x"})
_ON: Final = frozenset({"of", "on", "the"})
_STOPS: Final = frozenset({".", "!", "?", ",", ";"})
_MAX_DIGITS: Final = 3
_MAX_GAP: Final = 2
"""Words that may stand between a word of the menu and its price."""

_MAX_AHEAD: Final = 12
"""Tokens behind a term that are looked at, so that a row of emoji takes no longer than it must."""


class DrugAmounts:
    """Knows counts and prices.

    Args:
        lexicons: The pattern lexicon ``drug_grammar``.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self.counts = lexicons.terms(LexiconKind.PATTERN, "drug_count")
        self._gaps = lexicons.terms(LexiconKind.PATTERN, "drug_gap")

    def is_counted(self, reading: Reading, term: Term) -> bool:
        """Whether a number or an amount stands before a term: ``2 brown``, ``8th of cali``, ``a couple of gear``."""
        at = term.first - 1
        words = reading.words
        if reading.tokens[term.first][0].isdigit() and term.entry.term[0].isalpha():
            return True
        while at > 0 and (words[at] in _OF or not words[at].strip()):
            at -= 1
        if at < 0:
            return False
        word = words[at]
        return word in self.counts or (word.isdigit() and len(word) <= _MAX_DIGITS)

    def has_amount(self, reading: Reading, term: Term) -> bool:
        """Whether a price stands beside a term: ``gold 90``, ``3 for 50 on the pony``, ``crystal (1 for 40)``."""
        words = reading.words
        at, steps = term.last, 0
        end = min(len(words), term.last + _MAX_AHEAD)
        while at < end and steps <= _MAX_GAP:
            word = words[at]
            if word[0].isdigit() or word == "\u00a3" or is_price(reading, at):
                return _is_amount(reading, at) and not _is_hour(reading, at)
            if reading.is_word[at]:
                if word not in self._gaps:
                    break
                steps += 1
            elif "\n" in word or word in _STOPS:
                break
            at += 1
        return _follows_price(reading, term)


def is_price(reading: Reading, at: int) -> bool:
    """Whether a token lies in a price."""
    start = reading.starts[at]
    return any(mark.kind is SpanKind.PRICE and mark.start <= start < mark.end for mark in reading.marks)


def _is_hour(reading: Reading, at: int) -> bool:
    """Whether hours begin at a token."""
    start = reading.starts[at]
    return any(mark.kind is SpanKind.HOURS and mark.start == start for mark in reading.marks)


def _follows_price(reading: Reading, term: Term) -> bool:
    """Whether a term stands behind a price: at once where nothing follows it, else behind "on the" or "of"."""
    words = reading.words
    at = term.first - 1
    while at >= 0 and (words[at] in _ON or not words[at].strip(" ")):
        at -= 1
    may_follow = at < term.first - 1 or term.last == len(words) or not reading.is_word[term.last]
    return at >= 0 and may_follow and is_price(reading, at)


def _is_amount(reading: Reading, at: int) -> bool:
    """Whether an amount begins at a token: a price, two digits, a fraction, or one digit that ends its line."""
    word = reading.words[at]
    following = reading.words[at + 1] if at + 1 < len(reading.words) else "\n"
    if is_price(reading, at) or "." in word:
        return True
    if word == "\u00a3":
        return following.isdigit()
    return word.isdigit() and (1 < len(word) <= _MAX_DIGITS or following == "/" or "\n" in following)
