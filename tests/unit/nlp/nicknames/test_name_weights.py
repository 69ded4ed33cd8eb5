"""A weight, and a word of greeting behind a name, are none of the name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("0.2s both colours shop is open dont miss out!", None),
        ("FRESH ONES IN... 0.2S BOTH COLOURS", None),
        ("point 2s both colours on now", None),
        ("Deno 0.2s both colours shop is open", "Deno"),
        ("Deno 0 2s both on", "Deno"),
        ("Lenny 0.2s on all day", "Lenny"),
        ("Best of both just landed its LENNY 0.2s both colours no tick", "Lenny"),
        ("Deno .5s for 25 both on all day", "Deno"),
        ("Rico halves 40 both on", "Rico"),
    ],
)
def test_a_weight_is_no_name_and_ends_none(find: Find, text: str, line: str | None) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("J9 on both 3 for 25", "J9"),
        ("J.9 24hr Uxbridge. White 1-50 2-90", "J 9"),
        ("Mo 2 on both 3 for 25", "Mo 2"),
        ("Cloud 9 on both 3 for 25", "Cloud 9"),
        ("808 on both 3 for 25", "808"),
        ("Point Blank on both 3 for 25", "Point Blank"),
        ("Quarters line is on, both 3 for 25", "Quarters"),
        ("its Halves, on with both 3 for 25", "Halves"),
        ("Better Halves on both 3 for 25", "Better Halves"),
    ],
)
def test_a_figure_is_a_names_own(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ash morning live 0.2s both colours dont miss out", "Ash"),
        ("Zippo morning on with both 3 for 25", "Zippo"),
        ("Ash evening all, both on 3 for 25", "Ash"),
        ("its Ash Morning, both on 3 for 25", "Ash Morning"),
        ("Morning line is on, both, 3 for 25", "Morning"),
        ("Good Evening on, both 3 for 25", "Good Evening"),
        ("Monday Morning on both 3 for 25", "Monday Morning"),
        ("Marina Boys on both 3 for 25", "Marina Boys"),
    ],
)
def test_a_greeting_behind_a_name_is_none_of_it(find: Find, text: str, line: str) -> None:
    assert find(text).line == line
