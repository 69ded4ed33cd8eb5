"""A line that takes another name and says what it was called."""

from __future__ import annotations

import pytest

from tests.fakes.phones import Phone, campaign, linked, number

OLD, NEW = number(1), number(2)
COMMON = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


@pytest.mark.parametrize(
    ("said", "lines"), [("{line} here used to be Nixon, save this number", 1), ("{line} here, save this number", 2)]
)
async def test_a_later_number_whose_adverts_say_the_earlier_name_is_the_same_line(said: str, lines: int) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(31 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(31, 33), said)
    assert len((await linked(*phones)).lines) == lines


async def test_a_rival_who_says_the_name_at_the_same_time_is_another_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 60, 3), wording)
        campaign("Vegas", NEW, phones, range(20 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(21, 23), "{line} better than Nixon any day")
    assert len((await linked(*phones)).lines) == 2
