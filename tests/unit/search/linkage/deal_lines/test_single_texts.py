"""One private text from each of a line's numbers, to a phone that never wrote to it."""

from __future__ import annotations

import pytest

from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number, the_line

LINE, NEXT = number(1), number(2)
MISSED = finding("bits r fat ring now")
NO_TICK, YES = finding("no tick"), finding("yh")


@pytest.mark.parametrize(
    ("day", "is_contact"),
    [
        (24.2, True),
        (21.4, True),  # before the first advert from the new number
        (41.5, False),  # after all adverts, as a notice of the police comes
        (None, False),
    ],
)
async def test_a_text_from_each_of_two_numbers_is_contact_as_two_from_one_are(
    day: float | None, *, is_contact: bool
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    campaign("Rico", NEXT, phones, range(22, 42, 2))
    phones[-1].text(LINE, 1.3, finding("u about"), sent=True)
    phones[-1].text(LINE, 21, moved_to(NEXT, "Rico"), sent=False)
    for phone in phones:
        phone.text(LINE, 3.5, MISSED, sent=False)
        phone.text(NEXT, 23.5, MISSED, sent=False)
    for place, phone in enumerate(phones[1:3]):  # what it answers others tells when it came
        phone.text(LINE, 8 + place, NO_TICK, sent=False)
        phone.text(NEXT, 28 + place, YES, sent=False)
    phones[0].text(LINE, 4.2, NO_TICK, sent=False)
    if day is not None:
        phones[0].text(NEXT, day, YES, sent=False)
    line = the_line(await linked(*phones), "Rico")
    of_phone = [row for row in line.devices if row.device_id == phones[0].device_id]
    contacts = [row.numbers for row in of_phone if row.relation is Relation.CONTACT_OF_LINE]
    assert contacts == ([(LINE, NEXT)] if is_contact else [])
