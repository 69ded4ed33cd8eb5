"""The network of adverts: what each feature of a text adds to some thirty sums, and what those sums weigh.

Trained by ``spacy train`` (``nlp/training``). Every feature has a row of a table; the rows of a text are added up and
divided by the root of their number, a sum below nought counts for nothing, and the rest is weighed. So features count
together with others, which no list of pairs could name, and still each one's share in the log-odds of a text is exact:
with the sums that count settled, the model is linear. The table holds whole numbers, so that a sum does not depend on
the order of its parts. Looking rows up takes a tenth of the time of making a spaCy document for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from nlp.gram_tree import GramTree, add_gram
from nlp.model_features import (
    FURTHEST_APART,
    MOST_SIZES,
    NEAREST_APART,
    Looked,
    Typed,
    letters_of,
    network_features_of,
)

FILE_NAME: Final = "advert_network.msgpack.zst"
_MAX_SPELLED: Final = 16_384
"""Words whose letters are remembered added up: 2 MB."""

_Floats: TypeAlias = npt.NDArray[np.float64]


class NetworkFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``model-`` and a digest of corpora, lexicons and configuration that it was trained with.
        features: As ``nlp.model_features.network_features_of`` names them, sorted.
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


_NO_ROW: Final = -1
_REACH: Final = FURTHEST_APART - NEAREST_APART + 1


class NetworkModel:
    """Weighs what the model sees of a text."""

    def __init__(self, stored: NetworkFile) -> None:
        self.version = stored.version
        self._units = np.array(stored.units)
        self._starts = np.array(stored.starts)
        self._weights = np.array(stored.weights)
        self._bias = stored.bias
        self._width = len(stored.units)
        self._count = len(stored.features)
        # One column more: how many features a row stands for.
        self._table = np.zeros((self._count + _MAX_SPELLED, self._width + 1), np.int32)
        octets = np.frombuffer(stored.rows, np.int8).reshape(self._count, self._width)
        self._table[: self._count, : self._width] = octets
        self._table[: self._count, self._width] = 1
        self._words: GramTree[int] = {}
        self._classes: GramTree[int] = {}
        self._facts: dict[str, int] = {}
        self._letters: dict[str, int] = {}
        self._apart: dict[str, dict[str, int]] = {}
        self._spelled: dict[str, int] = {}
        for row, feature in enumerate(stored.features):
            self._place(feature, row)

    def log_odds(self, looked: Looked, typed: Typed) -> float:
        """Return the log-odds of an advert."""
        rows = self._rows(looked, typed)
        if not rows:
            return self._of_sums(self._starts)
        added = self._table.take(rows, axis=0).sum(axis=0, dtype=np.int32)
        count = int(added[-1])
        return self._of_sums(self._sums(added[:-1], count)) if count else self._of_sums(self._starts)

    def parts(self, looked: Looked, typed: Typed) -> dict[str, float]:
        """Return each feature that counted with its log-odds, the weightiest first: what an explanation shows.

        With what the model gives a text without features, they add up to the log-odds. The letters of a word are one.
        """
        self._rows(looked, typed)  # so that every word has its row
        known = {
            **{feature: row for feature, row in self._named(network_features_of(looked, typed)) if feature[0] != "l"},
            **{f"l:{word}": self._row_of(word) for word in typed.spelled},
        }
        rows = self._table[list(known.values())]
        count = int(rows[:, -1].sum()) if known else 0
        if not count:
            return {}
        sums = self._sums(rows[:, :-1].sum(axis=0), count)
        of_sums = self._weights * (sums > 0.0) * self._units / count**0.5
        shares = rows[:, :-1] @ of_sums
        found = {feature: float(share) for feature, share in zip(known, shares, strict=True) if share}
        return dict(sorted(found.items(), key=lambda item: (-abs(item[1]), item[0])))

    def _sums(self, added: npt.NDArray[Any], count: int) -> _Floats:
        sums: _Floats = added * self._units / count**0.5 + self._starts
        return sums

    def _of_sums(self, sums: _Floats) -> float:
        return float(np.maximum(sums, 0.0) @ self._weights) + self._bias

    def _place(self, feature: str, row: int) -> None:
        kind, name = feature[0], feature[2:]
        if kind == "f":
            self._facts[name] = row
        elif kind == "l":
            self._letters[name] = row
        elif kind == "a":
            one, _, other = name.partition(" ")
            self._apart.setdefault(one, {})[other] = row
        else:
            add_gram(self._words if kind == "w" else self._classes, name.split(" "), row, _NO_ROW)

    def _named(self, features: Iterable[str]) -> Iterable[tuple[str, int]]:
        for feature in features:
            row = self._row_named(feature[0], feature[2:])
            if row != _NO_ROW:
                yield feature, row

    def _row_named(self, kind: str, name: str) -> int:
        if kind == "f":
            return self._facts.get(name, _NO_ROW)
        if kind == "a":
            one, _, other = name.partition(" ")
            return self._apart.get(one, {}).get(other, _NO_ROW)
        node, row = self._words if kind == "w" else self._classes, _NO_ROW
        for word in name.split(" "):
            row, node = node.get(word, (_NO_ROW, {}))
        return row

    def _rows(self, looked: Looked, typed: Typed) -> list[int]:
        """Return the rows of a text, each once."""
        words, facts, apart = looked.words, self._facts, self._apart
        rows: Iterable[int]
        rows = found = [facts[fact] for fact in (*looked.facts, *looked.steps, *typed.typing) if fact in facts]
        _gather(words, self._words, found)
        _gather(looked.classes, self._classes, found)
        for at, word in enumerate(words, NEAREST_APART):
            others = apart.get(word)
            if others is not None:
                found += [others[other] for other in words[at : at + _REACH] if other in others]
        if len(set(words)) < len(words) or len(set(looked.classes)) < len(looked.classes):
            # Only where words repeat may stretches and pairs.
            rows = dict.fromkeys(found)
        spelled, row_of = self._spelled, self._row_of
        if len(spelled) + len(typed.spelled) > _MAX_SPELLED:
            # Before the first word of the text is looked up, so that no row of this text is given away again.
            spelled.clear()
        return [*rows, *[spelled[word] if word in spelled else row_of(word) for word in typed.spelled]]

    def _row_of(self, word: str) -> int:
        """Return the row that holds the letters of a word added up."""
        row = self._spelled.get(word)
        if row is None:
            if len(self._spelled) >= _MAX_SPELLED:
                self._spelled.clear()
            row = self._count + len(self._spelled)
            letters = self._letters
            self._table[row] = self._table[[letters[each] for each in letters_of(word) if each in letters]].sum(axis=0)
            self._spelled[word] = row
        return row


def _gather(sequence: Sequence[str], root: GramTree[int], rows: list[int]) -> None:
    """Add the rows of all stretches that have one."""
    for at, first in enumerate(sequence, 1):
        found = root.get(first)
        if found is not None:
            row, node = found
            if row >= 0:
                rows.append(row)
            if node:
                for word in sequence[at : at + MOST_SIZES - 1]:
                    found = node.get(word)
                    if found is None:
                        break
                    row, node = found
                    if row >= 0:
                        rows.append(row)
