"""Octets of a text: what they are read from, the marks of their encoding, and the same text as UTF-8, in pieces."""

from __future__ import annotations

import codecs
from typing import Final, Protocol

CHUNK_BYTES: Final = 1 << 16

BYTE_ORDER_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class ByteStream(Protocol):
    """Anything that bytes can be read from; none means the end."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes."""
        ...


class RecodedStream:
    """Reads a text as UTF-8, whatever its encoding is.

    Attributes:
        is_cut: Whether the text ended inside a character; known at its end.
    """

    def __init__(self, stream: ByteStream) -> None:
        self.is_cut = False
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None

    def front(self, fewest_bytes: int) -> bytes:
        """Return the first bytes as they stand, at least so many where there are."""
        first = b""
        while len(first) < fewest_bytes and (more := self._stream.read(CHUNK_BYTES)):
            first += more
        return first

    def recoded_from(self, encoding: str, errors: str, first: bytes) -> bytes:
        """Return the first bytes as UTF-8, and let all that follow be read in their encoding."""
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        return self._recoded(first)

    def read(self) -> bytes:
        """Return a further piece as UTF-8; nothing at the end."""
        while more := self._stream.read(CHUNK_BYTES):
            if recoded := self._recoded(more):
                return recoded
        if self._decoder is not None:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                self.is_cut = True
        return b""

    def _recoded(self, raw: bytes) -> bytes:
        # A lone surrogate becomes three bytes that are no UTF-8, which ``decode_stored`` counts as one.
        return raw if self._decoder is None else self._decoder.decode(raw).encode("utf-8", "surrogatepass")
