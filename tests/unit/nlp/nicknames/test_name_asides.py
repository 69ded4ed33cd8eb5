"""The weather, the day and whom a text greets stand in a name's place and are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Morning mate Pourin outside, tango is on early, 3 for 25, call this fone when ur ready", "Tango"),
        ("Morning bro Freezing as hell outside, tango is on early, 2 for 20, call this fone", "Tango"),
        ("Fresh batch in, Bear, 3 for 25 b or w. Get in early dont leave it late, Saturday is always mad", "Bear"),
        ("yo Sparky its ace, landed bk in town, b n w, 2 for 20, first come first served x", "Ace"),
        ("Bazza new no for frosty is 07700 900369, bin this 1. on as normal", "Frosty"),
        ("Stu harley back on wiv both, 5 for 40 all day til 11", "Harley"),
        ("Kirsty lex here new fone save this no. on now 3 for 25", "Lex"),
        ("bro Vegas back on wiv both, 5 for 40 all day til 11", "Vegas"),
        ("There is a fella goin round callin himself Smiley, hes gettin sorted, dont go near him", "Smiley"),
    ],
)
def test_what_is_said_beside_a_name_is_none(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Stu Harley back on wiv both, 5 for 40 all day til 11", "Stu Harley"),
        ("Friday line on, both, 3 for 25", "Friday"),
        ("Windy on both 3 for 25 til late", "Windy"),
        ("Frosty here new fone save this no. on now 3 for 25", "Frosty"),
        ("Rico on, its the same number, 3 for 25", "Rico"),
    ],
)
def test_such_a_word_is_a_name_where_nothing_of_the_kind_is_said(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("11 out of 10 both on all day", None),
        ("T 5 mins from Millgate", None),
        ("Tens and twenties both on St Annes", None),
        ("Little delay back on at 6", None),
        ("Alrite Fizz on both", "Fizz"),
        ("Safe T on both", "T"),
        ("Little Ash back on at 6", "Little Ash"),
    ],
)
def test_how_good_and_how_near_it_is_is_no_name(find: Find, text: str, line: str | None) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("KING 10/10 BOTH", "King"),
        ("KING 10/10 B N W", "King"),
        ("RICO 11/10 white n brown", "Rico"),
        ("Rico 100/10 both on", "Rico"),
        ("Jay 9/10 dark", "Jay"),
        ("KING 10 out of 10 BOTH", "King"),
        ("Rico 5* both on", "Rico"),
        ("Jay 12/6 back on both", "Jay"),
    ],
)
def test_a_rating_behind_a_name_is_no_part_of_it(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Jay 10 on both 3 for 25", "Jay 10"),
        ("JAY 10 BOTH ON", "Jay 10"),
        ("JAY 10 10/10 BOTH", "Jay 10"),
        ("Jay 10 24/7 both on", "Jay 10"),
        ("Jay 10 - 10 for 100 both", "Jay 10"),
        ("*Jay 10* both on 3 for 25", "Jay 10"),
        ("K10 on both 24/7", "K10"),
        ("Dre10 both", "Dre10"),
        ("Number 9 on 3 for 20", "Number 9"),
        ("Route 66 on both", "Route 66"),
        ("4x4 on both", "4x4"),
    ],
)
def test_a_figure_that_rates_nothing_is_the_names(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


def test_what_is_sold_is_no_letter_of_a_name(find: Find) -> None:
    assert find("Young T b n w on").line != "Tbnw"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Bring a mate to Smoky Joe and get one free b n w", "Smoky Joe"),
        ("weekend deals with Smoky Joe: 3 for 25", "Smoky Joe"),
        ("ring Kez Today only 3 for 25 both", "Kez"),
        ("Drop a text to Kane Both on til late", "Kane"),
        ("its Rico Manchester lot listen, both on", "Rico"),
    ],
)
def test_a_second_name_with_a_capital_is_a_part_of_the_first(find: Find, text: str, line: str) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("AJ two drivers on today so no wait both", "AJ"),
        ("Marlo Two Bikes on both", "Marlo Two Bikes"),
        ("CATCH JAY BEFORE 9 AND GET 3 4 24 BOTH", "Jay"),
        ("catch Costa before 9 and get 2 for 15", "Costa"),
        ("HOLLA AT PEPSI B AND W", "Pepsi"),
        ("EVERYONE WHO RINGS KK BY 12 GETS 1 FREE", "KK"),
        ("RICO FLAVOURS BEST ABOUT, SHOUT ME", "Rico"),
        ("sizes doubled b+w 2 for 25 come correct", None),
        ("4NDR3 out early", "Andre"),
        ("4x4 line on both 3 for 25", "4x4"),
    ],
)
def test_what_is_said_of_a_line_is_no_part_of_its_name(find: Find, text: str, line: str | None) -> None:
    assert find(text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Christmas on both 3 for 25", None),
        ("chrimbo 5 for 35 til its gne", None),
        ("Happy Eid from Rico, both on", "Rico"),
        ("Christmas line on both 3 for 25", "Christmas"),
        ("Sunday on til late both", "Sunday"),
        ("Tuesday line on both 3 for 25", "Tuesday"),
    ],
)
def test_a_feast_is_a_name_only_where_it_is_written_as_one(find: Find, text: str, line: str | None) -> None:
    assert find(text).line == line
