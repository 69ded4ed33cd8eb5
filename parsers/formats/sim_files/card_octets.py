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
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f\xff]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_CHARS_A_HIGH: Final = 16
"""Of a text in one of the older encodings at most one character in so many is no ASCII."""

_OF_OTHERS: Final = (
    *(SQLITE_MAGIC, b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"bplist"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
)


def card_octets(content: bytes) -> bytes | None:
    """Return the octets of a card's file, as they are or as pairs of digits alone. None: it is something else."""
    if content.startswith(_OF_OTHERS):
        return None
    if not _is_text(content):
        return content
    if _PAIRS.fullmatch(content) or _GAPPED.fullmatch(content):
        return bytes.fromhex(content.decode("ascii").replace(":", " "))
    return None


def could_be_octets(front: bytes) -> bool:
    """Whether the front of a file, which may end within an octet, is such a content."""
    return card_octets(front) is not None or card_octets(front[:-1]) is not None


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
