"""Writes truth as WhatsApp's databases: msgstore.db in its newer and older tables, wa.db, ChatStorage.sqlite."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ingest.demo.truth import ChatThread, Holding, Peer, StoredFile, TextMessage, Travel
from ingest.demo.writers.sqlite_files import insert, written_database
from ingest.demo.writers.whatsapp_db.schemas import CONTACTS, IOS, NEWER, OLDER

_APPLE_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
_STATUSES: Final = {None: 4, "unsent": 0, "sent": 4, "delivered": 5, "read": 13}
_TEXT, _IMAGE, _IOS_DELETED, _DELETED, _SYSTEM = 0, 1, 14, 15, 7
_ANSWERED, _NOT_ANSWERED = 5, 2


def jid_of(peer: Peer) -> str:
    """Return the application's id of a person: the digits of the number in full."""
    digits = (peer.number or peer.written).removeprefix("+")
    return f"{digits}@s.whatsapp.net"


def chat_jid(chat: ChatThread) -> str:
    """Return the application's id of a chat."""
    return f"1203630{zlib.crc32(chat.key.encode()):010}@g.us" if chat.is_group else jid_of(chat.participants[0])


def write_msgstore(path: Path, holding: Holding, *, keeps_log: bool = False) -> Path:
    """Write msgstore.db as newer versions do, and return its path."""
    with written_database(path, NEWER, keeps_log=keeps_log) as database:
        jids: dict[str, int] = {}
        for chat in holding.chats:
            row = {"jid_row_id": _jid(database, jids, chat_jid(chat)), "subject": chat.name}
            number = insert(database, "chat", row)
            for message in chat.messages:
                _write_newer(database, jids, chat, number, message)
        for call in holding.calls:
            answered = call.call_type == "incoming" or call.duration_seconds > 0
            row = {
                "jid_row_id": _jid(database, jids, jid_of(call.peer)),
                "from_me": int(call.call_type == "outgoing"),
                "call_id": f"call:{call.key}",
                "timestamp": _milliseconds(call.at),
                "duration": call.duration_seconds,
                "call_result": _ANSWERED if answered else _NOT_ANSWERED,
            }
            insert(database, "call_log", row)
    return path


def write_older_msgstore(path: Path, holding: Holding) -> Path:
    """Write msgstore.db as versions before 2021 did, and return its path."""
    with written_database(path, OLDER) as database:
        for chat in holding.chats:
            insert(database, "chat_list", {"key_remote_jid": chat_jid(chat), "subject": chat.name})
            for message in chat.messages:
                insert(database, "messages", _older_row(chat, message))
    return path


def write_contacts(path: Path, holding: Holding) -> Path:
    """Write wa.db and return its path."""
    with written_database(path, CONTACTS) as database:
        for contact in holding.contacts:
            for each in contact.numbers:
                digits = (each.number or each.written).removeprefix("+")
                jid = f"{digits}@s.whatsapp.net"
                row = {"jid": jid, "is_whatsapp_user": 1, "number": each.written, "display_name": contact.name}
                insert(database, "wa_contacts", row)
        for chat in holding.chats:
            if chat.is_group:
                insert(database, "wa_contacts", {"jid": chat_jid(chat), "display_name": chat.name})
    return path


def write_chat_storage(path: Path, holding: Holding, *, keeps_log: bool = False) -> Path:
    """Write ChatStorage.sqlite and return its path."""
    own = holding.sim.msisdn if holding.sim is not None else None
    own_jid = f"{own.removeprefix('+')}@s.whatsapp.net" if own else None
    with written_database(path, IOS, keeps_log=keeps_log) as database:
        for chat in holding.chats:
            row = {
                "ZREMOVED": 0,
                "ZSESSIONTYPE": int(chat.is_group),
                "ZCONTACTJID": chat_jid(chat),
                "ZPARTNERNAME": chat.name or chat.participants[0].name,
            }
            session = insert(database, "ZWACHATSESSION", row)
            members = {}
            for peer in chat.participants if chat.is_group else ():
                member = {"ZCHATSESSION": session, "ZCONTACTNAME": peer.name, "ZMEMBERJID": jid_of(peer)}
                members[jid_of(peer)] = insert(database, "ZWAGROUPMEMBER", member)
            for message in chat.messages:
                came = message.travel is Travel.IN
                ios_row = {
                    "ZISFROMME": int(not came),
                    "ZMESSAGETYPE": _IOS_DELETED if message.deleted else _IMAGE if message.files else _TEXT,
                    "ZCHATSESSION": session,
                    "ZGROUPMEMBER": members.get(jid_of(message.peers[0])) if came else None,
                    "ZMESSAGEDATE": None if message.at is None else (message.at - _APPLE_EPOCH).total_seconds(),
                    "ZFROMJID": chat_jid(chat) if came else None,
                    "ZTOJID": own_jid if came else chat_jid(chat),
                    "ZSTANZAID": f"KEY{message.key}",
                    "ZTEXT": None if message.files else message.body,
                }
                number = insert(database, "ZWAMESSAGE", ios_row)
                for file in message.files:
                    insert(database, "ZWAMEDIAITEM", _ios_media_row(number, message, file))
    return path


def _jid(database: sqlite3.Connection, jids: dict[str, int], text: str) -> int:
    if text not in jids:
        user, _, server = text.partition("@")
        jids[text] = insert(database, "jid", {"user": user, "server": server, "raw_string": text})
    return jids[text]


def _write_newer(
    database: sqlite3.Connection, jids: dict[str, int], chat: ChatThread, number: int, message: TextMessage
) -> None:
    came = message.travel is Travel.IN
    row = {
        "chat_row_id": number,
        "from_me": int(not came),
        "key_id": f"KEY{message.key}",
        "sender_jid_row_id": _jid(database, jids, jid_of(message.peers[0])) if came and chat.is_group else 0,
        "status": 0 if came else _STATUSES[message.status],
        "timestamp": _milliseconds(message.at),
        "received_timestamp": _milliseconds(message.at) if came else 0,
        "message_type": _kind(message),
        "text_data": None if message.files else message.body,
    }
    added = insert(database, "message", row)
    for file in message.files:
        media = {
            "message_row_id": added,
            "file_path": f"Media/WhatsApp Images/{file.name}",
            "mime_type": file.content_type,
            "file_size": len(file.content or b""),
            "media_caption": message.body,
        }
        insert(database, "message_media", media)


def _older_row(chat: ChatThread, message: TextMessage) -> dict[str, object]:
    came = message.travel is Travel.IN
    file = message.files[0] if message.files else None
    return {
        "key_remote_jid": chat_jid(chat),
        "key_from_me": int(not came),
        "key_id": f"KEY{message.key}",
        "status": 0 if came else _STATUSES[message.status],
        "data": None if message.files else message.body,
        "timestamp": _milliseconds(message.at),
        "media_wa_type": str(_kind(message)),
        "media_mime_type": file.content_type if file else None,
        "media_name": file.name if file else None,
        "media_size": len(file.content or b"") if file else 0,
        "media_caption": message.body if file else None,
        "remote_resource": jid_of(message.peers[0]) if came and chat.is_group else None,
        "received_timestamp": _milliseconds(message.at) if came else 0,
        "receipt_device_timestamp": -1,
    }


def _ios_media_row(number: int, message: TextMessage, file: StoredFile) -> dict[str, object]:
    return {
        "ZMESSAGE": number,
        "ZFILESIZE": len(file.content or b""),
        "ZMEDIALOCALPATH": f"Media/x/{file.name}",
        "ZTITLE": message.body,
        "ZVCARDSTRING": file.content_type,
    }


def _kind(message: TextMessage) -> int:
    if message.deleted:
        return _DELETED
    if message.status == "system":
        return _SYSTEM
    return _IMAGE if message.files else _TEXT


def _milliseconds(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1_000)
