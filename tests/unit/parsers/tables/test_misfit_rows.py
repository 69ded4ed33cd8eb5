"""Rows that do not fit their headings are named, and put right where that can be done in one way alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.deliveries import FEW, bodies_of, codes_of, is_balanced, messages_of, read_content

LONG = "No,Folder,Party,Time,Status,Message,Source,Deleted"
SHORT = "Time,From,To,Text"


def long_row(number: int, text: str) -> str:
    return f"{number},Inbox,From: +447700900456,2024-07-23 10:{number:02}:00,Read,{text},Phone,"


def short_row(number: int, text: str) -> str:
    return f"2024-07-23 10:{number:02}:00,07700900456,07700900001,{text}"


def long_table(*odd: str) -> str:
    return "\r\n".join((LONG, *(long_row(number, f"text {number}") for number in range(1, 10)), *odd, ""))


def short_table(*odd: str) -> str:
    return "\r\n".join((SHORT, *(short_row(number, f"text {number}") for number in range(1, 10)), *odd, ""))


def row_codes(text: str) -> dict[str, int]:
    result = read_content(text, "t.csv")
    assert is_balanced(result)
    return {code: count for code, count in codes_of(result).items() if code.startswith("row_")}


def test_rows_that_fit_are_not_named() -> None:
    assert row_codes(long_table()) == {}
    assert row_codes(short_table()) == {}


@pytest.mark.parametrize("text", ["hello, see u at 5", "hello, Yes", "on now, 2 left, call"])
def test_a_mark_in_one_of_several_texts_is_named_and_not_guessed(text: str) -> None:
    assert row_codes(long_table(long_row(10, text))) == {"row_shifted": 1}


def test_a_row_without_one_cell_is_read_where_it_fits_in_one_way() -> None:
    odd = "10,Inbox,2024-07-23 10:10:00,Read,the text,Phone,"
    assert row_codes(long_table(odd)) == {"row_refitted": 1}
    assert bodies_of(read_content(long_table(odd), "t.csv"))[-1] == "the text"


def test_a_mark_in_a_text_before_the_time_is_put_right() -> None:
    rows = [f"Incoming,text {number},2024-07-23 10:{number:02}:00,07700900456" for number in range(1, 10)]
    odd = "Incoming,hello, see u at 5,2024-07-23 10:10:00,07700900456"
    text = "\r\n".join(("Direction,Text,Time,Number", *rows, odd, ""))
    assert row_codes(text) == {"row_refitted": 1}
    assert bodies_of(read_content(text, "t.csv"))[-1] == "hello, see u at 5"


def test_a_number_and_a_name_with_the_mark_between_are_not_told_from_a_text() -> None:
    rows = [f"07700900456,text {number},2024-07-23 10:{number:02}:00" for number in range(1, 10)]
    odd = "07700900456,Jay,hello,2024-07-23 10:10:00"
    assert row_codes("\r\n".join(("From,Text,Time", *rows, odd, ""))) == {"row_shifted": 1}


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ("2024-07-23 10:10:00,07700900456 07700900001,the text", "row_shifted"),
        ("2024-07-23 10:10:00,07700900456)07700900001,the text", "row_shifted"),
        ("2024-07-23 10:10:00,07700900456,the text", "row_shifted"),
        ("2024-07-23 10:10:00,07700900456", "row_short"),
        ("2024-07-23 10:10:00,07700900456,07700900001", "row_short"),
    ],
)
def test_cells_too_few_are_named(odd: str, code: str) -> None:
    assert row_codes(short_table(odd)) == {code: 1}


WIDE = "Time,Direction,From,From Name,To,To Name,Text,Folder,App"
WHOLE = "2024-07-23 10:10:00,Incoming,07700900456,Jay,07700900001,Me,hello,Inbox,SMS"


@pytest.mark.parametrize(
    ("odd", "kept"),
    [
        ("2024-07-23 10:11:00,07700900456,Jay,07700900001,Me,hi,Inbox,SMS", 1),
        ("2024-07-23 10:11:00,Out0900456;07700900457,,hi,Sent,SMS", 1),
        ("Outgoing,07700900456,Jay,07700900001,Me,hi,Sent,SMS", 0),
        ("2024-07-23 10:11:00,Outgoing,Outgoing,Jay,hi", 2),
    ],
)
def test_a_row_whose_cells_are_of_other_columns_is_named_however_few_rows_there_are(odd: str, kept: int) -> None:
    table = f"{WIDE}\r\n{WHOLE}\r\n{odd}\r\n"
    assert row_codes(table) == {"row_shifted": 1}
    found = messages_of(read_content(table, "t.csv"))[-1]
    assert (found.body, found.folder, found.from_party, found.to) == (None, None, None, ())
    assert [text for name, text in found.extra if name.startswith("column ")] == [
        cell for cell in odd.split(",")[kept:] if cell
    ]


@pytest.mark.parametrize(
    "good",
    [
        "2024-07-23 10:11:00,Incoming,EE,,,,hello",
        "2024-07-23 10:11:00,,Jay,,07700900001,,from 07700900456 to 07700900457",
        "2024-07-23 10:11:00,Outgoing,,,07700900001",
        "N/A,Incoming,07700900456,07700900456,Me,Me,hello",
    ],
)
def test_a_row_that_leaves_its_last_cells_out_is_not_named(good: str) -> None:
    assert row_codes(f"{WIDE}\r\n{WHOLE}\r\n{good}\r\n") == {}


def test_where_whole_rows_hold_the_like_a_short_one_is_not_named() -> None:
    rows = [WHOLE.replace("Incoming", "from 07700900456"), "2024-07-23 10:11:00,from 07700900456,07700900456,Jay,,,hi"]
    assert row_codes("\r\n".join((WIDE, *rows, ""))) == {}


def test_a_row_that_lacks_its_last_cell_alone_is_read_as_it_stands() -> None:
    rows = [f"2024-07-23 10:{number:02}:00,text {number},07700900456" for number in range(1, 10)]
    assert row_codes("\r\n".join(("Time,Text,From", *rows, "2024-07-23 10:10:00,the text", ""))) == {}


def test_a_day_under_another_heading_and_a_word_for_the_time_are_named() -> None:
    assert row_codes(long_table("10,Inbox,2024-07-23 10:10:00,Read,the text,Phone,,")) == {"row_shifted": 1}


def test_tables_that_leave_out_empty_cells_are_not_named() -> None:
    rows = [short_row(number, f"text {number}") + (",x" if number % 2 else "") for number in range(1, 20)]
    assert row_codes("\r\n".join((SHORT + ",Note", *rows, ""))) == {}


@FEW
@given(st.integers(1, 9), st.integers(0, 7))
def test_a_cell_that_is_lost_never_goes_unsaid(number: int, place: int) -> None:
    cells = long_row(number, f"text {number}").split(",")
    del cells[place]
    rows = [long_row(each, f"text {each}") for each in range(1, 10)]
    rows[number - 1] = ",".join(cells)
    assert sum(row_codes("\r\n".join((LONG, *rows, ""))).values()) == 1


@pytest.mark.parametrize(
    "odd", ["\r\nx\x01y,a\ufffd,b,c,d", "\r\nabc,def,ghi,jkl", "\r\nremark\r\nabc,def,ghi,jkl,mno,pqr"]
)
def test_rows_behind_one_that_looks_like_headings_stay_in_their_table(odd: str) -> None:
    rows = [long_row(number, f"text {number}") for number in range(1, 10)]
    result = read_content("\r\n".join((LONG, *rows[:5], odd, *rows[5:], "")), "t.csv")
    assert set(bodies_of(result)) >= {f"text {number}" for number in range(1, 10)}
    assert is_balanced(result)
