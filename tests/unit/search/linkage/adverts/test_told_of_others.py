"""One text to one person of where somebody else is now, from a number of which nothing else of the kind is held."""

from __future__ import annotations

import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, TextFinding
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, predecessors, the_line

OLD, NEW, FRIEND = number(1), number(2), number(300)


def told(body: str, template: str = "{line} is on {number} now", new: str = NEW) -> TextFinding:
    """Return a text that reads like an advert that announces a number; calls at the head are no part of a template."""
    change = NumberChange(NumberChangeRole.NEW, new, new)
    text = body.format(number=f"0{new.removeprefix('+44')}")
    return finding(text, template=template, line="Rico", advert=True, change=change)


async def lines_with(said: TextFinding, *, day: float, phones_told: int = 1, times: int = 1) -> Linkage:
    """Return what is stated of a line of two numbers where another number writes a text to phones that had none."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", OLD, phones, range(10, 30, 3))
    campaign("Rico", NEW, phones, range(33, 60, 3))
    others = [Phone(f"B/{place}", 121 + place) for place in range(3)]
    for other in others:
        other.text(number(400), 3, finding("tea is in the oven"), sent=False)
    for other in others[:phones_told]:
        for time in range(times):
            other.text(FRIEND, day + time, said, sent=False)
    return await linked(*phones, *others)


@pytest.mark.parametrize("day", [2.5, 31, 45])
@pytest.mark.parametrize("body", ["mate Rico is on {number} now", "Yo bro, Rico is on {number} now"])
async def test_it_makes_no_number_no_succession_and_no_member_whenever_it_came(body: str, day: float) -> None:
    linkage = await lines_with(told(body), day=day)
    assert predecessors(linkage) == {OLD: None, NEW: OLD}
    assert "B/0" not in members(the_line(linkage, "Rico"))


async def test_the_report_says_why_where_nobody_had_the_name_before() -> None:
    linkage = await lines_with(told("mate Rico is on {number} now"), day=2.5)
    (why,) = (item.why for item in linkage.suppressed if item.value == FRIEND)
    assert "of somebody else, to one person, and nothing else of the kind is held of it" in why


@pytest.mark.parametrize(
    ("said", "phones_told", "times"),
    [
        (told("Rico is on {number} now"), 1, 1),
        (told("mate its Rico im on {number} now", "its {line} im on {number} now"), 1, 1),
        (told("mate Rico is on {number} now"), 3, 1),
        (told("mate Rico is on {number} now"), 1, 3),
        (
            told("mate Rico is on {number} now my other phone died", "{line} is on {number} now my other phone died"),
            1,
            1,
        ),
    ],
)
async def test_what_a_line_may_say_of_itself_is_its_word(said: TextFinding, phones_told: int, times: int) -> None:
    """Without a call, of the sender, to several, again and again, of the sender's own phone, or with an offer."""
    linkage = await lines_with(said, day=2.5, phones_told=phones_told, times=times)
    assert FRIEND in predecessors(linkage)


async def test_copies_with_another_number_on_another_phone_do_not_hide_how_it_is_put() -> None:
    said = told("mate Rico is on {number} now")
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", OLD, phones, range(10, 30, 3))
    campaign("Rico", NEW, phones, range(33, 60, 3))
    first = Phone("0/1", 120)
    for place in range(7):
        first.text(number(310), 4 + place, told("Rico is on {number} now", new=number(320 + place)), sent=False)
    other = Phone("B/1", 121)
    other.text(FRIEND, 2.5, said, sent=False)
    assert FRIEND not in predecessors(await linked(first, *phones, other))
