"""The regression that trains the span models."""

from __future__ import annotations

import pytest

from nlp.training.logistic import Example, fitted, lines


def rows(batch: str) -> list[Example]:
    """Nine examples: what is "off" is right, whatever colour it has."""
    seen = [("off brown", True), ("off white", True), ("off brown", True), ("a brown", False), ("a white", False)]
    seen += [("a brown", False), ("off white", True), ("a white", False), ("the brown", False)]
    return [Example(batch, "texts", words.split(), is_right) for words, is_right in seen]


def test_what_tells_weighs_and_what_does_not_weighs_little() -> None:
    model = fitted([*rows("a"), *rows("b")])
    assert model.log_odds(["off", "brown"]) > 1 > -1 > model.log_odds(["a", "brown"])
    assert abs(model.weights.get("brown", 0.0)) < abs(model.weights["off"]) / 2


def test_a_feature_of_a_single_example_is_not_weighed() -> None:
    model = fitted([*rows("a"), Example("a", "texts", ["once"], is_right=True)])
    assert "once" not in model.weights
    assert model.log_odds(["never seen"]) == pytest.approx(model.bias)


def test_lines_are_chosen_on_what_was_left_out() -> None:
    found = lines([row for batch in "abcdef" for row in rows(batch)])
    assert found["texts"].f1 == 1.0
    assert (found["texts"].right, found["texts"].there) == (24, 24)


def test_examples_without_a_group_are_trained_on_and_not_counted() -> None:
    ungrouped = [Example("g", "", ["a", "brown"], is_right=False, weight=0.5)] * 4
    found = lines([*(row for batch in "abcdef" for row in rows(batch)), *ungrouped])
    assert set(found) == {"texts"}
