"""What lies beside one report and is refused for what it is, is missing: named with its code, and not left outside."""

from __future__ import annotations

from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from ingest.demo.writers.container import packed, packed_tar, write_archive
from parsers.contract import Sidecar
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Message
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
RANDOM = Random(7).randbytes(9_000)
SMS = (
    b"<?xml version='1.0' encoding='UTF-8'?><smses count='1'><sms protocol='0' address='07700900123'"
    b" date='1707134400000' type='1' body='u about' read='1' status='-1' /></smses>"
)
CHAT = (
    b"05/02/2024, 12:00 - Jay: u about\n05/02/2024, 12:01 - Sam: sent.7z (file attached)\n05/02/2024, 12:02 - Jay: k\n"
)
REPORT = (
    b'<?xml version="1.0"?><project xmlns="http://pa.cellebrite.com/report/2.0" id="1" name="x" reportVersion="5.2.0.0"'
    b' licenseID="1" containsGarbage="False"><decodedData><modelType type="SMS"/></decodedData>'
    b"</project>"
)
MMSSMS = (FIXTURES / "android_db" / "mmssms.db").read_bytes()
STORE = "data/data/com.android.providers.telephony/databases/mmssms.db"
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c\x00\x04" + RANDOM
MOBILEDIT = (
    b'<?xml version="1.0"?><MEFEXPORT version="1"><MESSAGES><MESSAGE><TEXT>yo</TEXT></MESSAGE></MESSAGES></MEFEXPORT>'
)
REFUSED = {
    "msgstore.db.crypt15": (RANDOM, "database_encrypted"),
    "signal.db": (RANDOM, "database_encrypted"),
    "HW7.7z": (SEVEN_ZIP, "archive_form_not_read"),
    "HW7.rar": (b"Rar!\x1a\x07\x01\x00" + RANDOM, "archive_form_not_read"),
    "HW7.tar.zst": (b"\x28\xb5\x2f\xfd" + RANDOM, "archive_form_not_read"),
    "HW7.xry": (RANDOM, "xry_not_read"),
    "HW7.nbu": (RANDOM, "nokia_backup_not_read"),
    "HW7.ofbx": (RANDOM, "vendor_file_not_read"),
    "HW7.E01": (b"EVF\x09\x0d\x0a\xff\x00" + RANDOM, "raw_extraction_not_read"),
    "mobiledit.xml": (MOBILEDIT, "vendor_xml_not_read"),
    "HW7.zip.002": (RANDOM, "archive_part"),
    "HW7.ab": (b"ANDROID BACKUP\n5\n1\nAES-256\n" + RANDOM, "backup_encrypted"),
    "wiped.img": (bytes(9_000), "file_blank"),
}
READ = {
    "sms-20240205.xml": SMS,
    "WhatsApp Chat with Jay.txt": CHAT,
    "report.xml": REPORT,
    STORE: MMSSMS,
    "mmssms.db": MMSSMS,
}
OUTSIDE = {
    "HW7.pdf": b"%PDF-1.4\n" + RANDOM,
    "a.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + RANDOM,
    "HW7.ufd": b"[General]\r\nUFED=1\r\n[Dumps]\r\nFileDump=a.bin\r\n",
    "notes.txt": b"seen by me on the third floor\n",
    "style.css": b"a { color: red }\n",
    "settings.plist": b"bplist00" + RANDOM,
}


def told(result: ReadResult) -> list[tuple[str, str]]:
    codes = {code for _, code in REFUSED.values()}
    return [
        (notice.code, (notice.subject or "").partition(":")[0]) for notice in result.notices if notice.code in codes
    ]


@pytest.mark.parametrize("below", ["", "more/"])
@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_skipped_in_a_zip_with_its_own_code(tmp_path: Path, name: str, read: str, below: str) -> None:
    content, code = REFUSED[name]
    result = read_path(write_archive(tmp_path / "drop.zip", {read: READ[read], below + name: content}))
    assert told(result) == [(code, below + name)]
    assert "member_not_read" not in codes_of(result)
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize("name", ["signal.db", "HW7.7z", "HW7.xry"])
def test_it_is_skipped_in_a_tar_and_in_a_folder_with_a_sidecar(tmp_path: Path, name: str, read: str) -> None:
    content, code = REFUSED[name]
    members = {read: READ[read], name: content}
    tar = tmp_path / "drop.tar"
    tar.write_bytes(packed_tar(members))
    folder = tmp_path / "HW7"
    for each, octets in members.items():
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_bytes(octets)
    for result in (read_path(tar), read_path(folder, sidecar=Sidecar(exhibit_ref="HW/7"))):
        assert told(result) == [(code, name)]


@pytest.mark.parametrize("read", READ)
@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_no_delivery_stays_outside(tmp_path: Path, name: str, read: str) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {read: READ[read], name: OUTSIDE[name]}))
    assert set(codes_of(result)).isdisjoint({code for _, code in REFUSED.values()})
    assert codes_of(result)["member_not_read"] == 1


def test_it_is_named_with_the_archive_that_it_is_packed_in(tmp_path: Path) -> None:
    inner = packed({"sms-20240205.xml": SMS, "HW7.7z": SEVEN_ZIP})
    result = read_path(write_archive(tmp_path / "drop.zip", {"in.zip": inner, "sms-20240206.xml": SMS}))
    assert told(result) == [("archive_form_not_read", "in.zip/HW7.7z")]


@pytest.mark.parametrize(
    "name",
    [
        "data/data/org.thoughtcrime.securesms/databases/signal.db",
        "data/media/0/WhatsApp/Databases/msgstore.db.crypt15",
        "system/etc/dictionary.zst",
        "vendor/firmware/modem.7z",
    ],
)
def test_what_lies_in_the_file_system_of_a_handset_stays_outside(tmp_path: Path, name: str) -> None:
    octets = b"\x28\xb5\x2f\xfd" + RANDOM if name.endswith(".zst") else SEVEN_ZIP if name.endswith("7z") else RANDOM
    result = read_path(write_archive(tmp_path / "drop.zip", {STORE: MMSSMS, name: octets}))
    assert told(result) == []
    assert codes_of(result)["member_not_read"] == 1


@pytest.mark.parametrize(
    ("report", "content", "name"),
    [
        ("report.xml", REPORT, "files/Database/msgstore.db.crypt15"),
        ("report.xml", REPORT, "DbData/database.db"),
        ("WhatsApp Chat with Jay.txt", CHAT, "sent.7z"),
        ("WhatsApp Chat with Jay.txt", CHAT, "DOC-20240205-WA0001.rar"),
    ],
)
def test_what_an_export_keeps_beside_it_stays_its_own(tmp_path: Path, report: str, content: bytes, name: str) -> None:
    octets = {"database.db": b"PGDMP" + RANDOM, "sent.7z": SEVEN_ZIP}.get(name.rpartition("/")[2], RANDOM)
    result = read_path(write_archive(tmp_path / "drop.zip", {report: content, name: octets}))
    assert told(result) == []


def test_a_vendors_own_archive_is_not_searched(tmp_path: Path) -> None:
    result = read_path(write_archive(tmp_path / "HW7.ufdr", {"report.xml": REPORT, "copy.7z": SEVEN_ZIP}))
    assert told(result) == []


def test_of_very_many_the_further_ones_are_counted_by_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "drop.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("sms-20240205.xml", SMS)
        for number in range(80):
            archive.writestr(f"more/{number:02}.7z", SEVEN_ZIP[:200])
    notices = [notice for notice in read_path(path).notices if notice.code == "archive_form_not_read"]
    assert len(notices) == 51
    assert sum(notice.count for notice in notices) == 80


def test_the_messages_beside_it_are_read(tmp_path: Path) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", {"sms-20240205.xml": SMS, "HW7.7z": SEVEN_ZIP}))
    assert [message.body for message in of_kind(result, Message)] == ["u about"]
