"""Numbers that send a line's adverts to few are no line's: they hold what is to go out, or pass on what went out."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, Span, SpanKind, TextFinding
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, instant, linked, members, moved_to, number, offer

LINE, BOSS, RUNNER = number(1), number(401), number(110)
CUSTOMERS = range(3)
DAYS = range(0, 30, 2)


def customers(wordings: int = 2) -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in CUSTOMERS]
    for place in range(wordings):
        campaign("Rico", LINE, phones, [day + place / 8 for day in DAYS], wording(place))
    for phone in phones:
        phone.text(LINE, 3.5, finding("u about"), sent=True)
    return phones


def wording(place: int) -> str:
    return ("{line} on both deals all day long", "top of the range today from {line} ring")[place]


def given_out() -> Phone:
    """Return a runner's phone with what is to go out half an hour later, every second time with a word of order."""
    runner = Phone("B/1", 110)
    for place, day in enumerate((4, 8, 12, 16)):
        order = "ping this round everyone " if place % 2 else ""
        runner.text(BOSS, day - 0.02, offer("Rico", order + wording(0)), sent=False)
    return runner


def numbers_of(linkage: Linkage) -> set[str]:
    return {held.number for line in linkage.lines for held in line.numbers}


async def test_who_gives_out_to_one_what_the_line_sends_to_many_is_no_line() -> None:
    runner = given_out()
    for day in (4, 8, 12, 16):
        runner.text(BOSS, day - 0.01, finding(f"ok doing it now {day}"), sent=True)
    linkage = await linked(*customers(), runner)
    assert numbers_of(linkage) == {LINE}
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert f"in words that {LINE} sent to many" in why[BOSS]


async def test_nor_is_who_puts_words_around_them_on_a_phone_whose_clock_is_years_out() -> None:
    runner = Phone("B/1", 110)
    for day in (4, 8, 12, 16):
        said = offer("Rico", f"put this round please {wording(day // 4 % 2)}")
        runner.text(BOSS, day - 1500, said, sent=False)
    assert numbers_of(await linked(*customers(), runner)) == {LINE}


async def test_nor_is_a_runner_who_sends_them_on_to_few_minutes_later() -> None:
    runner = Phone("B/1", 110)
    for day in DAYS:
        for place in range(3):
            runner.text(number(300 + place), day + 0.01 + place / 1000, offer("Rico", wording(0)), sent=True)
    assert numbers_of(await linked(*customers(), runner)) == {LINE}


async def test_nor_is_a_runner_who_sends_them_on_to_few_until_night() -> None:
    runner = Phone("B/1", 110)
    for day in DAYS:
        for place in range(3):
            runner.text(number(300 + place), day + 0.4 + place / 1000, offer("Rico", wording(0)), sent=True)
    assert numbers_of(await linked(*customers(), runner)) == {LINE}


async def test_nor_at_other_times_where_the_phone_has_talk_with_the_line() -> None:
    runner = Phone("B/1", 110)
    for day in DAYS:
        for place in range(3):
            runner.text(number(300 + place), day + 1.01 + place / 1000, offer("Rico", wording(0)), sent=True)
    assert numbers_of(await linked(*customers(), runner)) == {LINE, RUNNER}
    for day in DAYS:
        runner.text(LINE, day + 0.5, finding("hes outside go down"), sent=False)
        runner.text(LINE, day + 0.51, finding("done that one"), sent=True)
    assert numbers_of(await linked(*customers(), runner)) == {LINE}


async def test_a_second_number_that_sends_at_other_times_is_the_lines() -> None:
    held = customers()
    campaign("Rico", BOSS, held[:2], [day + 1 for day in DAYS], wording(0))
    campaign("Rico", BOSS, held[:2], [day + 1.2 for day in DAYS], wording(1))
    assert numbers_of(await linked(*held)) == {LINE, BOSS}


async def test_another_lines_copies_under_its_own_name_are_its_own() -> None:
    held = customers()
    other = [Phone(f"C/{place}", 201 + place) for place in CUSTOMERS]
    campaign("Kaz", BOSS, other, [day + 0.05 for day in DAYS], wording(0))
    campaign("Kaz", BOSS, other, [day + 0.3 for day in DAYS], "{line} never sleeps ring me whenever")
    assert numbers_of(await linked(*held, *other)) == {LINE, BOSS}


async def test_what_is_given_out_to_one_is_no_trace_of_a_broadcast() -> None:
    runner = given_out()
    linkage = await linked(*customers(), runner)
    assert not [found for found in linkage.flares if found.device_id == runner.device_id]
    assert "given out to be sent" in linkage.flares_left_out[0].why


async def test_two_numbers_that_reach_as_many_phones_are_no_echo_of_each_other() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place in range(2):
        campaign("Rico", LINE, phones[:2], [day + place / 8 for day in DAYS], wording(place))
        campaign("Rico", BOSS, phones[2:], [day + place / 8 for day in DAYS], wording(place))
    assert numbers_of(await linked(*phones)) == {LINE, BOSS}


async def test_a_further_number_that_sends_the_lines_texts_at_its_times_is_the_lines() -> None:
    """What went out as texts goes out in another application minutes later, to whoever has that number."""
    held = customers()
    other = Phone("B/1", 110)
    for day in DAYS:
        other.text(BOSS, day + 0.01, offer("Rico", wording(0)), sent=False)
        other.text(BOSS, day + 0.135, offer("Rico", wording(1)), sent=False)
    other.text(BOSS, 5.5, finding("u about"), sent=True)
    linkage = await linked(*held, other)
    assert numbers_of(linkage) == {LINE, BOSS}


async def test_short_texts_that_are_given_out_are_told_by_the_name_at_their_end() -> None:
    held = customers()
    campaign("Rico", LINE, held, [day + 0.4 for day in DAYS], "{line} on")
    runner = Phone("B/1", 110)
    for day in (4, 8, 12, 16):
        runner.text(BOSS, day - 1500, offer("Rico", "ping this round everyone {line} on"), sent=False)
    assert numbers_of(await linked(*held, runner)) == {LINE}


@pytest.mark.parametrize("role", [NumberChangeRole.NONE, NumberChangeRole.NEW])
async def test_nor_is_a_runner_who_gives_the_number_of_the_line_to_ring_in_words_of_his_own(
    role: NumberChangeRole,
) -> None:
    runner, friends = Phone("B/1", 110), [Phone("B/2", 111), Phone("B/3", 112)]
    said = finding(
        f"Rico is back boys ring {LINE}", template="{line} is back boys ring {number}", line="Rico", advert=True,
        change=NumberChange(role, LINE, LINE),
    )  # fmt: skip
    for day in (40, 43):
        for place in range(9):
            runner.text(number(300 + place), day + place / 1000, said, sent=True)
        for friend in friends:
            friend.text(RUNNER, day, said, sent=False)
    friends[0].text(RUNNER, 50, offer("Rico", "{line} is here now"), sent=False)
    linkage = await linked(*customers(), runner, *friends)
    assert numbers_of(linkage) == {LINE}
    assert f"gives {LINE} to ring" in {item.value: item.why for item in linkage.suppressed}[RUNNER]


async def test_a_number_that_announces_its_next_one_is_no_runner_of_it() -> None:
    phones = customers()
    for phone in phones[:2]:
        phone.text(number(2), -3, moved_to(LINE, "Rico"), sent=False)
    assert numbers_of(await linked(*phones)) == {LINE, number(2)}


async def test_a_number_that_the_line_told_to_be_its_next_one_sends_for_itself() -> None:
    phones = customers()
    for phone in phones:
        phone.text(LINE, 29, moved_to(number(2), "Rico"), sent=False)
    for place, day in enumerate((34, 38, 42, 46)):
        around = "safe people all good " if place % 2 else ""
        phones[0].text(number(2), day, offer("Rico", around + wording(0)), sent=False)
    linkage = await linked(*phones)
    (line,) = linkage.lines
    assert {each.number: each.last_seen_at for each in line.numbers}[number(2)] == instant(46)
    assert number(2) not in {item.value for item in linkage.suppressed}


async def test_a_number_that_wrote_once_which_one_it_lost_tells_its_next_one_all_the_same() -> None:
    """The analysis does not read the first text as a change; what it gives stands in no other text."""
    phones = customers()
    lost = finding(
        f"lost my other fone ({LINE}) ring this for Rico", template="lost my other fone ({number}) ring this"
    )
    lost = msgspec.structs.replace(lost, spans=(Span(SpanKind.NUMBER, 20, 33, LINE, LINE, "rule"),), advert_score=0.4)
    for phone in phones[:2]:
        phone.text(BOSS, 31, lost, sent=False)
        for place, day in enumerate((33, 36, 40, 44)):
            phone.text(BOSS, day, offer("Rico", wording(place % 2)), sent=False)
        phone.text(BOSS, 50, moved_to(number(2), "Rico"), sent=False)
    linkage = await linked(*phones)
    assert BOSS not in {item.value for item in linkage.suppressed}
    assert numbers_of(linkage) == {LINE, BOSS, number(2)}


def misread(name: str = "Rico") -> TextFinding:
    """Return the words of a number's next one that the analysis reads as if the old one were the next."""
    return finding(
        f"replaces {LINE} {name}", template="replaces {number} {line}", line=name, advert=True,
        change=NumberChange(NumberChangeRole.NEW, LINE, LINE),
    )  # fmt: skip


@pytest.mark.parametrize("days", [(31, 34, 38, 42), (29.5, 34, 38, 42)])
async def test_a_number_that_took_over_sends_nobody_to_the_old_one(days: tuple[float, ...]) -> None:
    phones = customers()
    for phone in phones[:2]:
        phone.text(BOSS, 28.6, misread(), sent=False)
        for place, day in enumerate(days):
            phone.text(BOSS, day, offer("Rico", f"same as ever new phone {place} {{line}}"), sent=False)
    assert BOSS not in {item.value for item in (await linked(*phones)).suppressed}


@pytest.mark.parametrize(
    ("told_on", "days", "places"),
    [
        (28.6, (29, 30), (0, 1)),  # it does not go on
        (40, (41, 45, 52), (0, 1)),  # the line had been silent before
        (12, (13, 17, 40), (0, 1)),  # the line goes on meanwhile
        (28.6, (31, 34, 42), (0,)),  # one phone alone has its offers
        (28.6, (31, 34, 42), ()),  # nobody who knew the line got them
    ],
)
async def test_who_sends_people_to_the_line_is_no_number_of_it_though_it_fell_silent(
    told_on: float, days: tuple[float, ...], places: tuple[int, ...]
) -> None:
    phones, friends = customers(), [Phone("B/2", 111), Phone("B/3", 112)]
    for phone in [phones[place] for place in places] or friends:
        phone.text(BOSS, told_on, misread(), sent=False)
        for day in days:
            phone.text(BOSS, day, offer("Rico", "here now same as ever {line}"), sent=False)
    linkage = await linked(*phones, *friends)
    assert f"gives {LINE} to ring" in {item.value: item.why for item in linkage.suppressed}[BOSS]


def forwarded() -> Phone:
    """Return the phone of a friend to whom one sent the line's adverts on, every second in other words."""
    friend = Phone("F/1", 301)
    for place, day in enumerate((4, 8, 12, 16)):
        around = "seen this lol look mate " if place % 2 else ""
        friend.text(RUNNER, day + 0.01, offer("Rico", around + wording(0)), sent=False)
    return friend


@pytest.mark.parametrize(("teller", "name"), [(number(950), "Kaz"), (number(950), "Rico"), (LINE, "Kaz")])
async def test_what_another_or_under_another_name_tells_of_a_number_makes_it_no_lines(teller: str, name: str) -> None:
    phones, friend = customers(), forwarded()
    phones[0].text(teller, 2, moved_to(RUNNER, name), sent=False)
    linkage = await linked(*phones, friend)
    assert RUNNER in {item.value for item in linkage.suppressed}
    assert all(friend.name not in members(line) for line in linkage.lines)


async def test_nor_does_what_the_line_tells_after_the_number_sent_its_adverts_on() -> None:
    phones, friend = customers(), forwarded()
    phones[0].text(LINE, 29, moved_to(RUNNER, "Rico"), sent=False)
    linkage = await linked(*phones, friend)
    (line,) = linkage.lines
    assert {each.number: each.succeeds for each in line.numbers} == {LINE: None, RUNNER: LINE}
    assert RUNNER in {item.value for item in linkage.suppressed}
    assert friend.name not in members(line)
