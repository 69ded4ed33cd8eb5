"""Where a phone shows its sender by a name alone, the report says from what the number is taken."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage, Relation
from tests.fakes.phones import Phone, finding, link_between, linked, number, offer

NAMED = "shows this sender by a name or an account alone"


async def shown_by_name(*, is_saved: bool) -> tuple[Linkage, Phone, Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    for day in range(6):
        for place, phone in enumerate(phones[:3]):
            phone.text(number(1), day + place / 2000, offer("Rico"), sent=False)
        phones[3].text(None, day + 0.001, offer("Rico"), sent=False, name="bits", service="whatsapp")
    for phone in phones[:3]:
        phone.text(number(1), 3.5, finding("can i get 2"), sent=True)
    if is_saved:
        phones[3].save(number(1), "bits")
    return await linked(*phones), phones[3], phones[0]


@pytest.mark.parametrize("is_saved", [False, True])
async def test_a_number_that_no_record_of_the_phone_holds_is_inferred(*, is_saved: bool) -> None:
    linkage, named, other = await shown_by_name(is_saved=is_saved)
    (line,) = linkage.lines
    (row,) = [row for row in line.devices if row.device_id == named.device_id]
    assert (row.relation, row.numbers) == (Relation.RECEIVED_ADVERTS, (number(1),))
    assert row.inferred_numbers == (() if is_saved else (number(1),))
    says = "Adverts on A/3 (case OP/1) show their sender by a name or an account alone"
    assert any(caveat.startswith(says) for caveat in line.caveats) != is_saved
    link = link_between(linkage, named, other)
    assert link is not None
    taken = "A/3 (case OP/1) received adverts under a name or an account alone, taken to be from "
    assert any(taken in reason.sentence for reason in link.reasons) != is_saved
    assert not [other for other in line.devices if other.inferred_numbers and other is not row]


async def test_a_broadcast_that_came_under_a_name_says_what_its_number_is_taken_from() -> None:
    linkage, named, _ = await shown_by_name(is_saved=False)
    for placed in linkage.flares:
        assert any(NAMED in caveat for caveat in placed.caveats) == (placed.device_id == named.device_id)
