"""Customers who get adverts of one number after the other: of two lines, unless a whole list goes over."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, number, offer, predecessors

LINE, NEXT, OTHER = number(1), number(2), number(3)
KEPT = "got both in come round"
OF_LINE, OF_NEXT = ("quick ones only", "fat ones parked by the shops"), ("two for one all night", "back of the shops")


def sends(phones: list[Phone], sender: str, start: float, *wordings: str) -> None:
    """Let phones that write to a number get unnamed adverts of it on every other day for two weeks and more."""
    for phone in phones:
        phone.text(sender, start + 0.5, finding("u on"), sent=True)
    for day in range(9):
        for phone in phones:
            phone.text(sender, start + 2 * day, finding(wordings[day % len(wordings)], advert=True), sent=False)


async def on_after(
    *, own: tuple[str, ...] = OF_NEXT, pause: float = 2.0, others: int = 0, copied_by: str | None = None
) -> Linkage:
    """Return the linkage of five customers of a number who get one of its wordings from the next one too.

    Args:
        own: What it sends besides.
        pause: Days from the last advert of the first to its first one.
        others: Who gets its adverts besides.
        copied_by: Name of a line that sends that wording to other people. None: nobody does.
    """
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    strangers = [Phone(f"B/{place}", 201 + place) for place in range(others)]
    far = [Phone(f"C/{place}", 301 + place) for place in range(3)]
    sends(phones, LINE, 0, KEPT, *OF_LINE)
    sends([*phones, *strangers], NEXT, 16 + pause, KEPT, *own)
    if copied_by:
        for name, sender in ((copied_by, OTHER), ("Tosh", number(4))):
            campaign(name, sender, far, range(0, 40, 3), "{line} on both 3 for 25")
            sends(far, sender, 1, KEPT)
    return await linked(*phones, *strangers, *far)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"pause": 6.0},
        {"pause": 11.0},
        {"others": 8},  # a line three times as large
        {"copied_by": "Rico"},  # a wording of several lines
    ],
)
async def test_one_unnamed_wording_to_the_same_people_joins_no_two_numbers(given: dict[str, object]) -> None:
    """Customers buy from several lines, and a wording of the town is sent by all of these."""
    linkage = await on_after(**given)  # type: ignore[arg-type]  # one of its keywords
    assert not any(join for line in linkage.lines for join in line.joins if {join.older, join.newer} == {LINE, NEXT})
    assert len([line for line in linkage.lines if {held.number for held in line.numbers} & {LINE, NEXT}]) == 2


async def test_people_who_tell_of_their_new_numbers_in_the_same_words_are_no_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    sends(phones, LINE, 0, KEPT)
    sends(phones, NEXT, 18, KEPT)
    assert predecessors(await linked(*phones)).get(NEXT) is None


OLD = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
NEW = ("{line} round now come quick", "{line} got the gear be fast", "{line} back of the shops")


async def test_two_of_one_name_in_words_of_their_own_are_two_lines_though_few_customers_buy_of_both() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place in range(3):
        campaign("Rico", LINE, phones, range(place, 21, 3), OLD[place])
        campaign("Rico", NEXT, phones, range(25 + place, 46, 3), NEW[place])
    assert len((await linked(*phones)).lines) == 2


def handsets(*, reached: int, held: int = 2) -> list[Phone]:
    """Return two handsets of one name, the customers that are held, and how many of a list of fourteen get both."""
    old, new = Phone("H/1", 1), Phone("H/2", 2)
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    parties = [number(101 + place) for place in range(28)]
    for place in range(3):
        for sender, handset, words, begin, to in (
            (LINE, old, OLD, 0, parties[:14]),
            (NEXT, new, NEW, 25, parties[14 - reached : 28 - reached]),
        ):
            campaign("Rico", sender, phones, range(begin + place, begin + 21, 3), words[place])
            for day in range(begin + place, begin + 21, 3):
                for turn, party in enumerate(to if reached < 14 or sender == LINE else parties[:14]):
                    handset.text(party, day + turn / 8640, offer("Rico", words[place]), sent=True)
    for phone in phones:
        for sender, day in ((LINE, 3.5), (NEXT, 30.5)):
            phone.text(sender, day, finding("u on"), sent=True)
    return [*(old, new)[:held], *phones]


@pytest.mark.parametrize(("reached", "held", "count"), [(14, 2, 1), (8, 2, 2), (14, 1, 2)])
async def test_a_name_goes_over_in_new_words_where_a_whole_list_that_is_held_does(
    reached: int, held: int, count: int
) -> None:
    assert len((await linked(*handsets(reached=reached, held=held))).lines) == count
