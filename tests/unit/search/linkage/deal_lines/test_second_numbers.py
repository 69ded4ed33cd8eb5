"""Which of two numbers at once is the line's next one, and which its second phone."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, linked, number, offer, predecessors
from tests.unit.search.linkage.joining.test_told_beside import BOTH, beside

OLD, NEW, SECOND = number(1), number(2), number(3)


def customers(*, new: float = 22, second: float = 31, until: float = 60) -> list[Phone]:
    """Return three who got a line's adverts from a number, from the next one, and from one beside that."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Zak", OLD, phones, range(0, 20, 3))
    campaign("Zak", NEW, phones, [new, new + 2, new + 5, until - 20, until], "{line} flyin out")
    campaign("Zak", SECOND, phones, [second, second + 4, second + 12, until - 1], "both on {line}")
    return phones


async def told(phones: list[Phone], *texts: tuple[str, float, tuple[str, ...]]) -> dict[str, str | None]:
    """Return what each number follows where numbers say to all, on a day, that they and others are on."""
    for by, day, numbers in texts:
        for phone in phones:
            phone.text(by, day, beside(offer("Zak", BOTH), *numbers), sent=False)
    return predecessors(await linked(*phones))


async def test_of_two_that_tell_of_each_other_the_one_that_began_first_follows_the_number_before() -> None:
    both = ((NEW, 30.2, (NEW, SECOND)), (SECOND, 31.2, (SECOND, NEW)))
    assert await told(customers(), *both) == {OLD: None, NEW: OLD, SECOND: None}


async def test_nor_does_the_second_phone_take_the_place_of_the_one_that_it_is_beside() -> None:
    """The words say outright that both are on, though the first one does not go on for two weeks behind them."""
    phones = customers(until=43)
    campaign("Zak", SECOND, phones, [50], "both on {line}")
    one_each = ((NEW, 30.2, (SECOND,)), (SECOND, 31.2, (NEW,)))
    assert await told(phones, *one_each) == {OLD: None, NEW: OLD, SECOND: None}


@pytest.mark.parametrize("teller", [NEW, SECOND])
async def test_who_says_it_does_not_matter(teller: str) -> None:
    numbers = (NEW, SECOND)
    assert await told(customers(), (teller, 32.1, numbers)) == {OLD: None, NEW: OLD, SECOND: None}


async def test_what_takes_the_place_of_one_of_two_phones_follows_that_one() -> None:
    phones = customers(second=5, until=40)
    texts = ((OLD, 6.2, (OLD, SECOND)), (NEW, 24.1, (NEW, SECOND)))
    assert await told(phones, *texts) == {OLD: None, SECOND: None, NEW: OLD}


async def test_a_number_that_the_one_before_gave_beside_itself_follows_none() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Zak", OLD, phones, range(0, 40, 3))
    campaign("Zak", NEW, phones, range(22, 60, 3), "{line} flyin out")
    assert await told(phones, (OLD, 21.1, (NEW,))) == {OLD: None, NEW: None}
