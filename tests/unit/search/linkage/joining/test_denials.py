"""Numbers that a line denies without writing them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from nlp.changes.further_numbers import RULE_BESIDE
from parsers.records.findings import Span, SpanKind, TextFinding
from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, linked, moved_from, number, offer

LINE, OTHER, THIRD = number(1), number(2), number(3)
WORDINGS = ("{line} on both 3 for 25", "{line} flyin out", "ring {line} til late", "{line} got the best in town")
ALERT = "fake {line} alert block them this is the original"
ONLY = "{line} aint got no second phone whoever texted you is an imposter"


def phones_of_both(*, second: str = OTHER, count: int = 3) -> list[Phone]:
    """Return phones that get the same wordings from both numbers, of which the second begins three weeks later."""
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    for place, wording in enumerate(WORDINGS):
        campaign("Rico", LINE, phones, range(place, 60, 4), wording)
        campaign("Rico", second, phones, [day + 0.5 for day in range(21 + place, 50, 4)], wording)
    return phones


def say(phones: Sequence[Phone], sender: str, day: float, said: TextFinding | str) -> None:
    for phone in phones:
        phone.text(sender, day, offer("Rico", said) if isinstance(said, str) else said, sent=False)


def sets_of(linkage: Linkage) -> list[list[str]]:
    return sorted(sorted(held.number for held in line.numbers) for line in linkage.lines)


def beside(*numbers: str) -> TextFinding:
    spans = tuple(Span(SpanKind.NUMBER, 0, 0, held, held, "test") for held in numbers)
    return msgspec.structs.replace(offer("Rico", "{line} also on {number} use any"), spans=spans, rules=(RULE_BESIDE,))


async def test_without_a_word_two_numbers_of_the_same_wordings_and_people_are_one_line() -> None:
    assert sets_of(await linked(*phones_of_both())) == [[LINE, OTHER]]


@pytest.mark.parametrize("denial", [ALERT, ONLY])
async def test_what_the_known_number_denies_is_kept_apart_whatever_it_copies_and_it_is_said(denial: str) -> None:
    phones = phones_of_both()
    say(phones, LINE, 23.3, denial)
    linkage = await linked(*phones)
    assert sets_of(linkage) == [[LINE], [OTHER]]
    for line in linkage.lines:
        (said,) = [conflict for conflict in line.conflicts if "warns in 3 texts, first on " in conflict]
        assert said.startswith(f"{LINE} warns")
        assert f"while {OTHER} does" in said
        assert "See " in said.rpartition("in common. ")[2]


async def test_its_own_word_that_it_is_new_makes_no_succession_against_a_denial() -> None:
    phones = phones_of_both()
    say(phones, OTHER, 21.2, moved_from(LINE, "Rico"))
    say(phones, LINE, 23.3, ONLY)
    linkage = await linked(*phones)
    assert sets_of(linkage) == [[LINE], [OTHER]]
    assert not any(held.succeeds for line in linkage.lines for held in line.numbers)


@pytest.mark.parametrize(
    ("sender", "day"),
    [
        (LINE, 4.3),  # long before the other one began
        (LINE, 20.3),  # the day before: of somebody whom no phone shows
        (LINE, 41.3),  # weeks after it began
        (OTHER, 23.3),  # the later number says so of the earlier one
    ],
)
async def test_of_another_time_or_by_the_later_number_it_keeps_nothing_apart(sender: str, day: float) -> None:
    phones = phones_of_both()
    say(phones, sender, day, ALERT)
    assert sets_of(await linked(*phones)) == [[LINE, OTHER]]


async def test_a_line_that_warns_from_both_of_its_numbers_is_one() -> None:
    phones = phones_of_both()
    say(phones, LINE, 30.3, ALERT)
    say(phones, OTHER, 30.4, ALERT)
    assert sets_of(await linked(*phones)) == [[LINE, OTHER]]


async def test_the_number_that_it_told_of_itself_is_not_meant_but_the_third_one_is() -> None:
    phones = phones_of_both()
    say(phones, LINE, 21.3, beside(OTHER))
    for place, wording in enumerate(WORDINGS):
        campaign("Rico", THIRD, phones[:2], [day + 0.7 for day in range(28 + place, 55, 4)], wording)
    say(phones, LINE, 30.3, ALERT)
    assert sets_of(await linked(*phones)) == [[LINE, OTHER], [THIRD]]


async def test_of_two_that_nothing_tells_the_one_that_began_last_is_meant() -> None:
    phones = phones_of_both()
    for place, wording in enumerate(WORDINGS):
        campaign("Rico", THIRD, phones[:2], [day + 0.7 for day in range(28 + place, 55, 4)], wording)
    say(phones, LINE, 30.3, ALERT)
    assert [LINE, OTHER] in sets_of(await linked(*phones))


async def test_numbers_of_another_name_are_not_meant() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    for place, wording in enumerate(WORDINGS):
        campaign("Echo", LINE, phones, range(place, 60, 4), wording)
        campaign("Echo", OTHER, phones, [day + 0.5 for day in range(21 + place, 50, 4)], wording)
        campaign("Rico", THIRD, phones, range(place, 60, 5), wording.replace("{line}", "its {line}"))
    say(phones, THIRD, 23.3, ALERT)
    assert [LINE, OTHER] in sets_of(await linked(*phones))
