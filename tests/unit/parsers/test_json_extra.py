"""What no field holds is kept within bounds, whatever an element holds."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from parsers.json_decoding import Json
from parsers.json_extra import others

VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
)


def test_many_and_long_ones_are_said_to_be() -> None:
    held: dict[str, Json] = {"a": list(range(100_000)), "b": "x"}
    found = list(others(held, held))
    assert found[:2] == [("a", "0"), ("a", "1")]
    assert (len(found), found[-1]) == (101, ("further values", "whole in the original"))
    ((name, text),) = others({"k" * 90: "x" * 2_001}, ["k" * 90])
    assert len(name) < 90
    assert text.endswith("(2001 characters, whole in the original)")


def test_nested_without_end() -> None:
    value: Json = "x"
    for _ in range(200):
        value = {"a": value}
    ((name, text),) = others({"a": value}, ["a"])
    assert name == ".".join("a" * 9)
    assert json.loads(text[: text.rindex("}") + 1])


def test_a_text_as_stored_may_mean_another() -> None:
    assert list(others({"a": ["b"]}, ["a"], str.upper)) == [("A", "B")]


@given(st.dictionaries(st.text(), VALUES, max_size=8))
def test_every_text_of_a_few_is_there(held: dict[str, Json]) -> None:
    found = list(others(held, held))
    assert len(found) <= 101
    plain = [value for value in held.values() if isinstance(value, str) and value]
    if len(found) <= 100:
        texts = [text for _, text in found]
        assert all(text in texts for text in plain)
