"""Headings of numbers by their words, and the columns of contacts below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.number_headings import kind_in_heading, may_be_number
from tests.unit.parsers.formats.table.made_tables import contacts_of, messages_of, read_text


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        *(("Mobile Phone Number", "mobile"), ("Phone (Mobile)", "mobile"), ("Phone - Mobile", "mobile")),
        *(("Home Tel", "home"), ("iPhone", "iphone"), ("Business Mobile", "business mobile"), ("Old number", "old")),
        *(("Phone", None), ("Phone Number(s)", None), ("Number 2", None), ("Phone Type", None), ("Home", None)),
        *(("Mobile Network", None), ("Cell ID", None), ("Account Number", None), ("Main", None)),
    ],
)
def test_kinds(heading: str, kind: str | None) -> None:
    assert kind_in_heading(heading) == kind


@pytest.mark.parametrize(
    "heading",
    [
        *("Mobile Phone Number", "Cell Phone", "Home Tel", "Work Tel", "Tel (mobile)", "Main Phone", "iPhone"),
        *("Primary Phone", "Business Mobile", "Second Mobile", "Alternative Number", "Old number"),
    ],
)
def test_a_second_number_of_a_contact(tmp_path: Path, heading: str) -> None:
    content = f"Name,Number,{heading}\nAl,07700900101,07700900102\n"
    (contact,) = contacts_of(read_text(tmp_path, content, name="list.csv"))
    assert [(each.e164, each.label) for each in contact.numbers] == [
        ("+447700900101", None),
        ("+447700900102", heading),
    ]
    assert contact.extra == ()


def test_such_a_number_alone_tells_a_list_of_people(tmp_path: Path) -> None:
    (contact,) = contacts_of(read_text(tmp_path, "Name,Home Tel,Second Mobile\nAl,,07700900102\n", name="x.csv"))
    assert [(each.e164, each.label) for each in contact.numbers] == [("+447700900102", "Second Mobile")]


def test_in_a_list_of_texts_it_is_nobody(tmp_path: Path) -> None:
    content = "Date,From,To,Old number,Message\n14/09/2023 16:50,07700900101,07700900102,07700900103,x\n"
    (message,) = messages_of(read_text(tmp_path, content, name="list.csv"))
    assert [party.e164 for party in message.to] == ["+447700900102"]
    assert message.extra == (("Old number", "07700900103"),)


@pytest.mark.parametrize("text", ["07700 900123", "+44 7700 900123", "Home: 07700900126", "01632 960001", "234567"])
def test_cells_that_may_be_numbers(text: str) -> None:
    assert may_be_number(text, "GB")


@pytest.mark.parametrize(
    "text", ["Nokia 105", "1", "B214", "14", "19850612-1234", "12/06/1985", "1985-06-12", "iPhone 12", "yes", "", "109"]
)
def test_cells_that_are_no_numbers(text: str) -> None:
    assert not may_be_number(text, "GB")


@pytest.mark.parametrize(
    "cell",
    ["20-45-67 12345678", "08-92-99 12345678", "356943000000013", "013943000000013", "01/02/1990 00:00", "12345678"],
)
def test_what_else_is_kept_of_somebody_is_no_number(tmp_path: Path, cell: str) -> None:
    (found,) = contacts_of(read_text(tmp_path, f"Name,Mobile,Other\nKay,07700900201,{cell}\n", name="list.csv"))
    assert [each.e164 for each in found.numbers] == ["+447700900201"]
    assert dict(found.extra)["Other"] == cell


@pytest.mark.parametrize("heading", ["Other", "Main", "Main 2", "Alternative", "Second", "Pager", "OTHER"])
def test_a_kind_alone_heads_numbers_beside_others(tmp_path: Path, heading: str) -> None:
    content = f"Name,Mobile,{heading}\nAl,07700900101,07700900102 / 07700900103\nBo,07700900104,see notes\n"
    first, second = contacts_of(read_text(tmp_path, content, name="list.csv"))
    assert [each.e164 for each in first.numbers] == ["+447700900101", "+447700900102", "+447700900103"]
    assert ([each.e164 for each in second.numbers], dict(second.extra)) == (["+447700900104"], {heading: "see notes"})


def test_a_kind_alone_heads_nothing_else(tmp_path: Path) -> None:
    content = "Date,From,Other,Message\n13/05/2024 10:00,07700900101,07700900102,a\n"
    (message,) = messages_of(read_text(tmp_path, content))
    assert (message.to, dict(message.extra)["Other"]) == ((), "07700900102")
