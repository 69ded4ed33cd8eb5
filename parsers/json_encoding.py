"""Tells the encoding that a JSON file is written in, and reads UTF-16 as the UTF-8 that JSON is.

Editors and scripts of Windows save it as UTF-16 (``Out-File``, "Unicode"), with a mark in front or without one.
"""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from typing import Final, Protocol

from parsers.byte_streams import BYTE_ORDER_MARKS
from parsers.stored_text import SURROGATE

UTF_8_MARK: Final = b"\xef\xbb\xbf"
_MARKS: Final = BYTE_ORDER_MARKS[1:]
# Without a mark: what begins an object or array, or the white space before it.
_FRONTS: Final = {
    **{bytes((code, 0)): "utf-16-le" for code in b"{[ \t\r\n"},
    **{bytes((0, code)): "utf-16-be" for code in b"{[ \t\r\n"},
}
LONGEST_FRONT: Final = 3
"""So many octets tell the encoding."""


class _ByteStream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def wide_encoding_of(front: bytes) -> tuple[str, int] | None:
    """Return the codec of a file in UTF-16 and the length of its mark. None: it is read as UTF-8."""
    for mark, codec in _MARKS:
        if front.startswith(mark):
            return codec, len(mark)
    codec_without = _FRONTS.get(front[:2])
    return None if codec_without is None else (codec_without, 0)


def json_front(first_bytes: bytes) -> bytes:
    """Return the front of a file as UTF-8, without a mark and the white space before the first value."""
    wide = wide_encoding_of(first_bytes)
    if wide is not None:
        codec, mark_length = wide
        first_bytes = first_bytes[mark_length:].decode(codec, "replace").encode()
    return first_bytes.removeprefix(UTF_8_MARK).lstrip()


class WideJson:
    """Reads a stream of UTF-16 as UTF-8. A lone surrogate becomes the escape that JSON has for it."""

    def __init__(self, stream: _ByteStream, codec: str, held: bytes) -> None:
        self._stream = stream
        self._decoder: IncrementalDecoder = getincrementaldecoder(codec)("surrogatepass")
        self._held = held
        self._is_over = False

    def read(self, size: int, /) -> bytes:
        """Return what up to ``size`` bytes of the file are; nothing at its end alone."""
        while not self._is_over:
            raw = self._held or self._stream.read(size)
            self._held = b""
            self._is_over = not raw
            text = self._decoded(raw)
            if text:
                return _as_utf_8(text)
        return b""

    def _decoded(self, raw: bytes) -> str:
        try:
            return self._decoder.decode(raw, not raw)
        except UnicodeDecodeError:
            # Half a unit is left at the end of the file.
            return "\ufffd"


def _as_utf_8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
