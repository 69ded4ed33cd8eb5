"""A text that says what a line was called before names the line as it is called now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ex Young Frank now Tango, new number 07700900868, same people, both on", "Tango"),
        ("formerly Rico now Vegas, both on 3 for 25", "Vegas"),
        ("used to be Dizzy, its Marlo now, both on", "Marlo"),
        ("Rico no more, we Vegas now, both on 3 for 25", "Vegas"),
        ("Rico is now called Ash, both on 3 for 25", "Ash"),
        ("we are Vegas now, Rico is finished, both on", "Vegas"),
        ("Boxer line is finished he sold up. Rico will look after u 07700900123 3 for 25", "Rico"),
        ("name and number changing, Otis on 07700 900762, was Young Tango", "Otis"),
        ("changed name from Westie to Otter, same people", "Otter"),
        ("changed our name from Manny B to Lexi, same number, both on", "Lexi"),
        ("Copper has taken over from Mango, same number, both", "Copper"),
        ("we have moved from Rico to Tyson Street, both on 3 for 25", "Rico"),
        ("from today we go by Marlo not Stretch. same number same food 3 for 25", "Marlo"),
    ],
)
def test_the_name_that_a_line_has_now_is_its_name(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    "text",
    [
        "Rico is now on both 3 for 25",
        "Rico is now open til late both",
        "Rico is done for tonight, both back at 10",
        "no more waiting, Rico got both",
        "Rico no more waiting on both",
        "Rico on both, was shut, 3 for 25",
    ],
)
def test_a_text_that_gives_no_other_name_keeps_the_one_it_has(find: Find, text: str) -> None:
    assert find(text).line == "Rico"
