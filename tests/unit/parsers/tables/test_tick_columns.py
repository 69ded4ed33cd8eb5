"""Columns of ways that are ticked in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Direction
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

ROWS = (("", "x", "hello"), ("x", "", "bye"))
IN, OUT, UNKNOWN = Direction.INCOMING, Direction.OUTGOING, Direction.UNKNOWN


def table(heads: str, rows: tuple[tuple[str, str, str], ...]) -> str:
    lines = [f"25/07/2024 13:0{at},07700900201,{one},{two},{text}" for at, (one, two, text) in enumerate(rows)]
    return "\n".join((f"Date/Time,Number,{heads},Message", *lines, ""))


@pytest.mark.parametrize("tick", ["x", "X", "\u2713", "\u2714\ufe0f", "Y", "1"])
@pytest.mark.parametrize("heads", ["Sent,Received", "Out,In", "Outgoing,Incoming"])
def test_ticks_say_the_way(tmp_path: Path, heads: str, tick: str) -> None:
    rows = tuple((one and tick, two and tick, text) for one, two, text in ROWS)
    result = read_text(tmp_path, table(heads, rows))
    assert [each.direction for each in messages_of(result)] == [IN, OUT]
    assert not codes_of(result).keys() & {"direction_untold", "time_unreadable", "direction_unreadable"}
    assert [dict(each.extra).get(heads.split(",", maxsplit=1)[0], "") for each in messages_of(result)] == ["", tick]


def test_a_row_that_is_ticked_nowhere_has_no_way(tmp_path: Path) -> None:
    result = read_text(tmp_path, table("Sent,Received", (*ROWS, ("", "", "neither"))))
    assert [each.direction for each in messages_of(result)] == [IN, OUT, UNKNOWN]
    assert codes_of(result)["direction_untold"] == 1


def test_columns_that_are_ticked_together_say_nothing(tmp_path: Path) -> None:
    result = read_text(tmp_path, table("Sent,Received", (*ROWS, ("x", "x", "both"))))
    assert {each.direction for each in messages_of(result)} == {UNKNOWN}


def test_times_are_no_ticks(tmp_path: Path) -> None:
    result = read_text(tmp_path, table("Sent,Received", (("", "25/07/2024 13:00", "a"), ("25/07/2024 13:01", "", "b"))))
    assert {each.direction for each in messages_of(result)} == {UNKNOWN}
    assert [each.times.received is None for each in messages_of(result)] == [False, True]


@pytest.mark.parametrize(
    ("head", "word", "way"),
    [("Folder", "Sent", OUT), ("Type", "Outgoing", OUT), ("Status", "Sent", OUT), ("Folder", "Inbox", IN)],
)
def test_ticks_do_not_hold_before_what_a_row_says(tmp_path: Path, head: str, word: str, way: Direction) -> None:
    lines = (f"25/07/2024 13:0{at},07700900201,{word},{ticks},a" for at, ticks in enumerate(("x,", ",x")))
    result = read_text(tmp_path, "\n".join((f"Date/Time,Number,{head},Sent,Received,Message", *lines, "")))
    assert [each.direction for each in messages_of(result)] == [way, way]
