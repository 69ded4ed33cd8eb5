"""What stands in front of each member of a zip, apart from the directory: where they disagree, it is damaged."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final
from zipfile import ZipInfo

import msgspec

from parsers.zip_directory import UTF8_FLAG, unflagged

LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
LOCAL_MAGIC: Final = b"PK\x03\x04"
ZIP_MAGICS: Final = (LOCAL_MAGIC, b"PK\x05\x06", b"PK\x07\x08")
"""What a zip begins with: a member, the end of one without members, the mark of one that was split."""
_SIZES_FOLLOW_FLAG: Final = 0x8
_SIZE_UNKNOWN: Final = 0xFFFFFFFF


class LocalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A member as its own header has it; sizes and checksum are None where they stand behind the member."""

    name: str
    flags: int
    method: int
    size_bytes: int | None
    packed_bytes: int | None
    crc: int | None


def local_entry_at(file: BinaryIO, offset: int) -> LocalEntry | None:
    """Return what the local header at the offset says, and leave the file behind it. None: there is none."""
    file.seek(offset)
    header = file.read(LOCAL_HEADER.size)
    if len(header) < LOCAL_HEADER.size or header[:4] != LOCAL_MAGIC:
        return None
    _, _, flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = LOCAL_HEADER.unpack(header)
    stored = file.read(name_bytes)
    name = stored.decode("utf-8", "replace") if flags & UTF8_FLAG else unflagged(stored)
    extra = file.read(extra_bytes)
    if len(extra) < extra_bytes:
        return None
    if _SIZE_UNKNOWN in {packed, size}:
        size, packed = _zip64_sizes(extra)
    is_stated = not flags & _SIZES_FOLLOW_FLAG and bool(packed)
    return LocalEntry(
        name=name,
        flags=flags,
        method=method,
        size_bytes=size if is_stated else None,
        packed_bytes=packed if is_stated else None,
        crc=crc if is_stated else None,
    )


def settle_offsets(file: BinaryIO, infos: list[ZipInfo]) -> None:
    """Put members back where they stand in an archive that lost bytes in its middle.

    ``zipfile`` takes what is missing off all offsets, as if it stood in front of the first member; those before the
    gap are where the directory says.
    """
    gap = -min((info.header_offset for info in infos), default=0)
    if gap <= 0:
        return
    for info in infos:
        if not is_header(file, info.header_offset) and is_header(file, info.header_offset + gap):
            info.header_offset += gap


def is_header(file: BinaryIO, offset: int) -> bool:
    """Whether a member begins at the offset."""
    if offset < 0:
        return False
    file.seek(offset)
    return file.read(len(LOCAL_MAGIC)) == LOCAL_MAGIC


def names_in_front(file: BinaryIO, infos: list[ZipInfo]) -> Iterator[str]:
    """Yield members that stand in front of the first one of the directory: those of another archive, which it hides."""
    first = min((info.header_offset for info in infos if info.header_offset >= 0), default=0)
    offset = 0
    while offset < first and (entry := local_entry_at(file, offset)):
        yield entry.name
        if entry.packed_bytes is None:
            return
        offset = file.tell() + entry.packed_bytes


def _zip64_sizes(extra: bytes) -> tuple[int, int]:
    """Return size and packed size of the zip64 extra field; zeros where it has none."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == 1 and length >= 16 and place + 20 <= len(extra):
            size, packed = struct.unpack_from("<QQ", extra, place + 4)
            return int(size), int(packed)
        place += 4 + length
    return 0, 0
