"""Objects of an array that an exporter wrote alike: told by what stands between them, and taken many at a time.

So the end of an object is looked for as octets, and it is the end if what lies before it is JSON: the objects are
decoded in any case, and to find their ends by their brackets takes several times as long.
"""

from __future__ import annotations

import re
from typing import Final

_UP_TO_OBJECT: Final = re.compile(rb"[ \t\r\n]{0,64},[ \t\r\n]{0,64}\{")
_MOST_MISSES: Final = 16
_FIRST_RUN_BYTES: Final = 1 << 12
_LARGEST_RUN_BYTES: Final = 1 << 16
_SHRINKS: Final = 8
_FARTHEST_BYTES: Final = 1 << 20
"""The end of one object is not guessed farther on: its brackets tell it then."""


class Between:
    """What stands between the objects of an array, and how many octets of them are worth taking at once."""

    __slots__ = ("_misses", "_octets", "_run_bytes")

    def __init__(self) -> None:
        self._octets = b""
        self._misses = 0
        self._run_bytes = _FIRST_RUN_BYTES

    def guess(self, buffer: bytes, place: int) -> int | None:
        """Return where the object at the place may end. None: nothing speaks for any place."""
        if not self._octets or not buffer.startswith(b"{", place):
            return None
        found = buffer.find(self._octets, place, place + _FARTHEST_BYTES)
        return found + 1 if found != -1 else None

    def guess_run(self, buffer: bytes, place: int, margin: int = 0) -> int | None:
        """Return where the last of several objects from the place on may end. None: nothing speaks for any place.

        Args:
            buffer: What is held of the file.
            place: Where the first of them begins.
            margin: Octets that the buffer must hold behind the end.
        """
        if not self._octets or not buffer.startswith(b"{", place):
            return None
        end = min(place + self._run_bytes, len(buffer) - margin)
        found = buffer.rfind(self._octets, place, end)
        return found + 1 if found != -1 else None

    def behind(self, end: int) -> int:
        """Return where the object after the one that ended there begins."""
        return end + len(self._octets) - 2

    def was_right(self) -> None:
        """Take more at once from now on."""
        self._run_bytes = min(2 * self._run_bytes, _LARGEST_RUN_BYTES)

    def was_wrong(self) -> None:
        """Take less at once; what is decoded in vain stays in proportion to what is not."""
        self._run_bytes = self._run_bytes // _SHRINKS or 1

    def learn(self, buffer: bytes, end: int, *, was_missed: bool) -> int:
        """Take what stands behind an object, and return where the next begins, or the object's end where none does.

        After some misses nothing is guessed any more.
        """
        self._misses += was_missed
        found = _UP_TO_OBJECT.match(buffer, end) if self._misses < _MOST_MISSES else None
        self._octets = b"}" + found[0] if found is not None else b""
        return found.end() - 1 if found is not None else end
