"""A side over its number and name in a second row of headings is read as one row."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.sheets.rows import Row
from parsers.tables.heading_pairs import paired
from tests.unit.parsers.formats.table.made_tables import contacts_of, messages_of, read_text


def test_texts(tmp_path: Path) -> None:
    head = "From,,To,,Date/Time,Message\nNumber,Name,Number,Name,,\n"
    row = "07700900201,Kay,07700900202,Mo,25/07/2024 13:00,a\n"
    result = read_text(tmp_path, head + row)
    (found,) = messages_of(result)
    assert found.from_party is not None
    assert (found.from_party.e164, found.from_party.name) == ("+447700900201", "Kay")
    assert [(party.e164, party.name) for party in found.to] == [("+447700900202", "Mo")]
    assert (found.body, found.time.utc) == ("a", "2024-07-25T12:00:00.000Z")
    assert contacts_of(result) == []


@pytest.mark.parametrize(
    ("upper", "lower", "told"),
    [
        ("Sender,,Date/Time,Message", "Number,Name,,", "Sender Number,Sender Name,Date/Time,Message"),
        # Cells that are merged over both rows.
        ("Sender,,Date/Time,Message", "Number,Name,Date/Time,Message", "Sender Number,Sender Name,Date/Time,Message"),
        # The first row has the sides alone.
        (",From,,To,", "Date,Number,Name,Phone,Name,Text", "Date,From Number,From Name,To Phone,To Name,Text"),
        ("Caller,,Callee,,Start", "Phone,Name,Phone,Name,", "Caller Phone,Caller Name,Callee Phone,Callee Name,Start"),
        ("A Party,,Start", "Number,Name,", "A Party Number,A Party Name,Start"),
        ("When,,From,,Text", "Date,Time,Name,Number,", "Date,Time,From Name,From Number,Text"),
        ("Sent,,From,,Text", "Date,Time,Name,Number,", "Sent Date,Sent Time,From Name,From Number,Text"),
        ("Datum,Von,,An,,Text", ",Name,Rufnummer,Name,Rufnummer,", "Datum,Von Name,Von,An Name,An,Text"),
    ],
)
def test_what_they_are_together(upper: str, lower: str, told: str) -> None:
    rows = [Row(number=at, cells=text.split(",")) for at, text in ((1, upper), (2, lower))]
    assert paired(rows[0], rows[1]) == told.split(",")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Contact,,Details,,", "Number,Name,Date/Time,Direction,Message"),
        ("Date,From,To,Message", "25/07/2024,07700900201,07700900202,Number"),
        ("Report of texts,Kay", "Number,Name"),
        ("From,To,Message", "Name,Number,hello you"),
        ("Name,Number", "Name,Number"),
        ("When,,Direction", "Date,Time,"),
        ("From,To,Message", "Date,Time,Number"),
    ],
)
def test_other_rows_are_none(upper: str, lower: str) -> None:
    rows = [Row(number=at, cells=text.split(",")) for at, text in ((1, upper), (2, lower))]
    assert paired(rows[0], rows[1]) is None


def test_rows_apart_are_none() -> None:
    upper, lower = ["Sender", "", "Date/Time", "Message"], ["Number", "Name", "", ""]
    assert paired(Row(number=1, cells=upper), Row(number=3, cells=lower)) is None
