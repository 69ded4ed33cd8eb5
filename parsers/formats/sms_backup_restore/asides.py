"""What of XML is no markup, however much it looks like it: comments, CDATA sections, processing instructions."""

from __future__ import annotations

import re
from typing import Final

TAG = re.compile(rb"""<[a-z]+(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>""")
_TAG_START = re.compile(rb"<[a-z]")
_COMMENT: Final = b"<!--"
_SECTION: Final = b"<![CDATA["
_INSTRUCTION: Final = b"<?"
_ENDS: Final = {_COMMENT: b"-->", _SECTION: b"]]>", _INSTRUCTION: b"?>"}
_OPENING = re.compile(rb"<!--|<!\[CDATA\[|<\?(?=[A-Za-z_:])")


def may_hold_asides(content: bytes, begin: int = 0, end: int | None = None) -> bool:
    """Whether an aside can begin in a part of the content; much cheaper than to look whether one does."""
    return any(content.find(opening, begin, end) != -1 for opening in _ENDS)


def without_asides(content: bytes) -> bytes:
    """Return the content without what is no markup.

    A comment that does not end takes all that follows; anything else that does not hides nothing.
    """
    if not may_hold_asides(content):
        return content
    pieces: list[bytes] = []
    place = searched = 0
    unended: set[bytes] = set()
    while (found := _OPENING.search(content, searched)) is not None:
        stop = -1 if found[0] in unended else content.find(_ENDS[found[0]], found.end())
        searched = found.end()
        if stop == -1 and found[0] != _COMMENT:
            unended.add(found[0])
            continue
        pieces.append(content[place : found.start()])
        place = searched = stop + len(_ENDS[found[0]]) if stop != -1 else len(content)
    return b" ".join([*pieces, content[place:]])


class Asides:
    """Walks a file from front to back and tells which places stand in an aside.

    What looks like the beginning of one in a value of a tag is none: somebody may have typed it. So is the beginning of
    a CDATA section or an instruction behind a tag that is broken, as far as it is known where its values end: what a
    damaged file holds is not hidden by it. Neither hides anything where it has no end, which is known at the end of
    the file alone.

    Attributes:
        has_open: Whether one of these two has no end.
        walked: A place outside of asides; what begins an element in front of it and was not yielded is none.
    """

    def __init__(self) -> None:
        self.has_open = False
        self.walked = 0
        self._is_behind_broken = False
        self._is_file_ended = False
        self._unended: set[bytes] = set()

    def may_begin(self, buffer: bytes, begin: int, place: int) -> bool:
        """Whether an aside can begin between two places, of what was not walked; much cheaper than to walk."""
        return may_hold_asides(buffer, max(begin, self.walked), place)

    def forget(self, begin: int | None) -> None:
        """Take it that the next buffer begins at a place of the last one. None: nothing of that one counts any more."""
        self.walked = 0 if begin is None else max(0, self.walked - begin)

    def end_file(self) -> None:
        """Take it that the next buffer is the last."""
        self._is_file_ended = True
        self.walked = 0

    def end_of(self, buffer: bytes, begin: int, place: int) -> int:
        """Return where the aside ends that a place stands in.

        Args:
            buffer: What is looked at.
            begin: Where to begin; outside of asides.
            place: The place; it is returned where it stands in none, and one beyond the buffer where the aside goes on.
        """
        at = max(begin, self.walked)
        is_broken = self._is_behind_broken and self.walked > begin
        while (start := buffer.find(b"<", at, place)) != -1:
            opening = _OPENING.match(buffer, start)
            if opening is None or (is_broken and opening[0] != _COMMENT):
                tag = TAG.match(buffer, start, place)
                is_broken = is_broken or (tag is None and _TAG_START.match(buffer, start) is not None)
                at = tag.end() if tag is not None else start + 1
                continue
            end = -1 if opening[0] in self._unended else buffer.find(_ENDS[opening[0]], opening.end())
            if end == -1 and self._is_file_ended and opening[0] != _COMMENT:
                self.has_open = True
                self._unended.add(opening[0])
                at = opening.end()
                continue
            self._is_behind_broken = is_broken
            if end == -1:
                self.walked = start
                return len(buffer) + 1
            at = end + len(_ENDS[opening[0]])
            if at > place:
                self.walked = at
                return at
        self.walked = at
        self._is_behind_broken = is_broken
        return place
