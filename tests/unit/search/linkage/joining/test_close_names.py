"""Names of which the one is the beginning of the other."""

from __future__ import annotations

import msgspec
import pytest

from nlp.changes.imitators import RULE_WARNS
from parsers.records.findings import NumberChange, NumberChangeRole, Span, SpanKind
from tests.fakes.phones import Phone, campaign, linked, number, offer

ONE, OTHER, TRUE = number(1), number(2), number(3)
OF_ONE = ("{line} on both 3 for 25", "{line} about til late", "shout {line} 2 for 15", "get to {line} quick")
OF_OTHER = ("{line} best in town ring now", "morning from {line}", "{line} light 5 for 40", "only {line} today")


async def lines_of(names: tuple[str, str], wordings: tuple[tuple[str, ...], tuple[str, ...]]) -> list[set[str]]:
    """Return the numbers of each line where one number follows the other within days, to the same customers."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place, (before, after) in enumerate(zip(*wordings, strict=True)):
        campaign(names[0], ONE, phones, range(place, 28, 4), before)
        campaign(names[1], OTHER, phones, range(30 + place, 60, 4), after)
    found = await linked(*phones)
    return sorted(({held.number for held in line.numbers} for line in found.lines), key=sorted)


@pytest.mark.parametrize("names", [("Sam", "Sammy"), ("Jay R", "Jay"), ("Max", "Maxi"), ("Rob", "Robbo")])
async def test_two_that_are_never_exchanged_are_two_lines_whatever_their_times_and_customers(
    names: tuple[str, str],
) -> None:
    shared = (OF_ONE, (OF_ONE[0], *OF_OTHER[:3]))
    assert await lines_of(names, (OF_ONE, OF_OTHER)) == [{ONE}, {OTHER}]
    assert await lines_of(names, shared) == [{ONE}, {OTHER}]


@pytest.mark.parametrize(
    ("names", "wordings"),
    [
        (("Sam", "Sammy"), (OF_ONE, (*OF_ONE[:3], OF_OTHER[0]))),
        (("Dezzy", "Dezzys"), (OF_ONE, (*OF_ONE[:1], *OF_OTHER[:3]))),
        (("Rocket", "Roccket"), (OF_ONE, (*OF_ONE[:2], *OF_OTHER[:2]))),
        (("Ricky", "Ricky2"), (OF_ONE, (*OF_ONE[:1], *OF_OTHER[:3]))),
        (("Sam", "Sam"), (OF_ONE, (*OF_ONE[:1], *OF_OTHER[:3]))),
    ],
    ids=["with most of its wordings", "owned", "stretched", "numbered", "one name"],
)
async def test_a_line_that_goes_on_under_a_longer_form_is_one(
    names: tuple[str, str], wordings: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert await lines_of(names, wordings) == [{ONE, OTHER}]


async def test_a_line_that_writes_its_name_both_ways_is_one() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place, (before, after) in enumerate(zip(OF_ONE, (*OF_ONE[:1], *OF_OTHER[:3]), strict=True)):
        campaign("Sammy" if place == 2 else "Sam", ONE, phones, range(place, 28, 4), before)
        campaign("Sammy", OTHER, phones, range(30 + place, 60, 4), after)
    found = await linked(*phones)
    assert [{held.number for held in line.numbers} for line in found.lines] == [{ONE, OTHER}]


@pytest.mark.parametrize("is_warned", [True, False])
async def test_a_number_that_a_line_calls_false_takes_over_from_no_other_by_its_name(*, is_warned: bool) -> None:
    """The number that fell silent had the name too, and no wording of it comes back."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    campaign("Sam", ONE, phones, range(0, 28, 4), OF_ONE[0])
    campaign("Sam", OTHER, phones, range(30, 60, 4), OF_OTHER[0])
    campaign("Sam", TRUE, phones, range(1, 60, 5), "{line} 24 7 gear is fire")
    span = Span(SpanKind.NUMBER, 0, 0, OTHER, OTHER, "test")
    warning = msgspec.structs.replace(offer("Sam", "only one {line} {number} is a clown"), spans=(span,))
    if is_warned:
        warning = msgspec.structs.replace(warning, rules=(RULE_WARNS,))
        for phone in phones:
            phone.text(TRUE, 33, warning, sent=False)
    found = await linked(*phones)
    joined = any({ONE, OTHER} <= {held.number for held in line.numbers} for line in found.lines)
    assert joined is not is_warned


async def test_what_an_imitator_calls_false_is_the_next_number_of_its_line() -> None:
    """He began when the line was known, and sends to some of its customers alone."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place, (before, after) in enumerate(zip(OF_ONE, OF_OTHER, strict=True)):
        campaign("Sam", ONE, phones, range(place, 20, 4), before)
        campaign("Sam", TRUE, phones, range(22 + place, 50, 4), after)
    campaign("Sam", OTHER, phones[:3], range(16, 50, 3), "{line} 24 7 gear is fire")
    is_new = msgspec.structs.replace(
        offer("Sam", "new number save it {line}"), number_change=NumberChange(NumberChangeRole.NEW, None, None)
    )
    for phone in phones:
        phone.text(TRUE, 22, is_new, sent=False)
    span = Span(SpanKind.NUMBER, 0, 0, TRUE, TRUE, "test")
    warning = msgspec.structs.replace(offer("Sam", "dont answer {number} its a fake {line}"), spans=(span,))
    for phone in phones[:3]:
        phone.text(OTHER, 27, msgspec.structs.replace(warning, rules=(RULE_WARNS,)), sent=False)
    found = await linked(*phones)
    assert any({ONE, TRUE} <= {held.number for held in line.numbers} for line in found.lines)
