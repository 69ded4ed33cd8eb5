"""Writes truth as a Finder or iTunes backup: databases under hashed names, and the lists that say what they are."""

from __future__ import annotations

import hashlib
import plistlib
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Final

import msgspec

from ingest.demo.truth import Holding
from ingest.demo.writers.ios_db import IOS_12, IosForm, write_ios
from ingest.demo.writers.sqlite_files import insert, written_database
from ingest.demo.writers.whatsapp_db import write_chat_storage

_FILES: Final = (
    "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);"
)
_WHATSAPP: Final = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared"
_PLACES: Final = {
    "sms.db": ("HomeDomain", "Library/SMS/sms.db"),
    "CallHistory.storedata": ("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
    "AddressBook.sqlitedb": ("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"),
    "ChatStorage.sqlite": (_WHATSAPP, "ChatStorage.sqlite"),
}


class BackupForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a backup is made.

    Attributes:
        databases: The age of the handset.
        is_encrypted: Whether it has a password.
        is_flat: Whether files lie at the top, under a list of the older form (before iOS 10).
    """

    databases: IosForm = IOS_12
    is_encrypted: bool = False
    is_flat: bool = False


PLAIN: Final = BackupForm()


def write_itunes_backup(folder: Path, holding: Holding, form: BackupForm = PLAIN) -> Path:
    """Write the backup of a handset into a new folder and return it."""
    work = folder.with_name(f"{folder.name}.work")
    write_ios(work, holding, form.databases)
    if holding.chats:
        write_chat_storage(work / "ChatStorage.sqlite", holding)
    stored = {
        (domain, f"{path}{suffix}"): file.read_bytes()
        for name, (domain, path) in _PLACES.items()
        for suffix in ("", "-wal")
        if (file := work / f"{name}{suffix}").exists()
    }
    for file in work.iterdir():
        file.unlink()
    work.rmdir()
    stored["CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.JPG"] = b"\xff\xd8\xff\xe0"
    stored["WirelessDomain", "Library/Preferences/com.apple.commcenter.plist"] = plistlib.dumps(_commcenter(holding))
    folder.mkdir(parents=True)
    _write_files(folder, stored, form)
    (folder / "Info.plist").write_bytes(plistlib.dumps(_info(holding)))
    (folder / "Status.plist").write_bytes(plistlib.dumps({"Version": "3.3", "SnapshotState": "finished"}))
    manifest = {"IsEncrypted": form.is_encrypted, "Version": "10.0", "WasPasscodeSet": True}
    (folder / "Manifest.plist").write_bytes(plistlib.dumps(manifest, fmt=plistlib.FMT_BINARY))
    return folder


def _write_files(folder: Path, stored: Mapping[tuple[str, str], bytes], form: BackupForm) -> None:
    rows = []
    for (domain, path), content in stored.items():
        name = hashlib.sha1(f"{domain}-{path}".encode(), usedforsecurity=False).hexdigest()
        place = folder / name if form.is_flat else folder / name[:2] / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
        rows.append({"fileID": name, "domain": domain, "relativePath": path, "flags": 1})
    if form.is_flat:
        (folder / "Manifest.mbdb").write_bytes(b"mbdb\x05\x00")
        return
    if form.is_encrypted:
        (folder / "Manifest.db").write_bytes(hashlib.shake_256(b"made up").digest(8192))
        return
    with written_database(folder / "Manifest.db", _FILES) as database:
        insert(database, "Files", {"fileID": "0" * 40, "domain": "HomeDomain", "relativePath": "Library", "flags": 2})
        for row in rows:
            insert(database, "Files", row)


def _info(holding: Holding) -> dict[str, object]:
    values: dict[str, object] = {"Target Type": "Device", "Unique Identifier": "00008030000000000000001E"}
    values["Last Backup Date"] = holding.read_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    handset, sim = holding.handset, holding.sim
    if handset is not None:
        values |= {"Product Name": handset.model, "Product Type": "iPhone12,1", "Device Name": "iPhone"}
        if handset.os_version is not None:
            values["Product Version"] = handset.os_version
        for key, imei in zip(("IMEI", "IMEI 2"), handset.imei, strict=False):
            values[key] = imei
    if sim is not None:
        stated = {"ICCID": sim.iccid, "Phone Number": sim.msisdn}
        values |= {key: value for key, value in stated.items() if value is not None}
    return values


def _commcenter(holding: Holding) -> dict[str, object]:
    sim = holding.sim
    if sim is None or sim.iccid is None:
        return {"PhoneServices": {"Version": 1}}
    rights = {"lastGoodImsi": sim.imsi} if sim.imsi is not None else {}
    values: dict[str, object] = {"LastKnownICCID": sim.iccid}
    values["PersonalWallet"] = {sim.iccid: {"CarrierEntitlements": rights}}
    if sim.msisdn is not None:
        values["PhoneNumber"] = sim.msisdn
    if holding.handset is not None:
        values["imeis"] = [{"first": "1:kOne", "second": imei} for imei in holding.handset.imei]
    return values
