"""Distinct texts on their way from the reading process to the analysing ones, in portions on disk.

While one process still reads, others analyse what it has read. A portion is a file that appears whole. A text may
come twice (the memory of what was seen is bounded); it is analysed once all the same, for results are kept by text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

_SLOTS: Final = 2**20
_PORTION_CHARS: Final = 2_000_000
_SUFFIX: Final = ".texts"


class TextSpill:
    """Collects texts and writes them in portions. Memory: 8 MiB of slots and one portion."""

    def __init__(self, folder: Path, portion_texts: int) -> None:
        self._folder = folder
        self._portion_texts = portion_texts
        self._seen = array("q", bytes(8 * _SLOTS))
        self._texts: list[str] = []
        self._chars = 0
        self._portions = 0

    def add(self, text: str) -> None:
        """Take a text; one that was seen lately is left out."""
        # The hash of this process alone decides here, never an id: a collision costs a place, not a finding.
        digest = hash(text) or 1
        slot = digest & (_SLOTS - 1)
        if self._seen[slot] == digest:
            return
        self._seen[slot] = digest
        self._texts.append(text)
        self._chars += len(text)
        if len(self._texts) >= self._portion_texts or self._chars >= _PORTION_CHARS:
            self._write()

    def close(self) -> int:
        """Write what is left, and return the number of portions."""
        if self._texts:
            self._write()
        return self._portions

    def _write(self) -> None:
        path = self._folder / f"{self._portions:08d}{_SUFFIX}"
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.msgpack.encode([text.encode("utf-8", "surrogatepass") for text in self._texts]))
        part.rename(path)
        self._portions += 1
        self._texts = []
        self._chars = 0


def portions(folder: Path) -> list[Path]:
    """Return the portions that lie there, oldest first."""
    return sorted(folder.glob(f"*{_SUFFIX}"))


def texts_of(portion: Path) -> Iterator[str]:
    """Yield the texts of a portion."""
    for text in msgspec.msgpack.decode(portion.read_bytes(), type=list[bytes]):
        yield text.decode("utf-8", "surrogatepass")
