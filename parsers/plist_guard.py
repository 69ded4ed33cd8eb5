"""Reads a property list of iOS, XML or binary, whatever it holds: bounded, and nothing in it is followed.

A property list is the one place where a document type is normal; entities that it declares are refused by
``plistlib``, and the file is read whole only up to a size that no list of settings has.
"""

from __future__ import annotations

import plistlib
import struct
from datetime import UTC, datetime
from typing import Final
from xml.parsers.expat import ExpatError

from parsers.clocks import to_utc_text

BINARY_MAGIC: Final = b"bplist00"
MOST_BYTES: Final = 32 * 2**20

_FAULTS: Final = (
    *(plistlib.InvalidFileException, ExpatError, struct.error, ValueError, OverflowError, RecursionError),
    *(LookupError, TypeError, AttributeError, MemoryError),
)


def is_plist(first_bytes: bytes) -> bool:
    """Whether a file starts as a property list does."""
    return first_bytes.startswith(BINARY_MAGIC) or b"<plist" in first_bytes[:1024]


def read_plist(content: bytes) -> dict[str, object] | None:
    """Return the keys and values at the top of a property list; None where it is none, or holds no keys."""
    if len(content) > MOST_BYTES:
        return None
    try:
        found = plistlib.loads(content)
    except _FAULTS:
        return None
    if not isinstance(found, dict):
        return None
    return {key: value for key, value in found.items() if isinstance(key, str)}


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
