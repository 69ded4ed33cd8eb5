"""The texts that an extraction sent, put aside on disk until it is known of which some broadcast may be a copy."""

from __future__ import annotations

import struct
from collections.abc import Collection
from pathlib import Path

from parsers.bucketed_rows import BUCKETS, BucketedRows

_TEXT = struct.Struct("<qH")
"""Hash of the text, octets that follow."""

_LONGEST = 400
"""Code points of a text that are kept: enough to tell it, and at most 1,600 octets."""

_REMEMBERED = 20_000
"""Texts of one generation that are not written again; there are two generations."""


class SentBodies:
    """Keeps distinct texts by their hashes.

    Args:
        scratch_dir: Where texts are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_old", "_rows", "_young")

    def __init__(self, scratch_dir: Path | None = None) -> None:
        self._rows = BucketedRows(scratch_dir)
        self._young: set[int] = set()
        self._old: set[int] = set()

    def note(self, text: int, body: str) -> None:
        """Keep a text, unless it was kept lately."""
        if text in self._young:
            return
        if text not in self._old:
            # a lone surrogate is kept as it is
            octets = body[:_LONGEST].encode("utf-8", "surrogatepass")
            self._rows.buckets[text % BUCKETS] += _TEXT.pack(text, len(octets)) + octets
            self._rows.added(_TEXT.size + len(octets))
        if len(self._young) >= _REMEMBERED:
            self._old, self._young = self._young, set()
        self._young.add(text)

    def of(self, wanted: Collection[int]) -> dict[int, str]:
        """Return the texts of these hashes. Call it once; no text is held any more then."""
        found: dict[int, str] = {}
        buckets = {text % BUCKETS for text in wanted}
        for bucket, portion in enumerate(self._rows.portions()):
            place = 0 if bucket in buckets else len(portion)
            while place < len(portion):
                text, length = _TEXT.unpack_from(portion, place)
                place += _TEXT.size
                if text in wanted and text not in found:
                    found[text] = portion[place : place + length].decode("utf-8", "surrogatepass")
                place += length
        self._rows.close()
        return found
