"""Handsets whose clocks are minutes apart: one shift at every broadcast tells which number that went out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import pytest

from search.contract import Flare
from search.linkage.attribution.own_numbers import own_numbers
from tests.fakes.flares import made_flare
from tests.fakes.phones import Phone, campaign, linked, number, offer

OWN, LINE = number(1), number(2)
MINUTE = 1 / 1440
DEVICES = {"ex-L": "L", "ex-M": "M", "ex-C": "C", "ex-D": "D"}
STATED = {"L": OWN, "C": number(101), "D": number(102)}
LISTS = {"L": {number(101), number(102)}}


def sent(day: float) -> Flare:
    return made_flare(day, "ex-L", None, wording=f"t-{day}", days=2 * MINUTE, recipients=12)


def copy(day: float, late: float, phone: str = "ex-C", sender: str = LINE) -> Flare:
    """Return a copy of the broadcast of a day, so many minutes after it began."""
    return made_flare(day + late * MINUTE, phone, sender, wording=f"t-{day}")


def number_at(day: float, flares: Sequence[Flare], stated: Mapping[str, str] = STATED) -> str | None:
    return own_numbers(DEVICES, flares, stated, LISTS).at("L", sent(day).started_at)


@pytest.mark.parametrize("late", [-9, -4.5, -3, 4, 6])
def test_a_clock_that_is_minutes_out_at_every_broadcast_shows_the_number(late: float) -> None:
    flares = [each for day in (3, 4, 5) for each in (sent(day), copy(day, late + day / 20))]
    assert number_at(4, flares) == LINE


def test_copies_at_no_one_shift_show_nothing() -> None:
    """The same words from another phone some minutes before it or after it."""
    flares = [each for day, late in ((3, -4), (4, 6), (5, -4), (6, 6)) for each in (sent(day), copy(day, late))]
    assert number_at(4, flares) == OWN


def test_one_broadcast_tells_no_shift() -> None:
    assert number_at(3, [sent(3), copy(3, 5), sent(4)]) == OWN
    assert number_at(3, [sent(3), copy(3, 5, "ex-C"), copy(3, 5, "ex-D"), sent(4)]) == OWN


def test_a_copy_in_the_same_minute_goes_before_one_that_is_minutes_away() -> None:
    """Another number of the line sends it on some minutes after this one, each time."""
    flares = [
        each for day in (3, 4, 5) for each in (sent(day), copy(day, 1, sender=OWN), copy(day, 5, "ex-D", sender=LINE))
    ]
    assert number_at(4, flares) == OWN


def test_a_phone_that_is_not_on_the_list_shows_nothing() -> None:
    flares = [each for day in (3, 4, 5) for each in (sent(day), copy(day, 5))]
    assert number_at(4, flares, {**STATED, "C": number(103)}) == OWN
    assert number_at(4, flares, {"L": OWN}) == OWN, "nor one of which it is not known"


def test_what_two_numbers_sent_about_that_time_shows_neither() -> None:
    flares = [each for day in (3, 4, 5) for each in (sent(day), copy(day, 5), copy(day, 5, "ex-D", sender=number(3)))]
    assert number_at(4, flares) == OWN


def test_what_another_handset_sent_some_minutes_later_is_that_ones() -> None:
    flares = [
        each
        for day in (3, 4, 5)
        for each in (
            sent(day),
            copy(day, 5),
            msgspec.structs.replace(
                made_flare(day + 4 * MINUTE, "ex-M", None, days=2 * MINUTE, recipients=12), template_id=f"t-{day}"
            ),
        )
    ]
    assert number_at(4, flares) == OWN


def test_a_card_that_was_changed_between_broadcasts_changes_the_number() -> None:
    flares = [each for day in range(3, 11) for each in (sent(day), copy(day, 5, sender=OWN if day < 7 else LINE))]
    own = own_numbers(DEVICES, flares, {key: value for key, value in STATED.items() if key != "L"}, LISTS)
    assert [own.at("L", sent(day).started_at) for day in (3, 6, 7, 10)] == [OWN, OWN, LINE, LINE]


@pytest.mark.parametrize(("second", "expected"), [((4, 6, 8), {OWN, LINE}), ((4, 6), {OWN})])
def test_two_cards_in_turn_on_one_phone_that_has_both(second: tuple[int, ...], expected: set[str]) -> None:
    flares = [each for day in range(3, 10) for each in (sent(day), copy(day, 1, sender=LINE if day in second else OWN))]
    own = own_numbers(DEVICES, flares, STATED, LISTS)
    assert {own.at("L", sent(day).started_at) for day in range(3, 10)} == expected


def test_a_customer_that_never_had_the_stated_number_shows_no_second_card() -> None:
    """A second phone of the line has its own part of the list."""
    flares = [
        each
        for day in range(3, 10)
        for each in (
            sent(day),
            copy(day, 1, "ex-C", sender=LINE) if day in {4, 6, 8} else copy(day, 1, "ex-D", sender=OWN),
        )
    ]
    own = own_numbers(DEVICES, flares, STATED, LISTS)
    assert {own.at("L", sent(day).started_at) for day in range(3, 10)} == {OWN}


async def test_a_runners_own_number_is_none_of_the_line_whose_card_he_had_for_some_days() -> None:
    customers = [Phone(f"C/{place}", 101 + place) for place in range(4)]
    runner = Phone("R", 50)
    campaign("Rico", LINE, customers, range(1, 30), "{line} on both 3 for 25")
    for day, wording in ((31, "{line} out now"), (32, "{line} fast today"), (33, "{line} back on both")):
        for place in range(14):
            runner.text(number(101 + place), day + place / 9000, offer("Rico", wording), sent=True)
        customers[0].text(LINE, day + 6 * MINUTE, offer("Rico", wording), sent=False)
    found = await linked(*customers, runner)
    assert [[each.number for each in line.numbers] for line in found.lines] == [[LINE]]
    assert runner.device_id in {row.device_id for row in found.lines[0].devices}
