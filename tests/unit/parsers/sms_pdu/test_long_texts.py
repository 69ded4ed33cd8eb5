"""Long texts: joined by sender, reference and time; what is missing is shown, and what is repeated makes no second."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Peer, Travel
from ingest.demo.writers.sms_octets import SmsForm, sms_octets
from tests.fakes.deliveries import QUICK
from tests.unit.parsers.sms_pdu.sms_texts import AT, JAY, Reader, text

LONG = "Best of both back on, ring now till late. " * 9
UNICODE = "\u0411\u0438\u0442 \U0001f525 " * 40


@pytest.mark.parametrize("is_wide", [False, True])
@pytest.mark.parametrize("body", [LONG, UNICODE])
@pytest.mark.parametrize("travel", [Travel.IN, Travel.OUT])
def test_parts_in_any_order_are_one_message(body: str, travel: Travel, *, is_wide: bool) -> None:
    parts = sms_octets(text(body, travel=travel), SmsForm(is_wide=is_wide), reference=200)
    assert len(parts) > 2
    for order in (parts, parts[::-1], [parts[1], parts[0], *parts[2:]]):
        reader = Reader()
        (message,) = reader.read(*order)
        assert message.body == body
        assert dict(reader.book.seen()) == {"message": 1}
        assert reader.codes() == {}
        assert [name for name, _ in message.extra] == [f"part {n}" for n in range(1, len(parts) + 1)]


@QUICK
@given(st.permutations(range(3)), st.integers(0, 2))
def test_a_missing_part_is_shown_and_noticed(order: list[int], gone: int) -> None:
    parts = sms_octets(text(LONG))
    whole = [Reader().read(part)[0].body or "" for part in parts]
    reader = Reader()
    (message,) = reader.read(*(parts[place] for place in order if place != gone))
    own = [body.replace(f"[part {n} missing]", "") for body, n in zip(whole, (0, 0, 0), strict=True)]
    pieces = [_without_marks(body) for body in own]
    pieces[gone] = f"[part {gone + 1} missing]"
    assert message.body == "".join(pieces)
    assert "missing_parts" in message.body_notices
    assert reader.codes() == {"segments_missing": 1}


def _without_marks(body: str) -> str:
    for place in (1, 2, 3):
        body = body.replace(f"[part {place} missing]", "")
    return body


def test_one_part_alone_shows_that_others_are_missing() -> None:
    reader = Reader()
    (message,) = reader.read(sms_octets(text(LONG))[1])
    assert message.body is not None
    assert message.body.startswith("[part 1 missing]")
    assert message.body.endswith("[part 3 missing]")
    assert reader.codes() == {"segments_missing": 2}


def test_a_reference_comes_round_again() -> None:
    one = sms_octets(text("a" * 200), reference=7)
    other = sms_octets(text("b" * 200, at=AT + timedelta(hours=2)), reference=7)
    bodies = {message.body for message in Reader().read(one[0], other[0], other[1], one[1])}
    assert bodies == {"a" * 200, "b" * 200}


@pytest.mark.parametrize("order", [(0, 2, 3, 1), (0, 3, 2, 1), (3, 0, 1, 2), (0, 2, 1, 3), (1, 2, 3, 0)])
def test_a_sender_with_one_reference_for_all_is_told_by_time(order: tuple[int, ...]) -> None:
    one = sms_octets(text("a" * 200), reference=7)
    other = sms_octets(text("b" * 200, at=AT + timedelta(minutes=6)), reference=7)
    parts = [*one, *other]
    assert {message.body for message in Reader().read(*(parts[place] for place in order))} == {"a" * 200, "b" * 200}


def test_a_text_that_lacks_a_part_takes_none_of_a_later_text() -> None:
    one = sms_octets(text("a" * 200), reference=7)
    other = sms_octets(text("b" * 200, at=AT + timedelta(minutes=6)), reference=7)
    for parts in ([one[0], *other], [*other, one[0]], [one[0], *other[::-1]]):
        bodies = {message.body for message in Reader().read(*parts)}
        assert bodies == {"a" * 153 + "[part 2 missing]", "b" * 200}
    sent = [sms_octets(text(letter * 200, travel=Travel.OUT), reference=7) for letter in "ab"]
    bodies = {message.body for message in Reader().read(sent[0][0], *sent[1])}
    assert bodies == {"a" * 153 + "[part 2 missing]", "b" * 200}


def test_parts_that_were_delivered_minutes_apart_are_one_text() -> None:
    parts = [
        sms_octets(text("a" * 400, at=AT + timedelta(minutes=4 * place)), reference=7)[place] for place in range(3)
    ]
    for order in ((0, 1, 2), (2, 0, 1)):
        reader = Reader()
        assert [message.body for message in reader.read(*(parts[place] for place in order))] == ["a" * 400]
        assert reader.codes() == {}
    twice = Reader().read(*parts, *parts)
    assert [message.body for message in twice] == ["a" * 400] * 2


def test_equal_references_of_two_senders_are_two_messages() -> None:
    one = sms_octets(text("a" * 200), reference=7)
    other = sms_octets(text("b" * 200, peer=Peer("+447700900456")), reference=7)
    assert [message.body for message in Reader().read(one[0], other[0], one[1], other[1])] == ["a" * 200, "b" * 200]


def test_a_list_that_was_taken_twice_is_two_listings() -> None:
    parts = sms_octets(text("a" * 200))
    assert [message.body for message in Reader().read(*parts, *parts)] == ["a" * 200] * 2


def test_a_part_that_is_stored_twice_makes_no_second_message() -> None:
    parts = sms_octets(text("a" * 200))
    reader = Reader()
    assert [message.body for message in reader.read(*parts, parts[1])] == ["a" * 200]
    assert dict(reader.book.seen()) == {"message": 1, "other:repeated part of a long message": 1}
    assert reader.codes() == {"element_not_read": 1}


def test_two_lists_are_joined_apart() -> None:
    parts = sms_octets(text("a" * 200))
    reader = Reader()
    found = reader.add(parts[0], listing="sim") + reader.add(*parts, listing="phone") + reader.read(listing="sim")
    assert [(message.listing, message.body) for message in found] == [
        ("phone", "a" * 200),
        ("sim", "a" * 153 + "[part 2 missing]"),
    ]


def test_a_part_without_a_place_is_a_text_of_its_own() -> None:
    octets = bytearray(sms_octets(text("a" * 200))[0])
    place = octets.index(bytes([5, 0, 3]))
    octets[place + 5] = 0
    (message,) = Reader().read(bytes(octets))
    assert message.body == "a" * 153
    assert dict(message.extra)["header"] == "0500030102" + "00"


def test_many_open_messages_are_bounded() -> None:
    first = [sms_octets(text("a" * 200, peer=Peer(f"{n}")), reference=n)[0] for n in range(5_000)]
    reader = Reader()
    found = reader.read(*first)
    assert len(found) == 5_000
    assert reader.codes() == {"segments_missing": 5_000}
    assert JAY.written
