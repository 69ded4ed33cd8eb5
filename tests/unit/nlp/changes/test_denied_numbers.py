"""Texts that deny that their number is that of whom somebody asks for."""

from __future__ import annotations

import pytest

from nlp.changes.denied_numbers import denied_in, settles


@pytest.mark.parametrize(
    "text",
    [
        "you have the wrong person",
        "WRONG NUMBER \N{THUMBS UP SIGN}",
        "no sorry, wrong number love",
        "I just got this number, stop texting",
        "sorry who is this? i only got this sim last week",
        "not him mate he must of changed it, i only got this phone saturday",
        "please stop texting, this isn\N{RIGHT SINGLE QUOTATION MARK}t who you think",
        "for the 5th time its not him!! its my phone now",
        "rhif anghywir, dwi ddim yn nabod neb o'r enw na",
    ],
)
def test_it_is_a_wrong_number_whoever_is_asked_for(text: str) -> None:
    assert denied_in(text) == ""


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("no Rico here", "rico"),
        ("who's this? dont know no rico", "rico"),
        ("not leeds mo, never heard of them", "them / leeds mo"),
        ("this is not costa the dealer", "costa the dealer"),
    ],
)
def test_somebody_is_not_there_or_not_known(text: str, who: str) -> None:
    assert denied_in(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "this aint Rico its his brother",
        "Rico is asleep, dont know him, its his mrs",
        "is this the wrong number?",
        "have i got the wrong number",
        "sorry i texted the wrong number",
        "did u give me the wrong number",
        "yh just got this phone today wat u need",
        "just got this number save it",
        "new phone who is this",
        "wrong number, ring 07700 900123",
        "no luck here, ring the other phone",
        "dont know, its Vegas now same lads",
        "this is my new number",
        "stop texting just ring. Lexi til 11.30",
        "wrong number, this phone is held by police",
        # of a line, to its customers
        "im not far. Rico",
        "dont know where that is send postcode. Rico",
        "Rico. dont know how long, feds about",
        "no white here only brown",
        "Rico: no white here til 6",
        "this aint rico, its dex, 5 min",
        "no rico here its Dex on the phone",
        "i dont know rico but im on",
        "rico here just got this phone whos this",
        "wrong number lol",
        "Wrong number! only joking. Be there in 5",
        "wrong number on the door its 14",
        "wrong number of bags",
        "wrong lad came out",
        "wrong phone hold on",
        "not who u want to mess with",
        "dont know Kent well mate send pin",
    ],
)
def test_who_asks_stands_in_serves_or_tells_his_new_number_denies_nothing(text: str) -> None:
    assert denied_in(text) is None


def test_politeness_alone_settles_what_was_denied() -> None:
    for text in ("no worries", "its ok mate", "dont worry about it x", "No probs!", "np", "ok thanks bye"):
        assert settles(text), text
    for text in ("ok 5 mins", "im about", "lol", "no worries come to the shop", "", "yeah what u after"):
        assert not settles(text), text


def test_a_number_that_is_said_to_be_wrong_is_denied_though_the_text_agrees() -> None:
    assert denied_in("yeah sorry wrong number mate") == ""
    assert denied_in("yh just got this phone whos this") is None
