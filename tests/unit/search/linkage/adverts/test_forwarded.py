"""Adverts that a customer passes on to friends make no line of the customer."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Direction
from parsers.records.findings import Span, SpanKind, TextFinding
from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, offer

LINE, FRIEND_LINE = number(1), number(101)
FRIENDS = [number(300 + place) for place in range(5)]


def with_number(said: TextFinding, written: str) -> TextFinding:
    """Return a text that gives a number, of which it says nothing."""
    return msgspec.structs.replace(said, spans=(Span(SpanKind.NUMBER, 0, 0, written, written, "test"),))


def label_of(phones: tuple[Phone, ...], device_id: str) -> str:
    return next(phone.name for phone in phones if phone.entry().device_id == device_id)


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


async def test_who_sends_it_on_to_many_sends_the_lines_adverts() -> None:
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


def runner_who_sends_on(days: range, wording: str, own: TextFinding | None = None) -> tuple[Phone, Phone, Phone]:
    """Return a runner who sends what came from the line to a dozen, one who gets it so, and a customer of the line."""
    runner, theirs, customer = Phone("A/1", 101), Phone("A/2", 300), Phone("A/3", 102)
    campaign("Rico", LINE, [customer], days)
    campaign("Rico", LINE, [runner], days)
    for day in days:
        for place in range(12):
            runner.text(number(300 + place), day + 0.02 + place / 10_000, own or offer("Rico", wording), sent=True)
        theirs.text(FRIEND_LINE, day + 0.021, own or offer("Rico", wording), sent=False)
    runner.text(number(500), 3.5, finding("you home for tea"), sent=False)
    runner.text(number(500), 3.6, finding("yeah in a bit"), sent=True)
    return runner, theirs, customer


async def check_that_the_line_alone_is_stated(*phones: Phone) -> None:
    linkage = await linked(*phones)
    (line,) = linkage.lines
    assert [held.number for held in line.numbers] == [LINE]
    rows = {(label_of(phones, row.device_id), row.relation) for row in line.devices}
    assert {("A/1", Relation.SENT_ADVERTS), ("A/2", Relation.RECEIVED_ADVERTS)} <= rows
    assert {placed.line_id for placed in linkage.flares if placed.flare.sender == FRIEND_LINE} == {line.line_id}
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "no number of a line of its own" in why[FRIEND_LINE]


async def test_a_runner_who_sends_what_came_on_to_many_is_no_second_line() -> None:
    await check_that_the_line_alone_is_stated(*runner_who_sends_on(range(12), "{line} on both 3 for 25"))


async def test_who_sends_to_many_adverts_that_give_the_lines_number_to_ring_is_no_second_line() -> None:
    ring = with_number(offer("Rico", "{line} about ring {number}"), LINE)
    runner, theirs, customer = runner_who_sends_on(range(12), "", ring)
    runner.rows = [row for row in runner.rows if row[0].direction is Direction.OUTGOING]
    await check_that_the_line_alone_is_stated(runner, theirs, customer)


async def test_a_second_phone_with_an_advert_of_its_own_is_the_lines() -> None:
    runner, theirs, customer = runner_who_sends_on(range(12), "{line} on both 3 for 25")
    for place in range(12):
        runner.text(number(300 + place), 13 + place / 10_000, offer("Rico", "{line} off til monday"), sent=True)
    linkage = await linked(runner, theirs, customer)
    assert FRIEND_LINE in {held.number for line in linkage.lines for held in line.numbers}


async def test_a_mark_in_front_that_is_read_as_the_name_hides_no_advert_that_was_passed_on() -> None:
    customer, other = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Rico", LINE, [customer, other], range(12))
    fwd = offer("Fwd", "{line} on both 3 for 25")
    for day in (3, 7):
        for place, friend in enumerate(FRIENDS[:2]):
            customer.text(friend, day + 0.01 + place / 10_000, fwd, sent=True)
    friend = Phone("A/3", 300)
    for day in (3, 7):
        friend.text(FRIEND_LINE, day + 0.011, fwd, sent=False)
    linkage = await linked(customer, other, friend)
    assert [line.name for line in linkage.lines] == ["Rico"]
    assert {"passed on" in left.why for left in linkage.flares_left_out} == {True}
    assert not [placed for placed in linkage.flares if placed.flare.sender == FRIEND_LINE]


async def test_talk_of_a_runner_with_the_line_that_reads_like_adverts_makes_no_second_line() -> None:
    runner, theirs, customer = runner_who_sends_on(range(12), "{line} on both 3 for 25")
    for day in range(6):
        runner.text(LINE, day + 0.7, offer(None, "two people waiting"), sent=True)
    await check_that_the_line_alone_is_stated(runner, theirs, customer)


async def test_a_change_of_number_that_a_friend_whose_phone_is_not_held_passes_on_is_not_the_friends() -> None:
    customers, friend = [Phone(f"A/{place}", 101 + place) for place in range(3)], Phone("B/1", 150)
    campaign("Rico", LINE, customers, range(12))
    customers[0].text(LINE, 3.5, finding("u about"), sent=True)
    for customer in customers:
        customer.text(LINE, 12.5, moved_to(number(2), "Rico"), sent=False)
    campaign("Rico", number(2), customers, range(13, 24))
    friend.text(number(400), 12.6, moved_to(number(2), "Rico"), sent=False)
    friend.text(number(400), 12.7, finding("who is that"), sent=True)
    linkage = await linked(*customers, friend)
    (line,) = linkage.lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, number(2): LINE}
    assert members(line) == {"A/0", "A/1", "A/2"}
    assert number(400) not in {placed.flare.sender for placed in linkage.flares}


async def test_whose_one_text_a_friend_got_passed_on_an_advert_is_no_number_of_its_line() -> None:
    phones = [Phone(f"A/{place}", 110 + place) for place in range(4)]
    campaign("Rico", LINE, phones, range(0, 30, 3), "all day {line} no shorts no tick")
    phones[0].text(LINE, 1.5, finding("u on"), sent=True)
    friend, others = Phone("B/1", 150), [Phone(f"B/{place}", 150 + place) for place in range(2, 5)]
    friend.text(number(170), 30.4, offer("Rico", "all day {line} no shorts no tick"), sent=False)
    for place, phone in enumerate(others):
        phone.text(number(170), 29 + place, finding("u coming sunday"), sent=True)
        phone.text(number(170), 29.1 + place, finding("yeah see you there"), sent=False)
    (line,) = (await linked(*phones, friend, *others)).lines
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"A/0", "A/1", "A/2", "A/3"}


def customer_and_friends(*, had: int, copies: int = 1) -> tuple[Phone, ...]:
    """Return a customer who sends two friends an advert that the phone no longer holds, the friends, and others."""
    customer, friends, others = Phone("A/1", 101), [Phone("A/2", 300), Phone("A/3", 301)], [Phone("A/4", 102)]
    campaign("Rico", LINE, others, range(0, 60, 2))
    campaign("Rico", LINE, [customer], [38 - 3 * place for place in range(had)], "{line} about til late")
    for day, own, friend, wording in ((40, 300, friends[0], "{line} flyin out"), (57, 301, friends[1], "get {line}")):
        for copy in range(copies):
            customer.text(number(own), day + copy, offer("Rico", wording), sent=True)
            friend.text(FRIEND_LINE, day + copy, offer("Rico", wording), sent=False)
        customer.text(number(own), day + 0.1, finding("u about"), sent=False)
        friend.text(FRIEND_LINE, day + 0.1, finding("u about"), sent=True)
    return (customer, *friends, *others)


async def test_a_text_to_each_of_two_friends_under_the_name_of_a_line_that_the_phone_had_is_passed_on() -> None:
    linkage = await linked(*customer_and_friends(had=4))
    (line,) = linkage.lines
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"A/1", "A/4"}
    assert not [row for row in line.devices if row.relation in {Relation.SENT_ADVERTS, Relation.CARRIES_LINE_SIM}]


async def test_who_had_few_adverts_or_sends_more_is_not_told_by_the_name() -> None:
    for phones in (customer_and_friends(had=1), customer_and_friends(had=4, copies=4)):
        linkage = await linked(*phones)
        assert FRIEND_LINE not in {item.value for item in linkage.suppressed if "passed on" in item.why}


def phone_that_goes_on(*, old_is_told: bool = False, old_sends: bool = False, elsewhere: bool = False) -> list[Phone]:
    """Return a line's phone that was on its own list, sends from a new number in words of its own, and customers."""
    sender, customers = Phone("A/9", 101), [Phone(f"A/{place}", 300 + place) for place in range(4)]
    for day, wording in enumerate(("{line} on both 3 for 25", "{line} back on 2 for 15", "{line} about til late") * 2):
        campaign("Rico", LINE, [sender, *customers], [2 * day], wording)
    for day, wording, to in ((16, "{line} fresh batch 4 for 40", (0, 1)), (19, "its {line} both in 7 for 50", (2, 3))):
        for place in to:
            sender.text(number(300 + place), day + place / 10_000, offer("Rico", wording), sent=True)
            customers[place].text(FRIEND_LINE, day + place / 10_000, offer("Rico", wording), sent=False)
        if elsewhere:
            campaign("Rico", LINE, customers[:1], [9], wording)
    for customer in customers:
        if old_is_told:
            customer.text(LINE, 21, moved_to(FRIEND_LINE, "Rico"), sent=False)
        if old_sends:
            campaign("Rico", LINE, [customer], [22], "{line} on till late")
    return [sender, *customers]


@pytest.mark.parametrize("old_is_told", [False, True])
async def test_words_of_its_own_after_the_old_number_fell_silent_are_a_lines(*, old_is_told: bool) -> None:
    phones = phone_that_goes_on(old_is_told=old_is_told)
    linkage = await linked(*phones)
    assert {held.number for line in linkage.lines for held in line.numbers} == {LINE, FRIEND_LINE}
    sent = {row.device_id for line in linkage.lines for row in line.devices if row.relation is Relation.SENT_ADVERTS}
    assert sent == {phones[0].entry().device_id}


async def test_where_the_old_number_sends_still_or_sent_these_words_they_are_passed_on() -> None:
    for phones in (phone_that_goes_on(old_sends=True), phone_that_goes_on(elsewhere=True)):
        (line,) = (await linked(*phones)).lines
        assert [held.number for held in line.numbers] == [LINE]
