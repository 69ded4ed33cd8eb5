"""A number whose handset is on another number's list: it passes those adverts on, or the line had it before."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, linked, number, offer, predecessors

OLD, NEW = number(1), number(2)
WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


@pytest.mark.parametrize(("until", "count"), [(21, 1), (60, 2)])
async def test_the_handset_of_a_number_that_had_ended_may_get_adverts_of_the_next_one(until: int, count: int) -> None:
    """The line texts its own handset; while that still sends, it may pass on what it gets."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    handset = Phone("L/1", 1)
    for place, wording in enumerate(WORDINGS):
        for day in range(place, until, 3):
            handset.text([phone.own or "" for phone in phones], day, offer("Rico", wording), sent=True)
        campaign("Rico", OLD, phones, range(place, until, 3), wording)
        campaign("Rico", NEW, [*phones, handset], [day + 0.4 for day in range(24 + place, 60, 3)], wording)
    linkage = await linked(*phones, handset)
    assert len(linkage.lines) == count
    assert predecessors(linkage) == {OLD: None, NEW: OLD if count == 1 else None}
