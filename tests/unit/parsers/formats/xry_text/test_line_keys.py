"""The key of a line: up to the first colon, no tab in it, at most 40 characters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from parsers.formats.xry_text.line_keys import LineKeys
from parsers.formats.xry_text.views import SIDES

_KEY = re.compile(r"[ \t]*+([^:\t]{1,40}?)[ \t]*+:([ \t]*+)(.*)", re.DOTALL)
"""The rule as a pattern."""


def test_a_key_its_separator_and_its_value_are_told_apart() -> None:
    text = " Name (Matched) :\t Jay: 5pm"
    key = LineKeys()[text]
    assert (key.name, key.folded, key.separator) == ("Name (Matched)", "name (matched)", "\t ")
    assert (text[key.size :], key.has_value) == ("Jay: 5pm", True)


def test_lines_with_the_same_front_share_one_key() -> None:
    keys = LineKeys()
    assert keys["Tel:\t07700900100"] is keys["Tel:\t07700900107"]
    assert keys["Tel:\t"] is not keys["Tel:\t07700900107"]


def test_a_namespace_on_a_line_of_its_own_is_no_key() -> None:
    keys = LineKeys()
    assert [(keys[text].folded, keys[text].size) for text in ("From", f" TO{' ' * 60}", "Jay")] == [
        ("from", 0),
        ("to", 0),
        ("", 0),
    ]


@given(st.text(alphabet=": \tToFrm\nÄ\ud83d", max_size=50) | st.text(max_size=90))
def test_every_line_is_read_by_the_rule(text: str) -> None:
    keys = LineKeys()
    for key in (keys[text], keys[text]):
        found = _KEY.fullmatch(text)
        if found is None:
            word = text.strip().casefold()
            assert (key.name, key.size, key.folded) == ("", 0, word if word in SIDES else "")
        else:
            assert (key.name, key.separator, text[key.size :]) == found.groups()
            assert (key.folded, key.has_value) == (found[1].casefold(), bool(found[3]))
