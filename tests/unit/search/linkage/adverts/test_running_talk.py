"""Orders to one who works for a line, in words that read nearly like its adverts."""

from __future__ import annotations

import msgspec

from parsers.records.findings import TextFinding
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer, the_line

LINE = number(1)
ORDER = msgspec.structs.replace(finding("drop to albert rd now mate"), advert_score=0.35)
SHORT = finding("make sure u eat")
LIKE_AN_ORDER = msgspec.structs.replace(finding("shall i get food"), order_score=0.92)


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    campaign("Rico", LINE, phones, range(1, 21, 2), "{line} about til late")
    for place, phone in enumerate(phones):
        phone.text(LINE, 3.5 + place / 10, finding("u about"), sent=True)
    return phones


def worker(place: int = 0, *, texts: int = 24, answers: int | None = None) -> Phone:
    """Return a phone that writes with the line for days: so many texts came in, each answered as far as is said."""
    phone = Phone(f"B/{place}", 201 + place)
    for later in range(texts):
        phone.text(LINE, 1 + later / 2, finding(f"train {place} at {later}"), sent=False)
        if answers is None or later < answers:
            phone.text(LINE, 1.01 + later / 2, finding(f"on my way {later}"), sent=True)
    return phone


async def got(*phones: Phone, said: TextFinding) -> tuple[set[str], set[str]]:
    """Return the phones that got adverts of the line, of those that are no customer's, and those with such a flare."""
    linkage = await linked(*customers(), *phones)
    line = the_line(linkage, "Rico")
    names = {phone.entry().device_id: str(phone.entry().exhibit_ref) for phone in phones}
    rows = {
        names[row.device_id] for row in line.devices if row.relation == "received_adverts" and row.device_id in names
    }
    flares = {
        names[placed.device_id]
        for placed in linkage.flares
        if placed.device_id in names and placed.flare.template_id == said.template_id
    }
    return rows, flares


async def test_an_order_in_the_words_of_an_advert_in_the_midst_of_talk_makes_no_customer() -> None:
    runner = worker()
    runner.text(LINE, 8.3, ORDER, sent=False)
    runner.text(LINE, 8.31, LIKE_AN_ORDER, sent=True)
    assert await got(runner, said=ORDER) == (set(), set())
    linkage = await linked(*customers(), runner)
    assert "B/0" in members(the_line(linkage, "Rico")), "it is a contact of the line"


async def test_such_a_text_is_an_advert_to_who_hardly_writes_with_the_line() -> None:
    for phone in (worker(texts=4), worker(answers=4)):
        phone.text(LINE, 8.3, ORDER, sent=False)
        assert await got(phone, said=ORDER) == ({"B/0"}, {"B/0"})


async def test_and_where_every_few_texts_are_such() -> None:
    phone = worker()
    for day in range(8):
        phone.text(LINE, 8.3 + day, msgspec.structs.replace(ORDER, template_id=f"t-{day}"), sent=False)
    assert (await got(phone, said=ORDER))[0] == {"B/0"}


async def test_and_where_the_phone_got_an_advert_that_the_analysis_sees() -> None:
    phone = worker()
    phone.text(LINE, 4.02, offer("Rico"), sent=False)
    phone.text(LINE, 8.3, ORDER, sent=False)
    assert await got(phone, said=ORDER) == ({"B/0"}, {"B/0"})


async def test_and_to_a_regular_customer_who_surely_orders_in_all_that_talk() -> None:
    phone = worker()
    for day in range(12):
        phone.text(LINE, 1.2 + day, finding("u about" if day % 2 else f"can i get {day}"), sent=True)
    phone.text(LINE, 8.3, ORDER, sent=False)
    assert await got(phone, said=ORDER) == ({"B/0"}, {"B/0"})


async def told_the_same(workers: int, *, customer: bool = False) -> set[str]:
    phones = [worker(place) for place in range(workers)]
    for place, phone in enumerate(phones):
        phone.text(LINE, 8.3 + place / 48, SHORT, sent=False)
    if customer:
        phones.append(Phone("C/1", 301))
        phones[-1].text(LINE, 8.3, SHORT, sent=False)
    return (await got(*phones, said=SHORT))[1]


async def test_two_of_its_people_are_told_the_same_within_an_hour() -> None:
    assert await told_the_same(2) == set()


async def test_what_three_are_told_or_a_customer_too_went_to_many() -> None:
    assert await told_the_same(3) == {"B/0", "B/1", "B/2"}
    assert await told_the_same(2, customer=True) == {"B/0", "B/1", "C/1"}


async def test_a_short_talk_is_enough_where_the_phone_wrote_nothing_like_an_order_and_never_called() -> None:
    def short(order_score: float, *, calls: bool = False) -> Phone:
        phone = worker(texts=7)
        phone.text(LINE, 8.3, ORDER, sent=False)
        phone.text(LINE, 8.31, msgspec.structs.replace(finding("just did it"), order_score=order_score), sent=True)
        if calls:
            phone.call(LINE, 8.4, made=True)
        return phone

    assert await got(short(0.2), said=ORDER) == (set(), set())
    for phone in (short(0.7), short(0.0), short(0.2, calls=True)):
        assert await got(phone, said=ORDER) == ({"B/0"}, {"B/0"}), "a customer may write so"
