"""Single rows: values that are odd, columns that are absent, tables that are none."""

from __future__ import annotations

import plistlib
import sqlite3
import time
from pathlib import Path

import pytest

from parsers.formats.ios_db import IosDatabaseParser
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.records.facts import Call, CallType, Contact, Direction, Message
from parsers.records.values import DeletedState
from tests.unit.parsers.made_databases import damage_page, database, leaves_of, numbered
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

BESIDE = (
    "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)",
    "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, service_name TEXT, style)",
)
MESSAGE = """CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB,
    handle_id INTEGER, service TEXT, date INTEGER, is_from_me INTEGER, item_type INTEGER, group_title TEXT,
    account TEXT)"""
JOIN = "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)"
CALLS = """CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS, ZNAME,
    ZORIGINATED INTEGER, ZANSWERED INTEGER, ZCALLTYPE INTEGER, ZSERVICE_PROVIDER VARCHAR)"""


def test_odd_messages(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        JOIN,
        "INSERT INTO handle VALUES (1, '+447700900123')",
        "INSERT INTO message (text, handle_id, is_from_me, date) VALUES ('no flag', 1, NULL, 1),"
        " ('no handle', 77, 0, NULL)",
        "INSERT INTO message (text, attributedBody, is_from_me) VALUES (NULL, x'00112233', 0),"
        " ('kept', x'00112233', 0)",
        "INSERT INTO message (text, is_from_me, item_type, group_title, account) VALUES (NULL, 1, 2, 'Footy', 'e:')",
        "INSERT INTO message (text, is_from_me) VALUES (CAST(x'61ff' AS TEXT), 0)",
    )
    result = read_path(path)
    no_flag, no_handle, unreadable, kept, system, replaced = of_kind(result, Message)
    assert (no_flag.direction, no_flag.direction_basis, no_flag.time.utc) == (
        Direction.UNKNOWN,
        None,
        "2001-01-01T00:00:01.000Z",
    )
    assert [party.e164 for party in no_flag.to] == ["+447700900123"]
    assert (no_handle.from_party, no_handle.to, no_handle.time.raw) == (None, (), None)
    assert (unreadable.body, unreadable.body_notices) == (None, ("text_unreadable",))
    assert (kept.body, kept.body_notices) == ("kept", ())
    assert (system.status, system.from_party, system.extra) == (
        "system",
        None,
        (("group_title", "Footy"), ("item_type", "2")),
    )
    assert (replaced.body, replaced.body_notices) == ("a\ufffd", ("replaced_characters",))
    assert codes_of(result) == {"text_unreadable": 1, "characters_replaced": 1, "clock_not_set": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_message_without_handle_has_the_people_of_its_chat(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        JOIN,
        "INSERT INTO chat VALUES (5, 'SMS;-;+447700900123', '+447700900123', 'SMS', 45)",
        "INSERT INTO message (ROWID, text, handle_id, is_from_me) VALUES (1, 'out', 0, 1)",
        "INSERT INTO chat_message_join VALUES (5, 1)",
    )
    (found,) = of_kind(read_path(path), Message)
    assert [party.e164 for party in found.to] == ["+447700900123"]
    assert (found.service, found.thread) == ("sms", "SMS;-;+447700900123")


def test_a_number_with_two_handles_is_one_recipient(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        JOIN,
        "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER)",
        "INSERT INTO handle VALUES (1, '+447700900123'), (2, '+447700900123'), (3, '+447700900124')",
        "INSERT INTO chat VALUES (5, 'iMessage;+;chat7', 'chat7', 'iMessage', 43)",
        "INSERT INTO chat_handle_join VALUES (5, 1), (5, 2), (5, 3)",
        "INSERT INTO message (ROWID, text, handle_id, is_from_me) VALUES (1, 'out', 0, 1)",
        "INSERT INTO chat_message_join VALUES (5, 1)",
    )
    (found,) = of_kind(read_path(path), Message)
    assert [party.e164 for party in found.to] == ["+447700900123", "+447700900124"]


def test_guids_of_deleted_messages_are_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        "CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY, guid TEXT)",
        "INSERT INTO deleted_messages (guid) VALUES ('a'), ('b'), ('c')",
    )
    result = read_path(path)
    (rows,) = result.tally.values()
    assert [row.noticed for element, row in rows.items() if element.startswith("other:")] == [3]
    assert result.state is ReadState.COMPLETE


def test_guids_of_deleted_messages_whose_row_is_there_are_not_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        "INSERT INTO message (guid, text, is_from_me) VALUES ('a', 'still here', 1)",
        "CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY, guid TEXT)",
        "INSERT INTO deleted_messages (guid) VALUES ('a'), ('b')",
    )
    result = read_path(path)
    (found,) = of_kind(result, Message)
    assert found.deleted is DeletedState.DELETED
    (rows,) = result.tally.values()
    assert [row.noticed for element, row in rows.items() if element.startswith("other:")] == [1]


def test_a_message_that_was_unsent_is_deleted_where_nothing_of_it_is_left(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE.replace("account TEXT)", "account TEXT, date_retracted INTEGER)"),
        "INSERT INTO message (text, is_from_me, date_retracted) VALUES (NULL, 1, 700000000000000000),"
        " ('one part is left', 1, 700000000000000000), (NULL, 1, 0)",
    )
    found = of_kind(read_path(path), Message)
    assert [each.deleted for each in found] == [DeletedState.DELETED, DeletedState.INTACT, DeletedState.INTACT]
    assert found[0].extra == (("date_retracted", "700000000000000000"),)


def test_who_writes_to_themselves_is_the_owner_on_both_sides(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        "INSERT INTO handle VALUES (1, '07700 900456'), (2, '+447700900123')",
        "INSERT INTO message (text, handle_id, is_from_me, account) VALUES ('note', 1, 1, 'P:+447700900456'),"
        " ('note', 1, 0, 'P:+447700900456'), ('hi', 2, 1, 'P:+447700900456')",
    )
    sent, came, other = of_kind(read_path(path), Message)
    assert [(party.e164, party.is_owner) for party in sent.to] == [("+447700900456", True)]
    assert came.from_party is not None
    assert came.from_party.is_owner is True
    assert [party.is_owner for party in other.to] == [False]


def test_who_was_added_and_how_somebody_reacted_is_kept(tmp_path: Path) -> None:
    more = "account TEXT, other_handle INTEGER, group_action_type INTEGER, associated_message_emoji TEXT)"
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE.replace("account TEXT)", more),
        "INSERT INTO handle VALUES (1, '+447700900123'), (2, '+447700900124')",
        "INSERT INTO message (handle_id, is_from_me, item_type, other_handle, group_action_type)"
        " VALUES (1, 0, 1, 2, 1)",
        "INSERT INTO message (handle_id, is_from_me, associated_message_emoji) VALUES (1, 0, '\N{FIRE}')",
    )
    changed, reaction = of_kind(read_path(path), Message)
    assert changed.extra == (("item_type", "1"), ("group_action_type", "1"), ("other_handle", "+447700900124"))
    assert reaction.extra == (("associated_message_emoji", "\N{FIRE}"),)


def test_odd_calls(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.storedata",
        CALLS,
        "INSERT INTO ZCALLRECORD (ZADDRESS, ZDATE, ZORIGINATED, ZANSWERED, ZSERVICE_PROVIDER, ZDURATION) VALUES"
        " (NULL, 700000000.5, 0, 0, NULL, NULL), ('447700900123@s.whatsapp.net', 0, 1, 0, 'net.whatsapp.WhatsApp', 0),"
        " ('a@example.org', NULL, 0, 1, 'com.apple.FaceTime', -1),"
        " ('07700900123', 1, NULL, NULL, 'com.apple.Telephony', 3)",
    )
    hidden, whatsapp, facetime, unknown = of_kind(read_path(path), Call)
    assert (hidden.from_party, hidden.call_type, hidden.duration_seconds) == (None, CallType.MISSED, None)
    assert hidden.time.utc == "2023-03-08T20:26:40.500Z"
    assert (whatsapp.call_type, whatsapp.service, whatsapp.time.utc) == (CallType.OUTGOING, "whatsapp", None)
    assert [party.e164 for party in whatsapp.to] == ["+447700900123"]
    assert (facetime.service, facetime.duration_seconds, facetime.time.raw) == ("facetime", None, None)
    assert (unknown.service, unknown.call_type) == (None, CallType.UNKNOWN)


def test_contacts_with_other_names_and_handles(tmp_path: Path) -> None:
    path = database(
        tmp_path / "AddressBook.sqlitedb",
        "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First, Last, Organization, Nickname)",
        "CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id, property, label, value)",
        "CREATE TABLE ABMultiValueLabel (value)",
        "CREATE TABLE ABMultiValueEntry (parent_id, key, value)",
        "CREATE TABLE ABMultiValueEntryKey (value)",
        "INSERT INTO ABPerson VALUES (1, NULL, NULL, 'Taxi', NULL), (2, NULL, NULL, NULL, 'K'),"
        " (3, NULL, '', NULL, NULL)",
        "INSERT INTO ABMultiValueLabel VALUES ('burner')",
        "INSERT INTO ABMultiValueEntryKey VALUES ('username'), ('service')",
        "INSERT INTO ABMultiValue VALUES (1, 1, 3, 1, '150'), (2, 2, 46, NULL, NULL),"
        " (3, 2, 22, NULL, 'https://example.org')",
        "INSERT INTO ABMultiValueEntry VALUES (2, 1, 'rico.deals'), (2, 2, 'snapchat')",
    )
    taxi, nick, nobody = of_kind(read_path(path), Contact)
    assert (taxi.name, taxi.numbers[0].label, taxi.numbers[0].e164) == ("Taxi", "burner", None)
    assert (nick.name, nick.handles, nick.extra) == (
        "K",
        ("rico.deals",),
        (("Nickname", "K"), ("url", "https://example.org")),
    )
    assert nobody.name is None


def test_a_damaged_page_costs_its_own_messages(tmp_path: Path) -> None:
    path = numbered(
        tmp_path / "x.db", 500, "ALTER TABLE message ADD COLUMN is_from_me INTEGER DEFAULT 1", *BESIDE, table="message"
    )
    assert len(read_path(path).records) == 500
    damage_page(path, leaves_of(path, "message")[2])
    result = read_path(path)
    assert 400 < len(result.records) < 500
    assert {each.direction for each in of_kind(result, Message)} == {Direction.OUTGOING}
    assert codes_of(result) == {"table_damaged": 1, "column_absent": 3}
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize(
    "tables",
    [("CREATE TABLE message (a)", "CREATE TABLE chat (a)"), ("CREATE TABLE abperson (a)",), ("CREATE TABLE z (a)",)],
)
def test_other_databases_are_not_claimed(tmp_path: Path, tables: tuple[str, ...]) -> None:
    path = database(tmp_path / "sms.db", *tables)
    assert IosDatabaseParser().identify(head_of(path, path.name, is_folder=False)) is None


@pytest.mark.parametrize("columns", ["message_id, delete_date", "chat_id, message_id, delete_date"])
def test_what_can_be_recovered_is_deleted_wherever_else_it_stands(tmp_path: Path, columns: str) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        JOIN,
        f"CREATE TABLE chat_recoverable_message_join ({columns})",
        "CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY, guid TEXT)",
        "INSERT INTO chat VALUES (5, 'SMS;-;+447700900123', '+447700900123', 'SMS', 45)",
        "INSERT INTO message (ROWID, guid, text, is_from_me) VALUES (1, 'a', 'binned', 0), (2, 'b', 'gone', 0),"
        " (3, 'c', 'stays', 0)",
        "INSERT INTO chat_message_join VALUES (5, 1), (5, 3)",
        "INSERT INTO chat_recoverable_message_join (message_id, delete_date) VALUES (1, 700000000)",
        "INSERT INTO deleted_messages (guid) VALUES ('b'), ('x')",
    )
    binned, gone, stays = of_kind(read_path(path), Message)
    assert [each.deleted.value for each in (binned, gone, stays)] == ["deleted", "deleted", "intact"]
    assert binned.thread == stays.thread == "SMS;-;+447700900123"


@pytest.mark.parametrize(
    ("absent", "count"),
    [("handle", 2), ("chat_message_join", 1), ("chat", 3), ("message_attachment_join", 1), ("attachment", 1)],
)
def test_a_table_that_tells_of_messages_and_is_not_there_is_noticed(tmp_path: Path, absent: str, count: int) -> None:
    tables = {
        "handle": "id TEXT",
        "chat": "guid TEXT, style",
        "chat_message_join": "chat_id, message_id",
        "message_attachment_join": "message_id, attachment_id",
        "attachment": "filename TEXT",
    }
    columns = "guid TEXT, text TEXT, handle_id, service TEXT, date, is_from_me, cache_has_attachments"
    rows = {
        "chat_message_join": "(5, 1), (5, 2), (5, 3)",
        "message_attachment_join": "(1, 9)",
    }
    held = {name: stated for name, stated in tables.items() if name != absent}
    path = database(
        tmp_path / "sms.db",
        f"CREATE TABLE message (ROWID INTEGER PRIMARY KEY, {columns})",
        *[f"CREATE TABLE {name} ({stated})" for name, stated in held.items()],
        *[f"INSERT INTO {name} VALUES {stated}" for name, stated in rows.items() if name in held],
        "INSERT INTO message (text, handle_id, date, is_from_me, cache_has_attachments) VALUES"
        " ('a', 1, 1, 0, 1), ('b', 1, 1, 0, 0), ('c', 0, 1, 1, 0)",
    )
    result = read_path(path)
    assert [message.body for message in of_kind(result, Message)] == ["a", "b", "c"]
    noticed = [(each.subject, each.count) for each in result.notices if each.code == "table_absent"]
    assert noticed == [(absent, count)]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_an_empty_text_whose_attributed_body_cannot_be_read_is_noticed(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        JOIN,
        "INSERT INTO message (text, attributedBody, is_from_me) VALUES ('', x'00112233', 0), ('', NULL, 0)",
    )
    result = read_path(path)
    unreadable, empty = of_kind(result, Message)
    assert (unreadable.body, unreadable.body_notices) == ("", ("text_unreadable",))
    assert (empty.body, empty.body_notices) == ("", ())
    assert codes_of(result) == {"text_unreadable": 1}


def test_entries_of_contacts_are_kept_or_counted_whatever_they_are(tmp_path: Path) -> None:
    path = database(
        tmp_path / "AddressBook.sqlitedb",
        "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First)",
        "CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id, property, label, value)",
        "CREATE TABLE ABMultiValueEntry (parent_id, key, value)",
        "CREATE TABLE ABMultiValueEntryKey (value)",
        "INSERT INTO ABPerson VALUES (1, 'Al')",
        "INSERT INTO ABMultiValueEntryKey VALUES ('Street'), ('City')",
        "INSERT INTO ABMultiValue VALUES (1, 1, 5, NULL, NULL), (2, 1, 23, NULL, 'Bo'), (3, 1, 77, NULL, 'x'),"
        " (4, 99, 3, NULL, '07700900123'), (5, 98, 22, NULL, 'a.example'), (6, 97, 3, NULL, ' '),"
        " (7, NULL, 3, NULL, '07700900124')",
        "INSERT INTO ABMultiValueEntry VALUES (1, 1, '1 High St'), (1, 2, 'Town')",
    )
    result = read_path(path)
    found, gone = of_kind(result, Contact)
    assert (gone.name, [each.raw for each in gone.numbers], gone.deleted) == (None, ["07700900123"], "unknown")
    assert gone.source.locator == "ABMultiValue of person 99"
    assert found.extra == (
        ("address Street", "1 High St"),
        ("address City", "Town"),
        ("related name", "Bo"),
        ("property 77", "x"),
    )
    (rows,) = result.tally.values()
    assert rows["other:entry of a contact that is not there"].noticed == 3


def test_messages_that_do_not_say_which_way_they_went_are_read(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER, date INTEGER)",
        "INSERT INTO handle VALUES (1, '+447700900123')",
        "INSERT INTO message VALUES (1, 'A', 'hello', 1, 700000000)",
    )
    result = read_path(path)
    (message,) = of_kind(result, Message)
    assert (message.body, message.direction) == ("hello", Direction.UNKNOWN)
    assert [party.e164 for party in message.to] == ["+447700900123"]
    assert codes_of(result) == {"column_absent": 1}


def in_attributes(text: str) -> bytes:
    """Return a text as ``attributedBody`` holds it."""
    stored = text.encode()
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@NSString\x01\x94\x84\x01+" + bytes([len(stored)]) + stored + b"\x86"
    )


def edited(folder: Path, *rows: tuple[str | None, bytes]) -> Path:
    path = database(folder / "sms.db", *BESIDE, MESSAGE.replace("account TEXT)", "message_summary_info BLOB)"))
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO message (text, is_from_me, date, message_summary_info) VALUES (?, 1, 700000000, ?)", rows
    )
    connection.commit()
    connection.close()
    return path


def test_what_an_edited_message_said_before_is_kept(tmp_path: Path) -> None:
    versions = [{"d": 700000000.5, "t": in_attributes("3 for 20")}, {"d": 700000060.0, "t": in_attributes("3 for 25")}]
    summary = plistlib.dumps({"ec": {"0": versions}, "amc": 1}, fmt=plistlib.FMT_BINARY)
    plain = plistlib.dumps({"amc": 1}, fmt=plistlib.FMT_BINARY)
    result = read_path(edited(tmp_path, ("3 for 25", summary), ("never edited", plain)))
    first, second = of_kind(result, Message)
    assert first.body == "3 for 25"
    assert first.deleted is DeletedState.INTACT
    assert first.extra == (("earlier_text.1", "3 for 20"), ("earlier_time.1", "2023-03-08T20:26:40.500Z"))
    assert second.extra == ()
    assert "element_unreadable" not in codes_of(result)


def test_a_message_that_was_unsent_is_deleted_whatever_column_says_so(tmp_path: Path) -> None:
    summary = plistlib.dumps({"rp": [0]}, fmt=plistlib.FMT_BINARY)
    result = read_path(edited(tmp_path, (None, summary), ("one part is left", summary)))
    unsent, left = of_kind(result, Message)
    assert (unsent.deleted, left.deleted) == (DeletedState.DELETED, DeletedState.INTACT)


@pytest.mark.parametrize("parts", [{"0": 1}, {"0": 2}, {"0": 3}])
def test_what_a_message_said_before_it_was_unsent_is_kept(tmp_path: Path, parts: dict[str, int]) -> None:
    texts = [{"d": 700000000.5 + at, "t": in_attributes(f"{at} for 20")} for at in range(parts["0"])]
    summary = plistlib.dumps({"ec": {"0": texts}, "rp": [0]}, fmt=plistlib.FMT_BINARY)
    ended = plistlib.dumps({"ec": {"0": [*texts, {"d": 700000090.0}]}, "rp": [0]}, fmt=plistlib.FMT_BINARY)
    result = read_path(edited(tmp_path, (None, summary), (None, ended)))
    for message in of_kind(result, Message):
        assert (message.body, message.deleted) == (None, DeletedState.DELETED)
        earlier = [text for name, text in message.extra if name.startswith("earlier_text.")]
        assert earlier == [f"{at} for 20" for at in range(parts["0"])]
    assert "element_unreadable" not in codes_of(result)


def test_of_a_message_of_two_parts_only_the_one_that_was_unsent_is_kept_whole(tmp_path: Path) -> None:
    parts = {"0": [{"t": in_attributes("here")}], "1": [{"t": in_attributes("gone")}]}
    summary = plistlib.dumps({"ec": parts, "rp": [1]}, fmt=plistlib.FMT_BINARY)
    (message,) = of_kind(read_path(edited(tmp_path, ("here", summary))), Message)
    assert (message.body, message.deleted, message.extra) == (
        *("here", DeletedState.INTACT),
        (("earlier_text.1", "gone"),),
    )


def test_earlier_texts_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    summary = plistlib.dumps({"ec": {"0": [{"t": b"?"}, {}]}}, fmt=plistlib.FMT_BINARY)
    result = read_path(edited(tmp_path, ("a", summary), ("b", summary[:-9]), ("c", b"\x52ec")))
    assert [message.body for message in of_kind(result, Message)] == ["a", "b", "c"]
    assert codes_of(result)["element_unreadable"] == 3


def test_parts_that_were_deleted_alone_are_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE,
        "CREATE TABLE recoverable_message_part (message_id INTEGER, part_index INTEGER, part_text BLOB)",
        "INSERT INTO recoverable_message_part VALUES (1, 0, x'00')",
    )
    assert codes_of(read_path(path)) == {"element_not_read": 1}


def test_a_list_of_edits_that_is_one_list_again_and_again_takes_bounded_time(tmp_path: Path) -> None:
    versions = [{"d": 1.0, "t": in_attributes("x")}] * 20_000
    summary = plistlib.dumps({"ec": dict.fromkeys(map(str, range(20_000)), versions)}, fmt=plistlib.FMT_BINARY)
    started = time.process_time()
    result = read_path(edited(tmp_path, *(("now", summary) for _ in range(10))))
    assert time.process_time() - started < 20
    assert [message.body for message in of_kind(result, Message)] == ["now"] * 10
    assert codes_of(result)["element_unreadable"] == 10


def test_a_message_that_is_to_be_sent_later_was_not_sent(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        *BESIDE,
        MESSAGE.replace("account TEXT", "account TEXT, is_sent INTEGER, schedule_type INTEGER, schedule_state INTEGER"),
        JOIN,
        "INSERT INTO handle VALUES (1, '+447700900123')",
        "INSERT INTO message (text, handle_id, is_from_me, date, is_sent, schedule_type, schedule_state)"
        " VALUES ('to go', 1, 1, 1, 0, 2, 2), ('went', 1, 1, 1, 1, 2, 3), ('plain', 1, 1, 1, 0, 0, 0)",
    )
    result = read_path(path)
    waits, went, plain = of_kind(result, Message)
    assert (waits.status, waits.direction) == ("scheduled", Direction.OUTGOING)
    assert waits.extra == (("schedule_type", "2"), ("schedule_state", "2"))
    assert (went.status, plain.status, plain.extra) == ("sent", "unsent", ())
    assert [each.count for each in result.notices if each.code == "message_scheduled"] == [1]
