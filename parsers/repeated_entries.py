"""Members of an archive that stand in it twice with the same bytes: nothing is to be chosen between those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import BinaryIO, Final
from zipfile import ZipInfo

from parsers.zip_directory import name_of
from parsers.zip_headers import LOCAL_HEADER, LOCAL_MAGIC

_PIECE_BYTES: Final = 1 << 20


def repeated_entries(file: BinaryIO, infos: Sequence[ZipInfo]) -> frozenset[int]:
    """Return the identities (``id``) of the entries whose name and bytes an earlier entry has.

    The packed bytes are compared, and not their checksums alone, which two contents can share. No more is read than
    the archive is long, so that members laid over each other cost nothing.
    """
    by_name: defaultdict[str, list[ZipInfo]] = defaultdict(list)
    for info in infos:
        by_name[name_of(info)].append(info)
    left = file.seek(0, 2)
    found: set[int] = set()
    for several in by_name.values():
        first = several[0]
        for other in several[1:]:
            if first.is_dir() or not _may_be_one(first, other) or first.compress_size > left:
                continue
            left -= first.compress_size
            if _is_one(file, first, other):
                found.add(id(other))
    return frozenset(found)


def _may_be_one(first: ZipInfo, other: ZipInfo) -> bool:
    return _stated(first) == _stated(other)


def _stated(info: ZipInfo) -> tuple[int, ...]:
    return (
        info.CRC,
        info.file_size,
        info.compress_size,
        info.compress_type,
        info.flag_bits,
        info.create_system,
        info.external_attr,
    )


def _is_one(file: BinaryIO, first: ZipInfo, other: ZipInfo) -> bool:
    """Whether two entries hold the same packed bytes, which are all there."""
    places = (_begin(file, first), _begin(file, other))
    done = 0
    while done < first.compress_size:
        size = min(_PIECE_BYTES, first.compress_size - done)
        pieces = []
        for place in places:
            if place is None:
                return False
            file.seek(place + done)
            pieces.append(file.read(size))
        if pieces[0] != pieces[1] or len(pieces[0]) < size:
            return False
        done += size
    return None not in places


def _begin(file: BinaryIO, info: ZipInfo) -> int | None:
    """Return where the packed bytes of an entry begin. None: its header does not stand where the directory says."""
    if info.header_offset < 0:
        return None
    file.seek(info.header_offset)
    header = file.read(LOCAL_HEADER.size)
    if len(header) < LOCAL_HEADER.size or header[:4] != LOCAL_MAGIC:
        return None
    name_bytes, extra_bytes = LOCAL_HEADER.unpack(header)[9:]
    return int(info.header_offset + LOCAL_HEADER.size + name_bytes + extra_bytes)
