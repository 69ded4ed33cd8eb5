"""Variants of a wording under each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reports.variants import aligned

WORDS = st.lists(st.sampled_from(["a", "b", "c", "A", "on", "25", "💊"]), max_size=8)


def test_what_differs_stands_in_columns_of_its_own() -> None:
    texts = ("Rico on both 3 for 25 bell me", "RICO on light 3 for 20 bell me", "rico on both 3 for 25 call me")
    found = aligned(texts)
    assert found is not None
    assert found.is_constant == (True, False, True, False, True)
    assert found.rows[0] == ("Rico on", "both", "3 for", "25 bell", "me")
    assert found.rows[1] == ("RICO on", "light", "3 for", "20 bell", "me")
    assert found.rows[2] == ("rico on", "both", "3 for", "25 call", "me")


def test_a_word_more_has_a_place_and_nothing_is_lost() -> None:
    found = aligned(["on both now", "on both right now", "both now"])
    assert found is not None
    assert [" ".join(filter(None, row)) for row in found.rows] == ["on both now", "on both right now", "both now"]


@pytest.mark.parametrize("texts", [[], ["one"], ["", "x"], ["word " * 81, "word"]])
def test_what_cannot_be_compared_is_not(texts: list[str]) -> None:
    assert aligned(texts) is None


@given(st.lists(WORDS.map(" ".join), min_size=2, max_size=5))
def test_every_word_of_every_text_stands_once_and_in_order(texts: list[str]) -> None:
    found = aligned(texts)
    if found is not None:
        assert [" ".join(" ".join(row).split()) for row in found.rows] == texts
        assert {len(row) for row in found.rows} == {len(found.is_constant)}
        for place, is_constant in enumerate(found.is_constant):
            assert (len({row[place].casefold() for row in found.rows}) == 1) == is_constant
