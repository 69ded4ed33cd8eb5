"""A table to the right of another is named with its columns; a column without a heading makes no second table."""

from __future__ import annotations

import pytest

from tests.fakes.deliveries import bodies_of, is_balanced, read_content

TEXTS = ("Time,From,Text", "2024-07-23 10:01:00,07700900456,one", "2024-07-23 10:02:00,07700900456,two")
CALLS = ("Type,Party,Time,Duration", "Incoming,07700900789,2024-07-23 11:01:00,00:01:00", ",,,")
BOOK = ("Name,Entries", "Jay,Mobile: 07700900789", ",")


@pytest.mark.parametrize("right", [CALLS, BOOK])
def test_a_table_to_the_right_is_named(right: tuple[str, ...]) -> None:
    rows = [f"{left},,{beside}" for left, beside in zip(TEXTS, right, strict=True)]
    result = read_content("\r\n".join((*rows, "")), "t.csv")
    assert bodies_of(result) == ["one", "two"]
    assert [message.kind for message in result.records if message.kind == "call"] == []
    (told,) = [notice for notice in result.notices if notice.code == "table_beside"]
    assert told.subject == ", ".join(right[0].split(","))
    assert is_balanced(result)


def test_rows_of_the_right_table_alone_are_named() -> None:
    rows = [f"{left},,{right}" for left, right in zip(TEXTS[:2], CALLS[:2], strict=True)]
    result = read_content("\r\n".join((*rows, f",,,,{CALLS[1]}", "")), "t.csv")
    assert bodies_of(result) == ["one"]
    assert any(notice.code == "element_unreadable" for notice in result.notices)
    assert is_balanced(result)


@pytest.mark.parametrize("heading", ["Time,From,Text,,Name,Number", "Time,From,Text,,Received,To,Status"])
def test_one_table_with_a_column_without_a_heading_is_one(heading: str) -> None:
    row = "2024-07-23 10:01:00,07700900456,one" + "," * (heading.count(",") - 2)
    result = read_content("\r\n".join((heading, row, row.replace("one", "two"), "")), "t.csv")
    assert bodies_of(result) == ["one", "two"]
    assert not [notice for notice in result.notices if notice.code == "table_beside"]
