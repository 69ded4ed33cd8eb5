"""The number and the name of one label, in whatever a name begins with and however the number is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.values import Party
from parsers.tables.party_cells import parties_of_label
from tests.unit.parsers.formats.table.made_tables import contacts_of, messages_of, read_text

FIRE, PILL, PARKING, KEYCAP = "\U0001f525", "\U0001f48a", "\U0001f17f\ufe0f", "1\ufe0f\u20e3"


@pytest.mark.parametrize(
    ("name", "number", "between"),
    [
        (FIRE, "07700900329", " "),
        (FIRE * 2, "+447700900329", " "),
        (f"{PILL}Mo", "07700 900329", " "),
        (f"{PARKING}lug", "07700900329", " "),
        (PILL * 3, "07700900329", ""),
        (KEYCAP, "07700900329", " "),
        ("~Zed", "07700900329", " "),
        ("Zed", "0044 7700 900329", " "),
        ("Zed", "(+44) 7700 900329", " "),
        ("Zed", "(07700) 900329", " "),
        ("Zed", "+44 (0)7700 900329", " "),
        ("Zed", "07700-900-329", " "),
        ("Zed", "07700900329", "_"),
        ("Sam 0.", "07700900329", " "),
        ("Flat 7", "07700900329", " "),
        ("2Tone", "07700900329", " "),
        ("24/7", "07700 900329", " "),
        ("Order 12345", "07700900329", " "),
    ],
)
def test_a_number_behind_a_name(name: str, number: str, between: str) -> None:
    assert parties_of_label(f"{name}{between}{number}", "GB") == (Party(number, "+447700900329", name),)


def test_the_kind_behind_the_number_stays_with_the_name() -> None:
    assert parties_of_label("Zed 07700900329 (mob)", "GB") == (Party("07700900329", "+447700900329", "Zed (mob)"),)


@pytest.mark.parametrize(
    "label", ["24/7", "2Tone", FIRE, "Order 123456789", "Zed 07700900329 / 07700900330", "Zed07700900329"]
)
def test_a_name_stays_one(label: str) -> None:
    assert parties_of_label(label, "GB") == (Party(name=label),)


@pytest.mark.parametrize(
    "label",
    ["12345 07700900329", "1234567 07700900329", "*31#07700900329", "12-07700900329", "13/06/2024 07700900329"],
)
def test_what_is_more_than_one_number_is_left_as_it_stands(label: str) -> None:
    assert parties_of_label(label, "GB") == (Party(label),)


@pytest.mark.parametrize("lead", ["1", "1571", "447", "1.", "16:45", "\U0001f525 91"])
def test_figures_alone_are_no_name_before_a_number(lead: str) -> None:
    (party,) = parties_of_label(f"{lead} 07700 900329", "GB")
    assert (party.raw or party.name, party.e164) == (f"{lead} 07700 900329", None)


@pytest.mark.parametrize(
    "label",
    ["234 0803 123 4567", "91 09812345678", "49 0171 1234567", "92 0300 1234567", "90 0532 123 45 67"],
)
def test_a_number_of_another_country_has_no_key_of_this_one(label: str) -> None:
    assert parties_of_label(label, "GB") == (Party(label),)


def test_a_mark_alone_is_no_name_before_a_number() -> None:
    assert parties_of_label(": 07700900329", "GB") == (Party(name=": 07700900329"),)


@pytest.mark.parametrize("label", ["- 07700900329", ". 07700900329", "141 07700900329"])
def test_marks_before_a_number_are_no_name(label: str) -> None:
    assert parties_of_label(label, "GB") == (Party(label, "+447700900329"),)


def test_several_names_with_their_numbers(tmp_path: Path) -> None:
    content = f'Date,From,To,Message\n13/06/2024 13:30,07700900111,"{FIRE} 07700900329, {PILL} 07700900330",a\n'
    (message,) = messages_of(read_text(tmp_path, content))
    assert [(party.e164, party.name) for party in message.to] == [("+447700900329", FIRE), ("+447700900330", PILL)]


@pytest.mark.parametrize("name", ["Mo", FIRE, "2Tone"])
def test_a_contact_with_the_number_in_the_name_alone(tmp_path: Path, name: str) -> None:
    content = f"Contact,Phone,Email\n{name} 07700900329,,m@example.org\nJay,07700900330,\nZed,,\n"
    one, other, third = contacts_of(read_text(tmp_path, content, name="list.csv"))
    assert (one.name, [(number.raw, number.e164) for number in one.numbers]) == (
        name,
        [("07700900329", "+447700900329")],
    )
    assert dict(one.extra) == {"Contact": f"{name} 07700900329"}
    assert ([len(each.numbers) for each in (other, third)], third.name) == ([1, 0], "Zed")


def test_a_name_in_the_cell_of_a_contacts_number(tmp_path: Path) -> None:
    content = "Contact,Phone\nMo,Mo work 07700900329\nJay,07700900330\n"
    (number, *_), *_ = (contact.numbers for contact in contacts_of(read_text(tmp_path, content, name="list.csv")))
    assert (number.raw, number.e164) == ("Mo work 07700900329", "+447700900329")
