"""Turns stored bytes into text without losing count of what cannot be text.

An invalid byte run becomes one U+FFFD, a lone surrogate one each; a surrogate pair that was stored as two characters
(CESU-8, as old Java programs write it) is joined to the character that it means. Nothing else is changed.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

REPLACED: Final = ("replaced_characters",)
"""What a body says of itself that holds a replaced character."""

FILLING: Final = "\0"
"""What a copy that was broken off has in the place of what is missing."""

# ``surrogateescape`` turns each invalid byte into U+DC00 plus the byte; a surrogate of its own is three such bytes.
FEWEST_LOST: Final = 32
"""Zeros in a row that are a block which a disk could not read: texts of two or four octets a letter have three."""

_LOST: Final = re.compile(f"(?<=[^\0]){FILLING}{{{FEWEST_LOST // 2},}}(?=[^\0])")
_BINARY: Final = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")
_FEWEST_A_BINARY: Final = 50
"""Characters of a text for each that is none: what a hole is surrounded by is text, or the file is none."""

_HIGH = "\udced[\udca0-\udcaf][\udc80-\udcbf]"
_LOW = "\udced[\udcb0-\udcbf][\udc80-\udcbf]"
_ESCAPED = re.compile(f"({_HIGH})({_LOW})|{_HIGH}|{_LOW}|[\udc80-\udcff]+?(?={_HIGH}|{_LOW}|[^\udc80-\udcff]|$)")
SURROGATE: Final = re.compile("[\ud800-\udfff]")
SURROGATE_PAIR: Final = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_SHIFTS: Final = (0xD800, 0xDC00)


def replaced_in(body: str | None, count: int) -> tuple[str, ...]:
    """Return what a body says of itself where characters of its element were replaced: they may stand elsewhere in it.

    Args:
        body: As read.
        count: Characters of the element that were replaced.
    """
    return REPLACED if count and body is not None and "\N{REPLACEMENT CHARACTER}" in body else ()


def without_filling(raw: bytes) -> tuple[bytes, bool]:
    """Return the last bytes of a text without the filling behind them, and whether there was some."""
    bare = raw.rstrip(FILLING.encode())
    return bare, len(bare) < len(raw)


def without_holes(text: str) -> str:
    """Return the front of a text with a line end for each block of zeros that has text before and behind it.

    By it a format is told; what else it holds must be text, for files of octets have such blocks too: those are
    returned as they stand.
    """
    if FILLING not in text:
        return text
    bare = _LOST.sub("\n", text)
    return text if len(_BINARY.findall(bare)) * _FEWEST_A_BINARY > len(bare) else bare


def decode_stored(raw: bytes) -> tuple[str, int]:
    """Return the bytes as UTF-8 text, and how many characters were replaced in it."""
    try:
        return raw.decode(), 0
    except UnicodeDecodeError:
        return mend_escaped(escaped_text(raw))


def escaped_text(raw: bytes) -> str:
    """Return the bytes as UTF-8 text in which each byte that is none stands as a surrogate, for ``mend_escaped``."""
    return raw.decode("utf-8", "surrogateescape")


def mend_escaped(text: str) -> tuple[str, int]:
    """Return text that was decoded with ``surrogateescape`` as text alone, and how many characters were replaced."""
    if text.isascii() or SURROGATE.search(text) is None:
        return text, 0
    replaced = 0

    def mended(found: re.Match[str]) -> str:
        nonlocal replaced
        if found[1] is not None:
            high, low = (_surrogate(part) - shift for part, shift in zip(found.groups(), _SHIFTS, strict=True))
            return chr(0x10000 + (high << 10) + low)
        replaced += 1
        return "\ufffd"

    text = _ESCAPED.sub(mended, text)
    text, lone = SURROGATE.subn("\ufffd", text)
    return text, replaced + lone


def with_line_feeds(text: str) -> str:
    """Return a text with line feeds for its line ends, by which two sources of it are compared: XML has no others."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def as_told_alike(text: str) -> str:
    """Return a text without what two tools may tell otherwise of one text: line ends, blanks around it, composition."""
    text = with_line_feeds(text).strip()
    return text if text.isascii() else normalize("NFC", text)


def _surrogate(escaped: str) -> int:
    one, two, three = (ord(char) & 0xFF for char in escaped)
    return (one & 0xF) << 12 | (two & 0x3F) << 6 | three & 0x3F
