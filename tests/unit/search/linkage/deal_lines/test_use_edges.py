"""Traffic with a line's number in the days before its first advert and after its last one."""

from __future__ import annotations

import pytest

from search.linkage.model import Relation
from tests.fakes.phones import Phone, campaign, finding, linked, number, offer, the_line
from tests.unit.search.linkage.deal_lines.test_relations import row
from tests.unit.search.linkage.joining.test_told_beside import BOTH, beside

LINE, OTHER = number(1), number(2)


async def relation_of(*texts: tuple[float, str, bool]) -> Relation | None:
    """Return what a phone that got no advert has to do with a line whose adverts of days 20 to 38 are held."""
    phones, mother = [Phone(f"A/{place}", 101 + place) for place in range(3)], Phone("A/9", 130)
    campaign("Rico", LINE, phones, range(20, 40, 2))
    for day, text, is_sent in texts:
        mother.text(LINE, day, finding(text), sent=is_sent)
    line = the_line(await linked(*phones, mother), "Rico")
    return next((held.relation for held in line.devices if held.device_id == mother.device_id), None)


@pytest.mark.parametrize("day", [17.2, 19.5])
async def test_a_text_in_the_days_before_the_first_advert_is_contact(day: float) -> None:
    assert await relation_of((day, "mum its me on a mates phone", False)) is Relation.CONTACT_OF_LINE


@pytest.mark.parametrize("day", [10, 16.5, 39, 40.5, 44])
async def test_one_of_long_before_or_behind_the_last_one_is_a_mention(day: float) -> None:
    assert await relation_of((day, "is this still ur number", False)) is Relation.MENTIONS_LINE


async def test_what_began_long_before_the_first_advert_is_of_who_had_the_number_then() -> None:
    texts = ((10, "see u sunday mum", False), (18, "happy bday mum", False))
    assert await relation_of(*texts) is Relation.MENTIONS_LINE


@pytest.mark.parametrize(
    "said",
    [
        "this phone has been seized by police if you need support call 01632 960111",
        "tell ur lad to ring me",
    ],
)
async def test_who_answers_a_text_behind_the_last_advert_is_no_contact_though_the_other_phone_is_on(said: str) -> None:
    phones, mother = [Phone(f"A/{place}", 101 + place) for place in range(3)], Phone("A/9", 130)
    campaign("Rico", LINE, phones, range(0, 20, 2))
    for wording in ("{line} on both 3 for 25", "get {line} while its hot"):
        campaign("Rico", OTHER, phones, range(4, 40, 3), wording)
    for phone in phones:
        phone.text(LINE, 6.3, beside(offer("Rico", BOTH), LINE, OTHER), sent=False)
    for day, text, is_sent in ((25.1, said, False), (25.2, "who is this? wrong number", True)):
        mother.text(LINE, day, finding(text), sent=is_sent)
    line = the_line(await linked(*phones, mother), "Rico")
    assert {held.number for held in line.numbers} == {LINE, OTHER}
    assert row(line, mother, Relation.CONTACT_OF_LINE) is None
    assert row(line, mother, Relation.MENTIONS_LINE) is not None
