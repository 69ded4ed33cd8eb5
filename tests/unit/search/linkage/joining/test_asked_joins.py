"""A number that says yes to who asks whether it is whom he knows by another name or number."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, number, predecessors

OLD, NEW, FRIEND = number(1), number(2), number(80)
EARLIER = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")
LATER = ("{line} got the loud come quick", "{line} new batch, shout", "best in town from {line}")


async def asked(
    *talk: tuple[str, str], of: str = NEW, until: int = 21, by: int = 0, later: str = "Vegas", at: float = 23.5
) -> Linkage:
    """Return the linkage of four customers of ``Nixon`` and then of ``Vegas``, of whom one asks.

    Args:
        talk: What he asks and what he is told.
        of: Whom he asks.
        until: On which day the earlier number sent last.
        by: Which customer asks; behind the last one somebody who got nothing of the earlier number.
        later: The name of the later number.
        at: On which day he asks.
    """
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place, wording in enumerate(EARLIER):
        campaign("Nixon", OLD, phones[:4], range(place, until, 3), wording)
    for place, wording in enumerate(LATER):
        campaign(later, NEW, phones, range(22 + place, 50, 3), wording)
    for question, answer in talk:
        phones[by].text(of, at, finding(question), sent=True)
        phones[by].text(of, at + 0.1, finding(answer), sent=False)
    return await linked(*phones)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is this Nixon?", "yh its Vegas now"),
        ("Nixon is that u?", "yeah we Vegas now same lads"),
        ("u the Nixon lot?", "was Nixon, call it Vegas"),
        ("is this same people as 07700 900001", "yep wat u need"),
    ],
)
async def test_a_yes_joins_the_number_that_fell_silent(question: str, answer: str) -> None:
    assert predecessors(await asked((question, answer))) == {OLD: None, NEW: OLD}


@pytest.mark.parametrize("answer", ["no", "who?", "wrong number", "its Vegas", "10 mins"])
async def test_what_is_no_yes_joins_nothing(answer: str) -> None:
    assert len((await asked(("is this Nixon?", answer))).lines) == 2


async def test_a_friend_who_is_asked_is_no_number_of_the_line() -> None:
    linkage = await asked(("is this Nixon?", "yh its me"), of=FRIEND)
    assert len(linkage.lines) == 2
    assert all(FRIEND not in {held.number for held in line.numbers} for line in linkage.lines)


async def test_a_name_that_no_line_had_joins_nothing() -> None:
    assert len((await asked(("is this Marlow?", "yh"))).lines) == 2


async def test_who_says_so_while_the_other_goes_on_may_imitate_it() -> None:
    assert len((await asked(("is this Nixon?", "yh its Vegas now"), until=45)).lines) == 2


async def test_who_got_nothing_of_a_line_does_not_know_its_name_from_it() -> None:
    assert len((await asked(("is this Nixon?", "yh"), by=4)).lines) == 2


async def test_a_text_in_between_closes_the_question() -> None:
    phones_talk = (("is this Nixon?", "not now"), ("u about", "yh"))
    assert len((await asked(*phones_talk)).lines) == 2


async def test_a_number_is_no_common_word_so_that_one_advert_of_each_is_enough() -> None:
    one, other = Phone("A/1", 101), Phone("A/2", 102)
    campaign("Nixon", OLD, [one], [1])
    campaign("Vegas", NEW, [other], [20])
    for phone, line in ((one, OLD), (one, NEW), (other, NEW)):
        for day in (2, 3, 21, 22):
            if (day < 20) == (line == OLD):
                phone.text(line, day, finding(f"can i get {day}"), sent=True)
    assert predecessors(await linked(one, other)).get(NEW) is None
    one.text(NEW, 17, finding("is this same people as 07700900001"), sent=True)
    one.text(NEW, 17.1, finding("yep wat u need"), sent=False)
    assert predecessors(await linked(one, other)) == {OLD: None, NEW: OLD}


@pytest.mark.parametrize(
    ("line", "question", "answer"),
    [("Blue", "is this blue cheese?", "yes"), ("North", "is this AJ North?", "yh"), ("Lemon", "is it Lemon?", "yes")],
)
async def test_a_name_is_all_that_is_asked_for(line: str, question: str, answer: str) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place, wording in enumerate(EARLIER):
        campaign(line, OLD, phones[:4], range(place, 21, 3), wording)
    for place, wording in enumerate(LATER):
        campaign("Vegas", NEW, phones, range(22 + place, 50, 3), wording)
    phones[0].text(NEW, 23.5, finding(question), sent=True)
    phones[0].text(NEW, 23.6, finding(answer), sent=False)
    assert len((await linked(*phones)).lines) == 2


async def test_a_number_that_is_told_of_joins_nothing() -> None:
    assert len((await asked(("is that vegas? 07700900001 owes me", "yeah"))).lines) == 2


@pytest.mark.parametrize(("askers", "lines"), [(1, 2), (2, 1)])
async def test_of_more_than_a_name_two_phones_must_ask(askers: int, lines: int) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    for place, wording in enumerate(EARLIER):
        campaign("North", OLD, phones[:4], range(place, 21, 3), wording)
    for place, wording in enumerate(LATER):
        campaign("Vegas", NEW, phones, range(22 + place, 50, 3), wording)
    for phone in phones[:askers]:
        phone.text(NEW, 23.5, finding("is this AJ North?"), sent=True)
        phone.text(NEW, 23.6, finding("yh its Vegas now"), sent=False)
    assert len((await linked(*phones)).lines) == lines
