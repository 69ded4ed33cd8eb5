"""The text of ``attributedBody``: an NSAttributedString in Apple's typedstream, of which only the string is read.

From iOS 16 on ``text`` is often NULL and the text stands here alone. The string follows the name of its class: the mark
``84 01 2B``, its length (one byte; ``81`` and two bytes; ``82`` and four bytes, the lowest first), and UTF-8.
"""

from __future__ import annotations

import re
from typing import Final

from parsers.stored_text import decode_stored

_HEADER: Final = (b"streamtyped", b"typedstream")
_HEADER_REACH: Final = 16
_STRING = re.compile(rb"NS(?:Mutable)?String")
_MARK: Final = b"\x84\x01+"
_MARK_REACH: Final = 64
_TWO_BYTES, _FOUR_BYTES = 0x81, 0x82


def attributed_text(raw: bytes) -> tuple[str, int] | None:
    """Return the text, and how many characters were replaced in it. None: it holds none that can be read."""
    if not any(name in raw[:_HEADER_REACH] for name in _HEADER):
        return None
    for found in _STRING.finditer(raw):
        place = raw.find(_MARK, found.end(), found.end() + _MARK_REACH)
        if place == -1:
            continue
        span = _span(raw, place + len(_MARK))
        if span is not None:
            return decode_stored(raw[span[0] : span[1]])
    return None


def _span(raw: bytes, place: int) -> tuple[int, int] | None:
    """Return where the string begins and ends. None: it would end behind the value."""
    if place >= len(raw):
        return None
    size, start = raw[place], place + 1
    wide = {_TWO_BYTES: 2, _FOUR_BYTES: 4}.get(size)
    if wide is not None:
        size, start = int.from_bytes(raw[start : start + wide], "little"), start + wide
    elif size >= 0x80:
        return None
    return (start, start + size) if start + size <= len(raw) else None
