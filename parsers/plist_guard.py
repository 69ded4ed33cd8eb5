"""Reads a property list of iOS, XML or binary, whatever it holds: bounded, and nothing in it is followed.

A property list is the one place where a document type is normal; entities that it declares are refused by
``plistlib``, and the file is read whole only up to a size that no list of settings has.
"""

from __future__ import annotations

import plistlib
import re
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from xml.parsers.expat import ExpatError

from parsers.clocks import to_utc_text

BINARY_MAGIC: Final = b"bplist00"
MOST_BYTES: Final = 32 * 2**20

_TRAILER: Final = struct.Struct(">6xBBQQQ")
_DATE, _REAL = b"\x33", b"\x23"
_MOST_SECONDS: Final = 6.3e10
"""From 2001 on, some 1,996 years both ways: what lies further is in no year that has four digits, or far off."""

_MOST_REPEATED: Final = 1_000
_FAULTS: Final = (
    *(plistlib.InvalidFileException, ExpatError, struct.error, ValueError, OverflowError, RecursionError),
    *(LookupError, TypeError, AttributeError, MemoryError),
)


class PlistValues(dict[str, object]):
    """The keys of a list with their first values.

    Attributes:
        repeated: Further values of keys that stand in it again, in order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.repeated: list[tuple[str, object]] = []

    def __setitem__(self, key: str, value: object) -> None:
        """Take a value; the first of a key stays, so that none is lost."""
        if key not in self:
            super().__setitem__(key, value)
        elif len(self.repeated) < _MOST_REPEATED:
            self.repeated.append((key, value))


def is_plist(first_bytes: bytes) -> bool:
    """Whether a file starts as a property list does."""
    return first_bytes.startswith(BINARY_MAGIC) or b"<plist" in first_bytes[:1024]


def read_plist(content: bytes) -> PlistValues | None:
    """Return the keys and values at the top of a property list; None where it is none, or holds no keys."""
    if len(content) > MOST_BYTES:
        return None
    found = _loaded(content)
    if found is None:
        whole = _binary_without_odd_dates if content.startswith(BINARY_MAGIC) else _xml_without_odd_values
        found = _loaded(whole(content))
    if not isinstance(found, PlistValues):
        return None
    values = PlistValues()
    for key, value in (*found.items(), *found.repeated):
        # A binary list has keys that are no text, whatever its reader promises.
        if isinstance(key, str):
            values[key] = value
    return values


def _loaded(content: bytes) -> object:
    try:
        found: object = plistlib.loads(content, dict_type=PlistValues)
    except _FAULTS:
        return None
    return found


def _xml_without_odd_values(content: bytes) -> bytes:
    """Return a list with dates and numbers that are none as text: one of them costs no other value."""

    def kept(found: re.Match[bytes]) -> bytes:
        kind, value = found[1], found[2]
        if _READS[kind](value.decode("utf-8", "replace").strip()):
            return found[0]
        return b"<string>" + value + b"</string>"

    return _VALUE.sub(kept, content)


def _is_date(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007  # whether it is one is all that is asked
    except ValueError:
        return False
    return True


def _is_real(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


_VALUE: Final = re.compile(rb"<(date|integer|real)>([^<]{0,100000})</\1>")
_INTEGER: Final = re.compile(r"[+-]?(?:0[xX][0-9A-Fa-f]{1,1000}|[0-9]{1,1000})")
_READS: Final[dict[bytes, Callable[[str], bool]]] = {
    b"date": _is_date,
    b"integer": lambda text: _INTEGER.fullmatch(text) is not None,
    b"real": _is_real,
}


def _binary_without_odd_dates(content: bytes) -> bytes:
    """Return a list with dates that no calendar has as the numbers that they are: both are eight octets."""
    if len(content) < _TRAILER.size + len(BINARY_MAGIC):
        return content
    offset_size, _, count, _, table = _TRAILER.unpack(content[-_TRAILER.size :])
    if not offset_size or count * offset_size > len(content) or table + count * offset_size > len(content):
        return content
    patched = bytearray(content)
    for place in range(table, table + count * offset_size, offset_size):
        at = int.from_bytes(content[place : place + offset_size])
        if content[at : at + 1] == _DATE and len(content) >= at + 9:
            (seconds,) = struct.unpack_from(">d", content, at + 1)
            if not abs(seconds) <= _MOST_SECONDS:
                patched[at : at + 1] = _REAL
    return bytes(patched)


def plist_text(value: object) -> str | None:
    """Return a text or whole number as text. None: it is another thing, or blank."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    return text if text.strip() else None


def plist_utc(value: object) -> str | None:
    """Return a date, which property lists keep in UTC, as RFC 3339."""
    if not isinstance(value, datetime):
        return None
    try:
        return to_utc_text(value if value.tzinfo is not None else value.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
