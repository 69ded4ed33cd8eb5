"""Two numbers that send in turns: both are on, and the one that stops some hours sooner was not taken over."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, linked, number, predecessors

ONE, OTHER = number(1), number(2)
FIRST, SECOND, OWN = "{line} on both 3 for 25", "{line} about til late", "ring {line} for the best"


@pytest.mark.parametrize(
    ("one", "other", "old"),
    [
        ((0, 4.6), (0.6, 1.5, 4.9), None),  # in turns as long as either is used
        ((0, 1.5), (0.6, 1.6, 4.9), ONE),  # a change that takes a day or two
        ((0, 7, 14, 21, 28, 33), (28.5, 34, 41, 48, 55), ONE),  # a change that takes days, of numbers used for weeks
    ],
)
async def test_numbers_that_send_in_turns_follow_each_other_where_it_is_for_a_change_alone(
    one: tuple[float, ...], other: tuple[float, ...], old: str | None
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for wording in (FIRST, SECOND):
        campaign("Rico", ONE, phones, one, wording)
        campaign("Rico", OTHER, phones, other, wording)
    assert predecessors(await linked(*phones)) == {ONE: None, OTHER: old}


async def test_what_one_phone_alone_shows_may_be_its_clock() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for wording in (FIRST, SECOND):
        campaign("Rico", ONE, phones[1:], (0, 0.4), wording)
        campaign("Rico", ONE, phones[:1], (0, 4.6), wording)
        campaign("Rico", OTHER, phones, (0.6, 1.5, 4.9), wording)
    assert predecessors(await linked(*phones)) == {ONE: None, OTHER: ONE}


async def test_an_account_follows_no_number_and_none_follows_it_unless_somebody_says_so() -> None:
    account, wordings = "5133306919", ("{line} on both 3 for 25 all day", "{line} about best of both ring now")
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    for sender, days in ((number(1), range(10)), (account, range(11, 20)), (number(2), range(21, 30))):
        for place, wording in enumerate(wordings):
            campaign("Rico", sender, phones, [day + place / 10 for day in days], wording)
    found = predecessors(await linked(*phones))
    assert found[account] is None
    assert account not in found.values()
