"""The texts that an extraction sent, put aside on disk until it is known of which some broadcast may be a copy.

What may be an advert has its template with it, which says what of it fills a slot.
"""

from __future__ import annotations

import struct
from collections.abc import Collection
from pathlib import Path

from parsers.bucketed_rows import BUCKETS, BucketedRows

_TEXT = struct.Struct("<qHH")
"""Hash of the text, octets of it and of its template that follow."""

_LONGEST = 400
"""Code points of a text, and of a template, that are kept: enough to tell it, and at most 1,600 octets."""

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

    def note(self, text: int, body: str, template: str | None = None) -> None:
        """Keep a text, unless it was kept lately. ``template`` None: nothing is compared by it."""
        if text in self._young:
            return
        if text not in self._old:
            octets, masked = _packed(body), b"" if template is None else _packed(template)
            self._rows.buckets[text % BUCKETS] += _TEXT.pack(text, len(octets), len(masked)) + octets + masked
            self._rows.added(_TEXT.size + len(octets) + len(masked))
        if len(self._young) >= _REMEMBERED:
            self._old, self._young = self._young, set()
        self._young.add(text)

    def of(self, wanted: Collection[int]) -> dict[int, tuple[str, str | None]]:
        """Return the texts of these hashes with their templates. Call it once; no text is held any more then.

        A template is None where none was kept.
        """
        found: dict[int, tuple[str, str | None]] = {}
        buckets = {text % BUCKETS for text in wanted}
        for bucket, portion in enumerate(self._rows.portions()):
            place = 0 if bucket in buckets else len(portion)
            while place < len(portion):
                text, length, masked_length = _TEXT.unpack_from(portion, place)
                place += _TEXT.size
                end = place + length + masked_length
                if text in wanted and text not in found:
                    found[text] = (
                        _unpacked(portion[place : place + length]),
                        _unpacked(portion[place + length : end]) or None,
                    )
                place = end
        self._rows.close()
        return found


def _packed(text: str) -> bytes:
    """Return the beginning of a text; a lone surrogate is kept as it is."""
    return text[:_LONGEST].encode("utf-8", "surrogatepass")


def _unpacked(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogatepass")
