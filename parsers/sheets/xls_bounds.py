"""Looks into an .xls for how large its sheets say they are, before a library makes a block of that size.

A sheet of this form has at most 65,536 rows of 256 columns. Its records hold larger numbers too, and a block is made of
whatever they say: one octet makes 600 GB of a few cells.

Source: MS-CFB (sectors, directory, mini stream), MS-XLS 2.4.90 (Dimensions) and 2.5.19 (Cell).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

MOST_ROWS: Final = 65_536
MOST_COLUMNS: Final = 256

_HEADER_BYTES: Final = 512
_ENTRY_BYTES: Final = 128
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, the end of a chain, the table itself."""

_STREAM, _ROOT = 2, 5
_NAMES: Final = frozenset({"workbook", "book"})
_DIMENSIONS: Final = 0x0200
_CELLS: Final = frozenset({0x0006, 0x00D6, 0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x0406, 0x0206})
_ROWS_OF_CELLS: Final = frozenset({0x00BD, 0x00BE})
_MOST_SECTORS: Final = 1 << 20


def is_within_bounds(path: Path) -> bool:
    """Whether every sheet of an .xls is as large as such a sheet can be, or smaller. What is none is not."""
    try:
        with path.open("rb") as file:
            return all(_is_bounded(record, content) for record, content in _records(_workbook_of(file)))
    except (struct.error, IndexError, UnicodeDecodeError):
        return False


def _is_bounded(record: int, content: bytes) -> bool:
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    if record == _DIMENSIONS and len(content) >= 14:
        first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", content)
        return first_row <= last_row <= MOST_ROWS and first_column <= last_column <= MOST_COLUMNS
    if record == _DIMENSIONS and len(content) >= 10:
        first_row, last_row, first_column, last_column = struct.unpack_from("<HHHH", content)
        return first_row <= last_row and first_column <= last_column <= MOST_COLUMNS
    if record in _CELLS and len(content) >= 4:
        _, first_column = struct.unpack_from("<HH", content)
        return first_column < MOST_COLUMNS
    if record in _ROWS_OF_CELLS and len(content) >= 6:
        _, first_column = struct.unpack_from("<HH", content)
        (last_column,) = struct.unpack_from("<H", content, len(content) - 2)
        return first_column < MOST_COLUMNS and last_column < MOST_COLUMNS
    return True


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        record, size = struct.unpack_from("<HH", stream, place)
        yield record, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _workbook_of(file: BinaryIO) -> bytes:
    """Return the stream of the sheets.

    Raises:
        IndexError: The file is no such container, or a chain of it leads nowhere or in a circle.
    """
    header = file.read(_HEADER_BYTES)
    sector_bytes, mini_bytes = (
        1 << struct.unpack_from("<H", header, 30)[0],
        1 << struct.unpack_from("<H", header, 32)[0],
    )
    if sector_bytes not in (512, 4096) or mini_bytes != 64:
        raise IndexError("sector size")
    directory_start, mini_limit, mini_start = struct.unpack_from("<I4xII", header, 48)
    table = _allocation_table(file, header, sector_bytes)
    directory = _chain(file, table, directory_start, sector_bytes)
    root = b""
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        entry = directory[place : place + _ENTRY_BYTES]
        kind = entry[66]
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == _ROOT:
            root = _chain(file, table, start, sector_bytes)[:size]
        name = entry[: max(0, min(64, struct.unpack_from("<H", entry, 64)[0] - 2))].decode("utf-16-le", "replace")
        if kind == _STREAM and name.casefold() in _NAMES:
            if size >= mini_limit:
                return _chain(file, table, start, sector_bytes)[:size]
            mini_table = _numbers(_chain(file, table, mini_start, sector_bytes))
            pieces = [root[each * mini_bytes : (each + 1) * mini_bytes] for each in _follow(mini_table, start)]
            return b"".join(pieces)[:size]
    raise IndexError("no workbook")


def _allocation_table(file: BinaryIO, header: bytes, sector_bytes: int) -> list[int]:
    numbers = [each for each in _numbers(header[76:]) if each < _END]
    following, count = struct.unpack_from("<II", header, 68)
    for _ in range(min(count, _MOST_SECTORS)):
        if following >= _END:
            break
        more = _numbers(_sector(file, following, sector_bytes))
        numbers += [each for each in more[:-1] if each < _END]
        following = more[-1]
    if len(numbers) > _MOST_SECTORS:
        raise IndexError("allocation table")
    return [entry for number in numbers for entry in _numbers(_sector(file, number, sector_bytes))]


def _chain(file: BinaryIO, table: list[int], start: int, sector_bytes: int) -> bytes:
    return b"".join(_sector(file, number, sector_bytes) for number in _follow(table, start))


def _follow(table: list[int], start: int) -> Iterator[int]:
    number, left = start, len(table)
    while number < _END:
        if left == 0:
            raise IndexError("chain in a circle")
        left -= 1
        yield number
        number = table[number]


def _sector(file: BinaryIO, number: int, sector_bytes: int) -> bytes:
    file.seek((number + 1) * sector_bytes)
    return file.read(sector_bytes)


def _numbers(content: bytes) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<I", content[: len(content) // 4 * 4])]
