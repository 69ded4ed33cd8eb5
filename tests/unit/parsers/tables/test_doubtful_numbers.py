"""Headings that may be of telephone numbers: of masts in a list of calls, of makes of handsets in one of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.errors import InputRefused
from tests.unit.parsers.formats.table.made_tables import calls_of, contacts_of, messages_of, read_text


@pytest.mark.parametrize("number", ["Number", "Phone Number", "MSISDN", "Telephone", "Other Number", "CLI", "Phone"])
@pytest.mark.parametrize("cell", ["Cell Number", "Cellphone", "Mobile Phone Number"])
@pytest.mark.parametrize("masts", [("23415", "23416"), ("Luton A", "Luton B"), ("", "23416")])
def test_the_mast_of_a_call_is_nobody(tmp_path: Path, number: str, cell: str, masts: tuple[str, str]) -> None:
    content = (
        f"Date,Time,Direction,{number},Duration,{cell}\n"
        f"01/02/2024,10:05:00,Incoming,07700900123,10,{masts[0]}\n"
        f"01/02/2024,10:06:00,Outgoing,07700900125,10,{masts[1]}\n"
    )
    first, second = calls_of(read_text(tmp_path, content, name="x.csv"))
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.name, first.to) == ("07700900123", None, ())
    assert [(party.raw, party.name) for party in second.to] == [("07700900125", None)]
    assert (cell, masts[1]) in second.extra


def test_the_mast_of_a_text_is_nobody(tmp_path: Path) -> None:
    content = (
        "Date,Time,Direction,Phone Number,Message,Cell Number\n01/02/2024,10:05:00,Incoming,07700900123,hi,23415\n"
    )
    (found,) = messages_of(read_text(tmp_path, content, name="x.csv"))
    assert found.from_party is not None
    assert (found.from_party.raw, found.to) == ("07700900123", ())


def test_a_cell_number_alone_is_the_other_side(tmp_path: Path) -> None:
    content = "Date,Time,Direction,Cell number,Duration\n01/02/2024,10:05:00,Incoming,07700900123,10\n"
    (found,) = calls_of(read_text(tmp_path, content, name="x.csv"))
    assert found.from_party is not None
    assert found.from_party.raw == "07700900123"


def test_the_cell_of_a_prison_is_nobody(tmp_path: Path) -> None:
    content = "Date,Name,Cell number,Message\n01/02/2024 10:00,Jay,B214,hi\n01/02/2024 11:00,Ann,C109,yo\n"
    found = messages_of(read_text(tmp_path, content, name="x.csv"))
    assert [(party.name, party.raw) for message in found for party in message.to] == [("Jay", None), ("Ann", None)]


def test_what_is_no_number_stays_beside_a_contact(tmp_path: Path) -> None:
    content = "Name,Old phone,New number,Personal number,Cell number\nJay,Nokia 105,07700900123,19850612-1234,B214\n"
    (found,) = contacts_of(read_text(tmp_path, content, name="x.csv"))
    assert [number.raw for number in found.numbers] == ["07700900123"]
    assert found.extra == (("Old phone", "Nokia 105"), ("Personal number", "19850612-1234"), ("Cell number", "B214"))


@pytest.mark.parametrize(
    "content",
    [
        "Name,Old Phone,New Phone,Seized\nJay,Nokia 105,Samsung A12,yes\nAnn,iPhone 6,iPhone 13,no\n",
        "Name,Home Number,Street\nJay,14,High Street\nAnn,3,Low Street\n",
        "Name,Cell number,Wing\nJay,B214,B\nAnn,C109,C\n",
    ],
)
def test_a_table_without_a_number_below_is_none_of_people(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputRefused):
        read_text(tmp_path, content, name="x.csv")
