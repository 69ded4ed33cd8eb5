"""Writes truth as Android's own databases: mmssms.db, calllog.db (in contacts2.db on older handsets), contacts2.db."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from ingest.demo.truth import Holding, PhoneCall, SavedContact, TextMessage, Travel
from ingest.demo.writers.android_db.schemas import CALLS, CONTACTS, MMSSMS, OLDER_CALLS
from ingest.demo.writers.sqlite_files import insert, written_database

_KINDS: Final = ("name", "phone_v2", "email_v2")
_SMS_TYPES: Final = {Travel.IN: 1, Travel.OUT: 2, Travel.DRAFT: 3}
_NOT_SENT: Final = {"outbox": 4, "failed": 5, "queued": 6}
_CALL_TYPES: Final = {"incoming": 1, "outgoing": 2, "missed": 3, "voicemail": 4, "rejected": 5, "unknown": 90}
_LABELS: Final = {"Home": 1, "Mobile": 2, "Work": 3}
_SIM_ACCOUNT: Final = "vnd.sec.contact.sim"
_FROM, _TO, _UTF8 = 137, 151, 106


class AndroidForm(msgspec.Struct, frozen=True, kw_only=True):
    """The age of the handset.

    Attributes:
        calls_in_contacts: Whether calls stand in contacts2.db (Android 6 and older).
        keeps_log: Whether the last rows stand in the write-ahead log alone, as on a handset that was running.
    """

    calls_in_contacts: bool = False
    keeps_log: bool = False


OLDER: Final = AndroidForm(calls_in_contacts=True)
NEWER: Final = AndroidForm()


def write_android(folder: Path, holding: Holding, form: AndroidForm = NEWER) -> Path:
    """Write the databases of a holding into the folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_texts(folder / "mmssms.db", holding, form)
    contacts_schema = CONTACTS + (OLDER_CALLS if form.calls_in_contacts else "")
    with written_database(folder / "contacts2.db", contacts_schema, keeps_log=form.keeps_log) as contacts:
        _write_contacts(contacts, holding)
        if form.calls_in_contacts:
            _write_calls(contacts, holding)
    if not form.calls_in_contacts:
        with written_database(folder / "calllog.db", CALLS, keeps_log=form.keeps_log) as calls:
            _write_calls(calls, holding)
    return folder


def write_texts(path: Path, holding: Holding, form: AndroidForm = NEWER) -> Path:
    """Write mmssms.db of a holding and return its path."""
    with written_database(path, MMSSMS, keeps_log=form.keeps_log) as texts:
        _write_messages(texts, holding)
    return path


def _write_messages(connection: sqlite3.Connection, holding: Holding) -> None:
    threads: dict[tuple[str, ...], int] = {}
    for text in holding.texts:
        addresses = tuple(peer.written for peer in text.peers)
        thread = threads.get(addresses) or _new_thread(connection, threads, addresses)
        if text.service == "mms":
            _write_mms(connection, text, thread)
        else:
            for address in addresses:
                _write_sms(connection, text, thread, None if text.travel is Travel.DRAFT else address)


def _new_thread(connection: sqlite3.Connection, threads: dict[tuple[str, ...], int], addresses: tuple[str, ...]) -> int:
    ids = [insert(connection, "canonical_addresses", {"address": address}) for address in addresses]
    threads[addresses] = insert(connection, "threads", {"recipient_ids": " ".join(map(str, ids))})
    return threads[addresses]


def _write_sms(connection: sqlite3.Connection, text: TextMessage, thread: int, address: str | None) -> None:
    incoming = text.travel is Travel.IN
    row = {
        "thread_id": thread,
        "address": address,
        "date": _milliseconds(text.at),
        "date_sent": _milliseconds(text.at) if incoming else 0,
        "protocol": 0 if incoming else None,
        "read": int(text.status != "unread"),
        "status": 0 if text.status == "delivered" else -1,
        "type": _NOT_SENT.get(text.status or "", _SMS_TYPES[text.travel]),
        "body": text.body,
        "service_center": text.smsc,
    }
    insert(connection, "sms", row)


def _write_mms(connection: sqlite3.Connection, text: TextMessage, thread: int) -> None:
    incoming = text.travel is Travel.IN
    message = {
        "thread_id": thread,
        "date": None if text.at is None else int(text.at.timestamp()),
        "msg_box": _NOT_SENT.get(text.status or "", _SMS_TYPES[text.travel]),
        "read": 1,
        "m_type": 132 if incoming else 128,
    }
    number = insert(connection, "pdu", message)
    own = ("insert-address-token", _TO if incoming else _FROM)
    for address, kind in (*((peer.written, _FROM if incoming else _TO) for peer in text.peers), own):
        insert(connection, "addr", {"msg_id": number, "address": address, "type": kind, "charset": _UTF8})
    insert(connection, "part", {"mid": number, "seq": -1, "ct": "application/smil", "text": "<smil/>"})
    for place, file in enumerate(text.files):
        part = {"mid": number, "seq": place, "ct": file.content_type, "cl": file.name, "_data": file.source_path}
        insert(connection, "part", part)
    if text.body is not None:
        insert(connection, "part", {"mid": number, "seq": 9, "ct": "text/plain", "chset": _UTF8, "text": text.body})


def _write_calls(connection: sqlite3.Connection, holding: Holding) -> None:
    for call in holding.calls:
        insert(connection, "calls", _call_row(call))


def _call_row(call: PhoneCall) -> dict[str, object]:
    return {
        "number": call.peer.written,
        "date": _milliseconds(call.at),
        "duration": call.duration_seconds,
        "type": _CALL_TYPES[call.call_type],
        "name": call.peer.name,
        "countryiso": "GB",
    }


def _write_contacts(connection: sqlite3.Connection, holding: Holding) -> None:
    kinds = {kind: insert(connection, "mimetypes", {"mimetype": f"vnd.android.cursor.item/{kind}"}) for kind in _KINDS}
    for contact in holding.contacts:
        number = insert(connection, "raw_contacts", _contact_row(contact))
        entries: list[tuple[str, str, int | None]] = []
        if contact.name is not None:
            entries.append(("name", contact.name, None))
        entries += [("phone_v2", each.written, _LABELS.get(each.label, 7)) for each in contact.numbers]
        entries += [("email_v2", each, 1) for each in contact.emails]
        for kind, value, label in entries:
            row = {"mimetype_id": kinds[kind], "raw_contact_id": number, "data1": value, "data2": label}
            insert(connection, "data", row)


def _contact_row(contact: SavedContact) -> dict[str, object]:
    return {
        "account_type": _SIM_ACCOUNT if contact.on_sim else "vnd.sec.contact.phone",
        "deleted": int(contact.deleted),
        "display_name": contact.name,
    }


def _milliseconds(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1_000)
