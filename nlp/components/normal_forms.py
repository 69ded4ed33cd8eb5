"""Normal forms: every token's spelling-free form, as spaCy's NORM, and the token table of the reading.

NORM is an attribute of the lexeme: a word is normalised once however often it occurs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import accumulate, chain
from operator import or_
from typing import Final, NamedTuple

from spacy.attrs import NORM
from spacy.vocab import Vocab

from nlp.components.component import Component
from nlp.readings import Reading
from nlp.words.hints import hints_of
from nlp.words.remembered import Remembered
from nlp.words.spelling import MAX_WORD, Speller
from nlp.words.tokenisation import split

_MAX_STRETCH: Final = 40
"""Longest stretch without a space, in code points, that is remembered: longer ones seldom come again."""


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


class _Stretch(NamedTuple):
    """What is known of a stretch between two spaces.

    Attributes:
        words: Normal form of each token.
        steps: How far each token begins behind the end of the one before, a space before the stretch taken in, and how
            long it is.
    """

    tokens: tuple[str, ...]
    words: tuple[str, ...]
    is_word: tuple[bool, ...]
    steps: tuple[int, ...]
    hints: int


class NormalForms(Component):
    """Fills the token table of the reading."""

    def __init__(self, vocab: Vocab) -> None:
        self._normal: Callable[[str], str] = vocab.lex_attr_getters[NORM]  # type: ignore[attr-defined]  # as above
        self._forms = Remembered(self._form, MAX_WORD)
        # The tokens of a stretch do not depend on what stands behind a space.
        self._stretches = Remembered(self._stretch, _MAX_STRETCH)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        text = reading.shadow.text
        if not text or text[0] == " " or text[-1] == " " or "  " in text:
            # Spaces that go with no token are tokens of their own.
            self._read_split(reading)
            return
        known = self._stretches
        tokens, words, is_word, steps, hints = zip(*[known[stretch] for stretch in text.split(" ")], strict=True)
        edges = list(accumulate(chain.from_iterable(steps), initial=-1))
        reading.tokens = tuple(chain.from_iterable(tokens))
        reading.starts = edges[1::2]
        reading.ends = edges[2::2]
        reading.words = list(chain.from_iterable(words))
        reading.is_word = list(chain.from_iterable(is_word))
        reading.hints = reduce(or_, hints)

    def _form(self, token: str) -> _Form:
        return _Form(self._normal(token), token[0].isalnum(), hints_of(token))

    def _stretch(self, text: str) -> _Stretch:
        # Letters alone are one token, which the tokeniser need not be asked for.
        tokens = (text,) if text.isalpha() else split(text).words
        forms = [self._forms[token] for token in tokens]
        steps = tuple(chain.from_iterable([(0, len(token)) for token in tokens]))
        return _Stretch(
            tokens,
            tuple([form.normal for form in forms]),
            tuple([form.is_word for form in forms]),
            (1, *steps[1:]),
            reduce(or_, [form.hints for form in forms]),
        )

    def _read_split(self, reading: Reading) -> None:
        tokens = split(reading.shadow.text)
        forms = [self._forms[word] for word in tokens.words]
        reading.tokens = tokens.words
        reading.starts = tokens.starts
        reading.ends = tokens.ends
        reading.words = [form.normal for form in forms]
        reading.is_word = [form.is_word for form in forms]
        reading.hints = reduce(or_, [form.hints for form in forms], 0)
