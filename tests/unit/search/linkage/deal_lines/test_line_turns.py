"""Lines that go back to numbers which they had before, in what is said of their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from search.linkage.model import Line
from tests.fakes.phones import Phone, campaign, finding, linked, moved_from, moved_to, number, offer

A, B, C, D = (number(place) for place in range(1, 5))
WORDINGS = ("{line} on both 3 for 25 all day", "{line} about best of both ring now")


def customers(count: int = 4) -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    for phone in phones:
        phone.text(A, 3.5, finding("u on"), sent=True)
    return phones


async def line_of(sent: Mapping[str, Iterable[float]], told: Iterable[tuple[str, str, float]] = ()) -> Line:
    phones = customers()
    for sender, days in sent.items():
        for place, wording in enumerate(WORDINGS):
            campaign("Rico", sender, phones, [day + place / 10 for day in days], wording)
    for old, new, day in told:
        for phone in phones:
            phone.text(old, day, moved_to(new, "Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    return line


def successions(line: Line) -> list[tuple[str | None, str]]:
    """Return old and new number of each use, in the order of time."""
    return [(held.succeeds, held.number) for held in sorted(line.numbers, key=lambda held: held.first_seen_at or "~")]


async def test_a_number_that_was_gone_back_to_from_two_others_took_over_from_each() -> None:
    line = await line_of(
        {A: [*range(0, 30, 3), *range(61, 90, 3), *range(121, 150, 3)], B: range(31, 60, 3), C: range(91, 120, 3)}
    )
    assert successions(line) == [(None, A), (A, B), (B, A), (A, C), (C, A)]
    first, second, third = (held for held in line.numbers if held.number == A)
    assert first.last_seen_at is not None
    assert first.last_seen_at < (second.first_seen_at or "") < (third.first_seen_at or "")
    assert "It was in use again later, when other numbers of the line had been in use." in first.basis
    assert f"It rested while {B} was in use, and was in use again when that one fell silent." in second.basis
    assert f"It rested while {C} was in use, and was in use again when that one fell silent." in third.basis


async def test_a_line_that_goes_around_its_numbers_follows_itself() -> None:
    line = await line_of(
        {
            A: [*range(0, 30, 3), *range(91, 120, 3), *range(151, 180, 3)],
            B: [*range(31, 60, 3), *range(121, 150, 3)],
            C: range(61, 90, 3),
            D: range(181, 210, 3),
        }
    )
    assert successions(line) == [(None, A), (A, B), (B, C), (C, A), (A, B), (B, A), (A, D)]


async def test_what_is_told_stands_where_it_was_told() -> None:
    line = await line_of(
        {A: [0, 9, 18, 40, 49, 58, 80, 89, 98], B: [22, 30, 38, 62, 70, 78]},
        [(A, B, 19), (B, A, 39), (A, B, 59), (B, A, 79)],
    )
    assert successions(line) == [(None, A), (A, B), (B, A), (A, B), (B, A)]
    uses = [held for held in line.numbers if held.number == A]
    assert [[each.said_by for each in held.handovers] for held in uses] == [[], ["old"], ["old"]]


async def test_the_days_before_a_number_was_gone_back_to_are_those_of_its_turns() -> None:
    line = await line_of({A: [*range(0, 30, 3), *range(140, 170, 3)], B: range(31, 60, 3)}, [(A, B, 29), (B, A, 59)])
    assert successions(line) == [(None, A), (A, B), (B, A)]
    again = [held for held in line.numbers if held.number == A][-1]
    assert f"81 days lie between the last advert of {B} and the first of {A} in this use." in again.basis
    assert not [said for held in line.numbers[:-1] if held is not again for said in held.basis if "lie between" in said]


@pytest.mark.parametrize("later", [(), (A,)], ids=["in use once", "in use again later"])
async def test_numbers_in_use_at_once_are_no_succession_whatever_comes_later(later: tuple[str, ...]) -> None:
    sent = {A: [*range(0, 60, 3)], B: range(21, 50, 3)}
    for number_again in later:
        sent |= {number_again: [*sent[number_again], *range(100, 150, 3)], C: range(62, 98, 3)}
    line = await line_of(sent, [(A, B, 20), (B, A, 49)])
    assert successions(line)[:2] == [(None, A), (None, B)]
    assert successions(line)[2:] == ([(A, C), (C, A)] if later else [])


@pytest.mark.parametrize("told", [(), ((A, B, 28), (B, A, 59.5))], ids=["nothing told", "told"])
async def test_the_records_of_each_use_are_of_its_own_time(told: tuple[tuple[str, str, float], ...]) -> None:
    phones = customers()
    for wording in WORDINGS:
        campaign("Rico", A, phones, [*range(0, 30, 3), *range(61, 90, 3)], wording)
        campaign("Rico", B, phones, range(31, 60, 3), wording)
    for old, new, day in told:
        for phone in phones:
            phone.text(old, day, moved_to(new, "Rico"), sent=False)
    phones[0].text(A, None, offer("Rico", WORDINGS[0]), sent=False)
    when = {record.record_id: record.time.utc for phone in phones for record, _ in phone.rows}
    (line,) = (await linked(*phones)).lines
    first, second = (held for held in line.numbers if held.number == A)
    assert first.record_ids
    assert second.record_ids
    assert all((when[record] or "") <= (first.last_seen_at or "") for record in first.record_ids)
    # what was told of it just before is of it too
    assert all((when[record] or "") > (first.last_seen_at or "") for record in second.record_ids)


async def test_a_number_that_says_that_it_works_again_rested_for_the_one_it_had_named() -> None:
    phones = customers()
    for wording in WORDINGS:
        campaign("Rico", A, phones, (0, 30, 34, 60, 66), wording)
        campaign("Rico", B, phones, (38, 42, 52), wording)
    for phone in phones:
        phone.text(A, 35, moved_to(B, "Rico"), sent=False)
        phone.text(A, 59.9, moved_from(None, "Rico"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert successions(line) == [(None, A), (A, B), (B, A)]


@pytest.mark.parametrize("told", [(), ((A, B, 29.5),)])
async def test_a_number_beside_another_one_follows_none_when_that_pauses(
    told: tuple[tuple[str, str, float], ...],
) -> None:
    line = await line_of({A: [*range(0, 30, 3), *range(60, 120, 3)], B: range(1, 121, 3)}, told)
    assert {held.succeeds for held in line.numbers} == {None}


async def test_one_of_two_numbers_that_left_together_comes_back_after_the_next_one() -> None:
    line = await line_of(
        {A: [*range(0, 40, 3), *range(71, 100, 3)], B: range(10, 42, 3), C: range(43, 70, 3)}, [(B, C, 41)]
    )
    assert {*successions(line)} == {(None, A), (None, B), (B, C), (C, A)}
