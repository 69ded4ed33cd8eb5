from __future__ import annotations

from collections.abc import Sequence

import pytest

from parsers.records.findings import TextFinding
from search.contract import EdgeKind
from search.linkage.attribution.index_reading import Window
from search.linkage.extraction.chat_copies import records_without_text
from search.linkage.linkage import compute_linkage
from search.linkage.model import PlacedFlare
from tests.fakes.phones import Phone, finding, index_of, instant, linked, number, offer

MINUTE = 1 / 1440
OFFER = finding("rolls and barm cakes fresh in today ring me")


def chats(count: int, *, own: int | None = 1, said: TextFinding = OFFER, device: str = "dv-W") -> list[Phone]:
    """Return the exported chats of one phone, each with one person, who got the text within minutes."""
    found = []
    for place in range(count):
        chat = Phone(f"{device}/{place}", own)
        chat.device_id = device
        chat.text(number(100 + place), 2 + place * MINUTE / 4, said, sent=True, service="whatsapp")
        chat.text(number(100 + place), 3 + place / 24, finding(f"see you {place}"), sent=True, service="whatsapp")
        found.append(chat)
    return found


def sent(placed: Sequence[PlacedFlare]) -> list[tuple[str | None, int]]:
    return [(p.flare.sender, p.flare.recipient_count) for p in placed if p.flare.direction == "sent"]


async def test_copies_in_the_chats_of_one_phone_are_a_flare() -> None:
    (placed,) = (await linked(*chats(12))).flares
    flare = placed.flare
    assert (flare.sender, flare.recipient_count, flare.message_count, flare.has_advert) == (number(1), 12, 12, False)
    assert (flare.started_at, flare.ended_at) == (instant(2), instant(2 + 11 * MINUTE / 4))
    assert (placed.device_id, placed.line_id, flare.extraction_id) == ("dv-W", None, "ex-dv-W/0")


async def test_nine_chats_show_none() -> None:
    assert (await linked(*chats(9))).flares == ()


async def test_the_chats_of_two_phones_do_not_add_up() -> None:
    assert (await linked(*chats(6), *chats(6, device="dv-V"))).flares == ()


async def test_a_long_pause_ends_it() -> None:
    held = chats(9)
    late = Phone("dv-W/late", 1)
    late.device_id = "dv-W"
    late.text(number(200), 2 + 18 * MINUTE, OFFER, sent=True)
    assert (await linked(*held, late)).flares == ()


async def test_a_chat_that_was_exported_twice_counts_once() -> None:
    held = chats(10)
    held[9].rows.clear()
    held[9].text(number(100), 2, OFFER, sent=True)
    assert (await linked(*held)).flares == ()


async def test_two_broadcasts_of_one_day_are_two() -> None:
    held = chats(11)
    for place, chat in enumerate(held):
        chat.text(number(100 + place), 2.25 + place * MINUTE / 4, OFFER, sent=True, service="whatsapp")
    assert sent((await linked(*held)).flares) == [(number(1), 11)] * 2


async def test_the_order_in_which_chats_come_changes_nothing() -> None:
    held = chats(12)
    assert (await linked(*held)).flares == (await linked(*reversed(held))).flares


async def test_a_phone_that_does_not_say_its_number_has_them_too() -> None:
    assert sent((await linked(*chats(12, own=None))).flares) == [(None, 12)]


async def test_the_broadcast_of_a_line_is_the_lines() -> None:
    held = [chat for day in range(3) for chat in chats(12, said=offer("Rico", f"{{line}} on both {'abc'[day]}"))]
    joined = held[:12]
    for place, chat in enumerate(joined):
        chat.rows += held[12 + place].rows + held[24 + place].rows
    linkage = await linked(*joined)
    (line,) = linkage.lines
    assert [placed.line_id for placed in linkage.flares] == [line.line_id] * 3


async def test_it_is_of_the_period_that_is_asked_for() -> None:
    index = await index_of(chats(12))
    assert (await compute_linkage(index, Window(since=instant(5)))).flares == ()
    assert len((await compute_linkage(index, Window(since=instant(1)))).flares) == 1


def copies_of(phone: Phone) -> list[str]:
    return [edge.key for edge in phone.collected().edges if edge.kind is EdgeKind.CHAT_COPY]


def test_an_extraction_that_sent_to_two_people_keeps_no_copies() -> None:
    (chat,) = chats(1)
    assert OFFER.template_id in copies_of(chat)
    chat.text(number(150), 5, OFFER, sent=True)
    assert copies_of(chat) == []


def sent_as(*said: TextFinding, each: int, device: str = "dv-W", first: int = 0) -> list[Phone]:
    """Return chats to whose people the texts went in turn."""
    found = []
    for place in range(len(said) * each):
        chat = Phone(f"{device}/{first}-{place}", 1)
        chat.device_id = device
        chat.text(number(100 + first + place), 2 + place * MINUTE / 4, said[place % len(said)], sent=True)
        found.append(chat)
    return found


def greeted(*names: str, text: str = "{} back on both banging ring me") -> list[TextFinding]:
    return [finding(text.format(name), advert=True) for name in names]


async def test_copies_that_call_each_by_his_name_are_one_broadcast() -> None:
    held = sent_as(*greeted("Gaz", "Tone", "love", "bro"), each=4)
    assert sent((await linked(*held)).flares) == [(number(1), 16)]
    assert sent((await linked(*reversed(held))).flares) == [(number(1), 16)]


async def test_two_places_of_one_wording_that_share_out_the_list_are_one_broadcast() -> None:
    held = sent_as(*greeted("Elm Road", "the flats", text="Rico serving round {} all day today"), each=8)
    assert sent((await linked(*held)).flares) == [(number(1), 16)]


async def test_two_offers_to_the_same_people_in_their_chats_are_two() -> None:
    held = sent_as(*greeted("Elm Road", text="Rico serving round {} all day today"), each=12)
    (other,) = greeted("the flats", text="Rico serving round {} all day today")
    for place, chat in enumerate(held):
        chat.text(number(100 + place), 2 + (20 + place) * MINUTE / 4, other, sent=True)
    assert sent((await linked(*held)).flares) == [(number(1), 12)] * 2


async def test_two_wordings_that_share_out_the_list_in_chats_are_not_one() -> None:
    held = sent_as(finding("off til monday sorry everyone", advert=True), *greeted("Gaz"), each=9)
    assert sent((await linked(*held)).flares) == []


def test_talk_of_which_no_text_is_held_is_looked_up_where_it_stands_in_most_chats_first() -> None:
    said = [finding(f"{name} the one and only is back in town today") for name in ("Gaz", "Tone", "love")]
    held = sent_as(*said[:2], each=4) + sent_as(said[2], each=5, first=50) + sent_as(OFFER, each=2, first=70)
    edges = [edge for chat in held for edge in chat.collected().edges if edge.kind is EdgeKind.CHAT_COPY]
    gaz, tone, love = (each.template_id for each in said)
    first = min(edge.record_ids[0] for edge in edges if edge.key == love)
    assert records_without_text(edges, {}, 1) == {love: first}
    assert set(records_without_text(edges, {}, 9)) == {gaz, tone, love}
    assert set(records_without_text(edges, {love: "love"}, 9)) == {gaz, tone}


@pytest.mark.parametrize(
    ("one", "other"), [("on", "off"), ("off", "on"), ("brown", "white"), ("back", "gone"), ("open", "shut")]
)
async def test_two_opposites_that_share_out_the_list_are_two_broadcasts(one: str, other: str) -> None:
    held = sent_as(*greeted(one, other, text="Rico {} at the flats all day today"), each=12)
    assert sent((await linked(*held)).flares) == [(number(1), 12)] * 2


async def test_small_parts_before_and_behind_a_broadcast_are_of_it_whatever_went_between() -> None:
    gaz, tone, kev = greeted("Gaz", "Tone", "Kev")
    held = sent_as(gaz, each=2) + sent_as(tone, each=8, first=20) + sent_as(kev, each=2, first=40)
    for place in range(150):  # talk that two people got, more of it than a text is compared with
        talk = finding(f"are you coming to see us later about thing {place} or not")
        held += sent_as(talk, each=2, first=100 + 2 * place)
    (placed,) = (await linked(*held)).flares
    assert (placed.flare.recipient_count, placed.flare.message_count, placed.flare.variant_count) == (12, 12, 3)
    assert placed.flare.template_id == tone.template_id
