"""An announcement of two numbers that take the place of one, the one for the day and the other for the night."""

from __future__ import annotations

import msgspec
import pytest

from nlp.changes.two_new_numbers import RULE_BOTH_NEW
from parsers.records.findings import Span, SpanKind, TextFinding
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, linked, moved_to, number, predecessors

OLD, DAYS, NIGHTS = number(1), number(2), number(473)


def announced(*rules: str) -> TextFinding:
    """Return an advert that announces the number for the day, and holds that for the night."""
    spans = tuple(Span(SpanKind.NUMBER, 0, 0, held, held, "test") for held in (DAYS, NIGHTS))
    return msgspec.structs.replace(moved_to(DAYS, "Rico"), spans=spans, rules=rules)


@pytest.mark.parametrize("begun", [20.5, 19.5], ids=["after it was told", "before"])
async def test_both_take_over_from_the_old_number_and_neither_from_the_other(begun: float) -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    campaign("Rico", OLD, phones, range(0, 20, 2))
    for phone in phones:
        phone.text(OLD, 20, announced(RULE_BOTH_NEW), sent=False)
    campaign("Rico", DAYS, phones, [begun + day for day in range(0, 20, 2)], "{line} about all day ring me")
    campaign("Rico", NIGHTS, phones, [begun + day for day in range(1, 20, 2)], "late one with {line} til 4")
    assert predecessors(await linked(*phones)) == {OLD: None, DAYS: OLD, NIGHTS: OLD}


async def test_a_number_that_stands_beside_the_new_one_is_not_announced_by_that_alone() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    campaign("Rico", OLD, phones, range(0, 20, 2))
    for phone in phones:
        phone.text(OLD, 20, announced(), sent=False)
    campaign("Rico", DAYS, phones, range(21, 40, 2))
    campaign("Zaza", NIGHTS, phones, range(22, 40, 2), "late one with {line} til 4")
    assert predecessors(await linked(*phones)).get(NIGHTS) is None


def numbers_of(linkage: Linkage) -> set[str]:
    return {held.number for line in linkage.lines for held in line.numbers}


@pytest.mark.parametrize("last", [20, 60], ids=["falls silent", "goes on"])
async def test_two_numbers_of_which_nothing_comes_are_no_new_ones_where_the_old_one_goes_on(last: int) -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    campaign("Rico", OLD, phones, range(0, last, 2))
    for phone in phones:
        phone.text(OLD, 20, announced(RULE_BOTH_NEW), sent=False)
    linkage = await linked(*phones)
    assert numbers_of(linkage) == ({OLD, DAYS, NIGHTS} if last == 20 else {OLD})
    assert ("neither is taken" in str(linkage.lines[0].conflicts)) == (last == 60)


@pytest.mark.parametrize("got", [True, False], ids=["customer", "another phone"])
async def test_a_number_of_a_phone_that_got_the_adverts_is_no_new_one(*, got: bool) -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    holder = Phone("A/9", 473)
    campaign("Rico", OLD, phones, range(0, 20, 2))
    campaign("Rico" if got else "Zaza", OLD if got else number(60), [holder], range(0, 20, 2))
    for phone in phones:
        phone.text(OLD, 20, announced(RULE_BOTH_NEW), sent=False)
    campaign("Rico", DAYS, phones, range(21, 40, 2), "{line} about all day ring me")
    linkage = await linked(*phones, holder)
    assert (NIGHTS in numbers_of(linkage)) != got
    assert DAYS in numbers_of(linkage)
