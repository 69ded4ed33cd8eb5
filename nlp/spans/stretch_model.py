"""The trained model of stretches: which words of an advert are an offer, which a place.

Each word has one label: outside, the beginning of a stretch, inside one. The labels of a text are chosen together, by
the weights of what ``nlp.spans.stretch_features`` sees at each word and of each label behind another (Viterbi 1967; the
weights by an averaged perceptron, Collins 2002: ``nlp.training.train_stretches``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from nlp.model_files import shipped_file
from nlp.spans.stretch_features import (
    KINDS,
    Columns,
    Part,
    part_of_forms,
    part_of_own,
    part_of_rules,
    parts_of_pair,
    parts_of_word,
)

FILE_NAME: Final = "stretch_model.msgpack.zst"
OUTSIDE: Final = 0
LABELS: Final = ("", *(f"{begins}{name}" for name in KINDS for begins in "<-"))
"""``<place`` begins a stretch, ``-place`` goes on with it; the first is for words outside."""

MAY_FOLLOW: Final = tuple(
    tuple(
        at
        for at, before in enumerate(LABELS)
        if not label.startswith("-") or (before[1:] == label[1:] and before != "")
    )
    for label in LABELS
)
"""For each label, those behind which it may stand."""

_OPENING: Final = tuple(at for at, label in enumerate(LABELS) if not label.startswith("-"))
_NEVER: Final = -1e9
_MAX_SEEN: Final = 50_000
"""Words, pairs and so on of which it is remembered where the sums of their parts lie."""
_MAX_ROWS: Final = 131_072
"""Parts of which the sums are remembered: 5 MB. A text that alone has more is labelled all the same."""
_FEWEST_ROWS: Final = 8192
_PARTS: Final = 11
"""Parts that a word can have."""
_MOST_TOGETHER: Final = 4
"""Parts whose sums lie side by side."""

SeenT = TypeVar("SeenT", bound=Hashable)

Scores = list[float]


class StretchModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is stored.

    Attributes:
        version: ``stretches-`` and a digest of the weights.
        openers: Words that tell of a stretch: one time in twenty it begins with them or right behind them. An advert
            that has none of them, and in which the rules propose no stretch, is passed over;
            ``nlp.training.train_stretches`` prints how many of the adverts and of the stretches are looked at.
        steps: For each label, what it adds behind each label.
        weights: What a feature adds to each label.
    """

    version: str
    openers: list[str]
    steps: list[Scores]
    weights: dict[str, Scores]


class StretchModel:
    """Labels words. Keeps what is seen; not for use from two threads at once."""

    def __init__(self, stored: StretchModelFile, features_of_part: Callable[[Part], list[str]]) -> None:
        self.version = stored.version
        self.openers = frozenset(stored.openers)
        self._steps = np.full((len(LABELS), len(LABELS)), -np.inf)
        for label, allowed in enumerate(MAY_FOLLOW):
            for before in allowed:
                self._steps[label, before] = stored.steps[label][before]
        self._sums = _Sums(stored.weights, features_of_part)
        sums = self._sums
        self._own: _Seen[tuple[str, str]] = _Seen(sums, lambda seen: [part_of_own(seen)])
        self._words = _Seen(sums, parts_of_word)
        self._pairs = _Seen(sums, parts_of_pair)
        self._forms: _Seen[tuple[str, ...]] = _Seen(sums, lambda seen: [part_of_forms(seen)])
        self._rules: _Seen[tuple[str, ...]] = _Seen(sums, lambda seen: [part_of_rules(seen)])

    def labels(self, adverts: Sequence[Columns]) -> list[list[int]]:
        """Return the label of each word of each advert, as a number of ``LABELS``."""
        found: list[list[int]] = []
        rows: list[npt.NDArray[np.int64]] = []
        for columns in adverts:
            if not self._sums.has_room(_PARTS * len(columns.words)):
                found += self._labels(rows)
                rows = []
                self._forget()
            rows.append(self._rows(columns))
        return found + self._labels(rows)

    def _forget(self) -> None:
        for seen in (self._own, self._words, self._pairs, self._forms, self._rules):
            seen.clear()
        self._sums.clear()

    def _rows(self, columns: Columns) -> npt.NDArray[np.int64]:
        """Return where the scores of each part of each word lie: a column a word, parts in their order."""
        words, forms, rules = columns.words, columns.forms, columns.rules
        count = len(columns.shapes)
        own = map(self._own.__getitem__, zip(words[2:], columns.shapes, strict=False))
        of_word = np.fromiter(map(self._words.__getitem__, words), np.int64, count + 4)
        of_pair = np.fromiter(map(self._pairs.__getitem__, pairwise(words)), np.int64, count + 3)
        in_forms = zip(forms, forms[1:], forms[2:], words[1:], words[3:], strict=False)
        rows = np.zeros((_PARTS, count), np.int64)
        rows[0] = np.fromiter(own, np.int64, count)
        for place, first in enumerate((1, 3, 0, 4)):
            rows[1 + place] = of_word[first : first + count] + place
        for place, first in enumerate((1, 2, 0, 3)):
            rows[5 + place] = of_pair[first : first + count] + place
        rows[9] = np.fromiter(map(self._forms.__getitem__, in_forms), np.int64, count)
        if any(rules):
            in_rules = zip(rules, rules[1:], rules[2:], words[1:], words[2:], strict=False)
            rows[10] = np.fromiter(map(self._rules.__getitem__, in_rules), np.int64, count)
        return rows

    def _labels(self, rows: Sequence[npt.NDArray[np.int64]]) -> list[list[int]]:
        """Return the labels of adverts by where their scores lie."""
        if not rows:
            return []
        known = self._sums.scores
        together = np.concatenate(rows, axis=1)
        scores = known[together[0]]
        for place in range(1, _PARTS):
            # One after the other, so that a sum does not depend on the adverts beside it.
            scores += known[together[place]]
        return _best_of_several(scores, [each.shape[1] for each in rows], self._steps)


class _Sums:
    """What parts add to each label, row by row. The first rows are of what adds nothing.

    Attributes:
        scores: The rows.
    """

    def __init__(self, weights: Mapping[str, Scores], features_of_part: Callable[[Part], list[str]]) -> None:
        self._weights = weights
        self._features_of_part = features_of_part
        self.scores = np.zeros((_FEWEST_ROWS, len(LABELS)))
        self._used = _MOST_TOGETHER

    def has_room(self, count: int) -> bool:
        """Whether so many parts can be added."""
        return self._used + count <= _MAX_ROWS

    def clear(self) -> None:
        """Forget all parts."""
        self._used = _MOST_TOGETHER

    def place(self, parts: Sequence[Part]) -> int:
        """Add parts side by side and return where the first one lies."""
        sums = [self._sum(part) for part in parts]
        if not any(sums):
            return 0
        first = self._used
        self._used += len(parts)
        if self._used > len(self.scores):
            self.scores = np.concatenate((self.scores, np.zeros_like(self.scores)))
        for at, total in enumerate(sums, first):
            self.scores[at] = total or 0.0
        return first

    def _sum(self, part: Part) -> Scores:
        known = [self._weights[name] for name in self._features_of_part(part) if name in self._weights] if part else []
        return [sum(column) for column in zip(*known, strict=True)] if known else []


class _Seen(dict[SeenT, int]):
    """Where the scores of what is seen lie, filled as it is met."""

    def __init__(self, sums: _Sums, parts_of: Callable[[SeenT], Sequence[Part]]) -> None:
        super().__init__()
        self._sums = sums
        self._parts_of = parts_of

    def __missing__(self, seen: SeenT) -> int:
        place = self._sums.place(self._parts_of(seen))
        if len(self) >= _MAX_SEEN:
            # Rows that are given out stay what they are.
            self.clear()
        self[seen] = place
        return place


def _best_of_several(
    scores: npt.NDArray[np.float64], lengths: Sequence[int], steps: npt.NDArray[np.float64]
) -> list[list[int]]:
    """Return what ``best_labels`` gives for several texts, whose scores follow each other.

    Args:
        scores: For each word, what each label scores there.
        lengths: Words of each text.
        steps: For each label, what it scores behind each label; less than anything where it may not stand.
    """
    starts = np.cumsum([0, *lengths[:-1]])
    order = np.argsort([-length for length in lengths], kind="stable")
    firsts, counts = starts[order], np.array(lengths)[order]
    most = int(counts[0])
    # How many texts, the longest first, have a word at each place.
    reaching = np.searchsorted(-counts, -np.arange(most), side="left")
    texts = int(reaching[0]) if most else 0
    current = np.full((texts, len(LABELS)), _NEVER)
    current[:, _OPENING] = scores[firsts[:texts]][:, _OPENING]
    ways = [np.zeros((texts, len(LABELS)), np.intp)]
    for at in range(1, most):
        alive = int(reaching[at])
        totals = current[:alive, np.newaxis, :] + steps
        way = totals.argmax(axis=2)
        ways.append(way)
        reached = np.take_along_axis(totals, way[:, :, np.newaxis], axis=2)[:, :, 0]
        current[:alive] = reached + scores[firsts[:alive] + at]
    label = current.argmax(axis=1)
    labels = np.zeros((most, texts), np.intp)
    for at in range(most - 1, -1, -1):
        alive = int(reaching[at])
        labels[at, :alive] = label[:alive]
        label[:alive] = ways[at][np.arange(alive), label[:alive]]
    found: list[list[int]] = [[] for _ in lengths]
    for column, (text, count) in enumerate(zip(order.tolist(), counts.tolist(), strict=True)):
        if count:
            found[text] = labels[:count, column].tolist()
    return found


def best_labels(scores: Sequence[Scores], steps: Sequence[Scores]) -> list[int]:
    """Return the labels that together score best.

    Args:
        scores: For each word, what each label scores there.
        steps: For each label, what it scores behind each label.
    """
    if not scores:
        return []
    current = [score if at in _OPENING else _NEVER for at, score in enumerate(scores[0])]
    ways: list[list[int]] = []
    for own in scores[1:]:
        way, reached = [], []
        for label, (score, step, allowed) in enumerate(zip(own, steps, MAY_FOLLOW, strict=True)):
            best = label if label in allowed else OUTSIDE
            most = _NEVER * 2
            for before in allowed:
                total = current[before] + step[before]
                if total > most:
                    most, best = total, before
            way.append(best)
            reached.append(most + score)
        ways.append(way)
        current = reached
    label = current.index(max(current))
    path = [label]
    for way in reversed(ways):
        label = way[label]
        path.append(label)
    return path[::-1]


def stretches(labels: Sequence[int]) -> list[tuple[str, int, int]]:
    """Return the stretches that labels tell: kind, first word, last word (included)."""
    found: list[tuple[str, int, int]] = []
    for at, number in enumerate(labels):
        label = LABELS[number]
        if label.startswith("<"):
            found.append((label[1:], at, at))
        elif label and found:
            kind, first, _ = found[-1]
            found[-1] = (kind, first, at)
    return found


@cache
def shipped_stretch_file() -> StretchModelFile:
    """Return the model that is shipped, as it is stored."""
    return shipped_file(FILE_NAME, StretchModelFile)
