"""Sections of XML in which nothing is markup: CDATA, comments, processing instructions."""

from __future__ import annotations

import re
from typing import Final

CDATA_END: Final = b"]]>"
_CDATA_START: Final = b"<![CDATA["
_ENDS: Final = {_CDATA_START: CDATA_END, b"<!--": b"-->", b"<?": b"?>"}
_START = re.compile(b"|".join(map(re.escape, _ENDS)))
LONGEST_START: Final = len(_CDATA_START)
_LESS_THAN: Final = ord("<")


class Sections:
    """Tells in which section the places of a chunk stand, asked for from front to back, in one walk over the chunk.

    Args:
        chunk: The chunk; no start of a section stands across its ends.
        end: What ends the section that it begins in; empty where it begins in none.
    """

    __slots__ = ("_chunk", "_end", "_next", "_next_end", "_resumes_at")

    def __init__(self, chunk: bytes, end: bytes) -> None:
        self._chunk = chunk
        self._end = end
        self._look(0)

    def end_at(self, place: int) -> bytes:
        """Return what ends the section that a place stands in, empty where it stands in none; not before the last."""
        while -1 < self._next < place:
            self._end = self._next_end
            self._look(self._resumes_at)
        return self._end

    def _look(self, place: int) -> None:
        """Find where the section changes next."""
        if self._end:
            self._next = self._chunk.find(self._end, place)
            self._resumes_at = self._next + len(self._end)
            self._next_end = b""
            return
        found = _START.search(self._chunk, place)
        self._next = -1 if found is None else found.start()
        if found is not None:
            self._resumes_at = found.end()
            self._next_end = _ENDS[found[0]]


def section_end_behind(chunk: bytes, end: bytes) -> bytes:
    """Return what ends the section that a chunk ends in, given that of its beginning; empty for none."""
    if end in {b"", CDATA_END} and chunk.rfind(b"<!--") < 0 and not _has_instruction(chunk):
        # As nearly every chunk is: where there is CDATA alone, its last marks tell.
        last_start, last_end = chunk.rfind(_CDATA_START), chunk.rfind(CDATA_END)
        return end if last_start == last_end else CDATA_END if last_start > last_end else b""
    return Sections(chunk, end).end_at(len(chunk))


def _has_instruction(chunk: bytes) -> bool:
    """Whether a processing instruction begins in the chunk; sought by its rarer character, which takes a fifteenth."""
    at = chunk.find(b"?", 1)
    while at > 0:
        if chunk[at - 1] == _LESS_THAN:
            return True
        at = chunk.find(b"?", at + 1)
    return False
