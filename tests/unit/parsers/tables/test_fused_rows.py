"""Rows that damage has run together are named as damaged; texts that hold the mark between cells are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.deliveries import FEW, bodies_of, codes_of, is_balanced, read_content

HEADINGS = "Time,Direction,Number,Text"


def row(number: int, text: str) -> str:
    return f"2024-07-23 10:{number:02}:00,Incoming,+447700900111,{text}"


def table(*rows: str) -> str:
    return "\r\n".join((HEADINGS, *rows, ""))


@pytest.mark.parametrize("kept", ["10:11:00,Incoming,+447700900111,", "coming,+447700900111,", "g,+447700900111,"])
def test_a_row_that_ends_as_another_is_two(kept: str) -> None:
    rows = [row(number, f"text {number}") for number in range(12)]
    rows[5] = row(5, "tex") + kept + "text 11"
    result = read_content(table(*rows), "t.csv")
    assert codes_of(result)["row_shifted"] == 1
    assert "row_ragged" not in codes_of(result)
    assert len(bodies_of(result)) == 12
    assert is_balanced(result)


@pytest.mark.parametrize(
    "text",
    [
        "on both, bell me",
        "a,b,c",
        "1,2,3,4",
        "ring 07700 900123, or, 07700 900456",
        "yes,no,maybe,so",
        "23/07,10:00,in,1",
    ],
)
def test_a_text_with_the_mark_in_it_is_one(text: str) -> None:
    rows = [row(number, f"text {number}") for number in range(12)]
    rows[5] = row(5, text)
    result = read_content(table(*rows), "t.csv")
    assert codes_of(result)["row_ragged"] == 1
    assert "row_shifted" not in codes_of(result)
    assert bodies_of(result)[5] == text


@pytest.mark.parametrize("swallowed", [1, 3])
def test_a_text_that_goes_on_as_a_row_begins_holds_rows(swallowed: int) -> None:
    rows = [row(number, f"text {number}") for number in range(12)]
    rows[3] = row(3, '"text 3')
    rows[3 + swallowed] += '"'
    result = read_content(table(*rows), "t.csv")
    assert len(bodies_of(result)) == 12 - swallowed
    assert codes_of(result)["row_shifted"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("text", ["one\r\ntwo", "1,2,3,4\r\na,b,c,d", "Time,Direction,Number,Text\r\nx,y,z,w"])
def test_a_text_of_several_lines_is_a_text(text: str) -> None:
    rows = [row(number, f"text {number}") for number in range(12)]
    rows[3] = row(3, f'"{text}"')
    result = read_content(table(*rows), "t.csv")
    assert bodies_of(result)[3] == text
    assert "row_shifted" not in codes_of(result)


@FEW
@given(st.text(st.characters(codec="utf-8", exclude_characters='\r\n"0123456789'), max_size=60))
def test_words_are_never_a_row(text: str) -> None:
    # a comma at the end is an empty cell more, and is named as one
    text = text.rstrip(", ")
    rows = [row(number, f"text {number}") for number in range(12)]
    rows[5] = row(5, f"x{text}")
    assert "row_shifted" not in codes_of(read_content(table(*rows), "t.csv"))


@pytest.mark.parametrize("text", ["x,", "x ,", ","])
def test_a_comma_at_the_end_of_a_row_is_an_empty_cell_more_and_is_named(text: str) -> None:
    rows = [row(number, f"text {number}") for number in range(12)]
    rows[5] = row(5, text)
    result = read_content(table(*rows), "t.csv")
    assert codes_of(result)["row_shifted"] == 1
    assert is_balanced(result)
