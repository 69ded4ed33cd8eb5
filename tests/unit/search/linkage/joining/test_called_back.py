"""A line that took another name and goes back to a number which it had under the earlier one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from search.linkage.model import Line
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number

OLD, NEXT, LAST = number(1), number(2), number(3)
COMMON = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


def phones_of(count: int = 6, start: int = 0) -> list[Phone]:
    return [Phone(f"A/{start + place}", 101 + start + place) for place in range(count)]


def send(name: str, sender: str, phones: list[Phone], first: int, last: int) -> None:
    for place, wording in enumerate(COMMON):
        campaign(name, sender, phones, range(first + place, last, 3), wording)


def told(phones: Iterable[Phone], old: str, new: str, day: float, name: str) -> None:
    for phone in phones:
        phone.text(old, day, moved_to(new, name), sent=False)


async def lines_of(*phones: Phone) -> list[Line]:
    return list((await linked(*phones)).lines)


def renamed(phones: list[Phone]) -> None:
    """Let a line be Nixon on its first number, and Vegas from some day on on its next one."""
    send("Nixon", OLD, phones, 0, 30)
    told(phones, OLD, NEXT, 30, "Nixon")
    send("Nixon", NEXT, phones, 31, 60)
    send("Vegas", NEXT, phones, 61, 120)


async def test_the_number_that_it_calls_back_is_the_lines_under_either_name() -> None:
    phones = phones_of()
    renamed(phones)
    told(phones, NEXT, OLD, 120, "Vegas")
    send("Vegas", OLD, phones, 122, 150)
    (line,) = await lines_of(*phones)
    assert [(held.number, held.succeeds) for held in line.numbers] == [(OLD, None), (OLD, NEXT), (NEXT, OLD)]


async def test_untold_it_is_the_lines_where_it_goes_on_under_the_name_with_the_customers() -> None:
    phones = phones_of()
    renamed(phones)
    send("Vegas", OLD, phones, 122, 150)
    (line,) = await lines_of(*phones)
    assert {held.number for held in line.numbers} == {OLD, NEXT}


@pytest.mark.parametrize(("name", "same"), [("Rocket", False), ("Vegas", False), ("Rocket", True)])
async def test_a_number_that_another_line_has_next_stays_that_ones(name: str, same: bool) -> None:  # noqa: FBT001
    """Under another name, or to other customers, or while the line goes on: nobody called it back."""
    phones = phones_of()
    renamed(phones)
    others = phones if same else phones_of(start=20)
    if name == "Vegas":
        send("Vegas", NEXT, phones, 121, 180)
    for place, wording in enumerate(("{line} bits and bobs", "{line} best in town")):
        campaign(name, OLD, others, range(122 + place, 160, 3), wording)
    lines = await lines_of(*phones, *(() if same else others))
    assert len(lines) == 2
    assert sorted(len({held.number for held in line.numbers}) for line in lines) == [1, 2]


async def test_of_two_uses_of_one_number_that_are_kept_apart_it_is_not_said_that_they_were_at_once() -> None:
    phones = phones_of()
    renamed(phones)
    send("Vegas", NEXT, phones, 121, 180)
    send("Vegas", OLD, phones, 122, 160)
    (refused,) = {sentence for line in await lines_of(*phones) for sentence in line.conflicts if "much in" in sentence}
    assert refused == (
        f"{NEXT} and {OLD} were not taken for one line, although they have much in common: {OLD} was used under "
        "another name or after a long silence too, and may have been given out again."
    )


def asked_of(phones: Iterable[Phone], later: str, day: float) -> None:
    """Let customers of Nixon ask the later number whose it is, and be told."""
    for phone in phones:
        phone.text(later, day, finding("is this same people as Nixon?"), sent=True)
        phone.text(later, day + 0.1, finding("yh its Vegas now"), sent=False)


@pytest.mark.parametrize(("is_told", "is_asked"), [(True, True), (False, True), (True, False), (False, False)])
async def test_the_name_that_it_took_may_be_known_only_from_one_text(is_told: bool, is_asked: bool) -> None:  # noqa: FBT001
    """What joins the later use with the next number is surer than what joins that one with the first use."""
    phones = phones_of()
    send("Nixon", OLD, phones, 0, 30)
    if is_asked:
        asked_of(phones[:2], NEXT, 33.5)
    else:
        told(phones[:4], OLD, NEXT, 30, "")
    for place, wording in enumerate(("{line} got the loud come quick", "{line} new batch, shout", "best from {line}")):
        campaign("Vegas", NEXT, phones, range(32 + place, 120, 3), wording)
        campaign("Vegas", OLD, phones, range(122 + place, 150, 3), wording)
    if is_told:
        told(phones, NEXT, OLD, 121, "Vegas")
    (line,) = await lines_of(*phones)
    assert [(held.number, held.succeeds) for held in line.numbers] == [(OLD, None), (OLD, NEXT), (NEXT, OLD)]


async def test_who_has_a_number_next_that_knows_nobody_on_its_list_is_another_whatever_it_says() -> None:
    phones, others = phones_of(), phones_of(start=20)
    send("Nixon", OLD, phones, 0, 30)
    asked_of(phones[:2], NEXT, 33.5)
    for place, wording in enumerate(("{line} got the loud come quick", "{line} new batch, shout", "best from {line}")):
        campaign("Vegas", NEXT, [*phones[:3], *others], range(32 + place, 120, 3), wording)
        campaign("Vegas", OLD, others, range(122 + place, 150, 3), wording)
    told(others, NEXT, OLD, 121, "Vegas")
    assert len(await lines_of(*phones, *others)) == 2
