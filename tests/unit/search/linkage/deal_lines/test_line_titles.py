from __future__ import annotations

import pytest

from search.linkage.deal_lines.line_titles import _spelled


@pytest.mark.parametrize(("counts", "words"), [
    ({}, ""),
    ({"Dutch": 9}, ""),
    ({"Dutch": 9, "DUTCH": 20}, " (as DUTCH, Dutch)"),
    (dict.fromkeys(("a", "b", "c", "d", "e", "f", "g"), 1), " (as a, b, c, d, e and in 2 more ways)"),
])  # fmt: skip
def test_the_count_of_a_name_says_which_spellings_are_in_it(counts: dict[str, int], words: str) -> None:
    assert _spelled("Dutch", counts) == words
