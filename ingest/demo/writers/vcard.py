"""Writes a phone book as vCards, in the ways of versions 2.1, 3.0 and 4.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ingest.demo.truth import PhoneCall, SavedContact

VERSIONS: Final = ("2.1", "3.0", "4.0")

_FOLD_OCTETS: Final = 75
_CALL_WORDS: Final = {"outgoing": "DIALED", "incoming": "RECEIVED", "missed": "MISSED"}


def cards(contacts: Iterable[SavedContact], version: str, calls: Iterable[PhoneCall] = ()) -> bytes:
    """Return the cards of contacts, and of calls as handsets send their lists."""
    lines: list[bytes] = []
    for contact in contacts:
        lines += [b"BEGIN:VCARD", f"VERSION:{version}".encode(), *_contact(contact, version), b"END:VCARD"]
    for call in calls:
        lines += [b"BEGIN:VCARD", f"VERSION:{version}".encode(), *_call(call, version), b"END:VCARD"]
    return b"".join(line + b"\r\n" for line in lines)


def write_cards(path: Path, contacts: Iterable[SavedContact], version: str, calls: Iterable[PhoneCall] = ()) -> Path:
    """Write the cards and return the path."""
    path.write_bytes(cards(contacts, version, calls))
    return path


def _contact(contact: SavedContact, version: str) -> Iterator[bytes]:
    if contact.name is not None:
        yield from _named("N", contact.name, version, structure=";;;;")
        yield from _named("FN", contact.name, version)
    for number in contact.numbers:
        if version == "2.1":
            yield f"TEL;{number.label.upper()};PREF:{number.written}".encode()
        elif version == "3.0":
            yield f"TEL;TYPE={number.label.upper()},VOICE:{number.written}".encode()
        else:
            yield f'TEL;VALUE=uri;TYPE="{number.label.lower()},voice":tel:{number.written.replace(" ", "-")}'.encode()
    for email in contact.emails:
        yield f"EMAIL;{'INTERNET' if version == '2.1' else 'TYPE=home'}:{email}".encode()


def _call(call: PhoneCall, version: str) -> Iterator[bytes]:
    if call.peer.name:
        yield from _named("FN", call.peer.name, version)
    yield f"TEL;{'' if version == '2.1' else 'TYPE='}VOICE:{call.peer.written}".encode()
    if call.at is not None:
        kind = _CALL_WORDS[call.call_type]
        yield f"X-IRMC-CALL-DATETIME;{'' if version == '2.1' else 'TYPE='}{kind}:{call.at:%Y%m%dT%H%M%S}".encode()


def _named(name: str, value: str, version: str, *, structure: str = "") -> Iterator[bytes]:
    if version == "2.1":
        if value.isascii() and value.isprintable():
            yield f"{name}:{value.replace(';', chr(92) + ';')}{structure}".encode()
            return
        yield from _quoted_printable(f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:", value, structure)
        return
    escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")
    yield from _folded(f"{name}:{escaped}{structure}".encode())


def _folded(line: bytes) -> Iterator[bytes]:
    yield line[:_FOLD_OCTETS]
    for start in range(_FOLD_OCTETS, len(line), _FOLD_OCTETS - 1):
        yield b" " + line[start : start + _FOLD_OCTETS - 1]


def _quoted_printable(head: str, value: str, structure: str) -> Iterator[bytes]:
    octets = [f"={octet:02X}" for octet in value.encode()]
    line = head
    for octet in octets:
        if len(line) + len(octet) > _FOLD_OCTETS:
            yield f"{line}=".encode()
            line = ""
        line += octet
    yield f"{line}{structure}".encode()
