"""The texts that an extraction sent, put aside on disk until it is known of which some broadcast may be a copy.

What may be an advert has its template with it, which says what of it fills a slot.
"""

from __future__ import annotations

import struct
from array import array
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import numpy as np
import numpy.typing as npt

_LENGTHS = struct.Struct("<HH")
"""Octets of a text and of its template, which follow."""

_LONGEST = 400
"""Code points of a text, and of a template, that are kept: enough to tell it, and at most 1,600 octets."""

_REMEMBERED = 20_000
"""Texts of one generation that are not written again; there are two generations."""

_HELD_BYTES: Final = 2**20
"""Of texts that wait to be written: a write for each would cost more than keeping it."""
_MOST_BYTES: Final = _LENGTHS.size + 2 * 4 * _LONGEST


class SentBodies:
    """Keeps distinct texts by their hashes: the texts in a file, of each the hash and the place in memory.

    The file has no name, and is gone with the object or the process.

    Args:
        scratch_dir: Where texts are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_file", "_found", "_hashes", "_held", "_old", "_places", "_scratch_dir", "_spilled_bytes", "_young")

    def __init__(self, scratch_dir: Path | None = None) -> None:
        self._scratch_dir = scratch_dir
        self._file: IO[bytes] | None = None
        self._spilled_bytes = 0
        self._held = bytearray()
        self._hashes, self._places = array("q"), array("q")
        self._found: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
        self._young: set[int] = set()
        self._old: set[int] = set()

    def note(self, text: int, body: str, template: str | None = None) -> None:
        """Keep a text, unless it was kept lately. ``template`` None: nothing is compared by it."""
        if text in self._young:
            return
        if text not in self._old:
            octets, masked = _packed(body), b"" if template is None else _packed(template)
            self._hashes.append(text)
            self._places.append(self._spilled_bytes + len(self._held))
            self._held += _LENGTHS.pack(len(octets), len(masked)) + octets + masked
            if len(self._held) >= _HELD_BYTES and self._scratch_dir is not None:
                self._spill(self._scratch_dir)
        if len(self._young) >= _REMEMBERED:
            self._old, self._young = self._young, set()
        self._young.add(text)

    def of(self, text: int) -> tuple[str, str | None] | None:
        """Return the text of a hash with its template, or None where none was kept; nothing is noted after that.

        The template is None where none was kept.
        """
        hashes, places = self._found or self._sorted()
        at = int(np.searchsorted(hashes, text))
        if at == len(hashes) or hashes[at] != text:
            return None
        octets = self._read(int(places[at]))
        length, masked_length = _LENGTHS.unpack_from(octets)
        end = _LENGTHS.size + length
        return _unpacked(octets[_LENGTHS.size : end]), _unpacked(octets[end : end + masked_length]) or None

    def close(self) -> None:
        """Remove the scratch file; no text is held any more. Safe to call twice."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._held, self._found = bytearray(), None
        self._hashes, self._places = array("q"), array("q")

    def _sorted(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        self._young, self._old = set(), set()
        hashes, places = (np.array(each, dtype=np.int64) for each in (self._hashes, self._places))
        self._hashes, self._places = array("q"), array("q")
        order = np.argsort(hashes, kind="stable")  # of a text that was kept twice the first is read
        self._found = hashes[order], places[order]
        return self._found

    def _read(self, place: int) -> bytes:
        if self._file is None or place >= self._spilled_bytes:
            start = place - self._spilled_bytes
            return bytes(self._held[start : start + _MOST_BYTES])
        self._file.seek(place)
        return self._file.read(_MOST_BYTES)  # what was put aside at one time ends with a whole text

    def _spill(self, scratch_dir: Path) -> None:
        if self._file is None:
            self._file = TemporaryFile(dir=scratch_dir)  # noqa: SIM115 - kept until close()
        self._file.seek(0, 2)
        self._file.write(self._held)
        self._spilled_bytes += len(self._held)
        self._held.clear()


def _packed(text: str) -> bytes:
    """Return the beginning of a text; a lone surrogate is kept as it is."""
    return text[:_LONGEST].encode("utf-8", "surrogatepass")


def _unpacked(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogatepass")
