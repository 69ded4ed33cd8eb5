from __future__ import annotations

import pytest

from search.linkage.phrases import listed


@pytest.mark.parametrize(("names", "words"), [
    ([], ""), (["a", "b", "c"], "a, b, c"), (["a", "b", "c", "d"], "a, b, c, d"),
    (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
])  # fmt: skip
def test_one_more_is_named_and_several_are_counted(names: list[str], words: str) -> None:
    assert listed(names, 3) == words
