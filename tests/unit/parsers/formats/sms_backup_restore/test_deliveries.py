"""Backups alone, in an archive, in a folder; what is one and what is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.demo.writers import damage
from ingest.processes.parsing import holds_report
from parsers.contract import Head, PartKind, ReadContext, Sidecar
from parsers.errors import InputRefused
from parsers.formats.sms_backup_restore import SmsBackupRestoreParser
from parsers.formats.sms_backup_restore.claims import claim_on
from parsers.outcome import ReadState
from parsers.records.facts import Message
from parsers.records.notices import Notice
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    backup,
    bodies_of,
    call,
    calls_of,
    codes,
    delivery_of,
    is_balanced,
    messages_of,
    parser_of,
    read_path,
    sms,
)

MESSAGES = backup(sms("one"), sms("two")).encode()
CALLS = backup(call(), root="calls").encode()
FILES = {"sms-20240510143100.xml": MESSAGES, "calls-20240510143100.xml": CALLS}


def zip_of(root: Path, files: dict[str, bytes]) -> Path:
    path = root / "backup.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def folder_of(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / "phone" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root / "phone"


ATTACK = MESSAGES.replace(b"?>", b'?>\n<!DOCTYPE smses [<!ENTITY e "x">]>', 1)


@pytest.mark.parametrize("make", [zip_of, folder_of])
def test_a_file_with_a_document_type_does_not_hide_those_beside_it(tmp_path: Path, make: object) -> None:
    path = make(tmp_path, {"sms-20240509143100.xml": ATTACK, **FILES})  # type: ignore[operator]  # one of the two above
    events = list(SmsBackupRestoreParser().read(delivery_of(path), ReadContext(scratch_dir=tmp_path)))
    assert [event.body for event in events if isinstance(event, Message)] == ["one", "two"]
    (notice,) = [event for event in events if isinstance(event, Notice)]
    assert (notice.code, notice.subject) == ("doctype_refused", "sms-20240509143100.xml")


def test_where_all_files_have_a_document_type_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_path(zip_of(tmp_path, {"a.xml": ATTACK, "b.xml": ATTACK + b"\n"}))
    assert refused.value.code == "doctype_refused"


@pytest.mark.parametrize("make", [zip_of, folder_of])
def test_texts_and_calls_of_one_backup_are_one_extraction(tmp_path: Path, make: object) -> None:
    path = make(tmp_path, FILES)  # type: ignore[operator]  # one of the two above
    assert parser_of(path).name == "sms_backup_restore"
    result = read_path(path)
    (part,) = result.parts
    assert (part.kind, part.vendor_id) == (PartKind.HANDSET, "b-1")
    assert bodies_of(result) == ["one", "two"]
    assert (messages_of(result)[0].source.member, calls_of(result)[0].source.member) == tuple(FILES)
    assert {record.listing for record in result.records} == {"top"}
    assert codes(result) == {}


def test_folders_of_an_archive_are_handsets_of_their_own(tmp_path: Path) -> None:
    files = {f"{phone}/{name}": content for phone in ("A", "B") for name, content in FILES.items()}
    result = read_path(zip_of(tmp_path, files))
    assert [part.member for part in result.parts] == ["A", "B"]
    assert len({record.extraction_id for record in result.records}) == 2


def test_two_runs_in_one_archive_list_their_texts_twice(tmp_path: Path) -> None:
    later = backup(sms("one"), sms("two"), sms("three", date="1715351999000")).encode()
    result = read_path(zip_of(tmp_path, {"sms-20240510143100.xml": MESSAGES, "sms-20240610143100.xml": later}))
    assert bodies_of(result) == ["one", "two", "one", "two", "three"]
    assert [each.duplicate_of is not None for each in messages_of(result)] == [False, False, True, True, False]


def test_other_members_are_named(tmp_path: Path) -> None:
    result = read_path(zip_of(tmp_path, {**FILES, "sms.xsl": b"<x/>", "a/b.xml": b"<x/>"}))
    assert codes(result) == {"member_not_read": 2}


@pytest.mark.parametrize("name", ["sms-20240510143100.xml.bak", "sms.txt", "sms", "a/notes.dat"])
def test_a_backup_is_read_whatever_its_member_is_called(tmp_path: Path, name: str) -> None:
    later = backup(sms("three", date="1715351999000")).encode()
    result = read_path(zip_of(tmp_path, {**FILES, name: later}))
    assert sorted(bodies_of(result)) == ["one", "three", "two"]
    assert codes(result) == {}


def test_an_address_book_beside_it_is_read_too(tmp_path: Path) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Jay\r\nTEL;CELL:07700900456\r\nEND:VCARD\r\n"
    result = read_path(zip_of(tmp_path, {**FILES, "contacts.vcf": card}))
    assert {record.kind for record in result.records} == {"message", "call", "contact"}
    assert is_balanced(result)


def test_a_folder_is_a_delivery_where_it_is_one_run(tmp_path: Path) -> None:
    assert holds_report(folder_of(tmp_path / "a", FILES))
    assert not holds_report(folder_of(tmp_path / "b", {"sms-20240510143100.xml": MESSAGES}))
    other = MESSAGES.replace(b"b-1", b"b-2")
    assert not holds_report(folder_of(tmp_path / "c", {**FILES, "sms-20240610143100.xml": other}))
    assert not holds_report(folder_of(tmp_path / "d", {**FILES, "HW7.ufdr": b"PK"}))


@pytest.mark.parametrize("folders", [("A", "B"), (".", "B"), ("texts/A", "texts/B")])
def test_files_in_folders_below_are_no_one_run_whatever_number_they_have(
    tmp_path: Path, folders: tuple[str, str]
) -> None:
    assert not holds_report(folder_of(tmp_path, {f"{place}/sms-20240510143100.xml": MESSAGES for place in folders}))


def test_a_folder_with_a_sidecar_is_one_whatever_it_holds(tmp_path: Path) -> None:
    path = folder_of(tmp_path, {"backup.xml": MESSAGES, "notes.txt": b"x"})
    assert bodies_of(read_path(path, sidecar=Sidecar(exhibit_ref="HW/7"))) == ["one", "two"]


def test_the_version_of_the_application(tmp_path: Path) -> None:
    head = "<!--File Created By SMS Backup & Restore v10.19.015 on 20/02/2024 10:00:00-->\n"
    path = tmp_path / "sms.xml"
    path.write_text(backup(sms(), head=head), encoding="utf-8")
    assert read_path(path).parts[0].tool_version == "10.19.015"


def test_an_encrypted_archive_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = zip_of(tmp_path, FILES)
    path.write_bytes(damage.marked_encrypted(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        parser_of(path)
    assert refused.value.code == "input_protected"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_packed_in_a_way_that_is_not_opened_is_named(tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path, FILES)
    path.write_bytes(damage.packed_otherwise(path.read_bytes(), name))
    result = read_path(path)
    assert [record.source.member for record in result.records if record.source.member == name] == []
    assert result.records
    assert [(notice.code, notice.subject) for notice in result.notices] == [
        ("packing_not_read", f"{name}: Deflate64, method 9")
    ]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def head_of_bytes(content: bytes) -> Head:
    return Head(name="x", is_folder=False, first_bytes=content[:65_536], mime_type="text/xml")


@pytest.mark.parametrize(
    "content",
    [
        MESSAGES, CALLS, b"\xef\xbb\xbf" + MESSAGES, MESSAGES.decode().encode("utf-16"),
        b"<smses><sms address='1' /></smses>",
        b"<calls><call number='1' type='1'/></calls>", b"<smses count='0' backup_set='x' />",
        b"\n <!-- x -->" + MESSAGES[MESSAGES.index(b"<smses") :],
    ],
)  # fmt: skip
def test_a_backup_is_known_by_its_root(content: bytes) -> None:
    claim = claim_on(head_of_bytes(content))
    assert claim is not None
    assert (claim.score, claim.refusal) == (95, None)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<calls><row/></calls>", b"<calls/>", b"<smsesx/>", b"<x><smses count='1'/></x>", b"smses",
        b"PK\x03\x04smses",
        b"<?xml version='1.0'?><project><smses/></project>", bytes(range(256)),
    ],
)  # fmt: skip
def test_what_is_none_is_not_claimed(content: bytes) -> None:
    assert claim_on(head_of_bytes(content)) is None


def test_a_bare_root_is_claimed_with_less() -> None:
    claim = claim_on(head_of_bytes(b"<smses>"))
    assert claim is not None
    assert claim.score == 50
