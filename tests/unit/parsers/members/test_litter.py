"""Litter: by name and by content; what only has its name is no litter."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from ingest.demo.writers.container import packed_tar, write_archive
from parsers.members.litter import is_litter, is_named_as_litter, litter_subject
from parsers.records.facts import Message
from tests.unit.parsers.formats.sms_backup_restore.backup_text import backup, sms
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

STORE = Path("tests/fixtures/android_db/made/mmssms.db").read_bytes()


def compound(*streams: str, sector: int = 0) -> bytes:
    """The front of a compound file (MS-CFB 2.2): the header, and the sector of its directory with these streams."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 48, sector)
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return bytes(header) + bytes(512 * sector) + entries.ljust(512, b"\0")


OWNER = b"\x09Kit Field" + b" " * 45 + b"\x09\0" + "Kit Field".encode("utf-16-le").ljust(109, b" ")
LITTER = {
    ".DS_Store": b"\0\0\0\1Bud1\0\0\x10\0",
    "HW7/._sms.xml": bytes.fromhex("0005160700020000") + b"Mac OS X".ljust(16),
    "Thumbs.db": compound("Catalog", "1", "2"),
    "photos/ehthumbs.db": compound("256_a1b2c3d4e5f60718", sector=3),
    "desktop.ini": b"[.ShellClassInfo]\r\nIconResource=C:\\Windows\\System32\\imageres.dll,-3\r\n",
    "Desktop.ini": b"\xff\xfe" + "\r\n[LocalizedFileNames]\r\nx=@y,-1\r\n".encode("utf-16-le"),
    "~$list.xlsx": OWNER,
    ".~lock.c.csv#": b",kit,desk,29.11.2026 07:10,file:///home/kit/.config/libreoffice/4;",
    "Phones.lnk": bytes.fromhex("4c0000000114020000000000c000000000000046") + bytes(56),
    ".localized": b"",
    "Icon\r": b"",
}


@pytest.mark.parametrize("name", LITTER)
def test_litter_is_known_by_its_name_and_by_what_is_in_it(name: str) -> None:
    assert is_litter(name, LITTER[name])
    assert is_litter(name, b""), "nothing is lost of an empty one"
    assert not is_litter("HW7/texts.xml", LITTER[name])


@pytest.mark.parametrize("name", LITTER)
@pytest.mark.parametrize(
    "content",
    [b"SQLite format 3\0" + bytes(200), b"PK\x03\x04" + bytes(600), b"<smses count='1'>", b"Date,From,To\n1,2,3\n"],
)
def test_what_only_has_such_a_name_is_none(name: str, content: bytes) -> None:
    assert is_named_as_litter(name)
    assert not is_litter(name, content)


@pytest.mark.parametrize("stream", ["Workbook", "Book", "WordDocument", "__properties_version1.0"])
def test_a_document_under_the_name_of_a_store_of_thumbnails_is_none(stream: str) -> None:
    assert not is_litter("Thumbs.db", compound(stream))
    assert not is_litter("Thumbs.db", compound("Catalog", sector=2)[:1024]), "its streams are not seen"


def test_a_notice_names_the_first_and_counts_the_rest() -> None:
    assert litter_subject(["._a", "._b"]) == "._a, ._b"
    assert litter_subject(f"._{number}" for number in range(11)).endswith("._7 and 3 more")


@pytest.mark.parametrize("is_tar", [False, True])
def test_in_an_archive_it_is_named_once_and_costs_nothing(tmp_path: Path, *, is_tar: bool) -> None:
    members = {"texts.xml": backup(sms(body="u about")).encode(), "note.txt": b"Taken on 5 February", **LITTER}
    if is_tar:
        path = tmp_path / "drop.tar"
        path.write_bytes(packed_tar(members))
    else:
        path = write_archive(tmp_path / "drop.zip", members)
    result = read_path(path)
    assert codes_of(result)["litter_left_out"] == len(LITTER)
    assert codes_of(result)["member_not_read"] == 1
    assert [message.body for message in of_kind(result, Message)] == ["u about"]


@pytest.mark.parametrize("name", ["Thumbs.db", "HW7/._mmssms.db", "~$mmssms.db"])
def test_a_database_that_is_called_like_litter_is_read(tmp_path: Path, name: str) -> None:
    members = {"notes/texts.xml": backup(sms(body="u about")).encode(), name: STORE}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert {part.parser for part in result.parts} == {"android_db", "sms_backup_restore"}
    assert "litter_left_out" not in codes_of(result)
