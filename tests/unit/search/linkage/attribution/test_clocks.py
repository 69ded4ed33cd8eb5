"""A phone whose clock was wrong when it sent: what it sent counts, and its times date nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.linkage.attribution.index_reading import Window
from search.linkage.instants import days_between, to_seconds
from search.linkage.linkage import compute_linkage
from search.linkage.model import Line, Linkage
from search.reports.broadcasts import WRONG_CLOCK, broadcasts_of
from search.reports.sections import flare_section
from search.template_groups import TemplateGroups
from tests.fakes.phones import Phone, finding, index_of, instant, linked, moved_to, number, offer, the_line

LINE, NEXT = number(1), number(2)
WORDINGS = ("{line} on both 3 for 25 all day", "{line} about best of both ring now", "{line} round come quick")
LISTED = [number(100 + place) for place in range(12)]
DAYS = (0.11, 1.52, 2.23, 3.64, 4.05, 5.46, 6.37, 7.28)
LATER = (9.13, 10.44, 11.35, 12.56)
MINUTE = 1 / 1440


def customers(count: int) -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    for phone in phones:
        phone.text(LINE, 3.5, finding("u on"), sent=True)
    return phones


def broadcast(holder: Phone, phones: Sequence[Phone], sender: str, day: float, place: int, shift: float) -> None:
    """Send one broadcast from the holder's phone, whose clock is so many days out, and receive it on the others."""
    said = offer("Rico", WORDINGS[place % len(WORDINGS)])
    for party, recipient in enumerate(LISTED):
        holder.text(recipient, day + party * MINUTE / 4 + shift, said, sent=True)
    for party, phone in enumerate(phones):
        phone.text(sender, day + party * MINUTE / 4, said, sent=False)


def handset(phones: Sequence[Phone], shift: float) -> Phone:
    """Return the phone of a line that changed its SIM; it states the last number alone."""
    holder = Phone("L/1", None)
    for place, day in enumerate(DAYS):
        broadcast(holder, phones, LINE, day, place, shift)
    for recipient in LISTED:
        holder.text(recipient, 8.6 + shift, moved_to(NEXT), sent=True)
    for place, day in enumerate(LATER):
        broadcast(holder, phones, NEXT, day, place, shift)
    holder.own = NEXT
    return holder


def about_clocks(line: Line) -> list[str]:
    return [caveat for caveat in line.caveats if caveat.startswith("The clock of")]


def periods(line: Line) -> dict[str, tuple[str | None, str | None, str | None]]:
    return {held.number: (held.first_seen_at, held.last_seen_at, held.succeeds) for held in line.numbers}


def own_flares(linkage: Linkage) -> list[tuple[str, int, str | None]]:
    return [(f.flare.started_at, f.clock_seconds, f.line_id) for f in linkage.flares if f.device_id == "dv-L/1"]


@pytest.mark.parametrize(("shift", "way"), [(-1095.21, "1,095 days and 5 hours behind"), (40.0, "40 days ahead")])
async def test_what_was_sent_by_a_wrong_clock_is_the_lines_and_the_dates_are_of_other_phones(
    shift: float, way: str
) -> None:
    phones = customers(3)
    linkage = await linked(handset(phones, shift), *phones)
    line = the_line(linkage, "Rico")
    assert periods(line) == {
        LINE: (instant(DAYS[0]), instant(DAYS[-1] + MINUTE / 2), None),
        NEXT: (instant(LATER[0]), instant(LATER[-1] + MINUTE / 2), LINE),
    }
    assert (line.first_seen_at, line.last_seen_at) == (instant(DAYS[0]), instant(LATER[-1] + MINUTE / 2))
    (said,) = about_clocks(line)
    assert f"The clock of L/1 (case OP/1) was {way} when it sent: 12 of 12 broadcasts" in said
    assert said in next(traffic.reasons for traffic in linkage.traffic if traffic.device_id == "dv-L/1")
    (row,) = [row for row in line.devices if row.relation == "sent_adverts"]
    assert row.advert_count == 12 * len(LISTED)


async def test_a_flare_keeps_the_times_of_its_records_and_says_by_how_much_they_are_out() -> None:
    phones = customers(3)
    linkage = await linked(handset(phones, -1095.21), *phones)
    line = the_line(linkage, "Rico")
    flares = [flare for flare in own_flares(linkage) if flare[2] == line.line_id]
    assert {instant(day - 1095.21) for day in (*DAYS, *LATER)} <= {flare[0] for flare in flares}
    assert {round(flare[1] / 86_400, 2) for flare in flares} == {1095.21}


async def test_a_broadcast_is_one_event_at_the_time_of_the_phones_with_a_right_clock() -> None:
    phones = customers(3)
    linkage = await linked(handset(phones, -1095.21), *phones)
    alike = TemplateGroups({})
    rows = broadcasts_of(flare_section(placed, alike) for placed in linkage.flares if placed.flare.has_advert)
    assert sorted(row.started_at for row in rows) == [instant(day) for day in (*DAYS, *LATER)]
    assert {(row.sent_from, len(row.received_on), row.recipients) for row in rows} == {(("dv-L/1",), 3, 12)}
    alone = broadcasts_of(flare_section(placed, alike) for placed in linkage.flares if placed.device_id == "dv-L/1")
    assert {row.bases for row in alone} == {(WRONG_CLOCK,)}


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    shift=st.floats(1.5, 4000) | st.floats(-4000, -1.5),
    count=st.integers(8, 20),
)
async def test_whatever_the_shift_nothing_lies_outside_of_what_other_phones_date(
    seed: int, shift: float, count: int
) -> None:
    chance = random.Random(seed)
    phones, holder = customers(3), Phone("L/1", 1)
    days = sorted(place + chance.uniform(0.1, 0.8) for place in range(count))
    for place, day in enumerate(days):
        broadcast(holder, phones, LINE, day, chance.randrange(3) if place > 2 else place, shift)
    linkage = await linked(holder, *phones)
    line = the_line(linkage, "Rico")
    assert periods(line) == {LINE: (instant(days[0]), instant(days[-1] + MINUTE / 2), None)}
    assert {abs(seconds + shift * 86_400) <= 300 for _, seconds, _ in own_flares(linkage)} == {True}


async def test_a_right_clock_is_not_suspected_where_wordings_were_sent_again_on_other_days() -> None:
    phones, holder = customers(3), Phone("L/1", 1)
    earlier = (0.31, 1.12, 1.9, 3.44, 4.75, 5.16, 6.07, 7.58)
    for place, day in enumerate(earlier):
        broadcast(Phone("L/0", 1), phones, LINE, day, place, 0)
    for place, day in enumerate(DAYS):
        broadcast(holder, [], LINE, day + 20, place, 0)
    linkage = await linked(holder, *phones)
    line = the_line(linkage, "Rico")
    assert not about_clocks(line)
    assert line.last_seen_at is not None
    assert days_between(instant(DAYS[-1] + 20), line.last_seen_at) >= 0


async def test_a_right_clock_is_not_suspected_where_broadcasts_go_out_at_the_same_times_every_day() -> None:
    phones, holder = customers(3), Phone("L/1", 1)
    for day in range(8):
        for place, hour in enumerate((0.1, 0.3, 0.5)):
            broadcast(Phone("L/0", 1), phones, LINE, day + hour, place, 0)
            broadcast(holder, [], LINE, day + hour + 12, place, 0)
    assert not about_clocks(the_line(await linked(holder, *phones), "Rico"))


async def test_a_right_clock_is_not_suspected_where_some_copies_are_gone_and_earlier_ones_are_left() -> None:
    phones, holder = customers(3), Phone("L/1", 1)
    for place, day in enumerate(DAYS):
        broadcast(Phone("L/0", 1), phones, LINE, day, place, 0)
        broadcast(holder, phones if place in {2, 5} else [], LINE, day + 30, place, 0)
    assert not about_clocks(the_line(await linked(holder, *phones), "Rico"))


async def test_one_receiving_phone_does_not_tell_whose_clock_is_wrong() -> None:
    phones, holder = customers(1), Phone("L/1", 1)
    for place, day in enumerate(DAYS):
        broadcast(holder, phones, LINE, day, place, -400.3)
    assert not about_clocks(the_line(await linked(holder, *phones), "Rico"))


async def test_hours_are_a_zone_and_no_wrong_clock() -> None:
    phones, holder = customers(3), Phone("L/1", 1)
    for place, day in enumerate(DAYS):
        broadcast(holder, phones, LINE, day, place, -1 / 24)
    assert not about_clocks(the_line(await linked(holder, *phones), "Rico"))


async def test_a_clock_that_cannot_be_compared_makes_no_number_its_own_successor() -> None:
    holder = handset([], -1095.21)
    (line,) = (await linked(holder, *customers(1))).lines
    assert [held.succeeds for held in line.numbers] == [None] * len(line.numbers)
    assert not [held for held in line.numbers for sentence in held.basis if sentence.count(held.number) > 1]


async def test_what_a_handset_said_of_its_next_number_came_from_the_one_before() -> None:
    phones = customers(2)
    line = the_line(await linked(handset(phones, 0.0), *phones), "Rico")
    assert periods(line)[NEXT][2] == LINE
    assert "announced_by_old" in {join.kind for join in line.joins if (join.older, join.newer) == (LINE, NEXT)}
    assert to_seconds(line.first_seen_at or "") == to_seconds(instant(DAYS[0]))


async def test_a_period_holds_what_a_wrong_clock_dated_outside_of_it_and_not_what_it_dated_inside() -> None:
    phones = customers(3)
    index = await index_of([handset(phones, -1095.21), *phones])
    held = await compute_linkage(index, Window(instant(0), instant(20)))
    assert [row.device_id for row in the_line(held, "Rico").devices if row.relation == "sent_adverts"] == ["dv-L/1"]
    assert len(own_flares(held)) == len(DAYS) + len(LATER) + 1
    before = await compute_linkage(index, Window(instant(-1100), instant(-1000)))
    assert (before.lines, before.flares) == ((), ())
