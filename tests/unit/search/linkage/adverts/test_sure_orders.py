"""Of a line of which the phones hold one or two adverts, who surely orders tells; of a friend nobody does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from search.linkage.adverts.ordering import PhoneList
from search.linkage.adverts.sure_orders import SURE_ORDER, sure_orders_of
from search.linkage.attribution.number_talk import Written
from search.linkage.model import TermKind
from search.linkage.number_use.spells import Spell
from tests.fakes.phones import Phone, finding, linked, number, offer

LINE = number(1)


def with_orders(orders: dict[int, list[str]], *, own: bool = False, adverts: int = 1) -> list[Phone]:
    """Return phones: one that got adverts, others that write to their sender; with ``own`` the sender's phone as well.

    Args:
        orders: What phones write, by their place; the phone at 0 is the one that got the adverts.
        own: The sender's phone is held, and sent its advert to two.
        adverts: How many the phone got, each in words of its own.
    """
    phones = {place: Phone(f"A/{place}", 100 + place) for place in {0, *orders}}
    for at in range(adverts):
        phones[0].text(LINE, 3 + at, offer("Ziggy", _WORDINGS[at]), sent=False)
    phones[0].text(LINE, 3.2, finding("ok 5 mins"), sent=False)
    for place, texts in orders.items():
        for at, text in enumerate(texts):
            phones[place].text(LINE, 3.1 + at, finding(text), sent=True)
            phones[place].text(LINE, 3.15 + at, finding(f"yep {place}"), sent=False)
    if own:
        phones[9] = Phone("A/9", 1)
        for place in (100, 300):
            phones[9].text(number(place), 3, offer("Ziggy", _WORDINGS[0]), sent=True)
    return list(phones.values())


ORDER = "can i get 2 pls"
_WORDINGS = ("{line} on both 3 for 25", "{line} about til 11")


@pytest.mark.parametrize(
    ("own", "adverts"), [(False, 2), (True, 1)], ids=["two adverts", "its phone is held, and another got it"]
)
async def test_two_who_order_make_a_line_of_two_adverts(own: bool, adverts: int) -> None:  # noqa: FBT001  # a case
    (line,) = (await linked(*with_orders({0: [ORDER], 1: [ORDER]}, own=own, adverts=adverts))).lines
    assert line.numbers[0].number == LINE
    (said,) = [term.sentence for term in line.evidence if term.kind is TermKind.ORDERS]
    assert said == (
        "2 parties, one of which got none of its adverts, wrote to it what surely reads like an order to a line."
    )


async def test_three_of_whom_two_got_none_are_told_apart() -> None:
    (line,) = (await linked(*with_orders({0: [ORDER], 1: [ORDER], 2: [ORDER]}))).lines
    (said,) = [term.sentence for term in line.evidence if term.kind is TermKind.ORDERS]
    assert said.startswith("3 parties, 2 of which got none of its adverts, wrote")


@pytest.mark.parametrize(
    "orders",
    [
        {0: [ORDER]},
        {0: [ORDER], 1: [ORDER]},
        {0: ["see you at home"], 1: ["ok love"]},
        {1: ["ok love"], 2: ["whats for tea"]},
    ],
    ids=["one pair of people", "two ask a friend", "talk", "talk of others"],
)
async def test_one_advert_is_no_line_where_two_order_or_fewer(orders: dict[int, list[str]]) -> None:
    assert (await linked(*with_orders(orders))).lines == ()


def test_what_is_counted_does_not_hang_on_the_order_of_sets() -> None:
    """Two phones of a line list one party with other texts: both are taken together, whichever is read first."""
    spell = cast("Spell", SimpleNamespace(place=0, sender=LINE, receiving=frozenset(), sending=("b", "a")))
    back = cast("Spell", SimpleNamespace(place=0, sender=LINE, receiving=frozenset(), sending=("a", "b")))
    lists = {
        ("a", LINE): PhoneList(frozenset(), frozenset(), {"p": Written(9, 0.1)}),
        ("b", LINE): PhoneList(frozenset(), frozenset(), {"p": Written(1, 0.97)}),
    }
    both = [sure_orders_of([each], lists, {0: ()}, {}) for each in (spell, back)]
    assert both[0] == both[1]
    assert both[0].parties == 1


async def test_an_order_among_very_many_texts_says_little() -> None:
    talk = [f"{ORDER} {place}" if place == 50 else f"see you at home {place}" for place in range(100)]
    assert (await linked(*with_orders({0: talk, 1: talk}))).lines == ()


async def test_the_words_of_a_customer_reach_the_score_in_this_test() -> None:
    assert finding(ORDER).order_score >= SURE_ORDER
