"""Stored bytes as text: one replacement for each invalid run and each lone surrogate, nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.stored_text import decode_stored, mend_escaped, without_holes


@pytest.mark.parametrize(
    ("raw", "text", "replaced"),
    [
        (b"plain", "plain", 0),
        (b"a\x00b", "a\x00b", 0),
        (b"\xa3 10", "\ufffd 10", 1),
        (b"a\xff\xfe\xfdb\xffc", "a\ufffdb\ufffdc", 2),
        (b"\xed\xa0\xbd\xed\xb8\x80", "\U0001f600", 0),
        (b"\xed\xa0\xbd\xed\xa0\xbdx", "\ufffd\ufffdx", 2),
        (b"\xff\xed\xb8\x80", "\ufffd\ufffd", 2),
        (b"\xf0\x9f\x98", "\ufffd", 1),
        (b"the phone's own \xef\xbf\xbd", "the phone's own \ufffd", 0),
    ],
)
def test_what_becomes_of_bytes(raw: bytes, text: str, replaced: int) -> None:
    assert decode_stored(raw) == (text, replaced)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_never_changed(text: str) -> None:
    assert decode_stored(text.encode()) == (text, 0)


@given(st.binary())
def test_any_bytes_become_text_that_can_be_written(raw: bytes) -> None:
    text, replaced = decode_stored(raw)
    text.encode()
    assert text.count("\ufffd") >= replaced
    assert mend_escaped(text) == (text, 0)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("one" * 30 + "\0" * 512 + "two" * 30, "one" * 30 + "\n" + "two" * 30),
        ("one\0two" * 30, "one\0two" * 30),
        ("\0" * 512 + "one" * 30, "\0" * 512 + "one" * 30),
        ("one" * 30 + "\0" * 512, "one" * 30 + "\0" * 512),
        ("\x01\x02one" * 30 + "\0" * 512 + "two", "\x01\x02one" * 30 + "\0" * 512 + "two"),
        ("\ufffdone" * 30 + "\0" * 512 + "two", "\ufffdone" * 30 + "\0" * 512 + "two"),
    ],
)
def test_a_block_of_zeros_in_a_text_is_a_hole_and_one_in_octets_is_none(text: str, bare: str) -> None:
    assert without_holes(text) == bare
