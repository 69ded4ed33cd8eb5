"""Orders to one who works for a line and writes little with the number that it took last."""

from __future__ import annotations

import msgspec
import pytest

from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, offer, the_line

FIRST, SECOND = number(1), number(2)
ORDER = msgspec.structs.replace(finding("drop to albert rd now mate"), advert_score=0.35)


@pytest.mark.parametrize(
    ("before", "has_advert", "is_customer"),
    [(14, False, False), (4, False, True), (14, True, True)],
    ids=["a running talk", "little talk", "an advert of the number before"],
)
async def test_the_talk_with_the_numbers_before_tells_it_too(
    before: int, *, has_advert: bool, is_customer: bool
) -> None:
    customers = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", FIRST, customers, range(0, 20, 2))
    for phone in customers:
        phone.text(FIRST, 19, moved_to(SECOND, "Rico"), sent=False)
        phone.text(FIRST, 3.5, finding("u about"), sent=True)
    campaign("Rico", SECOND, customers, range(20, 40, 2))
    worker = Phone("B/0", 201)
    for later in range(before):
        worker.text(FIRST, 1 + later, finding(f"train at {later}"), sent=False)
        worker.text(FIRST, 1.01 + later, finding(f"on my way {later}"), sent=True)
    for later in range(3):
        worker.text(SECOND, 22 + later, finding(f"where are you {later}"), sent=False)
        worker.text(SECOND, 22.01 + later, finding(f"on the bench {later}"), sent=True)
    worker.text(SECOND, 28.3, ORDER, sent=False)
    if has_advert:
        worker.text(FIRST, 4.02, offer("Rico"), sent=False)
    linkage = await linked(*customers, worker)
    line = the_line(linkage, "Rico")
    rows = {row.relation for row in line.devices if row.device_id == worker.device_id}
    assert ("received_adverts" in rows) == is_customer
    assert "B/0" in members(line)
    flares = [placed for placed in linkage.flares if placed.flare.template_id == ORDER.template_id]
    assert bool(flares) == is_customer
