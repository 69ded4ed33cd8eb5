"""Who tells a line's customers its new number for it is no number of the line between the old one and the new one."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import Span, SpanKind
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, predecessors, the_line

OLD, NEW, RUNNER = number(1), number(2), number(300)


def customers(*, old_until: float = 9, new_days: tuple[float, ...] = (11, 13, 17)) -> list[Phone]:
    """Return phones with the adverts of two numbers of a line, one after the other."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Rico", OLD, phones, [1, 3, 5, old_until])
    campaign("Rico", NEW, phones, list(new_days))
    for phone in phones:
        phone.text(OLD, 2.5, finding("u about"), sent=True)
    return phones


def told(phones: list[Phone]) -> None:
    """Let the runner tell them the new number, one after the other."""
    for place, phone in enumerate(phones):
        phone.text(RUNNER, 10 + place / 100, moved_to(NEW, "Rico"), sent=False)


async def test_a_runner_who_tells_the_new_number_is_no_number_between() -> None:
    held = customers()
    told(held)
    friend = Phone("B/1", 110)
    friend.text(RUNNER, 4, finding("happy birthday"), sent=False)
    linkage = await linked(*held, friend)
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    assert "B/1" not in members(the_line(linkage, "Rico"))
    why = {item.value: item.why for item in linkage.suppressed if item.kind == "number"}
    assert "tells the line's customers its new number" in why[RUNNER]


async def test_nor_where_the_runners_own_phone_is_held() -> None:
    held = customers()
    phone = Phone("C/1", 300)
    for customer in held:
        phone.text(number(101 + held.index(customer)), 10, moved_to(NEW, "Rico"), sent=True)
    told(held[:2])
    assert predecessors(await linked(*held, phone)) == {OLD: None, NEW: OLD}


@pytest.mark.parametrize("day", [9.5, 10.5])
async def test_a_number_that_sent_an_offer_too_is_the_lines(day: float) -> None:
    held = customers()
    told(held)
    campaign("Rico", RUNNER, held, [day])
    assert RUNNER in predecessors(await linked(*held))


@pytest.mark.parametrize(("ring", "is_of_line"), [(NEW, False), (None, True)])
async def test_an_advert_that_he_passes_on_later_gives_the_number_that_the_line_has_by_then(
    ring: str | None, *, is_of_line: bool
) -> None:
    held = customers(new_days=(11, 13, 17, 40, 43))
    told(held)
    passed = finding("open til 2 Rico ring", template="open til {hours} {line} ring", line="Rico", advert=True)
    if ring is not None:
        passed = msgspec.structs.replace(passed, spans=(Span(SpanKind.NUMBER, 0, 0, ring, ring, "test"),))
    for phone in held[:3]:
        phone.text(RUNNER, 41, passed, sent=False)
    assert (RUNNER in predecessors(await linked(*held))) == is_of_line


async def test_where_the_old_number_goes_on_it_is_not_judged() -> None:
    held = customers(old_until=20)
    told(held)
    linkage = await linked(*held)
    assert RUNNER not in {item.value for item in linkage.suppressed if "its new number" in item.why}
