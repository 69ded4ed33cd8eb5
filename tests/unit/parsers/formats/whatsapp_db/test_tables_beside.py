"""What tables beside the messages say of them, and of the people in chats and calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, CallType, Contact, Message
from tests.unit.parsers.formats.whatsapp_db.test_rows import IOS, JAY, LIST, NEWER, OLDER
from tests.unit.parsers.made_databases import database
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

AL = "447700900456@s.whatsapp.net"
HIDDEN = "111111111111111@lid"
CARD = "BEGIN:VCARD\nFN:Kit\nTEL:+44 7700 900988\nEND:VCARD"
PEOPLE = (
    f"INSERT INTO jid VALUES (1, '4', 'x', '{JAY}'), (2, 'x', 'y', '{AL}')",
    f"INSERT INTO jid VALUES (3, '1', 'l', '{HIDDEN}'), (4, '7', 'b', '{LIST}')",
    "INSERT INTO chat (_id, jid_row_id) VALUES (5, 1), (6, 3), (7, 4)",
)


def _message(number: int, text: str | None = None, chat: int = 5, **more: int) -> str:
    row = {"_id": number, "chat_row_id": chat, "from_me": 0, "timestamp": 1707134400000, **more}
    said = "NULL" if text is None else f"'{text}'"
    return (
        f"INSERT INTO message ({', '.join(row)}, key_id, text_data) VALUES ({str([*row.values()])[1:-1]}, 'k', {said})"
    )


def _beside(name: str, *columns: str) -> str:
    return f"CREATE TABLE {name} (message_row_id INTEGER, {', '.join(columns)})"


def test_who_changed_their_number_is_found_by_either(tmp_path: Path) -> None:
    table = "message_system_number_change"
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        *PEOPLE,
        _message(71, message_type=7),
        _beside(table, "old_jid_row_id INTEGER", "new_jid_row_id INTEGER"),
        f"INSERT INTO {table} VALUES (71, 1, 2), (71, 3, -1)",
    )
    result = read_path(path)
    changed, hidden = of_kind(result, Contact)
    assert [(each.raw, each.e164, each.label) for each in changed.numbers] == [
        ("447700900123", "+447700900123", "old"),
        ("447700900456", "+447700900456", "new"),
    ]
    assert (changed.name, changed.handles, changed.stored_in) == (None, (JAY, AL), "whatsapp")
    assert (hidden.numbers, hidden.handles) == ((), (HIDDEN,))
    (line,) = of_kind(result, Message)
    assert (line.status, line.body) == ("system", None)
    assert {(f"{table}.old_jid_row_id", JAY), (f"{table}.new_jid_row_id", AL)} <= set(line.extra)
    assert not any(name.startswith("other:table") for rows in result.tally.values() for name in rows)


@pytest.mark.parametrize(
    ("table", "columns", "body"),
    [
        ("message_template", {"content_text_data": "on now", "footer_text_data": "bell me"}, "on now"),
        ("message_ui_elements", {"element_content": "on now"}, "on now"),
        ("message_product", {"title": "Shoes", "body": "on now"}, "on now"),
        ("message_event", {"name": "on now", "description": "at 8"}, "on now"),
        ("message_quoted", {"key_id": "K0", "text_data": "the text that is gone"}, None),
        ("message_group_invite", {"group_name": "Plug", "invite_code": "abc"}, None),
        ("message_poll_option", {"option_name": "yes"}, None),
        ("message_text", {"page_title": "Shop"}, None),
        ("message_system_value_change", {"old_data": "Footy"}, None),
    ],
)
def test_what_another_table_says_of_a_message(
    tmp_path: Path, table: str, columns: dict[str, str], body: str | None
) -> None:
    said = ", ".join(f"'{text}'" for text in columns.values())
    rows = (
        *(_message(71), _message(72, "own words")),
        _beside(table, *[f"{name} TEXT" for name in columns]),
        f"INSERT INTO {table} VALUES (71, {said}), (72, {said})",
    )
    result = read_path(database(tmp_path / "msgstore.db", *NEWER, *PEOPLE, *rows))
    bare, worded = of_kind(result, Message)
    told = {f"{table}.{name}": text for name, text in columns.items()}
    assert (bare.body, worded.body) == (body, "own words")
    assert told.items() <= dict(worded.extra).items()
    assert {name: text for name, text in told.items() if text != body}.items() <= dict(bare.extra).items()


def test_elements_of_one_message_are_joined(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        _message(71),
        _beside("message_ui_elements", "element_content TEXT"),
        "INSERT INTO message_ui_elements VALUES (71, 'one'), (71, CAST(x'61ff' AS TEXT))",
    )
    result = read_path(path)
    (found,) = of_kind(result, Message)
    assert (found.body, found.body_notices) == ("one\na\ufffd", ("joined_parts", "replaced_characters"))
    assert codes_of(result)["characters_replaced"] == 1


def test_a_card_that_was_sent_is_the_text(tmp_path: Path) -> None:
    newer = database(
        tmp_path / "msgstore.db",
        *NEWER,
        _message(71, "Kit", message_type=4),
        _beside("message_vcard", "vcard TEXT"),
        f"INSERT INTO message_vcard VALUES (71, '{CARD}')",
    )
    ios = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        "ALTER TABLE ZWAMEDIAITEM ADD COLUMN ZVCARDNAME VARCHAR",
        "INSERT INTO ZWAMESSAGE (Z_PK, ZISFROMME, ZMESSAGETYPE, ZTEXT) VALUES (1, 0, 4, NULL), (2, 0, 7, 'see')",
        f"INSERT INTO ZWAMEDIAITEM (ZMESSAGE, ZVCARDSTRING, ZVCARDNAME) VALUES (1, '{CARD}', 'Kit')",
        "INSERT INTO ZWAMEDIAITEM (ZMESSAGE, ZTITLE) VALUES (2, 'Shop')",
    )
    for path, name in ((newer, ("text_data", "Kit")), (ios, ("ZVCARDNAME", "Kit"))):
        result = read_path(path)
        found, *others = of_kind(result, Message)
        assert found.body == CARD
        assert name in found.extra
        assert not any("card" in name for rows in result.tally.values() for name in rows)
        assert [(each.body, ("ZTITLE", "Shop") in each.extra) for each in others] in ([], [("see", True)])


def test_what_was_heard_and_translated_is_kept(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        "ALTER TABLE message ADD COLUMN translated_text TEXT",
        "ALTER TABLE message_media ADD COLUMN raw_transcription_text TEXT",
        _message(71, message_type=2),
        "UPDATE message SET translated_text = 'hello' WHERE _id = 71",
        "INSERT INTO message_media (message_row_id, raw_transcription_text) VALUES (71, 'on now')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert (found.body, found.extra[-2:]) == (
        None,
        (("translated_text", "hello"), ("raw_transcription_text", "on now")),
    )


def test_the_older_table_has_them_too(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *OLDER,
        f"INSERT INTO messages (_id, key_remote_jid, key_from_me, key_id) VALUES (71, '{JAY}', 0, 'a')",
        _beside("message_template", "content_text_data TEXT"),
        "INSERT INTO message_template VALUES (71, 'on now')",
    )
    (found,) = of_kind(read_path(path), Message)
    assert found.body == "on now"


def test_what_is_said_of_a_message_that_is_gone_is_counted(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        _beside("message_quoted", "text_data TEXT"),
        "INSERT INTO message_quoted VALUES (99, 'gone')",
    )
    (rows,) = read_path(path).tally.values()
    assert rows["other:text beside a message that is not there"].noticed == 1


def test_to_whom_a_list_went(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        *PEOPLE,
        "CREATE TABLE receipt_user (_id INTEGER PRIMARY KEY, message_row_id INTEGER, receipt_user_jid_row_id INTEGER)",
        "INSERT INTO receipt_user (message_row_id, receipt_user_jid_row_id) VALUES (71, 1), (71, 2), (71, 1), (73, 1)",
        *(_message(71, "on now", 7, from_me=1), _message(72, "x", 7, from_me=1), _message(73, "y", from_me=1)),
    )
    listed, bare, single = of_kind(read_path(path), Message)
    assert [each.raw for each in listed.to] == [JAY, AL]
    assert (listed.thread, [each.raw for each in bare.to], [each.raw for each in single.to]) == (LIST, [LIST], [JAY])


def test_names_that_people_give_themselves(tmp_path: Path) -> None:
    newer = database(
        tmp_path / "msgstore.db",
        *NEWER,
        *PEOPLE,
        "CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY, display_name TEXT, username TEXT)",
        "INSERT INTO lid_display_name VALUES (3, 'Kit', 'kit1')",
        _message(71, "x", 6),
        _message(72, "y", 99, sender_jid_row_id=3),
    )
    ios = database(
        tmp_path / "ChatStorage.sqlite",
        *IOS,
        "CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR)",
        f"INSERT INTO ZWAPROFILEPUSHNAME VALUES (1, '{HIDDEN}', 'Kit'), (2, '{JAY}', 'jj')",
        f"INSERT INTO ZWACHATSESSION VALUES (1, 0, 0, '{HIDDEN}', NULL), (2, 0, 0, '{JAY}', 'Jay')",
        f"INSERT INTO ZWAGROUPMEMBER VALUES (1, 9, '', '{HIDDEN}')",
        "INSERT INTO ZWAMESSAGE (ZISFROMME, ZCHATSESSION, ZGROUPMEMBER, ZTEXT)"
        " VALUES (0, 1, NULL, 'x'), (0, 9, 1, 'y'), (0, 2, NULL, 'z')",
    )
    for path, others in ((newer, []), (ios, ["Jay"])):
        found = [each.from_party.name if each.from_party else None for each in of_kind(read_path(path), Message)]
        assert found == ["Kit", "Kit", *others]


def test_the_people_of_a_group_call(tmp_path: Path) -> None:
    path = database(
        tmp_path / "msgstore.db",
        *NEWER,
        *PEOPLE,
        "CREATE TABLE call_log_participant_v2 (_id INTEGER PRIMARY KEY, call_log_row_id INTEGER, jid_row_id INTEGER)",
        "INSERT INTO call_log (_id, jid_row_id, from_me, timestamp, call_result) VALUES"
        " (1, -1, 1, 1707134400000, 5), (2, 1, 0, 1707134400000, 5), (3, 1, 0, 1707134400000, 5)",
        "INSERT INTO call_log_participant_v2 (call_log_row_id, jid_row_id) VALUES (1, 1), (1, 2), (2, 1), (2, 2)",
    )
    went, came, single = of_kind(read_path(path), Call)
    assert (went.call_type, went.from_party, [each.raw for each in went.to]) == (CallType.OUTGOING, None, [JAY, AL])
    assert came.from_party is not None
    assert (came.from_party.raw, [each.raw for each in came.to], single.to) == (JAY, [AL], ())


def test_further_ids_of_a_contact_on_ios(tmp_path: Path) -> None:
    path = database(
        tmp_path / "ContactsV2.sqlite",
        "CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME TEXT, ZWHATSAPPID TEXT, ZLID TEXT,"
        " ZUSERNAME TEXT)",
        f"INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, 'Jay', '{JAY}', '{HIDDEN}', 'jay1')",
    )
    (found,) = of_kind(read_path(path), Contact)
    assert (found.handles, found.extra) == ((JAY, HIDDEN), (("ZUSERNAME", "jay1"),))
