"""Tells whether a page of an SQLite table holds what its own header says: all bytes of it are accounted for.

Bytes behind the content's start are cells, free blocks or fragments, and their sizes add up to the page. Where they do
not, a number of the page is damaged, and cells are missing that nothing else would tell of.

Source: https://www.sqlite.org/fileformat2.html, section 1.6.
"""

from __future__ import annotations

import struct
from typing import Final

from parsers.sqlite_records import RecordDamage, read_varint

INTERIOR_TABLE, LEAF_TABLE = 0x05, 0x0D

_HEADER: Final = struct.Struct(">BHHHB")
_FREE_BLOCK: Final = struct.Struct(">HH")
_INTERIOR_HEADER, _LEAF_HEADER = 12, 8
_CHILD_BYTES: Final = 4
_OVERFLOW_BYTES: Final = 4
_SMALLEST: Final = 4
"""No cell and no free block takes fewer bytes."""

_LARGEST_PAGE: Final = 65_536


def local_bytes(size: int, usable: int) -> int:
    """Return how many bytes of a row's payload stand in its own page; the others are in a chain of overflow pages."""
    most = usable - 35
    if size <= most:
        return size
    fewest = (usable - 12) * 32 // 255 - 23
    local = fewest + (size - fewest) % (usable - 4)
    return local if local <= most else fewest


def is_whole(page: bytes, start: int, usable: int) -> bool:
    """Whether all bytes of a table's page are accounted for.

    Args:
        page: The page.
        start: Where its header begins: behind the file's own on the first page.
        usable: Bytes of a page that SQLite uses.
    """
    try:
        kind, free, count, content, fragments = _HEADER.unpack_from(page, start)
        header_bytes = _LEAF_HEADER if kind == LEAF_TABLE else _INTERIOR_HEADER
        places = struct.unpack_from(f">{count}H", page, start + header_bytes)
        content = content or _LARGEST_PAGE
        if start + header_bytes + 2 * count > content or (count and min(places) < content):
            return False
        size_of = _leaf_cells if kind == LEAF_TABLE else _interior_cells
        total: int = content + fragments + _free_bytes(page, free, content) + size_of(page, places, usable)
    except (struct.error, IndexError, RecordDamage):
        return False
    return total == usable


def _free_bytes(page: bytes, place: int, content: int) -> int:
    total = 0
    last = content - 1
    while place:
        if place <= last:
            raise RecordDamage
        following, size = _FREE_BLOCK.unpack_from(page, place)
        if size < _SMALLEST:
            raise RecordDamage
        total += size
        last, place = place, following
    return total


def _leaf_cells(page: bytes, places: tuple[int, ...], usable: int) -> int:
    total = 0
    most = usable - 35
    for place in places:
        size, behind = page[place], place + 1
        if size >= 0x80:
            second = page[behind]
            if second < 0x80:
                size, behind = (size & 0x7F) << 7 | second, behind + 1
            else:
                size, behind = read_varint(page, place)
        if page[behind] < 0x80:
            behind += 1
        elif page[behind + 1] < 0x80:
            behind += 2
        else:
            _, behind = read_varint(page, behind)
        taken = behind - place
        taken += size if size <= most else local_bytes(size, usable) + _OVERFLOW_BYTES
        total += max(taken, _SMALLEST)
    return total


def _interior_cells(page: bytes, places: tuple[int, ...], _usable: int) -> int:
    return sum(read_varint(page, place + _CHILD_BYTES)[1] - place for place in places)
