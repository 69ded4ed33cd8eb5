"""Guards against hostile and damaged zip archives: names, counts and sizes are checked before a member is opened.

The central directory is read with ``zipfile`` (zip64 included); members are streamed from their local header by
``MemberStream``, because ``zipfile`` throws the last block away when the checksum is wrong, and cannot open an archive
whose end is missing at all. Nothing is ever extracted to a path that an archive names.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self
from zipfile import BadZipFile, LargeZipFile, ZipInfo

import msgspec

from parsers.archive_names import safe_names
from parsers.contract import Limits
from parsers.errors import InputRefused
from parsers.inflation import Inflater
from parsers.repeated_entries import repeated_entries
from parsers.zip_directory import entries_of, name_of, slashed
from parsers.zip_headers import (
    LOCAL_HEADER,
    LOCAL_MAGIC,
    is_header,
    local_entry_at,
    names_in_front,
    settle_offsets,
)
from parsers.zip_packing import DamagedPacking, method_name, unpacker_of
from parsers.zip_parts import settle_parts

DAMAGED_ARCHIVE: Final = "damaged zip archive"
"""Subject of the refusal of an archive of which nothing can be opened."""

_END_MAGIC: Final = b"PK\x05\x06"
_END64_MAGIC: Final = b"PK\x06\x06"
_LOCATOR64_MAGIC: Final = b"PK\x06\x07"
_LOCATOR64_BYTES: Final = 20
_END_REACH_BYTES: Final = (1 << 16) + 22 + _LOCATOR64_BYTES + 56
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAG: Final = 0x1
_UNIX = 3
_RATIO_FROM_BYTES: Final = 1 << 20
"""Below this a ratio says nothing: an empty page of XML compresses well."""

_MOST_PROVED: Final = 5_000
"""Of so many members it is looked whether each begins where the directory says; of more only in a damaged archive."""


class ArchiveMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member that is safe to open.

    Attributes:
        name: Name as stored, ``/`` between, also where a program of Windows wrote another mark.
        size_bytes: Size as the archive states it; None where it does not (an archive without its end).
        packed_bytes: Bytes in the archive; None as above.
        crc: CRC-32 as the archive states it; None as above.
    """

    name: str
    size_bytes: int | None
    packed_bytes: int | None
    crc: int | None
    method: int
    is_encrypted: bool
    header_offset: int


class MemberStream:
    """Reads one member, and keeps what was whole when the member is damaged.

    Attributes:
        damage: Notice code once something was wrong: ``checksum_wrong``, ``input_truncated``, ``limit_reached``.
            None: the member was whole, or is not read to its end yet.
    """

    def __init__(self, archive: BinaryIO, member: ArchiveMember, limits: Limits) -> None:
        """Start reading at the member's local header."""
        self.damage: str | None = None
        self._archive = archive
        self._member = member
        self._limit_bytes = _limit_bytes(member, limits)
        self._left_bytes = member.packed_bytes
        self._inflater = Inflater(-zlib.MAX_WBITS) if member.method == _DEFLATED else None
        self._unpacker = unpacker_of(member.method, self._packed, member.size_bytes)
        self._read_bytes = 0
        self._crc = 0
        self._is_ended = False
        self._place = 0
        if member.header_offset < 0:
            # Bytes are missing in the middle: the directory at the end points to before the front.
            self._end("input_truncated")
            return
        archive.seek(member.header_offset)
        header = archive.read(LOCAL_HEADER.size)
        if len(header) < LOCAL_HEADER.size or header[:4] != LOCAL_MAGIC:
            self._end("input_truncated" if len(header) < LOCAL_HEADER.size else "checksum_wrong")
            return
        name_bytes, extra_bytes = LOCAL_HEADER.unpack(header)[9:]
        self._place = archive.seek(name_bytes + extra_bytes, 1)

    @property
    def can_unpack(self) -> bool:
        """Whether the member is packed in a way that is read here."""
        return self._unpacker is not None or self._member.method in {_STORED, _DEFLATED}

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``; none at the end, or where the member cannot be read further."""
        if self._is_ended:
            return b""
        if self._unpacker is not None:
            piece = self._unpacked(size)
        else:
            piece = self._packed(size) if self._inflater is None else self._inflated(self._inflater, size)
        if not piece:
            self._check_whole()
            return b""
        self._read_bytes += len(piece)
        self._crc = zlib.crc32(piece, self._crc)
        if self._read_bytes > self._limit_bytes:
            self._end("limit_reached")
        return piece

    def _packed(self, size: int) -> bytes:
        wanted = size if self._left_bytes is None else min(size, self._left_bytes)
        # The members of an archive share its file, and two may be read by turns.
        self._archive.seek(self._place)
        piece = self._archive.read(wanted) if wanted else b""
        self._place += len(piece)
        if self._left_bytes is not None:
            self._left_bytes -= len(piece)
        return piece

    def _inflated(self, inflater: Inflater, size: int) -> bytes:
        while not inflater.is_ended:
            packed = self._packed(size) if inflater.wants_more else b""
            is_at_end = inflater.wants_more and not packed
            piece = inflater.inflated(packed, size)
            if piece or is_at_end:
                return piece
            if inflater.is_damaged:
                self._end("checksum_wrong")
                return b""
        return b""

    def _unpacked(self, size: int) -> bytes:
        assert self._unpacker is not None
        try:
            return self._unpacker.unpack(size)
        except DamagedPacking as damaged:
            self._end(damaged.code)
            return b""

    @property
    def _is_short(self) -> bool:
        """Whether what was read is less than the member."""
        if self._unpacker is not None:
            return not self._unpacker.is_ended
        if self._inflater is not None:
            return not self._inflater.is_ended
        return bool(self._left_bytes) or self._member.size_bytes is None

    def _check_whole(self) -> None:
        if self.damage is not None:
            return
        member = self._member
        if self._is_short:
            self._end("input_truncated")
        elif member.crc is not None and (self._crc != member.crc or self._read_bytes != member.size_bytes):
            self._end("checksum_wrong")
        else:
            self._is_ended = True

    def _end(self, damage: str) -> None:
        self.damage = self.damage or damage
        self._is_ended = True


def damage_of(stream: object) -> str | None:
    """Return the notice code of what was wrong with a member's bytes, known once they are read; None: nothing."""
    return stream.damage if isinstance(stream, MemberStream) else None


class Archive:
    """A zip archive that was found safe to open.

    Attributes:
        members: The members that can be opened, in the order of the directory; folders are left out.
        refused: Names of members that are not safe (absolute, with ``..`` or a drive, a link, a name twice), of those
            that stand in front of the first one in the directory; and of those that do not begin where the directory
            says, which are among ``members`` too.
        locked: Names of the members that need a password, beside others that need none. Where all need one they are
            ``members``, and none can be opened.
        repeated: Names of members that stand there once more with the same bytes, of which the first is read.
        has_end: Whether the archive's directory was there. False: the members were found from the front.
    """

    def __init__(
        self,
        file: BinaryIO,
        members: Sequence[ArchiveMember],
        refused: tuple[str, ...],
        *,
        has_end: bool,
        repeated: tuple[str, ...] = (),
    ) -> None:
        is_all = all(member.is_encrypted for member in members)
        self.members = tuple(member for member in members if is_all or not member.is_encrypted)
        self.locked = () if is_all else tuple(member.name for member in members if member.is_encrypted)
        self.refused = refused
        self.repeated = tuple(name for name in repeated if name not in self.locked)
        self.has_end = has_end
        self._file = file

    def open(self, member: ArchiveMember, limits: Limits) -> MemberStream:
        """Return a stream of the member; one at a time.

        Raises:
            InputRefused: The member is encrypted, or packed by a method that is not read.
        """
        if member.is_encrypted:
            raise InputRefused("input_protected", "encrypted archive")
        stream = MemberStream(self._file, member, limits)
        if not stream.can_unpack:
            raise InputRefused("packing_not_read", method_name(member.method))
        return stream

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Yield the notice code and the name of each member that is not read because of what it is."""
        yield from (("member_refused", name) for name in self.refused)
        yield from (("member_locked", name) for name in self.locked)
        yield from (("member_repeated", name) for name in self.repeated)

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(path: Path, limits: Limits) -> Archive:
    """Open a zip archive for reading.

    An archive whose end is missing (a copy that was cut off) gives the members that stand at its front, up to the
    first whose size is not stated in front of it; the last of them ends where the file ends.

    Raises:
        InputRefused: No zip archive, too many members, an XML member twice, or a ratio of size that only an attack has.
    """
    if _stated_member_count(path) > limits.archive_members:
        raise InputRefused("archive_refused", f"more than {limits.archive_members} members")
    file = path.open("rb")
    try:
        try:
            infos = entries_of(path)
        except (BadZipFile, LargeZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
            return _open_without_end(file, error)
        _refuse_bomb(infos, path.stat().st_size, limits)
        settle_parts(file, infos)
        settle_offsets(file, infos)
        repeated = repeated_entries(file, infos)
        members, refused = _safe_members([info for info in infos if id(info) not in repeated])
        refused = (*refused, *names_in_front(file, infos), *_lost(file, members))
    except InputRefused:
        file.close()
        raise
    again = [name_of(info) for info in infos if id(info) in repeated]
    held = {member.name for member in members}
    # What stands there once more of a member that is not read is not read either.
    refused = (*refused, *(name for name in again if name not in held))
    return Archive(file, members, refused, has_end=True, repeated=tuple(name for name in again if name in held))


def _limit_bytes(member: ArchiveMember, limits: Limits) -> int:
    if member.packed_bytes is None:
        return limits.member_bytes
    return min(limits.member_bytes, max(_RATIO_FROM_BYTES, member.packed_bytes * limits.archive_ratio))


def _stated_member_count(path: Path) -> int:
    """Return how many members the end of the archive states, without reading the directory; 0 where it has no end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_REACH_BYTES))
        tail = file.read()
    end = tail.rfind(_END_MAGIC)
    # What is packed may hold the mark of the larger record by chance: it counts where the locator stands between.
    if end >= _LOCATOR64_BYTES and tail[end - _LOCATOR64_BYTES :].startswith(_LOCATOR64_MAGIC):
        end64 = tail.rfind(_END64_MAGIC, 0, end - _LOCATOR64_BYTES)
        if end64 != -1 and len(tail) >= end64 + 40:
            return int(struct.unpack_from("<Q", tail, end64 + 32)[0])
    if end == -1 or len(tail) < end + 12:
        return 0
    return int(struct.unpack_from("<H", tail, end + 10)[0])


def _refuse_bomb(infos: list[ZipInfo], archive_bytes: int, limits: Limits) -> None:
    if len(infos) > limits.archive_members:
        raise InputRefused("archive_refused", f"more than {limits.archive_members} members")
    unpacked = sum(info.file_size for info in infos)
    # Overlapping members make a bomb without any single member having a high ratio.
    if unpacked > max(_RATIO_FROM_BYTES, archive_bytes * limits.archive_ratio):
        raise InputRefused("archive_refused", f"more than {limits.archive_ratio} times its size when unpacked")


def _safe_members(infos: list[ZipInfo]) -> tuple[tuple[ArchiveMember, ...], tuple[str, ...]]:
    # ``orig_filename`` is the name before zipfile cuts it at a NUL.
    names = slashed([name_of(info) for info in infos])
    safe = safe_names([info.orig_filename for info in infos], names)
    members: list[ArchiveMember] = []
    refused: list[str] = []
    for info, name, is_safe in zip(infos, names, safe, strict=True):
        if not is_safe or (info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16)):
            refused.append(name)
        elif not name.endswith("/"):
            members.append(
                ArchiveMember(
                    name=name,
                    size_bytes=info.file_size,
                    packed_bytes=info.compress_size,
                    crc=info.CRC,
                    method=info.compress_type,
                    is_encrypted=bool(info.flag_bits & _ENCRYPTED_FLAG),
                    header_offset=info.header_offset,
                )
            )
    return tuple(members), tuple(refused)


def _lost(file: BinaryIO, members: Sequence[ArchiveMember]) -> Iterator[str]:
    """Yield the members whose beginning does not stand where the directory says: nothing of them can be read."""
    if len(members) > _MOST_PROVED and all(member.header_offset >= 0 for member in members):
        return
    for member in members:
        if member.size_bytes and not is_header(file, member.header_offset):
            yield member.name


def _open_without_end(file: BinaryIO, error: Exception) -> Archive:
    found = list(_members_from_front(file))
    names = slashed([member.name for member in found])
    safe = safe_names(names, names)
    refused = [name for name, is_safe in zip(names, safe, strict=True) if not is_safe]
    members = [
        msgspec.structs.replace(member, name=name)
        for member, name, is_safe in zip(found, names, safe, strict=True)
        if is_safe and not name.endswith("/")
    ]
    if not members:
        raise InputRefused("archive_damaged", DAMAGED_ARCHIVE) from error
    return Archive(file, members, tuple(refused), has_end=False)


def _members_from_front(file: BinaryIO) -> Iterator[ArchiveMember]:
    offset = 0
    while member := _member_at(file, offset):
        yield member
        if member.packed_bytes is None:
            return
        offset = file.tell() + member.packed_bytes


def _member_at(file: BinaryIO, offset: int) -> ArchiveMember | None:
    """Return the member whose local header stands at the offset; the file is left behind that header."""
    entry = local_entry_at(file, offset)
    if entry is None:
        return None
    return ArchiveMember(
        name=entry.name,
        size_bytes=entry.size_bytes,
        packed_bytes=entry.packed_bytes,
        crc=entry.crc,
        method=entry.method,
        is_encrypted=bool(entry.flags & _ENCRYPTED_FLAG),
        header_offset=offset,
    )
