"""What goes between a phone and one party right before a text."""

from __future__ import annotations

import pytest

from search.contract import EdgeKind
from tests.fakes.phones import Phone, finding, number

OTHER = number(50)


def said(phone: Phone) -> list[tuple[str, str, str, str, int]]:
    edges = phone.collected().edges
    return [(e.key, e.role, e.other, e.label, e.count) for e in edges if e.kind == EdgeKind.ANNOUNCEMENT]


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
    ("question", "answer", "is_advert"),
    [
        ("is this AJ North?", "yh its Vegas now", False),
        ("who's this sorry?", "its Vegas", False),
        ("who's this sorry?", "Vegas on now both out", True),
        ("nice one", "yh its Vegas now", True),
    ],
)
def test_what_says_who_one_is_when_asked_is_no_broadcast(question: str, answer: str, is_advert: bool) -> None:  # noqa: FBT001
    collected = asks(question, answer).collected()
    assert [flare.direction for flare in collected.flares] == ["received"] * is_advert
