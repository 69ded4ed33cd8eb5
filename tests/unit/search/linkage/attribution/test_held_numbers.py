"""A phone that states no number: what it has with phones held, and these with a line's number, shows that it had it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from search.linkage.model import Linkage, Relation
from tests.fakes.phones import Phone, campaign, finding, link_between, linked, number, offer, the_line

LINE = number(1)
SECOND = 1 / 86_400
CALLS = ((3.1, True), (4.7, False), (9.3, True), (17.9, False), (21.2, True))
"""Day of each call, and whether the customer rang."""


def customers(count: int = 3) -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(count)]
    campaign("Rico", LINE, phones, range(30))
    return phones


def rings(
    phone: Phone, customer: Phone, calls: Sequence[tuple[float, bool]] = CALLS, *, shift: float = 0.0, line: str = LINE
) -> None:
    """Let a customer's phone and the line's show the same calls."""
    for day, is_customers in calls:
        if customer.own is not None:
            phone.call(customer.own, day + shift, made=not is_customers)
        customer.call(line, day + SECOND, made=is_customers)


def carrying(linkage: Linkage) -> list[str]:
    line = the_line(linkage, "Rico")
    return [row.device_id.removeprefix("dv-") for row in line.devices if row.relation is Relation.CARRIES_LINE_SIM]


@pytest.mark.parametrize(
    ("shift", "when"),
    [
        (0.0, "at the same seconds"),
        (25 * SECOND, "at the same seconds"),
        (1 / 24, "at times that all lie 60 minutes apart"),
    ],
)
async def test_calls_that_stand_on_two_phones_show_whose_the_number_was(shift: float, when: str) -> None:
    phone, phones = Phone("L/1", None), customers()
    rings(phone, phones[0], shift=shift)
    linkage = await linked(*phones, phone)
    assert carrying(linkage) == ["L/1"]
    line = the_line(linkage, "Rico")
    (row,) = [row for row in line.devices if row.device_id == phone.device_id]
    assert row.inferred_numbers == (LINE,)
    assert len(row.record_ids) == 6
    (said,) = [caveat for caveat in line.caveats if "states no number" in caveat]
    assert said == (
        f"L/1 (case OP/1) states no number of its own: that it had {LINE} is taken from 5 or more of its texts "
        f"and calls, which 1 other phone whose number is known has with {LINE} {when}."
    )
    link = link_between(linkage, phones[0], phone)
    assert link is not None
    assert "had, as its texts and calls with other phones held show, the SIM of" in link.reasons[0].sentence
    (traffic,) = [held for held in linkage.traffic if held.device_id == phone.device_id]
    assert any("with other phones held show that it had a number of the line Rico" in said for said in traffic.reasons)


async def test_a_call_and_a_text_are_enough_and_two_calls_are_not() -> None:
    phone, other, phones = Phone("L/1", None), Phone("L/2", None), customers()
    rings(phone, phones[0], CALLS[:1])
    said = finding("yep")
    phone.text(phones[1].own, 6.1, said, sent=True)
    phones[1].text(LINE, 6.1 + SECOND, said, sent=False)
    rings(other, phones[2], CALLS[1:3])
    assert carrying(await linked(*phones, phone, other)) == ["L/1"]


async def test_three_calls_with_as_many_phones_are_enough() -> None:
    phone, phones = Phone("L/1", None), customers()
    for place, customer in enumerate(phones):
        rings(phone, customer, CALLS[place : place + 1])
    assert carrying(await linked(*phones, phone)) == ["L/1"]


@pytest.mark.parametrize("apart", [60 * SECOND, 5 / 24 + 200 * SECOND, 20.0])
async def test_calls_at_other_times_show_nothing(apart: float) -> None:
    phone, phones = Phone("L/1", None), customers()
    for place, (day, is_customers) in enumerate(CALLS):
        phone.call(number(101), day + apart * (1 + place), made=not is_customers)
        phones[0].call(LINE, day, made=is_customers)
    assert carrying(await linked(*phones, phone)) == []


async def test_nor_do_calls_with_another_number() -> None:
    phone, phones = Phone("L/1", None), customers()
    rings(phone, phones[0], line=number(77))
    assert carrying(await linked(*phones, phone)) == []


async def test_a_number_that_a_phone_states_meanwhile_or_that_two_phones_show_is_nobodys_else() -> None:
    phone, phones = Phone("L/1", None), customers()
    rings(phone, phones[0])
    stating = Phone("L/9", 1)
    for day in (2.0, 25.0):
        stating.text(number(500), day, finding(f"mum {day}"), sent=True)
    assert "L/1" not in carrying(await linked(*phones, phone, stating))
    copy = Phone("L/2", None)
    for day, is_customers in CALLS:
        copy.call(number(101), day, made=not is_customers)
    assert carrying(await linked(*phones, phone, copy)) == []


async def test_a_phone_that_states_another_number_or_sent_the_adverts_is_none() -> None:
    phones = customers()
    phone, sender = Phone("L/1", 50), Phone("L/2", None)
    rings(phone, phones[0])
    rings(sender, phones[1])
    for day in range(4):
        for place in range(15):
            sender.text(number(101 + place), day + 0.0001 * place, offer("Rico"), sent=True)
    assert carrying(await linked(*phones, phone, sender)) == []
