"""A price by the gram or by the bag says what a deal does; gold, food and fuel are sold so as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import SpanKind, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    "text",
    [
        "new batch in \u00a370 a g tyrell",
        "reup done, \u00a350 a g ring kenzo",
        "haze \u00a310 a g ring",
        "\u00a345/g tonight only",
        "kenzo on duty tonight \u00a350 a g",
        "\u00a335 A GRAM ALL WEEKEND",
        "sniff 80 a g tonight",
        "still on \u00a310 bags",
        "\u00a310 wraps all day",
        "tyrell about now \u00a320 bags",
        "still here \u00a315 bags ring",
    ],
)
def test_a_price_by_the_gram_or_the_bag_makes_an_advert(find: Find, text: str) -> None:
    assert find(text).is_advert


@pytest.mark.parametrize(
    "text",
    [
        "we pay \u00a348 a gram for gold, bring ur old rings in today",
        "scrap gold \u00a340 a g today only",
        "saffron is like \u00a310 a g at the market",
        "24ct 60 a gram, 9ct 22 a gram, cash today",
        "they want \u00a340 a g for silver chain today only",
        "whats it now, \u00a340 a g",
        "he charged me 40 a g lol",
        "20g of protein a day mate",
        "logs \u00a320 bags ring dave",
        "\u00a310 bags of coal delivered sat",
        "\u00a320 bag of spuds at the farm gate",
        "we do \u00a320 bags of sand collection",
        "horse muck \u00a310 bags at the yard",
        "chicken wraps \u00a310 wraps deal",
    ],
)
def test_honest_prices_by_the_gram_or_the_bag_make_none(find: Find, text: str) -> None:
    assert not find(text).is_advert


@pytest.mark.parametrize(
    ("text", "is_drug"),
    [
        ("kenzo on with flake \u00a330 bags", True),
        ("tyrell about with flake till 11", True),
        ("SAMMY ON WITH FLAKE DELIVER TILL 11", True),
        ("mr whippy large with flake 3 for 10", False),
        ("van is on the green now, cone with flake 2.50", False),
        ("99 with flake \u00a32", False),
        ("vanilla with flake or sprinkles", False),
    ],
)
def test_what_a_line_is_on_with_is_no_ice_cream(find: Find, text: str, *, is_drug: bool) -> None:
    assert any(span.kind is SpanKind.DRUG for span in find(text).spans) is is_drug
