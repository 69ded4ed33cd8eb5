"""What a token tells the models of adverts by itself: its normal form, its class, its letters; remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from nlp.readings import Reading
from nlp.words.spelling import MAX_WORD

MAX_WORDS: Final = 60
"""Tokens that are looked at: adverts are short, and what a long text is shows in its first words."""

UNKNOWN_CLASS: Final = "_"
DIGITS: Final = "#"
"""Stands for any number, and is its class."""

_TELLING_MARKS: Final = frozenset("?!\n£%&@")
_EDGE: Final = 3
"""First and last letters of a word that are looked at."""

_MAX_SEEN: Final = 50_000
"""Tokens of which it is remembered what they tell, as in ``nlp.words.spelling``."""


class OrderedWord(NamedTuple):
    """A word or a mark in its place.

    Attributes:
        seen: Normal form, or the symbol of what it lies in.
        found: Its class.
        first: First letters as written, in small letters; ``last`` are the last ones.
        capitals: ``U`` all, ``T`` the first, ``l`` none.
    """

    seen: str
    found: str
    first: str
    last: str
    capitals: str


class TokenFacts(NamedTuple):
    """What a token tells by itself.

    Attributes:
        seen: What the models that count stretches see of it; empty for a mark that tells nothing.
        found: Its class, in the same way.
        word: The token in its place.
        spelled: As it is typed, in lower case; empty unless it is a word of letters.
    """

    seen: str
    found: str
    word: OrderedWord
    spelled: str


class KnownTokens:
    """What tokens tell.

    Args:
        class_of: Class of each word that has one.
    """

    def __init__(self, class_of: Mapping[str, str]) -> None:
        self._class_of = class_of
        self._known: dict[str, TokenFacts] = {}

    def of(self, reading: Reading) -> list[TokenFacts]:
        """Return what the first tokens of a reading tell, each read as the English word that it stands for."""
        known, tokens = self._known, reading.tokens[:MAX_WORDS]
        if reading.glossed is not None:
            return [self._tell(*each) for each in zip(tokens, reading.glossed, reading.is_word, strict=False)]
        try:
            return [known[token] for token in tokens]
        except KeyError:
            told = zip(tokens, reading.words, reading.is_word, strict=False)
            return [known.get(each[0]) or self._learn(*each) for each in told]

    def _learn(self, token: str, word: str, is_word: bool) -> TokenFacts:  # noqa: FBT001  # as the reading has it
        told = self._tell(token, word, is_word)
        if len(token) <= MAX_WORD:
            if len(self._known) >= _MAX_SEEN:
                self._known.clear()
            self._known[token] = told
        return told

    def _tell(self, token: str, word: str, is_word: bool) -> TokenFacts:  # noqa: FBT001  # as the reading has it
        low = token.lower()
        capitals = "U" if len(token) > 1 and token.isupper() else "T" if token[0].isupper() else "l"
        written = (low[:_EDGE], low[-_EDGE:], capitals)
        if not is_word:
            seen = word if word in _TELLING_MARKS else ""
            return TokenFacts(seen, seen, OrderedWord(word[0], word[0], *written), "")
        if word.isdigit():
            return TokenFacts(DIGITS, DIGITS, OrderedWord(DIGITS, DIGITS, *written), "")
        found = self._class_of.get(word, UNKNOWN_CLASS)
        return TokenFacts(word, found, OrderedWord(word, found, *written), low)
