"""Writes truth as Telegram Desktop exports it: a whole account, or one chat."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from zlib import crc32
from zoneinfo import ZoneInfo

from ingest.demo.truth import ChatThread, OwnedAccount, Peer, PhoneCall, SavedContact, TextMessage, Travel

_LONDON: Final = ZoneInfo("Europe/London")
_LEFT_OUT: Final = "(File not included. Change data exporting settings to download.)"
_REASONS: Final = {"missed": "missed", "rejected": "busy", "incoming": "hangup", "outgoing": "hangup"}


def account_export(
    account: OwnedAccount,
    chats: Iterable[ChatThread],
    contacts: Iterable[SavedContact] = (),
    calls: Iterable[PhoneCall] = (),
) -> dict[str, Any]:
    """Return the export of an account; its calls stand in the chats with their peers, which are made for them."""
    owner = Peer(account.username or "", None, account.name)
    listed = [_chat(chat, owner) for chat in chats]
    listed += [_call_chat(call, owner) for call in calls]
    return {
        "about": "Here is the data you requested.",
        "personal_information": {
            "user_id": user_number(owner),
            "first_name": account.name or "",
            "last_name": "",
            "phone_number": account.number.written if account.number else "",
            "username": f"@{account.username}",
            "bio": "",
        },
        "contacts": {"about": "Contacts.", "list": [_contact(contact) for contact in contacts]},
        "frequent_contacts": {"about": "Rated.", "list": [{"id": 1, "category": "people"}]},
        "chats": {"about": "Chats.", "list": listed},
        "left_chats": {"about": "Left.", "list": []},
    }


def chat_export(chat: ChatThread, owner: Peer) -> dict[str, Any]:
    """Return the export of one chat."""
    return _chat(chat, owner)


def write_export(path: Path, export: dict[str, Any]) -> Path:
    """Write an export as the application does, and return the path."""
    path.write_text(json.dumps(export, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def user_number(peer: Peer) -> int:
    """Return the application's number of a person."""
    return 1_000_000 + crc32((peer.name or peer.written).encode()) % 1_000_000


def _chat(chat: ChatThread, owner: Peer) -> dict[str, Any]:
    other = chat.participants[0]
    return {
        "name": chat.name or other.name or other.written,
        "type": "private_group" if chat.is_group else "personal_chat",
        "id": crc32(chat.key.encode()) if chat.is_group else user_number(other),
        "messages": [_message(message, place, owner) for place, message in enumerate(chat.messages, 1)],
    }


def _message(message: TextMessage, place: int, owner: Peer) -> dict[str, Any]:
    sender = message.peers[0] if message.travel is Travel.IN else owner
    assert message.at is not None
    held: dict[str, Any] = {
        "id": place,
        "type": "message",
        "date": f"{message.at.astimezone(_LONDON):%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(message.at.timestamp())),
        "from": sender.name or sender.written,
        "from_id": f"user{user_number(sender)}",
    }
    if message.files:
        file = message.files[0]
        held["file"] = file.local_path if file.content is not None else _LEFT_OUT
        held["media_type"] = "voice_message"
        held["mime_type"] = file.content_type
    held["text"] = _text(message.body or "")
    held["text_entities"] = []
    return held


def _text(body: str) -> str | Sequence[str | dict[str, str]]:
    """Return a text; one with a number in it is cut into pieces around it, as the application does."""
    start = body.find("07700")
    if start < 0:
        return body
    return [body[:start], {"type": "phone", "text": body[start : start + 11]}, body[start + 11 :]]


def _call_chat(call: PhoneCall, owner: Peer) -> dict[str, Any]:
    assert call.at is not None
    actor = owner if call.call_type == "outgoing" else call.peer
    held: dict[str, Any] = {
        "id": 1,
        "type": "service",
        "date": f"{call.at.astimezone(_LONDON):%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(call.at.timestamp())),
        "actor": actor.name or actor.written,
        "actor_id": f"user{user_number(actor)}",
        "action": "phone_call",
        "discard_reason": _REASONS[call.call_type],
        "text": "",
        "text_entities": [],
    }
    if call.duration_seconds:
        held["duration_seconds"] = call.duration_seconds
    return {
        "name": call.peer.name or call.peer.written,
        "type": "personal_chat",
        "id": user_number(call.peer),
        "messages": [held],
    }


def _contact(contact: SavedContact) -> dict[str, Any]:
    first, _, last = (contact.name or "").partition(" ")
    return {
        "user_id": 0,
        "first_name": first,
        "last_name": last,
        "phone_number": contact.numbers[0].written if contact.numbers else "",
        "date": "2024-02-05T12:00:00",
        "date_unixtime": "1707134400",
    }
