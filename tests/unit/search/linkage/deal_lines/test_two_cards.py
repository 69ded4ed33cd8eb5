"""A handset with two cards: the line's, from which it sends to many, and the holder's own."""

from __future__ import annotations

import msgspec

from search.contract import ExtractionEntry
from search.linkage.linkage import Linkage, compute_linkage
from tests.fakes.phones import Phone, campaign, finding, index_of, number, offer, the_line

OWN, LINE = 1, 2
_SENDING_DAYS = (10, 12, 14, 16)


class _TwoCards(Phone):
    """A handset whose file states the numbers of two cards."""

    def entry(self) -> ExtractionEntry:
        return msgspec.structs.replace(super().entry(), msisdn=(number(OWN), number(LINE)))


def _handset(early: str | None, *, day: float = 9) -> list[Phone]:
    """Return a handset that sent Rico's broadcasts from one card, a few texts before, and customers' phones."""
    handset = _TwoCards("KP/13", OWN)
    customers = [Phone(f"C/{n}", 100 + n) for n in range(4)]
    campaign("Rico", number(LINE), customers, _SENDING_DAYS)
    listed = [*(customer.own or "" for customer in customers), *(number(200 + n) for n in range(12))]
    for at in _SENDING_DAYS:
        handset.text(listed, at, offer("Rico"), sent=True)
        for customer in customers:
            customer.text(number(LINE), at + 0.1, finding(f"can i get {at}"), sent=True)
            handset.text(customer.own, at + 0.1, finding(f"can i get {at}"), sent=False)
    for n in range(6):
        handset.text(number(300 + n), day - 1, finding("u about mate"), sent=False)
        handset.text(number(300 + n), day - 0.9, finding("yh lad will be with u soon"), sent=True)
    for n in range(2):
        handset.text(number(300 + n), day + n / 10, offer(early, "got both come now"), sent=True)
    return [handset, *customers]


async def _linked(phones: list[Phone]) -> Linkage:
    return await compute_linkage(await index_of(phones))


async def test_what_went_to_few_before_its_first_broadcast_makes_no_line_of_the_holders_own_number() -> None:
    linkage = await _linked(_handset(None))
    assert [line.name for line in linkage.lines] == ["Rico"]
    assert [held.number for held in the_line(linkage, "Rico").numbers] == [number(LINE)]


async def test_a_line_with_a_name_of_its_own_on_the_other_card_is_found() -> None:
    linkage = await _linked(_handset("Kez"))
    assert {line.name for line in linkage.lines} == {"Rico", "Kez"}


async def test_a_line_without_a_name_whose_list_orders_is_found_on_the_other_card() -> None:
    handset, *customers = _handset(None)
    for n in range(4):
        handset.text(number(300 + n), 2 + n / 10, offer(None, "got both come now"), sent=True)
        handset.text(number(300 + n), 2.5 + n / 10, finding(f"can i get {n}"), sent=False)
    linkage = await _linked([handset, *customers])
    assert {line.name for line in linkage.lines} == {"Rico", None}
