"""A number that its line left, and what whoever has it next sends in the words of other lines."""

from __future__ import annotations

import msgspec

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, the_line

LINE, OTHER = number(1), number(2)
WORDS = "back open from 6, both flavours"
AS_ADVERT = msgspec.structs.replace(finding(WORDS, advert=True), advert_score=0.9)
AS_NONE = msgspec.structs.replace(finding(WORDS + "!", template=WORDS), advert_score=0.2)


async def with_next_holder(*, day: float = 60, tells: bool = False, seized: bool = False, had: bool = False) -> Linkage:
    """Return what is stated where two phones that never had the line's adverts get another line's words from it."""
    customers = [Phone(f"C/{place}", 101 + place) for place in range(3)]
    others = [Phone(f"O/{place}", 111 + place) for place in range(3)]
    got = [Phone(f"N/{place}", 121 + place) for place in range(2)]
    campaign("Rico", LINE, customers, range(0, 20, 2))
    campaign("Echo", OTHER, others, range(0, 70, 5), "{line} live on n out")
    for phone in others:
        for at in range(1, 70, 8):
            phone.text(OTHER, at, AS_ADVERT, sent=False)
    for phone, line in ((phone, sender) for held, sender in ((customers, LINE), (others, OTHER)) for phone in held):
        phone.text(line, 3.4, finding("u about"), sent=True)
    for phone in customers:
        if had:
            phone.text(LINE, 5.5, AS_ADVERT, sent=False)
        if tells:
            phone.text(LINE, 19, moved_to(number(3), "Rico"), sent=False)
    for place, phone in enumerate(got):
        phone.text(LINE, day + place / 1440, AS_NONE, sent=False)
    own = Phone("L/1", 1)
    for at in range(0, 20, 2) if seized else ():
        for place in range(12):
            own.text(number(200 + place), at + place / 10_000, AS_LINE, sent=True)
    return await linked(*customers, *others, *got, *([own] if seized else []))


AS_LINE = finding("Rico on both 3 for 25", template="{line} on both 3 for 25", line="Rico", advert=True)


async def are_members(**how: object) -> bool:
    return "N/0" in members(the_line(await with_next_holder(**how), "Rico"))  # type: ignore[arg-type]


async def test_a_month_after_a_line_left_a_number_others_words_from_it_are_not_its_adverts() -> None:
    assert not await are_members(tells=True)


async def test_nor_are_they_where_the_phone_that_sent_is_held_and_shows_nothing_as_late() -> None:
    assert not await are_members(seized=True)


async def test_of_a_line_that_is_not_known_to_be_gone_they_are() -> None:
    assert await are_members()


async def test_within_a_month_they_are() -> None:
    assert await are_members(seized=True, day=45)


async def test_in_words_that_the_number_had_before_they_are() -> None:
    assert await are_members(tells=True, had=True)
