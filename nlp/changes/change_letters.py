"""A text as a row of letters, one a word: how changes of number are read, by rules and by the model.

``config/lexicons/number_changes.toml`` says which words have which letter; a word that it does not know is ``_``, and a
telephone number is one letter too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading

LETTERS: Final[Mapping[str, str]] = {
    "number_noun": "p",
    "number_short": "q",
    "number_new": "n",
    "number_old": "o",
    "number_changed": "c",
    "number_dead": "d",
    "number_is_not": "b",
    "number_given_up": "g",
    "number_not": "D",
    "number_taken_up": "u",
    "number_call": "r",
    "number_this": "t",
    "number_here": "H",
    "number_now": "w",
    "number_from": "f",
    "number_lost": "x",
    "number_contacts": "k",
    "number_others": "h",
    "number_the": "e",
    "number_me": "m",
    "number_my": "i",
    "number_one": "1",
    "number_two": "2",
    "number_way": "v",
    "number_new_foreign": "l",
    "number_next": "y",
    "number_same": "s",
    "number_your": "Y",
    "number_on": "O",
    "number_put": "U",
    "number_screen": "z",
    "number_using": "V",
    "number_kin": "M",
    "number_back": "B",
    "number_mended": "R",
}
OTHER: Final = "_"
NUMBER: Final = "N"
STOP: Final = "|"
_IS_NOT: Final = "b"
_BEING: Final = frozenset({"is", "was", "are"})
_STOPS: Final = frozenset(".!;\n")
_BREAKS: Final = ",?"
_NUMBER_WORD: Final = "#N"
_DIGIT_WORDS: Final = ("", "#1", "#2", "#3")


class Row(NamedTuple):
    """A text as letters.

    Attributes:
        code: One letter a word, one a number, stops and commas.
        words: What stands at each letter: the word, ``#N`` for a number, ``#2`` for two other digits.
        places: Where the numbers stand in both.
    """

    code: str
    words: list[str]
    places: list[int]


class ChangeLetters:
    """Knows the letters of words."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.of_word: Mapping[str, str] = {
            entry.term: LETTERS[entry.cue] for entry in lexicons.of_kind(LexiconKind.PATTERN) if entry.cue in LETTERS
        }

    def row(self, reading: Reading, numbers: Sequence[Mark]) -> Row:
        """Return a text as letters; its numbers are in order."""
        letters: list[str] = []
        shown: list[str] = []
        places: list[int] = []
        of_word = self.of_word
        words, is_word = reading.words, reading.is_word
        taken = [reading.tokens_of(mark.start, mark.end) for mark in numbers]
        at = 0
        count = len(words)
        while at < count:
            if taken and at >= taken[0].start:
                places.append(len(letters))
                letters.append(NUMBER)
                shown.append(_NUMBER_WORD)
                at = max(at + 1, taken.pop(0).stop)
                continue
            word = words[at]
            if is_word[at]:
                letters.append(of_word.get(word, OTHER) if word != "not" else self._letter_of_not(words, at))
                shown.append(_DIGIT_WORDS[min(len(word), 3)] if word.isdigit() else word)
            elif word[0] in _STOPS:
                letters.append(STOP)
                shown.append(STOP)
            elif word[0] in _BREAKS:
                letters.append(word[0])
                shown.append(word[0])
            at += 1
        return Row("".join(letters), shown, places)

    def _letter_of_not(self, words: Sequence[str], at: int) -> str:
        before = words[at - 1] if at else ""
        if before in _BEING:
            return _IS_NOT
        # "If not you call 020 ...": nothing is given up.
        return OTHER if before == "if" else self.of_word.get("not", OTHER)
