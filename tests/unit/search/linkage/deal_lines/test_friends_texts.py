"""One text that reads like an advert, among others of its sender that are none: of a friend, and no broadcast."""

from __future__ import annotations

import pytest

from parsers.records.findings import TextFinding
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, finding, linked, number, offer

FRIEND = number(7)
COMMENT = finding("got this off him, ring him")


async def told(*said: tuple[float, TextFinding], others: int = 0) -> Linkage:
    """Return what is stated where a friend writes so; ``others``: phones that get the first text too."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(1 + others)]
    for day, text in said:
        phones[0].text(FRIEND, day, text, sent=False)
    for phone in phones[1:]:
        phone.text(FRIEND, *said[0], sent=False)
    return await linked(*phones)


async def test_an_advert_that_a_friend_passes_on_with_a_word_is_no_broadcast() -> None:
    linkage = await told((1, offer("Rico", "{line} on both 3 for 25")), (1.001, COMMENT))
    assert not linkage.flares
    (left,) = linkage.flares_left_out
    assert left.why.startswith("It is the one text of its sender that reads like an advert")


@pytest.mark.parametrize(("days", "others", "is_commented"), [((1,), 0, False), ((1, 3), 0, True), ((1,), 2, True)])
async def test_what_comes_alone_again_or_to_others_is_one(
    days: tuple[int, ...], others: int, *, is_commented: bool
) -> None:
    adverts = [(float(day), offer("Rico", "{line} on both 3 for 25")) for day in days]
    comments = [(1.001, COMMENT)] if is_commented else []
    linkage = await told(*adverts, *comments, others=others)
    assert len(linkage.flares) == len(days) + others
