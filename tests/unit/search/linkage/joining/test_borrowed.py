"""A number that a line has for a day, and one who says that he has it for the day to take a line's customers."""

from __future__ import annotations

import pytest

from search.linkage.extraction.wording_keys import words_of
from search.linkage.joining.borrowed import is_for_the_day
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, linked, number, offer, predecessors

LINE, BORROWED = number(1), number(2)
COMMON = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
FOR_THE_DAY = "{line} here on a borrowed phone today only"


async def lines_with(
    *days: float,
    wording: str = FOR_THE_DAY,
    got: int = 6,
    every: int = 6,
    at: float = 20.3,
    until: int = 40,
    after: str | None = None,
    after_on: float = 22.5,
) -> Linkage:
    """Return the linkage of the customers of a line, of whom some get texts of another number.

    Args:
        days: When that number sends besides.
        wording: What it sends.
        got: How many get it, of ``every`` customers.
        at: The day on which it first sends.
        until: Day on which the line sends last.
        after: What the line sends once, and ``after_on`` when.
    """
    phones = [Phone(f"A/{place}", 101 + place) for place in range(every)]
    for place, said in enumerate(COMMON):
        campaign("Rico", LINE, phones, [day for day in range(place, until, 3) if day != 20], said)
    for day in (at, *days):
        for phone in phones[:got]:
            phone.text(BORROWED, day, offer("Rico", wording), sent=False)
    if after is not None:
        campaign("Rico", LINE, phones, (after_on,), after)
    return await linked(*phones)


async def test_a_number_that_a_line_has_for_a_day_is_the_lines_and_no_successor() -> None:
    linkage = await lines_with()
    assert predecessors(linkage) == {LINE: None, BORROWED: None}
    (line,) = linkage.lines
    (join,) = line.joins
    assert join.kind == "borrowed_for_a_day"
    assert join.sentence == (
        f"{BORROWED} said under the name of {LINE} on 2024-01-21 that it is in use for the day, or while another phone "
        f"is not; {LINE} sent nothing then, and before and afterwards to 6 phones that got it."
    )


@pytest.mark.parametrize(
    "case",
    [
        {"wording": "{line} about, best of both"},  # says nothing of the day
        {"got": 4},  # a part of the customers alone
        {"days": (21.3,)},  # the line sends meanwhile
        {"at": 20.9},  # and soon after
        {"until": 20},  # the line is not seen again
        {"days": (24.3,)},  # it is used on
        {"after": "{line} here, that other number is fake"},
        {"after": "that aint me on the other number, {line}"},
    ],
)
async def test_one_who_says_so_and_goes_for_the_customers_stays_apart(case: dict[str, object]) -> None:
    days = case.pop("days", ())
    linkage = await lines_with(*days, **case)  # type: ignore[misc,arg-type]  # the arguments of the test
    assert all(join.kind != "borrowed_for_a_day" for line in linkage.lines for join in line.joins)


async def test_the_line_may_have_sent_on_that_day_before() -> None:
    assert predecessors(await lines_with(at=21.5)) == {LINE: None, BORROWED: None}


async def test_two_of_three_phones_that_got_it_may_be_known_to_have_had_the_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, said in enumerate(COMMON):
        campaign("Rico", LINE, phones[:2], [day for day in range(place, 40, 3) if day != 20], said)
    for phone in phones:
        phone.text(BORROWED, 20.3, offer("Rico", FOR_THE_DAY), sent=False)
    assert predecessors(await linked(*phones)) == {LINE: None, BORROWED: None}


async def test_a_warning_weeks_later_is_of_somebody_else() -> None:
    linkage = await lines_with(after="{line} here, that other number is fake", after_on=33.5)
    assert predecessors(linkage) == {LINE: None, BORROWED: None}


async def test_what_the_line_says_again_and_again_warns_of_nobody() -> None:
    always = "{line} here, that other number is fake"
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for place, said in enumerate(COMMON):
        campaign("Rico", LINE, phones, [day for day in range(place, 40, 3) if day != 20], said)
    campaign("Rico", LINE, phones, (5.5, 11.5, 22.5), always)
    for phone in phones:
        phone.text(BORROWED, 20.3, offer("Rico", FOR_THE_DAY), sent=False)
    assert predecessors(await linked(*phones)) == {LINE: None, BORROWED: None}


@pytest.mark.parametrize(("name", "is_one"), [("JJ", True), ("CJ", False)])
async def test_initials_are_a_name_that_spells_them(name: str, is_one: bool) -> None:  # noqa: FBT001 - one of a table
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for place, said in enumerate(COMMON):
        campaign("Jay Jay", LINE, phones, [day for day in range(place, 40, 3) if day != 20], said)
    for phone in phones:
        phone.text(BORROWED, 20.3, offer(name, FOR_THE_DAY), sent=False)
    linkage = await linked(*phones)
    assert any(join.kind == "borrowed_for_a_day" for line in linkage.lines for join in line.joins) == is_one


@pytest.mark.parametrize("are_joined", [True, False])
async def test_of_a_line_with_two_numbers_it_is_the_lines_whichever_it_stood_in_for(
    are_joined: bool,  # noqa: FBT001 - one of a table
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    own = ("{line} day phone on now til 8", "{line} 3 for 20 while the sun is out", "{line} open early for u")
    for place, said in enumerate(COMMON):
        days = [day for day in range(place, 40, 3) if day != 20]
        campaign("Rico", LINE, phones, days, said)
        campaign("Rico", number(3), phones, [day + 0.05 for day in days], said if are_joined else own[place])
    for phone in phones:
        phone.text(BORROWED, 20.3, offer("Rico", FOR_THE_DAY), sent=False)
    linkage = await linked(*phones)
    said_of = [join for line in linkage.lines for join in line.joins if join.kind == "borrowed_for_a_day"]
    if not are_joined:
        assert not said_of
        return
    assert sorted(predecessors(linkage)) == [LINE, BORROWED, number(3)]
    assert sorted(join.older for join in said_of) == [LINE, number(3)]
    assert f"It may have stood in for {number(3)} as well, which is of one line with {LINE}." in said_of[0].sentence


async def test_what_the_line_sent_from_the_number_before_shows_its_customers_too() -> None:
    phones, before = [Phone(f"A/{place}", 101 + place) for place in range(6)], number(3)
    for place, said in enumerate(COMMON):
        campaign("Rico", before, phones, range(place, 16, 3), said)
        campaign("Rico", LINE, phones[:1], (18 + place / 8,), said)
        campaign("Rico", LINE, phones, range(22 + place, 40, 3), said)
    for phone in phones:
        phone.text(BORROWED, 20.3, offer("Rico", FOR_THE_DAY), sent=False)
    linkage = await linked(*phones)
    assert predecessors(linkage) == {before: None, LINE: before, BORROWED: None}
    assert any(f"and before, from {before} too, and afterwards" in j.sentence for li in linkage.lines for j in li.joins)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{line} here on a borrowed phone today only", True),
        ("{line} on this fone just for today other one is on charge", True),
        ("its {line} using this until tonight main phone cracked normal number back tomorrow", True),
        ("this is mates phone only for today {line}", True),
        ("{line} phone on til tonight", False),
        ("3 for 25 today only ring {line}", False),
        ("{line} lost main phone this is the new number from today back on tomorrow", False),
        ("dont ring that borrowed phone its not us", False),
    ],
)
def test_words_for_the_day(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_for_the_day(words_of(text)) is expected
