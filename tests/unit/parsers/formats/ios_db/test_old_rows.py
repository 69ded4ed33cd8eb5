"""Databases of iPhones before iOS 6 (texts) and iOS 8 (calls): directions by flags, groups, pieces, two epochs."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from parsers.formats.ios_db import IosDatabaseParser
from parsers.formats.itunes_backup.manifest import hashed_name
from parsers.identification import head_of
from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.values import DeletedState
from tests.unit.parsers.made_databases import database
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

MESSAGE = """CREATE TABLE message (ROWID INTEGER PRIMARY KEY, address TEXT, date INTEGER, text TEXT, flags INTEGER,
    svc_center TEXT, group_id INTEGER, subject TEXT, country TEXT, read INTEGER{more})"""
MADRID = """, is_madrid INTEGER, madrid_handle TEXT, madrid_flags INTEGER, madrid_guid TEXT, madrid_account TEXT,
    madrid_error INTEGER, madrid_date_read INTEGER"""
BESIDE = (
    "CREATE TABLE msg_group (ROWID INTEGER PRIMARY KEY, type INTEGER)",
    "CREATE TABLE group_member (ROWID INTEGER PRIMARY KEY, group_id INTEGER, address TEXT, country TEXT)",
    (
        "CREATE TABLE msg_pieces (ROWID INTEGER PRIMARY KEY, message_id INTEGER, data BLOB, part_id INTEGER,"
        " content_type TEXT, content_loc TEXT)"
    ),
)
CALL = """CREATE TABLE call (ROWID INTEGER PRIMARY KEY, address TEXT, date INTEGER, duration INTEGER, flags INTEGER,
    id INTEGER, name TEXT, country_code TEXT{more})"""


def test_the_flags_of_a_text_tell_which_way_it_went(tmp_path: Path) -> None:
    rows = ((2, 1), (3, 1), (33, 1), (129, 1), (66, 1))
    path = database(
        tmp_path / "old.db",
        MESSAGE.format(more=""),
        *BESIDE,
        "INSERT INTO group_member (group_id, address) VALUES (1, '+447700900123')",
        *(
            "INSERT INTO message (address, date, text, flags, group_id, read)"
            f" VALUES ('07700 900123', 1331757313, 'text {flags}', {flags}, 1, {read})"
            for flags, read in rows
        ),
    )
    result = read_path(path)
    came, went, failed, erased, odd = of_kind(result, Message)
    assert came.from_party is not None
    assert (came.direction, came.from_party.e164, came.to, came.status) == (
        Direction.INCOMING, "+447700900123", (), "read",
    )  # fmt: skip
    assert (came.service, came.thread, came.time.utc) == ("sms", "1", "2012-03-14T20:35:13.000Z")
    assert (went.direction, [party.e164 for party in went.to], went.status) == (
        Direction.OUTGOING, ["+447700900123"], None,
    )  # fmt: skip
    assert (failed.direction, failed.status) == (Direction.OUTGOING, "failed")
    assert (erased.deleted, erased.direction) == (DeletedState.DELETED, Direction.UNKNOWN)
    assert (odd.deleted, odd.direction, dict(odd.extra)["flags"]) == (DeletedState.INTACT, Direction.UNKNOWN, "66")
    assert codes_of(result) == {"direction_unreadable": 1}


def test_a_message_to_a_group_in_pieces(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=""),
        *BESIDE,
        "INSERT INTO group_member (group_id, address) VALUES (4, '07700900123'), (4, '07700900456')",
        "INSERT INTO message (date, flags, group_id) VALUES (1331757313, 3, 4)",
        "INSERT INTO msg_pieces (message_id, data, content_type, content_loc) VALUES"
        " (1, x'3c', 'application/smil', NULL), (1, x'796f', 'text/plain', 't.txt'),"
        " (1, x'ffd8ff', 'image/jpeg', 'a.jpg')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert (found.service, found.body) == ("mms", "yo")
    assert [party.e164 for party in found.to] == ["+447700900123", "+447700900456"]
    assert [(file.name, file.content_type, file.size_bytes) for file in found.attachments] == [
        ("a.jpg", "image/jpeg", 3)
    ]


def test_an_imessage_of_ios_5_counts_from_2001(tmp_path: Path) -> None:
    columns = "is_madrid, madrid_handle, madrid_flags, madrid_guid, madrid_account, date, text, flags, madrid_date_read"
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=MADRID),
        *BESIDE,
        f"INSERT INTO message ({columns}) VALUES"
        " (1, '+447700900123', 12289, 'g1', 'p:+447700900199', 353450113, 'in', 0, 353450120),"
        " (1, 'kay@example.com', 36869, 'g2', 'p:+447700900199', 353450113, 'out', 0, 0)",
    )
    result = read_path(path)
    came, went = of_kind(result, Message)
    assert (came.service, came.direction, came.time.utc) == (
        "imessage", Direction.INCOMING, "2012-03-14T20:35:13.000Z",
    )  # fmt: skip
    assert came.times.read is not None
    assert came.times.read.utc == "2012-03-14T20:35:20.000Z"
    assert (went.direction, went.to[0].raw, went.from_party is not None) == (
        Direction.OUTGOING,
        "kay@example.com",
        True,
    )
    assert not codes_of(result)


def test_only_what_is_of_an_imessage_counts_from_2001(tmp_path: Path) -> None:
    texts = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=MADRID),
        *BESIDE,
        "INSERT INTO message (address, date, text, flags) VALUES ('07700900123', 3600, 'the clock was not set', 2)",
    )
    calls = database(
        tmp_path / "calls.db",
        CALL.format(more=""),
        "INSERT INTO call (address, date, duration, flags) VALUES ('07700900123', 3600, 1, 4)",
    )
    for path, kind in ((texts, Message), (calls, Call)):
        (found,) = of_kind(read_path(path), kind)
        assert found.time.raw == "3600"
        assert found.time.utc is None or found.time.utc.startswith("1970-01-01T01:00:00")


def test_the_group_0_is_none(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=MADRID),
        *BESIDE,
        "INSERT INTO group_member (group_id, address) VALUES (0, '07700900456')",
        "INSERT INTO message (is_madrid, madrid_handle, madrid_flags, date, text, group_id) VALUES"
        " (1, '+447700900123', 12289, 353450113, 'one', 0), (1, NULL, 12289, 353450113, 'two', 0)",
    )
    one, two = of_kind(read_path(path), Message)
    assert (one.thread, two.thread, two.from_party) == (None, None, None)


def test_a_table_that_says_who_sent_a_text_is_read_once(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=", is_from_me INTEGER, guid TEXT"),
        "INSERT INTO message (address, date, text, flags, is_from_me) VALUES ('07700900123', 353450113, 'a', 2, 0)",
    )
    assert len(of_kind(read_path(path), Message)) == 1


def test_of_a_large_conversation_so_many_are_read_as_a_record_holds(tmp_path: Path) -> None:
    members = ", ".join(f"(1, '0770090{number:04}')" for number in range(1_025))
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=""),
        *BESIDE,
        f"INSERT INTO group_member (group_id, address) VALUES {members}",
        "INSERT INTO message (date, text, flags, group_id) VALUES (1331757313, 'a', 3, 1), (1331757314, 'b', 3, 1)",
    )
    result = read_path(path)
    assert [len(found.to) for found in of_kind(result, Message)] == [1_024, 1_024]
    assert codes_of(result) == {"limit_reached": 2}


def test_parts_of_a_message_that_is_not_there_are_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=""),
        *BESIDE,
        "CREATE TABLE madrid_attachment (ROWID INTEGER PRIMARY KEY, message_id INTEGER, filename TEXT)",
        "INSERT INTO message (address, date, text, flags) VALUES ('07700900123', 1331757313, 'hi', 2)",
        "INSERT INTO msg_pieces (message_id, data, content_type) VALUES (1, x'796f', 'text/plain'),"
        " (9, x'796f', 'text/plain'), (NULL, x'796f', 'text/plain'), (9, x'3c', 'application/smil')",
        "INSERT INTO madrid_attachment (message_id, filename) VALUES (8, '~/a.jpg')",
    )
    result = read_path(path)
    assert len(of_kind(result, Message)) == 1
    assert codes_of(result) == {"element_not_read": 3}


def test_tables_that_texts_name_and_that_are_not_there_are_named(tmp_path: Path) -> None:
    path = database(
        tmp_path / "sms.db",
        MESSAGE.format(more=MADRID),
        "INSERT INTO message (address, date, text, flags, group_id) VALUES"
        " ('07700900123', 1331757313, 'hi', 2, 1), ('07700900123', 1331757313, NULL, 2, 0)",
        "INSERT INTO message (is_madrid, madrid_flags, flags, date) VALUES (1, 'odd', 7, 353450113)",
    )
    result = read_path(path)
    named = {notice.subject for notice in result.notices if notice.code == "table_absent"}
    assert named == {"group_member", "msg_pieces"}
    (way,) = [notice for notice in result.notices if notice.code == "direction_unreadable"]
    assert way.subject is not None
    assert "odd" in way.subject


def test_a_call_with_data_of_facetime_is_one(tmp_path: Path) -> None:
    path = database(
        tmp_path / "calls.db",
        CALL.format(more=", face_time_data BLOB"),
        "INSERT INTO call (address, date, duration, flags, face_time_data) VALUES"
        " ('07700900123', 1331757313, 1, 20, x'6270'), ('07700900123', 1331757413, 1, 4, NULL)",
    )
    assert [found.service for found in of_kind(read_path(path), Call)] == ["facetime", None]


def test_calls_went_as_their_first_bit_says(tmp_path: Path) -> None:
    insert = "INSERT INTO call (address, date, duration, flags, name"
    path = database(
        tmp_path / "any.db",
        CALL.format(more=", answered INTEGER"),
        f"{insert}, answered) VALUES ('07700900123', 1331757313, 42, 4, 'Jay', 1),"
        " ('07700900123', 1331757313, 0, 4, NULL, 0),"
        " ('07700900456', 1331757413, 0, 5, NULL, 0), ('', 1331757413, 0, 4, NULL, 0),"
        " ('1', 1331757413, 0, NULL, NULL, 0)",
    )
    answered, missed, went, withheld, odd = of_kind(read_path(path), Call)
    assert answered.from_party is not None
    assert (answered.call_type, answered.duration_seconds, answered.from_party.name) == (CallType.INCOMING, 42.0, "Jay")
    assert missed.call_type is CallType.MISSED
    assert (went.call_type, [party.e164 for party in went.to]) == (CallType.OUTGOING, ["+447700900456"])
    assert (withheld.call_type, withheld.from_party) == (CallType.MISSED, None)
    assert odd.call_type is CallType.UNKNOWN


def test_before_ios_7_the_length_of_a_call_tells_whether_it_was_missed(tmp_path: Path) -> None:
    path = database(
        tmp_path / "older.db",
        CALL.format(more=""),
        "INSERT INTO call (address, date, duration, flags) VALUES ('07700900123', 1331757313, 0, 4),"
        " ('07700900123', 1331757413, 7, 4), ('07700900123', 1331757513, NULL, 4), ('07700900123', 1331757613, 0, 5),"
        " ('07700900123', 1331757713, 0, 20), ('07700900123', 1331757813, 0, 21), ('07700900456', 1331757913, 0, 8)",
    )
    result = read_path(path)
    assert [call.call_type for call in of_kind(result, Call)] == [
        CallType.MISSED, CallType.INCOMING, CallType.INCOMING, CallType.OUTGOING,
        CallType.MISSED, CallType.OUTGOING, CallType.REJECTED,
    ]  # fmt: skip
    assert not codes_of(result)


def test_they_are_found_in_the_file_system_of_a_handset_and_in_a_backup(tmp_path: Path) -> None:
    calls = database(
        tmp_path / "c.db",
        CALL.format(more=""),
        "INSERT INTO call (address, date, duration, flags) VALUES ('07700900123', 1331757313, 42, 4)",
    ).read_bytes()
    with ZipFile(tmp_path / "fs.zip", "w") as archive:
        archive.writestr("private/var/wireless/Library/CallHistory/call_history.db", calls)
    name = hashed_name("WirelessDomain", "Library/CallHistory/call_history.db")
    backup = tmp_path / "backup"
    backup.mkdir()
    (backup / "Manifest.mbdb").write_bytes(b"mbdb\x05\x00")
    (backup / "Info.plist").write_bytes(b"<plist><dict/></plist>")
    (backup / name).write_bytes(calls)
    for delivery in (tmp_path / "fs.zip", backup):
        assert len(of_kind(read_path(delivery), Call)) == 1


def test_a_table_of_a_common_name_with_other_columns_is_not_claimed(tmp_path: Path) -> None:
    path = database(tmp_path / "other.db", "CREATE TABLE call (address TEXT, note TEXT)")
    assert IosDatabaseParser().identify(head_of(path, path.name, is_folder=False)) is None
