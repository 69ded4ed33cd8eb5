"""Single rows: ids that hide numbers, databases that were changed over, encrypted and hostile ones."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.demo.writers.whatsapp_db import schemas, write_msgstore, write_older_msgstore
from parsers.errors import InputRefused
from parsers.formats.whatsapp_db import WhatsAppDatabaseParser
from parsers.formats.whatsapp_db.kinds import service_at
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.records.facts import Account, Call, CallType, Contact, Direction, Message
from parsers.records.values import Party
from parsers.registry import identify
from parsers.store_reading import Store
from tests.unit.parsers.formats.whatsapp_db.test_round_trip import HOLDING
from tests.unit.parsers.made_databases import damage_page, database, leaves_of
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

NEWER = tuple(statement for statement in schemas.NEWER.split(";") if statement.strip())
OLDER = tuple(statement for statement in schemas.OLDER.split(";") if statement.strip())
IOS = tuple(statement for statement in schemas.IOS.split(";") if statement.strip())


def test_an_id_that_hides_its_number_is_the_numbers_where_both_are_joined(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "INSERT INTO jid VALUES (1, '205690463334636', 'lid', '205690463334636@lid'),"
        " (2, '447700900123', 's.whatsapp.net', '447700900123@s.whatsapp.net'), (3, '111', 'lid', NULL)",
        "INSERT INTO jid_map VALUES (1, 2)",
        "INSERT INTO chat (_id, jid_row_id) VALUES (5, 1), (6, 3)",
        "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, text_data) VALUES"
        " (5, 0, 'a', 1707134400000, 'x'), (6, 0, 'b', 1707134400000, 'y'), (99, 0, 'c', 1707134400000, 'z')",
    )
    known, hidden, lost = of_kind(read_path(path), Message)
    assert known.from_party is not None
    assert (known.from_party.raw, known.from_party.e164) == ("447700900123@s.whatsapp.net", "+447700900123")
    assert hidden.from_party is not None
    assert (hidden.from_party.raw, hidden.from_party.e164) == ("111@lid", None)
    assert (lost.from_party, lost.thread, lost.body) == (None, None, "z")


@pytest.mark.parametrize("written", ["+44 7700 900603", "\u200e+44\u00a07700\u00a0900603"])
def test_the_number_beside_an_id_that_hides_it_is_the_partys(tmp_path: Path, written: str) -> None:
    lids = "CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY, display_name TEXT, username TEXT)"
    android = database(
        tmp_path / "msgstore.db",
        *NEWER,
        lids,
        "INSERT INTO jid VALUES (1, '123', 'lid', '123@lid'), (2, '124', 'lid', '124@lid')",
        f"INSERT INTO lid_display_name VALUES (1, '{written}', NULL), (2, '+44 ∙∙∙∙∙∙∙603', NULL)",
        "INSERT INTO chat (_id, jid_row_id) VALUES (5, 1), (6, 2)",
        "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, text_data) VALUES"
        " (5, 0, 'a', 1707134400000, 'x'), (6, 0, 'b', 1707134400000, 'y')",
    )
    read = read_path(android)
    shown, masked = of_kind(read, Message)
    assert shown.from_party == Party("123@lid", "+447700900603", written, is_owner=False)
    assert masked.from_party == Party("124@lid", None, "+44 ∙∙∙∙∙∙∙603", is_owner=False)
    assert [notice.subject for notice in read.notices] == ["placeholder row"]
    ios = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        f"INSERT INTO ZWACHATSESSION VALUES (1, 0, 0, '123@lid', '{written}')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZMESSAGETYPE, ZCHATSESSION) VALUES (1, 0, 1)",
    )
    (sent,) = of_kind(read_path(ios), Message)
    assert sent.to == (Party("123@lid", "+447700900603", written, is_owner=False),)


@pytest.mark.parametrize("chosen", ["+44 7700 900999", "07700 900999"])
def test_a_number_that_somebody_chose_as_his_name_is_not_his(tmp_path: Path, chosen: str) -> None:
    android = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY, display_name TEXT, username TEXT)",
        "INSERT INTO jid VALUES (1, '123', 'lid', '123@lid'), (2, '124', 'lid', '124@lid')",
        f"INSERT INTO lid_display_name VALUES (1, NULL, '{chosen}'), (2, '07700 900999', NULL)",
        "INSERT INTO chat (_id, jid_row_id) VALUES (5, 1), (6, 2)",
        "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, text_data) VALUES"
        " (5, 0, 'a', 1707134400000, 'x'), (6, 0, 'b', 1707134400000, 'y')",
    )
    ios = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        "CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR)",
        f"INSERT INTO ZWAPROFILEPUSHNAME VALUES (1, '123@lid', '{chosen}'), (2, '124@lid', '{chosen}')",
        f"INSERT INTO ZWACHATSESSION VALUES (1, 0, 0, '123@lid', NULL), (2, 0, 0, '124@lid', '{chosen}')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZMESSAGETYPE, ZCHATSESSION) VALUES (0, 0, 1), (0, 0, 2)",
    )
    for path in (android, ios):
        assert [each.from_party and each.from_party.e164 for each in of_kind(read_path(path), Message)] == [None, None]
        assert chosen in {each.from_party and each.from_party.name for each in of_kind(read_path(path), Message)}


def test_who_set_a_status_on_ios_is_its_sender(tmp_path: Path) -> None:
    path = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        "INSERT INTO ZWACHATSESSION VALUES (1, 3, 0, 'status@broadcast', 'Status')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZMESSAGETYPE, ZCHATSESSION, ZFROMJID) VALUES"
        f" (0, 0, 1, '{JAY}'), (0, 0, 1, 'status@broadcast')",
    )
    named, unnamed = of_kind(read_path(path), Message)
    assert named.from_party == Party(JAY, "+447700900123", None, is_owner=False)
    assert (named.thread, unnamed.from_party and unnamed.from_party.raw) == ("status@broadcast", "status@broadcast")


def test_a_contact_has_its_name_in_parts(tmp_path: Path) -> None:
    columns = "jid, number, display_name, given_name, family_name, wa_name"
    path = database(
        tmp_path / "wa.db",
        f"CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, {columns})",
        f"INSERT INTO wa_contacts ({columns}) VALUES ('{JAY}', NULL, NULL, 'Jay', 'Fam', 'jj'),"
        f" ('{JAY}', NULL, NULL, NULL, 'Fam', 'jj'), ('{JAY}', NULL, 'J F', 'Jay', 'Fam', 'jj'),"
        f" ('{JAY}', NULL, NULL, NULL, NULL, 'jj')",
    )
    assert [each.name for each in of_kind(read_path(path), Contact)] == ["Jay Fam", "Fam", "J F", "jj"]


@pytest.mark.parametrize(
    ("tables", "absent"),
    [
        *[(NEWER, name) for name in ("chat", "jid", "message_media")],
        *[(IOS, name) for name in ("ZWACHATSESSION", "ZWAGROUPMEMBER", "ZWAMEDIAITEM")],
    ],
)
def test_a_table_that_tells_of_messages_and_is_not_there_is_noticed(
    tmp_path: Path, tables: tuple[str, ...], absent: str
) -> None:
    rows = (
        (
            "INSERT INTO chat (_id, jid_row_id) VALUES (5, 1)",
            (
                "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type)"
                " VALUES (5, 0, 'a', 1707134400000, 1), (5, 0, 'b', 1707134400000, 0)"
            ),
        )
        if tables is NEWER
        else (
            "ALTER TABLE ZWAMESSAGE ADD COLUMN ZMEDIAITEM INTEGER",
            (
                "INSERT INTO ZWAMESSAGE (ZISFROMME, ZMESSAGETYPE, ZMESSAGEDATE, ZCHATSESSION, ZGROUPMEMBER, ZMEDIAITEM)"
                " VALUES (0, 1, 1, 2, 3, 4), (0, 0, 2, 2, 3, NULL)"
            ),
        )
    )
    held = [statement for statement in tables if not re.search(rf"TABLE {absent}\b", statement)]
    path = database(tmp_path / "x.db", *held, *[row for row in rows if f"INTO {absent} " not in row])
    result = read_path(path)
    assert len(of_kind(result, Message)) == 2
    noticed = {each.subject: each.count for each in result.notices if each.code == "table_absent"}
    assert noticed == {absent: {"message_media": 1, "jid": 1, "ZWAMEDIAITEM": 1}.get(absent, 2)}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_lines_of_the_application(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "INSERT INTO message (chat_row_id, from_me, key_id, timestamp, message_type, text_data)"
        " VALUES (5, 1, 'a', 1707134400000, 7, 'Footy')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert (found.status, found.direction, found.from_party, found.to) == ("system", Direction.UNKNOWN, None, ())


def test_placeholder_rows_are_counted_and_no_messages(tmp_path: Path) -> None:
    for path in (write_msgstore(tmp_path / "a", HOLDING), write_older_msgstore(tmp_path / "b", HOLDING)):
        (rows,) = read_path(path).tally.values()
        assert rows["other:placeholder row"].noticed == 1
        assert rows["message"].seen == 7


def test_a_database_that_was_changed_over_lists_nothing_twice(tmp_path: Path) -> None:
    """While it is changed over both tables hold the same messages; once it is, one of them alone has them."""
    copied = """INSERT INTO message (chat_row_id, from_me, key_id, timestamp, text_data)
        VALUES (5, 0, 'K1', 1707134400000, 'x')"""
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        *OLDER,
        "INSERT INTO jid VALUES (2, '447700900123', 's.whatsapp.net', '447700900123@s.whatsapp.net')",
        "INSERT INTO chat (_id, jid_row_id) VALUES (5, 2)",
        copied,
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, timestamp, data) VALUES"
        " ('447700900123@s.whatsapp.net', 0, 'K1', 1707134400000, 'x'),"
        " ('447700900123@s.whatsapp.net', 1, 'K2', 1707134500000, 'y')",
    )
    result = read_path(path)
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].indexed, rows["message"].merged) == (3, 2, 1)


def test_odd_calls(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "INSERT INTO call_log (jid_row_id, from_me, timestamp, duration, call_result, video_call) VALUES"
        " (77, 0, 0, 0, 2, 1), (NULL, NULL, NULL, NULL, NULL, NULL), (NULL, 0, 1, -1, 5, 0)",
    )
    missed, unknown, came = of_kind(read_path(path), Call)
    assert (missed.call_type, missed.from_party, missed.time.utc) == (CallType.MISSED, None, None)
    assert ("video_call", "1") in missed.extra
    assert (unknown.call_type, unknown.duration_seconds) == (CallType.UNKNOWN, None)
    assert (came.call_type, came.duration_seconds) == (CallType.INCOMING, None)


def test_a_chat_that_was_removed_on_ios_is_deleted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        "INSERT INTO ZWACHATSESSION VALUES (1, 1, 0, '447700900123@s.whatsapp.net', 'Jay')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZCHATSESSION, ZTEXT) VALUES (0, 1, 'gone'),"
        " (NULL, 9, CAST(x'61ff' AS TEXT))",
    )
    gone, odd = of_kind(read_path(path), Message)
    assert gone.deleted.value == "deleted"
    assert (odd.direction, odd.body, odd.body_notices) == (Direction.UNKNOWN, "a\ufffd", ("replaced_characters",))


JAY = "447700900123@s.whatsapp.net"
OWN = "447700900888@s.whatsapp.net"
LIST = "1700000000@broadcast"


def test_what_came_by_a_broadcast_list_is_from_who_sent_it(tmp_path: Path) -> None:
    """The list stands where in a group the sender stands; it is the other person's, and nobody writes as one."""
    newer = database(
        tmp_path / "msgstore.db",
        *NEWER,
        f"INSERT INTO jid VALUES (1, '447700900123', 's.whatsapp.net', '{JAY}'),"
        f" (2, '1700000000', 'broadcast', '{LIST}'), (3, 'status', 'broadcast', 'status@broadcast')",
        "INSERT INTO chat (_id, jid_row_id) VALUES (5, 1), (6, 3)",
        "INSERT INTO message (chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, text_data) VALUES"
        " (5, 0, 'a', 2, 1707134400000, 'on now'), (6, 0, 'b', 1, 1707134400000, 's'), (6, 0, 'c', 0, 1, 't')",
    )
    older = database(
        tmp_path / "older.db",
        *OLDER,
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, remote_resource, timestamp, data)"
        f" VALUES ('{JAY}', 0, 'a', '{LIST}', 1707134400000, 'on now')",
    )
    ios = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        f"INSERT INTO ZWACHATSESSION VALUES (1, 0, 0, '{JAY}', NULL), (2, 0, 3, '447700900123@status', NULL)",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZCHATSESSION, ZTOJID, ZFROMJID, ZTEXT)"
        f" VALUES (0, 1, '{LIST}', '{JAY}', 'on now'), (0, 2, NULL, '{JAY}', 's')",
    )
    for path, column in ((newer, "sender_jid_row_id"), (older, "remote_resource"), (ios, "ZTOJID")):
        found, *others = of_kind(read_path(path), Message)
        assert found.from_party is not None
        assert (found.from_party.raw, found.from_party.e164, found.to) == (JAY, "+447700900123", ())
        assert (column, LIST) in found.extra
        assert [each.from_party.raw if each.from_party else None for each in others] in ([], [JAY], [JAY, None])


def test_what_went_to_a_broadcast_list_went_to_whom_it_names(tmp_path: Path) -> None:
    both = f"{JAY}, 447700900456@s.whatsapp.net"
    path = database(
        tmp_path / "msgstore.db",
        *OLDER,
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, remote_resource, timestamp, data) VALUES"
        f" ('{LIST}', 1, 'a', '{both}', 1707134400000, 'on now'), ('{LIST}', 1, 'b', NULL, 1707134400000, 'on now'),"
        f" ('{JAY}', 1, 'c', '{LIST}', 1707134400000, 'on now')",
    )
    named, unnamed, copy = of_kind(read_path(path), Message)
    assert [party.e164 for party in named.to] == ["+447700900123", "+447700900456"]
    assert (named.thread, named.from_party) == (LIST, None)
    assert ("remote_resource", both) in named.extra
    assert [party.raw for party in unnamed.to] == [LIST]
    assert ([party.raw for party in copy.to], ("remote_resource", LIST) in copy.extra) == ([JAY], True)


def test_only_what_came_in_names_the_owner_on_ios(tmp_path: Path) -> None:
    path = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        f"INSERT INTO ZWACHATSESSION VALUES (1, 0, 0, '{JAY}', 'Jay')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZMESSAGETYPE, ZCHATSESSION, ZTOJID) VALUES"
        f" (1, 10, 1, '{JAY}'), (1, 6, 9, '447700900456@s.whatsapp.net'), (NULL, 0, 1, '{JAY}'), (0, 6, 1, '{OWN}')",
    )
    result = read_path(path)
    assert [[party.raw for party in each.to] for each in of_kind(result, Message)] == [[], [], [], [OWN]]
    assert [part.msisdn for part in result.parts] == [(OWN,)]


def test_what_became_of_a_message_is_not_made_up(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "INSERT INTO message (chat_row_id, from_me, key_id, status, timestamp, text_data) VALUES"
        " (5, 1, 'a', NULL, 1, 'x'), (5, 1, 'b', 0, 1, 'x'), (5, 1, 'c', 77, 1, 'x'), (5, 0, 'd', 6, 1, 'x')",
    )
    assert [each.status for each in of_kind(read_path(path), Message)] == [None, "unsent", "77", "system"]


def test_minus_one_is_no_time(tmp_path: Path) -> None:
    android = "INSERT INTO message (chat_row_id, from_me, key_id, timestamp) VALUES (5, 0, 'a', -1), (5, 0, 'b', 0)"
    apple = "INSERT INTO ZWAMESSAGE (ZISFROMME, ZMESSAGEDATE) VALUES (0, -1), (0, 0)"
    for path in (database(tmp_path / "a.db", *NEWER, android), database(tmp_path / "b.db", *IOS, apple)):
        result = read_path(path)
        assert [(each.time.raw, each.time.utc) for each in of_kind(result, Message)] == [("-1", None), ("0", None)]
        assert codes_of(result)["time_unreadable"] == 2


def test_the_name_of_a_group_in_the_older_tables(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *OLDER,
        "INSERT INTO chat_list (key_remote_jid, subject) VALUES ('1-2@g.us', 'Footy')",
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, data) VALUES ('1-2@g.us', 1, 'a', 'x')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert [(party.raw, party.name) for party in found.to] == [("1-2@g.us", "Footy")]


def test_the_name_of_a_group_is_with_every_message_of_it(tmp_path: Path) -> None:
    newer = (
        "INSERT INTO jid (_id, user, server, raw_string) VALUES (1, '1-2', 'g.us', '1-2@g.us'), (2, 'x', 'y', 'x@y')",
        "INSERT INTO chat (_id, jid_row_id, subject) VALUES (5, 1, 'Footy'), (6, 2, 'Jay')",
        "INSERT INTO message (chat_row_id, from_me, key_id, text_data) VALUES (5, 0, 'a', 'x'), (5, 1, 'b', 'y')",
        "INSERT INTO message (chat_row_id, from_me, key_id, text_data) VALUES (6, 0, 'c', 'z')",
    )
    older = (
        "INSERT INTO chat_list (key_remote_jid, subject) VALUES ('1-2@g.us', 'Footy'), ('x@y', 'Jay')",
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, data) VALUES ('1-2@g.us', 0, 'a', 'x')",
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, data) VALUES ('1-2@g.us', 1, 'b', 'y')",
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, data) VALUES ('x@y', 0, 'c', 'z')",
    )
    ios = (
        "INSERT INTO ZWACHATSESSION (Z_PK, ZCONTACTJID, ZPARTNERNAME) VALUES (5, '1-2@g.us', 'Footy')",
        "INSERT INTO ZWACHATSESSION (Z_PK, ZCONTACTJID, ZPARTNERNAME) VALUES (6, 'x@y', 'Jay')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZCHATSESSION, ZTEXT) VALUES (0, 5, 'x'), (1, 5, 'y'), (0, 6, 'z')",
    )
    for place, rows in enumerate(((*NEWER, *newer), (*OLDER, *older), (*IOS, *ios))):
        found = of_kind(read_path(database(tmp_path / f"{place}.db", *rows)), Message)
        assert [(each.body, dict(each.extra).get("chat")) for each in found] == [
            ("x", "Footy"), ("y", "Footy"), ("z", None),
        ]  # fmt: skip


@pytest.mark.parametrize("kind", ["4", "14", "5", "16"])
def test_the_name_on_a_card_or_of_a_place_is_no_file_in_the_older_table(tmp_path: Path, kind: str) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *OLDER,
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, media_wa_type, media_name) VALUES"
        f" ('x', 0, 'a', '{kind}', 'Zed'), ('x', 0, 'b', '9', 'list.pdf')",
    )
    named, filed = of_kind(read_path(path), Message)
    assert (named.attachments, dict(named.extra)["media_name"]) == ((), "Zed")
    assert [each.name for each in filed.attachments] == ["list.pdf"]


def test_contents_in_columns_that_are_not_read_are_counted(tmp_path: Path) -> None:
    older = database(
        tmp_path / "msgstore.db",
        *OLDER,
        "INSERT INTO messages (key_remote_jid, key_from_me, key_id, media_wa_type) VALUES ('x', 0, 'a', '5')",
    )
    ios = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        "INSERT INTO ZWAMESSAGE (Z_PK, ZISFROMME, ZMESSAGETYPE) VALUES (1, 0, 5), (2, 0, 4), (3, 0, 1)",
        "INSERT INTO ZWAMEDIAITEM (ZMESSAGE, ZTITLE, ZVCARDSTRING) VALUES (1, 'Cafe', NULL),"
        " (2, NULL, NULL), (3, 'look', NULL)",
    )
    (old_rows,) = read_path(older).tally.values()
    assert old_rows["other:location"].noticed == 1
    result = read_path(ios)
    (rows,) = result.tally.values()
    assert (rows["other:location"].noticed, rows["other:contact card"].noticed) == (1, 1)
    assert [each.body for each in of_kind(result, Message)] == [None, None, "look"]
    assert ("ZTITLE", "Cafe") in of_kind(result, Message)[0].extra


def test_receipts_of_single_recipients_are_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "CREATE TABLE receipt_user (_id INTEGER PRIMARY KEY, message_row_id INTEGER, receipt_user_jid_row_id INTEGER)",
        "INSERT INTO receipt_user (message_row_id, receipt_user_jid_row_id) VALUES (71, 1), (71, 2)",
    )
    (rows,) = read_path(path).tally.values()
    assert rows["other:table receipt_user"].noticed == 2


def test_a_call_on_ios_that_does_not_say_whether_it_came_in(tmp_path: Path) -> None:
    path = database(
        tmp_path / "CallHistory.sqlite",
        "CREATE TABLE ZWAAGGREGATECALLEVENT (Z_PK INTEGER PRIMARY KEY, ZINCOMING INTEGER, ZMISSED INTEGER)",
        "CREATE TABLE ZWACDCALLEVENT (Z_PK INTEGER PRIMARY KEY, Z1CALLEVENTS INTEGER, ZDATE TIMESTAMP)",
        "INSERT INTO ZWAAGGREGATECALLEVENT VALUES (1, NULL, 0), (2, 0, 0), (3, 1, 1)",
        "INSERT INTO ZWACDCALLEVENT VALUES (1, 1, 728827200), (2, 2, 728827200), (3, 3, 728827200)",
    )
    kinds = [each.call_type for each in of_kind(read_path(path), Call)]
    assert kinds == [CallType.UNKNOWN, CallType.OUTGOING, CallType.MISSED]


def test_the_group_of_a_call_is_kept(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "ALTER TABLE call_log ADD COLUMN group_jid_row_id INTEGER",
        "INSERT INTO jid VALUES (2, '1-2', 'g.us', '1-2@g.us')",
        "INSERT INTO call_log (from_me, timestamp, group_jid_row_id) VALUES (1, 1707134400000, 2)",
    )
    (found,) = of_kind(read_path(path), Call)
    assert ("group_jid", "1-2@g.us") in found.extra


def test_an_encrypted_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "msgstore.db.crypt15"
    path.write_bytes(bytes(range(7, 200)))
    with pytest.raises(InputRefused) as refused:
        identify(head_of(path, path.name, is_folder=False))
    assert refused.value.code == "database_encrypted"


def test_a_damaged_page_costs_its_own_messages(tmp_path: Path) -> None:
    rows = """INSERT INTO messages (key_remote_jid, key_from_me, key_id, data) WITH RECURSIVE n(v) AS
        (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 500)
        SELECT '447700900123@s.whatsapp.net', 0, v, 'text ' || v FROM n"""
    path = database(tmp_path / "msgstore.db", *OLDER, rows)
    damage_page(path, leaves_of(path, "messages")[2])
    result = read_path(path)
    assert 400 < len(result.records) < 500
    assert result.state is ReadState.PARTIAL
    assert codes_of(result)["table_damaged"] == 1


@pytest.mark.parametrize(
    "tables", [("CREATE TABLE message (a)", "CREATE TABLE chat (a)"), ("CREATE TABLE messages (a)",)]
)
def test_other_databases_are_not_claimed(tmp_path: Path, tables: tuple[str, ...]) -> None:
    path = database(tmp_path / "msgstore.db", *tables)
    assert WhatsAppDatabaseParser().identify(head_of(path, path.name, is_folder=False)) is None


def test_a_message_that_was_revoked_is_deleted_whatever_its_type(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "CREATE TABLE IF NOT EXISTS message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT)",
        "INSERT INTO message (_id, chat_row_id, from_me, key_id, timestamp, message_type, text_data) VALUES"
        " (71, 5, 0, 'a', 1707134400000, 0, 'gone'), (72, 5, 0, 'b', 1707134400000, 0, 'stays')",
        "INSERT INTO message_revoked (message_row_id) VALUES (71)",
    )
    result = read_path(path)
    gone, stays = of_kind(result, Message)
    assert (gone.deleted.value, stays.deleted.value) == ("deleted", "intact")
    assert "other:table message_revoked" not in next(iter(result.tally.values()))


PREFERENCES = """<?xml version='1.0' encoding='utf-8' standalone='yes' ?>
<map><string name="ph">7700900888</string><string name="cc">44</string><string name="push_name">Kit</string></map>"""


@pytest.mark.parametrize(
    ("content", "number", "unreadable"),
    [
        (PREFERENCES, "+447700900888", 0),
        (
            PREFERENCES.replace("<map>", '<map><string name="registration_jid">447700900777</string>'),
            "+447700900777",
            0,
        ),
        ("<map></map>", None, 0),
        ("<map><string", None, 1),
        (f"<!DOCTYPE map>{PREFERENCES}", None, 1),
        (f"\ufeff<!DOCTYPE map [<!ENTITY e '888'>]>{PREFERENCES[55:]}".encode("utf-16-le"), None, 1),
    ],
)
def test_the_owners_account_stands_in_the_preferences_beside(
    tmp_path: Path, content: str | bytes, number: str | None, unreadable: int
) -> None:
    held = database(tmp_path / "msgstore.db", *NEWER)
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(held, "com.whatsapp/databases/msgstore.db")
        archive.writestr("com.whatsapp/shared_prefs/com.whatsapp_preferences_light.xml", content)
    result = read_path(tmp_path / "a.zip")
    accounts = of_kind(result, Account)
    assert [each.numbers[0].e164 for each in accounts] == ([number] if number else [])
    assert [part.msisdn for part in result.parts] == [(number,) if number else ()]
    assert codes_of(result).get("element_unreadable", 0) == unreadable
    if accounts:
        assert accounts[0].source.member == "com.whatsapp/shared_prefs/com.whatsapp_preferences_light.xml"


def test_blanks_around_the_owners_number_are_kept(tmp_path: Path) -> None:
    held = database(tmp_path / "msgstore.db", *NEWER)
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(held, "com.whatsapp/databases/msgstore.db")
        content = PREFERENCES.replace("7700900888", "7700900888 ")
        archive.writestr("com.whatsapp/shared_prefs/com.whatsapp_preferences_light.xml", content)
    (account,) = of_kind(read_path(tmp_path / "a.zip"), Account)
    assert account.handles == ("447700900888@s.whatsapp.net",)
    assert [(number.raw, number.e164) for number in account.numbers] == [("447700900888 ", "+447700900888")]


APPS = (("com.whatsapp", "7700900888"), ("com.whatsapp.w4b", "7700900777"))


def archive_of_two_editions(folder: Path, top: str) -> Path:
    """Return an archive of both editions of the application on one handset, each with its own account and pictures."""
    image = "WhatsApp Images/IMG-20240205-WA0001.jpg"
    held = database(
        folder / "msgstore.db",
        *NEWER,
        "INSERT INTO message (_id, chat_row_id, from_me, key_id) VALUES (71, 5, 0, 'a'), (72, 5, 1, 'b')",
        "INSERT INTO message_media (message_row_id, file_path, mime_type) VALUES"
        f" (71, 'Media/{image}', 'image/jpeg'), (72, 'Media/{image.replace('/', '/Sent/')}', 'image/jpeg')",
    )
    with ZipFile(folder / "a.zip", "w") as archive:
        for app, number in APPS:
            archive.write(held, f"{top}{app}/databases/msgstore.db")
            preferences = PREFERENCES.replace("7700900888", number)
            archive.writestr(f"{top}{app}/shared_prefs/{app}_preferences_light.xml", preferences)
        archive.writestr(f"{top}com.whatsapp/Media/{image}", b"x")
        archive.writestr(f"{top}com.whatsapp/Media/{image.replace('/', '/Sent/')}", b"y")
    return folder / "a.zip"


def test_two_editions_on_one_handset_have_two_accounts(tmp_path: Path) -> None:
    result = read_path(archive_of_two_editions(tmp_path, "data/data/"))
    assert [each.numbers[0].e164 for each in of_kind(result, Account)] == ["+447700900888", "+447700900777"]
    assert result.parts[-1].msisdn == ("+447700900888", "+447700900777")
    assert set(codes_of(result)) <= {"element_not_read", "time_unreadable", "clock_not_set", "member_not_read"}


def test_what_went_out_went_from_the_account_of_the_same_applications_folder(tmp_path: Path) -> None:
    messages = of_kind(read_path(archive_of_two_editions(tmp_path, "data/data/")), Message)
    senders = {
        each.service: each.from_party for each in messages if each.direction is Direction.OUTGOING and each.from_party
    }
    assert {service: (party.raw, party.e164, party.is_owner) for service, party in senders.items()} == {
        "whatsapp": ("447700900888@s.whatsapp.net", "+447700900888", True),
        "whatsapp business": ("447700900777@s.whatsapp.net", "+447700900777", True),
    }
    incoming = [each.from_party for each in messages if each.direction is Direction.INCOMING]
    assert not any(party is not None and party.is_owner for party in incoming)


def test_calls_that_were_made_and_what_was_sent_are_of_the_account_beside(tmp_path: Path) -> None:
    held = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "INSERT INTO message (_id, chat_row_id, from_me, key_id) VALUES (71, 5, 0, 'a'), (72, 5, 1, 'b')",
        "INSERT INTO call_log (jid_row_id, from_me, timestamp, duration) VALUES (1, 1, 1707134400000, 9), (1, 0, 2, 9)",
    )
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(held, "com.whatsapp/databases/msgstore.db")
        archive.writestr("com.whatsapp/shared_prefs/com.whatsapp_preferences.xml", PREFERENCES)
    result = read_path(tmp_path / "a.zip")
    calls, messages = of_kind(result, Call), of_kind(result, Message)
    made = [call.from_party for call in calls if call.call_type is CallType.OUTGOING]
    sent = [message.from_party for message in messages if message.direction is Direction.OUTGOING]
    assert [party and party.e164 for party in (*made, *sent)] == ["+447700900888", "+447700900888"]
    came = [call.from_party for call in calls if call.call_type is not CallType.OUTGOING]
    assert not any(party is not None and party.is_owner for party in came)


def test_the_account_is_read_once_for_all_databases_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    content_beside = Store.content_beside

    def counted(store: Store, member: str, most_bytes: int) -> bytes | None:
        asked.append(store.place)
        return content_beside(store, member, most_bytes)

    monkeypatch.setattr(Store, "content_beside", counted)
    held = database(tmp_path / "msgstore.db", *NEWER)
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        for folder in ("databases", "a", "b", "c"):
            archive.write(held, f"com.whatsapp/{folder}/msgstore.db")
        archive.writestr("com.whatsapp/shared_prefs/com.whatsapp_preferences.xml", PREFERENCES)
    read_path(tmp_path / "a.zip")
    assert len(asked) == 2, "once for whose they are, and once for the account's own record"


def test_without_preferences_who_sent_what_went_out_is_not_stated(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "INSERT INTO message (_id, chat_row_id, from_me, key_id) VALUES (72, 5, 1, 'b')",
    )
    (message,) = of_kind(read_path(path), Message)
    assert (message.direction, message.from_party) == (Direction.OUTGOING, None)


def test_the_edition_for_businesses_is_told_by_its_folder(tmp_path: Path) -> None:
    found = read_path(archive_of_two_editions(tmp_path, "data/data/"))
    for kind in (Account, Message):
        services = {(record.source.member or "").split("/")[2]: record.service for record in of_kind(found, kind)}
        assert services == {"com.whatsapp": "whatsapp", "com.whatsapp.w4b": "whatsapp business"}
    assert service_at("AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/ChatStorage.sqlite") == "whatsapp business"


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("sdcard/WhatsApp Business/Databases/msgstore.db", "whatsapp business"),
        ("Android/media/com.whatsapp.w4b/WhatsApp Business/Databases/msgstore.db", "whatsapp business"),
        ("com.whatsapp.w4b/shared_prefs/com.whatsapp_preferences.xml", "whatsapp business"),
        ("com.whatsapp.w4b_preferences.xml", "whatsapp business"),
        ("HW7 WhatsApp Business and WhatsApp/data/data/com.whatsapp/databases/msgstore.db", "whatsapp"),
        ("HW7 com.whatsapp.w4b and other/data/data/com.whatsapp/databases/msgstore.db", "whatsapp"),
        ("HW7 WhatsApp Business and WhatsApp/msgstore.db", "whatsapp"),
        ("WhatsApp Business/AppDomainGroup-group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite", "whatsapp"),
    ],
)
def test_a_name_that_an_examiner_gave_is_no_edition(place: str, service: str) -> None:
    assert service_at(place) == service


def test_two_editions_outside_a_file_system_are_read_each_with_its_preferences(tmp_path: Path) -> None:
    result = read_path(archive_of_two_editions(tmp_path, ""))
    assert sorted(part.msisdn for part in result.parts) == [("+447700900777",), ("+447700900888",)]
    assert "format_unknown" not in codes_of(result)


def test_of_files_of_one_name_the_one_in_the_stored_folder_is_attached(tmp_path: Path) -> None:
    result = read_path(archive_of_two_editions(tmp_path, "data/data/"))
    found = [each.attachments[0].member for each in of_kind(result, Message)[:2]]
    folder = "data/data/com.whatsapp/Media/WhatsApp Images"
    assert found == [f"{folder}/IMG-20240205-WA0001.jpg", f"{folder}/Sent/IMG-20240205-WA0001.jpg"]


def test_references_in_the_preferences_that_xml_does_not_allow_cost_no_account(tmp_path: Path) -> None:
    held = database(tmp_path / "msgstore.db", *NEWER)
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(held, "com.whatsapp/databases/msgstore.db")
        content = PREFERENCES.replace("Kit", "Kit & Co&nbsp;")
        archive.writestr("com.whatsapp/shared_prefs/com.whatsapp_preferences_light.xml", content)
    result = read_path(tmp_path / "a.zip")
    (account,) = of_kind(result, Account)
    assert account.name == "Kit & Co\ufffd"
    found = codes_of(result)
    assert (found["characters_replaced"], found["markup_unescaped"]) == (1, 1)
