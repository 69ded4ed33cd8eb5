"""A line on WhatsApp alone, whose customers saved it under names of their own: one line, found by when it sends."""

from __future__ import annotations

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, linked, members, offer

WORDINGS = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


async def told(saved_as: tuple[str, str], days: tuple[range, range], *, apart: float = 0.0) -> Linkage:
    """Return the linkage of two customers who got adverts of ``Rico`` under names that they saved."""
    phones = [Phone("A/1", 101), Phone("B/2", 102, case="OP/2")]
    for place, (phone, name, held) in enumerate(zip(phones, saved_as, days, strict=True)):
        for day in held:
            said = offer("Rico" if place == 0 or apart == 0 else "Echo", WORDINGS[day % len(WORDINGS)])
            phone.text(None, day + place * (apart or 0.001), said, sent=False, name=name, service="whatsapp")
    return await linked(*phones)


async def test_what_comes_under_two_saved_names_in_the_same_minutes_day_after_day_is_one_line() -> None:
    linkage = await told(("R", "Man"), (range(12), range(3, 15)))
    (line,) = linkage.lines
    assert members(line) == {"A/1", "B/2"}
    assert "one_broadcast" in {join.kind for join in line.joins}


async def test_the_same_wordings_hours_apart_say_nothing() -> None:
    linkage = await told(("R", "Man"), (range(12), range(12)), apart=0.3)
    assert len(linkage.lines) == 2


async def test_two_days_are_too_few() -> None:
    linkage = await told(("R", "Man"), (range(12), range(10, 22)))
    assert "one_broadcast" not in {join.kind for line in linkage.lines for join in line.joins}
