"""A line that comes back after months on a new number and says so."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, linked, number, offer, predecessors, the_line

OLD, NEW, OTHER = number(1), number(2), number(3)
WORDS = ("{line} on both 3 for 25", "{line} best of both til late", "{line} up early shout me")
BACK = "3 month off but {line} is on again, new phone 4 for 30"


def phones(*, pause: float = 100, says: str = BACK) -> list[Phone]:
    """Return three customers of a line that was gone for some days, and what one is told first after that."""
    held = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    for place, wording in enumerate(WORDS):
        campaign("Rico", OLD, held, [place + 3.0 * day for day in range(8)], wording)
        campaign("Rico", NEW, held, [pause + 23.3 + place + 3.0 * day for day in range(8)], wording)
    held[0].text(NEW, pause + 23, offer("Rico", says), sent=False)
    return held


async def old_of_new(*held: Phone) -> str | None:
    return predecessors(await linked(*held))[NEW]


@pytest.mark.parametrize("pause", [80, 100, 300])
async def test_it_took_over_from_the_number_before_the_pause_which_is_told(pause: float) -> None:
    linkage: Linkage = await linked(*phones(pause=pause))
    held = {each.number: each for each in the_line(linkage, "Rico").numbers}
    assert held[NEW].succeeds == OLD
    assert f"{pause} days lie between the last advert of {OLD} and the first of {NEW}." in held[NEW].basis


@pytest.mark.parametrize(
    "says",
    ["{line} back on both 4 for 30", "{line} on new phone 4 for 30", "{line} is on again 4 for 30", "{line} always on"],
)
async def test_without_both_words_the_pause_breaks_the_order(says: str) -> None:
    assert await old_of_new(*phones(says=says)) is None


async def test_so_does_one_of_years() -> None:
    assert await old_of_new(*phones(pause=400)) is None


async def test_it_is_the_last_number_before_the_pause() -> None:
    held = phones(pause=130)
    for place, wording in enumerate(WORDS):
        campaign("Rico", OTHER, held, [24 + place + 3.0 * day for day in range(8)], wording)
    assert await old_of_new(*held) == OTHER
