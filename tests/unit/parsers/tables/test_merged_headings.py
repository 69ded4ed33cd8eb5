"""Headings that are merged over two rows are one row of headings, and their lower row is no table of contacts."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest

from parsers.contract import Limits, Sidecar
from parsers.errors import InputRefused
from parsers.mapping_proposal import propose, render
from parsers.records.facts import Contact, Direction, Message
from parsers.records.values import Party
from parsers.table_mapping import read_mappings
from tests.unit.parsers.formats.table.made_tables import calls_of, contacts_of, messages_of, read_file
from tests.unit.parsers.sheets.test_merged_cells import merged_book, merging

ROW = ("14/09/2023 16:49", "Jay", "07700900123", "Incoming", "one")
MERGED = ("A1:A2", "B1:C1", "D1:D2", "E1:E2")


def book(tmp_path: Path, merged: str, *rows: tuple[str, ...]) -> Path:
    """Write a workbook whose sheet has a name that says nothing."""
    named = merged_book(tmp_path / "named.xlsx", merged, *rows)
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(named) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'name="Texts"', b'name="Sheet1"'))
    named.unlink()
    return path


def told(message: Message) -> tuple[object, ...]:
    party: Party | None = message.from_party or next(iter(message.to), None)
    return (message.time.utc, party and party.e164, party and party.name, message.body)


ONE = ("2023-09-14T15:49:00.000Z", "+447700900123", "Jay", "one")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("Date", "Party", "", "Direction", "Text"), ("", "Name", "Number")),
        (("Timestamp", "Participant", "", "Direction", "Message"), ("", "Name", "Phone")),
        (("Datum", "Teilnehmer", "", "Richtung", "Nachricht"), ("", "Name", "Rufnummer")),
        # By the upper row alone they would be no table at all.
        (("Date", "Somebody else", "", "Direction", "Text"), ("", "Name", "Number")),
        (("Date", "Details of the person", "", "Direction", "Text"), ("", "Contact", "Tel")),
    ],
)
def test_messages(tmp_path: Path, upper: tuple[str, ...], lower: tuple[str, ...]) -> None:
    path = book(tmp_path, merging(*MERGED), upper, lower, ROW)
    result = read_file(path)
    assert [told(each) for each in messages_of(result)] == [ONE]
    assert contacts_of(result) == []


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("Date", "Party", "", "Direction", "Text"), ("", "Name", "Number")),
        (("Datum", "Teilnehmer", "", "Richtung", "Nachricht"), ("", "Name", "Rufnummer")),
    ],
)
def test_the_mapping_that_is_proposed_says_the_same(
    tmp_path: Path, upper: tuple[str, ...], lower: tuple[str, ...]
) -> None:
    path = book(tmp_path, merging(*MERGED), upper, lower, ROW)
    stated = read_mappings(tomllib.loads(render(propose(path, Limits())))["table"])
    assert stated[0].columns["number"] != (upper[1],)
    assert [told(each) for each in messages_of(read_file(path, sidecar=Sidecar(table=stated)))] == [ONE]


def test_a_mapping_that_names_the_upper_row_is_as_it_is(tmp_path: Path) -> None:
    upper, lower = ("Date", "Party", "", "Direction", "Text"), ("", "Name", "Number")
    path = book(tmp_path, merging(*MERGED), upper, lower, ROW)
    (stated,) = read_mappings(
        {"header_row": 1, "kind": "message", "columns": {"time": ["Date"], "name": ["Party"], "body": ["Text"]}}
    )
    found = messages_of(read_file(path, sidecar=Sidecar(table=(stated,))))
    assert told(found[-1]) == ("2023-09-14T15:49:00.000Z", None, "Jay", "one")


def test_calls(tmp_path: Path) -> None:
    upper, lower = ("Date", "Time", "Call type", "Contact", "", "Duration"), ("", "", "", "Name", "Number")
    row = ("14/09/2023", "16:49", "Missed", "Jay", "07700900123", "00:00:00")
    merged = merging("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2")
    result = read_file(book(tmp_path, merged, upper, lower, row))
    (found,) = calls_of(result)
    assert found.from_party is not None
    assert (found.from_party.e164, found.from_party.name) == ("+447700900123", "Jay")
    assert (found.time.utc, contacts_of(result)) == ("2023-09-14T15:49:00.000Z", [])


def test_each_side_has_its_name(tmp_path: Path) -> None:
    upper, lower = (
        ("When", "", "From", "", "To", "", "Text"),
        ("Date", "Time", "Name", "Number", "Name", "Number"),
    )
    row = ("14/09/2023", "16:49", "Jay", "07700900123", "Kay", "07700900999", "one")
    merged = merging("A1:B1", "C1:D1", "E1:F1", "G1:G2")
    (found,) = messages_of(read_file(book(tmp_path, merged, upper, lower, row)))
    assert told(found) == ONE
    assert [(party.e164, party.name) for party in found.to] == [("+447700900999", "Kay")]


@pytest.mark.parametrize("heads", [("When", "Date", "Time"), ("Wann", "Datum", "Uhrzeit")])
def test_day_and_time_below_a_time(tmp_path: Path, heads: tuple[str, str, str]) -> None:
    over, *below = heads
    upper = (over, "", "Direction", "Number", "Message")
    row = ("14/09/2023", "16:49", "Incoming", "07700900123", "one")
    merged = merging("A1:B1", "C1:C2", "D1:D2", "E1:E2")
    (found,) = messages_of(read_file(book(tmp_path, merged, upper, tuple(below), row)))
    assert told(found) == (*ONE[:2], None, "one")


def test_a_mapping_that_names_two_columns_of_one_heading_is_refused(tmp_path: Path) -> None:
    upper, lower = ("Date", "From", "", "To", "", "Text"), ("", "Number", "Name", "Number", "Name", "")
    row = ("14/09/2023 16:49", "07700900123", "Kay", "07700900124", "Jay", "one")
    path = book(tmp_path, merging("A1:A2", "B1:C1", "D1:E1", "F1:F2"), upper, lower, row)
    columns = {"time": ["Date"], "number": ["Number"], "name": ["Name"], "body": ["Text"]}
    (stated,) = read_mappings({"kind": "message", "header_row": 2, "columns": columns})
    with pytest.raises(InputRefused) as refused:
        read_file(path, sidecar=Sidecar(table=(stated,)))
    assert refused.value.code == "mapping_refused"


def test_below_another_table(tmp_path: Path) -> None:
    calls = (("Date", "Number", "Direction", "Duration"), ("13/09/2023 10:00", "07700900456", "Out", "00:01:00"))
    upper, lower = ("Date", "Somebody else", "", "Direction", "Text"), ("", "Name", "Number")
    merged = merging("A3:A4", "B3:C3", "D3:D4", "E3:E4")
    result = read_file(book(tmp_path, merged, *calls, upper, lower, ROW))
    assert [told(each) for each in messages_of(result)] == [ONE]
    assert (len(calls_of(result)), contacts_of(result)) == (1, [])


PLAIN = ("Date", "Direction", "Name", "Number", "Text")
PLACES = "ABCDE"


@pytest.mark.parametrize(
    ("place", "remark"),
    [
        (4, "(verbatim)"),
        (4, "(as typed by sender)"),
        (4, "English"),
        (4, "redacted where needed"),
        (4, "(chars)"),
        (1, "I = in, O = out"),
        (2, "(as saved in phone)"),
        (3, "(as shown)"),
        (0, "(24 hour)"),
    ],
)
def test_a_remark_below_a_heading_leaves_it_its_column(tmp_path: Path, place: int, remark: str) -> None:
    lower = tuple(remark if each == place else "" for each in range(len(PLAIN)))
    merged = merging(*(f"{letter}1:{letter}2" for letter in PLACES if letter != PLACES[place]))
    row = (ROW[0], "Incoming", "Jay", "07700900123", "one")
    result = read_file(book(tmp_path, merged, PLAIN, lower, row))
    assert [(*told(each), each.direction) for each in messages_of(result)] == [(*ONE, Direction.INCOMING)]


def test_a_text_over_original_and_translation_is_the_original(tmp_path: Path) -> None:
    upper, lower = (*PLAIN[:1], *PLAIN[3:], ""), ("", "", "Original", "English")
    row = (ROW[0], "07700900123", "czesc", "hi")
    (found,) = messages_of(read_file(book(tmp_path, merging("A1:A2", "B1:B2", "C1:D1"), upper, lower, row)))
    assert (found.body, [each for each in found.extra if "hi" in each]) == ("czesc", [("English", "hi")])


def test_below_a_group_what_is_known_speaks_for_it(tmp_path: Path) -> None:
    upper, lower = ("Date", "Contact", "", "Direction", "Text"), ("", "Ref", "Number")
    row = (ROW[0], "KB two", *ROW[2:])
    (found,) = messages_of(read_file(book(tmp_path, merging(*MERGED), upper, lower, row)))
    assert told(found) == (*ONE[:2], None, "one")


CONTACTS = (("Name", "Number"), ("Kay", "07700900456"))
HEAD = ("Date", "Number", "Direction", "Message")
TEXT = ("14/09/2023 16:49", "07700900123", "Incoming", "one")


@pytest.mark.parametrize(
    ("merged", "rows", "counts"),
    [
        # A table of contacts of its own, right below, behind a title, and below messages with merged cells.
        ((), (HEAD, TEXT, *CONTACTS), (1, 1)),
        ((), (HEAD, TEXT, ("Contacts",), *CONTACTS), (1, 1)),
        (("B2:B3",), (HEAD, TEXT, (TEXT[0], "", *TEXT[2:]), *CONTACTS), (2, 1)),
        # A list of messages without any, with that of contacts below it.
        ((), (HEAD, *CONTACTS), (0, 1)),
        # Titles over contacts, merged to the right, downwards, and over the headings.
        ((), (("Contacts",), *CONTACTS), (0, 1)),
        (("A1:B1",), (("Contacts of HW/1",), *CONTACTS), (0, 1)),
        (("A1:B2",), (("Contacts of HW/1",), ("",), *CONTACTS), (0, 1)),
        (("C1:C3",), (("", "", "HW/1"), *CONTACTS), (0, 1)),
        # Contacts whose headings are merged.
        (("A1:A2", "B1:C1"), (("Name", "Number", ""), ("", "Home", "Mobile"), ("Kay", "", "07700900456")), (0, 1)),
        # A title that is merged down to headings of messages.
        (("E1:E2",), (("", "", "", "", "HW/1"), HEAD, TEXT), (1, 0)),
        # Cells of data that are merged.
        (("A2:A3", "B2:B3"), (HEAD, TEXT, ("", "", "Outgoing", "two")), (2, 0)),
    ],
)
def test_tables_that_are_their_own(
    tmp_path: Path, merged: tuple[str, ...], rows: tuple[tuple[str, ...], ...], counts: tuple[int, int]
) -> None:
    result = read_file(book(tmp_path, merging(*merged), *rows))
    people = [each for each in result.records if isinstance(each, Contact)]
    assert (len(messages_of(result)), len(people)) == counts
    assert all(each.name == "Kay" and each.numbers[0].e164 == "+447700900456" for each in people)
