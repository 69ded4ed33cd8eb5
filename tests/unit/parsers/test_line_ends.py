"""Spoiled line ends are told by nearly all lines of a file, never by one."""

from __future__ import annotations

import pytest

from parsers.line_ends import has_doubled_returns, has_returns_behind


@pytest.mark.parametrize(
    ("front", "is_doubled", "is_behind"),
    [
        ("a\r\r\nb\r\r\n", True, False),
        ("a\r\r\n" * 9 + "b\n", True, False),
        ("a\r\r\n" * 8 + "b\n" * 2, False, False),
        ("a\r\r\n", False, False),
        ("a\r\r\nb\r\n", False, False),
        ("a\n\rb\n\r", False, True),
        ("a\n\rb\n\rc\n", False, True),
        ("a\n\rb\n", False, False),
        ("a\r\n\r\nb\r\n\r\n", False, False),
        ("a\nb\n", False, False),
        ("", False, False),
    ],
)
def test_line_ends(front: str, *, is_doubled: bool, is_behind: bool) -> None:
    assert (has_doubled_returns(front), has_returns_behind(front)) == (is_doubled, is_behind)
