"""Writes texts as vMessages (.vmg): as Nokia's PC suite does, and as exporters of Android phones do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from ingest.demo.truth import Peer, TextMessage, Travel

_LINE_CHARS: Final = 75
_HERE: Final = ZoneInfo("Europe/London")
_TYPES: Final = {Travel.IN: "DELIVER", Travel.OUT: "SUBMIT", Travel.DRAFT: "SUBMIT"}
_BOXES: Final = {Travel.IN: "INBOX", Travel.OUT: "SENT", Travel.DRAFT: "DRAFT"}
_ANDROID_BOXES: Final = {Travel.IN: "INBOX", Travel.OUT: "SENDBOX", Travel.DRAFT: "DRAFT"}


class VmgStyle(StrEnum):
    """Whose exporter writes it: Nokia's in UTF-16, the same in UTF-8, or one of Android phones."""

    NOKIA = "nokia"
    NOKIA_UTF8 = "nokia_utf8"
    ANDROID = "android"


def messages(texts: Iterable[TextMessage], style: VmgStyle = VmgStyle.NOKIA) -> bytes:
    """Return a file of messages."""
    write = _android if style is VmgStyle.ANDROID else _nokia
    lines = "".join(f"{line}\r\n" for text in texts for line in write(text))
    return lines.encode("utf-16-le" if style is VmgStyle.NOKIA else "utf-8", "surrogatepass")


def write_messages(path: Path, texts: Iterable[TextMessage], style: VmgStyle = VmgStyle.NOKIA) -> Path:
    """Write the messages into one file and return its path."""
    path.write_bytes(messages(texts, style))
    return path


def write_message_files(folder: Path, texts: Iterable[TextMessage], style: VmgStyle = VmgStyle.NOKIA) -> Path:
    """Write each message into a file of its own and return the folder."""
    folder.mkdir()
    for text in texts:
        write_messages(folder / f"{text.key}.vmg", [text], style)
    return folder


def _nokia(text: TextMessage) -> Iterator[str]:
    status = text.status or ("READ" if text.travel is Travel.IN else "SENT")
    yield from ("BEGIN:VMSG", "VERSION:1.1", f"X-IRMC-STATUS:{status}", f"X-IRMC-BOX:{_BOXES[text.travel]}")
    if text.at is not None:
        yield f"X-NOK-DT:{text.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"X-MESSAGE-TYPE:{_TYPES[text.travel]}"
    if text.travel is Travel.IN:
        yield from _card(text.peers[0])
        yield "BEGIN:VENV"
    else:
        yield from _card(Peer(""))
        yield "BEGIN:VENV"
        for peer in text.peers:
            yield from (*_card(peer), "BEGIN:VENV")
    yield "BEGIN:VBODY"
    if text.at is not None:
        yield f"Date:{text.at.astimezone(_HERE):%d.%m.%Y %H:%M:%S}"
    if text.body is not None:
        yield text.body.replace("\n", "\r\n")
    yield "END:VBODY"
    yield from ("END:VENV",) * (1 if text.travel is Travel.IN else 1 + len(text.peers))
    yield "END:VMSG"


def _android(text: TextMessage) -> Iterator[str]:
    yield from ("BEGIN:VMSG", "VERSION:1.1", "X-IRMS-TYPE:MSG", f"X-MESSAGE-TYPE:{_TYPES[text.travel]}")
    for peer in text.peers:
        yield from ("BEGIN:VCARD", "VERSION:2.1", f"TEL:{peer.written}", "END:VCARD")
    yield from ("BEGIN:VBODY", f"X-BOX:{_ANDROID_BOXES[text.travel]}", f"X-READ:{text.status or 'READ'}", "X-SIMID:0")
    if text.at is not None:
        yield f"Date:{text.at.astimezone(UTC):%Y/%m/%d %H:%M:%S} GMT"
    line = "Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:"
    for octet in (text.body or "").encode("utf-8", "surrogatepass"):
        if len(line) >= _LINE_CHARS:
            yield f"{line}="
            line = ""
        line += f"={octet:02X}"
    yield from (line, "END:VBODY", "END:VMSG")


def _card(peer: Peer) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"N:{peer.name or ''}", f"TEL:{peer.written}", "END:VCARD")
