"""First and last names beside calls and messages: of the other side, or of whose line it is and who read the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Message
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_text

SUBSCRIBER = (("Forename", "Jane"), ("Surname", "Doe"))


def read(folder: Path, headings: str, *rows: str) -> list[Call | Message]:
    result = read_text(folder, "\n".join([headings, *rows, ""]), name="list.csv")
    return [*calls_of(result), *messages_of(result)]


@pytest.mark.parametrize(("heading", "cell"), [("Duration", "00:01:00"), ("Message", "hi")])
def test_both_sides_by_number_leave_names_to_nobody(tmp_path: Path, heading: str, cell: str) -> None:
    rows = (f"07700900999,0770090012{at},1{at}/07/2024 10:00:00,{cell},Jane,Doe" for at in (3, 4))
    for record in read(tmp_path, f"From,To,Date,{heading},Forename,Surname", *rows):
        assert [party.name for party in (record.from_party, *record.to) if party is not None] == [None, None]
        assert record.extra == SUBSCRIBER


def test_one_name_beside_many_numbers_is_nobody_who_was_called(tmp_path: Path) -> None:
    rows = (f"0770090012{at},1{at}/07/2024 10:00:00,00:01:00,Jane,Doe" for at in (3, 4, 5))
    calls = read(tmp_path, "Called Number,Date,Duration,Forename,Surname", *rows)
    assert [[party.name for party in call.to] for call in calls] == [[None]] * 3
    assert {call.extra for call in calls} == {SUBSCRIBER}


@pytest.mark.parametrize("names", [("Jane,Doe", "Jane,Doe"), ("Jane,Doe", "Al,", "Mo,Kay")])
def test_names_that_go_with_their_numbers_are_the_other_sides(tmp_path: Path, names: tuple[str, ...]) -> None:
    rows = (f"0770090012{at},1{at + 3}/07/2024 10:00:00,hi,{name}" for at, name in enumerate(names))
    found = read(tmp_path, "From,Date,Message,Forename,Surname", *rows)
    told = [record.from_party.name for record in found if record.from_party is not None]
    assert told == [name.replace(",", " ").strip() for name in names]
