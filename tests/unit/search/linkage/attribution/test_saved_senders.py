"""Names under which a phone shows the senders of its chats, and the numbers that they stand for."""

from __future__ import annotations

import msgspec

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.own_numbers import own_numbers
from search.linkage.attribution.saved_senders import senders_of_names, sharing_a_name
from search.linkage.keys import NAME_PREFIX, Role
from tests.fakes.flares import made_flare
from tests.fakes.phones import Phone, campaign, finding, instant, linked, moved_from, number, offer

FIRST, SECOND = number(1), number(2)
DEVICES = {"ex-W": "W", "ex-C": "C", "ex-D": "D"}


def shown_as(name: str) -> Edge:
    return Edge(
        kind=EdgeKind.ADVERT, key=f"{NAME_PREFIX}ex-W:{name}", role=Role.RECEIVED, other="t-1", extraction_id="ex-W",
        count=1, record_ids=("r-1",),
    )  # fmt: skip


def at_once(days: range) -> list[Flare]:
    """Return broadcasts that two numbers of a line send at once, and a phone shows under two names."""
    return [
        each
        for day in days
        for each in (
            made_flare(day, "ex-C", FIRST, wording=f"t-{day}"),
            made_flare(day, "ex-D", SECOND, wording=f"t-{day}"),
            made_flare(day, "ex-W", "Bits", wording=f"t-{day}"),
            made_flare(day, "ex-W", "Shop", wording=f"t-{day}"),
        )
    ]


def test_of_two_numbers_at_once_the_second_name_stands_for_the_one_that_the_first_does_not() -> None:
    alone = [
        made_flare(day, phone, sender, wording="t-1")
        for day in (1, 2, 3)
        for phone, sender in (("ex-C", FIRST), ("ex-W", "Bits"))
    ]
    senders = senders_of_names(DEVICES, [shown_as("Bits"), shown_as("Shop")], [], [*alone, *at_once(range(10, 14))])
    assert senders.at(("W", "Bits"), instant(12)) == FIRST
    assert senders.at(("W", "Shop"), instant(12)) == SECOND


def test_where_nothing_tells_the_two_names_apart_neither_has_a_number() -> None:
    senders = senders_of_names(DEVICES, [shown_as("Bits"), shown_as("Shop")], [], at_once(range(10, 14)))
    assert senders.at(("W", "Bits"), instant(12)) is None
    assert senders.at(("W", "Shop"), instant(12)) is None


async def test_a_name_in_a_chat_has_the_number_that_another_delivery_of_the_phone_saves_under_it() -> None:
    chat, report = Phone("A/1 chat", None), Phone("A/1", None)
    report.device_id = chat.device_id
    report.save(SECOND, "Harley 2")
    for day in range(2, 12, 2):
        chat.text(None, day, offer("Harley", f"{{line}} on both {day} for 25"), sent=False, name="Harley 2")
        chat.text(None, day + 0.1, finding("can i get 2"), sent=True, name="Harley 2")
    (line,) = (await linked(chat, report)).lines
    assert [each.number for each in line.numbers] == [SECOND]


def test_a_name_beside_what_a_handset_sent_before_its_sim_changed_stands_for_the_number_before() -> None:
    devices = {**DEVICES, "ex-L": "L"}
    early = [
        made_flare(day, phone, sender, wording=f"t-{day}", recipients=12)
        for day in (1, 2, 3)
        for phone, sender in (("ex-L", None), ("ex-W", "Bits"))
    ]
    later = [
        made_flare(day, phone, sender, wording=f"t-{day}", recipients=12)
        for day in (5, 6, 7, 10, 11, 12)
        for phone, sender in (("ex-L", None), ("ex-C", FIRST if day < 8 else SECOND))
    ]
    own = own_numbers(devices, [*early, *later], {"L": SECOND})
    stating = [
        msgspec.structs.replace(each, sender=SECOND) if each.extraction_id == "ex-L" else each
        for each in (*early, *later)
    ]
    flares = own.with_senders(stating, devices)
    assert senders_of_names(devices, [shown_as("Bits")], [], flares).at(("W", "Bits"), instant(2)) == FIRST


async def test_a_name_of_two_numbers_is_of_the_one_that_phones_had_to_do_with_about_then() -> None:
    before, chat, other = number(3), Phone("A/1", None), Phone("A/2", 102)
    chat.save(FIRST, "Skip new")
    chat.save(SECOND, "Skip new")
    for day in (1, 4, 7):
        chat.text(before, day, offer("Skip"), sent=False)
        other.text(before, day, offer("Skip"), sent=False)
    chat.text(None, 10, moved_from(before, "Skip"), sent=False, name="Skip new", service="whatsapp")
    for day in (12, 15, 18):
        chat.text(None, day, offer("Skip"), sent=False, name="Skip new", service="whatsapp")
    for day in (20, 24):
        other.text(FIRST, day, finding("you about"), sent=True)
    for day in (40, 44):
        other.text(SECOND, day, finding("you about"), sent=True)
    (line,) = (await linked(chat, other)).lines
    assert {each.number: each.succeeds for each in line.numbers} == {before: None, FIRST: before}


def test_a_name_of_two_numbers_that_are_in_use_at_once_or_not_seen_has_none() -> None:
    def saved(key: str) -> Edge:
        return msgspec.structs.replace(
            shown_as("Bits"), kind=EdgeKind.NUMBER, key=key, role=Role.SAVED, other="", label="Bits"
        )

    def written(key: str, first: int, last: int) -> Edge:
        return Edge(
            kind=EdgeKind.NUMBER, key=key, role=Role.SENT, other="", extraction_id="ex-C", count=2,
            record_ids=("r-1",), first_at=instant(first), last_at=instant(last),
        )  # fmt: skip

    def at(*talk: Edge, day: float = 4) -> str | None:
        contacts = [saved(FIRST), saved(SECOND)]
        assert sharing_a_name(DEVICES, [shown_as("Bits")], contacts) == [FIRST, SECOND]
        from_first = msgspec.structs.replace(shown_as("Bits"), key=FIRST, extraction_id="ex-C")
        senders = senders_of_names(DEVICES, [shown_as("Bits"), from_first], contacts, [], talk)
        return senders.at(("W", "Bits"), instant(day))

    assert at(written(FIRST, 2, 10), written(SECOND, 20, 30)) == FIRST
    assert at(written(FIRST, 2, 10), written(SECOND, 32, 36), day=19) == FIRST
    assert at(written(FIRST, 2, 10), written(SECOND, 50, 60), day=25) is None, "weeks off"
    assert at(written(FIRST, 2, 10), written(SECOND, 20, 30), day=25) is None, "no adverts are known of the nearer one"
    assert at(written(FIRST, 2, 10), written(SECOND, 9, 30)) is None
    assert at(written(FIRST, 2, 10)) is None


async def test_two_numbers_of_one_who_is_no_line_are_not_the_senders_of_adverts_in_a_chat_of_that_name() -> None:
    """An employer's two numbers, each in turn, weeks before and after the adverts."""
    chat, other = Phone("A/1", 101), Phone("A/2", 102)
    for key in (FIRST, SECOND):
        chat.save(key, "Work")
    for day in (1, 3, 12):
        chat.text(FIRST, day, finding(f"shift at {day}"), sent=False)
    for day in (40, 42, 44):
        other.text(SECOND, day, finding(f"shift at {day}"), sent=False)
    for place, day in enumerate((15, 20, 24, 33)):
        chat.text(None, day, offer("Rico", f"{{line}} on {place}"), sent=False, name="Work", service="whatsapp")
    for day in (21, 25):
        chat.text(None, day, finding("u about"), sent=True, name="Work", service="whatsapp")
    (line,) = (await linked(chat, other)).lines
    assert not line.numbers


async def test_nor_do_they_part_a_line_that_others_know_by_its_number() -> None:
    chat, customers = Phone("A/1", 101), [Phone(f"B/{place}", 201 + place) for place in range(4)]
    for key in (number(701), number(702)):
        chat.save(key, "Mum")
    for day in (1, 3, 16):
        chat.text(number(701), day, finding(f"tea at {day}"), sent=False)
    chat.text(number(702), 60, finding("tea at 6"), sent=False)
    wordings = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
    for place, said in enumerate(wordings):
        chat.text(None, 20 + 4 * place, offer("Rico", said), sent=False, name="Mum", service="whatsapp")
        campaign("Rico", FIRST, customers, range(place, 60, 6), said)
    (line,) = (await linked(chat, *customers)).lines
    assert [each.number for each in line.numbers] == [FIRST]
