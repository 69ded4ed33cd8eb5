"""Which encoding a text file has: told by its mark, by its zero bytes, else by whether it is UTF-8 throughout.

What is no UTF-8 is read in a code page of Windows (``code_pages``), unless most of its characters beyond ASCII are
UTF-8: then it is UTF-8 with damaged places, each of which becomes one U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from parsers.byte_streams import BYTE_ORDER_MARKS
from parsers.sheets.code_pages import code_page_of

CHUNK_BYTES: Final = 1 << 16
END_OF_FILE: Final = "\x1a"
"""What programs of DOS write behind a text."""

_UTF_8: Final = "utf-8"
_ZERO_SHARE: Final = 0.3
_INVALID_RUN = re.compile("[\udc80-\udcff]+")
_WEIGHTS: Final = (1, 3, 10)
"""How much a character of two, three or four bytes shows: chance makes none of four out of single bytes."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


class Encoding(msgspec.Struct, frozen=True):
    """How the bytes of a file become text.

    Attributes:
        name: As Python names it.
        mark_bytes: Length of the byte order mark.
        is_assumed: Whether nothing but the bytes themselves tells it.
    """

    name: str
    mark_bytes: int = 0
    is_assumed: bool = False


def encoding_of_front(first_bytes: bytes) -> Encoding | None:
    """Return the encoding that the front of a file shows by itself. None: one of single bytes, or UTF-8."""
    for mark, name in BYTE_ORDER_MARKS:
        if first_bytes.startswith(mark):
            return Encoding(name, len(mark))
    # The last character of UTF-16 may have lost a zero to the filling; by then it is told.
    told = first_bytes.rstrip(b"\0")
    half = len(told) // 2
    if not half:
        return None
    even, odd = told[: half * 2 : 2].count(0) / half, told[1::2].count(0) / half
    if odd >= _ZERO_SHARE > even:
        return Encoding("utf-16-le")
    return Encoding("utf-16-be") if even >= _ZERO_SHARE > odd else None


def encoding_of(path: Path) -> Encoding:
    """Return the encoding of a file; reads it to its end where its front does not show it."""
    with path.open("rb") as file:
        front = file.read(CHUNK_BYTES)
        shown = encoding_of_front(front)
        if shown is not None:
            return shown
        file.seek(0)
        if _is_utf_8(iter(lambda: file.read(CHUNK_BYTES), b"")):
            return Encoding(_UTF_8)
        file.seek(0)
        return Encoding(code_page_of(iter(lambda: file.read(CHUNK_BYTES), b"")), is_assumed=True)


def page_of(pieces: Callable[[], Iterator[bytes]]) -> str | None:
    """Return the code page of a file of single bytes. None: it is UTF-8, with damaged places at most.

    Args:
        pieces: Gives the octets of the whole file, each time anew.
    """
    return None if _is_utf_8(pieces()) else code_page_of(pieces())


def encoding_of_text(raw: bytes) -> Encoding:
    """Return the encoding of the front of a file; a character that is cut at its end says nothing."""
    shown = encoding_of_front(raw)
    if shown is not None:
        return shown
    return Encoding(_UTF_8) if _is_utf_8(iter((raw,))) else Encoding(code_page_of(iter((raw,))), is_assumed=True)


def decoded(path: Path, encoding: Encoding) -> Iterator[str]:
    """Yield the text of a file piece by piece. What cannot be text stands in it as surrogates (``mend_escaped``).

    Raises:
        UnicodeDecodeError: At the end, where the file ends inside a character of two bytes.
    """
    errors = "surrogatepass" if encoding.name.startswith("utf-16") else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding.name)(errors)
    with path.open("rb") as file:
        file.seek(encoding.mark_bytes)
        while raw := file.read(CHUNK_BYTES):
            yield decoder.decode(raw)
        yield decoder.decode(b"", final=True)


def _is_utf_8(pieces: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder(_UTF_8)("surrogateescape")
    valid = invalid = 0
    for piece in pieces:
        text = decoder.decode(piece)
        if not text.isascii():
            invalid += len(_INVALID_RUN.findall(text))
            valid += sum(_WEIGHTS[(char > "\u07ff") + (char > "\uffff")] for char in _BEYOND_ASCII.findall(text))
    return valid >= invalid
