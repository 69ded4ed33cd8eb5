"""Normal forms: every token's spelling-free form, as spaCy's NORM, and the token table of the reading.

NORM is an attribute of the lexeme: a word is normalised once however often it occurs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import NamedTuple

from spacy.attrs import NORM
from spacy.vocab import Vocab

from nlp.components.component import Component
from nlp.hints import hints_of
from nlp.readings import Reading
from nlp.spelling import MAX_WORD, Speller
from nlp.tokenisation import split

_MAX_SEEN = 50_000
"""Tokens of which the form is remembered, as in ``nlp.spelling``."""


def install_norm(vocab: Vocab, speller: Speller) -> None:
    """Make the speller's normal form the NORM of every lexeme, present and to come."""
    # The other attributes (shape, prefix, is_alpha ...) cost more than all tokenising, and nothing here reads them.
    vocab.lex_attr_getters = {NORM: speller.normal}  # type: ignore[attr-defined]  # spaCy's stub leaves it out
    for lexeme in list(vocab):
        lexeme.norm_ = speller.normal(lexeme.text)


class _Form(NamedTuple):
    """What is known of a token by its text alone."""

    normal: str
    is_word: bool
    hints: int


class _Forms(dict[str, _Form]):
    """Forms by token, filled as tokens are met."""

    def __init__(self, normal: Callable[[str], str]) -> None:
        super().__init__()
        self._normal = normal

    def __missing__(self, word: str) -> _Form:
        form = _Form(self._normal(word), word[0].isalnum(), hints_of(word))
        if len(word) <= MAX_WORD:
            if len(self) >= _MAX_SEEN:
                self.clear()
            self[word] = form
        return form


class NormalForms(Component):
    """Fills the token table of the reading."""

    def __init__(self, vocab: Vocab) -> None:
        self._forms = _Forms(vocab.lex_attr_getters[NORM])  # type: ignore[attr-defined]  # as above

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        tokens = split(reading.shadow.text)
        known = self._forms
        forms = [known[word] for word in tokens.words]
        reading.tokens = tokens.words
        reading.starts = tokens.starts
        reading.ends = tokens.ends
        reading.words = [form[0] for form in forms]
        reading.is_word = [form[1] for form in forms]
        reading.hints = reduce(or_, [form[2] for form in forms], 0)
