"""Stretches: the offers and the places of an advert, as a trained model delimits what the rules propose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.components.component import Component
from nlp.lexicons import Lexicons
from nlp.readings import Mark, Reading
from nlp.spans.stretch_features import KINDS, StretchFeatures
from nlp.spans.stretch_model import StretchModel, StretchModelFile, stretches
from parsers.records.findings import SpanKind

RULE: Final = "stretches/1"
_REPLACED: Final = frozenset(KINDS.values())
_THRESHOLD: Final = re.compile(r"min(?:imum)?\b.{0,20}?\d")
"""What the rules mark whole: a sum that must be spent (``min 20``). Half of the authors of the batches mark it; the
contract of the analysis counts it as an offer."""

_NO_OFFER: Final = "free"
"""Alone it says that somebody has time: "free all day"."""


class Stretches(Component):
    """Marks offers and places in place of those proposed."""

    def __init__(self, lexicons: Lexicons, stored: StretchModelFile) -> None:
        self._features = StretchFeatures(lexicons)
        self._model = StretchModel(stored, self._features.features_of_part)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        self.read_all([reading])

    def read_all(self, readings: Sequence[Reading]) -> None:
        """Write to the readings, which are labelled together: in a third of the time."""
        asked = [reading for reading in readings if reading.is_advert and self._may_have_any(reading)]
        adverts = [self._features.columns(reading) for reading in asked]
        for reading, columns, labels in zip(asked, adverts, self._model.labels(adverts), strict=True):
            _replace(reading, columns.tokens, labels)

    def _may_have_any(self, reading: Reading) -> bool:
        words = reading.glossed or reading.words
        return not self._model.openers.isdisjoint(words) or any(mark.kind in _REPLACED for mark in reading.marks)


def _replace(reading: Reading, tokens: Sequence[int], labels: Sequence[int]) -> None:
    """Put the stretches that labels tell in place of what the rules propose."""
    learned = [
        Mark(KINDS[kind], reading.starts[tokens[first]], reading.ends[tokens[last]], None, RULE)
        for kind, first, last in stretches(labels)
        if first != last or reading.words[tokens[first]] != _NO_OFFER
    ]
    reading.marks = [
        mark for mark in reading.marks if mark.kind not in _REPLACED or _is_left_out(reading, mark, learned)
    ]
    reading.marks += learned


def _is_left_out(reading: Reading, mark: Mark, learned: list[Mark]) -> bool:
    """Whether a mark of the rules is a sum that must be spent, and nothing that was learned touches it."""
    if mark.kind is not SpanKind.OFFER or _THRESHOLD.match(reading.shadow.lower, mark.start, mark.end) is None:
        return False
    return all(each.end <= mark.start or mark.end <= each.start for each in learned)
