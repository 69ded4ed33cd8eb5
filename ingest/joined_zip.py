"""Whether files read behind each other are one whole zip: nothing is missing at its end, nothing of another lies in it.

Names say little: copies are numbered too, and parts of two archives may bear one name. What is asked here of the bytes
(APPNOTE.TXT of PKWARE, 4.3) holds of the parts of one archive in their order, and of next to nothing else.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from parsers.zip_headers import LOCAL_HEADER, LOCAL_MAGIC, ZIP_MAGICS

_END: Final = struct.Struct("<4s4H2LH")
_END_MAGIC: Final = b"PK\x05\x06"
_END_REACH_BYTES: Final = _END.size + 65_535
_LOCATOR: Final = struct.Struct("<4sLQL")
_LOCATOR_MAGIC: Final = b"PK\x06\x07"
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_END64_MAGIC: Final = b"PK\x06\x06"
_END64_UNCOUNTED_BYTES: Final = 12
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_ENTRY_MAGIC: Final = b"PK\x01\x02"
_SPLIT_MAGIC: Final = b"PK\x07\x08"
_MOST_DIRECTORY_BYTES: Final = 2**26
_FULL, _FULL_DISK = 0xFFFFFFFF, 0xFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_CHUNK_BYTES: Final = 2**20
_MOST_RATIO: Final = 200
"""A member that unpacks to more is not unpacked to be looked at."""


class PartFile(msgspec.Struct, frozen=True, kw_only=True):
    """A part as it lies there; one that changes is another."""

    path: Path
    size_bytes: int
    modified_ns: int
    changed_ns: int
    inode: int


class _End(msgspec.Struct, frozen=True, kw_only=True):
    """What the end says; ``place`` is where the directory must end, the places are those in the joined bytes."""

    place: int
    last_disk: int
    begin: int
    directory_bytes: int
    count: int


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    begin: int
    name: bytes
    flags: int
    method: int
    crc: int
    packed_bytes: int
    size_bytes: int


class _Joined:
    """The bytes of the parts behind each other."""

    def __init__(self, parts: Sequence[PartFile]) -> None:
        self._stack = ExitStack()
        self._files = [self._stack.enter_context(part.path.open("rb")) for part in parts]
        self.starts = list(accumulate((part.size_bytes for part in parts), initial=0))
        self.size_bytes = self.starts[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def read(self, place: int, count: int) -> bytes:
        """Return bytes from a place on; fewer where there are no more, none before the beginning."""
        content = b""
        while 0 <= place < self.size_bytes and len(content) < count:
            number = bisect_right(self.starts, place) - 1
            file = self._files[number]
            file.seek(place - self.starts[number])
            got = file.read(min(count - len(content), self.starts[number + 1] - place))
            if not got:
                break
            content += got
            place += len(got)
        return content

    def start_of(self, disk: int) -> int | None:
        """Return where a part begins. None: there is none of that number."""
        return self.starts[disk] if disk < len(self._files) else None


@lru_cache(maxsize=256)
def is_one_zip(parts: tuple[PartFile, ...], *, is_numbered_by_disk: bool) -> bool:
    """Whether the parts in their order are one whole zip.

    Args:
        parts: Two or more.
        is_numbered_by_disk: Places count from the part that they lie in, and the end states how many there are
            (``.z01`` ... ``.zip``); else the bytes were cut where they lay, and the archive knows of no parts.

    Raises:
        OSError: A part cannot be read.
    """
    with _Joined(parts) as joined:
        if not _are_pieces(joined, len(parts)):
            return False
        end = _end_of(joined)
        if end is None or end.last_disk != (len(parts) - 1 if is_numbered_by_disk else 0):
            return False
        entries = _entries_of(joined, end)
        if not entries or not _begins_with(joined, min(entry.begin for entry in entries)):
            return False
        if not all(_is_at_home(joined, entry) for entry in entries):
            return False
        return all(_is_sound(joined, entry) for entry in _over_cuts(entries, joined.starts[1:-1]))


def _are_pieces(joined: _Joined, count: int) -> bool:
    """Whether the first part alone begins as a zip does, and the last alone ends so."""
    begins = [joined.read(start, len(LOCAL_MAGIC)) in ZIP_MAGICS for start in joined.starts[:-1]]
    inner = pairwise(joined.starts[:-1])
    tails = (
        joined.read(max(begin, end - _END_REACH_BYTES), min(end - begin, _END_REACH_BYTES)) for begin, end in inner
    )
    return begins == [True] + [False] * (count - 1) and all(_place_of_end(tail) is None for tail in tails)


def _place_of_end(tail: bytes) -> int | None:
    """Return where the end of a zip stands whose comment reaches to the last byte. None: there is none."""
    place = len(tail)
    while (place := tail.rfind(_END_MAGIC, 0, place)) >= 0:
        if place + _END.size <= len(tail):
            comment_bytes = int(_END.unpack_from(tail, place)[-1])
            if place + _END.size + comment_bytes == len(tail):
                return place
    return None


def _end_of(joined: _Joined) -> _End | None:
    tail_at = max(0, joined.size_bytes - _END_REACH_BYTES)
    tail = joined.read(tail_at, _END_REACH_BYTES)
    at = _place_of_end(tail)
    if at is None:
        return None
    _, last, begun, _, count, directory_bytes, offset, _ = _END.unpack_from(tail, at)
    place = tail_at + at
    locator = joined.read(place - _LOCATOR.size, _LOCATOR.size)
    if locator.startswith(_LOCATOR_MAGIC):
        _, disk, offset64, disks = _LOCATOR.unpack(locator)
        start = joined.start_of(disk)
        record = b"" if start is None else joined.read(start + offset64, _END64.size)
        if start is None or len(record) < _END64.size or not record.startswith(_END64_MAGIC):
            return None
        _, length, _, _, last, begun, _, count, directory_bytes, offset = _END64.unpack(record)
        if start + offset64 + _END64_UNCOUNTED_BYTES + length != place - _LOCATOR.size or disks not in {last + 1, last}:
            return None
        place = start + offset64
    directory_start = joined.start_of(begun)
    if directory_start is None or directory_start + offset + directory_bytes != place:
        return None
    return _End(
        place=place, last_disk=last, begin=directory_start + offset, directory_bytes=directory_bytes, count=count
    )


def _entries_of(joined: _Joined, end: _End) -> list[_Entry]:
    """Return what the directory lists; nothing where it is none, or lists something else than its end says."""
    if end.directory_bytes > _MOST_DIRECTORY_BYTES:
        return []
    directory = joined.read(end.begin, end.directory_bytes)
    entries: list[_Entry] = []
    place = 0
    while place < len(directory):
        if place + _ENTRY.size > len(directory) or not directory.startswith(_ENTRY_MAGIC, place):
            return []
        fields = _ENTRY.unpack_from(directory, place)
        name_end = place + _ENTRY.size + fields[10]
        entry = _entry(joined, fields, directory[name_end - fields[10] : name_end], directory[name_end:][: fields[11]])
        if entry is None:
            return []
        entries.append(entry)
        place = name_end + fields[11] + fields[12]
    return entries if place == end.directory_bytes and len(entries) == end.count else []


def _entry(joined: _Joined, fields: Sequence[int], name: bytes, extra: bytes) -> _Entry | None:
    flags, method, crc, packed, size, disk, offset = (*fields[3:5], *fields[7:10], fields[13], fields[16])
    wide = _wide_numbers(extra)
    try:
        size = next(wide) if size == _FULL else size
        packed = next(wide) if packed == _FULL else packed
        offset = next(wide) if offset == _FULL else offset
    except StopIteration:
        return None
    start = joined.start_of(disk)
    if start is None or disk == _FULL_DISK:
        return None
    return _Entry(
        begin=start + offset, name=name, flags=flags, method=method, crc=crc, packed_bytes=packed, size_bytes=size
    )


def _wide_numbers(extra: bytes) -> Iterator[int]:
    """Yield the sizes and places of more than 4 GiB, in order."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1:
            yield from (number for (number,) in struct.iter_unpack("<Q", extra[4 : 4 + length // 8 * 8]))
            return
        extra = extra[4 + length :]


def _begins_with(joined: _Joined, place: int) -> bool:
    """Whether the first member stands at the beginning, before which one that was split may have its mark."""
    return place == 0 or (place == len(_SPLIT_MAGIC) and joined.read(0, place) == _SPLIT_MAGIC)


def _is_at_home(joined: _Joined, entry: _Entry) -> bool:
    header = joined.read(entry.begin, LOCAL_HEADER.size + len(entry.name))
    if len(header) < LOCAL_HEADER.size + len(entry.name) or not header.startswith(LOCAL_MAGIC):
        return False
    _, _, flags, method, _, _, crc, _, _, name_bytes, _ = LOCAL_HEADER.unpack_from(header)
    is_same = (method, name_bytes, header[LOCAL_HEADER.size :]) == (entry.method, len(entry.name), entry.name)
    return is_same and (bool(flags & _SIZES_FOLLOW) or crc == entry.crc)


def _over_cuts(entries: list[_Entry], cuts: list[int]) -> Iterator[_Entry]:
    """Yield the members that may reach over a cut: of each cut the last one that begins before it."""
    ordered = sorted(entries, key=lambda entry: entry.begin)
    begins = [entry.begin for entry in ordered]
    for number in sorted({bisect_right(begins, cut) - 1 for cut in cuts}):
        yield ordered[number]


def _is_sound(joined: _Joined, entry: _Entry) -> bool:
    """Whether a member unpacks to what its checksum says: a part of another archive of its size shows in this alone."""
    is_known = entry.method in {_STORED, _DEFLATED} and not entry.flags & _ENCRYPTED
    if not is_known or entry.size_bytes > entry.packed_bytes * _MOST_RATIO + _CHUNK_BYTES:
        return False
    crc = size = 0
    for content in _unpacked(joined, entry):
        crc, size = zlib.crc32(content, crc), size + len(content)
        if size > entry.size_bytes:
            return False
    return (crc, size) == (entry.crc, entry.size_bytes)


def _unpacked(joined: _Joined, entry: _Entry) -> Iterator[bytes]:
    """Yield a member unpacked, up to where it is damaged."""
    lengths = LOCAL_HEADER.unpack(joined.read(entry.begin, LOCAL_HEADER.size))[-2:]
    place = entry.begin + LOCAL_HEADER.size + sum(lengths)
    end = place + entry.packed_bytes
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == _DEFLATED else None
    while place < end and (packed := joined.read(place, min(_CHUNK_BYTES, end - place))):
        place += len(packed)
        if inflater is None:
            yield packed
            continue
        try:
            yield (content := inflater.decompress(packed, _CHUNK_BYTES))
            while inflater.unconsumed_tail or len(content) == _CHUNK_BYTES:
                yield (content := inflater.decompress(inflater.unconsumed_tail, _CHUNK_BYTES))
        except zlib.error:
            return
