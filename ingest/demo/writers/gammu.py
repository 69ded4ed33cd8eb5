"""Writes truth as Gammu does: .backup (ASCII or UTF-16) and .smsbackup, in its older and its newer form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Final

from ingest.demo.truth import Holding, SavedContact, TextMessage, Travel

_HEAD: Final = (
    "This file format was designed for Gammu and is compatible with Gammu+",
    "See <http://www.gammu.org> for more info",
)
_PIECE: Final = 200
_PART_CHARS: Final = 67
_PARTS_FROM: Final = 70


def smsbackup_text(texts: Iterable[TextMessage], *, is_legacy: bool = False) -> str:
    """Return a .smsbackup; ``is_legacy``: with ``Sent`` and without the type."""
    lines = [*(f"; {line}" for line in _HEAD), ""]
    number = 0
    for reference, text in enumerate(texts, 1):
        for header, body in _parts(text, reference):
            lines.append(f"[SMSBackup{number:03}]")
            lines += _text_lines(text, header, body, is_legacy=is_legacy)
            number += 1
    return "".join(f"{line}\n" for line in lines)


def backup_text(holding: Holding, *, is_unicode: bool = False) -> str:
    """Return a .backup; ``is_unicode``: as it is written when the file is in UTF-16."""
    handset = holding.handset
    assert handset is not None
    lines = [
        *(f"# {line}" for line in _HEAD),
        "[Backup]",
        f'IMEI = "{handset.imei[0]}"',
        f'Phone = "{handset.make} {handset.model}"',
        'Creator = "Gammu 1.42.0"',
        f"DateTime = {_time(holding.read_at)}",
        "Format = 1.06",
        "",
    ]
    for kind, on_sim in (("PhonePBK", False), ("SIMPBK", True)):
        contacts = [contact for contact in holding.contacts if contact.on_sim is on_sim]
        for place, contact in enumerate(contacts, 1):
            lines += [f"[{kind}{place:03}]", f"Location = {place:03}"]
            lines += _contact_lines(contact, is_unicode=is_unicode)
            lines.append("")
    body = "".join(f"{line}\r\n" for line in lines)
    digest = md5(body.encode(), usedforsecurity=False).hexdigest()
    return f"{body}[Checksum]\r\nMD5={digest}\r\n"


def write_smsbackup(path: Path, texts: Iterable[TextMessage], *, is_legacy: bool = False) -> Path:
    """Write a .smsbackup and return the path."""
    path.write_text(smsbackup_text(texts, is_legacy=is_legacy), encoding="utf-8")
    return path


def write_backup(path: Path, holding: Holding, *, is_unicode: bool = False) -> Path:
    """Write a .backup and return the path."""
    text = backup_text(holding, is_unicode=is_unicode)
    path.write_bytes(b"\xfe\xff" + text.encode("utf-16-be") if is_unicode else text.encode())
    return path


def _parts(text: TextMessage, reference: int) -> Iterator[tuple[str | None, str]]:
    body = text.body or ""
    if len(body) <= _PARTS_FROM:
        yield None, body
        return
    pieces = [body[start : start + _PART_CHARS] for start in range(0, len(body), _PART_CHARS)]
    for place, piece in enumerate(pieces, 1):
        yield bytes([5, 0, 3, reference, len(pieces), place]).hex().upper(), piece


def _text_lines(text: TextMessage, header: str | None, body: str, *, is_legacy: bool) -> Iterator[str]:
    came_in = text.travel is Travel.IN
    state = {Travel.IN: "Read", Travel.OUT: "Sent", Travel.DRAFT: "UnSent"}[text.travel]
    peer = text.peers[0] if text.peers else None
    yield f"; {body.encode('ascii', 'replace').decode()[:70]}".replace("\n", " ")
    if came_in:
        yield from _quoted("SMSC", text.smsc or "+447785016005")
    if not is_legacy:
        yield f"PDU = {'Deliver' if came_in else 'Submit'}"
    if text.at is not None:
        yield f"{'Sent' if is_legacy else 'DateTime'} = {_time(text.at)}"
    yield f"State = {'UnRead' if text.status == 'unread' else state}"
    yield from _quoted("Number", peer.written if peer else "")
    yield from _quoted("Name", peer.name or "" if peer else "")
    if header is not None:
        yield f"UDH = {header}"
    coded = body.encode("utf-16-be").hex().upper()
    for place, start in enumerate(range(0, max(len(coded), 1), _PIECE)):
        yield f"Text{place:02} = {coded[start : start + _PIECE]}"
    yield f"Coding = {'Default_No_Compression' if body.isascii() else 'Unicode_No_Compression'}"
    yield f"Folder = {1 if came_in else 2}"
    yield f"Length = {len(body)}"
    yield "Class = -1"
    yield "ReplySMSC = False"
    yield "RejectDuplicates = False"
    yield "ReplaceMessage = 0"
    yield "MessageReference = 0"
    yield ""


def _contact_lines(contact: SavedContact, *, is_unicode: bool) -> Iterator[str]:
    entries = [("Name", contact.name)] if contact.name else []
    entries += [(f"Number{number.label}", number.written) for number in contact.numbers]
    entries += [("Email", email) for email in contact.emails]
    for place, (kind, value) in enumerate(entries):
        yield f"Entry{place:02}Type = {kind}"
        yield from _quoted(f"Entry{place:02}Text", value or "", is_unicode=is_unicode)


def _quoted(key: str, value: str, *, is_unicode: bool = False) -> Iterator[str]:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    if is_unicode:
        yield f'{key} = "{escaped}"'
        return
    yield f'{key} = "{escaped.encode("ascii", "replace").decode()}"'
    yield f"{key}Unicode = {value.encode('utf-16-be').hex().upper()}"


def _time(at: datetime) -> str:
    """Return a time as Gammu writes it: local, and Z where the offset is zero."""
    return f"{at:%Y%m%dT%H%M%S}{'Z' if at.utcoffset() == timedelta() else ''}"
