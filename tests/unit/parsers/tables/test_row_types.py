"""A timeline lists messages, calls and other things: each row becomes what its type names, and nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.reading import ReadResult
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.table_mapping import read_mappings
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, contacts_of, messages_of, read_text

HEADINGS = "Type,Direction,Timestamp,Number,Description,Duration"
NUMBER = "07700900123"
ONE_OF_EACH = ("SMS Messages", "Call Log")


def timeline(folder: Path, *types: str, headings: str = HEADINGS, **more: str) -> ReadResult:
    """Read a table with a row of each type; ``more``: what stands in the last two columns of a type's row."""
    rows = [
        f"{each},Incoming,{13 + place % 15}/07/2023 16:10:42,{NUMBER},{more.get(each, ',')}"
        for place, each in enumerate(types)
    ]
    return read_text(folder, "\n".join([headings, *rows, ""]), name="tl.csv")


@pytest.mark.parametrize(
    "said",
    [
        *("Instant Messages", "Instant Message", "Chat", "Chats", "Message", "iMessage", "Text", "WhatsApp"),
        *("MMS Messages", "Outgoing SMS", "Nachrichten"),
    ],
)
def test_messages_are_no_calls(tmp_path: Path, said: str) -> None:
    result = timeline(tmp_path, *ONE_OF_EACH, said)
    assert (len(messages_of(result)), len(calls_of(result))) == (2, 1)


@pytest.mark.parametrize(
    "said", ["Call", "Calls", "Voice Call", "Missed Call", "Voicemail", "Incoming", "Declined", ""]
)
def test_calls_stay_calls(tmp_path: Path, said: str) -> None:
    result = timeline(tmp_path, *ONE_OF_EACH, said)
    assert (len(messages_of(result)), len(calls_of(result))) == (1, 2)


def test_a_contact_is_one(tmp_path: Path) -> None:
    result = timeline(tmp_path, *ONE_OF_EACH, "Contacts")
    (contact,) = contacts_of(result)
    assert [number.raw for number in contact.numbers] == [NUMBER]
    assert len(calls_of(result)) == 1


@pytest.mark.parametrize("said", ["Email", "E-mail", "Location", "Web History", "Data"])
def test_what_is_not_read_by_design_is_counted_by_its_type(tmp_path: Path, said: str) -> None:
    result = timeline(tmp_path, *ONE_OF_EACH, said, said)
    assert len(result.records) == 2
    (notice,) = [each for each in result.notices if each.code == "element_not_read"]
    assert (notice.subject, notice.element, notice.count) == (said, f"other:{said}", 2)


def test_a_type_that_is_not_known_is_named_as_skipped(tmp_path: Path) -> None:
    result = timeline(tmp_path, *ONE_OF_EACH, "Transaction")
    assert len(result.records) == 2
    assert codes_of(result)["element_unreadable"] == 1
    assert NOTICE_TABLE["element_unreadable"].severity is Severity.SKIPPED


def test_what_lasted_is_a_call_whatever_else_its_type_says(tmp_path: Path) -> None:
    result = timeline(tmp_path, *ONE_OF_EACH, "UK Mobile", "WhatsApp", **{"UK Mobile": ",65", "WhatsApp": ",63"})
    assert [call.duration_seconds for call in calls_of(result)] == [None, 65, 63]


def test_in_a_list_of_calls_the_application_is_no_message(tmp_path: Path) -> None:
    result = timeline(tmp_path, "WhatsApp", "Phone", "Missed")
    assert (len(calls_of(result)), messages_of(result)) == (3, [])


@pytest.mark.parametrize("duration", [",Duration", ""])
def test_rows_without_a_text_are_what_their_type_names(tmp_path: Path, duration: str) -> None:
    ends = {"SMS": "hi" + duration[:1], "Email": "dear" + duration[:1]}
    types = ("SMS", "Call", "Contact", "Location", "Email")
    rest = dict.fromkeys(types, duration[:1]) | ends
    result = timeline(tmp_path, *types, headings=f"Type,Direction,Timestamp,Number,Text{duration}", **rest)
    assert [message.body for message in messages_of(result)] == ["hi", "dear"]
    assert (len(calls_of(result)), len(contacts_of(result))) == (1, 1)
    assert codes_of(result)["element_not_read"] == 1


def test_in_a_chat_the_type_is_that_of_what_was_sent(tmp_path: Path) -> None:
    headings = "Type,Direction,Timestamp,Number,Text,Chat Name"
    types = ("Text", "Location", "Contact", "Missed call")
    result = timeline(tmp_path, *types, headings=headings, **dict.fromkeys(types, ",Lads"))
    assert len(messages_of(result)) == 4


def test_a_mapping_holds_before_the_types(tmp_path: Path) -> None:
    columns = {"time": ["Timestamp"], "number": ["Number"], "type": ["Type"], "duration": ["Duration"]}
    mapping = read_mappings([{"kind": "call", "columns": columns, "date_order": "day_first"}])[0]
    content = f"{HEADINGS}\nChat,,13/07/2023 16:10:42,{NUMBER},,\nCall,,13/07/2023 16:11:42,{NUMBER},,\n"
    assert len(calls_of(read_text(tmp_path, content, sidecar=Sidecar(table=(mapping,))))) == 2


@pytest.mark.parametrize("heading", ["Description", "Details"])
def test_what_describes_a_message_is_its_text_and_of_others_stays_beside_them(tmp_path: Path, heading: str) -> None:
    types = (*ONE_OF_EACH, "Chat", "Contacts")
    said = {each: f"about {each}," for each in types}
    result = timeline(tmp_path, *types, headings=HEADINGS.replace("Description", heading), **said)
    assert [(message.body, dict(message.extra).get(heading)) for message in messages_of(result)] == [
        ("about SMS Messages", None),
        ("about Chat", None),
    ]
    others = (*calls_of(result), *contacts_of(result))
    assert [dict(each.extra).get(heading) for each in others] == ["about Call Log", "about Contacts"]
    (notice,) = [each for each in result.notices if each.code == "columns_assumed"]
    assert f"body of what is a message = {heading}" in (notice.subject or "")
    assert "kept beside" not in (notice.subject or "")


def test_of_two_columns_that_may_be_the_text_none_is(tmp_path: Path) -> None:
    said = dict.fromkeys(ONE_OF_EACH, "one,,two")
    result = timeline(tmp_path, *ONE_OF_EACH, headings=f"{HEADINGS},Details", **said)
    (message,) = messages_of(result)
    assert message.body is None
    assert dict(message.extra) | {"Description": "one", "Details": "two"} == dict(message.extra)
