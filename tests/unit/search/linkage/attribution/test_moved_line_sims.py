"""A handset that goes on with a line's broadcasts: the number that it had in talk with the line is not put to them."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, finding, linked, members, number, offer, the_line

LINE, RUNNER = number(1), number(7)
LISTED = [number(300 + place) for place in range(12)]


def phones(*, name: str = "Rico", begins: float = 24) -> tuple[Phone, Phone]:
    """Return the line's phone and that of its runner, who sends under a name from some day on."""
    line, runner = Phone("L/1", 1), Phone("R/1", None)
    for day in range(0, 20, 2):
        line.text(LISTED, day, offer("Rico", "{line} on both 3 for 25"), sent=True)
        line.text(LISTED, day + 0.4, offer("Rico", "{line} about now best of both"), sent=True)
    for day in (3.1, 9.1, 15.1):
        line.text(RUNNER, day, finding("wait by the shops"), sent=True)
        runner.text(LINE, day, finding("wait by the shops"), sent=False)
        runner.text(LINE, day + 0.01, finding("here now"), sent=True)
        line.text(RUNNER, day + 0.01, finding("here now"), sent=False)
    for phone in (line, runner):
        for party in LISTED[:6]:
            phone.text(party, begins + 1, finding("u about"), sent=False)
    for day in range(4):
        runner.text(LISTED, begins + day, offer(name, "{line} on both 3 for 25"), sent=True)
    return line, runner


async def test_the_number_of_the_runner_is_none_of_the_lines() -> None:
    line = the_line(await linked(*phones()), "Rico")
    assert [held.number for held in line.numbers] == [LINE]
    assert members(line) == {"L/1", "R/1"}


@pytest.mark.parametrize("is_received", [False, True])
async def test_where_the_number_is_stated_or_a_phone_got_the_adverts_it_is_known(*, is_received: bool) -> None:
    held = phones()
    if is_received:
        customer = Phone("A/1", 300)
        for day in range(4):
            customer.text(RUNNER, 24 + day, offer("Rico", "{line} on both 3 for 25"), sent=False)
        held = (*held, customer)  # type: ignore[assignment]  # one phone more
    else:
        held[1].own = RUNNER
    line = the_line(await linked(*held), "Rico")
    assert RUNNER in {each.number for each in line.numbers}
