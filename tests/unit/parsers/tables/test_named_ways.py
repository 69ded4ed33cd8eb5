"""The name of a sheet or file tells the direction where no column does; a notice says so, and a column holds before."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from parsers.contract import Delivery, ReadContext
from parsers.formats.table import TableParser
from parsers.reading import ReadResult
from parsers.table_fields import TableKind
from parsers.tables.named_ways import way_named
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_file, read_text

CALLS = (
    "Number,Name,Date,Duration\n07700900123,Jay,15/07/2024 10:00:00,00:01:00\n07700900124,,16/07/2024 10:00:00,0:05\n"
)
TEXTS = "Number,Date,Message\n07700900123,15/07/2024 10:00:00,u about\n07700900124,16/07/2024 10:00:00,5 mins\n"


def read_sheet(tmp_path: Path, sheet: str, content: str) -> ReadResult:
    path = tmp_path / "Book1.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, line in enumerate(content.splitlines()):
            page.write_row(number, 0, line.split(","))
    return read_file(path)


@pytest.mark.parametrize(
    ("name", "went"),
    [("Incoming Calls.csv", "incoming"), ("HW7 outgoing calls.csv", "outgoing"), ("Missed Calls (1).csv", "missed")],
)
def test_calls_of_a_file_that_is_named_by_a_way(tmp_path: Path, name: str, went: str) -> None:
    # A call that lasted was not missed.
    content = CALLS.replace("00:01:00", "0").replace("0:05", "") if went == "missed" else CALLS
    result = read_text(tmp_path, content, name=name)
    calls = calls_of(result)
    assert [call.call_type.value for call in calls] == [went, went]
    assert [bool(call.from_party) for call in calls] == [went != "outgoing"] * 2
    assert codes_of(result)["direction_by_name"] == 2
    assert "direction_untold" not in codes_of(result)


@pytest.mark.parametrize(
    ("sheet", "way"),
    [("Received", "incoming"), ("Sent Items", "outgoing"), ("Drafts", "draft"), ("Posteingang", "incoming")],
)
def test_texts_of_a_sheet_that_is_named_by_a_way(tmp_path: Path, sheet: str, way: str) -> None:
    result = read_sheet(tmp_path, sheet, TEXTS)
    told = [(each.direction.value, each.direction_basis) for each in messages_of(result)]
    assert told == [(way, "sheet_name")] * 2
    assert codes_of(result)["direction_by_name"] == 2
    assert "direction_untold" not in codes_of(result)
    notice = next(each for each in result.notices if each.code == "direction_by_name")
    assert notice.subject is not None
    assert notice.subject.casefold() in sheet.casefold()


def test_rows_that_are_alike_are_counted_each(tmp_path: Path) -> None:
    rows = "".join(f"07700900123,{day}/07/2024 10:00:00,text {day}\n" for day in range(13, 20))
    result = read_text(tmp_path, "Number,Date,Message\n" + rows, name="Outgoing SMS.csv")
    assert {each.direction.value for each in messages_of(result)} == {"outgoing"}
    assert codes_of(result)["direction_by_name"] == 7


def test_what_a_column_states_holds_before_the_name(tmp_path: Path) -> None:
    stated = "Number,Date,Direction,Message\n07700900123,15/07/2024 10:00:00,Incoming,hi\n"
    result = read_text(tmp_path, stated + "07700900123,16/07/2024 10:00:00,Outgoing,yo\n", name="Outgoing SMS.csv")
    assert [(each.direction.value, each.direction_basis) for each in messages_of(result)] == [
        ("incoming", "direction"),
        ("outgoing", "direction"),
    ]
    assert "direction_by_name" not in codes_of(result)


def test_a_direction_that_is_not_understood_is_not_replaced_by_the_name(tmp_path: Path) -> None:
    stated = "Number,Date,Direction,Message\n07700900123,15/07/2024 10:00:00,Q,hi\n"
    result = read_text(tmp_path, stated + "07700900123,16/07/2024 10:00:00,Z,yo\n", name="Outgoing SMS.csv")
    assert {each.direction.value for each in messages_of(result)} == {"unknown"}
    assert codes_of(result)["direction_unreadable"] == 2


@pytest.mark.parametrize("name", ["Missed calls.csv", "Blocked calls.csv"])
def test_a_call_that_lasted_was_not_one_of_those_that_were_not_answered(tmp_path: Path, name: str) -> None:
    assert {call.call_type.value for call in calls_of(read_text(tmp_path, CALLS, name=name))} == {"unknown"}


@pytest.mark.parametrize(
    "name",
    [
        *("Calls received 14.02.2024.csv", "Messages sent 14-02.csv", "Call list received.csv"),
        *("Calls sent by Ann.csv", "Received 2024-07-15.csv", "Incoming and outgoing calls.csv", "out.csv"),
        *("Messages.csv", "SMS sent to lab.csv", "no incoming calls.csv", "Sent from DFU.csv"),
        *("Messages in WhatsApp.csv", "Calls in Viber.csv", "Calls in list.csv", "Incoming texts and replies.csv"),
        *("Messages missed by UFED.csv", "Blocked numbers.csv", "log in.csv", "Received 2024.csv"),
        *("JB-2 messages DRAFT.xlsx", "draft.xlsx", "SMS draft.csv", "Entwürfe.csv"),
    ],
)
def test_names_that_say_no_way_of_their_rows(name: str) -> None:
    assert way_named("", name) is None


@pytest.mark.parametrize(
    ("name", "way", "kind"),
    [
        ("Outgoing SMS.csv", "outgoing", TableKind.MESSAGE),
        ("Dialled Numbers.csv", "outgoing", TableKind.CALL),
        ("SMS In.csv", "incoming", TableKind.MESSAGE),
        ("WhatsApp messages received.csv", "incoming", TableKind.MESSAGE),
        ("ReceivedCalls.csv", "incoming", TableKind.CALL),
        ("Eingehende Anrufe.csv", "incoming", TableKind.CALL),
        ("received.csv", "incoming", None),
    ],
)
def test_names_that_say_a_way(name: str, way: str, kind: TableKind | None) -> None:
    found = way_named("Sheet1", name)
    assert found is not None
    assert (found.way, found.kind, found.basis) == (way, kind, "file_name")


@pytest.mark.parametrize("sheet", ["Sent and received", "Replies", "Messages in WhatsApp", "Not incoming"])
def test_the_file_is_not_asked_where_its_sheet_speaks_of_ways(sheet: str) -> None:
    assert way_named(sheet, "Sent.xlsx") is None


def test_a_year_behind_the_name_of_a_sheet_is_a_tail() -> None:
    found = way_named("Sent 2024", "Inbox.xlsx")
    assert found is not None
    assert (found.way, found.basis) == ("outgoing", "sheet_name")


def test_a_status_holds_before_the_name(tmp_path: Path) -> None:
    content = (
        "Number,Date,Message,Status\n07700900123,15/07/2024 10:00:00,u about,Sent\n"
        "07700900124,16/07/2024 10:00:00,5 mins,Received\n07700900124,16/07/2024 11:00:00,bell me,\n"
    )
    result = read_text(tmp_path, content, name="Messages received.csv")
    told = [(each.direction.value, each.direction_basis) for each in messages_of(result)]
    assert told == [("outgoing", "status"), ("incoming", "status"), ("incoming", "file_name")]


BOTH = """From,To,Date,{0}
07700900123,07700900999,15/07/2024 10:00:00,{1}
07700900999,07700900123,16/07/2024 10:00:00,{1}
"""


@pytest.mark.parametrize("sheet", ["Inbox", "Sent", "Drafts"])
def test_of_rows_with_both_sides_the_name_says_nothing(tmp_path: Path, sheet: str) -> None:
    result = read_sheet(tmp_path, sheet, BOTH.format("Message", "u about"))
    assert {each.direction.value for each in messages_of(result)} == {"unknown"}
    assert "direction_by_name" not in codes_of(result)


@pytest.mark.parametrize("name", ["Incoming calls.csv", "Missed calls.csv", "Outgoing calls.csv"])
def test_of_calls_with_both_sides_the_name_says_nothing(tmp_path: Path, name: str) -> None:
    result = read_text(tmp_path, BOTH.format("Duration", "00:01:00"), name=name)
    assert {each.call_type.value for each in calls_of(result)} == {"unknown"}


def test_the_owner_holds_before_a_sheet_of_drafts(tmp_path: Path) -> None:
    content = "From,To,Date,Message\n07700900123,Me,15/07/2024 10:00:00,hi\n,07700900123,15/07/2024 10:01:00,yo\n"
    told = [each.direction.value for each in messages_of(read_sheet(tmp_path, "Drafts", content))]
    assert told == ["incoming", "draft"]


def test_no_text_is_a_draft_because_its_file_is_called_one(tmp_path: Path) -> None:
    result = read_text(tmp_path, TEXTS, name="JB-2 messages DRAFT.csv")
    assert {each.direction.value for each in messages_of(result)} == {"unknown"}


ENDINGS = """Number,Date,Duration,{0}
07700900123,15/07/2024 10:00:00,00:00:00,Missed
07700900124,15/07/2024 11:00:00,00:01:00,Answered
07700900125,15/07/2024 12:00:00,00:00:00,Rejected
07700900126,15/07/2024 13:00:00,00:00:00,No answer
07700900127,15/07/2024 14:00:00,00:00:00,Incoming
"""


@pytest.mark.parametrize(("heading", "last"), [("Type", "incoming"), ("Status", "unknown")])
def test_how_a_call_ended_does_not_turn_the_way(tmp_path: Path, heading: str, last: str) -> None:
    result = read_sheet(tmp_path, "Outgoing Calls", ENDINGS.format(heading))
    assert [each.call_type.value for each in calls_of(result)] == ["outgoing"] * 4 + [last]
    assert codes_of(result)["direction_by_name"] == 4


@pytest.mark.parametrize("sheet", ["Missed Calls", "Rejected Calls"])
def test_an_answered_call_is_not_missed(tmp_path: Path, sheet: str) -> None:
    result = read_sheet(tmp_path, sheet, ENDINGS.format("Status"))
    assert [each.call_type.value for each in calls_of(result)][:3] == ["missed", "unknown", "rejected"]


def test_where_a_column_of_directions_stands_the_name_tells_nothing(tmp_path: Path) -> None:
    content = "Number,Date,Direction,Message\n07700900123,15/07/2024 10:00:00,Incoming,hi\n"
    path = tmp_path / "Sent.csv"
    path.write_text(content + "07700900124,16/07/2024 10:00:00,,yo\n", encoding="utf-8")
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    ways = [each.direction.value for each in messages_of(read_file(path))]
    assert ways == ["incoming", "unknown"]
    assert TableParser().said_by_name(delivery, ReadContext(scratch_dir=tmp_path)) == ""


def test_a_name_of_calls_says_nothing_of_texts(tmp_path: Path) -> None:
    result = read_text(tmp_path, TEXTS, name="Incoming calls.csv")
    assert {each.direction.value for each in messages_of(result)} == {"unknown"}
