"""Writes truth as the text that WhatsApp exports of a chat, in the ways that handsets of different settings do."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import msgspec

from ingest.demo.truth import ChatThread, Peer, TextMessage, Travel

_MEMBER_TIME: Final = (2024, 1, 1, 0, 0, 0)
_NARROW_NO_BREAK: Final = "\u202f"
_MARK: Final = "\u200e"


class ChatForm(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of the exporting handset.

    Attributes:
        date: Format of the date: ``{d:02}/{m:02}/{y}``; ``{yy}`` is the year in two digits.
        has_seconds: iOS writes them, Android does not.
        is_bracketed: iOS puts brackets around date and time, Android a dash behind them.
        halves: The words for before and after noon. None: the handset counts to 24.
        owner: The name under which the owner's own messages stand.
        zone: Zone that the handset was set to.
        encryption_note: The application's own first line. None: it was cut off with older messages.
    """

    date: str
    has_seconds: bool = False
    is_bracketed: bool = False
    halves: tuple[str, str] | None = None
    between: str = ", "
    before_half: str = " "
    owner: str = "Mo"
    zone: str = "Europe/London"
    line_end: str = "\n"
    encryption_note: str | None = (
        "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read them."
    )


ANDROID_UK: Final = ChatForm(date="{d:02}/{m:02}/{y}")
ANDROID_US: Final = ChatForm(date="{m}/{d}/{yy:02}", halves=("AM", "PM"), before_half=_NARROW_NO_BREAK)
ANDROID_GERMAN: Final = ChatForm(date="{d:02}.{m:02}.{yy:02}")
ANDROID_SPANISH: Final = ChatForm(date="{d}/{m}/{y}", halves=("a.\u00a0m.", "p.\u00a0m."))
ANDROID_YEAR_FIRST: Final = ChatForm(date="{y}/{m:02}/{d:02}")
IOS_UK: Final = ChatForm(date="{d:02}/{m:02}/{y}", is_bracketed=True, has_seconds=True, line_end="\r\n")
IOS_US: Final = ChatForm(
    date="{m}/{d}/{yy:02}",
    is_bracketed=True,
    has_seconds=True,
    halves=("AM", "PM"),
    before_half=_NARROW_NO_BREAK,
    line_end="\r\n",
)
IOS_SHORT_YEAR_FIRST: Final = ChatForm(
    date="{yy:02}-{m:02}-{d:02}", is_bracketed=True, has_seconds=True, between=" ", line_end="\r\n"
)

FORMS: Final = {
    "android_uk": ANDROID_UK,
    "android_us": ANDROID_US,
    "android_german": ANDROID_GERMAN,
    "android_spanish": ANDROID_SPANISH,
    "android_year_first": ANDROID_YEAR_FIRST,
    "ios_uk": IOS_UK,
    "ios_us": IOS_US,
    "ios_short_year_first": IOS_SHORT_YEAR_FIRST,
}


def chat_text(chat: ChatThread, form: ChatForm) -> str:
    """Return the chat as text; every message MUST have an instant."""
    times = [message.at for message in chat.messages if message.at is not None]
    lines = []
    if form.encryption_note is not None and times:
        lines.append(_start(times[0], form) + _note(chat, form))
    for message, at in zip(chat.messages, times, strict=True):
        mark = _MARK if form.is_bracketed and message.files else ""
        lines.append(f"{mark}{_start(at, form)}{_sender(message, form)}: {_text(message, form)}")
    return "".join(line + form.line_end for line in lines)


def write_chat(path: Path, chat: ChatThread, form: ChatForm) -> Path:
    """Write the chat as a text file and return its path."""
    path.write_bytes(chat_text(chat, form).encode())
    return path


def write_chat_archive(path: Path, chat: ChatThread, form: ChatForm, member: str = "_chat.txt") -> Path:
    """Write the chat and its files as the zip that a handset shares, and return its path."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_info(member), chat_text(chat, form))
        for message in chat.messages:
            for file in message.files:
                if file.content is not None:
                    archive.writestr(_info(file.name), file.content)
    path.write_bytes(stream.getvalue())
    return path


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _MEMBER_TIME)
    info.compress_type = ZIP_DEFLATED
    return info


def _start(at: datetime, form: ChatForm) -> str:
    local = at.astimezone(ZoneInfo(form.zone))
    date = form.date.format(d=local.day, m=local.month, y=local.year, yy=local.year % 100)
    hour = local.hour if form.halves is None else (local.hour + 11) % 12 + 1
    clock = f"{hour}:{local.minute:02}" if form.halves is not None else f"{hour:02}:{local.minute:02}"
    if form.has_seconds:
        clock += f":{local.second:02}"
    if form.halves is not None:
        clock += form.before_half + form.halves[local.hour >= 12]
    written = f"{date}{form.between}{clock}"
    return f"[{written}] " if form.is_bracketed else f"{written} - "


def _note(chat: ChatThread, form: ChatForm) -> str:
    # iOS writes the application's own lines under the chat's name.
    return (
        f"{shown_as(chat.participants[0])}: {_MARK}{form.encryption_note}"
        if form.is_bracketed
        else f"{form.encryption_note}"
    )


def shown_as(peer: Peer) -> str:
    """Return what the application shows for a person: the saved name, else the number."""
    return peer.name or peer.written


def _sender(message: TextMessage, form: ChatForm) -> str:
    return shown_as(message.peers[0]) if message.travel is Travel.IN else form.owner


def _text(message: TextMessage, form: ChatForm) -> str:
    if not message.files:
        return message.body or ""
    file = message.files[0]
    line = f"{_MARK}<attached: {file.name}>" if form.is_bracketed else f"{file.name} (file attached)"
    return f"{line}\n{message.body}" if message.body else line
