"""Adverts of which a phone does not say who sent them."""

from __future__ import annotations

import pytest

from search.linkage.linkage import compute_linkage
from tests.fakes.phones import Phone, campaign, index_of, linked, number, offer

ROUNDED = "4.47701E+11"
_SAID = ("{line} on both 3 for 25", "{line} about now 2 for 15", "{line} back on 3 for 20 bell me", "{line} up n ready")


@pytest.mark.parametrize("sender", [ROUNDED, None])
async def test_adverts_of_several_names_whose_senders_are_not_known_are_of_no_one_line(sender: str | None) -> None:
    phone = Phone("A/1", 1)
    for day, name in enumerate(("Rico", "Ace", "Kez") * 5):
        phone.text(sender, day, offer(name, f"{{line}} on both 3 for {day % 3 + 20} bell me"), sent=False)
    linkage = await linked(phone)
    assert not linkage.lines
    assert [each.device_ids for each in linkage.suppressed if each.kind == "number"] == [{phone.device_id}]


async def test_adverts_of_two_names_that_several_phones_got_from_a_withheld_sender_are_a_line() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    for phone in phones:
        for day in range(12):
            name = "Rico" if day < 6 else "Kez"
            phone.text(None, day * 2, offer(name, _SAID[day % 4]), sent=False)
    assert len((await linked(*phones)).lines) == 1


async def test_recipients_whose_numbers_lost_their_digits_count_to_how_many_a_text_went() -> None:
    phone = Phone("A/1", 44)
    for day in range(6):
        said = offer("Rico", f"{{line}} on both 3 for {day % 4 + 20} bell me")
        phone.text([f"4.477{place}E+11" for place in range(10, 40)], day * 3, said, sent=True)
    linkage = await linked(phone)
    assert [line.name for line in linkage.lines] == ["Rico"]
    assert {flare.flare.recipient_count for flare in linkage.flares} == {30}


async def test_two_phones_whose_senders_were_rounded_to_the_same_are_not_linked_by_it() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    campaign("Rico", number(1), phones[:2], range(1, 20, 3), "{line} on both 3 for 25")
    campaign("Kez", ROUNDED, phones[2:3], range(1, 20, 3), "{line} about now 2 for 15")
    campaign("Ace", ROUNDED, phones[3:], range(2, 20, 3), "{line} up and ready 4 for 30")
    linkage = await compute_linkage(await index_of(phones))
    pairs = {frozenset((link.a_device_id, link.b_device_id)) for link in linkage.links}
    assert pairs <= {frozenset(phone.device_id for phone in phones[:2])}
    assert not [held for line in linkage.lines for held in line.numbers if held.number == ROUNDED]
