"""Whom a phone, or who wrote to it, told that this is not the number of whom he asks for."""

from __future__ import annotations

from search.contract import EdgeKind
from search.linkage.extraction.denials import Told, told_in
from search.linkage.keys import AnnouncedFrom
from tests.fakes.phones import Phone, finding, instant, number

ASKING = number(401)


def denials(phone: Phone) -> list[tuple[str, Told, str | None]]:
    """Return who denied it, what and when."""
    return [
        (edge.other, told_in(edge.label), edge.first_at)
        for edge in phone.collected().edges
        if edge.kind is EdgeKind.ANNOUNCEMENT and edge.role == AnnouncedFrom.DENIED
    ]


def asked(*, after_days: float = 0.01, answer: str = "wrong number mate") -> Phone:
    phone = Phone("B/1", 1)
    phone.text(ASKING, 3, finding("this still Zeds number?"), sent=False)
    phone.text(ASKING, 3 + after_days, finding(answer), sent=True)
    return phone


def test_the_words_of_whoever_asks_are_kept_and_whom_it_was_told() -> None:
    assert denials(asked()) == [(number(1), Told(ASKING, ("this", "still", "zeds", "number"), ()), instant(3.01))]


def test_what_came_days_before_is_not_what_is_answered() -> None:
    assert denials(asked(after_days=2)) == []


def test_who_only_says_that_somebody_is_not_there_says_who() -> None:
    assert denials(asked(answer="no Zed here m8")) == [(number(1), Told(ASKING, (), ("zed",)), instant(3.01))]


def test_what_a_phone_is_told_itself_is_nobodys() -> None:
    phone = Phone("A/1", 101)
    phone.text(number(1), 3, finding("Zed u on"), sent=True)
    phone.text(number(1), 3.01, finding("wrong number mate"), sent=False)
    assert denials(phone) == []


def test_a_text_to_several_tells_nobody_so() -> None:
    phone = Phone("B/1", 1)
    phone.text([ASKING, number(402)], 3, finding("wrong number mate"), sent=True)
    assert denials(phone) == []


def test_what_closes_a_denial_settles_it_and_any_other_text_does_not() -> None:
    for closes, told in (("no worries", 2), ("yeah wrong number sorry", 2), ("ok 5 mins", 1), ("lol", 1)):
        phone = asked()
        phone.text(ASKING, 3.011, finding("o right"), sent=False)
        phone.text(ASKING, 3.012, finding(closes), sent=True)
        assert len(denials(phone)) == told, closes


def test_who_was_told_nothing_is_told_nothing_by_politeness() -> None:
    assert denials(asked(answer="no worries")) == []


def served(*texts: tuple[str, bool]) -> int:
    """Return how many orders were answered with something else, of texts a minute apart."""
    phone = Phone("B/1", 1)
    for place, (said, sent) in enumerate(texts):
        phone.text(ASKING, 3 + place / 1440, finding(said), sent=sent)
    edges = phone.collected().edges
    return sum(edge.count for edge in edges if edge.role == AnnouncedFrom.SERVED)


def test_each_order_that_is_answered_is_served_once() -> None:
    order, answer = ("can i get 2", False), ("5 mins", True)
    assert served(order, answer, ("by the shop", True)) == 1
    assert served(order, answer, order, answer) == 2


def test_who_is_told_that_the_number_is_wrong_is_served_only_when_he_orders_again() -> None:
    order, denial = ("can i get 2", False), ("wrong number mate", True)
    assert served(order, denial, ("dont text again", True)) == 0
    assert served(order, denial, order, ("5 mins", True)) == 1
