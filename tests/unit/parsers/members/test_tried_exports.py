"""A table or chat in an archive or folder that no reader understands is missing, and costs nothing beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.demo.writers.container import packed, write_archive
from parsers.contract import Sidecar
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

SMS = b"Date/Time,Direction,Number,Message\n2024-02-05T12:00:00Z,Incoming,07700 900123,u about\n"
ROMANIAN = "Data,Ora,De la,Către,Mesaj\n14/09/2023,16:49:42,07700900123,,salut\n14/09/2023,16:50,,,pa\n".encode()
CENSUS = "columns Data, Ora, De la, Către, Mesaj"
NO_CHAT = b"[LINE] Chat history with Jay\n16:49\tJay\thi\n"
CHAT = b"05/02/2024, 12:00 - Jay: u about\n05/02/2024, 12:01 - Jay: ?\n"
FILE_LIST = b"Path,Size,Modified\nDCIM/a.jpg,100,2024-02-05\nDCIM/b.jpg,200,2024-02-05\n"
HASHES = b"File Name,MD5 Hash\na.jpg,0cc175b9c0f1b6a831c399e269772661\nb.jpg,92eb5ffee6ae2fec3ad71c777531578f\n"
CODES = {
    *("table_unknown", "delimiter_unknown", "chat_not_understood", "chat_unknown"),
    *("xml_unknown", "json_unknown", "database_unknown"),
}
LINE = b"[LINE] Chat history with Jay\n2024/02/05\n10:00\tJay\thi\n10:01\tMe\tyo\n10:02\tJay\tu about\n"
KAKAO = b"".join(b"February 5, 2024 at 10:0%d AM, Jay : hi %d\n" % (at, at) for at in range(4))
TAKEOUT = b'{"conversations": [{"conversation": {"id": 1}, "events": []}]}'
OWN_JSON = b'{"rows": [{"sender": "Jay", "text": "hi", "timestamp": 1707134400}]}'
SUPER_BACKUP = (
    b'<?xml version="1.0"?><allsms count="1"><sms><address>07700900123</address><body>hi</body></sms></allsms>'
)
NAMED = ["WhatsApp Chat with Jay.txt", "_chat.txt", "Jay/_chat.txt"]


def made_database(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def told(result: ReadResult) -> list[tuple[str, str | None]]:
    return [(notice.code, notice.subject) for notice in result.notices if notice.code in CODES]


def bodies(result: ReadResult) -> list[str | None]:
    return [message.body for message in of_kind(result, Message)]


@pytest.mark.parametrize("name", ["Mesaje.csv", "HW7/Mesaje.csv"])
def test_a_table_of_unknown_columns_is_skipped_with_its_columns(tmp_path: Path, name: str) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, name: ROMANIAN}))
    assert bodies(result) == ["u about"]
    assert told(result) == [("table_unknown", f"{name}: {CENSUS}")]
    assert "member_not_read" not in codes_of(result)
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_it_is_named_with_the_archive_that_it_is_packed_in(tmp_path: Path) -> None:
    inner = packed({"SMS.csv": SMS, "Mesaje.csv": ROMANIAN})
    result = read_path(write_archive(tmp_path / "drop.zip", {"in.zip": inner, "SMS.csv": SMS}))
    assert told(result) == [("table_unknown", f"in.zip/Mesaje.csv: {CENSUS}")]


def test_a_table_parted_by_no_delimiter_is_skipped(tmp_path: Path) -> None:
    rows = b"".join(b"14/09/2023~07700900123~salut %d\n" % number for number in range(9))
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, "texts.txt": rows}))
    assert told(result) == [("delimiter_unknown", "texts.txt: ~")]


@pytest.mark.parametrize("name", NAMED)
def test_a_text_that_is_only_named_as_a_chat_hides_nothing_in_an_archive(tmp_path: Path, name: str) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, name: NO_CHAT}))
    assert bodies(result) == ["u about"]
    assert told(result) == [("chat_not_understood", name)]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize("name", NAMED)
def test_a_text_that_is_only_named_as_a_chat_hides_nothing_in_a_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "HW7"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(NO_CHAT)
    (folder / "SMS.csv").write_bytes(SMS)
    result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))
    assert bodies(result) == ["u about"]
    assert told(result) == [("chat_not_understood", name)]


def test_an_empty_chat_hides_nothing(tmp_path: Path) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, NAMED[0]: b""}))
    assert bodies(result) == ["u about"]


def test_chats_beside_one_that_is_none_are_read_as_chats(tmp_path: Path) -> None:
    members = {NAMED[0]: NO_CHAT, "WhatsApp Chat with Kay.txt": CHAT}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert bodies(result) == ["u about", "?"]
    assert codes_of(result)["element_unreadable"] == 1
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("line.txt", LINE, "chat_unknown"),
        ("KakaoTalkChats.txt", KAKAO, "chat_unknown"),
        ("Hangouts.json", TAKEOUT, "json_unknown"),
        ("own.json", OWN_JSON, "json_unknown"),
        ("sms_20240205.xml", SUPER_BACKUP, "xml_unknown"),
    ],
)
def test_what_may_hold_messages_by_its_own_names_is_skipped(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, name: content}))
    assert [(told_code, (subject or "").partition(":")[0]) for told_code, subject in told(result)] == [(code, name)]
    assert bodies(result) == ["u about"]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_database_with_a_table_of_messages_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    made_database(path, "CREATE TABLE messages (id, sender, body)", "INSERT INTO messages VALUES (1, 'Jay', 'hi')")
    members = {"SMS.csv": SMS, path.name: path.read_bytes()}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert told(result) == [("database_unknown", "other.db: 1 table: messages")]


def test_a_database_of_a_handset_by_its_name_without_its_tables_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    made_database(path, "CREATE TABLE messages (id, sender, body)", "INSERT INTO messages VALUES (1, 'Jay', 'hi')")
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, path.name: path.read_bytes()}))
    assert told(result) == [("database_unknown", "chat.db: 1 table: messages")]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("file listing.csv", FILE_LIST),
        ("_locales/en/messages.json", b'{"appName": {"message": "Camera", "description": "name of it"}}'),
        ("track.gpx", b'<?xml version="1.0"?><gpx><trkpt lat="1"><ele>2</ele><time>x</time></trkpt></gpx>'),
        ("exam.log", b"10:00 Tool: started\n10:01 Tool: read\n10:02 Tool: done\n"),
        (
            "log.txt",
            b"2024-02-05 10:00:01 INFO: read\n2024-02-05 10:00:02 INFO: read\n2024-02-05 10:00:03 INFO: done\n",
        ),
        ("hashes.csv", HASHES),
        ("files/Text/Mesaje.csv", ROMANIAN),
        ("HW7/data/data/org.other.app/files/Mesaje.csv", ROMANIAN),
        ("HW7/vendor/etc/Mesaje.csv", ROMANIAN),
        ("settings.json", b'{"a": 1}'),
        ("package.json", b'{"name": "x"}'),
        ("report.xsl", b'<?xml version="1.0"?><x/>'),
        ("tool.log", b"12:00 started\n12:01 done\n"),
        ("readme.txt", b"made by kiosk 4, for the officer in the case\n"),
    ],
)
def test_what_tools_and_handsets_keep_for_themselves_is_outside(tmp_path: Path, name: str, content: bytes) -> None:
    members = {"SMS.csv": SMS, "HW7/data/data/org.x/files/a.bin": b"\x01\x02", name: content}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert told(result) == []
    assert result.state is ReadState.COMPLETE


def test_of_very_many_the_further_ones_are_counted(tmp_path: Path) -> None:
    members = {f"t{number:02}.csv": ROMANIAN for number in range(60)}
    result = read_path(write_archive(tmp_path / "drop.zip", {"SMS.csv": SMS, **members}))
    assert (len(told(result)), codes_of(result)["table_unknown"]) == (51, 60)
