"""A number without a role beside the other side's column is the own line's, and never the other side."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.table_mapping import read_mappings
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text

OWN, JAY, KAY = "07700900001", "07700900456", "07700900457"


def _sides(record: Call | Message) -> tuple[str | None, list[str | None]]:
    sender = record.from_party
    return (None if sender is None else sender.raw or sender.name), [party.raw or party.name for party in record.to]


@pytest.mark.parametrize("own", ["MSISDN", "CLI", "Mobile Number", "Telephone Number", "Number", "Phone"])
@pytest.mark.parametrize("other", ["Other Party", "Contact Number", "Partner", "Peer", "Other Number"])
def test_beside_the_other_side_a_number_without_a_role_is_no_side(tmp_path: Path, own: str, other: str) -> None:
    result = read_text(
        tmp_path,
        f"{own},Direction,{other},Date,Duration\n{OWN},Incoming,{JAY},13/05/2024 10:00,65\n"
        f"{OWN},Outgoing,{KAY},13/05/2024 10:05,5\n{OWN},Missed,,13/05/2024 10:06,0\n",
    )
    assert [_sides(call) for call in calls_of(result)] == [(JAY, []), (None, [KAY]), (None, [])]
    assert all((own, OWN) in call.extra for call in calls_of(result))


@pytest.mark.parametrize(
    ("own", "called"),
    [
        ("MSISDN", "Called Number"),
        ("Mobile Number", "Number Called"),
        ("CLI", "Dialled Number"),
        ("MSISDN", "Number Dialled"),
        ("CLI", "Called Number"),
        ("Telephone Number", "Destination Number"),
        ("Number", "Called Party"),
        ("Phone Number", "Dialled Digits"),
    ],
)
def test_a_number_without_a_role_is_the_caller_of_what_was_dialled(tmp_path: Path, own: str, called: str) -> None:
    result = read_text(
        tmp_path,
        f"{own},Date,Time,{called},Duration\n{OWN},13/05/2024,10:00,{JAY},65\n{OWN},13/05/2024,10:01,{KAY},5\n",
    )
    assert [_sides(call) for call in calls_of(result)] == [(OWN, [JAY]), (OWN, [KAY])]
    assert {call.call_type for call in calls_of(result)} == {CallType.OUTGOING}


def test_a_bill_of_two_lines_has_each_as_the_caller_of_its_own(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"Mobile Number,Date,Number Called,Duration\n{OWN},13/05/2024 10:00,{JAY},65\n"
        f"07700900002,13/05/2024 10:00,{KAY},65\n",
    )
    assert [_sides(call) for call in calls_of(result)] == [(OWN, [JAY]), ("07700900002", [KAY])]
    assert all(call.from_party is not None and call.from_party.is_owner for call in calls_of(result))


def test_calling_lines_of_several_are_senders_of_which_nobody_is_said_to_be_the_owner(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"CLI,Called Number,Date,Duration\n{OWN},{JAY},13/05/2024 10:00,65\n{JAY},{OWN},13/05/2024 10:01,5\n",
    )
    assert [_sides(call) for call in calls_of(result)] == [(OWN, [JAY]), (JAY, [OWN])]
    assert {call.call_type for call in calls_of(result)} == {CallType.UNKNOWN}


def test_a_line_is_no_caller_of_what_came_in(tmp_path: Path) -> None:
    result = read_text(
        tmp_path, f"MSISDN,Direction,Called Number,Date,Duration\n{OWN},Incoming,{JAY},13/05/2024 10:00,65\n"
    )
    (call,) = calls_of(result)
    assert (call.call_type, call.from_party) == (CallType.INCOMING, None)
    assert ("MSISDN", OWN) in call.extra


def test_the_line_of_a_list_of_texts_sent_them(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"MSISDN,Recipient,Date,Message\n{OWN},{JAY},13/05/2024 10:00,hi\n")
    (message,) = messages_of(result)
    assert (_sides(message), message.direction) == ((OWN, [JAY]), Direction.OUTGOING)


def test_beside_both_sides_it_is_no_third(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"MSISDN,Date,From,To,Message\n07700900099,13/05/2024 10:00,{JAY},{OWN},a\n"
        f"07700900099,13/05/2024 10:01,SunCell,{OWN},b\n",
    )
    assert [_sides(message) for message in messages_of(result)] == [(JAY, [OWN]), ("SunCell", [OWN])]
    assert all(("MSISDN", "07700900099") in message.extra for message in messages_of(result))


def test_beside_names_it_is_the_number_of_these(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Number,Direction,Other Party,Date,Message\n{JAY},Incoming,Jay,13/05/2024 10:00,a\n")
    (message,) = messages_of(result)
    assert message.from_party is not None
    assert (message.from_party.raw, message.from_party.name) == (JAY, "Jay")


def test_of_two_without_a_role_the_constant_one_is_the_own_line(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"Number,MSISDN,Direction,Date,Message\n{JAY},{OWN},Incoming,13/05/2024 10:00,a\n"
        f"{KAY},{OWN},Outgoing,13/05/2024 10:01,b\n",
    )
    assert [_sides(message) for message in messages_of(result)] == [(JAY, []), (None, [KAY])]


def test_where_nothing_tells_which_of_two_is_the_other_side_neither_is(tmp_path: Path) -> None:
    text = f"Number,MSISDN,Direction,Date,Message\n{JAY},{OWN},Incoming,13/05/2024 10:00,a\n"
    result = read_text(tmp_path, text)
    (message,) = messages_of(result)
    assert (message.from_party, message.to) == (None, ())
    assert {("Number", JAY), ("MSISDN", OWN)} <= set(message.extra)
    notice = next(notice for notice in result.notices if notice.code == "side_not_read")
    assert (notice.subject, NOTICE_TABLE[notice.code].severity) == ("Number, MSISDN", Severity.SKIPPED)
    columns = {"number": ["Number"], "time": ["Date"], "body": ["Message"], "direction": ["Direction"]}
    mapped = read_text(tmp_path, text, sidecar=Sidecar(table=read_mappings([{"kind": "message", "columns": columns}])))
    assert [_sides(message) for message in messages_of(mapped)] == [(JAY, [])]
    assert "side_not_read" not in codes_of(mapped)


def test_rows_of_two_lines_to_one_recipient_are_each_from_their_own(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"Date,MSISDN,Recipient,Message\n13/05/2024 10:00,{OWN},{JAY},a\n13/05/2024 10:05,07700900002,{JAY},b\n"
        f"13/05/2024 10:07,07700900002,{KAY},c\n13/05/2024 10:08,07700900003,{JAY},d\n",
    )
    senders = [_sides(message)[0] for message in messages_of(result)]
    assert senders == [OWN, "07700900002", "07700900002", "07700900003"]


def _calls(tmp_path: Path, headings: str, *rows: str) -> list[tuple[str | None, list[str | None]]]:
    text = "".join(f"13/05/2024 10:0{minute},{row},5\n" for minute, row in enumerate(rows))
    return [_sides(call) for call in calls_of(read_text(tmp_path, f"Date,{headings},Duration\n{text}"))]


def test_beside_a_rare_number_dialled_several_numbers_are_the_other_side(tmp_path: Path) -> None:
    rows = (f"Incoming,{JAY},", f"Incoming,{KAY},", f"Outgoing,{KAY},901")
    assert _calls(tmp_path, "Direction,Phone Number,Dialled Number", *rows) == [
        (JAY, []),
        (KAY, []),
        (None, ["901", KAY]),
    ]


@pytest.mark.parametrize("own", [(OWN, OWN, OWN), (OWN, "07700900002", OWN)])
def test_whoever_called_the_own_line_called_it(tmp_path: Path, own: tuple[str, ...]) -> None:
    rows = [f"{way},{who},{line}" for way, who, line in zip(("Incoming", "Missed"), (JAY, KAY), own, strict=False)]
    assert _calls(tmp_path, "Type,Phone Number,Called Number", *rows) == [(JAY, [own[0]]), (KAY, [own[1]])]


def test_whoever_sent_what_is_in_the_inbox_is_no_owner(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"Date,Folder,Mobile,Recipient,Message\n13/05/2024 10:00,Inbox,{JAY},{OWN},a\n"
        f"13/05/2024 10:05,Inbox,{KAY},{OWN},b\n",
    )
    assert [_sides(message) for message in messages_of(result)] == [(JAY, [OWN]), (KAY, [OWN])]
    assert {message.direction for message in messages_of(result)} == {Direction.INCOMING}
    assert not any(message.from_party and message.from_party.is_owner for message in messages_of(result))


def test_one_of_several_lines_beside_what_came_in_is_not_said_to_be_the_owners(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        f"MSISDN,Direction,Called Number,Date,Duration\n{OWN},Outgoing,{JAY},13/05/2024 10:00,65\n"
        f"07700900002,Outgoing,{KAY},13/05/2024 10:01,65\n{OWN},Incoming,07700900458,13/05/2024 10:02,65\n",
    )
    senders = [call.from_party for call in calls_of(result) if call.from_party is not None]
    assert [(sender.raw, sender.is_owner) for sender in senders] == [(OWN, None), ("07700900002", None)]


@pytest.mark.parametrize("headings", ["MSISDN,Number", "CLI,Phone", "Phone,Number"])
def test_one_correspondent_is_not_the_own_line_of_an_owner_who_changed_a_card(tmp_path: Path, headings: str) -> None:
    result = read_text(
        tmp_path,
        f"Date,Direction,{headings},Message\n13/05/2024 10:00,Incoming,{OWN},{JAY},a\n"
        f"13/05/2024 10:05,Outgoing,07700900002,{JAY},b\n",
    )
    assert [_sides(message) for message in messages_of(result)] == [(None, []), (None, [])]
    assert "side_not_read" in codes_of(result)


def test_beside_names_two_numbers_are_both_read(tmp_path: Path) -> None:
    rows = (f"Incoming,Jay,01632960000,{JAY}", f"Outgoing,Kay,01632960001,{KAY}")
    sides = _calls(tmp_path, "Direction,Name,Phone,Mobile", *rows)
    assert [{sender, *to} - {None} for sender, to in sides] == [{"01632960000", JAY}, {"01632960001", KAY}]
