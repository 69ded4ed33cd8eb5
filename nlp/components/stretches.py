"""Stretches: the offers and the places of an advert, as a trained model delimits what the rules propose."""

from __future__ import annotations

from typing import Final

from nlp.components.component import Component
from nlp.lexicons import Lexicons
from nlp.readings import Mark, Reading
from nlp.stretch_features import KINDS, StretchFeatures
from nlp.stretch_model import StretchModel, StretchModelFile, stretches

RULE: Final = "stretches/1"
_REPLACED: Final = frozenset(KINDS.values())


class Stretches(Component):
    """Marks offers and places in place of those proposed."""

    def __init__(self, lexicons: Lexicons, stored: StretchModelFile) -> None:
        self._features = StretchFeatures(lexicons)
        self._model = StretchModel(stored, self._features.features_of_part)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        if not reading.is_advert or not self._may_have_any(reading):
            return
        tokens, parts = self._features.look(reading)
        found = stretches(self._model.labels(parts))
        reading.marks = [mark for mark in reading.marks if mark.kind not in _REPLACED]
        for kind, first, last in found:
            start, end = reading.starts[tokens[first]], reading.ends[tokens[last]]
            reading.marks.append(Mark(KINDS[kind], start, end, None, RULE))

    def _may_have_any(self, reading: Reading) -> bool:
        words = reading.glossed or reading.words
        return not self._model.openers.isdisjoint(words) or any(mark.kind in _REPLACED for mark in reading.marks)
