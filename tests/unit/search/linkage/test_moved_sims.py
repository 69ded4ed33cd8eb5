"""A SIM in a handset that states another number: what phones that received its broadcasts show tells the sender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.records.findings import TextFinding
from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.own_numbers import own_numbers
from search.linkage.attribution.senders import SenderResolver
from search.linkage.model import Line, Linkage, PlacedFlare, Relation
from tests.fakes.phones import Phone, finding, instant, linked, moved_from, number, offer

LINE, OTHER, LIST = number(1), number(2), [number(100 + place) for place in range(12)]
MINUTE = 1 / 1440
FIRST, SECOND = offer("Rico", "{line} on both"), offer("Rico", "{line} here til late 3 for 25")
CHAT = finding("u about")


def sent(phone: Phone, day: float, said: TextFinding, to: Sequence[str] = LIST) -> None:
    """Send to each a third of a minute after the one before; the record states no sender."""
    own, phone.own = phone.own, None
    for place, party in enumerate(to):
        phone.text(party, day + place / 3 * MINUTE, said, sent=True)
    phone.own = own


def got(phones: Iterable[Phone], sender: str, day: float, said: TextFinding) -> None:
    for place, phone in enumerate(phones):
        phone.text(sender, day + place / 3 * MINUTE, said, sent=False)


def customers(count: int = 3) -> list[Phone]:
    return [Phone(f"C/{place}", 100 + place) for place in range(count)]


def known(phones: Iterable[Phone], sender: str, days: Iterable[float]) -> None:
    """Have the phones receive adverts of the sender on other days."""
    for day in days:
        got(phones, sender, day, FIRST)


def the_line(linkage: Linkage) -> Line:
    (line,) = linkage.lines
    return line


def numbers(linkage: Linkage) -> dict[str, str | None]:
    return {held.number: held.succeeds for held in the_line(linkage).numbers if held.number}


def sent_flares(linkage: Linkage, phone: Phone) -> list[PlacedFlare]:
    held = [placed for placed in linkage.flares if placed.device_id == phone.device_id]
    return sorted(
        (placed for placed in held if placed.flare.direction == "sent"), key=lambda placed: placed.flare.started_at
    )


def lent(phones: Sequence[Phone], *, own: int = 2) -> Phone:
    """Return a handset that sent two broadcasts with the line's SIM and states a number of its own."""
    runner = Phone("R/1", own)
    for day in range(8):
        runner.text(LINE, day, CHAT, sent=True)
    for day, said in ((9, FIRST), (10, SECOND)):
        sent(runner, day, said)
        got(phones, LINE, day, said)
    return runner


async def test_adverts_of_a_broadcast_have_its_sender_and_count_once() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    runner = lent(phones)
    linkage = await linked(runner, *phones)
    assert numbers(linkage) == {LINE: None}
    assert {placed.flare.sender for placed in sent_flares(linkage, runner)} == {LINE}
    (row,) = (row for row in the_line(linkage).devices if row.relation == Relation.SENT_ADVERTS)
    assert (row.device_id, row.advert_count) == (runner.device_id, 24)
    basis = [sentence for held in the_line(linkage).numbers for sentence in held.basis]
    assert any(sentence.startswith(f"{24 + 3 * 8} adverts from this number") for sentence in basis), basis


async def test_who_writes_with_the_handset_has_nothing_to_do_with_the_line() -> None:
    phones, friend = customers(), Phone("F/1", 50)
    known(phones, LINE, range(6))
    runner = lent(phones)
    for day in (3, 9, 11):
        friend.text(OTHER, day, CHAT, sent=True)
        friend.text(OTHER, day, CHAT, sent=False)
    linkage = await linked(runner, friend, *phones)
    assert friend.device_id not in {row.device_id for row in the_line(linkage).devices}


async def test_what_the_handset_sent_to_one_afterwards_gives_the_line_no_number() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    runner = lent(phones)
    sent(runner, 12, SECOND, LIST[5:6])
    linkage = await linked(runner, *phones)
    assert numbers(linkage) == {LINE: None}
    assert {sender for sender, _, _ in the_line(linkage).senders} <= {LINE, f"own:{runner.device_id}"}
    (row,) = (row for row in the_line(linkage).devices if row.relation == Relation.SENT_ADVERTS)
    assert row.advert_count == 25


async def test_a_number_that_a_phone_shows_an_advert_of_is_kept() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    runner = lent(phones)
    sent(runner, 12, SECOND, LIST[:1])
    phones[0].text(OTHER, 12, SECOND, sent=False)
    assert OTHER in numbers(await linked(runner, *phones))


async def test_a_number_that_is_announced_is_kept() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    runner = lent(phones)
    sent(runner, 12, moved_from(LINE, "Rico"), LIST[5:6])
    assert numbers(await linked(runner, *phones)) == {LINE: None, OTHER: LINE}


async def test_a_number_from_which_the_handset_broadcast_later_is_kept() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    runner = lent(phones)
    sent(runner, 12, FIRST)
    linkage = await linked(runner, *phones)
    assert [placed.flare.sender for placed in sent_flares(linkage, runner)] == [LINE, LINE, OTHER]
    assert set(numbers(linkage)) == {LINE, OTHER}
    rows = [row.advert_count for row in the_line(linkage).devices if row.relation == Relation.SENT_ADVERTS]
    assert rows == [36]


def changed(shown_by: Sequence[Phone]) -> Phone:
    """Return a handset that sent one broadcast from the line's number, and two from the one that it states."""
    phone = Phone("L/1", 2)
    for day, own in ((9, LINE), (10, OTHER), (11, OTHER)):
        sent(phone, day, SECOND)
        got(shown_by, own, day, SECOND)
    return phone


async def test_three_phones_that_show_one_number_tell_the_sender_of_a_single_broadcast() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    phone = changed(phones)
    linkage = await linked(phone, *phones)
    flares = sent_flares(linkage, phone)
    assert [placed.flare.sender for placed in flares] == [LINE, OTHER, OTHER]
    assert [len(placed.caveats) for placed in flares] == [1, 0, 0]
    (sentence,) = flares[0].caveats
    assert "3 phones that received this broadcast" in sentence
    assert OTHER in sentence


async def test_a_number_between_two_broadcasts_of_the_stated_one_is_told_too() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    phone = changed(phones)
    sent(phone, 8, FIRST)
    got(phones, OTHER, 8, FIRST)
    linkage = await linked(phone, *phones)
    assert [placed.flare.sender for placed in sent_flares(linkage, phone)] == [OTHER, LINE, OTHER, OTHER]


async def test_two_phones_are_too_few_and_what_they_show_is_said() -> None:
    phones = customers(2)
    known(phones, LINE, range(6))
    phone = changed(phones)
    flares = sent_flares(await linked(phone, *phones), phone)
    assert [placed.flare.sender for placed in flares] == [OTHER, OTHER, OTHER]
    assert ["2 phones" in "".join(placed.caveats) for placed in flares] == [True, False, False]


async def test_customers_of_another_phone_that_sent_the_wording_at_once_do_not_tell_it() -> None:
    """Two phones of a line share out its customers, and those of one are held."""
    phones = [Phone(f"C/{place}", 300 + place) for place in range(4)]
    known(phones, LINE, range(6))
    phone = changed(phones)
    assert {placed.flare.sender for placed in sent_flares(await linked(phone, *phones), phone)} == {OTHER}


@pytest.mark.parametrize(("first", "sender"), [(300, OTHER), (100, LINE)], ids=["left out", "on the list"])
async def test_however_often_another_phone_sends_at_once_its_customers_do_not_tell_the_sender(
    first: int, sender: str
) -> None:
    phones = [Phone(f"C/{place}", first + place) for place in range(4)]
    known(phones, LINE, range(6))
    phone = Phone("L/1", 2)
    for day in (9, 10, 11):
        sent(phone, day, SECOND)
        got(phones, LINE, day, SECOND)
    assert {placed.flare.sender for placed in sent_flares(await linked(phone, *phones), phone)} == {sender}


async def test_another_phone_that_is_held_and_sent_the_wording_at_once_is_the_sender() -> None:
    phones, other = customers(), Phone("L/2", 1)
    known(phones, LINE, range(6))
    phone = changed(phones)
    sent(other, 9, SECOND)
    assert {placed.flare.sender for placed in sent_flares(await linked(phone, other, *phones), phone)} == {OTHER}


async def test_who_sends_on_what_came_in_that_minute_did_not_send_from_its_number() -> None:
    phones = customers()
    known(phones, LINE, range(6))
    phone = changed(phones)
    phone.text(LINE, 9, SECOND, sent=False)
    assert {placed.flare.sender for placed in sent_flares(await linked(phone, *phones), phone)} == {OTHER}


async def test_a_number_that_no_phone_knows_otherwise_is_not_taken_for_the_handsets() -> None:
    phones = customers()
    phone = changed(phones)
    assert {placed.flare.sender for placed in sent_flares(await linked(phone, *phones), phone)} == {OTHER}


async def test_a_handset_that_states_no_number_says_what_its_sender_is_taken_from() -> None:
    phones = customers()
    phone = Phone("L/1", None)
    for day in (1, 2, 3):
        sent(phone, day, SECOND)
        if day > 1:
            got(phones, LINE, day, SECOND)
    first, second, _ = sent_flares(await linked(phone, *phones), phone)
    assert "other traffic of this phone" in first.caveats[0]
    assert "3 phones that received this broadcast" in second.caveats[0]
    assert "states no number" in second.caveats[0]


def flare(place: int, begin: float, end: float, sender: str | None, phone: str, template: str = "t-1") -> Flare:
    return Flare(
        flare_id=f"fl-{place}-{phone}",
        extraction_id=phone,
        direction="sent" if phone == "ex-L" else "received",
        sender=sender,
        template_id=template,
        has_advert=True,
        started_at=instant(begin),
        ended_at=instant(end),
        time_basis="stated_offset",
        recipient_count=12,
        message_count=12,
        variant_count=1,
        first_record_id="r-1",
        last_record_id="r-2",
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 30), st.sampled_from([LINE, OTHER, ""]), st.booleans()),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([LINE, OTHER, number(3)]),
)
def test_no_number_changes_within_broadcasts_that_lie_apart(
    made: list[tuple[int, int, str, bool]], stated: str
) -> None:
    """Every text of a broadcast has its sender, whether that is shown or not; parts count each text once."""
    flares: list[Flare] = []
    at = 0.0
    for place, (pause, minutes, shown, is_first) in enumerate(made):
        begin = at + (1 + pause) * MINUTE
        at = begin + minutes * MINUTE
        template = "t-1" if is_first else "t-2"
        flares.append(flare(place, begin, at, None, "ex-L", template))
        if shown:
            flares.append(flare(place, begin, begin, shown, "ex-C", template))
    device_of = {"ex-L": "L", "ex-C": "C"}
    own = own_numbers(device_of, flares, {"L": stated})
    broadcasts = [held for held in flares if held.direction == "sent"]
    for held in broadcasts:
        assert own.at("L", held.started_at) == own.at("L", held.ended_at)
    resolver = SenderResolver(device_of, flares, own)
    for template in ("t-1", "t-2"):
        of_it = [held for held in broadcasts if held.template_id == template]
        if not of_it:
            continue
        edge = Edge(
            kind=EdgeKind.ADVERT,
            key="own:ex-L",
            other=template,
            role="sent",
            extraction_id="ex-L",
            count=12 * len(of_it),
            first_at=min(held.started_at for held in of_it),
            last_at=max(held.ended_at for held in of_it),
        )
        parts = resolver.evidenced([edge], by_other=False)
        assert sum(part.edge.count for part in parts) == edge.count
        assert {part.sender for part in parts} == {resolver.flare_sender(held) for held in of_it}


@pytest.mark.parametrize(("count", "expected"), [(13, [12, 1]), (20, [12, 8]), (5, [4, 1])])
def test_what_is_in_no_broadcast_is_counted_beside_it(count: int, expected: list[int]) -> None:
    """A wording that went to many from one number, and later to a few."""
    flares = [flare(place, place, place + MINUTE, None, "ex-L") for place in (1, 2)]
    flares += [flare(place, place, place, LINE, "ex-C") for place in (1, 2)]
    flares[0] = msgspec.structs.replace(flares[0], template_id="t-2")
    flares[2] = msgspec.structs.replace(flares[2], template_id="t-2")
    device_of = {"ex-L": "L", "ex-C": "C"}
    resolver = SenderResolver(device_of, flares, own_numbers(device_of, flares, {"L": OTHER}))
    edge = Edge(
        kind=EdgeKind.ADVERT, key=OTHER, other="t-1", role="sent", extraction_id="ex-L", count=count,
        first_at=instant(2), last_at=instant(5),
    )  # fmt: skip
    parts = resolver.evidenced([edge], by_other=False)
    assert [(part.sender, part.edge.count) for part in parts] == list(zip([LINE, OTHER], expected, strict=True))


@pytest.mark.parametrize("is_owner_stated", [True, False])
async def test_the_number_that_the_submitter_states_holds_before_another_one_of_the_file(
    *, is_owner_stated: bool
) -> None:
    """A report states the number of a factory, and the examiner the right one."""
    phone = Phone("B/1", 1)
    phone.is_owner_stated = is_owner_stated
    phone.lists_sim(OTHER)
    for day in range(6):
        sent(phone, day, FIRST if day % 2 else SECOND)
    linkage = await linked(phone)
    senders = {placed.flare.sender for placed in linkage.flares}
    assert senders == ({LINE} if is_owner_stated else {None})
