"""Of a line of which the phones hold one or two adverts, who surely orders tells; of a friend nobody does."""

from __future__ import annotations

import pytest

from search.linkage.adverts.sure_orders import SURE_ORDER
from search.linkage.model import TermKind
from tests.fakes.phones import Phone, finding, linked, number, offer

LINE = number(1)


def with_orders(orders: dict[int, list[str]], *, own: bool = False) -> list[Phone]:
    """Return phones: one that got an advert, others that write to its sender; with ``own`` the sender's phone as well.

    Args:
        orders: What phones write, by their place; the phone at 0 is the one that got the advert.
        own: The sender's phone is held, and sent its advert to two.
    """
    phones = {place: Phone(f"A/{place}", 100 + place) for place in {0, *orders}}
    phones[0].text(LINE, 3, offer("Ziggy"), sent=False)
    phones[0].text(LINE, 3.2, finding("ok 5 mins"), sent=False)
    for place, texts in orders.items():
        for at, text in enumerate(texts):
            phones[place].text(LINE, 3.1 + at, finding(text), sent=True)
            phones[place].text(LINE, 3.15 + at, finding(f"yep {place}"), sent=False)
    if own:
        phones[9] = Phone("A/9", 1)
        for place in (100, 300):
            phones[9].text(number(place), 3, offer("Ziggy"), sent=True)
    return list(phones.values())


ORDER = "can i get 2 pls"


@pytest.mark.parametrize("own", [False, True], ids=["its phone is not held", "its phone is held"])
async def test_two_who_order_make_a_line_of_one_advert(own: bool) -> None:  # noqa: FBT001  # a case
    (line,) = (await linked(*with_orders({0: [ORDER], 1: [ORDER]}, own=own))).lines
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
    [{0: [ORDER]}, {0: ["see you at home"], 1: ["ok love"]}, {1: ["ok love"], 2: ["whats for tea"]}],
    ids=["one pair of people", "talk", "talk of others"],
)
async def test_one_advert_is_no_line_where_one_orders_or_none(orders: dict[int, list[str]]) -> None:
    assert (await linked(*with_orders(orders))).lines == ()


async def test_an_order_among_very_many_texts_says_little() -> None:
    talk = [f"{ORDER} {place}" if place == 50 else f"see you at home {place}" for place in range(100)]
    assert (await linked(*with_orders({0: talk, 1: talk}))).lines == ()


async def test_the_words_of_a_customer_reach_the_score_in_this_test() -> None:
    assert finding(ORDER).order_score >= SURE_ORDER
