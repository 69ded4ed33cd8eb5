"""Writes truth as Facebook and Instagram export messages: octets of UTF-8 as characters, newest first, in files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.demo.truth import ChatThread, Peer, PhoneCall, TextMessage, Travel


def thread_export(
    chat: ChatThread, owner: Peer, calls: tuple[PhoneCall, ...] = (), *, is_newer: bool = False
) -> dict[str, Any]:
    """Return the export of one conversation; ``is_newer``: in the form of the end-to-end encrypted ones."""
    others = [_name(peer) for peer in chat.participants]
    title = chat.name or others[0]
    messages = [_message(message, owner, chat) for message in chat.messages] + [_call(call, owner) for call in calls]
    messages.sort(key=lambda held: -int(held["timestamp_ms"]))
    if is_newer:
        return {
            "participants": [*others, _name(owner)],
            "threadName": title,
            "messages": [_newer(held) for held in messages],
        }
    return {
        "participants": [{"name": octets_as_characters(name)} for name in (*others, _name(owner))],
        "messages": messages,
        "title": octets_as_characters(title),
        "is_still_participant": True,
        "thread_path": f"inbox/{chat.key}_1234",
        "magic_words": [],
    }


def write_thread(path: Path, export: dict[str, Any]) -> Path:
    """Write a file of a conversation as the service does, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(export, indent=2), encoding="ascii")
    return path


def octets_as_characters(text: str) -> str:
    """Return a text as the service writes it: each octet of its UTF-8 as the character of that number."""
    return text.encode().decode("latin-1")


def _name(peer: Peer) -> str:
    return peer.name or peer.written


def _message(message: TextMessage, owner: Peer, chat: ChatThread) -> dict[str, Any]:
    sender = message.peers[0] if message.travel is Travel.IN else owner
    assert message.at is not None
    held: dict[str, Any] = {
        "sender_name": octets_as_characters(_name(sender)),
        "timestamp_ms": int(message.at.timestamp() * 1_000),
    }
    if message.body is not None:
        held["content"] = octets_as_characters(message.body)
    if message.deleted:
        held["is_unsent"] = True
    if message.files:
        held["photos"] = [
            {"uri": f"messages/inbox/{chat.key}_1234/photos/{file.name}", "creation_timestamp": 1}
            for file in message.files
        ]
    held["is_geoblocked_for_viewer"] = False
    return held


def _call(call: PhoneCall, owner: Peer) -> dict[str, Any]:
    assert call.at is not None
    caller = owner if call.call_type == "outgoing" else call.peer
    return {
        "sender_name": octets_as_characters(_name(caller)),
        "timestamp_ms": int(call.at.timestamp() * 1_000),
        "content": octets_as_characters(f"{_name(caller)} called."),
        "call_duration": call.duration_seconds,
        "is_geoblocked_for_viewer": False,
    }


def _newer(held: dict[str, Any]) -> dict[str, Any]:
    return {
        "isUnsent": held.get("is_unsent", False),
        "media": held.get("photos", []),
        "reactions": [],
        "senderName": held["sender_name"].encode("latin-1").decode(),
        "text": held.get("content", "").encode("latin-1").decode(),
        "timestamp": held["timestamp_ms"],
        "type": "text",
    }
