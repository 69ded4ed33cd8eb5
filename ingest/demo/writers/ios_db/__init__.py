"""Writes truth as the databases of iOS: sms.db, CallHistory.storedata and AddressBook.sqlitedb."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from ingest.demo.truth import Holding, PhoneCall, SavedContact, TextMessage, Travel
from ingest.demo.writers.ios_db.schemas import ADDRESS_BOOK, CALL_HISTORY, SMS
from ingest.demo.writers.sqlite_files import insert, written_database

_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
_SERVICES: Final = {"sms": "SMS", "mms": "SMS", "imessage": "iMessage"}
_ONE_TO_ONE, _GROUP = 45, 43
_LABELS: Final = {"Mobile": "_$!<Mobile>!$_", "Home": "_$!<Home>!$_", "Work": "_$!<Work>!$_"}
_PHONE, _EMAIL = 3, 4
# What stands around the string in every value of that time.
_BEFORE: Final = (
    b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x19NSMutableAttributedString\x00\x84\x84\x12NSAttributedString"
    b"\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x0fNSMutableString\x01\x84\x84\x08NSString\x01\x95\x84\x01+"
)
_BEHIND: Final = (
    b"\x86\x84\x02iI\x01$\x92\x84\x84\x84\x0cNSDictionary\x00\x95\x84\x01i\x01\x92\x84\x98\x98\x1d__kIMMessagePartAttributeName"
    b"\x86\x92\x84\x84\x84\x08NSNumber\x00\x84\x84\x07NSValue\x00\x95\x84\x01*\x84\x9b\x9b\x00\x86\x86\x86"
)


class IosForm(msgspec.Struct, frozen=True, kw_only=True):
    """The age of the handset.

    Attributes:
        in_nanoseconds: Whether times of messages are counted in nanoseconds (iOS 11 on).
        attributed: Whether texts stand in ``attributedBody`` alone (iOS 16 on).
        names_line: Whether each message names the owner's number that it went to or came from (iOS 9 on).
        keeps_log: Whether the last rows stand in the write-ahead log alone.
    """

    in_nanoseconds: bool = True
    attributed: bool = False
    names_line: bool = True
    keeps_log: bool = False


IOS_9: Final = IosForm(in_nanoseconds=False)
IOS_12: Final = IosForm()
IOS_16: Final = IosForm(attributed=True, keeps_log=True)


def write_ios(folder: Path, holding: Holding, form: IosForm = IOS_12) -> Path:
    """Write the databases of a holding into the folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_messages(folder / "sms.db", holding, form)
    with written_database(folder / "CallHistory.storedata", CALL_HISTORY, keeps_log=form.keeps_log) as calls:
        for call in holding.calls:
            _write_call(calls, call)
    with written_database(folder / "AddressBook.sqlitedb", ADDRESS_BOOK, keeps_log=form.keeps_log) as contacts:
        _write_contacts(contacts, holding)
    return folder


def write_messages(path: Path, holding: Holding, form: IosForm = IOS_12) -> Path:
    """Write sms.db of a holding and return its path."""
    own = holding.sim.msisdn if holding.sim is not None else None
    with written_database(path, SMS, keeps_log=form.keeps_log) as database:
        handles: dict[tuple[str, str], int] = {}
        chats: dict[tuple[str, ...], int] = {}
        for text in holding.texts:
            service = _SERVICES[text.service]
            numbers = [_handle(database, handles, peer.written, service) for peer in text.peers]
            chat = _chat(database, chats, tuple(peer.written for peer in text.peers), service, numbers)
            message = insert(database, "message", _message_row(text, numbers, own, form))
            _write_join(database, text, chat, message)
            for place, file in enumerate(text.files):
                row = {
                    "guid": f"{text.key}-{place}",
                    "filename": file.source_path,
                    "mime_type": file.content_type,
                    "transfer_name": file.name,
                    "total_bytes": len(file.content or b""),
                }
                number = insert(database, "attachment", row)
                insert(database, "message_attachment_join", {"message_id": message, "attachment_id": number})
    return path


def attributed_body(text: str) -> bytes:
    """Return the text as an NSAttributedString in a typedstream."""
    raw = text.encode()
    if len(raw) < 0x80:
        size = bytes([len(raw)])
    elif len(raw) < 0x8000:
        size = b"\x81" + len(raw).to_bytes(2, "little")
    else:
        size = b"\x82" + len(raw).to_bytes(4, "little")
    return _BEFORE + size + raw + _BEHIND


def _handle(database: sqlite3.Connection, handles: dict[tuple[str, str], int], written: str, service: str) -> int:
    key = (written, service)
    if key not in handles:
        handles[key] = insert(database, "handle", {"id": written, "country": "gb", "service": service})
    return handles[key]


def _chat(
    database: sqlite3.Connection,
    chats: dict[tuple[str, ...], int],
    people: tuple[str, ...],
    service: str,
    handles: list[int],
) -> int:
    key = (service, *people)
    if key not in chats:
        is_group = len(people) > 1
        identifier = f"chat{len(chats) + 100}" if is_group else people[0]
        row = {
            "guid": f"{service};{'+' if is_group else '-'};{identifier}",
            "style": _GROUP if is_group else _ONE_TO_ONE,
            "chat_identifier": identifier,
            "service_name": service,
        }
        chats[key] = insert(database, "chat", row)
        for handle in handles:
            insert(database, "chat_handle_join", {"chat_id": chats[key], "handle_id": handle})
    return chats[key]


def _message_row(text: TextMessage, handles: list[int], own: str | None, form: IosForm) -> dict[str, object]:
    from_me = text.travel is not Travel.IN
    is_group = len(handles) > 1
    at = _count(text.at, form)
    return {
        "guid": f"GUID-{text.key}",
        "text": None if form.attributed else text.body,
        "attributedBody": attributed_body(text.body) if form.attributed and text.body is not None else None,
        "handle_id": 0 if from_me and is_group else handles[0],
        "service": _SERVICES[text.service],
        "account": f"P:{own}" if own and not form.names_line else None,
        "destination_caller_id": own if form.names_line else None,
        "error": 22 if text.status == "failed" else 0,
        "date": at,
        "date_read": at if text.status == "read" and not from_me else 0,
        "date_delivered": at if text.status == "delivered" else 0,
        "is_delivered": int(text.status == "delivered"),
        "is_from_me": int(from_me),
        "is_read": int(text.status != "unread" and not from_me),
        "is_sent": int(from_me and text.status not in {"failed", "unsent"}),
        "service_center": text.smsc,
    }


def _write_join(database: sqlite3.Connection, text: TextMessage, chat: int, message: int) -> None:
    if text.deleted:
        insert(database, "chat_recoverable_message_join", {"chat_id": chat, "message_id": message, "delete_date": 1})
    else:
        insert(database, "chat_message_join", {"chat_id": chat, "message_id": message})


def _count(at: datetime | None, form: IosForm) -> int:
    if at is None:
        return 0
    since = at - _EPOCH
    if form.in_nanoseconds:
        return (since.days * 86_400 + since.seconds) * 10**9 + since.microseconds * 1_000
    return since.days * 86_400 + since.seconds


def _write_call(database: sqlite3.Connection, call: PhoneCall) -> None:
    outgoing = call.call_type == "outgoing"
    row = {
        "ZANSWERED": int(call.call_type == "incoming" or (outgoing and call.duration_seconds > 0)),
        "ZCALLTYPE": 1,
        "ZORIGINATED": int(outgoing),
        "ZDATE": None if call.at is None else (call.at - _EPOCH).total_seconds(),
        "ZDURATION": float(call.duration_seconds),
        # Older versions store the number's bytes.
        "ZADDRESS": call.peer.written.encode(),
        "ZNAME": call.peer.name,
        "ZSERVICE_PROVIDER": "com.apple.Telephony",
        "ZISO_COUNTRY_CODE": "gb",
        "ZLOCATION": "<<RecentsNumberLocationNotFound>>",
        "ZUNIQUE_ID": f"UNIQUE-{call.key}",
    }
    number = insert(database, "ZCALLRECORD", row)
    handle = insert(database, "ZHANDLE", {"ZTYPE": 2, "ZVALUE": call.peer.written})
    people = {"Z_2REMOTEPARTICIPANTCALLS": number, "Z_4REMOTEPARTICIPANTHANDLES": handle}
    insert(database, "Z_2REMOTEPARTICIPANTHANDLES", people)


def _write_contacts(database: sqlite3.Connection, holding: Holding) -> None:
    labels = {name: insert(database, "ABMultiValueLabel", {"value": value}) for name, value in _LABELS.items()}
    for contact in holding.contacts:
        number = insert(database, "ABPerson", _person_row(contact))
        for each in contact.numbers:
            row = {"record_id": number, "property": _PHONE, "label": labels.get(each.label), "value": each.written}
            insert(database, "ABMultiValue", row)
        for email in contact.emails:
            insert(database, "ABMultiValue", {"record_id": number, "property": _EMAIL, "value": email})


def _person_row(contact: SavedContact) -> dict[str, object]:
    first, _, last = (contact.name or "").partition(" ")
    return {"First": first or None, "Last": last or None, "Kind": 0, "StoreID": 0}
