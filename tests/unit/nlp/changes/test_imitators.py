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


@pytest.mark.parametrize(
    "text",
    [
        "be warned impostor on 07700900932. only one Sunday and its this phone",
        "copycat on 07700 900932. real Rico is on this phone only",
        "fake Rico on 07700 900932 only this number",
        "scammer on 07700 900932 dont buy off him. Rico",
        "rip off merchants on 07700 900932, stay on this number for Rico",
        "snakes on 07700 900932 sayin they Rico",
        "snake on 07700 900932 dont trust",
        "07700 900932 aint Rico only this phone is",
        "warning 07700 900932 is robbin people, only use this",
        "pls ignore 07700 900932 its some kid copying us. Rico same number as always",
    ],
)
def test_a_word_for_who_cheats_beside_a_number_denies_it(find: Find, text: str) -> None:
    found = find(text)
    assert RULE_WARNS in found.rules
    assert found.number_change.role is NumberChangeRole.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Rico now on 07700 900932 beware of fakes",
        "only one Rico and its on 07700 900932. impostor going round",
        "new number 07700 900932 dont trust any other. fake ones about",
        "theres a copycat on this number now. only ring 07700 900932 for the real Rico",
        "imposter on the old number. Rico is now 07700 900932",
        "scammer has my old number only use 07700 900932. Rico",
        "some snake nicked my phone, im on 07700 900932 now",
        "got hacked dont answer old number im on 07700 900932",
        "be warned old number is dead, use 07700 900932 from now. Rico",
        "Snake on 07700 900932 now this one dead",
        "fakes are about. my new number 07700 900932",
    ],
)
def test_a_number_that_is_told_beside_a_warning_of_others_is_the_senders_next(find: Find, text: str) -> None:
    found = find(text)
    assert RULE_WARNS not in found.rules
    assert found.number_change.role is NumberChangeRole.NEW


@pytest.mark.parametrize(
    "text",
    [
        "Rico on 07700 900932 no fakes",
        "fake tan appt call sal on 07700 900932",
        "is that fake id place still on 07700 900932",
        "bogus callers about police say ring 07700 900932",
        "beware fake Rico about. 07700 900932 is the only number for us",
    ],
)
def test_others_that_are_fake_do_not_deny_a_number(find: Find, text: str) -> None:
    assert RULE_WARNS not in find(text).rules


@pytest.mark.parametrize(
    "text",
    [
        "its Jess my new number 07700 900123 a scammer got into my old phone",
        "Hi mum this is my new number 07700 900123 bogus caller cleaned me out",
        "my new no 07700 900123 a fraudster cloned my sim",
        "Hi its Dave new number 07700 900123 some scammer hacked my old one",
        "Hi its Aunty Jo new number 07700 900123 thieves took my bag, dont ring old",
        "Kent Church: new number 07700 900123 scammers have been using our old one",
        "U7s football: Will's new number is 07700 900123 scammer had his whatsapp",
        "Vicar's new number 07700 900123 the scammer text was not from me",
        "we moved to 07700 900123 scammers got the old line",
        "new number 07700 900123 conman got the last one",
        "new number 07700 900123 scammers blocked",
        "Rico now on 07700 900123 scammer had old phone",
        "Rico new num 07700 900123 fakers get blocked",
        "Rico my number now 07700 900123 scammers on old one",
        "Rico now on 07700 900123 snake kept the old phone dont ring it",
        "new line 07700 900123 imposters will be dealt with",
        "new number 07700 900123 scammers dont ring",
        "new number 07700 900123 its a scammer that has the old one",
        "my new number 07700 900123 its some scammer texting you all",
    ],
)
def test_who_cheats_behind_a_new_number_is_why_it_is_new(find: Find, text: str) -> None:
    found = find(text)
    assert RULE_WARNS not in found.rules
    assert found.number_change.role is NumberChangeRole.NEW


@pytest.mark.parametrize(
    "text",
    [
        "Bogus line now on 07700 900123 both on 3 for 25",
        "Bootlegger on 07700 900123 now both on",
        "Chancer line on 07700 900123 dont use old number",
        "its Poser on 07700 900123 now old one dead",
        "Clone line new number 07700 900123 both on 3 for 25",
    ],
)
def test_a_line_called_by_a_word_for_who_cheats_has_its_next_number(find: Find, text: str) -> None:
    found = find(text)
    assert RULE_WARNS not in found.rules
    assert found.number_change.role is NumberChangeRole.NEW


def test_the_only_line_called_so_warns_of_nobody(find: Find) -> None:
    assert RULE_WARNS not in find("the only Fake line 07700 900123 both on").rules


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123 is a scammer dont buy off him. Rico",
        "dont ring 07700 900123 thats a fraudster. Rico",
        "chancer on 07700 900123 dont trust",
        "bogus Rico on 07700 900123 only ring this",
        "fake Rico now on 07700 900123 ignore",
        "dont ring 07700 900123 scammer. Rico",
        "07700 900123 scammer dont buy off him",
    ],
)
def test_a_word_tied_to_a_number_denies_it_still(find: Find, text: str) -> None:
    found = find(text)
    assert RULE_WARNS in found.rules
    assert found.number_change.role is NumberChangeRole.NONE
