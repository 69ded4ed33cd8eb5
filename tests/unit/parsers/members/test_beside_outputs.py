"""Deliveries that were put into the folder of a tool's output or of a backup are read, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.demo.writers.container import members_below, write_archive
from ingest.demo.writers.itunes_backup import write_itunes_backup
from ingest.demo.writers.leapp import write_leapp
from parsers.contract import Sidecar
from parsers.records.facts import Message
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from tests.unit.parsers.formats.handset_holding import HOLDING
from tests.unit.parsers.made_deliveries import of_kind, read_path

FIXTURES = Path(__file__).parents[3] / "fixtures"
TABLE = b"Date,From,To,Message\n13/05/2024 10:00,07700900456,07700900001,lost?\n"
STORE = (FIXTURES / "android_db" / "mmssms.db").read_bytes()
BACKUP = (FIXTURES / "sms_backup_restore" / "sms-20240220100000.xml").read_bytes()
WRITERS: dict[str, Callable[[Path], Path]] = {
    "leapp": lambda place: write_leapp(place, HOLDING),
    "itunes_backup": lambda place: write_itunes_backup(place, HOLDING),
}
BESIDE = {
    "sms.csv": (TABLE, "table"),
    "HW8/calls/texts.csv": (TABLE, "table"),
    "sms-2024.xml": (BACKUP, "sms_backup_restore"),
    "HW8/mmssms.db": (STORE, "android_db"),
}


def _packed(content: bytes, place: Path) -> bytes:
    with ZipFile(place, "w") as archive:
        archive.writestr("texts.csv", content)
    return place.read_bytes()


@pytest.mark.parametrize("form", ["folder", "folder with a sidecar", "zip", "zip with a folder"])
@pytest.mark.parametrize("beside", [*BESIDE, "drop.zip"])
@pytest.mark.parametrize("parser", WRITERS)
def test_a_delivery_in_the_folder_of_an_output_is_read_too(tmp_path: Path, parser: str, beside: str, form: str) -> None:
    folder = WRITERS[parser](tmp_path / "output")
    alone = [message.body for message in of_kind(read_path(folder), Message)]
    content, reader = BESIDE.get(beside) or (_packed(TABLE, tmp_path / "x.zip"), "table")
    (folder / beside).parent.mkdir(parents=True, exist_ok=True)
    (folder / beside).write_bytes(content)
    if "zip" in form:
        prefix = "HW7/Output/" if "folder" in form else ""
        result = read_path(write_archive(tmp_path / "drop.zip", members_below(folder, prefix)))
    else:
        result = read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7") if "sidecar" in form else Sidecar())
    assert {part.parser for part in result.parts} == {parser, reader}
    read = [message.body for message in of_kind(result, Message)]
    assert len(read) > len(alone)
    assert set(read) >= set(alone)
    assert beside not in {notice.subject for notice in result.notices if notice.code == "member_not_read"}


@pytest.mark.parametrize("parser", WRITERS)
@pytest.mark.parametrize("note", ["notes.txt", "photo.pdf", "Taken on.docx"])
def test_what_is_no_delivery_leaves_an_output_the_whole_and_is_named(tmp_path: Path, parser: str, note: str) -> None:
    folder = WRITERS[parser](tmp_path / "output")
    (folder / note).write_bytes(b"Taken on 5 February")
    result = read_path(folder)
    assert {part.parser or parser for part in result.parts} == {parser}
    assert note in {notice.subject for notice in result.notices if notice.code == "member_not_read"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data/com.android.providers.telephony/mmssms.db", STORE),
        ("_HTML/_elements/data.csv", TABLE),
        ("_KML Exports/data.csv", TABLE),
        ("data/storage/emulated/0/sms.csv", TABLE),
        ("media/Jay.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nTEL:07700900123\r\nEND:VCARD\r\n"),
        ("Powerlog/CurrentPowerlog.PLSQL", STORE),
        ("Wireless/commcenter.plist", b"bplist00"),
    ],
)
def test_what_a_tool_keeps_in_its_own_folders_is_none(tmp_path: Path, name: str, content: bytes) -> None:
    folder = write_leapp(tmp_path / "output", HOLDING)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    assert {part.parser or "leapp" for part in read_path(folder).parts} == {"leapp"}


@pytest.mark.parametrize("is_zip", [False, True])
@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("media/sms-2024.xml", BACKUP, "sms_backup_restore"),
        ("temp/sms-2024.xml", BACKUP, "sms_backup_restore"),
        ("data/sms.csv", TABLE, "table"),
        ("_HW8/sms.csv", TABLE, "table"),
    ],
)
def test_a_delivery_put_into_a_folder_of_the_tool_or_one_named_alike_is_read(
    tmp_path: Path, name: str, content: bytes, reader: str, *, is_zip: bool
) -> None:
    folder = write_leapp(tmp_path / "output", HOLDING)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    path = write_archive(tmp_path / "drop.zip", members_below(folder, "")) if is_zip else folder
    assert {part.parser for part in read_path(path).parts} == {"leapp", reader}


@pytest.mark.parametrize("content", [b"x", bytes(4_096), b"as arranged, see the table\n" * 9])
@pytest.mark.parametrize("store", ["sms.db", "HW7/mmssms.db", "msgstore.db"])
def test_what_only_has_the_name_of_a_database_hides_nothing_in_an_archive(
    tmp_path: Path, store: str, content: bytes
) -> None:
    members = {store: content, "texts.csv": TABLE}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [message.body for message in of_kind(result, Message)] == ["lost?"]
    (about,) = [notice for notice in result.notices if store in str(notice.subject)]
    assert NOTICE_TABLE[about.code].severity is not Severity.OUTSIDE
