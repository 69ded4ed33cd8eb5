"""Identifiers: the forms of one handset or card give one key, dummies give none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.device_ids import iccid_key, imei_key, imsi_key


def luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


FULL_WIDTH = "".join(chr(ord(digit) + 0xFEE0) for digit in "352099001761481")


@pytest.mark.parametrize(
    "written",
    [
        "352099001761481",
        "35209900176148",
        "352099001761480",
        "3520990017614823",
        "35-209900-176148-1",
        "35 209900 176148 1",
        "35/209900/176148/1",
        "352099001761481 / 01",
        "352099001761481/01",
        " 352099001761481\n",
        FULL_WIDTH,
    ],
)
def test_every_form_of_an_imei_names_one_handset(written: str) -> None:
    assert imei_key(written) == "35209900176148"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "N/A",
        "3520990017614",
        "35209900176148123",
        "A10000009296F2",
        "000000000000000",
        "111111111111119",
        "123456789012345",
        "012345678901234",
        "987654321098765",
        "358240051111110",
        "004999010640000",
        "135790246811220",
        "10101010101010",
        "352099001761481;352099001761499",
    ],
)
def test_what_is_no_imei_or_a_dummy_names_none(written: str) -> None:
    assert imei_key(written) is None


CARDS = [
    "8944110068162711902",  # 19 digits, the last of which is the check digit
    "89014104255187506910",  # 20 digits, the last of which is the check digit
]


@pytest.mark.parametrize("card", CARDS)
def test_filler_spaces_and_a_missing_check_digit_make_no_other_card(card: str) -> None:
    forms = [
        card,
        f"{card}F",
        f"{card}f",
        f"{card}FF",
        f"{card[:6]} {card[6:12]} {card[12:]}",
        card[:-1],
        f"{card[:-1]}F",
    ]
    assert {iccid_key(form) for form in forms} == {card[: 18 + len(card) - 19]}


@given(st.text("0123456789", min_size=16, max_size=17))
def test_any_card_has_one_key_with_and_without_its_check_digit(number: str) -> None:
    body = f"89{number}"
    assert iccid_key(body + luhn(body)) == iccid_key(body)


@given(st.sampled_from([11, 12]), st.integers(12_345, 10**11 - 2))
def test_neighbouring_cards_of_one_issuer_stay_two(width: int, number: int) -> None:
    """Cards are bought by the strip: their numbers follow one another."""
    one, other = (f"8944110{place:0{width}}" for place in (number, number + 1))
    keys = {iccid_key(body + luhn(body)) for body in (one, other)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    "written",
    ["", "N/A", "894411006816271", "123456789012345678", "894411006816271190212", "8900000000000000000",
     "89014103211118510720", "8944110000000000000", "8912345678901234567"],
)  # fmt: skip
def test_what_is_no_card_or_a_dummy_has_no_key(written: str) -> None:
    assert iccid_key(written) is None


def test_an_imsi_is_its_digits() -> None:
    assert imsi_key("234 10 1234509876") == "234101234509876"
    assert imsi_key("310410518750691") == "310410518750691"
    assert imsi_key("23410123450987") == "23410123450987"


@pytest.mark.parametrize(
    "written", ["", "2341012345098", "2341012345098761", "000000000000000", "310260000000000", "001010123456789", "abc"]
)
def test_what_is_no_imsi_or_a_dummy_has_no_key(written: str) -> None:
    assert imsi_key(written) is None


@given(st.text(max_size=24))
def test_keys_of_keys_are_keys(text: str) -> None:
    for key_of in (imei_key, iccid_key, imsi_key):
        key = key_of(text)
        assert key is None or key_of(key) == key
