"""A drug whose word is a time of day, or anything else, is counted and sold as every other is; and honest counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.records.findings import SpanKind, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("3 light 1 dark for 35 bell kenzo", "1 dark for 35"),
        ("1 light 3 dark for 35", "3 dark for 35"),
        ("two dark for fifteen, ring tyrell", "two dark for fifteen"),
        ("2 dark for \u00a315 4 dark for \u00a328", "4 dark for \u00a328"),
        ("tyrell on 3 light 2 dark for 45 all day", "2 dark for 45"),
        ("kenzo about, 2 dark for a tenner till 9", "2 dark for a tenner"),
        ("1 dark skin 1 light skin for 20 ring now", "1 light skin for 20"),
        ("1 light skin 2 dark skin for 25 ring now", "2 dark skin for 25"),
        ("4 light 4 dark 4 70 bell tyrell", "4 dark 4 70"),
        ("2 white 3 brown 4 45", "3 brown 4 45"),
        ("5 dark only 40 shout kenzo", "5 dark only 40"),
        ("2 brown 1 white @ 25 kenzo", "1 white @ 25"),
        ("3 tan for 25 1 white for 10 both on", "3 tan for 25"),
    ],
)
def test_a_drug_that_is_a_time_elsewhere_is_counted_in_a_price(find: Find, text: str, price: str) -> None:
    finding = find(text)
    assert finding.is_advert
    assert price in [span.surface for span in finding.spans if span.kind is SpanKind.PRICE]


@pytest.mark.parametrize(
    "text",
    [
        "camera club tonight, bring 2 light 1 dark for 30 min of tests",
        "emulsion 5l, 1 light 1 dark for 25 at the trade counter",
        "2 light ales 2 dark for 15 in the taproom till 6",
        "house blend 1 dark for 9 quid, 1 light for 8, ground or beans",
        "2 white 1 brown 4 3.50 from the baker, can u grab em",
        "jen can do me light brown for 25 and a trim",
        "hall wallpaper, 3 light 1 dark for 60 at the outlet",
        "selling tights 3 dark for 5, 3 light for 5, new in pack",
        "spray tan offer, 2 tan for 30 midweek, book with Gem",
        "sofa covers 1 dark for 20 collect from Rhyl",
        "raffle, 1 draw for 1 quid, 6 draw for 5, all for the hospice",
        "we open at 2 dark for 4 months of the year up here lol",
        "the kids had 2 dark for 10 in the swear jar haha dunno why",
        "can u do 2 light 1 dark for 25",
    ],
)
def test_honest_counts_of_what_is_dark_or_light_are_no_advert(find: Find, text: str) -> None:
    assert not find(text).is_advert
