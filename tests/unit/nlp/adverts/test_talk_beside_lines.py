"""Talk beside lines is no advert: to one who waits, of somebody's phone, of a count of money."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.adverts.plain_talk import RULE, WORTH
from nlp.adverts.talk_beside_lines import KINDS, NEEDED
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]

_TALK = {
    "340 g!": "counted",
    "bro 3 of each x": "asked_each",
    "drop to Ponty 2 of each": "sent_out",
    "can u run it over to Tonys 3 white 2 brown": "sent_out",
    "mate ne1 about": "asked_anyone",
    "TEDDY U BEEN OFF FOR AGES, BACK?": "asked_absent",
    "whos phone is on": "asked_who",
    "who is holding for Tiko tonight": "asked_who",
    "ITS BUSY WAIT": "to_wait",
    "dont ring just hang on": "to_wait",
    "HOLD ON SAFE!": "to_wait",
    "be quick its gettin dark": "to_wait",
    "Tiko phone never stops": "phone_busy",
    "this is Kelly my phone got nicked im with the girl from the shop": "lent_phone",
    "tide is out": "tide",
    "not that road feds about": "police_road",
    "what number is Tiko on now": "asked_number",
    "mate wot fone is big tiko on": "asked_number",
    "lol later on": "later_on",
    "maybe later on then": "later_on",
    "stop messin about now": "told_to_stop",
}


@pytest.mark.parametrize(("text", "kind"), _TALK.items())
def test_talk_beside_lines_is_no_advert(find: Find, text: str, kind: str) -> None:
    found = find(text)
    assert (found.is_advert, f"{RULE}:{kind}:{WORTH:+.2f}" in found.rules) == (False, True)


def test_letters_that_a_form_needs_stand_in_every_text_that_has_it() -> None:
    asked = [(kind, text.lower()) for text, kind in _TALK.items() if kind in NEEDED]
    assert all(any(letters in text for letters in NEEDED[kind]) for kind, text in asked)


def test_every_kind_is_tried() -> None:
    assert set(_TALK.values()) == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "Later on ring Tiko both on 3 for 25",
        "No messing about Tiko is on both 3 for 25",
        "Whatever number u had Tiko is on this now both",
        "14 g bud \u00a3100",
        "2 of each for 35",
        "drop to town 2 of each for 25",
        "we drop to all areas 2 of each",
        "drop to ur door 2 of each",
        "1 of each left, ring",
        "any1 about? Rico on both",
        "ne1 about ring me deals on",
        "whos on it? RICO 24/7",
        "its busy, ring back at 6",
        "dont call, text only, both on",
        "Rico phone never stops, both on 2 for 15",
        "this is Rico my phone got took im on this one now",
        "tide's in",
        "Tide is in, 2 for 15 both",
        "not that road, use the other, both on Rico",
        "Rico line now open, ring",
        "shops open",
        "24% thc cali in, Rico",
        "dont mix it up, Rico only",
        'Ignore texts saying "new number", Rico still on this one 3 for 25 both',
        "Lad told the court nothing, Rico back on 3 for 25 both ring 07700900123",
        "Both sites open, Kingsway and Park, 3 for 25 b and w, Rico",
        "Rico help line open 24/7 3 for 25 both bell",
    ],
)
def test_adverts_that_say_nearly_so_are_adverts(find: Find, text: str) -> None:
    assert find(text).is_advert
