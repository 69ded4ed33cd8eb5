"""What says that whoever else sends under a line's name is not it."""

from __future__ import annotations

import pytest

from nlp.changes.denied_others import denies_others


@pytest.mark.parametrize(
    "template",
    [
        "fake {line} alert {place} them this is the original",
        "{line} aint got no second phone whoever texted you is and imposter",
        "real {line} here never changed number ignore the other text",
        "if it aint this number it aint {line} watch out for copycats",
        "dont be fooled by fakes this is the only {line} number",
        "beware theres a fake {line} going round only trust this number",
        "some clown is using the name {line} we have not changed number",
        "we heard another {line} is texting people not us same number as always",
        "fake Rico about, real Rico here",
        "someone pretending to be us ignore them same number as always",
        "we aint got a second phone",
        "impostor texting people as Rico, dont trust any other number",
    ],
)
def test_others_are_denied(template: str) -> None:
    assert denies_others(template, {"rico"}.__contains__)


@pytest.mark.parametrize(
    "template",
    [
        "no fakes here real gear only {line} on",
        "ignore last text wrong price {deal}",
        "ignore the other text wrong deal {line} on",
        "{line} back on same number as always ignore the other text wrong price",
        "dont bring fake notes block them that do",
        "beware of fake pills going round ours are legit",
        "other phone is off tonight only use this number",
        "other number is busy only trust this number",
        "got no other phone on today ring this",
        "{line} dont have any other phone on til 9",
        "got no other number for him sorry",
        "same number as always watch out for police",
        "never changed number still on both",
        "only number you need {line} 24/7",
        "this is the only {line} number for whites",
        "only trust this number for late drops",
        "old number is fake now ignore the old one",
        "{line} new number ignore the old one fake",
        "we have a second phone now ring either number",
        "fake {line} on {number} block them",
        "shop got raided not us same number as always",
        "the original and best dont be fooled by cheap copies",
        "copycats everywhere but nobody has gear like {line}",
        "{line} got another number now will text u off it",
        "{line} has second phone",
        "i got another phone ill text you off it later",
        "ive got no other phone so ring this one {deal}",
        "we dont have another phone at mo",
        "{line} changed number now dont trust any other number this is the only {line} number",
        "real {line} here feds got other phone dont text any other number only trust this number",
        "feds pretending to be {line} off a phone they took dont reply to any other number til i text u",
        "someone pretending to be {line} got hold of last phone this is the only {line} number",
        "this is the only {line} number now dont ring the other",
        "only number we got dont text other sim",
        "is this real {line} someone says fake {line} about and only trust this number",
        "got this off {line} fake {line} about only trust this number",
        "same number as always only trust this number",
        "never changed number this is the only {line} number",
        "fake bars about only trust this {line} number dont trust others",
        "fake {line} about this is the original only trust this number bell me on 2nd line aswell",
    ],
)
def test_what_is_said_of_goods_or_of_ones_own_numbers_is_no_denial(template: str) -> None:
    assert not denies_others(template, {"rico"}.__contains__)
