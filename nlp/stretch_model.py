"""The trained model of stretches: which words of an advert are an offer, which a place.

Each word has one label: outside, the beginning of a stretch, inside one. The labels of a text are chosen together, by
the weights of what ``nlp.stretch_features`` sees at each word and of each label behind another (Viterbi 1967; the
weights by an averaged perceptron, Collins 2002: ``nlp.training.train_stretches``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from nlp.model_files import shipped_file
from nlp.stretch_features import KINDS, Part

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
"""Parts of which the sums are remembered."""

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


class _Sums(dict[Part, Scores]):
    """What each part adds to each label, filled as parts are met; empty: nothing."""

    def __init__(self, weights: Mapping[str, Scores], features_of_part: Callable[[Part], list[str]]) -> None:
        super().__init__()
        self._weights = weights
        self._features_of_part = features_of_part

    def __missing__(self, part: Part) -> Scores:
        if len(self) >= _MAX_SEEN:
            self.clear()
        known = [self._weights[name] for name in self._features_of_part(part) if name in self._weights]
        total = self[part] = [sum(column) for column in zip(*known, strict=True)] if known else []
        return total


class StretchModel:
    """Labels words."""

    def __init__(self, stored: StretchModelFile, features_of_part: Callable[[Part], list[str]]) -> None:
        self.version = stored.version
        self.openers = frozenset(stored.openers)
        self._steps = stored.steps
        self._sums = _Sums(stored.weights, features_of_part)

    def labels(self, parts: Sequence[Sequence[Part]]) -> list[int]:
        """Return the label of each word, as a number of ``LABELS``."""
        sums = self._sums
        scores = []
        for own in parts:
            columns = [added for part in own if (added := sums[part])]
            scores.append([sum(column) for column in zip(*columns, strict=True)] if columns else [0.0] * len(LABELS))
        return best_labels(scores, self._steps)


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
