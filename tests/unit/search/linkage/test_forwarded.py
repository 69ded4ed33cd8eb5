"""Adverts that a customer passes on to friends make no line of the customer."""

from __future__ import annotations

from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer

LINE, FRIEND_LINE = number(1), number(101)
FRIENDS = [number(300 + place) for place in range(5)]


def customer_who_passes_on(days: range, friends: list[str]) -> tuple[Phone, Phone]:
    """Return a customer who sends each advert to friends minutes after it came, and another customer."""
    customer, other = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [customer, other], days)
    for day in days:
        for place, friend in enumerate(friends):
            customer.text(friend, day + 0.01 + place / 10_000, offer("Rico"), sent=True)
    for friend in friends:
        customer.text(friend, 1.5, finding("u coming out later"), sent=False)
        customer.text(friend, 1.6, finding("yeah see you there"), sent=True)
    return customer, other


async def test_what_came_and_was_sent_on_to_few_is_no_advert_of_the_sender() -> None:
    customer, other = customer_who_passes_on(range(12), FRIENDS)
    linkage = await linked(customer, other)
    (line,) = linkage.lines
    assert [held.number for held in line.numbers] == [LINE]
    assert not [row for row in line.devices if row.relation is Relation.SENT_ADVERTS]
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "passed on" in why[FRIEND_LINE]


async def test_a_friend_who_got_it_so_is_no_member_by_that_number() -> None:
    customer, other = customer_who_passes_on(range(12), FRIENDS)
    friend = Phone("A/3", 300)
    for day in range(12):
        friend.text(FRIEND_LINE, day + 0.01, offer("Rico"), sent=False)
    friend.text(FRIEND_LINE, 3.5, finding("yeah see you there"), sent=True)
    linkage = await linked(customer, other, friend)
    (line,) = linkage.lines
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"A/1", "A/2"}


async def test_who_sends_it_to_many_is_not_judged() -> None:
    customer, other = customer_who_passes_on(range(12), [number(300 + place) for place in range(12)])
    linkage = await linked(customer, other)
    assert [row.relation for line in linkage.lines for row in line.devices].count(Relation.SENT_ADVERTS) == 1


async def test_who_sent_it_first_passed_nothing_on() -> None:
    sender, other = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", FRIEND_LINE, [other], range(12))
    for day in range(12):
        for place, friend in enumerate(FRIENDS):
            sender.text(friend, day + place / 10_000, offer("Rico"), sent=True)
    sender.text(LINE, 12, offer("Rico"), sent=False)
    linkage = await linked(sender, other)
    assert FRIEND_LINE in {held.number for line in linkage.lines for held in line.numbers}


async def test_a_wording_that_came_under_another_name_is_not_passed_on() -> None:
    """A small line that sends by hand has another line's advert in the same wording on its phone."""
    sender, other = Phone("A/1", 101), Phone("A/2", 102)
    sender.text(LINE, 0, offer("Rico"), sent=False)
    campaign("Echo", FRIEND_LINE, [other], range(1, 12))
    for day in range(1, 12):
        for place, customer in enumerate(FRIENDS):
            sender.text(customer, day + place / 10_000, offer("Echo"), sent=True)
    linkage = await linked(sender, other)
    echo = next(line for line in linkage.lines if line.name == "Echo")
    assert Relation.SENT_ADVERTS in {row.relation for row in echo.devices}
