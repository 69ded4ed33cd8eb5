"""Cuts texts of an XML stream that are longer than any message, before the parser holds them: pictures in Base64.

A text is what stands between two ``<``; of a longer one the rest up to the next ``<``, or up to the end of its CDATA
section, is left out. The markup itself is never touched.
"""

from __future__ import annotations

from typing import Final

_CDATA_END: Final = b"]]>"
CUT_MARK: Final = "\ufdd0\ufdd2"
"""Stands at the end of a text that was cut; no text ends so by itself, because ``xml_guard`` doubles U+FDD0."""

_LONGEST_REFERENCE: Final = 12


def without_cut_mark(text: str) -> tuple[str, bool]:
    """Return a text without the mark, and whether it was cut."""
    bare = text.removesuffix(CUT_MARK)
    if bare == text or (len(bare) - len(bare.rstrip(CUT_MARK[0]))) % 2:
        return text, False
    return bare, True


class LongTextCutter:
    """Cuts a stream chunk by chunk.

    Attributes:
        cut_count: Texts that were cut.
    """

    def __init__(self, most_bytes: int) -> None:
        self.cut_count = 0
        self._most = most_bytes
        self._run = 0
        self._is_cutting = False
        self._held = b""

    def feed(self, chunk: bytes) -> bytes:
        """Return what goes on to the parser; up to two bytes are held back for the next call."""
        chunk = self._held + chunk
        self._held = b""
        if not self._is_cutting and self._run + len(chunk) <= self._most:
            # No text in it can be too long: only the one that goes on behind it is measured.
            last = chunk.rfind(b"<")
            self._run = self._run + len(chunk) if last == -1 else len(chunk) - last - 1
            return chunk
        kept: list[bytes] = []
        place = 0
        while place < len(chunk):
            if self._is_cutting:
                place = self._passed(chunk, place)
                continue
            end = chunk.find(b"<", place)
            stop = len(chunk) if end == -1 else end
            room = self._most - self._run
            if stop - place > room:
                # Neither a character of several bytes nor a reference is cut in two.
                while room > 0 and chunk[place + room] & 0xC0 == 0x80:
                    room -= 1
                reference = chunk.rfind(b"&", place + max(0, room - _LONGEST_REFERENCE), place + room)
                room = room if reference == -1 else reference - place
                kept += (chunk[place : place + room], CUT_MARK.encode())
                place += room
                self.cut_count += 1
                self._is_cutting = True
                continue
            self._run += stop - place
            if end != -1:
                self._run = 0
                stop += 1
            kept.append(chunk[place:stop])
            place = stop
        return b"".join(kept)

    def restart(self) -> None:
        """Take it that what is fed next begins outside of any text."""
        self._run, self._is_cutting, self._held = 0, False, b""

    def close(self) -> bytes:
        """Return what was held back."""
        held, self._held = self._held, b""
        return b"" if self._is_cutting else held

    def _passed(self, chunk: bytes, place: int) -> int:
        """Return where what is cut ends; the end of the chunk where it goes on."""
        ends = [found for mark in (b"<", _CDATA_END) if (found := chunk.find(mark, place)) != -1]
        if ends:
            self._is_cutting = False
            self._run = 0
            return min(ends)
        # The end of a CDATA section may stand across two chunks.
        held = next((size for size in (2, 1) if chunk.endswith(_CDATA_END[:size])), 0)
        self._held = chunk[len(chunk) - held :] if held else b""
        return len(chunk)
