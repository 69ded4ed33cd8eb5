"""A channel that posts what a line texts, beside the numbers of it that follow each other."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, linked, number, offer, predecessors

FIRST, SECOND, OTHER = number(1), number(2), number(3)
CHANNEL = "channel5000010001"
WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best", "{line} out and about")


async def lines_with(
    *, posts: int, days: tuple[int, ...] = (8, 14, 22, 30), strangers: int = 0, phones: int = 3
) -> Linkage:
    """Return the linkage of a line that changes its number while a channel of its name goes on.

    Args:
        posts: In how many of its wordings the channel posts; it has four.
        days: When it does.
        phones: How many of the line's customers have it.
        strangers: How many have the channel whom no number of the line texts.
    """
    customers = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    others = [Phone(f"B/{place}", 201 + place) for place in range(strangers)]
    for place, said in enumerate(WORDINGS):
        campaign("Rico", FIRST, customers, range(place, 19, 4), said)
        campaign("Rico", SECOND, customers, range(20 + place, 39, 4), said)
    own = [f"{{line}} has menu {place} in the box" for place in range(4)]
    for day, said in zip(days, (*WORDINGS[:posts], *own[posts:]), strict=False):
        for phone in (*customers[:phones], *others):
            phone.text(CHANNEL, day + 0.3, offer("Rico", said), sent=False, name="Rico menu", service="telegram")
    return await linked(*customers, *others)


async def test_a_channel_is_of_the_line_whose_numbers_follow_each_other_meanwhile() -> None:
    linkage = await lines_with(posts=3)
    (line,) = linkage.lines
    assert {each.number for each in line.numbers} == {FIRST, SECOND, CHANNEL}
    assert predecessors(linkage) == {FIRST: None, SECOND: FIRST, CHANNEL: None}
    (join,) = [join for join in line.joins if join.kind == "account_of_line"]
    assert join.sentence == (
        f"{CHANNEL} posted 3 wordings of the line of {FIRST} that no other uses, under its name, to 3 phones; the line "
        "texted each of them."
    )


async def test_two_phones_are_enough_of_one_that_goes_on_for_a_month_while_the_number_changes() -> None:
    (line,) = (await lines_with(posts=3, days=(8, 14, 30, 39), phones=2)).lines
    assert {each.number for each in line.numbers} == {FIRST, SECOND, CHANNEL}


@pytest.mark.parametrize(
    ("posts", "days", "strangers", "phones"),
    [
        (2, (8, 14, 22, 30), 0, 3),
        (3, (8, 9, 10, 11), 0, 3),
        (3, (8, 14, 22, 30), 1, 3),
        (3, (8, 14, 22, 30), 0, 2),
    ],
    ids=["few of the wordings", "within a week", "people of its own", "two phones for some weeks"],
)
async def test_a_channel_that_may_be_an_imitators_is_a_line_of_its_own(
    posts: int, days: tuple[int, ...], strangers: int, phones: int
) -> None:
    linkage = await lines_with(posts=posts, days=days, strangers=strangers, phones=phones)
    assert sorted(len(line.numbers) for line in linkage.lines) == [1, 2]


@pytest.mark.parametrize(
    ("copied", "own"),
    [
        (3, ("{line} new menu press the bot", "{line} only here now dont ring the old number", "{line} drops by post")),
        (3, ("{line} only here now dont ring the old number its fake",)),
    ],
    ids=["half is its own", "it speaks against the number"],
)
async def test_one_that_copies_texts_of_the_line_for_its_customers_is_another(
    copied: int, own: tuple[str, ...]
) -> None:
    customers = [Phone(f"A/{place}", 101 + place) for place in range(8)]
    wordings = (*WORDINGS, "{line} got light and dark", "{line} 24 7 all week")
    for place, said in enumerate(wordings):
        campaign("Rico", FIRST, customers, range(place, 60, 6), said)
    for day, said in zip(range(8, 60, 6), (*wordings[:copied], *own), strict=False):
        for phone in customers[:3]:
            phone.text(CHANNEL, day + 0.3, offer("Rico", said), sent=False, name="Rico", service="telegram")
    assert sorted(len(line.numbers) for line in (await linked(*customers)).lines) == [1, 1]


async def test_a_channel_that_may_be_of_two_lines_is_not_told_to_be_of_one() -> None:
    customers = [Phone(f"A/{place}", 101 + place) for place in range(14)]
    for place, said in enumerate(WORDINGS):
        campaign("Rico", FIRST, customers[:8], range(place, 39, 4), said)
        campaign("Rico", OTHER, customers[6:], [day + 0.5 for day in range(place, 39, 5)], said)
        for phone in customers[6:8]:
            phone.text(CHANNEL, 8.3 + 6 * place, offer("Rico", said), sent=False, name="Rico", service="telegram")
        for about in ("park", "shops", "bridge"):
            campaign("Rico", OTHER, customers[6:], [place + 10.7], f"{{line}} is back from the {about} {place}")
            campaign("Rico", FIRST, customers[:8], [place + 10.2], f"{{line}} sees you at {about} number {place}")
    linkage = await linked(*customers)
    assert len(linkage.lines) == 2
    assert "account_of_line" not in {join.kind for line in linkage.lines for join in line.joins}
