"""Where the members stand in a zip that was split into ``.z01`` ... ``.zip`` and whose parts were joined.

The directory counts their places from the beginning of their part (APPNOTE.TXT of PKWARE, 4.4.16), and no part says
how long it was. Members stand behind each other, so that the first of each part is found where the one before it ends.
"""

from __future__ import annotations

from typing import BinaryIO, Final
from zipfile import ZipInfo

from parsers.zip_directory import name_of
from parsers.zip_headers import LOCAL_HEADER, is_header, local_entry_at

_SPLIT_MAGIC: Final = b"PK\x07\x08"
_REACH_BYTES: Final = 64
"""Between two members stand at most the sizes and the checksum of the first (24 bytes)."""


def settle_parts(file: BinaryIO, infos: list[ZipInfo]) -> None:
    """Put the members of a joined archive where they stand in it; those of no split archive are left as they are.

    One that is not found gets a place before the file, and is named as lost by whoever reads it.
    """
    file.seek(0)
    is_of_parts = file.read(len(_SPLIT_MAGIC)) == _SPLIT_MAGIC or any(info.volume for info in infos)
    if not is_of_parts or all(is_header(file, info.header_offset) for info in infos):
        return
    shifts: dict[int, int] = {}
    place = 0
    for info in sorted(infos, key=lambda info: (info.volume, info.header_offset)):
        if info.volume not in shifts:
            begin = _begin_from(file, place, info)
            if begin is None:
                info.header_offset = -1
                continue
            shifts[info.volume] = begin - info.header_offset
        info.header_offset += shifts[info.volume]
        place = _end_of(file, info)


def _begin_from(file: BinaryIO, place: int, info: ZipInfo) -> int | None:
    """Return where a member begins, from a place on. None: not there."""
    for begin in range(place, place + _REACH_BYTES):
        if is_header(file, begin):
            entry = local_entry_at(file, begin)
            return begin if entry is not None and entry.name == name_of(info) else None
    return None


def _end_of(file: BinaryIO, info: ZipInfo) -> int:
    file.seek(info.header_offset + 26)
    lengths = file.read(4)
    name_bytes, extra_bytes = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    return info.header_offset + LOCAL_HEADER.size + name_bytes + extra_bytes + info.compress_size
