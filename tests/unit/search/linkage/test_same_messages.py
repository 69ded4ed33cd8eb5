"""Two devices that hold the same messages are told of, and nothing else that phones have in common is."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, finding, linked, number

PARTIES = tuple(number(place) for place in (61, 62, 63))


def talking(name: str, own: int, days: tuple[float, ...]) -> Phone:
    """Return a phone that writes to three people, to each first on its day."""
    phone = Phone(name, own)
    for party, day in zip(PARTIES, days, strict=True):
        phone.text(party, day, finding(f"see you {party}"), sent=True)
        phone.text(party, day + 3, finding(f"later {party}"), sent=True)
    return phone


def told(linkage: Linkage) -> dict[str, list[tuple[str, int]]]:
    return {
        traffic.device_id: [(held.device_id, held.number_count) for held in traffic.same_messages]
        for traffic in linkage.traffic
        if traffic.same_messages
    }


async def test_a_phone_that_lies_there_under_two_labels_is_told_of_on_both() -> None:
    phones = talking("A/1", 51, (1, 2.5, 4)), talking("A/9", 59, (1, 2.5, 4))
    linkage = await linked(*phones)
    assert told(linkage) == {
        phones[0].device_id: [(phones[1].device_id, 3)],
        phones[1].device_id: [(phones[0].device_id, 3)],
    }
    first = next(traffic for traffic in linkage.traffic if traffic.device_id == phones[0].device_id)
    assert first.reasons[0].startswith("The first messages of A/1 (case OP/1) and A/9 (case OP/1) are the same: ")
    assert len(set(first.same_messages[0].record_ids)) == 6
    assert all(record_id in first.reasons[0] for record_id in first.same_messages[0].record_ids[:2])


@pytest.mark.parametrize("days", [(1.1, 2.6, 4.1), (1, 2.5, 4.2), (6, 7, 8)])
async def test_two_phones_that_write_to_the_same_people_are_two(days: tuple[float, float, float]) -> None:
    assert told(await linked(talking("A/1", 51, (1, 2.5, 4)), talking("A/9", 59, days))) == {}


async def test_what_came_in_at_one_time_says_nothing() -> None:
    phones = Phone("A/1", 51), Phone("A/9", 59)
    for phone in phones:
        for party in PARTIES:
            phone.text(party, 1, finding("fete on saturday"), sent=False)
            phone.call(party, 2, made=False)
    assert told(await linked(*phones)) == {}


async def test_a_text_that_went_to_a_list_in_one_second_from_two_phones_says_nothing() -> None:
    assert told(await linked(talking("A/1", 51, (1, 1, 1)), talking("A/9", 59, (1, 1, 1)))) == {}
