"""What a tool writes beside the people in a cell of parties is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.tables import party_lines
from parsers.tables.party_lines import fared_times, people_alone
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
        ("From:\n+447700900124\nJay", "From: +447700900124 Jay"),
        ("From: +447700900124\nJay", "From: +447700900124 Jay"),
        ("To:\r\n+447700900124\r\nJay\r\n+447700900125\r\nAnn", "To: +447700900124 Jay\n+447700900125 Ann"),
        (
            "From:\n+447700900124\nJay\nTo:\n+447700900125\nMe (owner)",
            "From: +447700900124 Jay\nTo: +447700900125 Me (owner)",
        ),
        ("To: +447700900124\n+447700900125\nAnn", None),
        ("To: Jay\nAnn", None),
        ("To: +447700900124\nCharlie", None),
        ("From: +447700900123\nJay\nTo: +447700900124\nCharlie", "From: +447700900123 Jay\nTo: +447700900124\nCharlie"),
        ("To:\n+447700900124\nJay", "To: +447700900124 Jay"),
        ("From:\n\n+447700900124\nJay", "From: +447700900124 Jay"),
        ("To: +447700900124\nJay\n+447700900125\nAnn", "To: +447700900124 Jay\n+447700900125 Ann"),
        ("To: +447700900124\nDelivered", "To: +447700900124"),
        ("To:\n+447700900124\nUnknown", "To: +447700900124"),
        ("+447700900124\nJay", None),
        ("From: +447700900124\nTo: +447700900125", None),
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


def test_number_and_name_in_lines_of_their_own_are_one_party(tmp_path: Path) -> None:
    content = 'Date,Parties,Body\n14/09/2023 16:50,"From:\n+447700900124\nJay",x\n'
    (message,) = messages_of(read_text(tmp_path, content, name="list.csv"))
    assert message.from_party is not None
    assert (message.from_party.e164, message.from_party.name, message.to) == ("+447700900124", "Jay", ())


def test_when_a_text_was_delivered_and_read_stands_among_its_times(tmp_path: Path) -> None:
    cell = "To: +447700900124 Jay\nStatus: Delivered\nDelivered: 14/09/2023 16:51:00(UTC+1)\nRead: 14/09/2023 16:52:00"
    both = "To: +447700900124 Jay\nRead: 14/09/2023 16:52:00\nTo: +447700900125 Ann\nRead: 14/09/2023 16:53:00"
    content = (
        f'Date,Parties,Body\n14/09/2023 16:50,"{cell}",x\n15/09/2023 16:50,"{cell}",y\n14/09/2023 16:51,"{both}",z\n'
    )
    first, second, third = messages_of(read_text(tmp_path, content, name="list.csv"))
    for message in (first, second):
        delivered, read = message.times.delivered, message.times.read
        assert delivered is not None
        assert read is not None
        assert (delivered.raw, delivered.utc) == ("14/09/2023 16:51:00(UTC+1)", "2023-09-14T15:51:00.000Z")
        assert (read.raw, read.utc) == ("14/09/2023 16:52:00", "2023-09-14T15:52:00.000Z")
    assert (third.times.read, len(third.to)) == (None, 2)


FARED = "To: +447700900124 Jay\nDelivered: 14/09/2023 16:51:00\nRead: 14/09/2023 16:52:00"


@pytest.mark.parametrize(
    ("headings", "time", "told"),
    [
        ("Timestamp,Parties,Body", "14/09/2023 16:50:00", "2023-09-14T15:52:00.000Z"),
        ("Timestamp (UTC),Parties,Body", "14/09/2023 16:50:00", "2023-09-14T16:52:00.000Z"),
        ("Time (UTC+5),Parties,Body", "14/09/2023 16:50:00", "2023-09-14T11:52:00.000Z"),
        ("Timestamp,Parties,Body", "14/09/2023 16:50:00(UTC+0)", "2023-09-14T16:52:00.000Z"),
        ("Timestamp,Parties,Body", "14/09/2023 16:50:00(UTC-5)", "2023-09-14T21:52:00.000Z"),
        ("Timestamp,Parties,Body,Time Zone", "14/09/2023 16:50:00", "2023-09-14T14:52:00.000Z"),
        ("Timestamp,Parties,Body", "1694706600", None),
        ("Timestamp,Parties,Body", "14/09/2023 16:50:00 IST", None),
    ],
)
def test_times_in_a_cell_of_parties_are_of_the_zone_of_the_row(
    tmp_path: Path, headings: str, time: str, told: str | None
) -> None:
    content = f'{headings}\n{time},"{FARED}",x,UTC+2\n{time},"{FARED}",y,UTC+2\n'
    for message in messages_of(read_text(tmp_path, content, name="list.csv")):
        read = message.times.read
        assert read is not None
        assert (read.raw, read.utc) == ("14/09/2023 16:52:00", told)


def test_long_cells_are_not_held_on_to() -> None:
    party_lines._fared_times.cache_clear()
    people = "".join(f"\nTo: +447700900{at} Jay" for at in range(100, 130))
    assert fared_times(f"From: +447700900124 Jay{people}\nRead: 14/09/2023 16:52:00") == (None, None)
    assert party_lines._fared_times.cache_info().currsize == 0
    assert fared_times(FARED) == ("14/09/2023 16:52:00", "14/09/2023 16:51:00")
