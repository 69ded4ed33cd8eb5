"""The name right behind what an offer begins with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Match day deal Bishop: 7 for 50 of b n w", "Bishop"),
        ("Match day deal RB: 7 for 50 of b n w", "RB"),
        ("Early bird Kano, 3 for 25, b&w, b4 10 only", "Kano"),
        ("BIG ONES ALL DAY RB, 3 FOR 20", "RB"),
        ("cold one today let Macca come to u", "Macca"),
    ],
)
def test_a_phrase_of_an_offer_introduces_a_name(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    "text",
    [
        "Early bird special, 3 for 25 both",
        "Early bird Saturday, 3 for 25 both",
        "all day Sunday, 3 for 20 both",
        "All day Millgate, 3 for 20 both",
        "big ones all day lads, 3 for 20",
        "match day deal boys: 7 for 50 b n w",
        "early bird customers, 3 for 25 b&w",
        "payday deal everything, 5 for 40 both",
        "all day strong 2 for 15 both",
        "let ur mate come to u, both",
    ],
)
def test_what_else_stands_there_is_none(find: Find, text: str) -> None:
    found = find(text)
    assert (found.is_advert, found.line) == (True, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Domino and team out 10 til 10, 2 for 15", "Domino"),
        ("PABLO AND TEAM OUT 10 TIL 10, 2 FOR 15", "Pablo"),
        ("EVENIN JONNY BOTH ON", "Jonny"),
        ("Evening Jonny both on", "Jonny"),
        ("Two Phones on both 2 for 15", "Two Phones"),
        ("Pie n Peas out 2 for 15 both", "Pie N Peas"),
    ],
)
def test_greetings_and_a_team_are_no_part_of_a_name(find: Find, text: str, line: str) -> None:
    assert find(text).line == line
