"""Warnings of imitators, and numbers that were the sender's and others still have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.changes.imitators import RULE_WARNS
from parsers.records.findings import NumberChangeRole, TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    "text",
    [
        "dont ring 07700 900932 thats not me, my ex still running it",
        "dont ring 07700 900932 its not us, feds still on. Rico",
        "07700 900932 is not us, someone still about with the phone. Rico",
        "dont ring 07700 900932 not us, they still open on it. Rico",
        "dont text 07700 900932 its not Rico, some lad is still on 24 7 with my phone",
        "dont ring 07700 900932 its not us. that lad still up on it",
    ],
)
def test_a_number_on_which_others_still_are_was_the_senders(find: Find, text: str) -> None:
    found = find(text)
    assert found.number_change.role is NumberChangeRole.OLD
    assert RULE_WARNS not in found.rules


@pytest.mark.parametrize(
    "text",
    [
        "dont ring 07700 900932 its not us, we're still on here. Rico",
        "dont ring 07700 900932 its a fake, i am still about",
        "07700 900932 is not Rico, this one still on",
        "07700 900932 is not Rico. but still live til late",
        "dont ring 07700 900932 thats not us still open on this",
    ],
)
def test_who_warns_may_say_that_he_or_his_number_still_is_there(find: Find, text: str) -> None:
    assert RULE_WARNS in find(text).rules


@pytest.mark.parametrize(
    "text",
    [
        "msg from Rico both on til late call 07700 900932 not me",
        "Rico about all day 2 for 15 ring him on 07700900932, not me",
    ],
)
def test_a_number_that_is_to_be_rung_and_not_the_sender_is_no_imitators(find: Find, text: str) -> None:
    assert RULE_WARNS not in find(text).rules


@pytest.mark.parametrize(
    "text", ["some1 saying they are Rico on 07700 900932 not me", "dont call 07700 900932 not me. Rico"]
)
def test_one_that_is_not_is_still(find: Find, text: str) -> None:
    assert RULE_WARNS in find(text).rules


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("Old Frank: theres a fake going round using my name on 07700 900932 dont ring it only this number", True),
        ("its old frank here theres a fake on 07700 900932 dont ring it", True),
        ("old number: 07700 900932 someone is using my name on it dont ring", False),
        ("My old phone: 07700 900932 some fake has it dont ring", False),
    ],
)
def test_a_name_that_is_old_is_no_number_that_is(find: Find, text: str, *, warns: bool) -> None:
    assert (RULE_WARNS in find(text).rules) is warns
