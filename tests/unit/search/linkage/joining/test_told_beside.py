"""Numbers of which the one says that the other is in use beside it."""

from __future__ import annotations

import msgspec
import pytest

from nlp.changes.further_numbers import RULE_BESIDE
from nlp.changes.imitators import RULE_WARNS
from parsers.records.findings import Span, SpanKind, TextFinding
from tests.fakes.phones import Phone, campaign, linked, number, offer, predecessors

ONE, OTHER, THIRD = number(1), number(2), number(3)
BOTH = "{line} on 2 phones {number} or {number}"


def beside(said: TextFinding, *numbers: str, rule: str = RULE_BESIDE) -> TextFinding:
    """Return a text that gives numbers, of which it says that they are in use beside each other."""
    spans = tuple(Span(SpanKind.NUMBER, 0, 0, held, held, "test") for held in numbers)
    return msgspec.structs.replace(said, spans=spans, rules=(rule,))


def customers() -> list[Phone]:
    """Return two who get adverts of both numbers, at once and in different words."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(2)]
    for at, wording in ((14, "both on {line}"), (19, "{line} lunch time deal 2x15"), (30, "get {line} while its hot")):
        campaign("Zak", OTHER, phones, [at], wording)
    for at, wording in ((16, "{line} flyin out"), (25, "ring {line} til late"), (39, "{line} got the best in town")):
        campaign("Zak", ONE, phones, [at], wording)
    return phones


@pytest.mark.parametrize(("name", "day", "is_one"), [("Zak", 54.0, True), ("Zak", 68.0, False), (None, 54.0, False)])
async def test_adverts_of_the_other_number_under_the_name_may_be_shown_later(
    name: str | None, day: float, *, is_one: bool
) -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(2)]
    for place, wording in enumerate(("both on {line}", "{line} lunch time deal 2x15", "ring {line} til late")):
        campaign("Zak", ONE, phones, [5 + 40 * place], wording)
        for phone in phones:
            phone.text(OTHER, day + place, offer(name, f"{{line}} bell me {place} for 20"), sent=False)
    for phone in phones:
        phone.text(ONE, 5.3, beside(offer("Zak", BOTH), ONE, OTHER), sent=False)
    lines = (await linked(*phones)).lines
    assert ({held.number for held in lines[0].numbers} == {ONE, OTHER}) is is_one


async def lines_told(said: TextFinding | None, *, by: str = ONE) -> dict[str, str | None]:
    """Return the numbers of lines of two members at least, each with what it succeeds, where one number says a text."""
    phones = customers()
    for phone in phones if said is not None else ():
        phone.text(by, 16.3, said, sent=False)
    linkage = await linked(*phones)
    return predecessors(linkage) if len(linkage.lines) == 1 else {}


async def test_by_the_word_of_one_both_are_one_lines_and_neither_follows_the_other() -> None:
    assert await lines_told(beside(offer("Zak", BOTH), ONE, OTHER)) == {ONE: None, OTHER: None}
    assert await lines_told(beside(offer("Zak", "{line} also on {number} use any"), OTHER)) == {ONE: None, OTHER: None}


@pytest.mark.parametrize(
    "said",
    [
        None,
        beside(offer("Zak", BOTH), OTHER, THIRD),
        beside(offer("Zak", "fake {line} on {number}"), OTHER, rule=RULE_WARNS),
    ],
)
async def test_without_it_or_of_others_or_against_a_warning_they_stay_apart(said: TextFinding | None) -> None:
    assert await lines_told(said) == {}


async def test_what_is_one_after_the_other_by_a_day_is_no_succession_where_both_are_said_to_be_on() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    for at, wording in ((6, "{line} lunch time deal"), (24, "{line} flyin out"), (33, "both on {line}")):
        campaign("Pepsi", OTHER, phones, [at], wording)
    for at, wording in ((34, "{line} til late"), (41, "{line} flyin out"), (46, "both on {line}")):
        campaign("Pepsi", ONE, phones, [at], wording)
    for phone in phones[:2]:
        phone.text(ONE, 9, beside(offer("Pepsi", BOTH), ONE, OTHER), sent=False)
    assert predecessors(await linked(*phones)) == {ONE: None, OTHER: None}
