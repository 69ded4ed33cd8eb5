"""Copies on other phones prove which number a handset sent from, where they leave no doubt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import permutations

import pytest

from search.linkage.attribution.proven_numbers import _Handset
from search.linkage.model import LineDevice, Linkage, Relation
from tests.fakes.phones import Phone, finding, linked, number, offer

LINE, SECOND, PERSONAL = number(1), number(2), 50
OTHERS = [number(300 + place) for place in range(10)]
"""Who is on the list and was not seized."""
_STEP = 1 / 8640
"""Ten seconds, in days."""
DAYS = (0, 2, 4, 6)


def customers(count: int, *, are_known: bool = True) -> list[Phone]:
    phones = [Phone(f"C/{place}", 100 + place if are_known else None) for place in range(count)]
    for place, phone in enumerate(phones):
        phone.text(LINE, 3.5 + place / 100, finding("can i get 2"), sent=True)
    return phones


def broadcast(
    handset: Phone | None,
    sender: str,
    phones: Sequence[Phone],
    day: float,
    *,
    late: float = 0.0,
    said: str = "{line} on",
) -> None:
    """Send a wording to phones and to others, one every ten seconds; ``late``: seconds until phones have it."""
    for place, party in enumerate([*(number(100 + int(phone.name[2:])) for phone in phones), *OTHERS]):
        at = day + place * _STEP
        if handset is not None:
            handset.text(party, at, offer("Rico", said), sent=True)
        if place < len(phones):
            phones[place].text(sender, at + late / 86_400, offer("Rico", said), sent=False)


def carrying(linkage: Linkage, phone: Phone) -> dict[str, LineDevice]:
    """Return the rows that say that a phone has numbers of lines, by number."""
    return {
        held: row
        for line in linkage.lines
        for row in line.devices
        if row.device_id == phone.device_id and row.relation is Relation.CARRIES_LINE_SIM
        for held in row.numbers
    }


async def proven(
    *, own: int | None = None, are_known: bool = True, days: Collection[float] = DAYS, count: int = 3, late: float = 1.0
) -> tuple[Linkage, Phone]:
    handset, phones = Phone("L/1", own), customers(count, are_known=are_known)
    for day in days:
        broadcast(handset, LINE, phones, day, late=late)
    return await linked(handset, *phones), handset


@pytest.mark.parametrize("own", [None, PERSONAL])
async def test_a_handset_that_does_not_state_the_number_it_sent_from_is_said_to_carry_it(own: int | None) -> None:
    linkage, handset = await proven(own=own)
    (row,) = carrying(linkage, handset).values()
    assert (row.numbers, row.inferred_numbers) == ((LINE,), (LINE,))
    assert {record[:1] for record in row.record_ids} == {"r"}
    assert len(row.record_ids) == 4, "what it sent and what came in, of the first and the last day"
    (reasons,) = [it.reasons for it in linkage.traffic if it.device_id == handset.device_id]
    says = "it states no number" if own is None else f"it states {number(PERSONAL)}"
    (said,) = [it for it in reasons if it.startswith(f"Messages on this phone were sent from {LINE} of the line Rico")]
    assert says in said
    assert "restored from another's backup" in said, "where that was, the SIM was in another phone"
    assert not [it for it in reasons if "its SIM was read" in it]
    assert {it.flare.sender for it in linkage.flares if it.device_id == handset.device_id} == {LINE}


async def test_phones_that_state_no_number_are_found_on_its_list_by_the_first_and_the_last_text() -> None:
    linkage, handset = await proven(are_known=False)
    assert set(carrying(linkage, handset)) == {LINE}
    linkage, handset = await proven(are_known=False, late=4.0)
    assert set(carrying(linkage, handset)) == {LINE}, "of three phones, each the one party's"
    linkage, handset = await proven(are_known=False, late=6.0)
    assert not carrying(linkage, handset), "so far apart another party of the list may be meant"


@pytest.mark.parametrize(("days", "count", "expected"), [(11, 4, {LINE}), (11, 3, set()), (8, 4, set())])
async def test_three_phones_to_a_few_seconds_on_one_day_are_enough_of_many_broadcasts(
    days: int, count: int, expected: set[str]
) -> None:
    """What came before was half a minute on its way, and what goes out on a whole minute agrees with nothing."""
    handset, phones = Phone("L/1", None), customers(count)
    for day in range(days):
        broadcast(handset, LINE, phones, day, late=1.0 if day == days - 1 else 31.0)
    assert set(carrying(await linked(handset, *phones), handset)) == expected


@pytest.mark.parametrize("before", [0, 1, 3])
async def test_a_second_phone_that_sends_to_the_same_list_begins_before_this_one_now_and_then(before: int) -> None:
    """None of what this one sent came in; the two begin in the same second once."""
    handset, phones = Phone("L/1", None), customers(4)
    for day in range(11):
        late = 1.0 if day == 10 else -20.0 if day < before else 31.0
        broadcast(handset, LINE, phones, day + 1 / 2880, late=late)
    expected = set() if before else {LINE}
    assert set(carrying(await linked(handset, *phones), handset)) == expected


@pytest.mark.parametrize(("days", "count", "late"), [((0, 2), 3, 1.0), (DAYS, 1, 1.0), (DAYS, 3, 20.0)])
async def test_two_days_one_phone_or_other_instants_prove_nothing(
    days: tuple[float, ...], count: int, late: float
) -> None:
    linkage, handset = await proven(days=days, count=count, late=late)
    assert linkage.lines
    assert not carrying(linkage, handset)


@pytest.mark.parametrize(("count", "apart", "expected"), [(5, 3, {LINE}), (4, 3, set()), (5, 1, set())])
async def test_one_broadcast_is_enough_where_five_phones_have_it_to_a_few_seconds_all_along(
    count: int, apart: int, expected: set[str]
) -> None:
    """Another phone that begins in the same seconds sends at its own pace."""
    handset, phones = Phone("L/1", None), customers(count)
    parties = [place for phone in phones for place in (phone, *OTHERS[: apart - 1])]
    for place, party in enumerate(dict.fromkeys([*parties, *OTHERS])):
        to = party if isinstance(party, str) else number(100 + int(party.name[2:]))
        at = 4 + (1.5 + place * min(apart, 2)) * _STEP
        handset.text(to, at, offer("Rico", "{line} on"), sent=True)
        if isinstance(party, Phone):
            party.text(LINE, at + 1 / 86_400, offer("Rico", "{line} on"), sent=False)
    assert set(carrying(await linked(handset, *phones), handset)) == expected


async def test_one_persons_two_phones_are_one_witness() -> None:
    handset, (one, other) = Phone("L/1", None), customers(2)
    other.own = one.own
    for day in DAYS:
        broadcast(handset, LINE, [one], day, late=1.0)
        other.text(LINE, day + 1 / 86_400, offer("Rico", "{line} on"), sent=False)
    assert not carrying(await linked(handset, one, other), handset)


async def test_what_a_second_phone_of_the_line_sent_in_those_minutes_is_not_this_ones() -> None:
    """The customers held are on the list of the second phone, which is not held, and were on this one's before."""
    handset, phones = Phone("L/1", None), customers(3)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
    for day in (10, 12, 14, 16):
        broadcast(None, SECOND, phones, day, late=5.0)
        broadcast(handset, LINE, [], day)
    assert set(carrying(await linked(handset, *phones), handset)) == {LINE}


async def test_where_a_second_phone_that_is_held_sent_the_same_it_is_neither_ones() -> None:
    handset, second, phones = Phone("L/1", None), Phone("L/2", None), customers(3)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
        broadcast(second, LINE, [], day)
    linkage = await linked(handset, second, *phones)
    assert not carrying(linkage, handset)
    assert not carrying(linkage, second)


async def test_a_text_that_came_from_another_number_at_that_instant_speaks_against_it() -> None:
    handset, phones = Phone("L/1", None), customers(3)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
    handset.text(number(150), 8, offer("Rico", "{line} on"), sent=True)
    against = Phone("C/50", 150)
    against.text(SECOND, 8, offer("Rico", "{line} on"), sent=False)
    assert not carrying(await linked(handset, *phones, against), handset)


@pytest.mark.parametrize("is_call", [False, True])
async def test_whoever_writes_with_the_number_or_rings_it_has_another(*, is_call: bool) -> None:
    handset, phones = Phone("L/1", None), customers(3)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
    if is_call:
        handset.call(LINE, 3, made=True)
    else:
        handset.text(LINE, 3, finding("send that to everyone"), sent=False)
    assert not carrying(await linked(handset, *phones), handset)


async def test_of_two_sims_both_are_proven() -> None:
    """One customer comes later and leaves earlier: each number has texts of several days that were first or last."""
    handset, phones = Phone("L/1", PERSONAL), customers(4)
    for day in range(0, 20, 2):
        said = ("{line} on", LINE) if day < 10 else ("{line} about best of both", SECOND)
        broadcast(handset, said[1], phones if 2 < day < 18 else phones[:3], day, late=1.0, said=said[0])
    found = carrying(await linked(handset, *phones), handset)
    assert set(found) == {LINE, SECOND}


def swapped(*, are_known: bool = True) -> tuple[Phone, list[Phone]]:
    """Two phones of a line swap their customers for a week: what these got then the handset did not send."""
    handset, phones = Phone("L/1", None), customers(3, are_known=are_known)
    for day in (0, 2, 4, 20, 22, 24):
        broadcast(handset, SECOND, phones, day, late=1.0)
    for day in (10, 12, 14):
        broadcast(None, LINE, phones, day, late=3.0)
        for place in range(12):
            handset.text(number(400 + place), day + place * _STEP, offer("Rico", "{line} on"), sent=True)
    return handset, phones


@pytest.mark.parametrize("are_known", [True, False])
async def test_single_texts_from_one_number_prove_no_other(*, are_known: bool) -> None:
    handset, phones = swapped(are_known=are_known)
    linkage = await linked(handset, *phones)
    assert set(carrying(linkage, handset)) == {SECOND}
    (reasons,) = [it.reasons for it in linkage.traffic if it.device_id == handset.device_id]
    assert [it for it in reasons if "4 of its texts came in there from that number" in it]


@pytest.mark.parametrize("is_call", [False, True])
async def test_where_a_phone_that_states_the_number_is_in_use_it_is_that_ones(*, is_call: bool) -> None:
    handset, phones, stating = Phone("L/1", None), customers(3), Phone("L/2", 1)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
        if is_call:
            stating.call(number(100), day + 0.1, made=True)
        else:
            stating.text(number(100), day + 0.1, finding("10 mins"), sent=True)
    linkage = await linked(handset, stating, *phones)
    assert linkage.lines
    assert not carrying(linkage, handset)


async def test_a_phone_that_states_the_number_and_was_used_earlier_speaks_not_against_it() -> None:
    handset, phones, stating = Phone("L/1", None), customers(3), Phone("L/2", 1)
    stating.text(number(100), -20, finding("10 mins"), sent=True)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
    assert set(carrying(await linked(handset, stating, *phones), handset)) == {LINE}


@pytest.mark.parametrize("late", [0, 3, 40])
async def test_instants_to_the_minute_agree_with_nothing(late: int) -> None:
    handset, phones = Phone("L/1", None), customers(3)
    for day in DAYS:
        for place, party in enumerate([*(phone.own or "" for phone in phones), *OTHERS]):
            at = day + place / 1440
            handset.text(party, at, offer("Rico", "{line} on"), sent=True)
            if place < len(phones):
                phones[place].text(LINE, at + late / 86_400, offer("Rico", "{line} on"), sent=False)
    linkage = await linked(handset, *phones)
    assert linkage.lines
    assert not carrying(linkage, handset)


async def test_a_phone_without_a_number_is_compared_with_whom_a_text_went_to_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    whole = _Handset._is_one_party

    def counting(self: _Handset, device_id: str, ends: Collection[float], seconds: float) -> bool:
        asked.append(device_id)
        return whole(self, device_id, ends, seconds)

    monkeypatch.setattr(_Handset, "_is_one_party", counting)
    linkage, handset = await proven(are_known=False)
    assert carrying(linkage, handset)
    assert len(asked) == len(set(asked)), "one party each, of the thirteen on the list"


async def test_the_order_of_drops_changes_nothing() -> None:
    handset, phones = Phone("L/1", None), customers(3)
    for day in DAYS:
        broadcast(handset, LINE, phones, day, late=1.0)
    found = [await linked(*order) for order in permutations((handset, *phones))][::5]
    assert all((it.lines, it.traffic) == (found[0].lines, found[0].traffic) for it in found)
    assert carrying(found[0], handset)


@pytest.mark.parametrize(
    ("days", "late", "count", "expected"),
    [
        (range(0, 44, 4), 3.0, 2, {LINE}),
        (range(0, 44, 4), 6.0, 2, set()),  # not to a few seconds
        (range(0, 22, 2), 3.0, 2, set()),  # its first and last text are too near
        (range(0, 44, 6), 3.0, 2, set()),  # too few days
        (range(0, 44, 4), 3.0, 1, set()),  # no other phone shows the number
    ],
)
async def test_one_party_is_enough_by_its_first_and_last_text_of_many_broadcasts(
    days: Sequence[float], late: float, count: int, expected: set[str]
) -> None:
    """The second phone states no number, and is three seconds late: what party it is cannot be told."""
    handset, (known, unknown) = Phone("L/1", None), (customers(1)[0], Phone("C/1", None))
    unknown.text(LINE, 3.5, finding("can i get 2"), sent=True)
    for day in days:
        broadcast(handset, LINE, [known, unknown][:count], day + _STEP, late=late)
    assert set(carrying(await linked(handset, known, unknown), handset)) == expected
