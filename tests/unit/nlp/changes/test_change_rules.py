"""What the words of a text say of the number that it comes from."""

from __future__ import annotations

import pytest

from nlp.changes.change_rules import is_senders_given_up


def _is_given_up(text: str) -> bool:
    at = text.index("@")
    return is_senders_given_up(text, at, at + 1)


@pytest.mark.parametrize(
    "text",
    [
        "its @ sack this one off",
        "its @ bin this",
        "this one going off use @",
        "use @, this phone is going off",
        "delete this number, new one @",
        "lose this number, ring me on @",
    ],
)
def test_who_says_where_to_ring_instead_gives_up_his_own(text: str) -> None:
    assert _is_given_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "delete this number @ hes a grass",
        "delete this number @",
        "rico here delete this old number @",
        "sack this one @ and stick with the line",
        "lose this number ring @ hes got it",
        "im on @ he's off, bin this number",
        "this one getting off the bus now ring @",
        "this one's going off on me lol call him @",
        "this line is getting off the ground ring @",
        "this phone is going off ring mum on @",
    ],
)
def test_the_number_that_is_to_go_and_those_of_others_are_not_the_senders_new_one(text: str) -> None:
    assert not _is_given_up(text)
