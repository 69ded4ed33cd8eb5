"""A number that goes on, in an unnamed wording and to the same people, where another one fell silent."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, number, predecessors

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


async def carried_on(
    *, kept: int = 5, own: tuple[str, ...] = OF_NEXT, pause: float = 2.0, others: int = 0, copied_by: str | None = None
) -> Linkage:
    """Return the linkage of five customers of a number whose wording goes on from another one.

    Args:
        kept: How many of the five get that one's adverts.
        own: What it sends besides.
        pause: Days from the last advert of the first to its first one.
        others: Who gets its adverts besides.
        copied_by: Name of a line that sends that wording to other people. None: nobody does.
    """
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    strangers = [Phone(f"B/{place}", 201 + place) for place in range(others)]
    far = [Phone(f"C/{place}", 301 + place) for place in range(3)]
    sends(phones, LINE, 0, KEPT, *OF_LINE)
    sends([*phones[:kept], *strangers], NEXT, 16 + pause, KEPT, *own)
    if copied_by:
        for name, sender in ((copied_by, OTHER), ("Tosh", number(4))):
            campaign(name, sender, far, range(0, 40, 3), "{line} on both 3 for 25")
            sends(far, sender, 1, KEPT)
    return await linked(*phones, *strangers, *far)


async def test_one_wording_that_goes_on_within_days_to_the_same_people_is_the_lines() -> None:
    linkage = await carried_on()
    assert predecessors(linkage) == {LINE: None, NEXT: LINE}
    (line,) = linkage.lines
    (join,) = line.joins
    assert join.kind == "wording_and_customers"


async def test_a_week_and_a_half_may_lie_between() -> None:
    assert predecessors(await carried_on(pause=11)) == {LINE: None, NEXT: LINE}


@pytest.mark.parametrize(
    "given",
    [
        {"kept": 3, "others": 3},  # customers of two lines
        {"pause": 25.0},
        {"pause": -12.0},  # both in use at once
        {"copied_by": "Rico"},  # a wording of several lines
    ],
)
async def test_part_of_that_joins_nothing(given: dict[str, object]) -> None:
    linkage = await carried_on(**given)  # type: ignore[arg-type]  # one of its keywords
    assert predecessors(linkage)[NEXT] is None


async def test_people_who_tell_of_their_new_numbers_in_the_same_words_are_no_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    sends(phones, LINE, 0, KEPT)
    sends(phones, NEXT, 18, KEPT)
    assert predecessors(await linked(*phones)).get(NEXT) is None


@pytest.mark.parametrize(("reached", "count"), [(5, 1), (3, 2)])
async def test_a_name_goes_over_in_new_words_where_all_of_its_customers_do(reached: int, count: int) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(8)]
    old = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
    new = ("{line} round now come quick", "{line} got the gear be fast", "{line} back of the shops")
    for place in range(3):
        campaign("Rico", LINE, phones[:5], range(place, 21, 3), old[place])
        campaign("Rico", NEXT, phones[5 - reached : 10 - reached], range(25 + place, 46, 3), new[place])
    assert len((await linked(*phones)).lines) == count
