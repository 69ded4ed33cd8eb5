"""Which code page a file of messages is written in that states no character set and holds no UTF-8.

Programs for Windows wrote its page. Where any line with more than ASCII is UTF-8 or states its character set, or one
holds the beginning of a character of UTF-8, the file is what it says, and what is none of it was damaged.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from parsers.byte_streams import ByteStream
from parsers.plain_lines import PlainLines
from parsers.sheets.code_pages import code_page_of
from parsers.vcard_properties import CHARSET

_CHARSET: Final = CHARSET.encode()
_OF_UTF_8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x81\x8d\x8f\x90\x9d\xfe\xff]")
"""Octets that no text in these pages has, and those that erased memory has."""

_MOST_BYTES: Final = 1 << 20
"""Octets by which the page is told."""


def page_in(stream: ByteStream, line_chars: int) -> str | None:
    """Return the page of a file, as Python names it. None: UTF-8, as far as the file does not say otherwise."""
    odd: list[bytes] = []
    size = 0
    for line in chain.from_iterable(PlainLines(stream, line_chars).raw_batches()):
        if line.isascii():
            continue
        if _CHARSET in line.upper() or _is_utf_8(line) or _OF_UTF_8.search(line) or _NO_TEXT.search(line):
            return None
        odd.append(line)
        size += len(line)
        if size > _MOST_BYTES:
            break
    return code_page_of(iter(odd)) if odd else None


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


class PagedStream:
    """Reads a text in a page of single octets as UTF-8."""

    def __init__(self, stream: ByteStream, page: str) -> None:
        self._stream = stream
        self._page = page

    def read(self, size: int, /) -> bytes:
        """Return what ``size`` octets of the text are, which may be more of UTF-8."""
        return self._stream.read(size).decode(self._page, "replace").encode()
