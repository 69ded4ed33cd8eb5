"""Writes texts and phone books as backups of Nokia handsets: of Series 40 (.nbf) and of PC Suite (.nfb, .ncc)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ingest.demo.truth import Holding, Peer, SavedContact, TextMessage, Travel
from ingest.demo.writers.sms_octets import SmsForm, sms_octets

_HERE: Final = ZoneInfo("Europe/London")
_FOLDERS: Final = {Travel.IN: "1", Travel.OUT: "3", Travel.DRAFT: "5"}
_BOXES: Final = {
    Travel.IN: ("1020", "INBOX", "2"),
    Travel.OUT: ("1021", "OUTBOX", "3"),
    Travel.DRAFT: ("1023", "TEMPLATE", "5"),
}
_NOBODY: Final = "+35856789123456789123"
_MOST_SEPTETS_OF_LINE: Final = 153
_PACKED_AT: Final = (2024, 7, 8, 9, 15, 30)


def message_file(text: TextMessage, number: int, unit: bytes, part: int = 1, total: int = 1) -> tuple[str, bytes]:
    """Return path and octets of one part of a text, as a handset of Series 40 keeps it.

    Args:
        text: The text.
        number: The handset's own number of the file.
        unit: The SMS, without a service centre.
        part: Which part it is, from 1.
        total: How many parts there are.
    """
    came_in = text.travel is Travel.IN
    peer = text.peers[0].written if text.peers else ""
    head = struct.pack(">HHI", 2, 1, len(unit))
    fields = b"" if came_in else _recipients(text.peers)
    fields = _field(0x10, b"\0" * 40) + _field(0x11, b"\0") + _field(3, _wide(text.body or "")) + fields
    trailer = b"\x01" + struct.pack(">H", len(fields)) + fields
    size = 0xB0 + len(unit) + len(trailer)
    head += struct.pack(">I", size) + bytes(0x5E - 12) + _wide(peer)[:80].ljust(0xB0 - 0x5E, b"\0")
    digits = "".join(filter(str.isdigit, peer))[-12:].zfill(12)
    seconds = 0 if text.at is None else _seconds(text.at)
    parts = f"{total << 20 | part << 12:08X}" if total > 1 else "00000000"
    name = f"{number:08X}{seconds:08X}00B7201000500000{parts}{'0' * 25}{digits}0000007C"
    return f"predefmessages/{_FOLDERS[text.travel]}/{name}", head + unit + trailer


def nbf_files(texts: Iterable[TextMessage]) -> dict[str, bytes]:
    """Return the files of the messages of a handset, by their paths."""
    files: dict[str, bytes] = {}
    for text in texts:
        several = text.travel is not Travel.IN and len(text.peers) > 1
        kept = replace(text, peers=(Peer(_NOBODY),)) if several else text
        units = sms_octets(kept, SmsForm(service_centre=None), reference=len(files) + 1 & 0xFF)
        for part, unit in enumerate(units, 1):
            octets = unit[1:] if text.travel is Travel.IN else _with_validity(unit[1:])
            path, content = message_file(text, len(files) + 1, octets, part, len(units))
            files[path] = content
    return files


def write_nbf(path: Path, texts: Iterable[TextMessage]) -> Path:
    """Write the messages as the zip that a handset makes of itself and return its path."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in nbf_files(texts).items():
            archive.writestr(ZipInfo(name, _PACKED_AT), content)
    return path


def write_message_folder(folder: Path, texts: Iterable[TextMessage]) -> Path:
    """Write the messages as the folder that such a zip unpacks to and return its path."""
    for name, content in nbf_files(texts).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def nfb_bytes(holding: Holding) -> bytes:
    """Return a backup of PC Suite: its head, then a folder, and files of lines."""
    handset = holding.handset
    names = ("RM-1", f"{handset.make} {handset.model}") if handset else ("", "")
    entries = [struct.pack("<I", 2) + _counted("\\MPAPI")]
    for name, lines in (
        ("\\MPAPI\\CONTACTS", contact_lines(holding.contacts)),
        ("\\MPAPI\\MESSAGES", message_lines(holding.texts)),
        ("\\MPAPI\\CALENDAR", ("1450\tPIT_CLDR2_MEMO\t1451\t2024-02-05\t1453\tdentist",)),
    ):
        content = "".join(f"{line}\r\n" for line in lines).encode("utf-16-le", "surrogatepass")
        entries.append(
            struct.pack("<I", 1) + _counted(name) + struct.pack("<I", len(content)) + content + b"\x01\2\3\4"
        )
    head = struct.pack("<I", 3) + b"".join(map(_counted, names))
    return head + struct.pack("<I", len(entries)) + b"".join(entries)


def write_nfb(path: Path, holding: Holding) -> Path:
    """Write the handset as a backup of PC Suite and return its path."""
    path.write_bytes(nfb_bytes(holding))
    return path


def write_ncc(path: Path, texts: Iterable[TextMessage]) -> Path:
    """Write the messages as Content Copier does, lines alone, and return its path."""
    lines = "".join(f"{line}\r\n" for line in message_lines(texts))
    path.write_bytes(lines.encode("utf-16", "surrogatepass"))
    return path


def message_lines(texts: Iterable[TextMessage]) -> Iterator[str]:
    """Yield the lines of the messages, a part a line."""
    for reference, text in enumerate(texts, 1):
        code, box, folder = _BOXES[text.travel]
        body = (text.body or "").replace("\n", "\\n")
        pieces = [body[start : start + _MOST_SEPTETS_OF_LINE] for start in range(0, len(body), _MOST_SEPTETS_OF_LINE)]
        for part, piece in enumerate(pieces or [""], 1):
            fields = [code, f"PIT_MESSAGE_{box}", "1031", folder, "1032", "", "1033", piece, "1035", "0", "1036", "3"]
            if text.smsc:
                fields += ["1040", text.smsc]
            if text.at is not None:
                fields += ["1041", f"{text.at.astimezone(_HERE):%Y-%m-%dT%H:%M}"]
            if len(pieces) > 1:
                fields += ["1049", f"6,5,0,3,{reference & 0xFF},{len(pieces)},{part}"]
            side = "1080" if text.travel is Travel.IN else "1081"
            for peer in text.peers:
                fields += [side, peer.written]
            yield "\t".join(fields)


def contact_lines(contacts: Iterable[SavedContact]) -> Iterator[str]:
    """Yield the lines of the phone book."""
    for contact in contacts:
        fields = ["225", "PIT_CONTACT_SIM"] if contact.on_sim else ["200", "PIT_CONTACT"]
        fields += ["202", contact.name or ""]
        for number in contact.numbers:
            fields += ["208", number.written]
        for email in contact.emails:
            fields += ["205", email]
        yield "\t".join(fields)


def _with_validity(unit: bytes) -> bytes:
    """Return what was submitted with the octet of validity that handsets keep in it, though the first says none."""
    place = 4 + (unit[2] + 1) // 2 + 2
    return unit[:place] + b"\xff" + unit[place:]


def _recipients(peers: tuple[Peer, ...]) -> bytes:
    fields = b""
    for number, peer in enumerate(peers):
        fields += _field(4, bytes([number])) + _field(0x2B, _wide(peer.written) + b"\0\0")
        fields += _field(0x2C, _wide(peer.name or "") + b"\0\0")
    return fields


def _field(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + struct.pack(">H", len(content)) + content


def _wide(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _counted(text: str) -> bytes:
    octets = text.encode("utf-16-le")
    return struct.pack("<I", len(octets) // 2) + octets


def _seconds(at: datetime) -> int:
    local = at.astimezone(_HERE).replace(tzinfo=None)
    return int((local - datetime(1980, 1, 1)).total_seconds())  # noqa: DTZ001 - the handset counts its own clock
