"""Single rows: ids that hide numbers, databases that were changed over, encrypted and hostile ones."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.demo.writers.whatsapp_db import schemas, write_msgstore, write_older_msgstore
from parsers.errors import InputRefused
from parsers.formats.whatsapp_db import WhatsAppDatabaseParser
from parsers.identification import head_of
from parsers.outcome import ReadState
from parsers.records.facts import Account, Call, CallType, Direction, Message
from parsers.registry import identify
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
