"""The model of adverts that reads words in their order: each with its neighbours, layer by layer.

A convolution over words (Collobert and others 2011), trained by ``spacy train`` (``nlp/training``). A word is what the
models see of it, its class, its first and last letters and its capitals, each with a row of a table; what the rows
come to is weighed together with the words on both sides, twice. Of all words the most and the mean count, beside what
holds of the text as a whole. Where two models that count phrases are in doubt, this one fails on other texts than they
do: on thirteen batches that none had seen the mean F1 of the three is 0.02 above that of the two, at one share of
personal texts flagged.

Rows, weights and what the layers give are whole numbers, small enough that sums of their products are exact in single
precision: the log-odds of a text depend neither on the texts that are read beside it nor on the order in which a
processor adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from nlp.adverts.token_facts import OrderedWord

FILE_NAME: Final = "advert_windows.msgpack.zst"
PIECES: Final = 2
"""Sums of which a layer gives the highest (maxout, Goodfellow and others 2013)."""
REACH: Final = 1
"""Words on either side that a layer sees."""
_MOST_KNOWN: Final = 16_384
"""Words of which it is remembered what the first layer gives: 4 MB."""
_PORTION: Final = 256
"""Texts that are weighed together: they hold fewer words than are remembered."""
_MOST_SAID: Final = 10_000
"""Sets of facts of which it is remembered what they come to: some 8 MB."""
MOST_STEPS: Final = 127
"""Highest whole number that a layer gives; two are added to what the first gives, so that sums stay below 2**24."""

_Whole: TypeAlias = "npt.NDArray[np.float32]"
"""Whole numbers in single precision: those that processors multiply fastest."""


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """Weights of one layer as whole numbers.

    Attributes:
        weights: Signed octets, ``PIECES`` rows for each number that it gives, row by row.
        starts: What each row begins with.
        units: What one step of a sum is worth in steps of what the layer gives, for each number.
    """

    weights: bytes
    starts: list[int]
    units: list[float]


class WindowsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``model-`` and a digest of corpora, lexicons and configuration that it was trained with.
        width: Numbers that stand for a word.
        features: Of words, as ``features_of`` names them, sorted.
        rows: For each one signed octet a number, in the order of the features.
        facts: Of texts, sorted; ``fact_rows`` are theirs, ``fact_width`` octets each.
        fact_starts: What the numbers of the facts begin with, in steps of what the layers give.
        fact_units: What one step of a row is worth in those, for each number.
        layers: That of the word alone, those with its neighbours, that of the text.
        weights: Whole numbers by which those that the last layer gives are weighed.
        unit: Log-odds of one step of the last sum; ``bias`` those of nought.
    """

    version: str
    width: int
    features: list[str]
    rows: bytes
    facts: list[str]
    fact_width: int
    fact_rows: bytes
    fact_starts: list[float]
    fact_units: list[float]
    layers: list[Layer]
    weights: list[int]
    unit: float
    bias: float


def features_of(word: OrderedWord) -> list[str]:
    """Return the features of a word, each with its kind before it."""
    return [f"{kind}:{value}" for kind, value in zip("wcfls", word, strict=True)]


class WindowModel:
    """Weighs texts. Keeps what the first layer gives for each word; not for use from two threads at once."""

    def __init__(self, stored: WindowsFile) -> None:
        self.version = stored.version
        self._width = width = stored.width
        self._rows = np.zeros((len(stored.features) + 1, width), np.float32)
        self._rows[:-1] = np.frombuffer(stored.rows, np.int8).reshape(-1, width)
        self._row_of = {feature: row for row, feature in enumerate(stored.features)}
        self._fact_rows = np.frombuffer(stored.fact_rows, np.int8).reshape(-1, stored.fact_width).astype(np.int32)
        self._fact_of = {fact: row for row, fact in enumerate(stored.facts)}
        self._fact_starts, self._fact_units = np.array(stored.fact_starts), np.array(stored.fact_units)
        alone, *beside, whole = stored.layers
        self._alone = _Layer(alone, width)
        self._beside = [_Layer(layer, width * (2 * REACH + 1)) for layer in beside]
        self._whole = _Layer(whole, 2 * width + stored.fact_width)
        self._weights = np.array(stored.weights, np.float64)
        self._unit, self._bias = stored.unit, stored.bias
        self._known: dict[OrderedWord, int] = {}
        self._given = np.zeros((_MOST_KNOWN, width), np.float32)
        self._said: dict[tuple[str, ...], npt.NDArray[np.float64]] = {}

    def log_odds(self, texts: Sequence[tuple[Sequence[OrderedWord], Sequence[str]]]) -> list[float]:
        """Return the log-odds of an advert for each text, given as its words in order and its facts."""
        found: list[float] = []
        for start in range(0, len(texts), _PORTION):
            found += self._log_odds(texts[start : start + _PORTION])
        return found

    def _log_odds(self, texts: Sequence[tuple[Sequence[OrderedWord], Sequence[str]]]) -> list[float]:
        words, bounds = self._in_order([words for words, _ in texts])
        between = np.ones(len(words), np.bool_)
        for start, end in bounds:
            between[start:end] = False
        for layer in self._beside:
            given = layer.given(np.concatenate((words[:-2], words[1:-1], words[2:]), axis=1))
            given[between[1:-1]] = 0.0
            words[1:-1] += given
        edges = np.array(bounds, np.intp)
        most = np.maximum.reduceat(words, edges.ravel())[::2]
        mean = np.rint(np.add.reduceat(words, edges.ravel())[::2] / (edges[:, 1:] - edges[:, :1]))
        facts = np.array([self._of_facts(facts) for _, facts in texts], np.float32)
        last = self._whole.given(np.concatenate((most, mean, facts), axis=1).astype(np.float32))
        odds: list[float] = ((last.astype(np.float64) @ self._weights) * self._unit + self._bias).tolist()
        return odds

    def parts(self, words: Sequence[OrderedWord], facts: Sequence[str]) -> dict[str, float]:
        """Return what each word adds where it stands: the log-odds that the text would lose without it.

        With what is left, under no word, they add up to the log-odds.
        """
        whole, *without = self.log_odds(
            [(words, facts), *[([*words[:at], *words[at + 1 :]], facts) for at in range(len(words))]]
        )
        found: dict[str, float] = {}
        for word, odds in zip(words, without, strict=True):
            feature = f"o:{word.seen}"
            found[feature] = found.get(feature, 0.0) + whole - odds
        return {**found, "o:": whole - sum(found.values())}

    def _in_order(self, texts: Sequence[Sequence[OrderedWord]]) -> tuple[_Whole, list[tuple[int, int]]]:
        """Return what the first layer gives for the words of all texts, and where each text begins and ends.

        A row of noughts stands before, between and behind the texts.
        """
        known = self._known
        if len(known) + sum(map(len, texts)) > _MOST_KNOWN:
            # Before the first word is looked up, so that no row of these texts is given away again.
            known.clear()
        self._learn(list(dict.fromkeys(word for text in texts for word in text or _NO_WORDS if word not in known)))
        places: list[int] = []
        bounds: list[tuple[int, int]] = []
        start = 1
        for text in texts:
            places += [known[word] for word in text or _NO_WORDS]
            end = start + max(1, len(text))
            bounds.append((start, end))
            start = end + 1
        words = np.zeros((start, self._width), np.float32)
        inside = np.concatenate([np.arange(start, end) for start, end in bounds])
        words[inside] = self._given[places]
        return words, bounds

    def _learn(self, words: Sequence[OrderedWord]) -> None:
        """Remember what the first layer gives for words that are not known."""
        if not words:
            return
        row_of, unknown = self._row_of, len(self._rows) - 1
        rows = [[row_of.get(feature, unknown) for feature in features_of(word)] for word in words]
        first = len(self._known)
        self._given[first : first + len(words)] = self._alone.given(self._rows[rows].sum(axis=1))
        self._known.update(zip(words, range(first, first + len(words)), strict=True))

    def _of_facts(self, facts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return what the facts come to; remembered, for texts of one wording share theirs."""
        key = tuple(facts)
        found = self._said.get(key)
        if found is None:
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            found = self._said[key] = self._sum_of_facts(facts)
        return found

    def _sum_of_facts(self, facts: Sequence[str]) -> npt.NDArray[np.float64]:
        rows = [self._fact_of[fact] for fact in facts if fact in self._fact_of]
        sums = self._fact_rows[rows].sum(axis=0) * self._fact_units / max(1, len(rows)) ** 0.5 + self._fact_starts
        found: npt.NDArray[np.float64] = np.rint(np.clip(sums, 0.0, MOST_STEPS))
        return found


_NO_WORDS: Final = (OrderedWord("", "", "", "", "l"),)


class _Layer:
    """One layer, ready to be used."""

    def __init__(self, stored: Layer, size: int) -> None:
        rows = np.frombuffer(stored.weights, np.int8).reshape(-1, PIECES, size)
        # The first pieces of all numbers, then the second ones: compared so in a twentieth of the time.
        self._weights = rows.transpose(1, 0, 2).reshape(-1, size).T.astype(np.float32)
        self._starts = np.array(stored.starts, np.float32).reshape(-1, PIECES).T.ravel()
        self._units = np.array(stored.units, np.float32)

    def given(self, numbers: _Whole) -> _Whole:
        """Return what the layer gives for each row of numbers."""
        sums = numbers @ self._weights
        sums += self._starts
        width = len(self._units)
        found: _Whole = sums[:, :width]
        for first in range(width, PIECES * width, width):
            np.maximum(found, sums[:, first : first + width], out=found)
        found *= self._units
        np.rint(found, out=found)
        np.clip(found, -MOST_STEPS, MOST_STEPS, out=found)
        return found
