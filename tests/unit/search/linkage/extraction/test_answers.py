"""What is told to one person who asked."""

from __future__ import annotations

import pytest

from search.linkage.extraction.answers import is_bare_price


@pytest.mark.parametrize("body", ["6.50 each", "its 20 mate", "30", "\u00a312.50 x", "yh 15 quid"])
def test_a_price_alone_does_not_say_of_what(body: str) -> None:
    assert is_bare_price(body)


@pytest.mark.parametrize(
    "body",
    [
        "\u2744\ufe0f 20 each",
        "\U0001f36b\u2744 40 a pop",
        "10s \U0001f90e\U0001f90d",
        "3 for 25",
        "20 b",
        "bags 20",
        "",
        "open till 9",
    ],
)
def test_an_offer_says_of_what(body: str) -> None:
    assert not is_bare_price(body)
