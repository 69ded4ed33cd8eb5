"""Numbers that two phones have in common: which, and whether both sent adverts to them."""

from __future__ import annotations

import pytest

from search.linkage.device_links.pairs import NO_CONTACTS, OnDevice, SharedContacts, pair_reasons
from search.linkage.model import Link, ReasonKind
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number, offer

LINE, NEXT = number(1), number(2)
SENT, NEAR = "both sent adverts or broadcasts to", "people who live near each other have numbers in common too."
NUMBERS = tuple(number(place) for place in range(601, 606))


def said(contacts: SharedContacts) -> list[str]:
    a, b = (OnDevice(key, key, {}, {}, {}, {}, {}, {}) for key in ("dv-a", "dv-b"))
    return [reason.sentence for reason in pair_reasons(a, b, contacts, [])]


@pytest.mark.parametrize(
    ("shared", "sent_to", "named", "words"),
    [
        (1, 0, NUMBERS[0], "people who live near each other have that too."),
        (5, 0, f"{', '.join(NUMBERS[:3])} and 2 more", "people who live near each other have that too."),
        (2, 1, ", ".join(NUMBERS[:2]), f"{SENT} 1 of them; {NEAR}"),
        (2, 2, ", ".join(NUMBERS[:2]), f"{SENT} all of them."),
        (1, 1, NUMBERS[0], f"{SENT} it."),
    ],
)
def test_a_reason_names_numbers_in_common_and_says_whether_both_sent_adverts_to_them(
    shared: int, sent_to: int, named: str, words: str
) -> None:
    numbers = "number" if shared == 1 else "numbers"
    head = f"Both have {shared} other {numbers} in common that few devices have ({named}); "
    assert said(SharedContacts(NUMBERS[:shared], ("r-1",), sent_to)) == [head + words]
    assert said(NO_CONTACTS) == []


def in_common(links: tuple[Link, ...], *device_ids: str) -> list[str]:
    (link,) = [each for each in links if {each.a_device_id, each.b_device_id} == set(device_ids)]
    return [reason.sentence for reason in link.reasons if reason.kind is ReasonKind.SHARED_CONTACTS]


@pytest.mark.parametrize(("to_held", "shared", "sent_to"), [(0, 13, 12), (3, 16, 15)], ids=["strangers", "held too"])
async def test_recipients_of_adverts_of_both_phones_are_told_as_such(to_held: int, shared: int, sent_to: int) -> None:
    senders = [Phone("HW/1", 1), Phone("HW/2", 2)]
    held = [Phone(f"JB/{place}", 101 + place) for place in range(6)]
    for phone, start in zip(senders, (0, 10), strict=True):
        for day in range(start, start + 3):
            for place in range(12):
                phone.text(number(301 + place), day + place / 1440, offer("Rico"), sent=True)
            for place, other in enumerate(held[:to_held]):
                phone.text(other.own, day + (12 + place) / 1440, offer("Rico"), sent=True)
        campaign("Rico", str(phone.own), held, range(start, start + 3))
    for phone in held:
        senders[0].text(phone.own, 4, moved_to(NEXT, "Rico"), sent=True)
        phone.text(LINE, 4, moved_to(NEXT, "Rico"), sent=False)
    for phone in senders:
        phone.text(number(400), 4, finding("see you at six"), sent=True)
    linkage = await linked(*senders, *held)
    (sentence,) = in_common(linkage.links, *(phone.device_id for phone in senders))
    assert f"Both have {shared} other numbers in common" in sentence
    assert f"both sent adverts or broadcasts to {sent_to} of them; people who live near" in sentence


async def test_a_number_that_is_kept_from_linking_is_no_reason_of_a_link() -> None:
    """A customer passes an advert on to a friend: the number is named as no line's, and ties nobody."""
    own, customer, friend = Phone("HW/1", 1), Phone("JB/1", 101), Phone("JB/2", 102)
    held = [customer, friend, *(Phone(f"MS/{place}", 110 + place) for place in range(8))]
    listed = [*(str(phone.own) for phone in held), *(number(300 + place) for place in range(10))]
    for wording in ("{line} on both 3 for 25", "{line} about til late"):
        campaign("Rico", LINE, held, range(6), wording)
        for day in range(6):
            for place, party in enumerate(listed):
                own.text(party, day + place / 1440, offer("Rico", wording), sent=True)
    customer.text(friend.own, 7, offer("Rico"), sent=True)
    friend.text(customer.own, 7, offer("Rico"), sent=False)
    linkage = await linked(own, *held)
    assert number(101) in [item.value for item in linkage.suppressed if item.kind == "number"]
    assert in_common(linkage.links, own.device_id, friend.device_id) == []
