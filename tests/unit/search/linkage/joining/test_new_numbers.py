"""A number that only says that it is new, without the old one: what bears out that it is the line's."""

from __future__ import annotations

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, linked, moved_from, moved_to, number, predecessors

LINE, NEXT = number(1), number(2)
OWN_WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


async def told_new(*, silent_days: int, wordings: tuple[str, ...], told: int = 3) -> Linkage:
    """Return the linkage of customers of ``Rico`` whom another number tells after so many days that it is new.

    Args:
        silent_days: From the last advert of the old number to that text.
        wordings: What the new number sends beside it.
        told: How many of the four customers it tells.
    """
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(OWN_WORDINGS):
        campaign("Rico", LINE, phones, range(place, 21, 3), wording)
    begun = 20 + silent_days
    for phone in phones[:told]:
        phone.text(NEXT, begun, moved_from(None, "Rico"), sent=False)
    for place, wording in enumerate(wordings):
        campaign("Rico", NEXT, phones[:told], range(begun + 1 + place, begun + 12, 2), wording)
    return await linked(*phones)


async def test_what_tells_that_the_number_is_new_is_no_wording_that_the_old_number_should_have_sent() -> None:
    # one shared customer of four: with the text itself counted as a wording of its own it would fall short
    linkage = await told_new(silent_days=9, wordings=("{line} here got bits come get sorted",), told=1)
    assert predecessors(linkage) == {LINE: None, NEXT: LINE}


async def test_a_pause_of_months_says_nothing_where_the_new_number_tells_the_old_ones_customers_under_its_name() -> (
    None
):
    linkage = await told_new(silent_days=75, wordings=("{line} sees who is loyal",))
    assert predecessors(linkage) == {LINE: None, NEXT: LINE}


async def test_after_half_a_year_anybody_may_know_the_name() -> None:
    linkage = await told_new(silent_days=180, wordings=("{line} sees who is loyal",))
    assert predecessors(linkage).get(NEXT) is None
    assert len(linkage.lines) == 2


async def test_one_customer_and_a_name_do_not_bridge_months() -> None:
    linkage = await told_new(silent_days=75, wordings=("{line} sees who is loyal",), told=1)
    assert predecessors(linkage).get(NEXT) is None


async def test_who_comes_after_months_with_wordings_of_his_own_has_only_the_name() -> None:
    own = ("{line} round now come quick", "{line} got the gear be fast", "{line} back of the shops")
    linkage = await told_new(silent_days=75, wordings=own)
    assert predecessors(linkage).get(NEXT) is None


async def rivals(*, imitator_begins: int, has_next: bool = True) -> list[set[str]]:
    """Return the numbers of each line: one with three numbers after each other, and one who says that he is new."""
    first, second, third, other = (number(place) for place in (1, 2, 3, 4))
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    campaign("Rico", first, phones[:2], range(0, 6, 2), OWN_WORDINGS[0])
    campaign("Rico", second, phones, range(18, 48, 3), OWN_WORDINGS[1])
    if has_next:
        for phone in phones:
            phone.text(second, 48, moved_to(third, "Rico"), sent=False)
        campaign("Rico", third, phones, range(50, 90, 3), OWN_WORDINGS[2])
    for phone in phones[:2]:
        phone.text(other, imitator_begins, moved_from(None, "Rico"), sent=False)
    campaign("Rico", other, phones[:2], range(imitator_begins + 1, 80, 3), "{line} sees who is loyal")
    found = await linked(*phones)
    return sorted(({held.number for held in line.numbers} for line in found.lines), key=sorted)


async def test_the_next_number_is_the_near_one_and_not_a_rivals_far_one() -> None:
    assert await rivals(imitator_begins=57) == [{number(1), number(2), number(3)}, {number(4)}]


async def test_a_far_number_that_no_nearer_one_rivals_is_the_next_one() -> None:
    assert await rivals(imitator_begins=57, has_next=False) == [{number(1), number(2), number(4)}]
