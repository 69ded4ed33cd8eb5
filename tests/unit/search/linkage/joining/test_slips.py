"""A line that gives its next number with a digit wrong, and puts it right."""

from __future__ import annotations

import pytest

from parsers.records.findings import NumberChange, NumberChangeRole
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number

OLD = number(1)
NEW = "+447700900986"
COMMON = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


@pytest.mark.parametrize(
    ("first", "right_at", "is_kept"),
    [
        ("+447700900985", 30.1, False),  # one digit
        ("+447700900968", 30.1, False),  # two changed over
        ("+447700900985", 36, True),  # a week later: two cards of one packet
        ("+447700900745", 30.1, True),  # another number
    ],
)
async def test_a_number_told_by_a_slip_and_put_right_is_no_number_of_the_line(
    first: str,
    right_at: float,
    is_kept: bool,  # noqa: FBT001  # a case of the test
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Rocky", OLD, phones, range(place, 30, 3), wording)
        campaign("Rocky", NEW, phones, range(37 + place, 60, 3), wording)
    for phone in phones:
        phone.text(OLD, 30, moved_to(first, "Rocky"), sent=False)
        phone.text(OLD, right_at, moved_to(NEW, "Rocky"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert [held.number for held in line.numbers if held.number in {OLD, NEW}] == [OLD, NEW]
    assert (first in {held.number for held in line.numbers}) == is_kept
    assert any("differs by a slip" in sentence for sentence in line.conflicts) != is_kept
    assert {held.number: held.succeeds for held in line.numbers}[NEW] == OLD


async def test_a_slip_is_put_right_by_a_text_that_says_only_which_number_is_right() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Rocky", OLD, phones, range(place, 30, 3), wording)
        campaign("Rocky", NEW, phones, range(37 + place, 60, 3), wording)
    unclear = NumberChange(NumberChangeRole.NONE, NEW, NEW)
    right = finding(f"typo b4!! right number is {NEW} Rocky", line="Rocky", advert=True, change=unclear)
    for phone in phones:
        phone.text(OLD, 30, moved_to("+447700900985", "Rocky"), sent=False)
        phone.text(OLD, 30.1, right, sent=False)
    (line,) = (await linked(*phones)).lines
    assert [held.number for held in line.numbers] == [OLD, NEW]
    assert any("differs by a slip" in sentence for sentence in line.conflicts)
