"""What is said to one who works for a line, surely reads like an advert, and offers nothing."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import TextFinding
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, instant, linked, number, the_line

LINE = number(1)
LOUD = msgspec.structs.replace(finding("fone on loud", template="phone on loud", advert=True), advert_score=0.92)
DEAL = finding("2 for 15 today", template="{deal} today", advert=True)


def customers(count: int = 1) -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(count)]
    campaign("Rico", LINE, phones, range(10, 20, 2))
    campaign("Rico", LINE, phones, range(11, 21, 2), "{line} about til late")
    for place, phone in enumerate(phones):
        phone.text(LINE, 13.5 + place / 10, finding("u about"), sent=True)
    return phones


def worker(place: int = 0, *, texts: int = 9, begin: float = 1, at: float = 5.3, said: TextFinding = LOUD) -> Phone:
    """Return a phone that writes with the line: so many texts came in, each answered, and one that is said so."""
    phone = Phone(f"B/{place}", 201 + place)
    for later in range(texts):
        phone.text(LINE, begin + later, finding(f"train {place} at {later}"), sent=False)
        phone.text(LINE, begin + 0.02 + later, finding(f"on my way {later}"), sent=True)
    phone.text(LINE, at, said, sent=False)
    return phone


async def stated(*phones: Phone) -> tuple[Linkage, set[str], set[str]]:
    """Return the linkage, the phones beside the customers' that got adverts of the line, and those in touch with it."""
    linkage = await linked(*phones)
    names = {phone.entry().device_id: str(phone.entry().exhibit_ref) for phone in phones}
    rows = [row for row in the_line(linkage, "Rico").devices if not names[row.device_id].startswith("A/")]
    got, touch = (
        {names[row.device_id] for row in rows if row.relation == relation}
        for relation in ("received_adverts", "contact_of_line")
    )
    return linkage, got, touch


async def test_it_is_no_broadcast_and_the_phone_is_in_touch_with_the_line() -> None:
    linkage, got, touch = await stated(*customers(), worker())
    assert (got, touch) == (set(), {"B/0"})
    assert [left.flare.template_id for left in linkage.flares_left_out] == [LOUD.template_id]
    why = linkage.flares_left_out[0].why
    assert "a running talk of this phone with its sender" in why
    assert "work" not in why  # that anybody works for the line is more than is shown


async def test_nor_where_two_are_told_so_at_different_times_and_the_phone_that_told_them_is_held() -> None:
    own = Phone("C/0", 1)
    for party, day in ((number(201), 5.3), (number(202), 7.4)):
        own.text(party, day, LOUD, sent=True)
    workers = [worker(), worker(1, at=7.4)]
    linkage, got, touch = await stated(*customers(3), *workers, own)
    assert got == set()
    assert {"B/0", "B/1"} <= touch
    assert {left.flare.template_id for left in linkage.flares_left_out} == {LOUD.template_id}


async def test_what_two_got_at_once_or_a_customer_too_is_an_advert() -> None:
    assert (await stated(*customers(), worker(), worker(1)))[1] == {"B/0", "B/1"}
    phones = customers()
    phones[0].text(LINE, 12.7, LOUD, sent=False)
    assert (await stated(*phones, worker()))[1] == {"B/0"}


async def test_and_to_who_writes_little_or_orders_and_where_it_offers_something() -> None:
    ordering = worker()
    ordering.text(LINE, 3.5, finding("can i get 2"), sent=True)
    for phone in (worker(texts=5), ordering, worker(said=DEAL)):
        assert (await stated(*customers(), phone))[1] == {"B/0"}


async def test_and_where_the_phone_got_an_advert_with_a_name() -> None:
    phone = worker()
    campaign("Rico", LINE, [phone], (12,))
    assert (await stated(*customers(), phone))[1] == {"B/0"}


async def test_the_line_is_in_use_from_when_it_writes_to_who_works_for_it() -> None:
    linkage, got, touch = await stated(*customers(), worker(begin=-60, at=-59.7))
    (used,) = the_line(linkage, "Rico").numbers
    assert (got, touch, used.first_seen_at) == (set(), {"B/0"}, instant(-59.7))


@pytest.mark.parametrize(
    ("score", "calls", "is_customer"), [(0.0, 1, True), (0.39, 1, False), (0.5, 1, True), (0.39, 5, True)]
)
async def test_who_calls_the_line_may_order_by_calls_unless_all_that_he_writes_reads_like_no_order(
    score: float,
    calls: int,
    is_customer: bool,  # noqa: FBT001 - one of a table
) -> None:
    caller = worker()
    for call in range(calls):
        caller.call(LINE, 4.2 + call, made=True)
    caller.text(LINE, 4.3, msgspec.structs.replace(finding("sumone followin me"), order_score=score), sent=True)
    assert (await stated(*customers(), caller))[1] == ({"B/0"} if is_customer else set())


async def test_whom_the_line_calls_orders_nothing_by_that() -> None:
    called = worker()
    called.call(LINE, 4.2, made=False)
    assert (await stated(*customers(), called))[1] == set()


async def test_what_two_got_at_once_in_other_words_is_an_advert_to_both() -> None:
    bell = finding("fone on bell me", template="phone on bell me", advert=True)
    assert (await stated(*customers(), worker(), worker(1, said=bell)))[1] == {"B/0", "B/1"}
    assert (await stated(*customers(), worker(), worker(1, said=bell, at=7.4)))[1] == set()


async def test_and_so_is_what_a_customer_got_in_other_words_at_that_time() -> None:
    phones = customers()
    phones[0].text(LINE, 5.31, finding("fone on bell me", template="phone on bell me", advert=True), sent=False)
    assert (await stated(*phones, worker()))[1] == {"B/0"}


def sent_to(place: str, name: str | None = None, score: float = 0.78) -> TextFinding:
    """Return what sends somebody somewhere, in which the analysis reads a name."""
    said = finding(f"bk of {place} 3 waiting", template="{place} of {line} waiting", line=name, advert=True)
    return msgspec.structs.replace(said, advert_score=score)


async def test_what_is_read_as_a_name_in_an_order_to_go_is_none_where_nobody_else_got_it() -> None:
    linkage, got, touch = await stated(*customers(), worker(said=sent_to("Fenwick", "Fenwick 3")))
    assert (got, touch) == (set(), {"B/0"})
    assert [name for name, *_ in the_line(linkage, "Rico").nicknames] == ["Rico line"]
    assert (await stated(*customers(), worker(said=sent_to("Fenwick", "Rico"))))[1] == {"B/0"}


async def test_a_name_that_stands_on_one_phone_is_one_where_the_others_got_none() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign(None, LINE, phones, range(10, 20, 2))
    campaign(None, LINE, phones, range(11, 21, 2), "2 for 15 today")
    linkage = await linked(*phones, worker(said=sent_to("Fenwick", "Fenwick 3")))
    assert len([row for row in linkage.lines[0].devices if row.relation == "received_adverts"]) == 4


async def test_nor_is_an_advert_what_such_a_phone_got_beside_it_that_reads_nearly_like_one() -> None:
    phone = worker(texts=24, said=sent_to("Fenwick", "Fenwick 3"))
    phone.text(LINE, 7.3, sent_to("the station", score=0.4), sent=False)
    phone.text(
        LINE, 9.3, msgspec.structs.replace(finding("girl in red coat by the station"), advert_score=0.34), sent=False
    )
    assert (await stated(*customers(), phone))[1] == set()


@pytest.mark.parametrize(("texts", "is_customer"), [(9, True), (12, False)])
async def test_in_a_long_talk_a_text_like_a_likely_order_is_no_order(texts: int, is_customer: bool) -> None:  # noqa: FBT001
    phone = worker(texts=texts)
    phone.text(LINE, 3.5, msgspec.structs.replace(finding("none left"), order_score=0.93), sent=True)
    assert (await stated(*customers(), phone))[1] == ({"B/0"} if is_customer else set())


async def test_what_came_often_is_told_by_when_each_came() -> None:
    phones = [worker(texts=12), worker(1, texts=12, at=7.4)]
    phones[0].text(LINE, 9.6, LOUD, sent=False)
    phones[0].text(LINE, 11.4, LOUD, sent=False)
    assert (await stated(*customers(), *phones))[1] == set()
