"""An SMS-aware tokeniser for spaCy: ``3for25``, ``£25``, ``b&w``, ``2-50`` and emoji fall into their parts.

One linear regular expression instead of spaCy's prefixes, infixes and suffixes: those are stripped one at a time, so
that a long run of emoji costs time in the square of its length. No English exceptions: ``im`` stays one token, as
people write it, since matching works on normal forms of plain tokens.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

_UNITS = "for|fr|each|quid|gs|g|grams?|bags?|wraps?|hrs?|am|pm|mins?|oz|k|nd"
_TOKEN = re.compile(
    rf"""
  (
    [ ]+ | [^\S ]+                                             # white space
  | [0-9]+(?:\.[0-9]+)?(?=(?:{_UNITS})(?![^\W_]))              # 10pm, 25quid, 0.5g: the amount
  | [0-9]+(?=(?:for|x)[\u00a3]?[0-9])                          # 3for25, 2x15: the count
  | (?<=[0-9])(?:for|x)(?=[\u00a3]?[0-9])                      # and what joins it to the price
  | (?<![^\W_])[24](?=(?:u|ur|you|me|the|da)(?![^\W_]))        # 4u, 2u
  | [0-9]+\.[0-9]+(?![^\W_])                                   # 0.5
  | [^\W_]+(?:'[^\W_]+|(?<=[^\W\d_])[$@](?=[^\W\d_])[^\W_]+)*  # words, with leet signs between letters
  | [!?]+ | \.+ | -+ | [*~_=]+ | ['"]+                         # runs of one mark count once
  | .(?:\u200d.)*                                              # any other mark, a picture, one made of several
  )
  ([ ]?)                                                       # spaCy keeps one space with the token before it
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class Tokens(NamedTuple):
    """The tokens of a text.

    Attributes:
        spaces: The one space that belongs to each token, as spaCy has it; empty for a token that none follows.
        starts: Code points; ``ends`` are those before the space.
    """

    words: tuple[str, ...]
    spaces: tuple[str, ...]
    starts: list[int]
    ends: list[int]


def split(text: str) -> Tokens:
    """Return the tokens of a text, which joined with their spaces are the text."""
    pairs = _TOKEN.findall(text)
    if not pairs:
        return Tokens((), (), [], [])
    words, spaces = zip(*pairs)  # noqa: B905  # pairs by the form of the expression; checking them takes longer
    edges = list(accumulate(map(len, chain.from_iterable(pairs))))
    ends = edges[::2]
    if "  " in text:
        # What goes beyond one space is a token of its own; its end is before its last space.
        ends = [end - 1 if word[0] == " " and len(word) > 1 else end for word, end in zip(words, ends, strict=True)]
    return Tokens(words, spaces, [0, *edges[1:-1:2]], ends)


class SmsTokeniser:
    """Turns a text into a spaCy document; its tokens joined with their spaces are the text."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document of a text."""
        tokens = split(text)
        return Doc(self._vocab, words=list(tokens.words), spaces=[space != "" for space in tokens.spaces])
