"""The walk of a folder: whatever reads it, links are named and not followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parsers.contract import Delivery, Limits
from parsers.database_files import open_databases
from parsers.errors import InputRefused
from parsers.folder_files import files_below
from parsers.formats.whatsapp_text.chat_members import open_chats
from parsers.member_files import open_members
from parsers.records.notices import Notice

NAMES = ("_chat.txt", "b/sms.db", "a.vcf", "b/c/z.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        path = tmp_path / "HW7" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_bytes(b"x")
    (tmp_path / "HW7" / "b" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "HW7" / "links").symlink_to(tmp_path / "outside")
    return tmp_path / "HW7"


def test_files_come_by_name_and_links_are_told(folder: Path) -> None:
    links: list[str] = []
    assert list(files_below(folder, Limits(), links.append)) == ["_chat.txt", "a.vcf", "b/sms.db", "b/c/z.txt"]
    assert links == ["links", "b/link.txt"]


def test_a_folder_of_too_many_files_is_refused(folder: Path) -> None:
    with pytest.raises(InputRefused, match="more than 3 files"):
        list(files_below(folder, Limits(archive_members=3), str))


def of_members(delivery: Delivery) -> Iterator[Notice]:
    with open_members(delivery, Limits()) as source:
        yield from source.notices(set())


def of_databases(delivery: Delivery) -> Iterator[Notice]:
    with open_databases(delivery, Limits(), lambda name: name.rpartition("/")[2] == "sms.db") as source:
        yield from source.notices()


def of_chats(delivery: Delivery) -> Iterator[Notice]:
    with open_chats(delivery, Limits()) as source:
        yield from (Notice(code=code, subject=name) for code, name in source.left_out)


@pytest.mark.parametrize("notices_of", [of_members, of_databases, of_chats])
def test_a_link_in_a_folder_is_noticed(folder: Path, notices_of: Callable[[Delivery], Iterator[Notice]]) -> None:
    delivery = Delivery(path=folder, name="HW7", is_folder=True, sha256="0" * 64)
    refused = [notice.subject for notice in notices_of(delivery) if notice.code == "member_refused"]
    assert refused == ["links", "b/link.txt"]
