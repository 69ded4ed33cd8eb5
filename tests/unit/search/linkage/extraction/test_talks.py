"""What goes between a phone and one party right before a text."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.facts import Message
from parsers.records.findings import Span, SpanKind
from parsers.records.values import Party
from search.contract import EdgeKind
from search.linkage.keys import AnnouncedFrom, Role
from tests.fakes.phones import Phone, campaign, finding, linked, moved_to, number

OTHER = number(50)


def said(phone: Phone) -> list[tuple[str, str, str, str, int]]:
    edges = phone.collected().edges
    told = [e for e in edges if e.kind == EdgeKind.ANNOUNCEMENT and e.role != AnnouncedFrom.DENIED]
    return [(e.key, e.role, e.other, e.label, e.count) for e in told]


def asks(question: str, answer: str, *, after: float = 0.2, by_phone: bool = True) -> Phone:
    """Return a phone that puts a question, or is put it, with what comes back after so many days."""
    phone = Phone("A/1", 1)
    phone.text(OTHER, 1, finding(question), sent=by_phone)
    phone.text(OTHER, 1 + after, finding(answer, line="Vegas", advert=True), sent=not by_phone)
    return phone


@pytest.mark.parametrize(("by_phone", "asked"), [(True, OTHER), (False, number(1))])
def test_a_yes_stands_under_who_said_it_on_either_phone(by_phone: bool, asked: str) -> None:  # noqa: FBT001
    phone = asks("is this AJ North?", "yh its Vegas now", by_phone=by_phone)
    assert said(phone) == [("unknown", "asked", asked, "aj north", 1)]


def test_of_a_number_the_number_is_noted() -> None:
    phone = asks("same people as 07700 900051?", "yh")
    assert said(phone) == [(number(51), "asked", OTHER, "", 1)]


def test_a_day_later_it_answers_nothing() -> None:
    assert said(asks("is this AJ North?", "yh its Vegas now", after=1.5)) == []


@pytest.mark.parametrize(
    "answer", ["its Vegas", "just landed best of both", "its Vegas back on", "Yes people Vegas on"]
)
def test_an_advert_is_no_answer_to_who_one_is_when_it_comes_hours_later(answer: str) -> None:
    collected = asks("who's this sorry?", answer).collected()
    assert [flare.direction for flare in collected.flares] == ["received"]


@pytest.mark.parametrize(("before", "is_answer"), [((), True), (("20 mins",), False)])
def test_a_name_is_an_answer_to_who_one_is_until_something_else_is(before: tuple[str, ...], is_answer: bool) -> None:  # noqa: FBT001
    phone = Phone("A/1", 1)
    phone.text(OTHER, 0.5, finding("Vegas on, best of both", line="Vegas", advert=True), sent=False)
    phone.text(OTHER, 1, finding("who's this sorry?"), sent=True)
    for body in before:
        phone.text(OTHER, 1.1, finding(body), sent=False)
    phone.text(OTHER, 1.2, msgspec.structs.replace(finding("its Vegas"), advert_score=0.4), sent=False)
    roles = {edge.role for edge in phone.collected().edges if edge.kind in {EdgeKind.TALK, EdgeKind.WORDING}}
    assert (Role.RECEIVED_ANSWER in roles) is is_answer


def talks(*texts: tuple[str | list[str], float | None, str, bool]) -> Phone:
    """Return a phone with texts: whose, on which day, what, and whether the phone sent it."""
    phone = Phone("A/1", 1)
    for other, day, body, is_sent in texts:
        phone.text(other, day, finding(body), sent=is_sent)
    return phone


@pytest.mark.parametrize("first", ["no wrong number", "nope", "who wants to know", "20 mins"])
def test_the_first_answer_that_is_no_yes_closes_the_question(first: str) -> None:
    texts = ((OTHER, 1, "is this AJ North?", True), (OTHER, 1.1, first, False), (OTHER, 1.8, "yes", False))
    assert said(talks(*texts)) == []


def test_who_asks_back_who_is_meant_may_still_say_yes() -> None:
    texts = ((OTHER, 1, "is this AJ North?", True), (OTHER, 1.1, "who?", False), (OTHER, 1.2, "yes", False))
    assert len(said(talks(*texts))) == 1


def test_a_text_of_which_nobody_knows_when_it_went_closes_the_question() -> None:
    texts = ((OTHER, 1, "is this AJ North?", True), (OTHER, None, "no its not", False), (OTHER, 1.8, "yes m8", False))
    assert said(talks(*texts)) == []


def test_what_several_hear_answers_nothing_and_asks_nothing() -> None:
    several = [OTHER, number(51), number(52)]
    assert said(talks((several, 1, "is this AJ North?", True), (OTHER, 1.1, "yh", False))) == []
    phone = talks((OTHER, 1, "is this AJ North?", True), (OTHER, 1.1, "yh", False))
    answer, found = phone.rows[-1]
    assert isinstance(answer, Message)
    to = (*answer.to, *(Party(raw=each, e164=each) for each in several[1:]))
    phone.rows[-1] = (msgspec.structs.replace(answer, to=to), found)
    assert said(phone) == []


@pytest.mark.parametrize(
    ("score", "line", "minutes", "is_answer"),
    [(0.81, None, 8, True), (0.81, None, 11, False), (0.95, None, 8, False), (0.81, "Rico", 8, False)],
)
def test_what_bears_no_name_is_an_answer_minutes_later_too(
    score: float,
    line: str | None,
    minutes: int,
    is_answer: bool,  # noqa: FBT001
) -> None:
    phone = talks((OTHER, 1, "any chance of a bday one haha", True))
    said = finding("haha go on then one free with 2", line=line, advert=True)
    phone.text(OTHER, 1 + minutes / 1440, msgspec.structs.replace(said, advert_score=score), sent=False)
    assert (not phone.collected().flares) is is_answer


def test_a_change_of_number_that_comes_minutes_later_is_no_answer() -> None:
    phone = talks((OTHER, 1, "any chance of a bday one haha", True))
    told = msgspec.structs.replace(moved_to(number(51)), is_advert=True, advert_score=0.81)
    phone.text(OTHER, 1 + 8 / 1440, told, sent=False)
    assert phone.collected().flares


@pytest.mark.parametrize(
    ("body", "is_answer"),
    [
        ("sorry go the skate park, ring when ur there", True),
        ("go on then 1 free wiv 2 but only today", True),
        ("GONE OFF. BATTERY. BACK AT 6", False),
        ("Sorry about yesterdays wait folks, first one this morning is on me", False),
        ("drop us 3 numbers of ppl who use an u get a free white", False),
        ("only til they go on then its 2 for 15", False),
    ],
)
def test_minutes_later_only_what_speaks_to_one_is_an_answer(body: str, is_answer: bool) -> None:  # noqa: FBT001
    phone = talks((OTHER, 1, "u about can i get 2 n 1", True))
    said = msgspec.structs.replace(finding(body, advert=True), advert_score=0.84)
    phone.text(OTHER, 1 + 6 / 1440, said, sent=False)
    assert (not phone.collected().flares) is is_answer


@pytest.mark.parametrize(
    ("body", "score", "minutes", "is_answer"),
    [
        ("walk to the canal bridge he will see u", 0.31, 8, True),
        ("stand by the canal bridge mate", 0.5, 6, True),
        ("walk to the canal bridge he will see u", 0.31, 11, False),
        ("back on in a bit ring then lads", 0.6, 6, False),
        ("no b only w right now", 0.57, 7, True),
        ("full today sorry tomorrow 9", 0.63, 8, True),
        ("6.50 each", 0.71, 6, True),
        ("30 each", 0.85, 8, True),
        ("30 each", 0.85, 11, False),
        ("no light only dark today", 0.83, 8, False),
        ("3 for 25", 0.95, 8, False),
        ("10s and 20s all day lads", 0.85, 8, False),
        ("no b only w ring before 9 lads", 0.6, 8, False),
    ],
)
def test_minutes_later_what_is_no_sure_advert_or_a_price_alone_is_an_answer(
    body: str,
    score: float,
    minutes: int,
    is_answer: bool,  # noqa: FBT001
) -> None:
    phone = talks((OTHER, 1, "can i get 2 white pls", True))
    spans = (Span(SpanKind.PRICE, 0, len(body), body, body, "test"),) if body[0].isdigit() else ()
    said = msgspec.structs.replace(finding(body, advert=score >= 0.5), advert_score=score, spans=spans)
    phone.text(OTHER, 1 + minutes / 1440, said, sent=False)
    roles = {edge.role for edge in phone.collected().edges if edge.kind in {EdgeKind.TALK, EdgeKind.WORDING}}
    assert (Role.RECEIVED_ANSWER in roles) is is_answer


@pytest.mark.parametrize(("text", "score"), [("back at it from six tonight", 0.52), ("no b only w right now", 0.57)])
@pytest.mark.parametrize(("unasked", "flares"), [((), 0), ((1, 2, 3), 4)])
async def test_what_is_no_sure_advert_is_kept_where_others_have_it_unasked(
    text: str, score: float, unasked: tuple[int, ...], flares: int
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    campaign("Rico", OTHER, phones, [1, 3, 5, 9])
    phones[0].text(OTHER, 7, finding("u on?"), sent=True)
    body = msgspec.structs.replace(finding(text, advert=True), advert_score=score)
    for place in (0, *unasked):
        phones[place].text(OTHER, 7 + (8 + place) / 1440, body, sent=False)
    linkage = await linked(*phones)
    assert sum(each.flare.template_id == body.template_id for each in linkage.flares) == flares


async def test_a_line_that_only_sends_minutes_after_it_is_written_to_is_found() -> None:
    bodies = ("GONE OFF. BATTERY. BACK AT 6 LADS", "Sunday special 6 for 50 all day", "2 FOR 15 TODAY ONLY LADS")
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, phone in enumerate(phones):
        phone.save(OTHER, "Rico")
        for day, body in enumerate(bodies * 2):
            said = msgspec.structs.replace(finding(body, template=f"{{deal}} {body}", advert=True), advert_score=0.86)
            phone.text(OTHER, day + 1, finding("u about can i get 2 n 1"), sent=True)
            phone.text(OTHER, day + 1 + (6 + place / 10) / 1440, said, sent=False)
    linkage = await linked(*phones)
    assert len(linkage.lines) == 1
    assert len(linkage.links) == 6
