"""Writes truth as the text that signal-export makes of a chat, in its older form and in its newer one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from ingest.demo.truth import ChatThread, TextMessage, Travel

_HERE: Final = ZoneInfo("Europe/London")
_PICTURES: Final = frozenset({"png", "jpg", "jpeg", "gif", "tif", "tiff"})


class SignalForm(StrEnum):
    """How the tool writes: a minute behind a comma, line by line; or seconds, with a blank line behind each message."""

    OLDER = "older"
    NEWER = "newer"


def signal_chat(chat: ChatThread, form: SignalForm = SignalForm.NEWER) -> str:
    """Return a chat as text; every message MUST have an instant."""
    return "".join(_lines(chat, form))


def write_signal_chat(path: Path, chat: ChatThread, form: SignalForm = SignalForm.NEWER) -> Path:
    """Write the chat into a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(signal_chat(chat, form), encoding="utf-8", newline="")
    return path


def _lines(chat: ChatThread, form: SignalForm) -> Iterator[str]:
    for message in chat.messages:
        if message.at is None:
            raise ValueError(message.key)
        layout = "%Y-%m-%d, %H:%M" if form is SignalForm.OLDER else "%Y-%m-%d %H:%M:%S"
        end = "\n" if form is SignalForm.OLDER else "\n\n"
        start = f"[{message.at.astimezone(_HERE):{layout}}] {_sender(message)}: "
        yield f"{start}{message.body or ''}{_files(message)}{end}"


def _sender(message: TextMessage) -> str:
    if message.travel is not Travel.IN:
        return "Me"
    peer = message.peers[0]
    return peer.name or peer.written


def _files(message: TextMessage) -> str:
    written = ""
    for file in message.files:
        name = file.name or file.source_path.rpartition("/")[2]
        mark = "!" if name.rpartition(".")[2] in _PICTURES else ""
        written += f"{mark}[{name}](./media/{name})  "
    return written
