"""A line that took another name and goes back to a number which it had under the earlier one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from search.linkage.model import Line
from tests.fakes.phones import Phone, campaign, linked, moved_to, number

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
