"""Stretches of words, each with a number, looked up for many texts at once.

All words of the texts lie in one array of whole numbers, and a stretch is followed word by word: for all places at
once it is looked up what its first words and the next one come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Final, NamedTuple

import numpy as np

from nlp.adverts.key_tables import NONE, KeyTable, Numbers

UNKNOWN: Final = 0
"""The number of a word of no stretch, and of what stands between two texts."""
_NO_WORD: Final = ""
"""What stands between two texts."""


class WordNumbers:
    """Numbers of words, from 1 on.

    Args:
        words: Each word that is to have one; repeats do not matter.
        apart: So many ``UNKNOWN`` stand behind each text, that no stretch reaches from one into the next.
    """

    def __init__(self, words: Iterable[str], apart: int) -> None:
        self._number_of = {word: number for number, word in enumerate(dict.fromkeys(filter(None, words)), 1)}
        self._border = (_NO_WORD,) * apart
        self.count = len(self._number_of) + 1

    def __getitem__(self, word: str) -> int:
        return self._number_of[word]

    def laid_out(self, texts: Sequence[Sequence[str]]) -> Laid:
        """Return the words of all texts in one row."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + len(self._border)
        row = chain.from_iterable(chain.from_iterable(zip(texts, repeat(self._border))))
        numbers = map(self._number_of.get, row, repeat(UNKNOWN))
        words = np.fromiter(numbers, np.int64, int(lengths.sum()))
        return Laid(words, np.repeat(np.arange(len(texts)), lengths))


class Laid(NamedTuple):
    """Words of several texts in one row.

    Attributes:
        words: Their numbers; ``text_of`` says for each which text it is of.
    """

    words: Numbers
    text_of: Numbers


class GramTables:
    """Stretches of one word or more by what they come to, word by word.

    Args:
        grams: The number of each stretch.
        numbers: Of all words.
    """

    def __init__(self, grams: Mapping[Sequence[str], int], numbers: WordNumbers) -> None:
        self._width = numbers.count
        self._values: list[Numbers] = []
        self._longer: list[KeyTable] = []
        self._first = np.full(self._width, NONE, np.int64)
        lengths = np.fromiter(map(len, grams), np.int64, len(grams))
        words = np.fromiter(map(numbers.__getitem__, chain.from_iterable(grams)), np.int64, int(lengths.sum()))
        starts = np.cumsum(lengths) - lengths
        given = np.fromiter(grams.values(), np.int64, len(grams))
        # All stretches at once, a word further each time: what one begins with is the number of its beginning.
        beginnings = np.zeros(len(grams), np.int64)
        for size in range(1, int(lengths.max(initial=0)) + 1):
            keys, beginnings = np.unique(beginnings * self._width + words[starts + size - 1], return_inverse=True)
            values = np.full(len(keys), NONE, np.int64)
            ends = lengths == size
            values[beginnings[ends]] = given[ends]
            self._values.append(values)
            if size == 1:
                self._first[keys] = np.arange(len(keys))
            else:
                self._longer.append(KeyTable(keys, np.arange(len(keys))))
            lengths, starts, given, beginnings = (each[~ends] for each in (lengths, starts, given, beginnings))

    def found(self, words: Numbers) -> list[tuple[Numbers, Numbers]]:
        """Return the stretches that stand in a row of words, by size: where each begins, and its number.

        Sizes of which nothing can stand there are left out at the end.
        """
        found: list[tuple[Numbers, Numbers]] = []
        reached = self._first[words]
        places = np.nonzero(reached != NONE)[0]
        reached = reached[places]
        for size, values in enumerate(self._values, 1):
            numbers = values[reached]
            has_number = numbers != NONE
            found.append((places[has_number], numbers[has_number]))
            if size == len(self._values):
                break
            inside = places + size < len(words)
            places, reached = places[inside], reached[inside]
            following = words[places + size]
            is_known = following != UNKNOWN
            places, keys = places[is_known], reached[is_known] * self._width + following[is_known]
            reached = self._longer[size - 1].found(keys)
            goes_on = reached != NONE
            places, reached = places[goes_on], reached[goes_on]
            if not len(places):
                break
        return found
