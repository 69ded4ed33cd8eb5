"""An announcement of two numbers that take the place of one, the one for the day and the other for the night."""

from __future__ import annotations

import msgspec
import pytest

from nlp.changes.two_new_numbers import RULE_BOTH_NEW
from parsers.records.findings import Span, SpanKind, TextFinding
from tests.fakes.phones import Phone, campaign, linked, moved_to, number, predecessors

OLD, DAYS, NIGHTS = number(1), number(2), number(3)


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
