"""A number that stands in a line's text, of which it is not read whether it is new: it joins no two by itself."""

from __future__ import annotations

import msgspec

from nlp.changes.imitators import RULE_WARNS
from parsers.records.findings import Span, SpanKind, TextFinding
from search.contract import EdgeKind
from tests.fakes.phones import Phone, campaign, finding, linked, number, offer

LINE, NEXT = number(1), number(2)
FIRST, SECOND = "got both in come round", "fat ones parked by the shops"


def writing(other: str, score: float = 0.4) -> TextFinding:
    """Return a text with a number in it, of which the analysis does not say what it is."""
    said = finding(f"get me on {other} same as always", template="get me on {number} same as always")
    return msgspec.structs.replace(said, spans=(Span(SpanKind.NUMBER, 0, 0, other, other, "test"),), advert_score=score)


def customers(count: int) -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(count)]
    for phone in phones:
        phone.text(LINE, 3.5, finding("u on"), sent=True)
        phone.text(NEXT, 43.5, finding("u on"), sent=True)
    return phones


def nameless(phones: list[Phone], sender: str, start: float, *wordings: str) -> None:
    for day, wording in enumerate(wordings * 3):
        for phone in phones:
            phone.text(sender, start + day, finding(wording, advert=True), sent=False)


async def test_a_number_that_the_line_wrote_before_it_fell_silent_is_its_next_one() -> None:
    phones = customers(3)
    nameless(phones, LINE, 0, FIRST, "quick ones only")
    nameless(phones, NEXT, 14, FIRST, "two for one all night")
    assert len((await linked(*phones)).lines) == 2
    for phone in phones:
        phone.text(LINE, 12, writing(NEXT), sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number: held.succeeds for held in line.numbers} == {LINE: None, NEXT: LINE}
    (join,) = line.joins
    assert "holds the number of the other" in join.sentence


async def test_a_number_that_the_line_warns_of_while_both_go_on_stays_apart() -> None:
    phones = customers(3)
    campaign("Rico", LINE, phones, range(0, 40, 3), "{line} on both 3 for 25")
    campaign("Rico", NEXT, phones, range(10, 36, 3), "{line} about best of both ring now")
    for phone in phones:
        phone.text(LINE, 20, writing(NEXT), sent=False)
    assert len((await linked(*phones)).lines) == 2


def test_numbers_in_ordinary_talk_are_not_kept() -> None:
    phone = Phone("A/1", 1)
    phone.text(LINE, 1, writing(NEXT), sent=False)
    phone.text(LINE, 2, writing(number(3), score=0.01), sent=False)
    phone.text(LINE, 3, writing(LINE), sent=False)
    phone.text(LINE, 4, offer("Rico", SECOND), sent=False)
    kept = [edge for edge in phone.collected().edges if edge.kind is EdgeKind.ANNOUNCEMENT]
    assert [(edge.key, edge.role, edge.other) for edge in kept] == [(LINE, "unclear", NEXT)]


def warning(other: str) -> TextFinding:
    """Return a text that warns of whoever sends from a number."""
    return msgspec.structs.replace(writing(other), rules=(RULE_WARNS,))


async def test_a_number_of_whose_sender_the_line_warns_is_no_number_of_it() -> None:
    phones = customers(3)
    nameless(phones, LINE, 0, FIRST, "quick ones only")
    nameless(phones, NEXT, 14, FIRST, "two for one all night")
    for phone in phones:
        phone.text(LINE, 12, warning(NEXT), sent=False)
    one, other = (await linked(*phones)).lines
    said = f"{LINE} warns in 3 texts of whoever sends from {NEXT}: the two are not taken for one line."
    assert said in one.conflicts
    assert said in other.conflicts


async def test_a_number_that_the_line_lost_is_its_own_though_it_warns_of_whoever_has_it() -> None:
    phones = customers(3)
    campaign("Rico", LINE, phones, range(10), "{line} on both 3 for 25")
    campaign("Rico", NEXT, phones, range(12, 22), "{line} on both 3 for 25")
    for phone in phones:
        phone.text(NEXT, 13, warning(LINE), sent=False)
    (line,) = (await linked(*phones)).lines
    assert {held.number for held in line.numbers} == {LINE, NEXT}
