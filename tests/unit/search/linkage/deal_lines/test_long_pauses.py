"""A line that comes back after months on a new number and says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, TextFinding
from tests.fakes.phones import Phone, campaign, finding, linked, number, offer, predecessors, the_line

OLD, NEW, OTHER = number(1), number(2), number(3)
WORDS = ("{line} on both 3 for 25", "{line} best of both til late", "{line} up early shout me")
BACK = "3 month off but {line} is on again, new phone 4 for 30"


def phones(*, pause: float = 100, says: str = BACK) -> list[Phone]:
    """Return three customers of a line that was gone for some days, and what one is sent first after that."""
    held = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, wording in enumerate(WORDS):
        campaign("Rico", OLD, held, [place + 3.0 * day for day in range(8)], wording)
        campaign("Rico", NEW, held, [pause + 23.3 + place + 3.0 * day for day in range(8)], wording)
    held[0].text(NEW, pause + 23, offer("Rico", says), sent=False)
    return held


async def old_of_new(*held: Phone) -> str | None:
    return predecessors(await linked(*held))[NEW]


@pytest.mark.parametrize(
    "says",
    [
        "{line} back on both 4 for 30",
        "{line} on new phone 4 for 30",
        BACK,
        "{line} on again, diff line to the other one",
    ],
)
async def test_words_of_a_break_or_of_a_phone_do_not_tell_the_order(says: str) -> None:
    assert await old_of_new(*phones(says=says)) is None


GONE = "old number gone, its Rico, use this 1"


def gone(text: str = GONE, line: str | None = None) -> TextFinding:
    """Return a number's word that it is new, without the one before it; no advert by its words alone."""
    return finding(text, line=line, advert=line is not None, change=NumberChange(NumberChangeRole.NEW))


def announcing(
    *, pause: float = 105, to: Sequence[int] = (0, 1, 2), own: float | None = None, line: str | None = None
) -> list[Phone]:
    """Return three customers of a line that was gone for some days, some of whom are told that its number is new."""
    held = phones(pause=pause, says="{line} always on")
    for place in to:
        held[place].text(NEW, 23 + pause if own is None else own, gone(line=line), sent=False)
    return held


@pytest.mark.parametrize("line", [None, "Rico"])
@pytest.mark.parametrize("pause", [80, 105, 164, 300])
async def test_it_took_over_where_it_tells_those_who_had_the_old_one_that_it_is_new(
    pause: float, line: str | None
) -> None:
    linkage = await linked(*announcing(pause=pause, line=line))
    held = {each.number: each for each in the_line(linkage, "Rico").numbers}
    assert held[NEW].succeeds == OLD
    assert f"{pause} days lie between the last advert of {OLD} and the first of {NEW}." in held[NEW].basis
    (said,) = (sentence for sentence in held[NEW].basis if sentence.startswith(f"{NEW} said, first on "))
    assert "it is a new number, without the former one (3 messages on" in said


async def test_what_one_phone_is_told_is_too_little() -> None:
    assert await old_of_new(*announcing(to=(0,))) is None


async def test_so_is_it_of_those_who_never_had_the_old_one() -> None:
    held = announcing(to=(0,))
    for place in (0, 1):
        stranger = Phone(f"B/{place}", 201 + place)
        campaign("Rico", NEW, [stranger], [128.3 + 3.0 * day for day in range(8)])
        stranger.text(NEW, 128, gone(), sent=False)
        held.append(stranger)
    assert await old_of_new(*held) is None


async def test_so_is_it_weeks_after_the_number_began() -> None:
    assert await old_of_new(*announcing(own=160)) is None


async def test_so_is_it_after_years() -> None:
    assert await old_of_new(*announcing(pause=400)) is None


async def test_a_number_that_sends_again_is_not_gone() -> None:
    held = announcing()
    for place, wording in enumerate(WORDS):
        campaign("Rico", OLD, held, [140 + place + 3.0 * day for day in range(8)], wording)
    assert await old_of_new(*held) is None


async def test_a_number_that_the_line_had_before_is_not_new() -> None:
    held = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, wording in enumerate(WORDS):
        campaign("Rico", NEW, held, [place + 3.0 * day for day in range(8)], wording)
        campaign("Rico", OLD, held, [30 + place + 3.0 * day for day in range(8)], wording)
        campaign("Rico", NEW, held, [150 + place + 3.0 * day for day in range(8)], wording)
    for phone in held:
        phone.text(NEW, 150, gone(), sent=False)
    assert await old_of_new(*held) is None


async def test_who_had_adverts_under_the_name_from_another_number_meanwhile_may_be_told_of_that() -> None:
    held = announcing()
    campaign("Rico", OTHER, held[:1], [60], "{line} dis wan got food come tru")
    found = predecessors(await linked(*held))
    assert OTHER not in found
    assert found[NEW] is None


async def test_so_may_they_be_of_one_that_another_phone_had() -> None:
    other = Phone("Z/1", 190)
    campaign("Rico", OTHER, [other], [60, 62, 64], "{line} dis wan got food come tru")
    assert await old_of_new(*announcing(), other) is None


async def test_of_two_that_ended_at_once_nothing_tells_which_one_it_was() -> None:
    held = announcing()
    for place, wording in enumerate(WORDS):
        campaign("Rico", OTHER, held, [place + 0.5 + 3.0 * day for day in range(8)], wording)
    assert await old_of_new(*held) is None


async def test_it_is_the_last_number_before_the_pause() -> None:
    held = announcing(pause=130)
    for place, wording in enumerate(WORDS):
        campaign("Rico", OTHER, held, [40 + place + 3.0 * day for day in range(8)], wording)
    assert await old_of_new(*held) == OTHER


async def test_two_towns_lines_of_one_name_are_no_succession() -> None:
    one, two = ([Phone(f"{town}/{place}", at + place) for place in range(3)] for town, at in (("A", 101), ("B", 201)))
    for place, wording in enumerate(WORDS):
        campaign("Max", OLD, one, [place + 3.0 * day for day in range(8)], wording)
        campaign("Max", NEW, two, [128.3 + place + 3.0 * day for day in range(8)], wording)
    for phone in two:
        phone.text(NEW, 128, gone("old number gone, its Max, use this 1"), sent=False)
    assert await old_of_new(*one, *two) is None


async def test_a_person_who_changes_number_follows_no_line() -> None:
    held = phones()
    person = number(9)
    for phone in held:
        phone.text(person, 90, gone("Hi its Lisa, old number gone, use this one x"), sent=False)
        phone.text(person, 95, finding("running late see you at 6"), sent=False)
    assert person not in predecessors(await linked(*held))


async def test_who_takes_a_dead_lines_name_in_other_words_follows_nobody() -> None:
    held = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(WORDS):
        campaign("Rico", OLD, held[:3], [place + 3.0 * day for day in range(8)], wording)
    for place, wording in enumerate(
        ("{line} got dat good ting 10s 20s", "{line} yo come tru any time", "{line} drop now")
    ):
        campaign("Rico", NEW, held[1:], [128.3 + place + 3.0 * day for day in range(8)], wording)
    for phone in held[1:]:
        phone.text(NEW, 128, gone(), sent=False)
    assert await old_of_new(*held) is None
