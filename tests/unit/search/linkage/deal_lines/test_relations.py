from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from search.linkage.model import Line, LineDevice, Linkage, Mention, Relation
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number, offer, the_line

LINE, NEXT = number(1), number(2)
MISSED = finding("bits r fat ring now")
NOTICE = finding("this number was found on a phone used by a drug line")


def row(line: Line, phone: Phone, relation: Relation) -> LineDevice | None:
    return next((row for row in line.devices if (row.device_id, row.relation) == (phone.device_id, relation)), None)


def customers(count: int) -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(count)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    phones[-1].text(LINE, 1.3, finding("u about"), sent=True)
    return phones


def broadcast(phones: Sequence[Phone], days: Sequence[float], said: object = MISSED) -> None:
    for day in days:
        for phone in phones:
            phone.text(LINE, day, said, sent=False)  # type: ignore[arg-type]  # a finding


def reasons(linkage: Linkage, phone: Phone) -> str:
    return " ".join(*(held.reasons for held in linkage.traffic if held.device_id == phone.device_id))


async def test_broadcasts_that_count_as_adverts_are_no_contact() -> None:
    phones = customers(3)
    broadcast(phones, (3.5, 5.5, 7.5))
    linkage = await linked(*phones)
    line = the_line(linkage, "Rico")
    assert [row(line, phone, Relation.CONTACT_OF_LINE) for phone in phones[:-1]] == [None] * 2
    received = row(line, phones[0], Relation.RECEIVED_ADVERTS)
    assert received is not None
    assert (received.advert_count, received.recovered_count) == (13, 3)
    assert "none of them counted as an advert" not in reasons(linkage, phones[0])


async def test_each_text_is_counted_once_as_an_advert_or_as_contact() -> None:
    phones = customers(3)
    broadcast(phones, (3.5, 5.5))
    phones[0].text(LINE, 6.1, finding("u about"), sent=True)
    phones[0].text(LINE, 6.2, finding("10 mins"), sent=False)
    linkage = await linked(*phones)
    line = the_line(linkage, "Rico")
    contact, received = (
        row(line, phones[0], relation) for relation in (Relation.CONTACT_OF_LINE, Relation.RECEIVED_ADVERTS)
    )
    assert contact is not None
    assert received is not None
    assert (contact.traffic_count, received.advert_count) == (2, 12)
    assert set(contact.record_ids).isdisjoint(received.record_ids)
    assert "none of them counted as an advert: 2." in reasons(linkage, phones[0])


async def test_broadcasts_and_a_text_of_the_police_from_the_number_are_no_contact() -> None:
    phones = customers(3)
    broadcast(phones, (3.5,))
    phones[0].text(LINE, 22, NOTICE, sent=False)
    assert row(the_line(await linked(*phones), "Rico"), phones[0], Relation.CONTACT_OF_LINE) is None


async def test_private_texts_between_adverts_are_contact_beside_broadcasts_too() -> None:
    phones = customers(3)
    broadcast(phones, (3.5, 5.5))
    for day, text in ((4.2, "stay there"), (4.3, "go to the bus stop"), (6.2, "wait for him")):
        phones[0].text(LINE, day, finding(text), sent=False)
    contact = row(the_line(await linked(*phones), "Rico"), phones[0], Relation.CONTACT_OF_LINE)
    assert contact is not None
    assert contact.traffic_count == 3


async def test_what_a_phone_wrote_to_a_sender_shown_by_a_name_is_cited_and_no_advert() -> None:
    phones = customers(3)
    shows_name = Phone("B/1", 201)
    for day in range(6):
        shows_name.text(None, day, offer("Rico"), sent=False, name="R 2")
    shows_name.text(None, 2.3, finding("can i get 2"), sent=True, name="R 2")
    linkage = await linked(*phones, shows_name)
    contact = row(the_line(linkage, "Rico"), shows_name, Relation.CONTACT_OF_LINE)
    assert contact is not None
    assert (contact.traffic_count, contact.numbers) == (1, ())
    (wrote,) = [record.record_id for record, said in shows_name.rows if said == finding("can i get 2")]
    assert contact.record_ids == (wrote,)
    assert "whom it shows by a name alone, in 1 text." in reasons(linkage, shows_name)
    assert "none of them counted as an advert" not in reasons(linkage, shows_name)


async def test_a_mention_says_whether_a_number_is_saved_or_had_traffic_outside_the_lines_time() -> None:
    phones = customers(2)
    saved, later = Phone("B/1", 201), Phone("B/2", 202)
    saved.save(LINE, "R")
    for day in (200, 201):
        later.text(LINE, day, finding("u about"), sent=True)
        later.text(LINE, day + 0.1, finding("who is this"), sent=False)
    linkage = await linked(*phones, saved, later)
    line = the_line(linkage, "Rico")
    rows = [row(line, phone, Relation.MENTIONS_LINE) for phone in (saved, later)]
    assert [held.mentions for held in rows if held is not None] == [(Mention.SAVED,), (Mention.TRAFFIC,)]
    assert reasons(linkage, saved) == "A number of the line Rico is saved on this phone; that decides nothing."
    assert "not shown to be with the line" in reasons(linkage, later)


async def test_a_number_of_a_line_that_a_phone_had_at_another_time_is_said_to_be_its_own() -> None:
    phones = customers(2)
    another = Phone("B/1", 1)
    for day in (300, 400):
        another.text(number(300), day, finding("hiya"), sent=True)
    linkage = await linked(*phones, another)
    held = row(the_line(linkage, "Rico"), another, Relation.MENTIONS_LINE)
    assert held is not None
    assert held.mentions == (Mention.OWN_NUMBER,)
    assert "stated as this phone's own" in reasons(linkage, another)


@pytest.mark.parametrize("recipients", [1, 12])
async def test_what_an_undated_phone_sent_to_many_is_no_contact_although_it_reads_like_an_advert(
    recipients: int,
) -> None:
    phones = customers(3)
    sender = Phone("A/9", 300)
    packs = finding("packs ready from 6pm, both doors open", advert=True)
    for to in (LINE, *(number(200 + place) for place in range(recipients - 1))):
        sender.text(to, None, packs, sent=True)
    contact = row(the_line(await linked(*phones, sender), "Rico"), sender, Relation.CONTACT_OF_LINE)
    assert (contact is not None) == (recipients == 1), "to the line alone it asks in the words of its advert"


@pytest.mark.parametrize("has_moved", [False, True])
@pytest.mark.parametrize(("day", "is_soon"), [(10, True), (22, True), (30, False)])
async def test_who_first_talks_with_a_number_that_its_line_left_has_to_do_with_its_next_holder(
    day: float, *, is_soon: bool, has_moved: bool
) -> None:
    phones, stranger = customers(3), Phone("A/9", 300)
    if has_moved:
        for phone in phones:
            phone.text(LINE, 19, moved_to(NEXT, "Rico"), sent=False)
        campaign("Rico", NEXT, phones, range(20, 44, 2))
    stranger.text(LINE, day, finding("saved you"), sent=True)
    stranger.text(LINE, day + 0.1, finding("thanks"), sent=False)
    line = the_line(await linked(*phones, stranger), "Rico")
    is_contact = row(line, stranger, Relation.CONTACT_OF_LINE) is not None
    # where no other number took over a month counts: the adverts on seized phones are a sample
    assert is_contact == (is_soon or not has_moved)


def sending(day: float, own: int | None = 1) -> Phone:
    """Return a phone that sends to fifteen people what the analysis takes for no advert."""
    phone = Phone("B/1", own)
    for place in range(15):
        phone.text(number(200 + place), day + place / 1440, MISSED, sent=True)
    return phone


async def test_who_broadcast_from_a_number_in_its_use_sent_its_adverts_whatever_they_read_like() -> None:
    phone = sending(7.5)
    line = the_line(await linked(*customers(3), phone), "Rico")
    sent = row(line, phone, Relation.SENT_ADVERTS)
    assert sent is not None
    assert (sent.advert_count, sent.recovered_count, sent.numbers) == (15, 15, (LINE,))


@pytest.mark.parametrize(("day", "own"), [(20.5, 1), (7.5, 9), (7.5, None)], ids=["after", "another's", "unknown"])
async def test_who_broadcast_after_that_or_from_another_number_did_not(day: float, own: int | None) -> None:
    phone = sending(day, own)
    line = the_line(await linked(*customers(3), phone), "Rico")
    assert row(line, phone, Relation.SENT_ADVERTS) is None


async def test_the_last_text_of_a_number_is_no_notice_where_it_is_surely_an_advert() -> None:
    seen = []
    for score in (0.9, 0.6):
        phones, other = customers(2), Phone("B/1", 150)
        for day, wording in ((1.5, "{line} about"), (5.5, "{line} ring now")):
            campaign("Rico", LINE, phones, [day], wording)
        last = msgspec.structs.replace(offer(None, "on correct money"), advert_score=score)
        other.text(LINE, 21, last, sent=False)
        line = the_line(await linked(*phones, other), "Rico")
        seen.append({row.relation for row in line.devices if row.device_id == other.device_id})
    assert seen == [{Relation.RECEIVED_ADVERTS}, {Relation.MENTIONS_LINE}]


async def test_what_came_in_is_with_the_line_with_which_the_phone_wrote_and_rang() -> None:
    """The first text that is no advert is Rico's last one; the phone answers weeks later, when Ace has the number."""
    given, phones = number(1), [Phone(f"A/{place}", 101 + place) for place in range(7)]
    of_rico = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
    of_ace = ("{line} out now quick drop", "{line} open all day come thru", "big bits with {line} today")
    for name, wordings, begun, held in (
        ("Rico", of_rico, 0, phones[:4]),
        ("Ace", of_ace, 60, [phones[0], *phones[4:]]),
    ):
        for place, wording in enumerate(wordings):
            campaign(name, given, held, range(begun + place, begun + 30, 3), wording)
    asking = phones[0]
    asking.text(given, 28.5, finding("will be in touch"), sent=False)
    for day in (61, 70, 80):
        asking.text(given, day + 0.5, finding("u on"), sent=True)
        asking.text(given, day + 0.51, finding("same spot"), sent=False)
    lines = {line.name: line for line in (await linked(*phones)).lines}
    assert row(lines["Ace"], asking, Relation.CONTACT_OF_LINE) is not None
    assert row(lines["Rico"], asking, Relation.CONTACT_OF_LINE) is None
