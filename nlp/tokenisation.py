"""An SMS-aware tokeniser for spaCy: ``3for25``, ``£25``, ``b&w``, ``2-50`` and emoji fall into their parts.

One linear regular expression instead of spaCy's prefixes, infixes and suffixes: those are stripped one at a time, so
that a long run of emoji costs time in the square of its length. No English exceptions: ``im`` stays one token, as
people write it, since matching works on normal forms of plain tokens.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

_UNITS = "for|fr|each|quid|gs|g|grams?|bags?|wraps?|hrs?|am|pm|mins?|oz|k|nd"
_TOKEN = re.compile(
    rf"""
    [ ]+ | [^\S ]+                                             # white space
  | [0-9]+(?:\.[0-9]+)?(?=(?:{_UNITS})(?![^\W_]))              # 10pm, 25quid, 0.5g: the amount
  | [0-9]+(?=(?:for|x)[\u00a3]?[0-9])                          # 3for25, 2x15: the count
  | (?<=[0-9])(?:for|x)(?=[\u00a3]?[0-9])                      # and what joins it to the price
  | (?<![^\W_])[24](?=(?:u|ur|you|me|the|da)(?![^\W_]))        # 4u, 2u
  | [0-9]+\.[0-9]+(?![^\W_])                                   # 0.5
  | [^\W_]+(?:'[^\W_]+|(?<=[^\W\d_])[$@](?=[^\W\d_])[^\W_]+)*  # words, with leet signs between letters
  | [!?]+ | \.+ | -+ | [*~_=]+ | ['"]+                         # runs of one mark count once
  | .                                                          # any other mark, emoji
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class SmsTokeniser:
    """Turns a text into a spaCy document; its tokens joined with their spaces are the text."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document of a text."""
        words: list[str] = []
        spaces: list[bool] = []
        for word in _TOKEN.findall(text):
            if word[0] == " ":
                # spaCy keeps one space with the token before it; what goes beyond is a token of its own.
                if words and not spaces[-1]:
                    spaces[-1] = True
                    word = word[1:]  # noqa: PLW2901 (the rest of the run is what is left to place)
                if not word:
                    continue
            words.append(word)
            spaces.append(False)
        return Doc(self._vocab, words=words, spaces=spaces)
