"""Numbers that a line tells its customers to order from: of the line, beside the one that tells them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from nlp.changes.imitators import RULE_WARNS
from parsers.records.findings import Span, SpanKind, TextFinding
from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, offer, the_line

LINE, ORDERS, OTHER = number(1), number(2), number(3)
OFFER = "{line} on both 3 for 25"
DAYS = range(0, 60, 3)


def telling(other: str, *, warns: bool = False) -> TextFinding:
    """Return an advert with a number in it, of which it is not read that it is a new one."""
    said = finding(f"Rico to order ring {other}", template="{line} to order ring {number}", line="Rico", advert=True)
    span = Span(SpanKind.NUMBER, 0, 0, other, other, "test")
    return msgspec.structs.replace(said, spans=(span,), rules=(RULE_WARNS,) if warns else ())


def customers(count: int, sender: str = LINE) -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    campaign("Rico", sender, phones, DAYS)
    for phone in phones:
        phone.text(ORDERS, 4, finding("u about"), sent=True)
        if sender == LINE:
            phone.text(LINE, 2, finding("u on"), sent=True)
    return phones


def tell(phones: Iterable[Phone], days: Iterable[float], said: TextFinding, sender: str = LINE) -> None:
    for day in days:
        for phone in phones:
            phone.text(sender, day + 0.2, said, sent=False)


def runner() -> Phone:
    phone = Phone("R/1", 200)
    for day in (5, 6, 7):
        phone.text(ORDERS, day, finding("wait by the shops"), sent=False)
        phone.text(ORDERS, day + 0.1, finding("here now"), sent=True)
    return phone


@pytest.mark.parametrize("sender", [LINE, "RICO"])
async def test_a_number_told_to_many_for_weeks_is_the_lines_and_who_is_in_touch_with_it_a_member(sender: str) -> None:
    phones = customers(4, sender)
    tell(phones, (3, 20, 40), telling(ORDERS), sender)
    line = the_line(await linked(*phones, runner()), "Rico")
    (held,) = [each for each in line.numbers if each.number == ORDERS]
    assert held.succeeds is None
    assert (held.first_seen_at, held.last_seen_at) == ("2024-01-04T13:48:00.000Z", "2024-02-10T13:48:00.000Z")
    assert held.basis[0] == "No advert from this number was seen; it is known from what customers were told."
    assert f"{sender} gave {ORDERS} to those it sends to from 2024-01-04 to 2024-02-10" in held.basis[1]
    assert held.record_ids
    assert "R/1" in members(line)
    assert "No telephone number of it is known." not in line.caveats
    contacts = {row.device_id for row in line.devices if row.relation is Relation.CONTACT_OF_LINE}
    assert contacts == {"dv-R/1", *(phone.device_id for phone in phones)}


async def test_a_text_that_reads_like_a_change_takes_nothing_over_while_the_line_goes_on() -> None:
    phones = customers(4)
    tell(phones, (3, 20), telling(ORDERS))
    tell(phones, (56,), moved_to(ORDERS, "Rico"))
    line = the_line(await linked(*phones), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, ORDERS: None}
    assert all(not held.handovers for held in line.numbers)


async def test_a_change_of_number_for_which_the_line_falls_silent_stays_one() -> None:
    phones = customers(4)
    tell(phones, (57, 58), moved_to(ORDERS, "Rico"))
    line = the_line(await linked(*phones), "Rico")
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, ORDERS: LINE}


async def test_its_own_phone_shows_that_many_were_told() -> None:
    phone = Phone("L/1", 1)
    listed = [number(300 + place) for place in range(12)]
    for day in DAYS:
        phone.text(listed, day, offer("Rico", OFFER), sent=True)
    for day in (4, 31):
        phone.text(listed, day, telling(ORDERS), sent=True)
    line = the_line(await linked(phone, runner()), "Rico")
    assert ORDERS in {held.number for held in line.numbers}
    assert "R/1" in members(line)


async def test_what_was_told_once_or_to_one_phone_is_no_number_of_the_line() -> None:
    for told, days in ((4, (20,)), (1, (3, 20, 40))):
        phones = customers(4)
        tell(phones[:told], days, telling(ORDERS))
        line = the_line(await linked(*phones, runner()), "Rico")
        assert [held.number for held in line.numbers] == [LINE]


async def test_who_is_warned_of_is_no_number_of_the_line() -> None:
    phones = customers(4)
    tell(phones, (3, 20, 40), telling(ORDERS, warns=True))
    tell(phones, (4, 21, 41), telling(ORDERS))
    assert [held.number for held in the_line(await linked(*phones), "Rico").numbers] == [LINE]


async def test_who_sends_to_many_of_that_number_is_judged_by_what_it_sends() -> None:
    phones = customers(6)
    campaign("Jay", ORDERS, phones[:3], range(1, 50, 4), "{line} about now with the best of it")
    tell(phones, (3, 20, 40), telling(ORDERS))
    assert [held.number for held in the_line(await linked(*phones), "Rico").numbers] == [LINE]


async def test_a_landline_and_what_strangers_ring_are_no_numbers_of_the_line() -> None:
    phones = customers(4)
    tell(phones, (3, 20, 40), telling("+441632960123"))
    tell(phones, (4, 21, 41), telling(OTHER))
    strangers = [Phone(f"S/{place}", 400 + place) for place in range(6)]
    for phone in strangers:
        phone.call(OTHER, 9, made=True)
    line = the_line(await linked(*phones, *strangers), "Rico")
    assert [held.number for held in line.numbers] == [LINE]
    assert not members(line) & {phone.name for phone in strangers}
