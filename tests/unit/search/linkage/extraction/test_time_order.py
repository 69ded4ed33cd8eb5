"""Whether the rows of an extraction are in order of time is told of each talk by itself."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Message
from search.linkage.extraction.time_order import TimeOrder
from tests.fakes.phones import Phone, finding, instant, number

TWO, THREE = number(2), number(3)


def message(other: str, day: float | None, *, sent: bool = False, service: str = "sms") -> Message:
    phone = Phone("A", 1)
    phone.text(other, day, finding("u about"), sent=sent, service=service)
    record, _ = phone.rows[0]
    assert isinstance(record, Message)
    return record


def order_of(*messages: Message) -> TimeOrder:
    order = TimeOrder()
    for each in messages:
        order.note(each)
    return order


def test_talks_that_stand_one_after_the_other_are_in_order() -> None:
    assert order_of(
        message(TWO, 5), message(TWO, 6, sent=True), message(THREE, 1), message(THREE, 2), message(TWO, 1, service="x")
    ).is_kept


@pytest.mark.parametrize("sent", [True, False])
def test_an_earlier_message_of_a_talk_behind_a_later_one_is_not_in_order(sent: bool) -> None:  # noqa: FBT001
    assert not order_of(message(TWO, 6), message(THREE, 7), message(TWO, 5, sent=sent)).is_kept


def test_what_went_to_several_belongs_to_the_talk_with_each() -> None:
    phone = Phone("A", 1)
    phone.text([TWO, THREE], 6, finding("on now"), sent=True)
    both, _ = phone.rows[0]
    assert isinstance(both, Message)
    assert not order_of(both, message(THREE, 5)).is_kept


def test_a_thread_is_a_talk_whoever_writes_in_it() -> None:
    posts = [message(TWO, 6, service="whatsapp"), message(THREE, 5, service="whatsapp")]
    assert order_of(*posts).is_kept
    in_one = [
        Message(**{name: getattr(post, name) for name in post.__struct_fields__} | {"thread": "g"}) for post in posts
    ]
    assert not order_of(*in_one).is_kept


def test_fractions_of_a_second_break_no_order() -> None:
    """Of one second some rows have milliseconds and some none."""
    whole, part = message(TWO, 5), message(TWO, 5)
    assert whole.time.utc is not None
    shown = whole.time.utc.replace("Z", ".250Z")
    part = msgspec.structs.replace(part, time=msgspec.structs.replace(part.time, utc=shown))
    assert order_of(part, whole).is_kept
    assert order_of(whole, part).is_kept


def test_an_undated_message_stands_where_the_row_before_it_of_its_talk_stands() -> None:
    order = TimeOrder()
    assert order.note(message(TWO, None)) == ""
    assert instant(5).startswith(order.note(message(TWO, 5)))
    order.note(message(THREE, 9))
    assert instant(5).startswith(order.note(message(TWO, None, sent=True)) or "none")
    assert order.is_kept


def test_each_service_says_whether_it_runs_from_the_newest_on() -> None:
    order = order_of(
        *(message(TWO, day) for day in (5, 4, 3)), *(message(TWO, day, service="whatsapp") for day in (1, 2, 3))
    )
    assert order.runs_backwards("sms")
    assert not order.runs_backwards("whatsapp")
    assert not order.runs_backwards("viber")
