"""Inflates octets piece by piece, and gives what was whole before a damaged one.

The library throws away what a call had inflated before it met damage: of a small file that is everything. Damage shows
some octets behind where it is: what is inflated in between may be other than it was, so that a notice goes with it.
"""

from __future__ import annotations

import zlib
from typing import Final

_MOST_SAVED_BYTES: Final = 1 << 24
"""What is inflated again before damage: sixteen thousand packed octets come to no more."""


class Inflater:
    """Inflates one stream, in order.

    Args:
        window_bits: As ``zlib.decompressobj`` takes them; negative: without header and checksum.

    Attributes:
        is_damaged: Whether it cannot be inflated further; what ``inflated`` still gives stood before that.
    """

    def __init__(self, window_bits: int = zlib.MAX_WBITS) -> None:
        self.is_damaged = False
        self._inflate = zlib.decompressobj(window_bits)
        self._before = self._inflate.copy()
        self._packed = b""
        self._given = 0
        self._saved = b""

    @property
    def is_ended(self) -> bool:
        """Whether the stream's own end was reached."""
        return self._inflate.eof

    @property
    def wants_more(self) -> bool:
        """Whether further packed octets are to be given; else there is some left of those before."""
        return not self._inflate.unconsumed_tail and not self.is_damaged

    @property
    def unused(self) -> bytes:
        """What stood behind the stream's end, of the octets that were given."""
        return self._inflate.unused_data

    def inflated(self, packed: bytes, size: int) -> bytes:
        """Return what comes next, at most ``size``; empty: nothing yet, or nothing more.

        Args:
            packed: The next octets where it wants more, else none; none at the end of the packed ones too.
            size: At most so many.
        """
        if not self.is_damaged:
            tail = self._inflate.unconsumed_tail
            if packed:
                self._before, self._packed, self._given = self._inflate.copy(), packed, 0
            try:
                given = packed or tail
                piece = self._inflate.decompress(given, size) if given else self._inflate.flush(size)
            except zlib.error:
                self.is_damaged = True
                self._saved = self._before_damage()
            else:
                self._given += len(piece)
                return piece
        piece, self._saved = self._saved[:size], self._saved[size:]
        return piece

    def _before_damage(self) -> bytes:
        """Return what the last octets come to, one by one, behind what was given already."""
        found = bytearray()
        try:
            for octet in self._packed:
                found += self._before.decompress(bytes((octet,)))
                if len(found) > self._given + _MOST_SAVED_BYTES:
                    break
        except zlib.error:
            pass
        return bytes(found[self._given :])
