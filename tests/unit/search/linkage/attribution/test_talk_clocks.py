"""A phone that got no advert and whose clock was wrong: what it told other phones held dates it."""

from __future__ import annotations

import pytest

from search.linkage.model import Linkage
from tests.fakes.phones import Phone, campaign, finding, linked, members, number, offer, the_line

LINE, RUNNER, FRIEND = number(1), number(150), number(160)
TALK = ((3.1, True), (4.7, False), (9.3, True), (17.9, False), (21.2, True))
"""Day of each text between the runner and the line, and whether the runner sent it."""


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, phones, range(30))
    return phones


def line_phone() -> Phone:
    """Return the line's own phone, which sent its adverts and talks with the runner."""
    phone = Phone("L/1", 1)
    for day in range(8):
        for place in range(15):
            phone.text(number(101 + place), day + place / 10_000, offer("Rico"), sent=True)
    for day, from_runner in TALK:
        phone.text(RUNNER, day + 1 / 86_400, finding(f"said {day}"), sent=not from_runner)
    return phone


def runner(shift: float) -> Phone:
    phone = Phone("R/1", 150)
    for day, from_runner in TALK:
        phone.text(LINE, day + shift, finding(f"said {day}"), sent=from_runner)
    return phone


def friend(shift: float, *, phone: Phone) -> Phone:
    """Return a friend's phone; what it says to the runner and gets back stands on that phone too."""
    own = Phone("F/1", 160)
    for place, day in enumerate((2.2, 6.3, 11.4, 19.6)):
        said = finding(f"mate {day}")
        own.text(RUNNER, day, said, sent=bool(place % 2))
        phone.text(FRIEND, day + shift + 1 / 86_400, said, sent=not place % 2)
    return own


def clocks_named(linkage: Linkage) -> list[str]:
    return sorted({reason for each in linkage.traffic for reason in each.reasons if reason.startswith("The clock of")})


@pytest.mark.parametrize("shift", [-731.3, 400.2])
async def test_a_runners_phone_with_a_wrong_clock_is_a_contact_of_the_line(shift: float) -> None:
    linkage = await linked(*customers(), line_phone(), runner(shift))
    line = the_line(linkage, "Rico")
    assert "R/1" in members(line)
    (said,) = clocks_named(linkage)
    assert said.startswith(
        f"The clock of R/1 (case OP/1) was {'731 days and 7' if shift < 0 else '400 days and 5'} hours"
    )
    assert "4 of 4 first and last texts and calls with other phones held" in said
    assert said in line.caveats


async def test_one_whose_talk_with_a_friend_shows_that_its_clock_is_right_is_none() -> None:
    phone = runner(-731.3)
    linkage = await linked(*customers(), line_phone(), friend(0.0, phone=phone), phone)
    assert "R/1" not in members(the_line(linkage, "Rico"))
    assert clocks_named(linkage) == []


async def test_a_friends_phone_alone_does_not_tell_which_of_the_two_is_wrong() -> None:
    phone = runner(-731.3)
    linkage = await linked(*customers(), friend(-731.3, phone=phone), phone)
    assert clocks_named(linkage) == []


async def test_two_phones_that_agree_do_though_the_lines_own_was_never_seized() -> None:
    phone = runner(-731.3)
    others = [friend(-731.3, phone=phone), Phone("F/2", 161)]
    for place, day in enumerate((5.2, 8.3, 13.4, 18.6)):
        said = finding(f"bruv {day}")
        others[1].text(RUNNER, day, said, sent=bool(place % 2))
        phone.text(number(161), day - 731.3, said, sent=not place % 2)
    linkage = await linked(*customers(), *others, phone)
    assert "R/1" in members(the_line(linkage, "Rico"))
    assert "on 2 phones" in clocks_named(linkage)[0]
