"""A backup of Finder or iTunes: what the writer puts under hashed names comes out as one handset."""

from __future__ import annotations

import plistlib
import shutil
from pathlib import Path

import pytest

from ingest.demo.writers.container import members_below, write_archive
from ingest.demo.writers.ios_db import IOS_16
from ingest.demo.writers.itunes_backup import BackupForm, write_itunes_backup
from ingest.parsing import holds_report
from parsers.errors import InputRefused
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Call, Contact, Device, Message, Sim
from tests.unit.parsers.formats.handset_holding import AT, CALLS, CHAT, CONTACTS, HOLDING, ICCID, IMEI, IMSI, OWN, TEXTS
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

UDID = "00008030000000000000001E"
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


@pytest.mark.parametrize("prefix", ["", f"{UDID}/", f"Backup/{UDID}/"])
def test_a_backup_may_be_packed(tmp_path: Path, prefix: str) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    check(read_path(write_archive(tmp_path / "drop.zip", members_below(folder, prefix))))


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


def test_a_database_that_is_listed_and_not_there_is_named(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    shutil.rmtree(folder / "3d")
    result = read_path(folder)
    assert bodies(result) == sorted(text.body or "" for text in CHAT.messages)
    missing = [notice.subject for notice in result.notices if notice.code == "member_missing"]
    assert missing == ["Library/SMS/sms.db"]
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


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
    assert bodies(read_path(folder)) == BODIES


def test_a_damaged_list_of_files_is_noticed(tmp_path: Path) -> None:
    folder = write_itunes_backup(tmp_path / UDID, HOLDING)
    manifest = folder / "Manifest.db"
    manifest.write_bytes(manifest.read_bytes()[:-2048])
    result = read_path(folder)
    assert {"input_truncated", "table_damaged"} & set(codes_of(result))
    assert result.state is ReadState.PARTIAL
