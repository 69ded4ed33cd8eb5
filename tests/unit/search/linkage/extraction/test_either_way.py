"""Texts of which a list says with whom they were exchanged, and not who sent them."""

from __future__ import annotations

import msgspec

from parsers.records.findings import NumberChange, NumberChangeRole
from search.linkage.linkage import compute_linkage
from search.linkage.model import Linkage, Relation
from tests.fakes.phones import Phone, campaign, finding, index_of, number

LINE, OTHER, NEXT = number(1), number(2), number(3)


async def linked(*phones: Phone) -> Linkage:
    return await compute_linkage(await index_of(list(phones)))


def phones_with_a_line() -> list[Phone]:
    """Return three phones that got the adverts of a line, and one whose list says no way."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    campaign("Rico", LINE, phones, range(1, 20, 3), "{line} on both 3 for 25")
    phones[0].text(LINE, 4.5, finding("u about"), sent=True)
    return [*phones, Phone("A/9", 109)]


def relations_of(linkage: Linkage, phone: Phone) -> set[Relation]:
    (line,) = [line for line in linkage.lines if LINE in {held.number for held in line.numbers}]
    return {held.relation for held in line.devices if held.device_id == phone.device_id}


async def test_who_exchanged_texts_with_a_lines_number_is_in_touch_with_it() -> None:
    phones = phones_with_a_line()
    for day in (3, 6, 9):
        phones[3].text(LINE, day + 0.2, finding("u about mate outside now"), sent=None)
    assert Relation.CONTACT_OF_LINE in relations_of(await linked(*phones), phones[3])


async def test_an_advert_that_was_exchanged_with_a_lines_number_came_from_it() -> None:
    phones = phones_with_a_line()
    for day in (3, 6):
        phones[3].text(LINE, day + 0.2, finding("Rico on both 3 for 25", line="Rico", advert=True), sent=None)
    assert Relation.RECEIVED_ADVERTS in relations_of(await linked(*phones), phones[3])


async def test_two_senders_of_whom_a_list_says_no_more_than_their_numbers_are_not_one() -> None:
    """A taxi's change of number and a line's: one who had sent both would have joined them."""
    phones = phones_with_a_line()
    campaign("Zed", OTHER, phones[:3], range(2, 20, 3), "{line} about now 2 for 15")
    phones[1].text(OTHER, 5.5, finding("u about"), sent=True)
    for told, new in ((LINE, NEXT), (OTHER, number(4))):
        said = msgspec.structs.replace(
            finding(f"new number {new}", advert=True), number_change=NumberChange(NumberChangeRole.NEW, new, new)
        )
        phones[3].text(told, 21, said, sent=None)
    linkage = await linked(*phones)
    of_line = {
        held.number for line in linkage.lines for held in line.numbers if LINE in {h.number for h in line.numbers}
    }
    assert not of_line & {OTHER, number(4)}


async def test_a_broadcast_of_which_is_not_said_who_sent_it_makes_no_line_of_each_who_got_it() -> None:
    phones = phones_with_a_line()
    for place in range(30):
        for day in (30, 33):
            phones[3].text(number(200 + place), day + place / 1440,
                           finding("Mika on both 2 for 15", line="Mika", advert=True), sent=None)  # fmt: skip
    linkage = await linked(*phones)
    assert len([line for line in linkage.lines if line.name == "Mika"]) <= 1
    assert not {number(200 + place) for place in range(30)} & {n.number for line in linkage.lines for n in line.numbers}


async def test_adverts_passed_on_to_a_friend_whose_phone_is_held_make_no_line() -> None:
    """The friend's phone shows that it sent none of them; one text of the friend's own reads like an advert."""
    phones = phones_with_a_line()
    friend = Phone("A/8", 108)
    for day in (3, 6, 9):
        passed = finding(f"Rico on both {day} for 25", line="Rico", advert=True)
        phones[3].text(LINE, day + 0.1, passed, sent=None)
        phones[3].text(number(108), day + 0.2, passed, sent=None)
        friend.text(number(109), day + 0.2, passed, sent=False)
    misread = finding("car wont start again", line="Car", advert=True)
    friend.text(number(109), 10, misread, sent=True)
    linkage = await linked(*phones, friend)
    held = {held.number for line in linkage.lines for held in line.numbers}
    assert LINE in held
    assert number(108) not in held
    assert all(line.numbers for line in linkage.lines)
