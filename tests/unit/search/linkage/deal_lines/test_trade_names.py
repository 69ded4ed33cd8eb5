"""Which words of a text name the trade of who sends it."""

from __future__ import annotations

import msgspec
import pytest

from search.linkage.deal_lines.trade_names import is_of_trade
from tests.fakes.phones import Phone, finding, linked, number, offer

LINE = number(1)


@pytest.mark.parametrize("text", ["nails has gaps today", "gel nails", "fish van til 2", "gaps today jo nails"])
def test_a_text_is_of_the_trade_that_it_is_about_or_is_signed_with(text: str) -> None:
    assert is_of_trade(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "by the garage 5 mins",
        "by the old garage",
        "outside kebab shop",
        "outside the corner shop",
        "behind cafe now",
        "in the taxi 2 mins",
        "near chapel",
        "next to the vape shop",
        "round front of bakery",
        "oposite garage",
        "van outside be quick",
        "taxi is here",
        "meet u both garage 5 mins",
        "taxi",
    ],
)
def test_it_is_not_where_somebody_meets_or_waits_there(text: str) -> None:
    assert not is_of_trade(text.split())


async def lines_beside(*bulk: str) -> list[str | None]:
    """Return the lines of one who sent an offer to many twice, and these texts, which read like none."""
    own, phones = Phone("L/1", 1), [Phone(f"A/{place}", 100 + place) for place in range(3)]
    listed, told = [number(100 + place) for place in range(14)], offer(None, "on both 3 for 25")
    others = [msgspec.structs.replace(finding(text), advert_score=0.01) for text in bulk]
    for day, said in [(1.0, told), (6.0, told), *((2.2 + place, said) for place, said in enumerate(others))]:
        own.text(listed, day, said, sent=True)
        for phone in phones:
            phone.text(LINE, day, said, sent=False)
    own.text(listed[0], 4.5, finding("u on"), sent=False)
    phones[0].text(LINE, 4.5, finding("u on"), sent=True)
    return [line.name for line in (await linked(*phones, own)).lines]


async def test_a_line_that_says_once_where_to_meet_is_a_line() -> None:
    assert len(await lines_beside("by the garage")) == 1
    assert await lines_beside("gel nails") == []
