"""Numbers: every written form of one number gives one key, and what is no number gives none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.phone_numbers import digits_of_exponent, has_lost_digits, number_key, read_label, to_e164
from parsers.records.values import Party

MOBILE = "+447700900123"


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+447700900123",
        "0044 7700900123",
        "00447700900123",
        "447700900123",
        "44 7700 900123",
        "+44 (0)7700 900123",
        "+44 (0) 7700 900123",
        "0044 (0)7700 900123",
        "44 (0)7700 900123",
        "+44 [0] 7700 900123",
        "+4407700900123",
        "(+44) 7700 900123",
        "+(44) 7700 900123",
        "(07700) 900123",
        "07700-900-123",
        "07700.900.123",
        "07700/900123",
        "07700\N{NO-BREAK SPACE}900123",
        "07700\t900123",
        " 07700 900123\n",
        "07700\N{EN DASH}900\N{NON-BREAKING HYPHEN}123",
        "\N{LEFT-TO-RIGHT EMBEDDING}+44 7700 900123\N{POP DIRECTIONAL FORMATTING}",
        "\N{RIGHT-TO-LEFT MARK}07700\N{ZERO WIDTH SPACE}900123",
        full_width("07700900123"),
        full_width("+447700900123"),
        "٠٧٧٠٠٩٠٠١٢٣",
        "'07700900123",
        "+00447700900123",
        "tel:+44-7700-900123",
        "tel:07700900123;ext=12",
        "P:+447700900123",
        "447700900123@ims.mnc010.mcc234.3gppnetwork.org",
        "sip:447700900123@ims.mnc010.mcc234.3gppnetwork.org;user=phone",
        "07700900123@one.IMS.mnc10.mcc234.3gppnetwork.org",
        "447700900123@s.whatsapp.net",
        "+447700900123@s.whatsapp.net",
        "+447700900123(smsft)",
        "+447700900123(smsft_fi)",
        "+447700900123(filtered)",
        "447700900123:12@s.whatsapp.net",
        "447700900123.0:3@s.whatsapp.net",
        "447700900123@c.us",
        "sip:+447700900123@ims.example",
        "07700 900123 ext 12",
        "07700 900123 x4",
        "07700900123,,1234",
        "07700900123p12",
        "141 07700 900123",
        "147007700900123",
        "+447700900123/TYPE=PLMN",
    ],
)
def test_every_form_of_a_mobile_number_is_one_key(written: str) -> None:
    assert to_e164(written) == MOBILE


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("01632 960123", "+441632960123"),
        ("+44 1632 960 123", "+441632960123"),
        ("020 7946 0123", "+442079460123"),
        ("(020) 7946-0123", "+442079460123"),
        ("0800 1111", "+448001111"),
        ("01204 12345", "+44120412345"),
        ("+1 212 555 0123", "+12125550123"),
        ("001 212 555 0123", "+12125550123"),
        ("+1 (212) 555-0123", "+12125550123"),
        ("+353 20 910 0123", "+353209100123"),
        ("12125550123@s.whatsapp.net", "+12125550123"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_landlines_and_numbers_of_other_countries_have_keys(written: str, key: str) -> None:
    assert to_e164(written) == key


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "60070",
        "118 118",
        "999",
        "+7588",
        "+123456",
        "O2",
        "Vodafone",
        "giffgaff",
        "Private",
        "Unknown",
        "N/A",
        "System Message",
        "447700900123-1400000000@g.us",
        "status@broadcast",
        "jay@example.com",
        "447700900123@lid",
        "*#06#",
        "*100#",
        "#31#07700900123",
        "07700??0123",
        "077009001*3",
        "07700 90012",
        "0770090012",
        "077009001234",
        "+44770090012",
        "+4477009001234",
        "2125550123",
        "12125550123",
        "7700900123",
        "06 12 34 56 78",
        "+1234567890123456",
        "+0 7700 900123",
        "07700900123, 07700900124",
        "07700900123/07700900124",
        "+",
        "++447700900123",
        "Jay 07700 900123",
        "1.4477009E+11",
    ],
)
def test_what_is_no_number_or_not_told_to_be_one_has_no_key(written: str) -> None:
    assert to_e164(written) is None


@pytest.mark.parametrize("written", ["4.47701E+11", "7.7009E+11", "4,47E+11", "8E+10", " 4.47701e11 "])
def test_a_number_that_was_rounded_has_lost_digits(written: str) -> None:
    assert has_lost_digits(written)


@pytest.mark.parametrize("written", ["07700900123", "Eve", "4.477009001230E+12", "E11", "E4E", "24/7", "4.47E+"])
def test_what_has_all_its_digits_or_is_no_number_has_lost_none(written: str) -> None:
    assert not has_lost_digits(written)


@pytest.mark.parametrize(
    "written", ["4.47700900123E11", "4.47700900123E+11", "4,47700900123e+11", " 4.47700900123E11 "]
)
def test_an_exponent_that_keeps_all_digits_loses_none(written: str) -> None:
    assert digits_of_exponent(written) == "447700900123"
    assert not has_lost_digits(written)


@pytest.mark.parametrize(
    "written",
    [
        "4.477009E+11",
        "4.4770090012E11",
        "4.477009001234E11",
        "1.5E1",
        "1.25E2",
        "1E0",
        "2.35E-4",
        "Eve",
        "E11",
        "447700900123",
    ],
)
def test_what_was_rounded_a_small_amount_or_no_exponent_has_no_digits_to_give(written: str) -> None:
    assert digits_of_exponent(written) is None


def test_another_region_reads_its_own_national_forms() -> None:
    assert to_e164("2125550123", "US") == "+12125550123"
    assert to_e164("07700 900123", "FR") is None
    assert to_e164("+44 7700 900123", "FR") == MOBILE


def test_a_key_is_the_number_else_what_is_written() -> None:
    assert number_key("07700 900123", MOBILE) == MOBILE
    assert number_key(" O2 ", None) == "O2"
    assert number_key("  ", None) is None
    assert number_key(None, None) is None


@pytest.mark.parametrize(
    ("label", "party"),
    [
        ("07700 900123", Party(raw="07700 900123", e164=MOBILE)),
        ("60070", Party(raw="60070")),
        ("2125550123", Party(raw="2125550123")),
        ("077009-001-234-567", Party(raw="077009-001-234-567")),
        ("Jay", Party(name="Jay")),
        ("24/7", Party(name="24/7")),
        ("K", Party(name="K")),
        ("Jay 07700 900123", Party(name="Jay 07700 900123")),
        ("447700900123-1400000000@g.us", Party(name="447700900123-1400000000@g.us")),
    ],
)
def test_a_label_that_is_a_number_fills_raw_and_any_other_the_name(label: str, party: Party) -> None:
    assert read_label(label) == party


def test_a_label_keeps_whether_it_is_the_owner() -> None:
    assert read_label("Jay", is_owner=True) == Party(name="Jay", is_owner=True)
    assert read_label("Jay", is_owner=False) == Party(name="Jay", is_owner=False)


DRAMA = st.one_of(
    st.integers(0, 999).map(lambda n: f"7700900{n:03}"),
    st.integers(0, 999).map(lambda n: f"1632960{n:03}"),
    st.integers(0, 999).map(lambda n: f"2079460{n:03}"),
)
SEPARATOR = st.sampled_from(
    ["", " ", "-", ".", "\N{NO-BREAK SPACE}", "\t", "\N{RIGHT-TO-LEFT MARK}", "\N{FIGURE DASH}"]
)
PREFIX = st.sampled_from(["0", "+44", "0044", "44", "+44(0)", "0044 (0)", "+44 0"])


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    key = to_e164(text)
    assert key is None or to_e164(key) == key


@given(st.text("+0123456789 ()-.x@", max_size=24))
def test_a_key_is_plus_and_at_most_fifteen_digits(text: str) -> None:
    key = to_e164(text)
    if key is not None:
        assert key[0] == "+"
        assert key[1:].isdecimal()
        assert key.isascii()
        assert 7 <= len(key) - 1 <= 15


@given(DRAMA, PREFIX, st.lists(SEPARATOR, min_size=11, max_size=11))
def test_how_it_is_written_does_not_change_the_key(national: str, prefix: str, separators: list[str]) -> None:
    digits = "".join(digit + separator for digit, separator in zip(national, separators, strict=False))
    assert to_e164(prefix + separators[-1] + digits) == f"+44{national}"


@given(st.text(max_size=20))
def test_a_label_is_kept_as_it_is_written(label: str) -> None:
    party = read_label(label)
    assert (party.raw if party.raw is not None else party.name) == label


@pytest.mark.parametrize("unit", [",", ";", " ", ", ", "; ", ",1", ";ext=", "x ", "p"])
def test_a_text_of_nothing_but_pauses_is_no_number(unit: str) -> None:
    """As long as a field may be: were the search to begin anew at every place, this would take hours."""
    assert to_e164(unit * 60_000) is None


@pytest.mark.parametrize(
    "written",
    [
        "234100123456789@ims.mnc010.mcc234.3gppnetwork.org",
        "447700900123@example.org",
        "447700900123@ims.mnc010.mcc234.3gppnetwork.org.example.org",
        "jay@ims.mnc010.mcc234.3gppnetwork.org",
    ],
)
def test_a_private_identity_and_addresses_elsewhere_are_no_numbers(written: str) -> None:
    assert to_e164(written) is None
