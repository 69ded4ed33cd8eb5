"""Adverts of which a phone does not say who sent them."""

from __future__ import annotations

import pytest

from search.linkage.linkage import compute_linkage
from tests.fakes.phones import Phone, campaign, index_of, linked, number, offer

ROUNDED = "4.47701E+11"


@pytest.mark.parametrize("sender", [ROUNDED, None])
async def test_adverts_of_several_names_whose_senders_are_not_known_are_of_no_one_line(sender: str | None) -> None:
    phone = Phone("A/1", 1)
    for day, name in enumerate(("Rico", "Ace", "Kez") * 5):
        phone.text(sender, day, offer(name, f"{{line}} on both 3 for {day % 3 + 20} bell me"), sent=False)
    linkage = await linked(phone)
    assert not linkage.lines


async def test_two_phones_whose_senders_were_rounded_to_the_same_are_not_linked_by_it() -> None:
    phones = [Phone(f"A/{n}", 100 + n) for n in range(4)]
    campaign("Rico", number(1), phones[:2], range(1, 20, 3), "{line} on both 3 for 25")
    campaign("Kez", ROUNDED, phones[2:3], range(1, 20, 3), "{line} about now 2 for 15")
    campaign("Ace", ROUNDED, phones[3:], range(2, 20, 3), "{line} up and ready 4 for 30")
    linkage = await compute_linkage(await index_of(phones))
    pairs = {frozenset((link.a_device_id, link.b_device_id)) for link in linkage.links}
    assert pairs <= {frozenset(phone.device_id for phone in phones[:2])}
    assert not [held for line in linkage.lines for held in line.numbers if held.number == ROUNDED]
