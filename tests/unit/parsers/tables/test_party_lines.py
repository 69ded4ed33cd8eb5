"""What a tool writes beside the people in a cell of parties is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.tables.party_lines import people_alone
from tests.unit.parsers.formats.table.made_tables import messages_of, read_text


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("To: +447700900124 Jay\nStatus: Delivered\nDelivered: 14/09/2023 16:51:00(UTC+1)", "To: +447700900124 Jay"),
        ("To: +447700900124 Jay\r\nRead: 14/09/2023 16:52:00", "To: +447700900124 Jay"),
        ("To: +447700900124 Jay (Delivered)", "To: +447700900124 Jay"),
        ("From: +447700900123 Jay To: +447700900100", "From: +447700900123 Jay\nTo: +447700900100"),
        ("From: +447700900123 Jay*", "From: +447700900123 Jay"),
        ("From: +447700900123 Jay\nTo: +447700900124 Read Mead", None),
        ("From: *100#", None),
        ("From: 07700900123*", None),
        ("To: Jay (work)", None),
        ("VODAFONE", None),
        ("To: 07700900123 Jay\nGelesen: 14.09.2023 16:52:00\nStatus: Zugestellt", "To: 07700900123 Jay"),
        ("Received: 07700900123", None),
        ("Unknown: 07700900123", None),
        ("Status: 07700900123", None),
        ("Played: 07700900124 Ann", None),
        ("Status: Delivered", None),
    ],
)
def test_people_alone(cell: str, people: str | None) -> None:
    assert people_alone(cell, has_marks=True) == (cell if people is None else people)


@pytest.mark.parametrize("cell", ["From: 07700900123 Dave*", "To: 07700900123 Jay (Sent)"])
def test_marks_are_of_one_tool(cell: str) -> None:
    assert people_alone(cell, has_marks=False) == cell


def test_the_cell_stays_beside_the_record(tmp_path: Path) -> None:
    cell = "To: +447700900124 Jay\nStatus: Delivered"
    content = f'Date,Parties,Body\n14/09/2023 16:50,"{cell}",x\n14/09/2023 16:51,"To: +447700900125 Ann",y\n'
    first, second = messages_of(read_text(tmp_path, content, name="list.csv"))
    assert [(party.e164, party.name) for party in first.to] == [("+447700900124", "Jay")]
    assert (first.extra[0], second.extra) == (("Parties", cell), ())
