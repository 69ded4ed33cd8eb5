"""Chats for the tests of the exported text, and the way to read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.demo.truth import ChatThread, Peer, StoredFile, TextMessage, Travel
from parsers.contract import EMPTY_SIDECAR, Delivery, Limits, ReadContext, Sidecar
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Message

JAY = Peer("+44 7700 900123", "+447700900123", "Jay")
UNSAVED = Peer("+44 7700 900456", "+447700900456")
START = datetime(2024, 2, 5, 12, 0, tzinfo=UTC)


def text(number: int, body: str, travel: Travel = Travel.IN, peer: Peer = JAY, **more: Any) -> TextMessage:
    """Return message ``number`` of a chat: one every 31 hours, so that days above 12 come soon."""
    at = START + timedelta(hours=31 * number)
    return TextMessage(key=str(number), at=at, travel=travel, peers=(peer,), body=body, service="whatsapp", **more)


def chat(*messages: TextMessage, peer: Peer = JAY) -> ChatThread:
    return ChatThread(key="c", service="whatsapp", account=None, participants=(peer,), messages=messages)


def picture(name: str, content: bytes | None = b"\xff\xd8\xff") -> StoredFile:
    return StoredFile(key=name, source_path=f"/{name}", local_path=name, content=content)


def read_chat(
    path: Path,
    *,
    name: str | None = None,
    folder: str | None = None,
    sidecar: Sidecar = EMPTY_SIDECAR,
    limits: Limits | None = None,
) -> ReadResult:
    """Read a delivery as the service does; ``name`` is what it was dropped under, ``folder`` where it lay."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    delivery = Delivery(
        path=path,
        name=name or path.name,
        folder=folder,
        is_folder=path.is_dir(),
        sha256=sha256(b"" if path.is_dir() else path.read_bytes()).hexdigest(),
    )
    return read_all(delivery, ReadContext(scratch_dir=scratch, sidecar=sidecar, limits=limits or Limits()))


def read_lines(
    folder: Path, lines: str | bytes, *, name: str = "WhatsApp Chat with Jay.txt", **more: Any
) -> ReadResult:
    """Read text as a file of that name."""
    path = folder / "chat"
    path.write_bytes(lines if isinstance(lines, bytes) else lines.encode())
    return read_chat(path, name=name, **more)


def messages_of(result: ReadResult) -> list[Message]:
    return [record for record in result.records if isinstance(record, Message)]


def bodies_of(result: ReadResult) -> list[str | None]:
    return [message.body for message in messages_of(result)]


def codes_of(result: ReadResult) -> dict[str, int]:
    """Return notice codes with their counts, without the zone that every chat is read in."""
    return {notice.code: notice.count for notice in result.notices if notice.code != "zone_assumed"}
