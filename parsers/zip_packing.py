"""Ways in which zip archives pack members beside Deflate: bzip2 and LZMA are unpacked piece by piece, others are named.

7-Zip and WinZip offer them; Windows packs what is over 2 GB by Deflate64, for which there is no library.
"""

from __future__ import annotations

import bz2
import lzma
from collections.abc import Callable
from typing import Final, Protocol

_BZIP2, _LZMA = 12, 14
_METHODS: Final = {
    1: "Shrink",
    6: "Implode",
    9: "Deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "XZ",
    96: "JPEG",
    97: "WavPack",
    98: "PPMd",
    99: "AES",
}
_LZMA_HEADER_BYTES: Final = 4
_LZMA_PROPERTIES_BYTES: Final = 5
_MOST_DICTIONARY_BYTES: Final = 1 << 26
"""An archive says how much of its own past the unpacker must keep. 7-Zip's strongest preset says as much."""


class DamagedPacking(Exception):
    """What is packed cannot be unpacked further.

    Attributes:
        code: Notice code of why.
    """

    def __init__(self, code: str = "checksum_wrong") -> None:
        super().__init__(code)
        self.code = code


class Unpacker(Protocol):
    """Unpacks one member.

    Attributes:
        is_ended: Whether the end of what is packed was reached.
    """

    is_ended: bool

    def unpack(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``; none at the end, or where what is packed ends before it.

        Raises:
            DamagedPacking: It cannot be unpacked further.
        """
        ...


def method_name(method: int) -> str:
    """Return what a method is called, with its number in the format."""
    name = _METHODS.get(method)
    return f"method {method}" if name is None else f"{name}, method {method}"


def unpacker_of(method: int, packed: Callable[[int], bytes], size_bytes: int | None) -> Unpacker | None:
    """Return what unpacks a member. None: nothing here does.

    Args:
        method: The method, by its number in the format.
        packed: Returns the next packed bytes, at most as many as it is asked for; none at the end.
        size_bytes: What the member unpacks to, as its archive states it. None: it does not.
    """
    if method == _BZIP2:
        return _Bzip2(packed)
    return _Lzma(packed, size_bytes) if method == _LZMA else None


class _Bzip2:
    """bzip2, one stream a member."""

    def __init__(self, packed: Callable[[int], bytes]) -> None:
        self.is_ended = False
        self._packed = packed
        self._inner = bz2.BZ2Decompressor()

    def unpack(self, size: int) -> bytes:
        """See ``Unpacker``."""
        while not self._inner.eof:
            packed = self._packed(size) if self._inner.needs_input else b""
            if self._inner.needs_input and not packed:
                return b""
            try:
                piece = self._inner.decompress(packed, size)
            except (OSError, ValueError) as error:
                raise DamagedPacking from error
            if piece:
                return piece
        self.is_ended = True
        return b""


class _Lzma:
    """LZMA as zip has it: the program's version, the properties, the stream, with or without a mark at its end."""

    def __init__(self, packed: Callable[[int], bytes], size_bytes: int | None) -> None:
        self.is_ended = False
        self._packed = packed
        self._left_bytes = size_bytes
        self._inner: lzma.LZMADecompressor | None = None

    def unpack(self, size: int) -> bytes:
        """See ``Unpacker``."""
        if self._inner is None:
            self._inner = self._begun()
        if self._left_bytes == 0:
            # Without a mark at the end, what the archive states is all that tells it.
            self.is_ended = True
        wanted = size if self._left_bytes is None else min(size, self._left_bytes)
        while not self.is_ended and not self._inner.eof:
            packed = self._packed(size) if self._inner.needs_input else b""
            if self._inner.needs_input and not packed:
                return b""
            try:
                piece = self._inner.decompress(packed, wanted)
            except (lzma.LZMAError, ValueError) as error:
                raise DamagedPacking from error
            if piece:
                if self._left_bytes is not None:
                    self._left_bytes -= len(piece)
                return piece
        self.is_ended = True
        return b""

    def _begun(self) -> lzma.LZMADecompressor:
        header = self._packed(_LZMA_HEADER_BYTES)
        properties = self._packed(_LZMA_PROPERTIES_BYTES)
        if header[2:] != bytes((_LZMA_PROPERTIES_BYTES, 0)) or len(properties) < _LZMA_PROPERTIES_BYTES:
            raise DamagedPacking
        rest, literal_context = divmod(properties[0], 9)
        position, literal_position = divmod(rest, 5)
        dictionary_bytes = int.from_bytes(properties[1:], "little")
        if dictionary_bytes > _MOST_DICTIONARY_BYTES:
            raise DamagedPacking("limit_reached")
        how = {
            "id": lzma.FILTER_LZMA1,
            "dict_size": max(dictionary_bytes, 1 << 12),
            "lc": literal_context,
            "lp": literal_position,
            "pb": position,
        }
        try:
            return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[how])
        except (lzma.LZMAError, ValueError) as error:
            raise DamagedPacking from error
