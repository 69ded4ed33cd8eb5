"""What is on, what is sold, a cry, who speaks and a place stand where names do, and are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.analysis import Analyser
from nlp.training.score import settled_over
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the fights on n so are we, 6 for 50 til the bell", None),
        ("gears on proper stuff Nelson and Colne 2 for 15", None),
        ("b n w here til sunday, after that ur on ur own aaagh", None),
        ("b n w landed warya dont sleep, 2 4 15", None),
        ("bexhill on too now", None),
        ("quality in the sticks, pebbles 8 each, B 12", None),
        ("tiko k on me duck. 2 for 15. braunstone new parks", "Tiko K"),
    ],
)
def test_what_says_something_else_is_no_name(find: Find, text: str, line: str | None) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Derby on both til late, 3 for 25", "Derby"),
        ("Wes on both til late, 3 for 25", "Wes"),
        ("Dexys on both til late, 3 for 25", "Dexys"),
        ("Bexhill on both til late, 3 for 25", "Bexhill"),
        ("its Wee Man on both til late, 3 for 25", "Wee Man"),
        ("Juno new number, both on 3 for 25", "Juno"),
        ("The Race on both 3 for 25", "Race"),
        ("Snows on both til late, 3 for 25", "Snows"),
        ("Stiff new town number 07700900123", "Stiff"),
        ("Chief new street number both on 3 for 25", "Chief"),
        ("Tango new st phone on both 3 for 25", "Tango"),
    ],
)
def test_such_a_word_is_a_name_elsewhere(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("No tick no swaps no phones. Cash. Jay R is open", "Jay R"),
        ("yes bab jay-r about wellington tonight, 2 for 15 bostin", "Jay R"),
        ("JAY R IN TOWN QUICK LINK B+W", "Jay R"),
        ("CATCH JAY R BEFORE 9 AND GET 3 4 24 BOTH", "Jay R"),
        ("JAY R U ON TONIGHT BOTH 3 FOR 25", "Jay"),
        ("HARRY N CHARLIE R 2 DIFF PPL. HARRYS ON", "Harry"),
        ("jay r u on tonight, both til late 3 for 25", "Jay"),
        ("Jay & Mick R active 24/7 3 for 25 both", "Jay & Mick"),
        ("Rico R U ready both on 3 for 25", "Rico"),
        ("Rico-R-U-S both on 3 for 25", "Rico"),
        ("Rico R we on yes we are both 3 for 25", "Rico"),
    ],
)
def test_an_r_behind_a_name_is_its_letter_where_it_is_written_as_one(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


def test_who_speaks_behind_a_name_is_no_part_of_it(analyser: Analyser) -> None:
    texts = [
        "yo its brix man's back in town food is banging 2 for 15 3 for 25 bell me",
        "yo its Brix mans back in town food is bangin 3 for 20 bell me",
        "BRIX. ON. BOTH. TIL LATE.",
        "save dis 07700 900102 old ting gettin binned 2nite - Brix",
    ]
    assert {finding.line for finding in settled_over(analyser, texts)} == {"Brix"}


@pytest.mark.parametrize("text", ["running low on w", "runnin short on b", "gettin low on w"])
def test_what_is_said_of_what_is_left_is_no_name(analyser: Analyser, text: str) -> None:
    """A runner tells whoever holds the line; read as a name it made a line of him."""
    (finding,) = analyser.find([text])
    assert finding.line is None


def test_what_a_runner_tells_of_what_is_left_is_no_advert(analyser: Analyser) -> None:
    assert [finding.is_advert for finding in analyser.find(["running low on w", "runnin low on b bro"])] == [False] * 2


@pytest.mark.parametrize(("text", "line"), [("Low Key on both 3 for 25", "Low Key"), ("Shorty on both", "Shorty")])
def test_names_that_begin_with_such_words_stay(analyser: Analyser, text: str, line: str) -> None:
    (finding,) = analyser.find([text])
    assert finding.line == line
