"""A line's number that was given out again within days, to somebody who tells the line's callers so."""

from __future__ import annotations

from collections.abc import Sequence

from search.linkage.adverts.number_deniers import bears_name
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer, the_line

LINE, FRIEND = number(1), number(301)
CUSTOMERS = {"A/0", "A/1", "A/2"}
ENDED = 29
"""Day of the line's last advert."""
STRANGERS = (number(401), number(402))


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, phones, range(ENDED + 1))
    return phones


def holder(
    day: float,
    *,
    asked: str = "Rico u there pal",
    answered: str = "wrong number mate",
    by: Sequence[str] = STRANGERS,
    sends_before: bool = False,
) -> Phone:
    """Return an ordinary phone with the line's number, in use from a day on, and what those who ask it are told."""
    phone = Phone("B/1", 1)
    for later in range(10):
        phone.text(FRIEND, day + later, finding(f"see you at work {later}"), sent=True)
        phone.text(FRIEND, day + later + 0.1, finding(f"alright then {later}"), sent=False)
    for place, other in enumerate(by):
        asks, answers = finding(asked), finding(answered)
        phone.text(other, day + 3 + place, answers if sends_before else asks, sent=sends_before)
        phone.text(other, day + 3.01 + place, asks if sends_before else answers, sent=not sends_before)
    return phone


async def judged(phone: Phone, *more: Phone) -> set[str]:
    return members(the_line(await linked(*customers(), phone, *more), "Rico"))


async def test_who_tells_two_who_ask_for_the_line_that_they_have_the_wrong_number_is_no_member() -> None:
    linkage = await linked(*customers(), holder(ENDED + 2))
    assert members(the_line(linkage, "Rico")) == CUSTOMERS
    why = next(item.why for item in linkage.suppressed if item.value == LINE)
    assert "told 2 numbers that wrote there that whoever they ask for is not there, first on 2024-02-04" in why


async def test_nor_who_has_only_had_the_number_for_days_or_names_the_line_that_is_not_there() -> None:
    assert await judged(holder(ENDED + 2, answered="I just got this number, stop texting")) == CUSTOMERS
    assert await judged(holder(ENDED + 2, asked="u about", answered="no Rico here sorry")) == CUSTOMERS


async def test_nor_who_says_so_to_customers_of_the_line_who_name_nobody() -> None:
    assert await judged(holder(ENDED + 2, asked="u there", by=(number(101), number(102)))) == CUSTOMERS


async def test_one_who_is_told_so_may_be_a_pest_but_for_a_silence_of_days() -> None:
    assert "B/1" in await judged(holder(ENDED + 2, by=STRANGERS[:1]))
    assert await judged(holder(ENDED + 6, by=STRANGERS[:1])) == CUSTOMERS


async def test_strangers_who_ask_for_nobody_say_nothing() -> None:
    assert "B/1" in await judged(holder(ENDED + 2, asked="u there"))


async def test_who_wrote_to_them_first_had_the_wrong_number_himself() -> None:
    assert "B/1" in await judged(holder(ENDED + 2, answered="sorry wrong number", sends_before=True))


async def test_who_stands_in_for_the_line_denies_nothing() -> None:
    assert "B/1" in await judged(holder(ENDED + 2, answered="this aint Rico its his brother"))
    assert "B/1" in await judged(holder(ENDED + 2, answered="yh just got this phone, wat u need"))


async def test_whom_the_phone_serves_besides_it_only_told_a_joke() -> None:
    for day in (ENDED + 5.02, ENDED + 4.5):
        phone = holder(ENDED + 2)
        for other in STRANGERS:
            phone.text(other, day + 1, finding("jk bro 5 mins"), sent=True)
        assert "B/1" in await judged(phone)


async def test_who_asked_just_before_who_they_are_told_them_so() -> None:
    phone = holder(ENDED + 2)
    for place, other in enumerate(STRANGERS):
        phone.text(other, ENDED + 5.005 + place, finding("who is this?"), sent=True)
    assert await judged(phone) == CUSTOMERS


async def test_a_phone_that_refuses_two_and_serves_two_is_the_lines() -> None:
    phone = holder(ENDED + 2, asked="Rico tick til fri", answered="dont know you wrong number")
    for place in range(2):
        phone.text(number(601 + place), ENDED + 6, finding("can i get 2 of both"), sent=False)
        phone.text(number(601 + place), ENDED + 6.1, finding("ok walk up"), sent=True)
    assert "B/1" in await judged(phone)


async def test_a_phone_in_use_among_the_adverts_is_the_lines_whatever_it_tells_two() -> None:
    assert "B/1" in await judged(holder(ENDED - 5))


async def test_so_is_one_that_sends_adverts_after_that() -> None:
    phone = holder(ENDED + 2)
    for place in range(12):
        phone.text(number(501 + place), ENDED + 9 + place / 1440, offer("Rico"), sent=True)
    assert "B/1" in await judged(phone)


async def test_so_is_one_of_which_people_order() -> None:
    phone = holder(ENDED + 2)
    for place in range(5):
        phone.text(number(601 + place), ENDED + 6, finding("can i get 2 of both"), sent=False)
        phone.text(number(601 + place), ENDED + 6.1, finding("ok walk up"), sent=True)
    assert "B/1" in await judged(phone)


async def test_so_is_one_with_the_card_that_sent_the_adverts() -> None:
    phone, seized = holder(ENDED + 2), Phone("L/1", 1)
    phone.iccid = seized.iccid = ("8944110000000000001",)
    for place in range(12):
        seized.text(number(501 + place), ENDED - 2 + place / 1440, offer("Rico"), sent=True)
    assert "B/1" in await judged(phone, seized)


async def test_a_customer_who_tells_the_line_so_from_his_own_number_is_one_still() -> None:
    first, *others = customers()
    first.text(LINE, ENDED + 0.1, finding("wrong number"), sent=True)
    assert members(the_line(await linked(first, *others), "Rico")) == CUSTOMERS


async def test_the_number_that_an_older_phone_got_is_anothers_from_what_it_told_two() -> None:
    phone = Phone("B/1", 1)
    for day in range(0, 45, 3):
        phone.text(FRIEND, day, finding(f"see you at work {day}"), sent=True)
        phone.text(FRIEND, day + 0.1, finding(f"alright then {day}"), sent=False)
    assert "B/1" in await judged(phone)
    for place, other in enumerate(STRANGERS):
        phone.text(other, ENDED + 3 + place, finding("Rico u on"), sent=False)
        phone.text(other, ENDED + 3.01 + place, finding("wrong number mate"), sent=True)
    assert await judged(phone) == CUSTOMERS


def test_a_name_stands_in_one_word_or_in_several_and_whole() -> None:
    assert bears_name(["this", "still", "zeds", "number"], {"zed"})
    assert bears_name(["auntie", "jo", "u", "on"], {"auntiejo"})
    assert not bears_name(["rico", "chet"], {"ric", "cochet"})
