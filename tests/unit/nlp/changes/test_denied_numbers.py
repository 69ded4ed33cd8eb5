"""Texts that deny that their number is that of whom somebody asks for."""

from __future__ import annotations

import pytest

from nlp.changes.denied_numbers import Denial, denied_in


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
    assert denied_in(text) is Denial.WRONG_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "no Rico here",
        "who's this? dont know no rico",
        "not leeds mo, never heard of them",
        "this is not costa the dealer",
    ],
)
def test_somebody_is_not_there_or_not_known(text: str) -> None:
    assert denied_in(text) is Denial.NOT_THERE


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
    ],
)
def test_who_asks_stands_in_serves_or_tells_his_new_number_denies_nothing(text: str) -> None:
    assert denied_in(text) is None
