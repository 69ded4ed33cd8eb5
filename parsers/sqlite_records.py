"""Reads the records of an SQLite file: the values of a row as they are stored.

Source: https://www.sqlite.org/fileformat2.html, section 2.1.
"""

from __future__ import annotations

import struct
from typing import Final, TypeAlias

Value: TypeAlias = int | float | str | bytes | None
"""A stored value; text that is no text is kept with ``surrogateescape`` (``parsers.stored_text`` mends it)."""

_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_DOUBLE: Final = struct.Struct(">d")
_VARINT_BYTES: Final = 9


class RecordDamage(Exception):
    """Bytes that are no record."""


def record_values(payload: bytes, wanted: tuple[int, ...], encoding: str) -> list[Value]:
    """Return the values of some columns of a record; a column that the record is too short for is None.

    Raises:
        RecordDamage: The record does not hold what its header says.
    """
    header_bytes, place = read_varint(payload, 0)
    if not place <= header_bytes <= len(payload):
        raise RecordDamage
    places: list[tuple[int, int]] = []
    body = header_bytes
    last = max(wanted, default=-1)
    while place < header_bytes and len(places) <= last:
        serial, place = read_varint(payload, place)
        size = _size_of(serial)
        places.append((serial, body))
        body += size
    if body > len(payload):
        raise RecordDamage
    return [_value(payload, *places[column], encoding) if column < len(places) else None for column in wanted]


def stored_count(payload: bytes) -> int:
    """Return how many columns a record holds; rows that are older than a column lack it.

    Raises:
        RecordDamage: It is no record.
    """
    header_bytes, place = read_varint(payload, 0)
    count = 0
    while place < min(header_bytes, len(payload)):
        _, place = read_varint(payload, place)
        count += 1
    return count


def read_varint(raw: bytes, place: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where what follows it begins.

    Raises:
        RecordDamage: The bytes end inside it.
    """
    value = 0
    for offset in range(_VARINT_BYTES):
        if place + offset >= len(raw):
            raise RecordDamage
        byte = raw[place + offset]
        if offset == _VARINT_BYTES - 1:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + offset + 1
    raise RecordDamage


def _size_of(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    if serial == 7:
        return 8
    if serial in {10, 11}:
        raise RecordDamage
    return _INTEGERS.get(serial, 0)


def _value(payload: bytes, serial: int, place: int, encoding: str) -> Value:
    raw = payload[place : place + _size_of(serial)]
    if serial >= 12:
        return _text(raw, encoding) if serial % 2 else raw
    if serial in {8, 9}:
        return serial - 8
    if serial == 7:
        value: float = _DOUBLE.unpack(raw)[0]
        return value
    return int.from_bytes(raw, "big", signed=True) if serial else None


def _text(raw: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return raw.decode("utf-8", "surrogateescape")
    return raw[: len(raw) & ~1].decode(encoding, "surrogatepass")
