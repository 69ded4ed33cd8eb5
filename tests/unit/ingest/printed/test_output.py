"""Printing: nothing that evidence holds may act on a terminal or break the JSON that other programs read."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ingest.printed.output import json_bytes, table_lines, visible, width_of


@given(st.text())
def test_visible_text_is_one_line_without_controls(text: str) -> None:
    shown = visible(text)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert not any(mark in shown for mark in "\u202e\u2066\u200f")


def test_visible_text_keeps_what_is_harmless() -> None:
    assert visible("Rico 📞 £10 — ok") == "Rico 📞 £10 — ok"


def test_terminal_sequences_are_written_out() -> None:
    assert visible("\x1b[2Jgone") == "\\x1b[2Jgone"
    assert visible("a\u202eb") == "a\\u202eb"
    assert visible("one\ntwo") == "one ⏎ two"
    assert visible("a\ufffeb\U0001ffff") == "a\\ufffeb\\U0001ffff"


@given(st.text(alphabet=st.characters(codec=None)))
def test_json_is_utf8_whatever_a_name_holds(text: str) -> None:
    """A file name that is no UTF-8 reaches us with lone surrogates, which no JSON reader takes."""
    value = json.loads(json_bytes({"name": [text]}).decode("utf-8"))
    assert len(value["name"]) == 1


def test_a_pair_of_surrogates_becomes_its_character() -> None:
    assert json.loads(json_bytes("\ud83d\ude00")) == "\N{GRINNING FACE}"


def test_tables_line_up_with_wide_characters() -> None:
    lines = list(table_lines(("name", "count"), [("漢字", "1"), ("ab", "2")]))
    assert {width_of(line) for line in lines} == {len("name  count")}
