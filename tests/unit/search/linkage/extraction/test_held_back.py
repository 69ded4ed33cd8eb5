from __future__ import annotations

import msgspec

from search.contract import EdgeKind
from search.linkage.extraction.held_back import TEXTS_A_SENDER, TEXTS_IN_ALL, HeldBack, HeldText
from search.linkage.keys import talk_key
from tests.fakes.phones import Phone, finding, linked, number, offer, the_line

LINE = number(1)
TALK = msgspec.structs.replace(finding("bits r fat"), advert_score=0.001)


def text(template_id: str) -> HeldText:
    return HeldText(
        is_answer=False, template_id=template_id, label="", utc=None, record_id="r-1", score=0.0, body="bits r fat"
    )


def test_what_is_held_of_one_sender_and_in_all_is_bounded_and_the_latest_is_kept() -> None:
    held = HeldBack()
    for place in range(TEXTS_A_SENDER + 5):
        held.hold("one", text(f"t-{place}"))
    senders = TEXTS_IN_ALL // TEXTS_A_SENDER
    kept = held.release("one")
    assert [each.template_id for each in kept] == [f"t-{place}" for place in range(5, TEXTS_A_SENDER + 5)]
    for sender in range(senders + 2):
        for _ in range(TEXTS_A_SENDER):
            held.hold(str(sender), text("t-1"))
    assert held.release("0") == []
    assert len(held.release(str(senders + 1))) == TEXTS_A_SENDER


def test_what_is_ruled_out_is_kept_of_senders_of_adverts_alone_whatever_came_first() -> None:
    phone = Phone("A/1", 101)
    phone.text(number(7), 1, TALK, sent=False)
    phone.text(LINE, 1, TALK, sent=False)
    phone.text(LINE, 2, offer("Rico"), sent=False)
    phone.text(LINE, 3, TALK, sent=False)
    talk = [edge for edge in phone.collected().edges if edge.kind == EdgeKind.TALK]
    assert {edge.key for edge in talk} == {talk_key(LINE, TALK.template_id)}
    assert sum(edge.count for edge in talk) == 2


def test_a_name_is_looked_for_once_two_adverts_of_the_sender_bear_it() -> None:
    held = HeldBack()
    held.note_name(LINE, "Big Rico")
    assert not held.bears_name(LINE, "got u covered BIG RICO")
    held.note_name(LINE, "Big Ricco")
    assert held.bears_name(LINE, "got u covered BIG RICO")
    assert not held.bears_name(LINE, "got u covered rico")
    assert not held.bears_name(number(2), "got u covered BIG RICO")


async def test_a_text_that_bears_the_lines_name_and_answers_nobody_is_its_advert() -> None:
    phone = Phone("A/1", 101)
    named = msgspec.structs.replace(finding("got u covered rico"), advert_score=0.001)
    answer = msgspec.structs.replace(finding("rico is round the corner"), advert_score=0.001)
    for day in range(5):
        phone.text(LINE, day, offer("Rico"), sent=False)
    phone.text(LINE, 3.5, named, sent=False)
    phone.text(LINE, 3.7, finding("u about"), sent=True)
    phone.text(LINE, 3.7005, answer, sent=False)
    phone.text(LINE, 5, offer("Rico"), sent=False)
    linkage = await linked(phone)
    templates = {placed.flare.template_id for placed in linkage.flares}
    assert the_line(linkage, "Rico").line_id in {placed.line_id for placed in linkage.flares}
    assert named.template_id in templates
    assert answer.template_id not in templates


def test_of_other_talk_that_is_kept_which_came_out_of_nothing_and_is_of_some_length() -> None:
    phone = Phone("A/1", 101)
    long = msgspec.structs.replace(finding("evening service moved to six this week"), advert_score=0.001)
    other = msgspec.structs.replace(finding("bring the tins and the pasta please"), advert_score=0.001)
    phone.text(number(7), 1, long, sent=False)
    phone.text(number(7), 1.01, other, sent=False)  # a quarter of an hour later: of one talk
    phone.text(number(8), 2, finding("u about"), sent=True)
    phone.text(number(8), 2.02, other, sent=False)  # half an hour after it was written to
    phone.text(number(9), 3, TALK, sent=False)
    talk = [edge for edge in phone.collected().edges if edge.kind == EdgeKind.TALK]
    assert [edge.key for edge in talk] == [talk_key(number(7), long.template_id)]


def test_what_came_out_of_nothing_once_is_kept_also_where_it_came_amid_talk_and_not_as_an_answer() -> None:
    phone, shop = Phone("A/1", 101), number(7)
    promo, reply = (
        msgspec.structs.replace(finding(text), advert_score=0.001)
        for text in ("driver is on tonight free chips with orders", "be with you in forty minutes")
    )
    hour = 1 / 24
    phone.text(shop, 1, finding("can i get the usual"), sent=True)
    phone.text(shop, 1 + hour / 4, reply, sent=False)
    phone.text(shop, 1 + hour / 3, promo, sent=False)
    phone.text(shop, 20, promo, sent=False)
    phone.text(shop, 30, finding("you open tonight"), sent=True)
    phone.text(shop, 30 + hour / 60, promo, sent=False)
    talk = [edge for edge in phone.collected().edges if edge.kind == EdgeKind.TALK]
    assert {edge.key for edge in talk} == {talk_key(shop, promo.template_id)}
    assert sum(edge.count for edge in talk) == 2
