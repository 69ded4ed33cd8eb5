"""Whether what lies under the name of a card's file can be its content: octets or their digits, and no other text.

A name says little: tables and notes are called ``sms.csv`` and ``imsi.txt`` as well.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from parsers.byte_streams import BYTE_ORDER_MARKS
from parsers.sqlite_pages import SQLITE_MAGIC

# Digits without a letter and without gaps are an identifier as somebody typed it; read as octets it would be another.
_PAIRS: Final = re.compile(rb"\s*+(?=[0-9\s]*+[A-Fa-f])(?:[0-9A-Fa-f]{2}[\s:]*+)++")
_GAPPED: Final = re.compile(rb"\s*+[0-9A-Fa-f]{2}(?:[\s:]++[0-9A-Fa-f]{2})++\s*+")
_SWAPPED: Final = {"ICCID": re.compile(rb"\s*98[0-9]{18}\s*"), "IMSI": re.compile(rb"\s*08[0-9]9[0-9]{14}\s*")}
"""Digits alone that are octets all the same: as a card writes its identifiers, two by two the wrong way round."""

_TYPED: Final = re.compile(rb"\s*[0-9][0-9\s:]*")
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f\xff]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_CHARS_A_HIGH: Final = 16
"""Of a text in one of the older encodings at most one character in so many is no ASCII."""

_OF_OTHERS: Final = (
    *(SQLITE_MAGIC, b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"bplist"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
)


def card_octets(content: bytes, file: str = "") -> bytes | None:
    """Return the octets of a card's file, as they are or as pairs of digits alone. None: it is something else.

    Args:
        content: Of the file.
        file: Its name as ``FileRef`` has it; empty: not known.
    """
    if content.startswith(_OF_OTHERS):
        return None
    if not _is_text(content):
        return content
    is_swapped = file in _SWAPPED and _SWAPPED[file].fullmatch(content) is not None
    if is_swapped or _PAIRS.fullmatch(content) or _GAPPED.fullmatch(content):
        return bytes.fromhex(content.decode("ascii").replace(":", " "))
    return None


def could_be_octets(front: bytes, file: str = "") -> bool:
    """Whether the front of a file, which may end within an octet, is such a content."""
    return card_octets(front, file) is not None or card_octets(front[:-1]) is not None


def is_typed(front: bytes) -> bool:
    """Whether a content is digits alone: an identifier as somebody typed it, which is not read."""
    return _TYPED.fullmatch(front) is not None


def _is_text(content: bytes) -> bool:
    """Whether a content is a text, which a card's file by its filling and its lengths is not."""
    if not content:
        return False
    if any(content.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return True
    if _CONTROLS.search(content):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return len(_HIGH.findall(content)) * _CHARS_A_HIGH <= len(content)
    return True
