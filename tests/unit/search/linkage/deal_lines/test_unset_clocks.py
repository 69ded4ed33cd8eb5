from __future__ import annotations

import pytest

from search.linkage.model import Line, Mention, Relation
from tests.fakes.phones import Phone, campaign, finding, linked, number, the_line

LINE = number(1)
UNSET, YEARS_BEFORE = -8766.0, -2000.0
"""Days to the first of January 2000, and to a year that a clock may well have had."""


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    phones[-1].text(LINE, 1.3, finding("u about"), sent=True)
    return phones


def talking(name: str, own: int, day: float) -> Phone:
    phone = Phone(name, own)
    for place in range(4):
        phone.text(LINE, day + place, finding("u about"), sent=True)
        phone.text(LINE, day + place + 0.01, finding("10 mins"), sent=False)
    return phone


def relations(line: Line, phone: Phone) -> list[Relation]:
    return [row.relation for row in line.devices if row.device_id == phone.device_id]


async def test_talk_that_a_clock_dates_which_was_never_set_is_with_the_only_holder_of_its_number() -> None:
    phone = talking("B/1", 201, UNSET)
    line = the_line(await linked(*customers(), phone), "Rico")
    assert relations(line, phone) == [Relation.CONTACT_OF_LINE]


async def test_a_clock_that_was_set_dates_talk_years_before_the_line_as_anothers() -> None:
    phone = talking("B/1", 201, YEARS_BEFORE)
    line = the_line(await linked(*customers(), phone), "Rico")
    assert relations(line, phone) == [Relation.MENTIONS_LINE]
    (row,) = [row for row in line.devices if row.device_id == phone.device_id]
    assert row.mentions == (Mention.TRAFFIC,)


@pytest.mark.parametrize("day", [YEARS_BEFORE, 400.0])
async def test_of_a_number_that_another_had_it_is_not_told_with_whom_an_unset_clock_talks(day: float) -> None:
    phone, friend = talking("B/1", 201, UNSET), talking("B/2", 202, day)
    line = the_line(await linked(*customers(), phone, friend), "Rico")
    assert [relations(line, held) for held in (phone, friend)] == [[Relation.MENTIONS_LINE]] * 2


async def test_a_phone_that_had_the_number_at_another_time_is_another_holder_of_it() -> None:
    phone, holder = talking("B/1", 201, UNSET), Phone("B/2", 1)
    for day in (300, 400):
        holder.text(number(300), day, finding("hiya"), sent=True)
    line = the_line(await linked(*customers(), phone, holder), "Rico")
    assert relations(line, phone) == [Relation.MENTIONS_LINE]


async def test_two_phones_whose_clocks_were_never_set_are_no_other_holders_for_each_other() -> None:
    phones = [talking("B/1", 201, UNSET), talking("B/2", 202, UNSET - 5)]
    line = the_line(await linked(*customers(), *phones), "Rico")
    assert [relations(line, phone) for phone in phones] == [[Relation.CONTACT_OF_LINE]] * 2


@pytest.mark.parametrize("day", [UNSET, -7300.0])
async def test_a_phone_whose_later_texts_a_right_clock_dates_wrote_to_another_holder_years_before(day: float) -> None:
    phone = talking("B/1", 201, day)
    for later in range(5):
        phone.text(number(301), 10 + later, finding(f"see you at work {later}"), sent=True)
    line = the_line(await linked(*customers(), phone), "Rico")
    assert relations(line, phone) == [Relation.MENTIONS_LINE]


async def test_a_date_that_no_unset_clock_begins_with_counts() -> None:
    phone = talking("B/1", 201, -7300.0)
    line = the_line(await linked(*customers(), phone), "Rico")
    assert relations(line, phone) == [Relation.MENTIONS_LINE]
