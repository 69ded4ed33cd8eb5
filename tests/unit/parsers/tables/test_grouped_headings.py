"""Headings that stand twice are of the party over them, and identify no handset that was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import calls_of, contacts_of, read_text
from tests.unit.parsers.made_deliveries import codes_of

HEAD = "MSISDN,IMEI,IMSI,MSISDN,IMEI,IMSI,Start,Type,Duration (s)\n"
ROWS = (
    "07700900100,350000000000006,234150000000001,07700900201,,,25/07/2024 13:00:00,Voice,65\n"
    "07700900202,,,07700900100,350000000000006,234150000000001,25/07/2024 13:01:00,Voice,5\n"
)


@pytest.mark.parametrize(
    ("first", "second"), [("Calling party", "Called party"), ("A party", "B party"), ("A-Number", "B-Number")]
)
def test_each_is_of_its_party(tmp_path: Path, first: str, second: str) -> None:
    result = read_text(tmp_path, f"{first},,,{second},,,Event,,\n{HEAD}{ROWS}")
    assert [(each.from_party and each.from_party.e164, [to.e164 for to in each.to]) for each in calls_of(result)] == [
        ("+447700900100", ["+447700900201"]),
        ("+447700900202", ["+447700900100"]),
    ]
    assert [part.imei for part in result.parts] == [()]
    assert "side_not_read" not in codes_of(result)


def test_nothing_over_them_says_whose_they_are(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Calls,,,,,,,,\n{HEAD}{ROWS}")
    assert [each.from_party for each in calls_of(result)] == [None, None]


def test_where_they_come_again(tmp_path: Path) -> None:
    groups = "Calling party,,,Called party,,,Event,,\n"
    first, second = ROWS.splitlines(keepends=True)
    result = read_text(tmp_path, f"{groups}{HEAD}{first}{groups}{HEAD}{second}")
    assert [each.from_party and each.from_party.e164 for each in calls_of(result)] == ["+447700900100", "+447700900202"]
    assert [part.imei for part in result.parts] == [()]
    for rows in result.tally.values():
        assert all(each.seen == each.indexed + each.merged + each.noticed for each in rows.values())


@pytest.mark.parametrize("title", ["Contacts,,Page 1 of 3,", "Subject details,,Exported by DC Smith,"])
def test_a_title_over_two_columns_of_numbers_is_no_party(tmp_path: Path, title: str) -> None:
    rows = "Jay,07700900201,07700900202,jay@example.org\nKay,07700900203,,kay@example.org\n"
    result = read_text(tmp_path, f"{title}\nName,Number,Number,Email\n{rows}", name="contacts.csv")
    assert [[number.e164 for number in each.numbers] for each in contacts_of(result)] == [
        ["+447700900201", "+447700900202"],
        ["+447700900203"],
    ]


@pytest.mark.parametrize("title", ["Operation Fennel,,,Exhibit HW/7,", "First party,,,Second party,"])
def test_below_a_title_calls_are_read_as_without_it(tmp_path: Path, title: str) -> None:
    table = "Date,Number,Type,Number,Duration\n13/02/2024 10:00,07700900201,Incoming,07700900202,12\n"
    (tmp_path / "alone").mkdir()
    alone = calls_of(read_text(tmp_path / "alone", table))
    found = calls_of(read_text(tmp_path, f"{title}\n{table}"))
    assert [each.time.utc for each in found] == ["2024-02-13T10:00:00.000Z"]
    assert [(each.from_party, each.to) for each in found] == [(each.from_party, each.to) for each in alone]


def test_the_last_record_of_a_table_is_no_row_of_groups(tmp_path: Path) -> None:
    contacts = "Name,Number,Email\nJay,07700900201,j@example.org\nKay,07700900202,k@example.org\n"
    texts = "Number,Text,Date,Number,Name\n07700900203,hi there,13/02/2024 10:00,07700900204,Jay\n"
    result = read_text(tmp_path, contacts + texts, name="export.csv")
    assert [each.name for each in contacts_of(result)] == ["Jay", "Kay"]
    calls = "Date,Number,Type,Duration\n13/02/2024 10:00,07700900201,Incoming,35\n"
    more = "Name,Number,Number,Email\nJay,07700900203,07700900204,j@example.org\n"
    (tmp_path / "calls").mkdir()
    result = read_text(tmp_path / "calls", calls + more, name="export.csv")
    assert len(calls_of(result)) == 1
    assert [[number.e164 for number in each.numbers] for each in contacts_of(result)] == [
        ["+447700900203", "+447700900204"]
    ]


def test_headings_that_come_again_without_their_groups(tmp_path: Path) -> None:
    first, second = ROWS.splitlines(keepends=True)
    result = read_text(tmp_path, f"Calling party,,,Called party,,,Event,,\n{HEAD}{first}{HEAD}{second}")
    assert [each.from_party and each.from_party.e164 for each in calls_of(result)] == ["+447700900100", "+447700900202"]


PAIRS = [("+447700900100", ["+447700900201"], 65.0), ("+447700900202", ["+447700900100"], 5.0)]


@pytest.mark.parametrize("title", ["", "Calls of HW/7\n"])
@pytest.mark.parametrize("below", ["Start,Type,(s)", "Start,Type,Duration (s)", ",,"])
@pytest.mark.parametrize("above", ["Time,Type,Duration", "Date and time,,Duration"])
def test_the_row_of_groups_names_other_columns_too(tmp_path: Path, title: str, above: str, below: str) -> None:
    heads = f"Calling party,,,Called party,,,{above}\nMSISDN,IMEI,IMSI,MSISDN,IMEI,IMSI,{below}\n"
    result = read_text(tmp_path, f"{title}{heads}{ROWS}", name="calls.csv")
    found = calls_of(result)
    sides = [(each.from_party and each.from_party.e164, [to.e164 for to in each.to]) for each in found]
    assert [(*side, each.duration_seconds) for side, each in zip(sides, found, strict=True)] == PAIRS
    assert [each.time.utc for each in found] == ["2024-07-25T12:00:00.000Z", "2024-07-25T12:01:00.000Z"]
    assert [part.imei for part in result.parts] == [()]
    assert "time_unreadable" not in codes_of(result)


def test_such_headings_that_come_again_or_stand_below_another_table(tmp_path: Path) -> None:
    heads = "Calling party,,,Called party,,,Time,Type,Duration\nMSISDN,IMEI,IMSI,MSISDN,IMEI,IMSI,Start,Type,(s)\n"
    first, second = ROWS.splitlines(keepends=True)
    other = "Date,Number,Type,Duration\n13/02/2024 10:00,07700900201,Incoming,35\n"
    for at, text in enumerate((heads + first + heads + second, other + heads + ROWS)):
        folder = tmp_path / str(at)
        folder.mkdir()
        result = read_text(folder, text, name="calls.csv")
        assert [each.duration_seconds for each in calls_of(result)] == [[65.0, 5.0], [35.0, 65.0, 5.0]][at]
        for rows in result.tally.values():
            assert all(each.seen == each.indexed + each.merged + each.noticed for each in rows.values())
