"""A backup of Finder or iTunes: what the writer puts under hashed names comes out as one handset."""

from __future__ import annotations

import plistlib
import shutil
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.demo.writers.container import members_below, write_archive
from ingest.demo.writers.ios_db import IOS_16
from ingest.demo.writers.itunes_backup import BackupForm, write_itunes_backup
from ingest.processes.parsing import holds_report
from parsers.errors import InputRefused
from parsers.formats.itunes_backup.manifest import hashed_name
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Call, Contact, Device, Message, Sim
from tests.unit.parsers.formats.handset_holding import AT, CALLS, CHAT, CONTACTS, HOLDING, ICCID, IMEI, IMSI, OWN, TEXTS
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

UDID = "00008030000000000000001E"
SMS = "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28"
BODIES = sorted(text.body or "" for text in (*TEXTS, *CHAT.messages))


def bodies(result: ReadResult) -> list[str]:
    return sorted(message.body or "" for message in of_kind(result, Message))


def check(result: ReadResult) -> None:
    assert bodies(result) == BODIES
    assert sorted(call.call_type.value for call in of_kind(result, Call)) == sorted(call.call_type for call in CALLS)
    assert [contact.name for contact in of_kind(result, Contact)] == [contact.name for contact in CONTACTS]
    (part,) = result.parts
    assert (part.imei, part.iccid, part.imsi, part.msisdn) == ((IMEI,), (ICCID,), (IMSI,), (OWN,))
    assert (part.make, part.model, part.os, part.extracted_at) == (
        "Apple",
        "iPhone 11",
        "iOS 16.1",
        "2024-07-08T12:00:00.000Z",
    )


@pytest.mark.parametrize("form", [BackupForm(), BackupForm(databases=IOS_16), BackupForm(is_flat=True)], ids=str)
def test_a_backup_is_one_handset(tmp_path: Path, form: BackupForm) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING, form)
    assert holds_report(folder)
    result = read_path(folder)
    check(result)
    (device,) = of_kind(result, Device)
    assert (device.imei, device.msisdn, dict(device.extra)["Product Type"]) == ((IMEI,), (OWN,), "iPhone12,1")
    (sim,) = of_kind(result, Sim)
    assert (sim.iccid, sim.imsi, sim.msisdn) == ((ICCID,), (IMSI,), (OWN,))
    assert set(codes_of(result)) == {"member_not_read"}
    assert result.state is ReadState.COMPLETE


def test_records_name_the_file_that_holds_them(tmp_path: Path) -> None:
    result = read_path(write_itunes_backup(tmp_path / UDID, HOLDING))
    members = {message.source.member for message in of_kind(result, Message)}
    # The hashes of the paths of sms.db and of WhatsApp's store, as every backup has them.
    assert members == {
        "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
        "7c/7c7fba66680ef796b916b067077cc246adacf01d",
    }
    assert next(iter(of_kind(result, Message))).time.utc == AT.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.mark.parametrize(
    "prefix", ["", f"{UDID}/", f"Backup/{UDID}/", f"HW-7 iPhone/Backup/{UDID}/", f"a/b/c/d/e/f/Backup/{UDID}/"]
)
def test_a_backup_may_be_packed(tmp_path: Path, prefix: str) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    result = read_path(write_archive(tmp_path / "drop.zip", members_below(folder, prefix)))
    check(result)
    assert set(codes_of(result)) == {"member_not_read"}


@pytest.mark.parametrize("beside", ["notes.txt", "photo.pdf"])
def test_what_lies_beside_a_backup_far_down_is_named_and_hides_it_not(tmp_path: Path, beside: str) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    alone = read_path(write_archive(tmp_path / "alone.zip", members_below(folder, "")))
    members = {**members_below(folder, f"a/b/c/d/e/f/Backup/{UDID}/"), beside: b"Taken on 5 February"}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    check(result)
    assert codes_of(result)["member_not_read"] == codes_of(alone)["member_not_read"] + 1


def test_two_backups_in_one_archive_are_two_handsets(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    members = {**members_below(folder, "HW7/"), **members_below(folder, "HW8/")}
    result = read_path(write_archive(tmp_path / "drop.zip", members))
    assert [part.member for part in result.parts] == ["HW7", "HW8"]
    assert {part.parser for part in result.parts} == {"itunes_backup"}
    # Both state one IMEI: the second is the same handset again.
    assert sum(message.duplicate_of is None for message in of_kind(result, Message)) == len(BODIES)


@pytest.mark.parametrize("is_told", [True, False])
def test_an_encrypted_backup_is_refused_with_what_to_do(tmp_path: Path, is_told: bool) -> None:  # noqa: FBT001 - a case
    folder = write_itunes_backup(tmp_path / UDID, HOLDING, BackupForm(is_encrypted=True))
    if not is_told:
        (folder / "Manifest.plist").unlink()
    with pytest.raises(InputRefused) as refused:
        read_path(folder)
    assert refused.value.code == "backup_encrypted"


def test_a_backup_that_says_no_in_words_is_not_encrypted(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    held = bodies(read_path(folder))
    (folder / "Manifest.plist").write_bytes(plistlib.dumps({"IsEncrypted": "NO"}))
    assert bodies(read_path(folder)) == held != []


def test_a_database_that_is_listed_and_not_there_is_named(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    shutil.rmtree(folder / "3d")
    result = read_path(folder)
    assert bodies(result) == sorted(text.body or "" for text in CHAT.messages)
    missing = [notice.subject for notice in result.notices if notice.code == "member_missing"]
    assert missing == ["Library/SMS/sms.db"]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_a_file_that_is_listed_and_not_there_does_not_stand_in_the_delivery(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    before = codes_of(read_path(folder))
    _change(folder, f"INSERT INTO Files VALUES ('{'ab' * 20}', 'SomeDomain', 'Media/IMG_1.JPG', 1, NULL)")
    result = read_path(folder)
    assert codes_of(result) == {**before, "member_absent": 1}
    assert "SomeDomain" not in {notice.subject for notice in result.notices}
    assert result.state is ReadState.COMPLETE


def test_a_backup_without_known_databases_still_says_which_handset(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    for name in folder.glob("*/*"):
        name.unlink()
    result = read_path(folder)
    assert [record.kind for record in result.records] == ["device", "sim"]
    assert codes_of(result)["member_missing"] >= 4


def test_a_broken_information_list_costs_nothing_else(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    (folder / "Info.plist").write_bytes(plistlib.dumps(["no keys"])[:-30])
    result = read_path(folder)
    assert bodies(result) == BODIES
    assert codes_of(result)["element_unreadable"] == 1
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


def test_an_information_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    (folder / "Info.plist").unlink()
    result = read_path(folder)
    assert bodies(result) == BODIES
    assert [notice.subject for notice in result.notices if notice.code == "member_missing"] == ["Info.plist"]


def test_a_key_that_stands_twice_in_the_information_list_loses_no_value(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    info = folder / "Info.plist"
    again = (
        b"<key>IMEI</key><string>490154203237526</string><key>Device Name</key><string>Other</string></dict>\n</plist>"
    )
    text = plistlib.dumps(plistlib.loads(info.read_bytes()), fmt=plistlib.FMT_XML)
    info.write_bytes(text.replace(b"</dict>\n</plist>", again))
    result = read_path(folder)
    (device,) = of_kind(result, Device)
    assert device.imei == (IMEI, "490154203237526")
    assert result.parts[0].imei == device.imei
    assert ("Device Name", "Other") in device.extra
    assert {notice.subject for notice in result.notices if notice.code == "field_repeated"} >= {"IMEI"}


def test_a_damaged_list_of_files_is_noticed(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    manifest = folder / "Manifest.db"
    manifest.write_bytes(manifest.read_bytes()[:-2048])
    result = read_path(folder)
    assert {"input_truncated", "table_damaged"} & set(codes_of(result))
    assert result.state is ReadState.PARTIAL


def _sms_alone(folder: Path, content: bytes) -> Path:
    for file in folder.glob("*/*"):
        file.unlink()
    (folder / SMS).write_bytes(content)
    return folder


def test_the_only_database_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    result = read_path(_sms_alone(write_itunes_backup(tmp_path / UDID, HOLDING), b"no database"))
    assert [record.kind for record in result.records] == ["device", "sim"]
    assert ("format_unknown", "Library/SMS/sms.db") in {(notice.code, notice.subject) for notice in result.notices}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize("is_listed", [True, False])
@pytest.mark.parametrize("is_flat", [True, False])
def test_rows_in_the_log_are_read_whether_it_is_listed_or_not(tmp_path: Path, is_listed: bool, is_flat: bool) -> None:  # noqa: FBT001 - cases
    folder = write_itunes_backup(tmp_path / UDID, HOLDING, BackupForm(is_flat=is_flat))
    place = folder / (SMS.rpartition("/")[2] if is_flat else SMS)
    work = tmp_path / "work.db"
    shutil.copyfile(place, work)
    connection = sqlite3.connect(work, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("INSERT INTO message (guid, text, is_from_me) VALUES ('late', 'in the log alone', 0)")
    shutil.copyfile(work, place)
    log = hashed_name("HomeDomain", "Library/SMS/sms.db-wal")
    target = folder / log if is_flat else folder / log[:2] / log
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(tmp_path / "work.db-wal", target)
    connection.close()
    if is_listed and not is_flat:
        _change(folder, f"INSERT INTO Files VALUES ('{log}', 'HomeDomain', 'Library/SMS/sms.db-wal', 1, NULL)")
    result = read_path(folder)
    assert bodies(result) == sorted([*BODIES, "in the log alone"])
    assert codes_of(result) == {"member_not_read": 1}


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_backup_without_its_list_is_one_handset_all_the_same(tmp_path: Path, is_packed: bool) -> None:  # noqa: FBT001 - a case
    whole = write_itunes_backup(tmp_path / "whole", HOLDING)
    folder = write_itunes_backup(tmp_path / "backup", HOLDING)
    (folder / "Manifest.db").unlink()
    path = folder
    if is_packed:
        path = tmp_path / "a.zip"
        with ZipFile(path, "w") as archive:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    archive.write(file, f"HW 7/{file.relative_to(folder).as_posix()}")
    before, after = read_path(whole), read_path(path)
    assert [part.imei for part in after.parts[-1:]] == [part.imei for part in before.parts[-1:]]
    assert sorted(bodies(after)) == sorted(bodies(before)) != []
    assert [notice.subject for notice in after.notices if notice.code == "member_missing"] == ["Manifest.db"]


def test_a_backup_of_which_only_the_earlier_list_is_there_is_one_handset(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / "backup", HOLDING)
    snapshot = folder / "Snapshot"
    snapshot.mkdir()
    for name in ("Info.plist", "Manifest.plist"):
        (snapshot / name).write_bytes((folder / name).read_bytes())
    (folder / "Manifest.db").rename(snapshot / "Manifest.db")
    result = read_path(folder)
    assert len({part.extraction_id for part in result.parts}) == len(result.parts) == 1
    assert bodies(result) != []
    assert [notice.subject for notice in result.notices if notice.code == "member_missing"] == ["Manifest.db"]


def _change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "Manifest.db", isolation_level=None)
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("is_flat", [True, False])
def test_hashes_in_capitals_are_hashes(tmp_path: Path, *, is_flat: bool) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING, BackupForm(is_flat=is_flat))
    for path in sorted(folder.rglob("*"), key=lambda each: -len(each.parts)):
        if len(path.name) in {2, 40}:
            path.rename(path.with_name(path.name.upper()))
    result = read_path(folder)
    check(result)
    assert "member_missing" not in codes_of(result)


def test_known_files_are_read_that_the_list_does_not_name_and_others_are_counted(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    _change(folder, "DELETE FROM Files")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    result = read_path(folder)
    check(result)
    not_read = {notice.subject: notice.count for notice in result.notices if notice.code == "member_not_read"}
    assert not_read == {"files under hashed names": 1, "notes.txt": 1}


def test_files_beside_a_backup_are_named_up_to_a_bound_however_many_domains_there_are(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    with sqlite3.connect(folder / "Manifest.db") as database:
        rows = [(f"{n + 4096:040x}", f"AppDomain-{n:03}", "a.txt", 1) for n in range(90)]
        database.executemany("INSERT INTO Files (fileID, domain, relativePath, flags) VALUES (?, ?, ?, ?)", rows)
    for name in (*(f"{n + 4096:040x}" for n in range(90)), *(f"note {n:02}.txt" for n in range(23))):
        (folder / name).write_text("x", encoding="utf-8")
    subjects = {n.subject: n.count for n in read_path(folder).notices if n.code == "member_not_read"}
    assert {f"note {n:02}.txt" for n in range(20)} <= subjects.keys()
    assert "further domains" in subjects
    assert not any("note 20" in str(subject) for subject in subjects)


@pytest.mark.parametrize("content", [b"", bytes(4_096), b"SQLite format 3\x00"])
def test_a_list_that_cannot_be_read_costs_no_known_file(tmp_path: Path, content: bytes) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    (folder / "Manifest.db").write_bytes(content)
    result = read_path(folder)
    check(result)
    assert codes_of(result) == {"input_malformed": 1, "member_not_read": 1}
    assert result.state is ReadState.PARTIAL


@pytest.mark.parametrize("is_packed", [True, False])
def test_the_snapshot_of_a_backup_that_was_broken_off_is_no_second_backup(tmp_path: Path, is_packed: bool) -> None:  # noqa: FBT001 - a case
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    (folder / "Snapshot").mkdir()
    for name in ("Manifest.db", "Manifest.plist", "Status.plist"):
        shutil.copyfile(folder / name, folder / "Snapshot" / name)
    path = write_archive(tmp_path / "drop.zip", members_below(folder, f"{UDID}/")) if is_packed else folder
    result = read_path(path)
    check(result)
    assert codes_of(result) == {"member_not_read": 4}


def test_a_list_whose_checksum_is_wrong_in_the_archive_is_named(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    path = tmp_path / "drop.zip"
    with ZipFile(path, "w") as archive:
        for name, content in members_below(folder, "").items():
            archive.writestr(name, content)
        place = archive.getinfo("Manifest.db").header_offset + 1_500
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    result = read_path(path)
    assert bodies(result) == BODIES
    assert codes_of(result)["checksum_wrong"] == 1
