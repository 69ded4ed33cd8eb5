"""Which SIM of a handset sent: a number that is stated for the handset is not every SIM's."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Message, Sim
from parsers.records.values import Party
from search.contract import EdgeKind
from search.linkage.extraction.sims import sim_of
from tests.fakes.phones import Phone, finding, linked, number, offer

OWN, OTHER_SIM = number(1), number(2)
ADVERT = offer("Rico")


def by(phone: Phone, sim: str | None, *, own: str | None = None, name: str = "sub_id") -> None:
    """Say of the last text by which SIM it went or came, and of the owner's side what the source states."""
    message, said = phone.rows[-1]
    assert isinstance(message, Message)
    party = Party(own, own, is_owner=True) if own is not None else None
    sides = (
        {"from_party": party} if message.from_party and message.from_party.is_owner else {"to": (party,) * bool(own)}
    )
    extra = () if sim is None else ((name, sim),)
    phone.rows[-1] = (msgspec.structs.replace(message, extra=extra, **sides), said)


def broadcast(phone: Phone, day: float, sim: str | None, **more: str) -> None:
    for place in range(12):
        phone.text(number(100 + place), day + place / 10_000, ADVERT, sent=True)
        by(phone, sim, **more)


def senders(phone: Phone) -> set[str]:
    return {edge.key for edge in phone.collected().edges if edge.kind == EdgeKind.ADVERT}


def flares(phone: Phone) -> set[tuple[str | None, str | None]]:
    return {(flare.sender, flare.sim) for flare in phone.collected().flares}


def test_a_handset_of_one_sim_sends_from_its_number() -> None:
    phone = Phone("A/1", 1)
    broadcast(phone, 1, "1")
    broadcast(phone, 2, "-1")
    broadcast(phone, 3, None)
    assert senders(phone) == {OWN}
    assert flares(phone) == {(OWN, None)}


def test_two_sims_of_which_nothing_says_whose_the_number_is_have_none() -> None:
    phone = Phone("A/1", 1)
    broadcast(phone, 1, "1")
    broadcast(phone, 2, "2")
    assert senders(phone) == {"own:ex-A/1:sub_id 1", "own:ex-A/1:sub_id 2"}
    assert flares(phone) == {(None, "sub_id 1"), (None, "sub_id 2")}


def test_a_sim_that_only_received_counts_as_one() -> None:
    phone = Phone("A/1", 1)
    phone.text(number(100), 1, finding("u about"), sent=False)
    by(phone, "1")
    broadcast(phone, 2, "2")
    assert senders(phone) == {"own:ex-A/1:sub_id 2"}


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_text_that_states_the_owners_number_says_whose_it_is(*, is_sent: bool) -> None:
    phone = Phone("A/1", 1)
    phone.text(number(100), 0, finding("u about"), sent=is_sent)
    by(phone, "2", own=OWN)
    broadcast(phone, 1, "1")
    broadcast(phone, 2, "2")
    assert senders(phone) == {"own:ex-A/1:sub_id 1", OWN}
    assert flares(phone) == {(None, "sub_id 1"), (OWN, None)}


def test_a_list_of_sims_says_whose_it_is() -> None:
    """The handset's own list has the number of one card; the other stays without."""
    phone = Phone("A/1", 1)
    listed = Sim(**phone._base(), msisdn=(OWN,), extra=(("sub_id", "2"), ("sim_id", "0")))  # type: ignore[arg-type]  # of every record
    phone.rows.append((listed, None))
    broadcast(phone, 1, "1")
    broadcast(phone, 2, "2")
    assert senders(phone) == {"own:ex-A/1:sub_id 1", OWN}


def test_ordinary_texts_to_many_have_the_sim_too() -> None:
    phone = Phone("A/1", 1)
    for sim in ("1", "2"):
        for place in range(12):
            phone.text(number(100 + place), float(sim) + place / 10_000, finding("happy new year"), sent=True)
            by(phone, sim)
    bulk = {edge.other for edge in phone.collected().edges if edge.role == "sent_bulk"}
    assert bulk == {"own:ex-A/1:sub_id 1", "own:ex-A/1:sub_id 2"}


async def test_the_report_names_no_number_that_is_not_known_to_have_sent() -> None:
    phone = Phone("A/1", 1)
    broadcast(phone, 1, "1")
    broadcast(phone, 2, "2")
    broadcast(phone, 3, "2")
    linkage = await linked(phone)
    (line,) = linkage.lines
    assert [held.number for held in line.numbers if held.number] == []
    assert {sender for sender, _, _ in line.senders} == {"own:dv-A/1:sub_id 1", "own:dv-A/1:sub_id 2"}
    told = [term.sentence for term in line.evidence] + [join.sentence for join in line.joins]
    assert any("one SIM, whose number is not known, of" in sentence for sentence in told), told
    assert not any(OWN in sentence or "own:" in sentence for sentence in told)


async def test_phones_that_received_it_show_the_number_of_a_sim() -> None:
    phone = Phone("A/1", 1)
    for day in (1, 3):
        broadcast(phone, day, "1")
    for day in (2, 4, 6):
        broadcast(phone, day, "2")
    customer = Phone("B/1", 100)
    for day in (2, 4, 6):
        customer.text(OTHER_SIM, day, ADVERT, sent=False)
    linkage = await linked(phone, customer)
    senders = {sender for line in linkage.lines for sender, _, _ in line.senders}
    assert senders == {OTHER_SIM, "own:dv-A/1:sub_id 1"}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ((), ""),
        ((("sub_id", "2"),), "sub_id 2"),
        ((("sim_slot", "1"), ("sub_id", "02")), "sub_id 2"),
        ((("sub_id", "-1"), ("sim_id", "1")), "sim_id 1"),
        ((("sub_id", "2147483647"),), ""),
        ((("sub_id", "null"), ("creator", "2")), ""),
    ],
)
def test_what_a_record_states(extra: tuple[tuple[str, str], ...], expected: str) -> None:
    phone = Phone("A/1", 1)
    phone.text(number(100), 1, finding("u about"), sent=True)
    message = phone.rows[-1][0]
    assert isinstance(message, Message)
    assert sim_of(msgspec.structs.replace(message, extra=extra)) == expected
