"""The stream inside an adb backup: four lines of text, then a tar archive, deflated or not.

Source: ``BackupManagerService`` of AOSP (Apache-2.0), and FORMATS of the android.backup tools that read it.
"""

from __future__ import annotations

import re
from typing import BinaryIO, Final

import msgspec

from parsers.byte_streams import ByteStream
from parsers.errors import InputRefused
from parsers.inflation import Inflater

MAGIC: Final = b"ANDROID BACKUP\n"

_HEADER = re.compile(rb"ANDROID BACKUP\n([0-9]{1,4})\n([01])\n([^\n]{1,40})\n")
_NOT_ENCRYPTED: Final = b"none"
_RATIO_FROM_BYTES: Final = 1 << 26


class BackupHeader(msgspec.Struct, frozen=True):
    """What the four lines say. ``encryption`` is ``none`` or the method; ``length`` is theirs, in bytes."""

    version: int
    is_deflated: bool
    encryption: str
    length: int

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is needed."""
        return self.encryption != _NOT_ENCRYPTED.decode()


def header_of(first_bytes: bytes) -> BackupHeader | None:
    """Return the header; None where there is none."""
    found = _HEADER.match(first_bytes)
    if found is None:
        return None
    return BackupHeader(int(found[1]), found[2] == b"1", found[3].decode("ascii", "replace"), found.end())


class InflatedStream:
    """Inflates a zlib stream while it is read.

    Attributes:
        damage: Notice code once something was wrong. None: nothing yet.
    """

    def __init__(self, stream: ByteStream, most_bytes: int) -> None:
        """Start at the stream's place; ``most_bytes`` bounds what it may inflate to."""
        self.damage: str | None = None
        self._stream = stream
        self._left_bytes = most_bytes
        self._inflater = Inflater()

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``; none at the end, or where it cannot be read further."""
        inflater = self._inflater
        while not inflater.is_ended and self.damage is None:
            packed = self._stream.read(1 << 14) if inflater.wants_more else b""
            is_at_end = inflater.wants_more and not packed
            piece = inflater.inflated(packed, size)
            self._left_bytes -= len(piece)
            if self._left_bytes < 0:
                self.damage = "limit_reached"
                return b""
            if piece:
                return piece
            if inflater.is_damaged:
                self.damage = "input_malformed"
            elif is_at_end:
                self.damage = "input_truncated"
        return b""

    def is_followed(self) -> bool:
        """Whether bytes stand behind what was inflated; asked at its end."""
        return any(self._inflater.unused) or any(self._stream.read(1 << 14))


def open_stream(file: BinaryIO, size_bytes: int, ratio: int) -> tuple[BackupHeader, ByteStream]:
    """Return the header and the tar archive behind it.

    Args:
        file: The backup, at its front.
        size_bytes: Its size.
        ratio: How many times its size it may inflate to.

    Raises:
        InputRefused: It is no backup, or has a password.
    """
    header = header_of(file.read(128))
    if header is None:
        raise InputRefused("format_unknown", "no adb backup")
    if header.is_encrypted:
        raise InputRefused("backup_encrypted", f"an adb backup with a password ({header.encryption})")
    file.seek(header.length)
    if not header.is_deflated:
        return header, file
    return header, InflatedStream(file, max(_RATIO_FROM_BYTES, size_bytes * ratio))
