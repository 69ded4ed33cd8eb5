"""Single rows: values that are odd, columns that are absent, tables that are none."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from parsers.contract import Limits, Sidecar
from parsers.formats.android_db import AndroidDatabaseParser
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.records.facts import Call, CallType, Contact, Direction, Message, Sim
from parsers.records.values import Attachment, NumberRef
from tests.unit.parsers.made_databases import (
    PAGE,
    damage_page,
    database,
    leaves_of,
    leaves_of_schema,
    numbered,
    root_of,
)
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

THREADS = "CREATE TABLE threads (_id INTEGER PRIMARY KEY, recipient_ids TEXT)"
SMS = "CREATE TABLE sms (_id INTEGER PRIMARY KEY, address TEXT, date INTEGER, type INTEGER, body TEXT, status INTEGER)"
PDU = "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date INTEGER, msg_box INTEGER, m_type INTEGER, sub TEXT, sub_cs)"
PART = "CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, ct TEXT, text TEXT)"
ADDR = "CREATE TABLE addr (msg_id INTEGER, address TEXT, type INTEGER)"
BESIDE_PDU = (PART, ADDR)
VOICEMAIL = "CREATE TABLE voicemail_status (a)"
CALLS = """CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER,
    presentation INTEGER, phone_account_address TEXT, subscription_component_name TEXT, deleted INTEGER,
    features INTEGER)"""


def sms(folder: Path, *values: str, **more: object) -> list[Message]:
    rows = [f"INSERT INTO sms (address, date, type, body, status) VALUES {value}" for value in values]
    result = read_path(database(folder / "x.db", THREADS, "CREATE TABLE addr (a)", SMS, *rows), **more)  # type: ignore[arg-type]  # arguments of read_path
    return of_kind(result, Message)


def test_odd_types(tmp_path: Path) -> None:
    first, second, third = sms(
        tmp_path,
        "('+447700900123', 1707134400250, 99, 'x', NULL)",
        "('', 'never', NULL, NULL, NULL)",
        "(447700900123, 0, 1, x'6869ff', 0)",
    )
    assert (first.direction, first.direction_basis, first.extra) == (Direction.UNKNOWN, None, (("type", "99"),))
    assert [party.e164 for party in first.to] == ["+447700900123"]
    assert (second.from_party, second.to, second.time.raw, second.body) == (None, (), "never", None)
    assert third.from_party is not None
    assert (third.from_party.raw, third.from_party.e164) == ("447700900123", "+447700900123")
    assert (third.time.raw, third.time.utc) == ("0", None)
    assert (third.body, third.body_notices) == ("hi\ufffd", ("replaced_characters",))


def test_columns_that_makers_added_are_kept_as_they_stand(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE addr (a)",
        SMS.removesuffix(")") + ", seen INTEGER, Sim_Imsi TEXT, block_type INTEGER, group_id INTEGER, packed BLOB)",
        "INSERT INTO sms (address, date, type, body, seen, sim_imsi, block_type, group_id, packed) VALUES"
        " ('+447700900123', 1707134400250, 1, 'x', 1, '234100000000777', 1, 0, x'00ff'),"
        " ('+447700900123', 1707134400250, 1, 'y', 1, NULL, 0, -1, NULL)",
    )
    told, bare = of_kind(read_path(path), Message)
    assert told.extra == (("Sim_Imsi", "234100000000777"), ("block_type", "1"))
    assert bare.extra == ()


def test_what_the_handset_took_for_spam_is_a_text(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE addr (a)",
        SMS,
        SMS.replace("sms", "spam_sms"),
        "INSERT INTO spam_sms (address, date, type, body) VALUES ('+447700900123', 1707134400250, 1, 'on now')",
    )
    result = read_path(path)
    (found,) = of_kind(result, Message)
    assert (found.body, found.direction, found.source.locator) == ("on now", Direction.INCOMING, "spam_sms 1")
    assert not any(name.startswith("other:") for rows in result.tally.values() for name in rows)


IM = (
    "CREATE TABLE im (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, body TEXT, date INTEGER,"
    " date_sent INTEGER, type INTEGER, read INTEGER, status INTEGER, content_type TEXT, session_id TEXT)"
)
FT = (
    "CREATE TABLE ft (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, type INTEGER,"
    " file_name TEXT, file_size INTEGER, content_type TEXT)"
)


def test_chats_of_samsungs_rcs_are_messages(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE addr (a)",
        SMS,
        IM,
        FT,
        "INSERT INTO im (address, date, type, body, status, content_type) VALUES"
        " ('+447700900123', 1707134400250, 1, 'u about', 0, 'text/plain'),"
        " ('+447700900123', 1707134460250, 2, '5 mins', 32, 'text/plain'),"
        " ('+447700900123', 1707134470250, 5, 'k', 0, 'text/plain'),"
        " ('+447700900456', 1707134480250, 77, '{\"card\": 1}', 0, 'application/vnd.gsma.openrichcard.v1.0+json')",
        "INSERT INTO ft (address, date, type, file_name, file_size, content_type) VALUES"
        " ('+447700900123', 1707134490250, 1, 'list.jpg', 2048, 'image/jpeg')",
    )
    result = read_path(path)
    came, went, failed, odd, file = of_kind(result, Message)
    assert {each.service for each in (came, went, failed, odd, file)} == {"rcs"}
    assert (came.body, came.direction, came.source.locator) == ("u about", Direction.INCOMING, "im 1")
    assert came.from_party is not None
    assert (came.from_party.e164, came.time.utc) == ("+447700900123", "2024-02-05T12:00:00.250Z")
    assert (went.direction, went.to[0].e164, went.status) == (Direction.OUTGOING, "+447700900123", "sent")
    assert ("status", "32") in went.extra  # what it counts is not that of texts
    assert failed.folder == "failed"
    assert (odd.direction, odd.body) == (Direction.UNKNOWN, '{"card": 1}')
    assert (file.body, file.attachments) == (None, (Attachment("list.jpg", "image/jpeg", 2048),))
    assert "element_not_read" not in codes_of(result)


def test_messages_in_tables_that_are_not_read_are_missing(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE addr (a)",
        SMS,
        "CREATE TABLE im (_id INTEGER PRIMARY KEY, remote_uri TEXT, message TEXT, stamp INTEGER)",
        "CREATE TABLE recycle (_id INTEGER PRIMARY KEY, address TEXT, body TEXT, date INTEGER)",
        "CREATE TABLE spam_im (_id INTEGER PRIMARY KEY, address TEXT)",
        "INSERT INTO im VALUES (1, 'tel:+447700900123', 'u about', 1), (2, 'tel:+447700900123', 'k', 2)",
        "INSERT INTO recycle VALUES (1, '+447700900123', 'gone', 1707134400250)",
    )
    result = read_path(path)
    told = {notice.subject: notice.count for notice in result.notices if notice.code == "messages_not_read"}
    assert told == {"table im": 2, "table recycle": 1}  # an empty one is none
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("raw (_id, date, address, pdu, message_body)", "1, 1, '+447700900123', '00', 'piece'"),
        ("im_threads (_id, address, snippet)", "1, '+447700900123', 'u about'"),
        ("cmas (_id, date, language)", "1, 1, 'en'"),
        ("block_list (_id, address, date)", "1, '+447700900123', 1"),
    ],
)
def test_tables_of_no_messages_stay_outside(tmp_path: Path, table: str, row: str) -> None:
    name = table.partition(" ")[0]
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE addr (a)",
        SMS,
        f"CREATE TABLE {table}",
        f"INSERT INTO {name} VALUES ({row})",
    )
    result = read_path(path)
    assert codes_of(result) == {"element_not_read": 1}
    assert result.state is ReadState.COMPLETE


def test_several_recipients_in_one_row(tmp_path: Path) -> None:
    several, named = sms(
        tmp_path,
        "('07700900123;+447700900456', 1707134400250, 2, 'x', NULL)",
        "('Rico;Deals', 1707134400250, 2, 'x', NULL)",
    )
    assert [party.e164 for party in several.to] == ["+447700900123", "+447700900456"]
    assert [party.raw for party in named.to] == ["Rico;Deals"]


def test_clocks_that_were_never_set(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db", THREADS, "CREATE TABLE addr (a)", SMS, "INSERT INTO sms (date) VALUES (180000), (1e17)"
    )
    result = read_path(path)
    first, second = of_kind(result, Message)
    assert (first.time.utc, second.time.raw, second.time.utc) == (
        "1970-01-01T00:03:00.000Z",
        "100000000000000000",
        None,
    )
    assert codes_of(result) == {"clock_not_set": 1, "time_unreadable": 1}


def test_the_owners_own_number_is_marked(tmp_path: Path) -> None:
    (found,) = sms(
        tmp_path, "('07700 900456', 1707134400250, 1, 'x', 0)", sidecar=Sidecar(owner_number="+447700900456")
    )
    assert found.from_party is not None
    assert found.from_party.is_owner is True


def test_a_text_beyond_the_limit_is_cut_and_named(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db", THREADS, "CREATE TABLE addr (a)", SMS, "INSERT INTO sms (body) VALUES (hex(zeroblob(5000)))"
    )
    result = read_path(path, limits=Limits(text_chars=1_000))
    (found,) = of_kind(result, Message)
    assert (len(found.body or ""), found.body_notices) == (1_000, ("truncated",))
    assert codes_of(result) == {"limit_reached": 1}


@pytest.mark.parametrize("absent", ["part", "addr"])
def test_a_table_that_tells_of_picture_messages_and_is_not_there_is_noticed(tmp_path: Path, absent: str) -> None:
    beside = [statement for statement in BESIDE_PDU if f" {absent} " not in statement]
    empty = read_path(database(tmp_path / "empty.db", THREADS, PDU, *beside))
    assert "table_absent" not in codes_of(empty)
    rows = "INSERT INTO pdu (date, msg_box, m_type) VALUES (1707134400, 1, 132)"
    result = read_path(database(tmp_path / "x.db", THREADS, PDU, *beside, rows))
    assert len(of_kind(result, Message)) == 1
    assert [each.subject for each in result.notices if each.code == "table_absent"] == [absent]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize(("absent", "named"), [("data", {"data"}), ("mimetypes", {"mimetypes"})])
def test_a_table_that_tells_of_contacts_and_is_not_there_is_noticed(
    tmp_path: Path, absent: str, named: set[str]
) -> None:
    tables = {"data": "raw_contact_id, mimetype_id, data1", "mimetypes": "_id INTEGER PRIMARY KEY, mimetype"}
    held = {name: stated for name, stated in tables.items() if name != absent}
    path = database(
        tmp_path / "contacts2.db",
        "CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, display_name TEXT, account_type TEXT, deleted INTEGER)",
        VOICEMAIL,
        CALLS,
        *[f"CREATE TABLE {name} ({stated})" for name, stated in held.items()],
        "INSERT INTO raw_contacts VALUES (1, 'Al', NULL, 0)",
        *(["INSERT INTO data VALUES (1, 5, '07700900123')"] if "data" in held else []),
    )
    result = read_path(path)
    assert len(of_kind(result, Contact)) == 1
    assert {each.subject for each in result.notices if each.code == "table_absent"} == named


@pytest.mark.parametrize("stored", ["\u00dcn\u00ef sub", "caf\u00e9", "\u0414\u0430"])
def test_a_subject_that_is_stored_as_its_characters_is_read_as_it_stands(tmp_path: Path, stored: str) -> None:
    pdu = f"INSERT INTO pdu VALUES (1, 1707134400, 1, 132, '{stored}', 106)"
    (found,) = of_kind(read_path(database(tmp_path / "x.db", THREADS, PDU, *BESIDE_PDU, pdu)), Message)
    assert found.extra == (("subject", stored),)


def test_reports_are_no_messages_and_notifications_are(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU,
        *BESIDE_PDU,
        "INSERT INTO pdu VALUES (1, 1707134400, 1, 134, NULL, NULL), (2, 1707134400, 1, 130, NULL, NULL),"
        " (3, 1707134400000, 1, 132, 'gr\u00c3\u00bc\u00c3\u009f', 106), (4, 1707134400, NULL, 128, 'plain', 3)",
    )
    result = read_path(path)
    waiting, came, went = of_kind(result, Message)
    assert waiting.status == "notification"
    assert (came.time.utc, came.extra) == ("2024-02-05T12:00:00.000Z", (("subject", "gr\u00fc\u00df"),))
    assert (went.direction, went.direction_basis) == (Direction.OUTGOING, "type")
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["other:MMS report"].noticed) == (3, 1)
    assert result.state is ReadState.COMPLETE


def test_parts_stand_in_the_order_of_their_seq(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU,
        "CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER, ct TEXT, text TEXT)",
        ADDR,
        "INSERT INTO pdu (date, msg_box) VALUES (1707134400, 1)",
        "INSERT INTO part (mid, seq, ct, text) VALUES (1, 1, 'text/plain', 'two'), (1, 2, 'text/plain', 'three'),"
        " (1, NULL, 'text/plain', 'one'), (1, -1, 'application/smil', '<smil/>')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert found.body == "one\ntwo\nthree"


def test_texts_of_one_message_are_joined(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU,
        "CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, ct TEXT, text TEXT, _data TEXT, cl TEXT)",
        ADDR,
        "INSERT INTO pdu (date, msg_box) VALUES (1707134400, 1)",
        "INSERT INTO part (mid, ct, text) VALUES (1, 'text/plain', 'one'), (1, 'application/smil', '<smil/>'),"
        " (1, 'text/plain', 'two')",
        "INSERT INTO part (mid, ct, _data, cl) VALUES (1, 'text/plain', '/x/PART_9.txt', 'long.txt')",
        "INSERT INTO addr VALUES (1, '+447700900123', 137), (1, '+447700900456', 151)",
    )
    (found,) = of_kind(read_path(path), Message)
    assert (found.body, found.body_notices) == ("one\ntwo", ("joined_parts",))
    assert [each.name for each in found.attachments] == ["long.txt"]
    assert [(party.e164, party.is_owner) for party in found.to] == [("+447700900456", True)]


def test_the_recipient_that_a_conversation_of_several_does_not_list_is_the_owner(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU.replace("sub_cs)", "sub_cs, thread_id INTEGER)"),
        "CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY, address TEXT)",
        ADDR,
        "INSERT INTO canonical_addresses VALUES (1, '07700 900123'), (2, '+447700900124')",
        "INSERT INTO threads VALUES (1, '1 2'), (2, '1')",
        "INSERT INTO pdu (date, msg_box, m_type, thread_id) VALUES (1707134400, 1, 132, 1), (1707134400, 1, 132, 2),"
        " (1707134400, 1, 132, 9), (1707134400, 2, 128, 1)",
        "INSERT INTO addr SELECT n.value, a.value, 151 FROM json_each('[1, 2, 3, 4]') n,"
        ' json_each(\'["+447700900456", "+447700900124"]\') a',
        "INSERT INTO addr SELECT value, '+447700900123', 137 FROM json_each('[1, 2, 3]')",
    )
    listed, unclear, unknown, sent = of_kind(read_path(path), Message)
    assert [(party.e164, party.is_owner) for party in listed.to] == [
        ("+447700900456", True),
        ("+447700900124", None),
    ]
    for each in (unclear, unknown, sent):
        assert [party.is_owner for party in each.to] == [None, None]


def test_odd_calls(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        VOICEMAIL,
        CALLS,
        "INSERT INTO calls (number, date, duration, type, presentation) VALUES ('', 1707134400000, 0, 3, 2),"
        " ('-2', 1707134400000, 0, 1, NULL), ('07700900123', 1707134400000, -5, 6, 1)",
        "INSERT INTO calls (number, type, phone_account_address, subscription_component_name, deleted, features)"
        " VALUES ('07700900123', 2, '+447700900456', 'com.whatsapp/com.whatsapp.Conn', 1, 1)",
    )
    hidden, private, blocked, own = of_kind(read_path(path), Call)
    assert (hidden.from_party, hidden.call_type, hidden.extra) == (
        None,
        CallType.MISSED,
        (("presentation", "restricted"),),
    )
    assert private.from_party is not None
    assert (private.from_party.raw, private.from_party.e164) == ("-2", None)
    assert (blocked.call_type, blocked.duration_seconds, blocked.extra) == (CallType.REJECTED, None, (("type", "6"),))
    assert own.from_party is not None
    assert (own.from_party.raw, own.from_party.is_owner, own.service) == ("+447700900456", True, "whatsapp")
    assert (own.deleted.value, own.duration_seconds, own.time.raw) == ("deleted", None, None)


def test_a_kind_of_call_that_is_not_known_is_noticed_as_one_of_a_text_is(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        CALLS,
        "INSERT INTO calls (number, date, duration, type) VALUES ('07700900123', 1707134400000, 9, 1000),"
        " ('07700900123', 1707134500000, 9, 1), ('07700900123', 1707134600000, 9, NULL)",
    )
    result = read_path(path)
    assert [call.call_type for call in of_kind(result, Call)] == [
        CallType.UNKNOWN,
        CallType.INCOMING,
        CallType.UNKNOWN,
    ]
    (notice,) = [notice for notice in result.notices if notice.code == "direction_unreadable"]
    assert (notice.count, notice.subject) == (1, "1000")


def test_the_log_of_samsung_gives_calls_and_names_what_it_repeats_of_messages(tmp_path: Path) -> None:
    logs = """CREATE TABLE logs (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER,
        name TEXT, logtype INTEGER NOT NULL, m_content TEXT)"""
    rows = (
        "(1, '07700900123', 1707134400250, 0, 3, 'Jay', 100, NULL), "
        "(2, '07700900123', 1707134400251, 0, 1, NULL, 300, 'u ab')"
    )
    result = read_path(database(tmp_path / "logs.db", logs, f"INSERT INTO logs VALUES {rows}"))
    (call,) = of_kind(result, Call)
    assert (call.call_type, call.from_party and call.from_party.name, call.source.locator) == (
        CallType.MISSED,
        "Jay",
        "logs 1",
    )
    assert codes_of(result) == {"element_not_read": 1}


def test_the_log_of_samsung_is_told_by_its_place_on_the_handset(tmp_path: Path) -> None:
    logs = "CREATE TABLE logs (number TEXT, date INTEGER, duration INTEGER, type INTEGER, logtype INTEGER, m_content)"
    held = database(tmp_path / "logs.db", logs, "INSERT INTO logs VALUES ('07700900123', 1707134400250, 5, 1, 100, '')")
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(held, "data/data/com.sec.android.provider.logsprovider/databases/logs.db")
    assert [each.duration_seconds for each in of_kind(read_path(tmp_path / "a.zip"), Call)] == [5]
    assert not AndroidDatabaseParser.is_member_name("data/data/com.example.app/databases/logs.db")


def test_contacts_of_applications(tmp_path: Path) -> None:
    path = database(
        tmp_path / "contacts2.db",
        "CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT)",
        "CREATE TABLE accounts (_id INTEGER PRIMARY KEY, account_type TEXT)",
        "CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, account_id INTEGER, display_name TEXT COLLATE NOCASE)",
        "CREATE TABLE data (_id INTEGER PRIMARY KEY, mimetype_id INTEGER, raw_contact_id INTEGER, data1, data2, data3)",
        "INSERT INTO mimetypes VALUES (1, 'vnd.android.cursor.item/phone_v2'),"
        " (2, 'vnd.android.cursor.item/vnd.com.whatsapp.profile'), (3, 'vnd.android.cursor.item/note')",
        "INSERT INTO accounts VALUES (1, 'com.whatsapp'), (2, 'com.google'), (3, 'USIM Account')",
        "INSERT INTO raw_contacts VALUES (1, 1, 'Rico'), (2, 2, 'Rico'), (3, 3, 'Rico'), (4, NULL, NULL)",
        "INSERT INTO data (mimetype_id, raw_contact_id, data1, data2, data3) VALUES"
        " (2, 1, '447700900123@s.whatsapp.net', NULL, NULL), (1, 2, '07700 900123', 0, 'deals'),"
        " (3, 2, 'both', NULL, NULL)",
    )
    whatsapp, google, card, blank = of_kind(read_path(path), Contact)
    assert (whatsapp.stored_in, whatsapp.handles) == ("whatsapp", ("447700900123@s.whatsapp.net",))
    assert (google.stored_in, google.numbers[0].label, google.extra) == ("google", "deals", (("note", "both"),))
    assert (card.stored_in, blank.stored_in, blank.name) == ("sim", "phone", None)


def test_contacts_of_which_other_columns_say_who_they_are(tmp_path: Path) -> None:
    columns = "mimetype_id, raw_contact_id, data1, data2, data3, data4, data5, data6"
    path = database(
        tmp_path / "contacts2.db",
        "CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT)",
        "CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, account_type TEXT, display_name TEXT)",
        f"CREATE TABLE data (_id INTEGER PRIMARY KEY, {columns})",
        "INSERT INTO mimetypes VALUES (1, 'vnd.android.cursor.item/phone_v2'), (2, 'vnd.android.cursor.item/name'),"
        " (3, 'vnd.android.cursor.item/vnd.org.telegram.messenger.android.profile'),"
        " (4, 'vnd.android.cursor.item/vnd.com.whatsapp.profile'),"
        " (5, 'vnd.android.cursor.item/vnd.org.thoughtcrime.securesms.contact'),"
        " (6, 'vnd.android.cursor.item/vnd.com.example.note')",
        "INSERT INTO raw_contacts VALUES (1, 'org.telegram.messenger', 'Tel'), (2, NULL, NULL), (6, NULL, 'Noted'),"
        " (3, 'com.whatsapp', 'Mo'), (4, 'org.thoughtcrime.securesms', 'Sig'), (5, 'org.telegram.messenger', 'Id')",
        f"INSERT INTO data ({columns}) VALUES (3, 1, '12345', 'Telegram', '+447700900611', NULL, NULL, NULL),"
        " (2, 2, NULL, 'Given', 'Family', 'Dr', 'Mid', NULL),"
        " (1, 2, NULL, 2, NULL, '+447700900618', NULL, NULL),"
        " (4, 3, '447700900602@s.whatsapp.net', 'WhatsApp', 'Message +44 7700 900602', NULL, NULL, NULL),"
        " (5, 4, '+447700900613', 'Signal', 'Message +44 7700 900613', NULL, NULL, NULL),"
        " (3, 5, NULL, 'Telegram', 'Message +44 7700 900614', NULL, NULL, NULL),"
        " (6, 6, 'was told to call +44 7700 900999', 'n', 'he was told (+44 7700 900998', NULL, NULL, NULL),"
        " (6, 6, '+44 7700 900997', 'n', 'he was told of +44 7700 900996', NULL, NULL, NULL),"
        " (6, 6, 'x', 'n', 'Voice call +44 7700 900615', NULL, NULL, NULL),"
        " (3, 6, 'he was told of +44 7700 900995', 'n', NULL, NULL, NULL, NULL),"
        " (3, 5, '447700900', 'Telegram', 'Profile', NULL, NULL, NULL)",
    )
    telegram, parts, whatsapp, signal, shown, noted = of_kind(read_path(path), Contact)
    assert telegram.numbers == (NumberRef("+447700900611", "+447700900611"),)
    assert telegram.extra == (("vnd.org.telegram.messenger.android.profile", "12345"),)
    assert (parts.name, parts.numbers) == (
        "Dr Given Mid Family",
        (NumberRef("+447700900618", "+447700900618", "mobile"),),
    )
    # The number is in the id already.
    assert (whatsapp.numbers, whatsapp.handles) == ((), ("447700900602@s.whatsapp.net",))
    assert [each.e164 for each in signal.numbers] == ["+447700900613"]
    assert [each.raw for each in shown.numbers] == ["+44 7700 900614"]
    # What else an application notes may be of anybody.
    assert [each.raw for each in noted.numbers] == ["+44 7700 900615"]


def test_cards(tmp_path: Path) -> None:
    path = database(
        tmp_path / "telephony.db",
        "CREATE TABLE carriers (a)",
        "CREATE TABLE siminfo (_id INTEGER PRIMARY KEY, icc_id TEXT, number TEXT, sim_id INTEGER, carrier_name TEXT)",
        "INSERT INTO siminfo VALUES (1, '8944110068162711902', '07700 900456', 0, 'giffgaff'),"
        " (2, '8944200000000000010', '', -1, 'O2')",
    )
    result = read_path(path)
    assert [(sim.iccid, sim.msisdn) for sim in of_kind(result, Sim)] == [
        (("8944110068162711902",), ("07700 900456",)),
        (("8944200000000000010",), ()),
    ]
    assert [sim.extra[0] for sim in of_kind(result, Sim)] == [("sub_id", "1"), ("sub_id", "2")]
    (part,) = result.parts
    assert (part.iccid, part.msisdn) == (("8944110068162711902",), ("07700 900456",))


def test_other_tables_are_counted_and_bookkeeping_is_not(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE addr (a)",
        SMS,
        "CREATE TABLE android_metadata (locale)",
        "INSERT INTO android_metadata VALUES ('en_GB')",
        "CREATE TABLE spam_filter (word)",
        "INSERT INTO spam_filter VALUES ('a'), ('b')",
    )
    result = read_path(path)
    (rows,) = result.tally.values()
    assert rows["other:table spam_filter"].noticed == 2
    assert codes_of(result) == {"element_not_read": 2}


@pytest.mark.parametrize(
    "table",
    [
        "CREATE VIEW sms AS WITH RECURSIVE n(body) AS (SELECT 1 UNION ALL SELECT body + 1 FROM n) SELECT * FROM n",
        "CREATE VIRTUAL TABLE sms USING fts4(address, body)",
    ],
)
def test_a_view_in_place_of_a_table_is_named_and_not_read(tmp_path: Path, table: str) -> None:
    result = read_path(database(tmp_path / "x.db", THREADS, "CREATE TABLE addr (a)", table))
    assert result.records == ()
    assert codes_of(result) == {"table_not_plain": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_list_of_tables_that_is_damaged_is_not_one_without_texts(tmp_path: Path) -> None:
    many = [f"CREATE TABLE u{n} (a, b, c, d, e, f, g)" for n in range(200)]
    path = numbered(tmp_path / "x.db", 5, *many, *(THREADS, PDU, *BESIDE_PDU), table="sms")
    assert len(read_path(path).records) == 5
    content = path.read_bytes()
    lost, taken = leaves_of_schema(path)[0], root_of(path, "part")
    damage_page(path, lost, content[(taken - 1) * PAGE : taken * PAGE])
    result = read_path(path)
    assert (result.records, result.state) == ((), ReadState.PARTIAL)
    assert [notice.subject for notice in result.notices if notice.code == "table_damaged"] == ["list of tables"]


def test_a_damaged_page_costs_its_own_texts(tmp_path: Path) -> None:
    path = numbered(tmp_path / "x.db", 500, THREADS, "CREATE TABLE addr (a)", table="sms")
    whole = len(read_path(path).records)
    damage_page(path, leaves_of(path, "sms")[2])
    result = read_path(path)
    assert whole == 500
    assert 400 < len(result.records) < 500
    assert codes_of(result) == {"table_damaged": 1, "column_absent": 3}
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize(
    "tables",
    [
        ("CREATE TABLE sms (body)",),
        ("CREATE TABLE calls (number)",),
        ("CREATE TABLE messages (a)", "CREATE TABLE contacts (a)"),
        (),
    ],
)
def test_other_databases_are_not_claimed(tmp_path: Path, tables: tuple[str, ...]) -> None:
    path = database(tmp_path / "mmssms.db", *tables, "CREATE TABLE z (a)")
    assert AndroidDatabaseParser().identify(head_of(path, path.name, is_folder=False)) is None


@pytest.mark.parametrize(
    ("statement", "is_ours"),
    [
        ("CREATE TABLE calls (_id INTEGER PRIMARY KEY, number, date, duration, type, presentation)", True),
        ("CREATE TABLE calls (_id INTEGER PRIMARY KEY, number, date, duration, type, countryiso)", True),
        ("CREATE TABLE calls (_id INTEGER PRIMARY KEY, number, date, duration, type, viber_call)", False),
        ("CREATE TABLE siminfo (_id INTEGER PRIMARY KEY, icc_id, number)", True),
        ("CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id, address, date, type, body)", True),
        ("CREATE TABLE sms (_id INTEGER PRIMARY KEY, text)", False),
    ],
)
def test_a_table_alone_is_told_by_its_columns(tmp_path: Path, statement: str, is_ours: bool) -> None:  # noqa: FBT001 - a case
    path = database(tmp_path / "x.db", statement)
    claim = AndroidDatabaseParser().identify(head_of(path, path.name, is_folder=False))
    assert (claim is not None) is is_ours


PEOPLE = (
    "CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY, address TEXT)",
    "INSERT INTO canonical_addresses VALUES (1, '07700900123'), (2, '07700900456')",
    "INSERT INTO threads VALUES (1, '1'), (2, '1 2')",
)


@pytest.mark.parametrize("kind", ["text/plain", "TEXT/PLAIN", "text/plain; charset=utf-8", "text/html"])
def test_a_text_is_a_text_however_its_type_is_written(tmp_path: Path, kind: str) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU,
        PART,
        "INSERT INTO pdu (date, msg_box) VALUES (1707134400, 1)",
        f"INSERT INTO part (mid, ct, text) VALUES (1, 'Application/SMIL', '<smil/>'), (1, '{kind}', 'u about')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert (found.body, found.attachments) == ("u about", ())


def test_parts_without_their_message_are_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU,
        PART,
        "INSERT INTO pdu (_id, date, msg_box, m_type) VALUES (1, 1707134400, 1, 132), (2, 1707134400, 1, 134)",
        "INSERT INTO part (mid, ct, text) VALUES (1, 'text/plain', 'a'), (2, 'text/plain', 'of a report'),"
        " (7, 'text/plain', 'b'), (NULL, 'text/plain', 'c')",
    )
    result = read_path(path)
    (rows,) = result.tally.values()
    assert rows["other:part of an MMS that is not there"].noticed == 2


def test_which_of_several_people_sent_a_text_is_not_said(tmp_path: Path) -> None:
    sms_in = "CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, type INTEGER, body TEXT)"
    path = database(
        tmp_path / "x.db",
        THREADS,
        ADDR,
        *PEOPLE,
        sms_in,
        "INSERT INTO sms VALUES (1, 2, NULL, 1, 'x'), (2, 2, '07700900123;07700900456', 1, 'x'), (3, 1, NULL, 1, 'x')",
    )
    first, second, known = of_kind(read_path(path), Message)
    for message in (first, second):
        assert message.direction is Direction.INCOMING
        assert message.from_party is None
        assert [party.raw for party in message.to] == ["07700900123", "07700900456"]
    assert known.from_party is not None
    assert (known.from_party.raw, known.to) == ("07700900123", ())


def test_an_mms_without_addresses_has_the_people_of_its_conversation(tmp_path: Path) -> None:
    pdu = "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, msg_box INTEGER, m_type INTEGER)"
    path = database(
        tmp_path / "x.db",
        THREADS,
        ADDR,
        *PEOPLE,
        pdu,
        "INSERT INTO pdu VALUES (1, 2, 1707134400, 3, 128), (2, 1, 1707134400, 1, 132)",
    )
    draft, came = of_kind(read_path(path), Message)
    assert [party.raw for party in draft.to] == ["07700900123", "07700900456"]
    assert came.from_party is not None
    assert came.from_party.raw == "07700900123"


def test_rows_are_joined_by_the_number_that_other_tables_know_them_by(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE pdu (_id INTEGER, date INTEGER, msg_box INTEGER, m_type INTEGER)",
        PART,
        ADDR,
        "INSERT INTO pdu VALUES (7, 1707134400, 1, 132), (9, 1707134400, 1, 132)",
        "INSERT INTO part (mid, ct, text) VALUES (9, 'text/plain', 'nine'), (7, 'text/plain', 'seven')",
        "INSERT INTO addr VALUES (7, '07700900123', 137)",
    )
    seven, nine = of_kind(read_path(path), Message)
    assert (seven.body, nine.body) == ("seven", "nine")
    assert seven.from_party is not None
    assert nine.from_party is None


def test_a_column_that_is_generated_is_named_and_not_computed(tmp_path: Path) -> None:
    generated = SMS.replace("body TEXT", "body TEXT AS (hex(zeroblob(400000000)))")
    row = "INSERT INTO sms (address, date, type) VALUES ('+447700900123', 1707134400250, 1)"
    result = read_path(database(tmp_path / "x.db", THREADS, "CREATE TABLE addr (a)", generated, row))
    assert [message.body for message in of_kind(result, Message)] == [None]
    assert [(notice.code, notice.subject) for notice in result.notices] == [("table_not_plain", "column body of sms")]


def test_a_view_in_place_of_a_table_that_is_read_along_is_named(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        PDU,
        ADDR,
        "INSERT INTO pdu (date, msg_box) VALUES (1707134400, 1)",
        "CREATE VIEW part AS SELECT 1 AS mid, 'text/plain' AS ct, 'x' AS text",
    )
    assert codes_of(read_path(path)) == {"table_not_plain": 1}


def test_entries_of_contacts_are_kept_or_counted_whatever_they_are(tmp_path: Path) -> None:
    path = database(
        tmp_path / "contacts2.db",
        "CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, account_type TEXT, display_name TEXT)",
        "CREATE TABLE data (_id INTEGER PRIMARY KEY, raw_contact_id, mimetype_id, data1 TEXT, data2, data3)",
        "CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT)",
        "INSERT INTO mimetypes VALUES (1, 'vnd.android.cursor.item/phone_v2')",
        "INSERT INTO raw_contacts VALUES (1, 'com.simplemobiletools.contacts', 'Al'), (2, 'com.android.usim', 'Bo')",
        "INSERT INTO data (raw_contact_id, mimetype_id, data1, data2) VALUES (1, 1, '07700900123', 8),"
        " (1, 1, '07700900124', 99), (2, 5, '07700900125', 2), (77, 1, '07700900126', 2)",
    )
    result = read_path(path)
    al, bo = of_kind(result, Contact)
    assert [number.label for number in al.numbers] == ["callback", "type 99"]
    assert (al.stored_in, bo.stored_in) == ("com.simplemobiletools.contacts", "sim")
    assert bo.extra == (("entry of no kind", "07700900125"),)
    (rows,) = result.tally.values()
    assert rows["other:entry of a contact that is not there"].noticed == 1


@pytest.mark.parametrize("absent", ["body", "address", "date", "type"])
def test_a_table_of_texts_that_lacks_what_tells_them_is_noticed(tmp_path: Path, absent: str) -> None:
    columns = [f"{name} TEXT" for name in ("body", "address", "date", "type") if name != absent]
    statements = [THREADS, "CREATE TABLE addr (a)", f"CREATE TABLE sms (_id INTEGER PRIMARY KEY, {', '.join(columns)})"]
    empty = read_path(database(tmp_path / "empty.db", *statements))
    assert "column_absent" not in codes_of(empty)
    result = read_path(database(tmp_path / "x.db", *statements, "INSERT INTO sms (_id) VALUES (1)"))
    assert len(of_kind(result, Message)) == 1
    assert codes_of(result)["column_absent"] == 1
    assert {notice.subject for notice in result.notices if notice.code == "column_absent"} == {f"sms.{absent}"}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_calls_without_a_column_for_the_number_are_read(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        VOICEMAIL,
        "CREATE TABLE calls (_id INTEGER PRIMARY KEY, date INTEGER, duration INTEGER, type INTEGER)",
        "INSERT INTO calls VALUES (1, 1707134400250, 7, 1)",
    )
    result = read_path(path)
    (call,) = of_kind(result, Call)
    assert (call.call_type, call.duration_seconds, call.from_party) == (CallType.INCOMING, 7, None)
    assert codes_of(result) == {"column_absent": 1}


def test_picture_messages_of_another_kind_or_without_a_box_are_read(tmp_path: Path) -> None:
    path = database(
        tmp_path / "x.db",
        THREADS,
        "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, m_type INTEGER)",
        ADDR,
        "CREATE TABLE part (mid INTEGER, ct TEXT, text TEXT)",
        "INSERT INTO pdu VALUES (1, 1, 1707134400, 132), (2, 1, 1707134401, 999), (3, 1, 1707134402, 134)",
        "INSERT INTO addr VALUES (1, '+447700900123', 137)",
        "INSERT INTO part VALUES (1, 'text/plain', 'one'), (2, 'text/plain', 'two')",
    )
    result = read_path(path)
    assert [message.body for message in of_kind(result, Message)] == ["one", "two"]
    assert codes_of(result) == {"column_absent": 1, "element_not_read": 1}


def test_the_folders_of_a_long_name_are_looked_at_once() -> None:
    folders = "com.sec.android.provider.logsprovider/" * 2_000
    assert AndroidDatabaseParser.is_member_name(f"{folders}logs.db")
    assert not AndroidDatabaseParser.is_member_name(f"{folders}log")
    assert not AndroidDatabaseParser.is_member_name("x y.logsprovider/logs.db")


def test_all_numbers_of_a_conference_are_called(tmp_path: Path) -> None:
    rows = ("('+447700900123;07700 900124', 1707134400000, 50, 2)", "('07700900123;x', 1707134400000, 50, 2)")
    insert = "INSERT INTO calls (number, date, duration, type) VALUES"
    result = read_path(database(tmp_path / "x.db", CALLS, VOICEMAIL, *(f"{insert} {row}" for row in rows)))
    first, second = of_kind(result, Call)
    assert [party.e164 for party in first.to] == ["+447700900123", "+447700900124"]
    assert [party.raw for party in second.to] == ["07700900123;x"]
