"""Writes truth as Snapchat exports saved chats: a list a conversation, newest first; or the two older lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from ingest.demo.truth import ChatThread, TextMessage, Travel


def chat_history(chats: Iterable[ChatThread], owner: str) -> dict[str, Any]:
    """Return the history of an account; ``owner``: the user name of whose account it is."""
    return {_key(chat): [_newer(message, chat, owner) for message in reversed(chat.messages)] for chat in chats}


def older_history(chats: Iterable[ChatThread]) -> dict[str, Any]:
    """Return the history in the form that names the other side alone."""
    received: list[dict[str, Any]] = []
    sent: list[dict[str, Any]] = []
    for chat in chats:
        for message in chat.messages:
            is_in = message.travel is Travel.IN
            other = message.peers[0].written if is_in else _key(chat)
            (received if is_in else sent).append(
                {
                    "From" if is_in else "To": other,
                    "Media Type": _media_type(message),
                    "Created": _created(message),
                    "Text": escape(message.body or ""),
                }
            )
    return {"Received Saved Chat History": received, "Sent Saved Chat History": sent}


def write_history(path: Path, history: dict[str, Any]) -> Path:
    """Write a history as the service does, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(history, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


def _key(chat: ChatThread) -> str:
    return chat.key if chat.is_group else chat.participants[0].written


def _newer(message: TextMessage, chat: ChatThread, owner: str) -> dict[str, Any]:
    assert message.at is not None
    is_sender = message.travel is Travel.OUT
    return {
        "From": owner if is_sender else message.peers[0].written,
        "Media Type": _media_type(message),
        "Created": _created(message),
        "Content": escape(message.body or ""),
        "Conversation Title": chat.name if chat.is_group else None,
        "IsSender": is_sender,
        "Created(microseconds)": int(message.at.timestamp() * 1_000),
        "IsSaved": True,
        "Media IDs": " | ".join(f"b~{file.key}" for file in message.files),
    }


def _media_type(message: TextMessage) -> str:
    return "MEDIA" if message.files else "TEXT"


def _created(message: TextMessage) -> str:
    assert message.at is not None
    return f"{message.at:%Y-%m-%d %H:%M:%S} UTC"
