"""Who tells a friend what number a line has now is no number of it."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, TextFinding
from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, predecessors, the_line

OLD, NEW, FRIEND = number(1), number(2), number(300)
CUSTOMERS = range(3)


def customers() -> list[Phone]:
    """Return phones with the adverts of two numbers of a line, one after the other."""
    phones = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", OLD, phones, [1, 3, 5, 9])
    campaign("Rico", NEW, phones, [11, 13, 17])
    for phone in phones:
        phone.text(OLD, 2.5, finding("u about"), sent=True)
    return phones


def friends_phone(*, to: str) -> Phone:
    """Return a phone of the friend with ordinary talk, and the text that gives the number."""
    phone = Phone("C/1", 300)
    phone.text(number(400), 2, finding("tea is in the oven"), sent=True)
    phone.text(to, 12, moved_to(NEW, "Rico"), sent=True)
    return phone


async def test_who_gives_a_friend_the_new_number_is_no_number_between() -> None:
    held = customers()
    held[0].text(FRIEND, 12, moved_to(NEW, "Rico"), sent=False)
    other = Phone("B/1", 110)
    other.text(FRIEND, 4, finding("happy birthday"), sent=False)
    linkage = await linked(*held, other)
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    assert "B/1" not in members(the_line(linkage, "Rico"))
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "tells a friend" in why[FRIEND]


async def test_nor_where_the_friends_own_phone_is_held_and_ordered_too() -> None:
    held = customers()
    held[0].text(FRIEND, 12, moved_to(NEW, "Rico"), sent=False)
    phone = friends_phone(to=number(101))
    phone.text(number(2), 14, finding("you on both mate", advert=True), sent=True)
    assert predecessors(await linked(*held, phone)) == {OLD: None, NEW: OLD}


@pytest.mark.parametrize(("name", "is_held"), [("Ricos", False), ("Rico Town", True)])
async def test_nor_where_the_name_is_another_by_an_s_or_lines_answered_the_friend(name: str, *, is_held: bool) -> None:
    """Of "Ricos new number" the s is no part of the name; what lines write to him may read like orders."""
    held = customers()
    told = finding(
        "{line} new number is {number}", line=name, advert=True, change=NumberChange(NumberChangeRole.NEW, NEW, NEW)
    )
    held[0].text(FRIEND, 12, told, sent=False)
    phone = friends_phone(to=number(101))
    phone.rows.pop()
    phone.text(number(101), 12, told, sent=True)
    for line, day in ((OLD, 8), (NEW, 14)):
        phone.text(line, day, finding("need the right money"), sent=False)
    linkage = await linked(*held, *([phone] if is_held else []))
    assert FRIEND in {item.value for item in linkage.suppressed}
    assert predecessors(linkage) == {OLD: None, NEW: OLD}


async def test_nor_is_who_gives_a_friend_the_numbers_of_two_lines() -> None:
    held = customers()
    campaign("Smokey", number(20), held, [1, 4, 6, 8])
    for day, given, name in (
        (12, NEW, "Rico"),
        (13, NEW, "Rico"),
        (14, number(21), "Smokey"),
        (15, number(22), "Smokey"),
    ):
        held[0].text(FRIEND, day, moved_to(given, name), sent=False)
    linkage = await linked(*held)
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    assert FRIEND not in {each.number for line in linkage.lines for each in line.numbers}


async def test_what_the_friend_said_of_something_else_changes_nothing() -> None:
    phone = friends_phone(to=number(101))
    phone.text(number(401), 3, finding("first time Dhoni rocks", line="Dhoni", advert=True), sent=True)
    linkage = await linked(*customers(), phone)
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    assert FRIEND not in {each.number for line in linkage.lines for each in line.numbers}


async def test_what_a_held_phone_sent_to_one_alone_is_no_word_of_the_line_whatever_name_it_gives() -> None:
    phone = Phone("C/1", 300)
    phone.text(number(101), 12, moved_to(NEW, "Jay"), sent=True)
    linkage = await linked(*customers(), phone)
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    assert "C/1" not in members(the_line(linkage, "Rico"))


async def test_it_is_the_lines_phone_where_several_order_from_it() -> None:
    phone = Phone("C/1", 300)
    for party in (101, 102):
        phone.text(number(party), 12, moved_to(NEW, "Jay"), sent=True)
    for party in range(101, 107):
        phone.text(number(party), 11, msgspec.structs.replace(finding("2 b 1 w pls"), order_score=0.95), sent=False)
    found = [FRIEND in {each.value for each in (await linked(*customers(), phone)).suppressed}]
    alone = friends_phone(to=number(101))
    found.append(FRIEND in {each.value for each in (await linked(*customers(), alone)).suppressed})
    assert found == [False, True]


async def test_the_text_is_no_trace_of_a_broadcast() -> None:
    held = customers()
    held[0].text(FRIEND, 12, moved_to(NEW, "Rico"), sent=False)
    linkage = await linked(*held)
    assert not [found for found in linkage.flares if found.flare.sender == FRIEND]
    assert any("tells a friend" in left.why for left in linkage.flares_left_out)


async def test_a_number_that_tells_it_to_two_phones_after_a_long_silence_is_the_lines() -> None:
    """Sooner it is told for the line by somebody else: ``test_relayed_changes``."""
    held = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", OLD, held, [1, 3, 5, 9])
    campaign("Rico", NEW, held, [31, 33, 37])
    for phone in held[:2]:
        phone.text(FRIEND, 30, moved_to(NEW, "Rico"), sent=False)
    assert predecessors(await linked(*held))[NEW] == FRIEND


async def test_the_only_number_that_is_known_of_a_name_may_announce_another_to_one_phone() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", NEW, phones, [11, 13, 17])
    phones[0].text(OLD, 10, moved_to(NEW, "Rico"), sent=False)
    assert predecessors(await linked(*phones)) == {OLD: None, NEW: OLD}


async def test_the_phone_that_got_it_may_be_the_only_one_that_knows_the_line() -> None:
    phone, other = Phone("A/1", 101), Phone("B/1", 110)
    campaign("Rico", OLD, [phone], [1, 3, 5, 9])
    campaign("Rico", NEW, [phone], [11, 13, 17])
    for day in (2, 4, 12.5):
        phone.text(OLD if day < 10 else NEW, day, finding(f"u about {day}"), sent=True)
    phone.text(FRIEND, 12, moved_to(NEW, "Rico"), sent=False)
    other.text(FRIEND, 4, finding("happy birthday"), sent=False)
    assert FRIEND not in predecessors(await linked(phone, other))


def notice(wording: str, name: str, new: str) -> TextFinding:
    """Return a change of number in the third person."""
    return finding(
        wording.format(line=name, number=new), template=wording, line=name, advert=True,
        change=NumberChange(NumberChangeRole.NEW, new, new),
    )  # fmt: skip


@pytest.mark.parametrize(
    "wording",
    [
        "all regulars {line} moving to {number} delete this",
        "please note {line} can be reached on {number}",
        "hi all {line} is on {number} now",
        "if this rings out try {number} thats {line} now",
        "{number} is {line} from friday dis line done",
    ],
)
async def test_a_notice_that_is_for_all_or_of_its_own_number_is_the_lines_own_word(wording: str) -> None:
    held = customers()
    between, last = number(3), number(4)
    campaign("Rico", last, held, [43, 45, 47])
    held[0].text(between, 40, notice(wording, "Rico", last), sent=False)
    linkage = await linked(*held)
    assert predecessors(linkage)[last] == between
    assert between not in {item.value for item in linkage.suppressed}


@pytest.mark.parametrize(
    "wording",
    [
        "this number is {line} now {number}",
        "{line} is on this number now {number}",
        "try this one for {line} {number}",
        "ring {line} on this num {number} bro",
        "when this party is done ring {line} {number}",
        "if this is any good to u {line} is on {number}",
    ],
)
async def test_what_a_friend_says_of_the_number_that_he_gives_is_not_of_his_own(wording: str) -> None:
    held = customers()
    held[0].text(FRIEND, 12, notice(wording, "Rico", NEW), sent=False)
    assert predecessors(await linked(*held)) == {OLD: None, NEW: OLD}


async def test_a_number_with_adverts_without_a_name_is_no_friends() -> None:
    held = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    campaign("Rico", OLD, held, [1, 3, 5, 9])
    customer, later = Phone("C/1", 120), [Phone(f"D/{place}", 130 + place) for place in CUSTOMERS]
    for day, said in ((30, "on with fire 3 for 25"), (33, "back on til 11 both")):
        customer.text(NEW, day, finding(said, advert=True), sent=False)
    customer.text(NEW, 34, finding("u about"), sent=True)
    customer.text(NEW, 40, moved_to(number(3), "Rico"), sent=False)
    campaign("Rico", number(3), later, [41, 45, 48, 50])
    assert predecessors(await linked(*held, customer, *later))[number(3)] == NEW


async def test_words_that_another_line_had_before_are_no_sign_of_a_friend() -> None:
    others, phone = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS], Phone("B/1", 110)
    wording = "new week new sim {line} going over to {number}"
    campaign("Moss", number(21), others, [1, 3, 5])
    for other in others:
        other.text(number(21), 6, notice(wording, "Moss", number(22)), sent=False)
    campaign("Rico", NEW, [phone], [13, 15, 17])
    phone.text(OLD, 12, notice(wording, "Rico", NEW), sent=False)
    assert predecessors(await linked(*others, phone))[NEW] == OLD


async def test_a_handset_whose_number_is_not_known_is_no_lines_by_one_text_to_one_person() -> None:
    phone = Phone("C/1", None)
    campaign("Rico", OLD, [phone], [1, 3, 5, 9])
    phone.text(number(400), 12, notice("{line} is on {number} now pass it on", "Rico", NEW), sent=True)
    linkage = await linked(*customers(), phone)
    assert ("dv-C/1", Relation.SENT_ADVERTS) not in {
        (row.device_id, row.relation) for row in the_line(linkage, "Rico").devices
    }
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert why["C/1 (case OP/1)"].startswith("It sent 1 text on ")


async def test_what_is_kept_apart_says_whose_number_it_is() -> None:
    phone = Phone("C/1", 300)
    phone.text(number(400), 12, moved_to(NEW, "Rico"), sent=True)
    why = {item.value: item.why for item in (await linked(*customers(), phone)).suppressed}
    assert why[FRIEND].startswith("The own number of C/1 (case OP/1). It sent 1 text on ")
