"""Questions of who somebody is, and what is a yes to them."""

from __future__ import annotations

import pytest

from nlp.changes.asked_names import Asked, asked_in, is_bare_who, is_yes, tells_who

RICO = Asked(("rico",), (), is_same=True)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("is this the same people as Rico?", "rico"),
        ("same lads as Rico?", "rico"),
        ("is this Rico", "rico"),
        ("Yo is that still Rico or what", "rico"),
        ("how come u got my number is this Big Rico", "big rico"),
        ("Rico is that u?", "rico"),
        ("is that you Rico?", "rico"),
        ("u the Rico lot?", "rico"),
        ("are u Rico's lads?", "rico"),
        ("r u Rico", "rico"),
        ("this Rico yeah?", "rico"),
        ("who is this? Rico yeah?", "rico"),
        ("did u used to be Rico?", "rico"),
        ("wasnt this Rico before", "rico"),
    ],
)
def test_a_question_names_whom_one_knows(body: str, name: str) -> None:
    assert asked_in(body) == Asked((name,), (), is_same=True)


def test_a_question_gives_the_number_that_one_knows() -> None:
    assert asked_in("is this same people as 07700 900123") == Asked((), ("07700 900123",), is_same=True)


@pytest.mark.parametrize(
    "body",
    [
        *("is that Rico? 07700 900123 owes me", "is this Rico? cant get hold of 07700900123"),
        "is that Rico? 07700 900123 gave me this number",
    ],
)
def test_a_number_that_stands_elsewhere_is_not_asked_for(body: str) -> None:
    assert asked_in(body) == Asked(("rico",), (), is_same=True)


@pytest.mark.parametrize("body", ["who's this sorry?", "who dis", "new phone who is this", "sorry who are you"])
def test_who_one_is_may_be_asked_without_a_name(body: str) -> None:
    assert asked_in(body) == Asked()


@pytest.mark.parametrize(
    "body",
    [
        *("u on?", "u about mate", "is it the good one", "is this off now", "r u coming", "are u still open"),
        *("is that ok", "u there??", "is it late?", "can i get 2", "is that alright bro", "u in the car?"),
        *(
            "u with Rico?",
            "are you with Rico?",
            "is it Sunny?",
            "is it blue cheese?",
            "was that the bill?",
            "is it Friday",
        ),
        *("is that the bill?", "is that friday?", "is it Happy hour?", "who wants 2 for 15"),
        *("is this the same people as Fade barbers?", "same again pls", "is that Mario's pizza?"),
    ],
)
def test_other_questions_and_those_put_to_a_shop_ask_for_no_line(body: str) -> None:
    assert asked_in(body) is None


@pytest.mark.parametrize(
    "body",
    [
        *("yh its Vegas now", "yeah we Vegas now same lads", "yh was Rico, call it Vegas", "yep wat u need", "Yes m8"),
        *("was Rico, its Vegas now", "used to be Rico", "same lads new name", "aye thats us", "correct"),
        *(
            "yeah no worries other phone is off",
            "yh",
            "Yes m8 new phone",
            "yh same",
            "yeah its Rico",
            "haha yes its me",
        ),
    ],
)
def test_a_yes(body: str) -> None:
    assert is_yes(body, RICO)


@pytest.mark.parametrize(
    "body",
    [
        *("no", "nah its Vegas", "who?", "wrong number", "its Vegas", "its Vegas now", "this is Vegas", "dunno him"),
        *("yh who dis", "yeah right never heard of him", "not any more", "10 mins", "Rico is gone", "ask Rico"),
        *("yr late m8", "years ago", "it is late call tomorrow", "def a mistake", "sure u got the right one"),
        *("yeah Rico got locked up", "yes Rico is inside now", "yh just left Rico", "yh im with rico now"),
        *("yes its rico's old phone i bought it", "yes 10 a g", "yes till 9", "yes rico no longer, new people"),
    ],
)
def test_what_is_no_yes(body: str) -> None:
    assert not is_yes(body, RICO)


def test_to_who_one_is_nothing_is_a_yes_but_a_name_is_an_answer() -> None:
    assert not is_yes("yh", Asked())
    assert tells_who("its Tesla", Asked())
    assert not tells_who("its Tesla, both on tonight 3 for 25 best about", Asked())
    assert not tells_who("Tesla back on", Asked())


@pytest.mark.parametrize(
    "body",
    [
        *("just landed best of both", "im on both now", "its Rico back on", "just dropped 3 for 25 call"),
        "Yes people Rico on both 3 for 25",
    ],
)
def test_an_advert_tells_not_who_one_is(body: str) -> None:
    assert not tells_who(body, Asked())
    assert not tells_who(body, RICO)


def test_who_only_asks_back_says_nothing_yet() -> None:
    assert is_bare_who("Who??")
    assert not is_bare_who("who wants to know")
