"""What marks tell apart is apart: no two wordings with enough in common are lost, and few others are left."""

from __future__ import annotations

import random

import numpy as np
import pytest

from nlp.templates import families
from nlp.templates.families import MIN_SHARED, group_templates
from nlp.templates.stretch_marks import StretchMarks


def _written(draw: random.Random, count: int, vocabulary: int) -> str:
    words = ["".join(draw.choices("bdfklmnrst", k=2)) + str(place) for place in range(vocabulary)]
    return " ".join(draw.choices(words, k=count))


def _of(text: str) -> frozenset[str]:
    return families._stretches(text, {})


@pytest.mark.parametrize("seed", range(3))
def test_no_two_wordings_with_enough_in_common_are_lost(seed: int) -> None:
    draw = random.Random(seed)
    texts = [_written(draw, 90, 400) for _ in range(12)]
    for text in texts[:8]:
        words = text.split()
        texts += [" ".join(words[changed:] + _written(draw, changed, 400).split()) for changed in (5, 25, 45, 60)]
    marks = StretchMarks(texts, _of, MIN_SHARED)
    for row in range(len(texts)):
        columns = np.arange(len(texts))
        shared = {at for at in range(len(texts)) if families._shared(texts[row], texts[at], {}) >= MIN_SHARED}
        assert shared <= set(marks.open_pairs(row, columns).tolist())


def test_of_many_long_wordings_that_are_unlike_hardly_two_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)
    texts = {f"t-{place:03}": _written(draw, 200, 5_000) for place in range(120)}
    texts["t-200"] = f"{texts['t-007']} today"
    compared = 0
    cdist = families.process.cdist

    def counted(rows: list[str], columns: list[str], **options: object) -> object:
        nonlocal compared
        compared += len(rows) * len(columns)
        return cdist(rows, columns, **options)

    monkeypatch.setattr("nlp.templates.near_pairs.process.cdist", counted)
    groups = group_templates(texts)
    assert {each for each, name in groups.items() if name != each} == {"t-200"}
    assert compared < len(texts)
