"""Several tables on one sheet: each is read under its own headings, as what they say; unknown ones are named."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from parsers.reading import ReadResult
from tests.fakes.deliveries import is_balanced
from tests.unit.parsers.formats.table.made_tables import calls_of, contacts_of, messages_of
from tests.unit.parsers.formats.ufed_workbook.test_sheets import Cells, read

SMS: Cells = (
    ("#", "Folder", "Party", "Time", "Status", "Message", "Source", "Deleted"),
    (1, "Inbox", "From: +447700900456", "15/07/2024 13:00:05(UTC+1)", "Read", "one", "Phone", None),
    (2, "Sent", "To: +447700900456", "15/07/2024 13:01:05(UTC+1)", "Sent", "two", "Phone", None),
)
CALLS: Cells = (
    ("#", "Type", "Party", "Time", "Duration", "Source"),
    (1, "Incoming", "From: +447700900456", "15/07/2024 13:00:05(UTC+1)", "00:01:01", "Phone"),
)
CONTACTS: Cells = (("#", "Name", "Entries", "Source"), (1, "Jay", "Phone-Mobile: +447700900789", "Phone"))
HISTORY: Cells = (("URL", "Title", "Visited"), ("http://a.example", "a page", "15/07/2024 13:00:05"))
TABLES = {"SMS Messages": SMS, "Call Log": CALLS, "Contacts": CONTACTS}
GAP: Cells = ((),)


def counts(result: ReadResult) -> tuple[int, int, int]:
    assert is_balanced(result)
    return len(messages_of(result)), len(calls_of(result)), len(contacts_of(result))


def told(result: ReadResult) -> list[str]:
    return [notice.subject or "" for notice in result.notices if "unknown columns" in (notice.subject or "")]


@pytest.mark.parametrize("names", list(permutations(TABLES)))
@pytest.mark.parametrize("title", ["{} (1)", "{}", ""])
@pytest.mark.parametrize("gap", [GAP, ()])
def test_each_table_is_read_as_its_own_headings_say(
    tmp_path: Path, names: tuple[str, ...], title: str, gap: Cells
) -> None:
    rows = [row for name in names for row in (*gap, *([(title.format(name),)] if title else []), *TABLES[name])]
    result = read(tmp_path, {names[0]: rows})
    assert counts(result) == (2, 1, 1)
    assert [message.body for message in messages_of(result)] == ["one", "two"]
    assert calls_of(result)[0].duration_seconds == 61
    assert [message.service for message in messages_of(result)] == ["sms", "sms"]


@pytest.mark.parametrize("over", [(("Web History (1)",),), (("Web History",),), ((), ())])
@pytest.mark.parametrize("history", [HISTORY, tuple((row[0], row[1], "x", row[2]) for row in HISTORY)])
def test_an_unknown_table_is_named_with_its_columns(tmp_path: Path, over: Cells, history: Cells) -> None:
    result = read(tmp_path, {"SMS Messages": (("SMS Messages (2)",), *SMS, (), *over, *history)})
    assert counts(result) == (2, 0, 0)
    assert told(result) == [f"table of unknown columns ({', '.join(map(str, history[0]))})"]


def test_a_known_table_behind_an_unknown_one_is_read(tmp_path: Path) -> None:
    result = read(tmp_path, {"SMS Messages": (*SMS, (), ("Web History (1)",), *HISTORY, (), *CALLS)})
    assert counts(result) == (2, 1, 0)
    assert len(told(result)) == 1


def test_rows_with_times_behind_a_remark_stay_in_their_table(tmp_path: Path) -> None:
    row = (None, "Inbox", "From: Jay", None, "Read", None, "Phone", None)
    result = read(tmp_path, {"SMS Messages": (*SMS[:2], ("page 2",), row, SMS[2])})
    assert [message.body for message in messages_of(result)][-1] == "two"
    assert told(result) == []
