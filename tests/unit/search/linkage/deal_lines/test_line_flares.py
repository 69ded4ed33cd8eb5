"""Which texts that came in are traces of broadcasts: what reads like an advert to one phone may be to one person."""

from __future__ import annotations

import msgspec
import pytest

from ingest.export.analysis_shape import analysis_of
from parsers.records.facts import Message
from search.linkage.adverts.repeats import WHY as REPEAT
from search.linkage.model import Linkage
from search.reports.build import build_report
from tests.fakes.phones import Phone, campaign, finding, index_of, instant, linked, members, number, offer, the_line

LINE, RUNNER, FRIEND = number(1), number(2), number(3)
TO_RUNNER = finding("back by 12", advert=True)
MINUTE = 1 / 1440


def received(linkage: Linkage, phone: Phone) -> list[str]:
    """Return when the phone got what is stated as broadcasts."""
    return sorted(
        placed.flare.started_at
        for placed in linkage.flares
        if placed.device_id == phone.device_id and placed.flare.direction == "received"
    )


def chat(name: str, said: str, *, is_answered: bool) -> Phone:
    """A phone with a chat that shows the other by a saved name alone, with one text that reads like an advert."""
    phone = Phone(name, 100)
    phone.text(None, 1, finding("u coming later"), sent=False, name="Tyler", service="whatsapp")
    if is_answered:
        phone.text(None, 1.1, finding("yeah 8ish"), sent=True, name="Tyler", service="whatsapp")
    phone.text(None, 3, finding(said, advert=True), sent=False, name="Tyler", service="whatsapp")
    return phone


async def test_a_text_of_somebody_known_by_name_alone_with_whom_the_phone_talks_is_no_trace() -> None:
    talking, silent = (
        chat("A/1", "2 for 15 in b&m", is_answered=True),
        chat("A/2", "2 for 15 in asda", is_answered=False),
    )
    linkage = await linked(talking, silent)
    assert (received(linkage, talking), received(linkage, silent)) == ([], [instant(3)])


async def test_it_is_one_where_another_phone_got_the_wording_in_the_same_minutes() -> None:
    phones = [chat(f"A/{place}", "2 for 15 in b&m", is_answered=True) for place in range(2)]
    linkage = await linked(*phones)
    assert [received(linkage, phone) for phone in phones] == [[instant(3)], [instant(3)]]


def line_and_runner(*, runners: int = 1, minutes_apart: float = 0) -> tuple[Phone, list[Phone], Phone]:
    """A line's phone that broadcasts and writes to runners, the runners' phones, and a customer's with one advert."""
    own, customer = Phone("A/1", 1), Phone("A/9", 150)
    held = [Phone(f"A/{2 + place}", 2 + place) for place in range(runners)]
    for day in range(0, 12, 2):
        for place in range(15):
            own.text(number(150 + place), day + place / 10_000, offer("Rico"), sent=True)
    customer.text(LINE, 4, offer("Rico"), sent=False)
    for place, phone in enumerate(held):
        at = 5 + place * minutes_apart * MINUTE
        phone.text(LINE, 4.5, finding("u about"), sent=True)
        own.text(phone.own, at, TO_RUNNER, sent=True)
        phone.text(LINE, at, TO_RUNNER, sent=False)
    return own, held, customer


async def test_a_text_that_the_lines_own_phone_sent_to_one_makes_no_receiver_of_adverts() -> None:
    own, (runner,), customer = line_and_runner()
    linkage = await linked(own, runner, customer)
    line = the_line(linkage, "Rico")
    assert received(linkage, runner) == []
    assert received(linkage, customer) == [instant(4)], "a customer's only advert stays one"
    relations = {(row.device_id, str(row.relation)) for row in line.devices}
    assert (runner.device_id, "received_adverts") not in relations
    assert members(line) == {"A/1", "A/2", "A/9"}, "who writes with the line is a member all the same"


async def test_it_went_to_few_where_two_got_it_hours_apart_and_to_many_where_at_once() -> None:
    counts = []
    for minutes_apart in (600, 1):
        own, runners, customer = line_and_runner(runners=2, minutes_apart=minutes_apart)
        linkage = await linked(own, *runners, customer)
        counts.append([len(received(linkage, runner)) for runner in runners])
    assert counts == [[0, 0], [1, 1]], "phones that got a wording at once show what the sending one may have lost"


@pytest.mark.parametrize(("known", "kept", "expected"), [(180, 0, 1), (180, 8, 0), (None, 0, 1), (None, 8, 0)])
async def test_a_sending_phone_that_lacks_much_of_what_others_got_says_nothing_of_how_many_a_wording_went_to(
    known: int | None, kept: int, expected: int
) -> None:
    own, _, _ = line_and_runner(runners=0)
    customer = Phone("A/5", known)
    for place in range(8):
        said = offer("Rico", f"{{line}} on both {place + 2} for 30" if known else f"{{line}} bargain {place} today")
        for party in range(12):
            own.text(number(150 + party), 2.1 + place / 10, offer("Rico"), sent=True)
        if place < kept:
            own.text(number(180), 2.1 + place / 10, said, sent=True)
        customer.text(LINE, 2.1 + place / 10, said, sent=False)
    few = offer("Rico", "{line} four for fifty til ten")
    own.text(number(180), 3.5, few, sent=True)
    customer.text(LINE, 3.5, few, sent=False)
    linkage = await linked(own, customer)
    assert received(linkage, customer).count(instant(3.5)) == expected
    assert [left.flare.started_at for left in linkage.flares_left_out].count(instant(3.5)) == 1 - expected


async def test_what_came_while_the_sending_phone_sent_to_many_is_of_that_broadcast_in_whatever_spelling() -> None:
    own, _, _ = line_and_runner(runners=0)
    customer = Phone("A/5", 180)
    odd = finding("ricos on both 3 for 25", line="Ricos", advert=True)
    own.text(customer.own, 4.0005, odd, sent=True)
    customer.text(LINE, 4.0005, odd, sent=False)
    assert received(await linked(own, customer), customer) == [instant(4.0005)]


async def test_the_sending_phone_says_nothing_of_a_time_of_which_it_holds_no_copies() -> None:
    own, _, customer = line_and_runner(runners=0)
    odd = offer("Rico", "{line} 2 for 15 no messing")
    for place in range(6):
        own.text(number(150 + place), 11 + place / 10_000, odd, sent=True)
    for day in (1, 3, 11):
        customer.text(LINE, day + 0.5, odd, sent=False)
    assert received(await linked(own, customer), customer) == [instant(1.5), instant(3.5), instant(4), instant(11.5)]


async def test_without_the_sending_phone_a_text_of_a_line_that_reads_like_an_advert_is_one() -> None:
    _, (runner,), customer = line_and_runner()
    other = Phone("A/8", 151)
    campaign("Rico", LINE, [other, customer], range(0, 6, 2))
    linkage = await linked(runner, customer, other)
    assert received(linkage, runner) == [instant(5)]


async def test_the_report_names_every_flare_of_a_record_or_says_why_it_is_none() -> None:
    own, runners, customer = line_and_runner(runners=2, minutes_apart=600)
    friend = Phone("A/7", 3)
    friend.text(FRIEND, 1, finding("home now"), sent=True)
    friend.text(FRIEND, 2, finding("2 for 15 in b&m", advert=True), sent=False)
    phones = [own, *runners, customer, friend, chat("A/6", "3 for 20 in b&m", is_answered=True)]
    on_records = set()
    for phone in phones:
        collected = phone.collected()
        for (record, said), place in zip(phone.rows, collected.flare_of, strict=True):
            if isinstance(record, Message) and place >= 0:
                analysis = analysis_of(said, collected.flares[place].flare_id)
                assert analysis is not None
                on_records.add(analysis["flare_id"])
    report = await build_report(await index_of(phones), software={"version": "0"}, generated_at="2026-01-01T00:00:00Z")
    stated = {flare["flare_id"] for flare in report["flares"]}  # type: ignore[attr-defined]  # a section
    left_out = {flare["flare_id"]: flare["why"] for flare in report["flares_left_out"]}  # type: ignore[attr-defined]
    assert on_records == stated | left_out.keys()
    assert len(left_out) == 4
    assert all(why.startswith("The phone ") for why in left_out.values())


async def test_what_came_again_and_again_to_one_phone_alone_is_no_broadcast() -> None:
    told = offer(None, "ring this guy")
    for days, count, expected in ((range(2, 20, 3), 5, 0), (range(2, 20, 3), 2, 6), ((4, 5), 5, 2)):
        phones = [Phone(f"A/{n}", 100 + n) for n in range(count)]
        campaign("Rico", number(1), phones, range(24))
        phones[1].text(number(1), 3.2, msgspec.structs.replace(finding("u about"), order_score=0.95), sent=True)
        for day in days:
            phones[0].text(number(1), day + 0.5, told, sent=False)
        linkage = await linked(*phones)
        traces = [placed for placed in linkage.flares if placed.flare.template_id == told.template_id]
        assert len(traces) == expected
        assert len(linkage.lines) == 1


async def test_what_others_got_with_the_name_is_a_broadcast_without_it_too() -> None:
    for named, expected in (("early bird with {line} before ten", 6), ("{line} ring this guy if it dies", 0)):
        told = offer(None, "early bird before ten")
        phones = [Phone(f"A/{n}", 100 + n) for n in range(5)]
        campaign("Rico", number(1), phones, range(24))
        campaign("Rico", number(1), phones, (4, 11), named)
        phones[1].text(number(1), 3.2, msgspec.structs.replace(finding("u about"), order_score=0.95), sent=True)
        for day in range(2, 20, 3):
            phones[0].text(number(1), day + 0.5, told, sent=False)
        linkage = await linked(*phones)
        traces = [placed for placed in linkage.flares if placed.flare.template_id == told.template_id]
        assert len(traces) == expected


async def test_a_copy_that_comes_again_while_others_get_the_broadcast_is_of_it() -> None:
    for shown, expected in (((6, 12), 1), ((), 2)):
        phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
        campaign("Rico", LINE, phones, range(0, 10, 2))
        campaign("Rico", LINE, phones, range(1, 10, 2), "{line} about til late")
        said = offer("Rico", "{line} sorry for the wait all back now")
        for minutes in (0, 18):
            phones[0].text(LINE, 12 + minutes * MINUTE, said, sent=False)
        for place, minutes in enumerate(shown):
            phones[1 + place].text(LINE, 12 + minutes * MINUTE, said, sent=False)
        linkage = await linked(*phones)
        got = [p.flare for p in linkage.flares if p.device_id == "dv-A/0" and p.flare.template_id == said.template_id]
        assert len(got) == expected
        assert sum(flare.message_count for flare in got) == 2
        assert [left.why for left in linkage.flares_left_out] == [REPEAT] * (2 - expected)
        bounds = min(flare.started_at for flare in got), max(flare.ended_at for flare in got)
        assert bounds == (instant(12), instant(12 + 18 * MINUTE))


async def test_what_a_phone_with_a_wrong_clock_got_is_of_that_use_and_what_it_got_later_of_the_later_one() -> None:
    """A phone whose clock was years off while one line had the number, and right while another had it."""
    first, second = (
        [Phone(f"{town}/{place}", own + place) for place in range(5)] for town, own in (("A", 101), ("B", 111))
    )
    campaign("Rico", number(1), first[1:], range(24))
    campaign("Rico", number(1), first[:1], range(-900, -880, 2))
    campaign("Echo", number(1), [*second, first[0]], range(300, 324), "{line} got the best about ring now")
    for phone, day in ((first[1], 3.2), (first[2], 9.2), (second[0], 303.2), (second[1], 309.2)):
        phone.text(number(1), day, finding("u about"), sent=True)
    linkage = await linked(*first, *second)
    name_of = {line.line_id: line.name for line in linkage.lines}
    got = {
        (each.flare.started_at[:4], name_of.get(each.line_id or ""))
        for each in linkage.flares
        if each.device_id == first[0].device_id
    }
    assert {name for _, name in got} == {"Rico", "Echo"}
    assert len({year for year, name in got if name == "Echo"} & {year for year, name in got if name == "Rico"}) == 0


async def test_what_a_phone_broadcast_beside_its_adverts_is_the_lines_unless_police_would_write_it() -> None:
    own, parties = Phone("A/1", 1), [number(150 + place) for place in range(15)]
    wordings = ("{line} on both til late", "{line} 3 for 25 ring", "{line} best about all day")
    days = {2: ("bom dia", 0.05), 26: ("traffic mad running late", 0.2), 27: ("call us", 0.02), 60: ("new stuff", 0.2)}
    for day in range(10, 22, 2):
        for place, party in enumerate(parties):
            own.text(party, day + place / 10_000, offer("Rico", wordings[day // 2 % 3]), sent=True)
    for day, (said, score) in days.items():
        for place, party in enumerate(parties):
            own.text(party, day + place / 10_000, msgspec.structs.replace(finding(said), advert_score=score), sent=True)
    linkage = await linked(own)
    line = the_line(linkage, "Rico")
    found = {placed.flare.started_at: placed.line_id for placed in linkage.flares}
    assert [found[instant(day)] for day in (2, 10, 26, 27, 60)] == [
        line.line_id,
        line.line_id,
        line.line_id,
        None,
        None,
    ]


async def test_what_another_handset_with_the_number_broadcasts_weeks_later_is_not_the_lines() -> None:
    own, following = Phone("A/1", 1), Phone("N/1", 1)
    wordings = ("{line} on both til late", "{line} 3 for 25 ring", "{line} best about all day")
    for day in range(0, 20, 2):
        for place in range(15):
            own.text(number(150 + place), day + place / 10_000, offer("Rico", wordings[day // 2 % 3]), sent=True)
    for place in range(15):
        said = msgspec.structs.replace(finding("new number its dave save it"), advert_score=0.2)
        following.text(number(250 + place), 44 + place / 10_000, said, sent=True)
    linkage = await linked(own, following)
    assert the_line(linkage, "Rico")
    assert {p.line_id for p in linkage.flares if p.device_id == following.device_id} == {None}
