"""Reads the directory of a zip archive, and the names in it, which archivers write as they please.

``zipfile`` reads it; what it refuses for the sake of a single name is asked of it again.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, Final, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

UTF8_FLAG: Final = 0x800
_DIRECTORY_MAGIC: Final = b"PK\x01\x02"
_DIRECTORY_BYTES: Final = 46
_LOCATOR: Final = struct.Struct("<4sLQL")
_LOCATOR_MAGIC: Final = b"PK\x06\x07"


def entries_of(path: Path) -> list[ZipInfo]:
    """Return the entries of an archive's directory, in order; folders are among them.

    Raises what ``zipfile`` does where there is no directory, or none that can be read.
    """
    try:
        with ZipFile(path) as archive:
            return archive.infolist()
    except BadZipFile:
        # One of more than 4 GiB that was split, and whose parts were joined, states how many they were.
        with path.open("rb") as file, ZipFile(cast("BinaryIO", _AsOnePiece(file))) as archive:
            return archive.infolist()
    except UnicodeDecodeError:
        # A name that is said to be UTF-8 and is none, of one member, is no reason to lose the directory.
        with path.open("rb") as file, ZipFile(cast("BinaryIO", _WithoutNameFlags(file))) as archive:
            return archive.infolist()


class _AsOnePiece:
    """An archive whose zip64 locator says of no other parts: ``zipfile`` refuses any that has some."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1, /) -> bytes:
        """Return bytes of the archive; of the locator, which is read alone, with one part."""
        data = self._file.read(size)
        if len(data) != _LOCATOR.size or not data.startswith(_LOCATOR_MAGIC):
            return data
        magic, _, offset, _ = _LOCATOR.unpack(data)
        return _LOCATOR.pack(magic, 0, offset, 1)


class _WithoutNameFlags:
    """An archive whose directory says of no name that it is UTF-8: ``zipfile`` reads all in code page 437."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1, /) -> bytes:
        """Return bytes of the archive; of the directory, which is read in one piece, without those flags."""
        data = self._file.read(size)
        if not data.startswith(_DIRECTORY_MAGIC):
            return data
        directory = bytearray(data)
        place = 0
        while directory.startswith(_DIRECTORY_MAGIC, place) and place + _DIRECTORY_BYTES <= len(directory):
            flags = struct.unpack_from("<H", directory, place + 8)[0]
            struct.pack_into("<H", directory, place + 8, flags & ~UTF8_FLAG)
            place += _DIRECTORY_BYTES + sum(struct.unpack_from("<3H", directory, place + 28))
        return bytes(directory)


def slashed(names: list[str]) -> list[str]:
    """Return the names of an archive with ``/`` between, where a program wrote backslashes in all of them."""
    if any("/" in name for name in names):
        return names
    return [name.replace("\\", "/") for name in names]


def name_of(info: ZipInfo) -> str:
    """Return a member's name.

    Archivers of macOS and others write names as UTF-8 and leave out the flag that says so; ``zipfile`` reads them in
    code page 437. What is UTF-8 throughout is no text in a code page, but by an accident of two rare signs.
    """
    if info.flag_bits & UTF8_FLAG or info.filename.isascii():
        return info.filename
    try:
        return unflagged(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        # Newer versions of zipfile take the name from a field beside it, which is Unicode.
        return info.filename


def unflagged(name: bytes) -> str:
    """Return a name that is not said to be UTF-8: UTF-8 where it is all the same, else text in code page 437."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp437")
