"""The trained model of changes of number: which number of a text is the new one or an old one, or the sender's own is.

Every reading of a text is weighed against the others: none of its numbers has a role; the sender's own is new, or old;
one that stands there is new, or old. What ``change_features`` sees adds to each, the likeliest counts where it is
likely enough (multinomial logistic regression, ``nlp.training.train_changes``). Weights are whole hundredths.

Most texts in which a telling word stands announce nothing: a sum over their words alone passes those over.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Final, NamedTuple

import msgspec

from nlp.changes.change_features import Answer, features_of_number, features_of_text
from nlp.changes.change_letters import Row
from nlp.model_files import shipped_file

FILE_NAME: Final = "change_model.msgpack.zst"
ROLES: Final = ("new", "old")
ANY_NUMBER: Final = "#N"
"""Stands for the numbers of a text among its words, once."""

BIAS: Final = ""
"""The feature that every text has."""

LETTER: Final = "="
"""Precedes a letter among the weights of words: what a word of that letter adds."""


class ChangeModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored; all weights are hundredths of log-odds.

    Attributes:
        version: ``changes-`` and a digest of the weights.
        least: Share of likelihood from which on a reading counts.
        asked: The sum of words from which on a text is looked at.
        words: What a word, or a letter, adds to that sum.
        of_text: What a feature of the text adds to: a number of it is new, is old, the sender's own is new, is old.
        of_number: What a feature of a number adds to: it is new, is old.
    """

    version: str
    least: float
    asked: int
    words: dict[str, int]
    of_text: dict[str, list[int]]
    of_number: dict[str, list[int]]


class Judged(NamedTuple):
    """The reading that counts, with its likelihood."""

    answer: Answer
    share: float


class ChangeModel:
    """Reads changes of number.

    Args:
        stored: The model.
        letter_of_word: The words that the lexicons know.
    """

    def __init__(self, stored: ChangeModelFile, letter_of_word: Mapping[str, str]) -> None:
        self.version = stored.version
        self._least = stored.least
        self._asked = stored.asked
        self._words = word_sums(stored.words, letter_of_word)
        self._any_number = self._words.pop(ANY_NUMBER, 0)
        self._of_text = stored.of_text
        self._of_number = stored.of_number

    def is_asked(self, words: Collection[str], *, has_number: bool) -> bool:
        """Whether the words of a text make it worth a look."""
        total = sum(map(self._words.get, set(words), repeat(0)))
        return total + has_number * self._any_number >= self._asked

    def judged(
        self, row: Row, families: Collection[str], ruled: Answer | None, *, are_same: bool = False
    ) -> Judged | None:
        """Return what a text says; None: nothing, or not likely enough.

        Args:
            row: The text.
            families: Families of look-alikes whose words it holds.
            ruled: What the rules say.
            are_same: Whether all numbers of the text are one.
        """
        of_text = _sums([BIAS, *features_of_text(row, families, ruled)], self._of_text, 4)
        scores = {Answer(role): of_text[2 + at] for at, role in enumerate(ROLES)}
        for which in range(len(row.places)):
            own = _sums(features_of_number(row, which, ruled, are_same=are_same), self._of_number, 2)
            scores.update({Answer(role, which): of_text[at] + own[at] for at, role in enumerate(ROLES)})
        answer = max(scores, key=scores.__getitem__)
        most = scores[answer]
        if most <= 0:
            return None
        share = 1.0 / sum([math.exp((score - most) / 100.0) for score in (0, *scores.values())])
        return Judged(answer, share) if share >= self._least else None


def word_sums(weights: Mapping[str, int], letter_of_word: Mapping[str, str]) -> dict[str, int]:
    """Return what each word adds, with its letter's share; a word that a unit added has that of its letter."""
    found = {word: weight for word, weight in weights.items() if not word.startswith(LETTER)}
    for word, letter in letter_of_word.items():
        found[word] = found.get(word, 0) + weights.get(f"{LETTER}{letter}", 0)
    return found


def _sums(features: Sequence[str], weights: Mapping[str, Sequence[int]], size: int) -> list[int]:
    known = list(filter(None, map(weights.get, features)))
    return [sum(column) for column in zip(*known, strict=True)] if known else [0] * size


@cache
def shipped_change_model() -> ChangeModelFile:
    """Return the model that is shipped, as it is stored."""
    return shipped_file(FILE_NAME, ChangeModelFile)
