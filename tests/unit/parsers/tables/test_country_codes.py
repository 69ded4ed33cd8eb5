"""Country codes in a column of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import codes_of, contacts_of, messages_of, read_text

AT = "25/07/2024 13:00"


@pytest.mark.parametrize(
    ("code", "number", "e164"),
    [
        ("353", "7700900201", "+3537700900201"),
        ("+353", "0871234567", "+353871234567"),
        ("00353", "871234567", "+353871234567"),
        ("44", "7700900201", "+447700900201"),
        ("44", "07700900201", "+447700900201"),
        ("44", "447700900201", "+447700900201"),
        ("353", "+447700900201", "+447700900201"),
        ("353", "00447700900201", "+447700900201"),
        ("353", "07700900201", "+447700900201"),
        ("999", "7700900201", None),
        ("44", "60777", None),
        ("353", "60777", None),
        ("IE", "7700900201", "+447700900201"),
        ("", "7700900201", "+447700900201"),
    ],
)
def test_a_number_is_of_the_country_beside_it(tmp_path: Path, code: str, number: str, e164: str | None) -> None:
    result = read_text(tmp_path, f"Date/Time,Country code,Number,Direction,Message\n{AT},{code},{number},In,a\n")
    (found,) = messages_of(result)
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == (number, e164)
    assert dict(found.extra).get("Country code", "") == code
    assert ("zero_restored" in codes_of(result)) == (code in {"IE", ""} and number == "7700900201")


def test_a_code_is_of_the_column_beside_it_alone(tmp_path: Path) -> None:
    head = "Date/Time,From,Country dialling code,To,Message"
    result = read_text(tmp_path, f"{head}\n{AT},07700900201,353,0871234567,a\n")
    (found,) = messages_of(result)
    assert found.from_party is not None
    assert (found.from_party.e164, found.to[0].e164) == ("+447700900201", "+353871234567")


def test_the_numbers_of_contacts_have_one_too(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Name,Country code,Mobile\nKay,353,7700900201\nJay,,7700900202\n", name="list.csv")
    assert [each.numbers[0].e164 for each in contacts_of(result)] == ["+3537700900201", "+447700900202"]


def test_a_dialling_code_may_be_that_of_a_town(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date/Time,Dialling code,Number,Direction,Message\n{AT},20,79460123,In,a\n")
    (found,) = messages_of(result)
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == ("79460123", None)
