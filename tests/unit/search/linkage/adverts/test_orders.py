"""What a line's customers write to it is no advert, and what they tell friends is no word of the line."""

from __future__ import annotations

import msgspec
import pytest

from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number, offer

LINE, CUSTOMER, OTHER_LINE = number(1), number(101), number(2)
ORDER = finding("im at the usual spot", advert=True)


def line_phone(days: range) -> Phone:
    """Return a line's phone that broadcasts, and gets an order of one on its list that reads like an advert."""
    own = Phone("B/1", 1)
    for day in days:
        for place in range(12):
            own.text(number(101 + place), day + place / 10_000, offer("Rico"), sent=True)
        own.text(CUSTOMER, day + 0.1, ORDER, sent=False)
        own.text(CUSTOMER, day + 0.11, finding("5 mins"), sent=True)
    return own


async def test_an_order_that_reads_like_an_advert_is_none() -> None:
    linkage = await linked(line_phone(range(8)))
    assert [[held.number for held in line.numbers] for line in linkage.lines] == [[LINE]]
    assert {placed.flare.sender for placed in linkage.flares} == {LINE}
    assert all("order" in left.why for left in linkage.flares_left_out)
    assert len(linkage.flares_left_out) == 8


async def test_what_others_got_too_is_no_order() -> None:
    """Another line's number is on the list, and its adverts come to a customer as well."""
    own, customer = line_phone(range(8)), Phone("A/1", 200)
    campaign("Echo", CUSTOMER, [own, customer], range(8), "{line} about now bell me")
    linkage = await linked(own, customer)
    assert {line.name for line in linkage.lines} == {"Rico", "Echo"}


async def test_what_a_customer_tells_a_friend_of_the_lines_new_number_is_no_word_of_the_line() -> None:
    """The customer's own phone is held: two orders on it read like adverts."""
    customer, other, friend = Phone("A/1", 101), Phone("A/2", 102), Phone("A/3", 103)
    campaign("Rico", LINE, [customer, other], range(10))
    campaign("Rico", number(3), [customer, other], range(12, 22))
    for day in (3.2, 7.2):
        customer.text(OTHER_LINE, day, ORDER, sent=True)
    said = moved_to(number(3))
    customer.text(friend.own, 12.5, said, sent=True)
    friend.text(CUSTOMER, 12.5, said, sent=False)
    linkage = await linked(customer, other, friend)
    assert CUSTOMER not in {held.number for line in linkage.lines for held in line.numbers}
    assert not [row for line in linkage.lines for row in line.devices if row.relation is Relation.SENT_ADVERTS]


async def test_a_phone_that_shows_its_few_texts_each_to_one_person_is_no_lines_though_nobody_answers() -> None:
    customer, friend = Phone("A/1", 101), Phone("A/2", 102)
    named = finding("boss here now", line="Boss", advert=True)
    for day, other, said in (
        (3.0, LINE, ORDER),
        (9.0, friend.own, named),
        (40.0, OTHER_LINE, finding("on the usual corner", advert=True)),
    ):
        customer.text(other, day, said, sent=True)
        for place in range(3):
            customer.text(LINE, day + place / 10, finding("u about"), sent=True)
            customer.text(LINE, day + place / 10 + 0.01, finding("5 mins"), sent=False)
    friend.text(CUSTOMER, 9.0, named, sent=False)
    assert not (await linked(customer, friend)).lines


async def test_gossip_about_lines_that_a_held_phone_sends_to_friends_one_by_one_makes_no_line() -> None:
    customer, friends = Phone("A/1", 101), [Phone(f"A/{2 + place}", 200 + place) for place in range(3)]
    names = ("Rafa", "Dizzy", "Skip", "Otis", "Bruno", "Marlo")
    for place, name in enumerate(names):
        said = offer(name, "{line} is shut try the other one " + "abcdef"[place])
        for other in {place, place + 6}:
            customer.text(number(200 + other), 3.0 * place + other / 10, said, sent=True)
            if other < len(friends):
                friends[other].text(CUSTOMER, 3.0 * place + other / 10, said, sent=False)
    assert not (await linked(customer, *friends)).lines


async def test_a_few_texts_like_adverts_among_very_many_of_a_friend_make_no_line() -> None:
    lines = []
    for count in (90, 6):
        phone = Phone("A/1", 101)
        for day, wording in (
            (3, "its {line} im about til late"),
            (9, "{line} on sundays now"),
            (15, "{line} is back on tonight"),
        ):
            phone.text(LINE, day, offer("Jordan", wording), sent=False)
        for place in range(count):
            phone.text(LINE, 1.2 + place / 5, finding("you coming to training later"), sent=False)
            phone.text(LINE, 1.21 + place / 5, finding("yeah see you there"), sent=True)
        lines.append(len((await linked(phone)).lines))
    assert lines == [0, 1], "beside little talk it may be a line's"


async def test_two_texts_like_adverts_in_a_chat_that_goes_both_ways_make_no_line() -> None:
    lines = []
    for answered in (True, False):
        phone = Phone("A/1", 101)
        for day, wording in ((3, "food is ready"), (9, "{line} til this aft")):
            phone.text(None, day, offer("Adjourned", wording), sent=False, name="Mum", service="whatsapp")
        if answered:
            phone.text(None, 4, finding("on my way now"), sent=True, name="Mum", service="whatsapp")
        lines.append(len((await linked(phone)).lines))
    assert lines == [0, 1]


async def test_who_writes_a_lines_advert_back_to_it_and_broadcasts_nothing_is_a_contact() -> None:
    asks = [Phone("A/1", 101), Phone("A/2", 102), Phone("A/3", 103), Phone("C/1", 120)]
    for phone in asks[:3]:
        for day in range(8):
            phone.text(LINE, day, offer("Rico"), sent=False)
    asks[3].text(LINE, 5.5, finding("is that Rico on both 3 for 25", line="Rico", advert=True), sent=True)
    (line,) = (await linked(*asks)).lines
    relations = {row.device_id: row.relation for row in line.devices}
    assert relations[asks[3].device_id] == Relation.CONTACT_OF_LINE
    for place in range(12):
        asks[3].text(number(301 + place), 5.5, finding("is that Rico on both 3 for 25", line="Rico"), sent=True)
    (line,) = (await linked(*asks)).lines
    relations = {row.device_id: row.relation for row in line.devices}
    assert relations.get(asks[3].device_id) != Relation.CONTACT_OF_LINE, "what went to many may have had it on its list"


@pytest.mark.parametrize(("score", "is_line"), [(0.8, True), (0.5, False)])
async def test_what_is_nearly_an_order_speaks_against_no_line(score: float, *, is_line: bool) -> None:
    """One phone holds two named adverts that its holder answers: what he asks is all that weighs beside them."""
    customer = Phone("A/1", 101)
    for day, wording in ((3.0, "send me three new people n get two free. {line}"), (3.6, "{line} on")):
        said = msgspec.structs.replace(offer("Cuban", wording), advert_score=0.98)
        customer.text(LINE, day, said, sent=False)
        asked = msgspec.structs.replace(finding(f"4 of each then {day}"), order_score=score)
        customer.text(LINE, day + 0.1, asked, sent=True)
    assert [line.name for line in (await linked(customer)).lines] == ["Cuban"] * is_line


async def test_a_shop_of_whom_many_ask_and_nobody_surely_orders_is_no_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(9)]
    for place, phone in enumerate(phones):
        for day, said in ((1, "shop open now"), (4, "open all day"), (8, "shop open now")):
            advert = msgspec.structs.replace(finding(said, advert=True), advert_score=0.93)
            phone.text(LINE, day + place / 10_000, advert, sent=False)
            asked = msgspec.structs.replace(finding(f"save me 2 {day}"), order_score=0.8)
            phone.text(LINE, day + 0.1, asked, sent=True)
    assert not (await linked(*phones)).lines
