from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import NumberChange, NumberChangeRole
from search.linkage.adverts import shifted_copies
from search.linkage.adverts.shifted_copies import of_phones
from search.linkage.attribution.clock_shifts import Burst, rarest
from search.linkage.model import PlacedFlare
from tests.fakes.phones import Phone, finding, linked, number, offer

SHOP = number(7)
OFFER = finding("haddock and kippers in today ring me")


async def received_of(*phones: Phone) -> list[PlacedFlare]:
    """Return the received flares of the shop's wording."""
    placed = (await linked(*phones)).flares
    return [p for p in placed if p.flare.direction == "received" and p.flare.template_id == OFFER.template_id]


def phones_of(count: int) -> list[Phone]:
    return [Phone(f"A/{n}", 100 + n) for n in range(count)]


async def test_a_shops_broadcast_that_three_phones_got_is_a_flare_on_each_and_of_no_line() -> None:
    phones = phones_of(3)
    for place, phone in enumerate(phones):
        phone.text(SHOP, 3.5 + place / 1440, OFFER, sent=False)
    found = await received_of(*phones)
    assert [(p.line_id, p.flare.sender, p.flare.recipient_count) for p in found] == [(None, SHOP, 1)] * 3
    assert {p.device_id for p in found} == {phone.device_id for phone in phones}


async def test_what_two_friends_are_told_by_a_third_in_the_same_minutes_is_no_flare() -> None:
    phones = phones_of(2)
    for phone in phones:
        phone.text(SHOP, 3.5, OFFER, sent=False)
    assert await received_of(*phones) == []


async def test_three_phones_that_got_it_on_three_days_show_no_broadcast() -> None:
    phones = phones_of(3)
    for place, phone in enumerate(phones):
        phone.text(SHOP, 3.5 + place, OFFER, sent=False)
    assert await received_of(*phones) == []


async def test_the_answer_that_three_who_asked_got_is_no_flare() -> None:
    phones = phones_of(3)
    for phone in phones:
        phone.text(SHOP, 3.499, finding("any haddock in"), sent=True)
        phone.text(SHOP, 3.5, OFFER, sent=False)
    assert await received_of(*phones) == []


async def test_one_copy_is_a_flare_where_the_senders_phone_shows_the_broadcast() -> None:
    shop, customer, later = Phone("S/1", 7), Phone("A/1", 101), Phone("A/2", 102)
    for place in range(12):
        shop.text(number(101 + place), 3.5 + place / 1440, OFFER, sent=True)
    customer.text(SHOP, 3.5001, OFFER, sent=False)
    later.text(SHOP, 9.5, OFFER, sent=False)
    found = await received_of(shop, customer, later)
    assert [p.device_id for p in found] == [customer.device_id]


async def test_what_reads_like_ordinary_talk_is_a_broadcast_by_how_it_came() -> None:
    """A club's note, which no phone would keep for its words: the organiser talks with those who get it."""
    note = msgspec.structs.replace(finding("under twelves match is off on sunday"), advert_score=0.001)
    phones = phones_of(4)
    for place, phone in enumerate(phones):
        phone.text(SHOP, 1.5, finding("can you bring the balls on sunday"), sent=False)
        phone.text(SHOP, 1.51, finding("yes no problem"), sent=True)
        phone.text(SHOP, 3.5 + place / 1440, note, sent=False)
    phones[3].text(SHOP, 3.51, note, sent=False)
    placed = (await linked(*phones)).flares
    assert sorted(p.device_id for p in placed if p.flare.template_id == note.template_id) == sorted(
        phone.device_id for phone in phones
    )
    short = msgspec.structs.replace(finding("happy new year"), advert_score=0.001)
    for phone in phones:
        phone.text(SHOP, 9.5, short, sent=False)
    assert not [p for p in (await linked(*phones)).flares if p.flare.template_id == short.template_id]


async def test_a_broadcast_of_a_shop_that_shows_its_name_for_a_number_is_a_flare_on_each_phone() -> None:
    phones = phones_of(3)
    for place, phone in enumerate(phones):
        phone.text("SPICEHUT", 3.5 + place / 1440, OFFER, sent=False)
    assert len(await received_of(*phones)) == 3


@pytest.mark.parametrize(
    "body",
    [
        "drivers on all night, call 01632 960202",
        "doors at ten, +44 7700 900 123",
        "NYE 2025!",
        "match night deal 3 pizzas for £25. STOP to 60777",
        "20% off all week. Opt out 88802",
    ],
)
async def test_a_telephone_number_a_year_or_a_short_code_in_it_makes_the_text_of_a_service_none_to_one_person(
    body: str,
) -> None:
    phones = phones_of(3)
    for place, phone in enumerate(phones):
        phone.text("A2BCARS", 3.5 + place / 1440, finding(body, template=OFFER.template), sent=False)
    assert len(await received_of(*phones)) == 3


async def test_two_phones_show_the_broadcast_of_a_sender_that_has_no_number_or_a_landlines() -> None:
    for sender, expected in (("SPICEHUT", 2), ("+441632960123", 2), (SHOP, 0)):
        phones = phones_of(2)
        for place, phone in enumerate(phones):
            phone.text(sender, 3.5 + place / 1440, OFFER, sent=False)
        assert len(await received_of(*phones)) == expected


async def test_codes_and_balances_that_a_service_sends_to_each_singly_are_no_flare() -> None:
    for body in (
        "your code is {0} do not share it",
        "your balance is £12.4{1} as of today",
        "your code is {0}. STOP to 60777",
    ):
        phones = phones_of(4)
        for place, phone in enumerate(phones):
            said = finding(body.format(4000 + place, place), template=OFFER.template)
            phone.text("BANK", 3.5 + place / 1440, said, sent=False)
        assert await received_of(*phones) == []


async def test_what_comes_to_so_many_singly_that_three_have_it_in_any_half_hour_is_no_flare() -> None:
    """A courier's notice to each customer: once a day, at any time of it."""
    phones = phones_of(40)
    for place, phone in enumerate(phones):
        for day in range(30):
            phone.text("COURIER", 3 + day + (place * 37 + day * 53) % 288 / 288, OFFER, sent=False)
    assert await received_of(*phones) == []


async def test_a_note_of_four_words_is_one_too_where_three_phones_got_it_at_once() -> None:
    note = msgspec.structs.replace(finding("training off pitch frozen"), advert_score=0.001)
    phones = phones_of(3)
    for place, phone in enumerate(phones):
        phone.text(SHOP, 3.5 + place / 1440, note, sent=False)
    placed = (await linked(*phones)).flares
    assert {p.device_id for p in placed if p.flare.template_id == note.template_id} == {p.device_id for p in phones}


async def test_what_the_analysis_misses_of_a_line_counts_on_a_phone_that_shows_it_by_a_saved_name() -> None:
    missed = msgspec.structs.replace(finding("new strain day at Rico smells lovely"), advert_score=0.2)
    phones = phones_of(3)
    for day in range(4):
        for place, phone in enumerate(phones):
            sender, name = (None, "Rico line") if place == 0 else (SHOP, None)
            service = "whatsapp"
            phone.text(sender, day + place / 86_400, offer("Rico"), sent=False, name=name, service=service)
            phone.text(sender, day + 0.4 + place / 86_400, missed, sent=False, name=name, service=service)
    for phone in phones[1:]:
        phone.text(SHOP, 1.2, finding("u on"), sent=True)
    linkage = await linked(*phones)
    (line,) = linkage.lines
    traces = [p for p in linkage.flares if p.flare.template_id == missed.template_id and p.device_id == "dv-A/0"]
    assert len(traces) == 4
    assert {(p.line_id, p.flare.sender) for p in traces} == {(line.line_id, "Rico line")}
    (row,) = [row for row in line.devices if row.device_id == "dv-A/0" and row.relation == "received_adverts"]
    assert (row.advert_count, row.recovered_count) == (8, 4)


async def test_two_phones_show_the_broadcasts_of_a_number_of_which_they_got_three_wordings_at_once() -> None:
    """Two friends are told one thing or two by a third in the same minutes; a shop goes on doing so."""
    phones = phones_of(2)
    wordings = [OFFER, finding("no van this week we are on holiday"), finding("crab and cockles today same place")]
    for day, wording in enumerate(wordings[:2]):
        for phone in phones:
            phone.text(SHOP, 3.5 + day, wording, sent=False)
    assert await received_of(*phones) == []
    for phone in phones:
        phone.text(SHOP, 7.5, wordings[2], sent=False)
    assert {p.device_id for p in await received_of(*phones)} == {phone.device_id for phone in phones}


@pytest.mark.parametrize(("customers", "expected"), [(2, 2), (1, 0), (0, 0)])
async def test_two_customers_of_a_line_show_what_the_police_send_from_its_number(customers: int, expected: int) -> None:
    phones = phones_of(4)
    for day in range(6):
        for place, phone in enumerate(phones[2 - customers :]):
            phone.text(SHOP, day + place / 86_400, offer("Rico"), sent=False)
    for place, phone in enumerate(phones[:2]):
        phone.text(SHOP, 40 + place / 86_400, OFFER, sent=False)
    assert [p.line_id for p in await received_of(*phones)] == [None] * expected


@pytest.mark.parametrize(("last_used", "expected"), [(30, 2), (50, 0)])
async def test_customers_whose_phones_were_seized_before_say_nothing_of_it(last_used: int, expected: int) -> None:
    phones = phones_of(8)
    for day in range(6):
        for place, phone in enumerate(phones):
            phone.text(SHOP, day + place / 86_400, offer("Rico"), sent=False)
    for place, phone in enumerate(phones[2:]):
        phone.text(number(200 + place), last_used, finding(f"see you at work {place}"), sent=False)
    for place, phone in enumerate(phones[:2]):
        phone.text(SHOP, 40 + place / 86_400, OFFER, sent=False)
    assert [p.line_id for p in await received_of(*phones)] == [None] * expected


async def test_two_phones_show_that_somebody_tells_all_of_a_new_number() -> None:
    for change, expected in ((NumberChange(NumberChangeRole.NEW), 2), (NumberChange(), 0)):
        phones = phones_of(2)
        for place, phone in enumerate(phones):
            phone.text(SHOP, 3.5 + place / 1440, msgspec.structs.replace(OFFER, number_change=change), sent=False)
        assert len(await received_of(*phones)) == expected


async def test_what_a_number_texts_to_one_alone_is_no_flare_though_it_texts_others_at_once() -> None:
    phones = phones_of(2)
    for day, words in enumerate(("no van this week we are on holiday", "crab and cockles today", "fresh bread at ten")):
        for phone in phones:
            phone.text(SHOP, 3.5 + day, finding(words), sent=False)
    phones[0].text(SHOP, 9.5, OFFER, sent=False)
    assert await received_of(*phones) == []


@pytest.mark.parametrize(("days", "expected"), [(3, 6), (2, 0)])
async def test_two_phones_show_the_broadcasts_of_a_number_of_which_they_got_one_wording_again_and_again(
    days: int, expected: int
) -> None:
    phones = phones_of(2)
    for day in range(days):
        for phone in phones:
            phone.text(SHOP, 3.5 + 7 * day, OFFER, sent=False)
    assert len(await received_of(*phones)) == expected


@pytest.mark.parametrize(("days", "expected"), [(2, 2), (1, 0)])
async def test_so_they_do_of_one_of_which_three_got_others_on_two_days(days: int, expected: int) -> None:
    """Once everybody tells all he knows something, and two of them another thing."""
    phones = phones_of(3)
    for day in range(days):
        for phone in phones:
            phone.text(SHOP, 3.5 + day, finding("no van this week we are on holiday"), sent=False)
    for phone in phones[:2]:
        phone.text(SHOP, 9.5, OFFER, sent=False)
    assert len(await received_of(*phones)) == expected


async def test_what_a_line_tells_two_of_its_people_again_and_again_is_no_flare() -> None:
    phones = phones_of(6)
    for day in range(6):
        for phone in phones:
            phone.text(SHOP, day, offer("Rico"), sent=False)
    for day in (20, 22, 24):
        for phone in phones[:1]:
            phone.text(SHOP, day, OFFER, sent=False)
        other = Phone(f"B/{day}", 200 + day)
        other.text(SHOP, day, OFFER, sent=False)
        phones.append(other)
    assert await received_of(*phones) == []


WEEKS = ("lunch club pie and peas on today", "lunch club is fish on friday all come", "no lunch club hall is booked")


def told_by_a_club(phones: list[Phone], late: Phone | None, hours: float) -> None:
    """Text each of the phones every few days; the late one by its own clock, so many hours from the others."""
    for place in range(9):
        day = 3.4 + 5 * place + place**2 / 90
        said = finding(WEEKS[place % 3])
        for at, phone in enumerate(phones):
            phone.text(SHOP, day + at / 1440, said, sent=False)
        if late is not None:
            late.text(SHOP, day + hours / 24, said, sent=False)


@pytest.mark.parametrize(("hours", "expected"), [(0.0, 0), (-24.0, -24), (1.0, 1), (7.3, 7.3)])
async def test_the_copies_of_a_phone_whose_clock_was_wrong_are_traces_as_it_dated_them(
    hours: float, expected: float
) -> None:
    phones, late = phones_of(3), Phone("A/9", 109)
    told_by_a_club(phones, late, hours)
    found = [each for each in (await linked(*phones, late)).flares if each.device_id == late.device_id]
    assert len(found) == 9
    assert all(abs(each.clock_seconds + expected * 3600) <= 300 for each in found)


async def test_copies_that_came_at_no_one_distance_from_those_of_others_are_none() -> None:
    phones, late = phones_of(3), Phone("A/9", 109)
    told_by_a_club(phones, None, 0)
    for place in range(9):
        late.text(SHOP, 4.1 + 5 * place + place**3 / 97, finding(WEEKS[place % 3]), sent=False)
    assert [each for each in (await linked(*phones, late)).flares if each.device_id == late.device_id] == []


@pytest.mark.parametrize("body", ["This message was deleted", "\u200eDiese Nachricht wurde gel\u00f6scht."])
async def test_what_stands_where_texts_were_deleted_is_no_broadcast(body: str) -> None:
    """One who deletes what he sent to many shows the same words to all of them at once."""
    gone, phones = finding(body), phones_of(4)
    for phone in phones:
        phone.text(SHOP, 3.5, gone, sent=False, service="whatsapp")
    assert (await linked(*phones)).flares == ()


@pytest.mark.parametrize(("by_name", "by_sender", "expected"), [(3, 0, 3), (2, 0, 0), (2, 1, 3), (1, 2, 3), (0, 1, 0)])
async def test_one_text_under_one_name_on_three_phones_is_a_broadcast_and_so_it_is_where_some_show_it_for_a_number(
    by_name: int, by_sender: int, expected: int
) -> None:
    said, phones = finding("hillside school is shut on thursday for training"), phones_of(4)
    for place, phone in enumerate(phones[:by_name]):
        phone.text(None, 3.5 + place / 1440, said, sent=False, name="HillsideSch")
    for phone in phones[by_name : by_name + by_sender]:
        phone.text("HillsideSch", 3.5, said, sent=False)
    found = (await linked(*phones)).flares
    assert [(each.flare.sender, each.line_id) for each in found] == [("HillsideSch", None)] * expected


async def test_one_text_under_a_name_on_phones_that_got_it_hours_apart_is_none() -> None:
    said, phones = finding("see you all at nans on sunday"), phones_of(3)
    for place, phone in enumerate(phones):
        phone.text(None, 3.5 + place / 6, said, sent=False, name="Mum")
    assert (await linked(*phones)).flares == ()


@pytest.mark.parametrize(("name", "expected"), [("Mum", 0), ("MUM new mob", 0), ("My Nan x", 0), ("Mumtaz Grill", 3)])
async def test_what_people_call_their_kin_is_no_one_sender(name: str, expected: int) -> None:
    said, phones = finding("merry xmas love mum xx"), phones_of(3)
    for place, phone in enumerate(phones):
        phone.text(None, 3.5 + place / 500, said, sent=False, name=name)
    assert len((await linked(*phones)).flares) == expected


def test_copies_are_compared_with_each_phones_first_in_a_few_minutes() -> None:
    assert of_phones([(900.0, "b"), (10.0, "a"), (0.0, "b"), (5.0, "b"), (299.0, "a")]) == [
        (0.0, "b"),
        (10.0, "a"),
        (900.0, "b"),
    ]


def test_as_many_copies_are_compared_as_one_can_hold_those_of_the_rarest_wordings_first() -> None:
    copies = [(float(place), "a") for place in range(60)]
    bursts = [Burst(float(size), 0.0, copies[:size], "b") for size in (60, 10, 30, 20)]
    assert [len(burst.copies) for burst in rarest(bursts, 60)] == [10, 20, 30]
    assert rarest(bursts[:1], 59) == []


async def test_a_daily_wording_of_many_phones_tells_no_clock_and_is_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shifted_copies, "_PAIRS_COMPARED", 200)
    phones, late = phones_of(3), Phone("A/9", 109)
    told_by_a_club(phones, late, -24.0)
    found = [each for each in (await linked(*phones, late)).flares if each.device_id == late.device_id]
    assert len(found) == 9
    monkeypatch.setattr(shifted_copies, "_PAIRS_COMPARED", 20)
    assert [each for each in (await linked(*phones, late)).flares if each.device_id == late.device_id] == []


async def test_what_a_network_tells_each_subscriber_singly_is_no_broadcast_where_two_have_it_at_once() -> None:
    phones, said = [Phone(f"N/{place}", 101 + place) for place in range(6)], finding("You have 2 new voice messages")
    for day in range(4):
        for place, phone in enumerate(phones[2:]):
            # two within the hour, and none within a quarter of it
            phone.text("Voicemail", day * 5 + place // 2 + 0.3 + 0.028 * (place % 2), said, sent=False)
    assert not (await linked(*phones)).flares
    for phone in phones[:2]:
        phone.text("Voicemail", 3.7, said, sent=False)
    assert not (await linked(*phones)).flares, "two of eighteen, by chance"
    sale = finding("Big summer sale from friday")
    for phone in phones[:2]:
        phone.text("Voicemail", 4.7, sale, sent=False)
    assert len((await linked(*phones)).flares) == 2, "what comes so alone is a broadcast"
