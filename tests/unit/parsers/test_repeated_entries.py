"""A member that stands in an archive twice with the same bytes is read once; one with two contents is refused."""

from __future__ import annotations

import warnings
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from parsers.archive_guard import open_archive
from parsers.contract import Delivery, Limits, ReadContext
from parsers.errors import InputRefused
from parsers.formats.whatsapp_text.chat_members import open_chats
from parsers.reading import ReadResult, read_all

CHAT = "15/07/2024, 10:00 - Jay: u about\n15/07/2024, 10:01 - Mo: 5 mins\n"
OTHER = "16/07/2024, 10:00 - Kay: hello\n16/07/2024, 10:01 - Mo: yo\n"
NAME = "WhatsApp Chat with Jay"


def write(path: Path, *members: tuple[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def read(path: Path) -> ReadResult:
    scratch = path.parent / "scratch"
    scratch.mkdir()
    digest = sha256(path.read_bytes()).hexdigest()
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256=digest)
    return read_all(delivery, ReadContext(scratch_dir=scratch))


@pytest.mark.parametrize("name", ["_chat.txt", f"{NAME}.txt"])
def test_a_chat_that_stands_there_twice_with_the_same_bytes_is_read_once(tmp_path: Path, name: str) -> None:
    result = read(write(tmp_path / f"{NAME}.zip", (name, CHAT), (name, CHAT)))
    assert len(result.records) == 2
    assert [notice.subject for notice in result.notices if notice.code == "member_repeated"] == [name]


@pytest.mark.parametrize("name", ["_chat.txt", f"{NAME}.txt"])
def test_a_chat_that_stands_there_with_two_contents_is_refused_in_words(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / f"{NAME}.zip", (name, CHAT), (name, OTHER))
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    with pytest.raises(InputRefused) as refused, open_chats(delivery, Limits()):
        pass
    assert refused.value.code == "archive_refused"
    assert f"twice in it, with two contents: {name}" in str(refused.value.subject)


def test_of_three_of_one_name_two_with_the_same_bytes_none_is_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", ("a.txt", CHAT), ("a.txt", CHAT), ("a.txt", OTHER))
    with open_archive(path, Limits()) as archive:
        assert archive.members == ()
        assert (archive.refused, archive.repeated) == (("a.txt",) * 3, ())


def test_what_is_locked_and_stands_there_twice_is_not_said_to_be_held(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", ("a.txt", CHAT), ("a.txt", CHAT), ("b.txt", OTHER))
    content = bytearray(path.read_bytes())
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(magic)
        while place != -1:
            if b"a.txt" in content[place : place + 60]:
                content[place + flags] |= 1
            place = content.find(magic, place + 4)
    path.write_bytes(content)
    with open_archive(path, Limits()) as archive:
        assert (archive.locked, archive.repeated) == (("a.txt",), ())


def test_contents_that_share_checksum_and_size_are_two(tmp_path: Path) -> None:
    # Both have the CRC-32 0x4DDB0C25 (a known pair of eight letters).
    one, two = "plumless", "buckeroo"
    path = write(tmp_path / "a.zip", ("a.txt", one), ("a.txt", two))
    with open_archive(path, Limits()) as archive:
        assert archive.members == ()
        assert archive.repeated == ()
