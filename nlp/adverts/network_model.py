"""The network of adverts: what each feature of a text adds to some thirty sums, and what those sums weigh.

Trained by ``spacy train`` (``nlp/training``). Every feature has a row of a table; the rows of a text are added up and
divided by the root of their number, a sum below nought counts for nothing, and the rest is weighed. So features count
together with others, which no list of pairs could name, and still each one's share in the log-odds of a text is exact:
with the sums that count settled, the model is linear. The table holds whole numbers, so that a sum does not depend on
the order of its parts. Looking rows up takes a tenth of the time of making a spaCy document for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain, repeat
from typing import Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from nlp.adverts.gram_tables import UNKNOWN, GramTables, Laid, WordNumbers
from nlp.adverts.key_tables import NONE, KeyTable, Numbers
from nlp.adverts.model_features import (
    FURTHEST_APART,
    NEAREST_APART,
    Looked,
    Typed,
    letters_of,
    network_features_of,
)

FILE_NAME: Final = "advert_network.msgpack.zst"
_MAX_SPELLED: Final = 16_384
"""Words whose letters are remembered added up: 2 MB."""
_PORTION: Final = 256
"""Texts that are weighed together: they hold fewer words than are remembered."""

_Floats: TypeAlias = npt.NDArray[np.float64]


class NetworkFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``model-`` and a digest of corpora, lexicons and configuration that it was trained with.
        features: As ``nlp.adverts.model_features.network_features_of`` names them, sorted.
        rows: For each feature one signed octet a sum, in the order of the features.
        units: What one step of an octet is worth in each sum.
        starts: What each sum begins with.
        weights: Log-odds of each sum.
        bias: Log-odds of a text none of whose sums count.
    """

    version: str
    features: list[str]
    rows: bytes
    units: list[float]
    starts: list[float]
    weights: list[float]
    bias: float


class NetworkModel:
    """Weighs what the model sees of texts. Keeps the letters of words; not for use from two threads at once."""

    def __init__(self, stored: NetworkFile) -> None:
        self.version = stored.version
        self._units = np.array(stored.units)
        self._starts = np.array(stored.starts)
        self._weights = np.array(stored.weights)
        self._bias = stored.bias
        self._width = len(stored.units)
        self._count = len(stored.features)
        # One column more: how many features a row stands for.
        # And a row of noughts at the end.
        self._table = np.zeros((self._count + _MAX_SPELLED + 1, self._width + 1), np.int32)
        octets = np.frombuffer(stored.rows, np.int8).reshape(self._count, self._width)
        self._table[: self._count, : self._width] = octets
        self._table[: self._count, self._width] = 1
        self._features = stored.features
        self._spelled = _Spelled(self._add_letters, self._count)
        rows: dict[str, dict[str, int]] = {kind: {} for kind in "wcafl"}
        for row, feature in enumerate(stored.features):
            rows[feature[0]][feature[2:]] = row
        self._facts, self._letters = rows["f"], rows["l"]
        together = " ".join([*rows["w"], *rows["a"]]).split(" ")
        self._word_numbers = WordNumbers(together, FURTHEST_APART)
        self._class_numbers = WordNumbers(" ".join(rows["c"]).split(" "), FURTHEST_APART)
        self._words = GramTables(_split(rows["w"]), self._word_numbers)
        self._classes = GramTables(_split(rows["c"]), self._class_numbers)
        self._apart = self._pair_table(rows["a"])

    def log_odds(self, texts: Sequence[tuple[Looked, Typed]]) -> list[float]:
        """Return the log-odds of an advert for each text."""
        found: list[float] = []
        for start in range(0, len(texts), _PORTION):
            found += self._log_odds(texts[start : start + _PORTION])
        return found

    def _log_odds(self, texts: Sequence[tuple[Looked, Typed]]) -> list[float]:
        rows, ends = self._rows(texts)
        # A row of noughts behind each text's: none is without a row.
        added = np.add.reduceat(self._table.take(rows, axis=0), [0, *ends[:-1]], axis=0)
        counts = added[:, -1]
        sums = added[:, :-1] * self._units / _roots(counts)[:, np.newaxis] + self._starts
        # One by one: together they would be added up in another order.
        return [float(positive @ self._weights) + self._bias for positive in np.maximum(sums, 0.0)]

    def parts(self, looked: Looked, typed: Typed) -> dict[str, float]:
        """Return each feature that counted with its log-odds, the weightiest first: what an explanation shows.

        With what the model gives a text without features, they add up to the log-odds. The letters of a word are one.
        """
        named = (feature for feature in network_features_of(looked, typed) if feature[0] != "l")
        known = {
            **{feature: row for feature in named if (row := self._row_named(feature)) is not None},
            **{f"l:{word}": self._spelled[word] for word in typed.spelled},
        }
        rows = self._table[list(known.values())]
        count = int(rows[:, -1].sum()) if known else 0
        if not count:
            return {}
        sums = rows[:, :-1].sum(axis=0) * self._units / count**0.5 + self._starts
        of_sums = self._weights * (sums > 0.0) * self._units / count**0.5
        shares = rows[:, :-1] @ of_sums
        found = {feature: float(share) for feature, share in zip(known, shares, strict=True) if share}
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))

    def _row_named(self, feature: str) -> int | None:
        at = bisect_left(self._features, feature)
        return at if self._features[at : at + 1] == [feature] else None

    def _pair_table(self, rows: Mapping[str, int]) -> KeyTable:
        """Return the rows of two words apart, by the numbers of both."""
        words = map(self._word_numbers.__getitem__, " ".join(rows).split(" "))
        numbers = np.fromiter(words, np.int64, 2 * len(rows)).reshape(-1, 2)
        keys = numbers[:, 0] * self._word_numbers.count + numbers[:, 1]
        return KeyTable(keys, np.fromiter(rows.values(), np.int64, len(rows)))

    def _rows(self, texts: Sequence[tuple[Looked, Typed]]) -> tuple[Numbers, Sequence[int]]:
        """Return the rows of the texts, those of one text side by side and each once, and where each text's end."""
        words = self._word_numbers.laid_out([looked.words for looked, _ in texts])
        classes = self._class_numbers.laid_out([looked.classes for looked, _ in texts])
        gathered = [self._apart_in(words), self._facts_in(texts), self._letters_in(texts)]
        for laid, tables in ((words, self._words), (classes, self._classes)):
            gathered += [laid.text_of[places] * len(self._table) + rows for places, rows in tables.found(laid.words)]
        codes = np.sort(np.concatenate(gathered))
        # Only where words repeat may stretches and pairs.
        codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))]
        bounds = np.searchsorted(codes, np.arange(1, len(texts) + 1) * len(self._table))
        return codes % len(self._table), bounds.tolist()

    def _apart_in(self, laid: Laid) -> Numbers:
        """Return the rows of two words apart, with the number of the text before them."""
        words, text_of = laid
        found = []
        for apart in range(NEAREST_APART, FURTHEST_APART + 1):
            # Words of two texts stand further apart; what stands between texts is in no pair.
            places = np.nonzero((words[:-apart] != UNKNOWN) & (words[apart:] != UNKNOWN))[0]
            rows = self._apart.found(words[places] * self._word_numbers.count + words[places + apart])
            is_row = rows != NONE
            found.append(text_of[places[is_row]] * len(self._table) + rows[is_row])
        return np.concatenate(found)

    def _facts_in(self, texts: Sequence[tuple[Looked, Typed]]) -> Numbers:
        """Return the rows of facts in the same way, and a row of noughts for each text."""
        facts = [(*looked.facts, *looked.steps, *typed.typing) for looked, typed in texts]
        lengths = np.fromiter(map(len, facts), np.int64, len(texts))
        known = map(self._facts.get, chain.from_iterable(facts), repeat(NONE))
        rows = np.fromiter(known, np.int64, int(lengths.sum()))
        codes = np.repeat(np.arange(len(texts)), lengths) * len(self._table) + rows
        return np.concatenate((codes[rows != NONE], np.arange(1, len(texts) + 1) * len(self._table) - 1))

    def _letters_in(self, texts: Sequence[tuple[Looked, Typed]]) -> Numbers:
        """Return the rows of words as they are spelled in the same way."""
        lengths = np.fromiter([len(typed.spelled) for _, typed in texts], np.int64, len(texts))
        count = int(lengths.sum())
        if len(self._spelled) + count > _MAX_SPELLED:
            # Before the first word of the texts is looked up, so that no row of theirs is given away again.
            self._spelled.clear()
        spelled = chain.from_iterable([typed.spelled for _, typed in texts])
        rows = np.fromiter(map(self._spelled.__getitem__, spelled), np.int64, count)
        return np.repeat(np.arange(len(texts)), lengths) * len(self._table) + rows

    def _add_letters(self, word: str, row: int) -> None:
        """Put the letters of a word, added up, where they are remembered."""
        rows = [self._letters[each] for each in letters_of(word) if each in self._letters]
        self._table[row] = self._table[rows].sum(axis=0)


class _Spelled(dict[str, int]):
    """The rows of words as they are spelled, filled as they are met."""

    def __init__(self, add: Callable[[str, int], None], first: int) -> None:
        super().__init__()
        self._add = add
        self._first = first

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX_SPELLED:
            self.clear()
        row = self[word] = self._first + len(self)
        self._add(word, row)
        return row


def _split(rows: Mapping[str, int]) -> dict[Sequence[str], int]:
    return {tuple(name.split(" ")): row for name, row in rows.items()}


def _roots(counts: npt.NDArray[np.int32]) -> _Floats:
    """Return the roots of counts, of nought that of one."""
    return np.array([_root(count) for count in counts.tolist()])


@cache
def _root(count: int) -> float:
    root: float = max(1, count) ** 0.5
    return root
