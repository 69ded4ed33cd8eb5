"""First and last names beside calls and messages: of the other side, or of whose line it is and who read the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Message
from parsers.tables.row_sides import is_id_heading
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


@pytest.mark.parametrize(
    ("heading", "other"), [("Sender ID", "Sender"), ("AuthorID", "Author"), ("SenderID", "Sender")]
)
@pytest.mark.parametrize("ids", [("2", "3"), ("12", "13"), ("0", "1"), ("204", "3105")])
def test_an_id_beside_a_name_is_what_the_source_says_of_that_person(
    tmp_path: Path, heading: str, other: str, ids: tuple[str, str]
) -> None:
    rows = (f"1{at}/07/2024 10:00:00,{ids[at]},{name},hi" for at, name in enumerate(("Jay", "Dan")))
    found = read(tmp_path, f"Date,{heading},{other},Message", *rows)
    told = [(each.from_party.raw, each.from_party.name) for each in found if each.from_party is not None]
    assert told == [(ids[0], "Jay"), (ids[1], "Dan")]
    assert [each.to for each in found] == [(), ()]


@pytest.mark.parametrize("number", ["07700900123", "+447700900123"])
def test_an_id_beside_a_number_stays_beside_the_record(tmp_path: Path, number: str) -> None:
    (found,) = read(tmp_path, "Date,Sender ID,Sender,Message", f"11/07/2024 10:00:00,2,{number},hi")
    assert found.from_party is not None
    assert (found.from_party.e164, found.to) == ("+447700900123", ())
    assert found.from_party.name is None
    assert found.extra == (("Sender ID", "2"),)


@pytest.mark.parametrize("row", ["Jay,07700900123", "07700900123,Jay"])
def test_a_name_under_a_caller_id_is_that_of_the_number(tmp_path: Path, row: str) -> None:
    (call,) = read(tmp_path, "Date,Caller ID,Caller,Duration", f"11/07/2024 10:00:00,{row},00:01:00")
    assert call.from_party is not None
    assert (call.from_party.e164, call.from_party.name, call.extra) == ("+447700900123", "Jay", ())


def test_a_short_code_that_stands_twice_is_one_sender(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "Date,Sender ID,Sender,Message", "11/07/2024 10:00:00,64446,64446,hi")
    assert found.from_party is not None
    assert (found.from_party.raw, found.to, found.extra) == ("64446", (), ())


def test_a_caller_id_that_is_a_number_goes_with_the_caller(tmp_path: Path) -> None:
    (call,) = read(tmp_path, "Date,Caller ID,Caller,Duration", "11/07/2024 10:00:00,07700900123,Jay,00:01:00")
    assert call.from_party is not None
    assert (call.from_party.e164, call.from_party.name, call.to) == ("+447700900123", "Jay", ())


def test_two_numbers_of_one_side_are_two_even_under_a_caller_id(tmp_path: Path) -> None:
    row = "11/07/2024 10:00:00,07700900123,07700900456,00:01:00"
    (call,) = read(tmp_path, "Date,Caller ID,Caller,Duration", row)
    said = repr(call)
    assert "+447700900123" in said
    assert "+447700900456" in said


def test_a_count_of_recipients_is_no_id(tmp_path: Path) -> None:
    row = "11/07/2024 10:00:00,07700900123,2,hi"
    (found,) = read(tmp_path, "Date,From,Recipients,Message", row)
    assert found.from_party is not None
    assert found.from_party.e164 == "+447700900123"
    assert "2" in repr((found.to, found.extra))


def test_the_id_of_a_contact_beside_its_name_is_no_second_party(tmp_path: Path) -> None:
    row = "11/07/2024 10:00:00,17,Jay,incoming,hi"
    (found,) = read(tmp_path, "Date,Contact ID,Contact,Direction,Message", row)
    assert found.from_party is not None
    assert (found.from_party.name, found.to) == ("Jay", ())


@pytest.mark.parametrize("key", ["prepaid", "paid", "sender", "caller", "recipients"])
def test_what_ends_so_by_chance_is_no_id(key: str) -> None:
    assert not is_id_heading(key)
