"""Walks the tags of XML of which a part may be torn, in the bytes and chunk by chunk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from parsers.xml_guard import CleanXml
from parsers.xml_sections import CDATA_END

_TOKEN: Final = re.compile(
    rb"""<!\[CDATA\[|<!--|<\?|\]\]>"""
    rb"""|<(?P<end>/?)(?P<name>[^\s/<>="'!?][^\s/<>="']*+)"""
    rb"""(?P<written>(?:\s++[^\s/<>="']++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+)\s*+(?P<alone>/?)>"""
    rb"""|<"""
)
_SECTION_ENDS: Final = {b"<![CDATA[": CDATA_END, b"<!--": b"-->", b"<?": b"?>"}

_VALUE: Final = re.compile(rb"""\s([^\s/<>="']+)\s*=\s*("[^"]*"|'[^']*')""")
_NAME: Final = re.compile(rb"(?:xmlns:)?[A-Za-z_][\w.-]*")
_REACH: Final = 1 << 13
_MOST_SECTION: Final = 1 << 20
"""A section of which the end is not met within so many bytes has none."""

_MOST_INSTRUCTION: Final = 1 << 12


class Level(msgspec.Struct, frozen=True):
    """An element that is open.

    Attributes:
        name: Without its prefix.
        prefix: With its colon; empty for none.
        written: Its attributes as they are written, each with white space before it.
    """

    name: str
    prefix: str = ""
    written: bytes = b""

    def get(self, name: str) -> str:
        """Return an attribute, its references as they are written; empty where there is none."""
        wanted = name.encode()
        held = (found[2] for found in _VALUE.finditer(self.written) if found[1] == wanted)
        return next(held, b"''")[1:-1].decode("utf-8", "replace")

    @property
    def tag(self) -> bytes:
        """Its start tag, of its attributes those that XML allows."""
        held = {found[1]: found[2] for found in _VALUE.finditer(self.written) if _NAME.fullmatch(found[1])}
        written = b"".join(b" %b=%b" % pair for pair in held.items())
        return b"<%b%b>" % (f"{self.prefix}{self.name}".encode(), written)


class TagWalk:
    """Tags of what was fed and of what follows, from front to back; what was passed is dropped.

    Attributes:
        passed_alone: Whether the last start tag that was passed is its own end.
    """

    def __init__(self, clean: CleanXml, chunk: bytes, offset: int, take: Callable[[], bytes | None]) -> None:
        self._clean = clean
        self._take = take
        self._buffer = chunk
        self._at = 0
        # Where in the buffer each piece begins, and how many bytes of the file stand before it.
        self._pieces = [(0, offset)]
        self._is_ended = False
        self.passed_alone = False

    @property
    def offset(self) -> int:
        """Bytes of the file before the place."""
        return self.offset_of(self._at)

    def offset_of(self, place: int) -> int:
        """Return how many bytes of the file stand before a place of the buffer."""
        begin, offset = next(piece for piece in reversed(self._pieces) if piece[0] <= place or piece is self._pieces[0])
        return offset + self._clean.raw_length(self._buffer[max(begin, 0) : place])

    def put_before(self, piece: bytes) -> None:
        """Put what was fed before the chunk in front of it."""
        length = len(piece)
        self._buffer = piece + self._buffer
        self._pieces = [(0, self._pieces[0][1] - self._clean.raw_length(piece))] + [
            (begin + length, offset) for begin, offset in self._pieces
        ]

    def pass_starts(self, count: int, section: bytes) -> None:
        """Go behind so many start tags; all of that is well-formed."""
        place = _behind_section(self._buffer, section)
        while count:
            token = _TOKEN.search(self._buffer, place)
            if token is None:
                break
            place = _behind(self._buffer, token)
            if token["name"] is not None and not token["end"]:
                count -= 1
                self.passed_alone = bool(token["alone"])
        self._at = place

    def pass_well_formed(self, section: bytes) -> int:
        """Go to the first malformed tag, and return how many elements end behind the last start tag before it."""
        place = first_malformed(self._buffer, section)
        self._at = len(self._buffer) if place is None else place
        return ends_at_end(self._buffer[: self._at], section)

    def pass_ends(self, stack: list[Level]) -> None:
        """Go to the first tag that is malformed there, and take from the stack what has ended before it."""
        while (token := _TOKEN.search(self._buffer, self._at)) is not None:
            if token[0] not in _SECTION_ENDS:
                is_end = token["end"] and not token["written"] and not token["alone"]
                if not is_end or not stack or token["name"] != f"{stack[-1].prefix}{stack[-1].name}".encode():
                    self._at = token.start()
                    return
                stack.pop()
            self._at = _behind(self._buffer, token)
        self._at = len(self._buffer)

    def pass_to_start(self) -> None:
        """Go to the next start tag."""
        while (token := _TOKEN.search(self._buffer, self._at)) is not None:
            if token["name"] is not None and not token["end"]:
                self._at = token.start()
                return
            self._at = _behind(self._buffer, token)

    def tokens(self) -> Iterator[re.Match[bytes]]:
        """Yield the tags behind the place; sections are passed."""
        while True:
            self._reach(_REACH)
            token = _TOKEN.search(self._buffer, self._at)
            if token is None or (token[0] == b"<" and not self._is_ended and self._is_open_at(token.start())):
                if self._is_ended:
                    self._at = len(self._buffer)
                    return
                self._at = len(self._buffer) if token is None else token.start()
                self._more()
                continue
            self._at = token.start()
            closing = _SECTION_ENDS.get(token[0])
            if closing is not None:
                self._at = self._end_of_section(closing, token.end() - token.start())
                continue
            behind = token.end() - token.start()
            yield token
            self._at += behind

    def _is_open_at(self, place: int) -> bool:
        """Whether a tag may go on behind the buffer."""
        return len(self._buffer) - place < _MOST_SECTION and self._buffer.find(b">", place) == -1

    def _end_of_section(self, closing: bytes, opening: int) -> int:
        searched = self._at + opening
        while (end := self._buffer.find(closing, searched)) == -1:
            most = _MOST_INSTRUCTION if closing == b"?>" else _MOST_SECTION
            if self._is_ended or len(self._buffer) - self._at > most:
                return self._at + opening
            self._more()
            searched = max(self._at + opening, searched - len(closing))
        return end + len(closing)

    def is_in_section_without_start(self, place: int) -> bool:
        """Whether the end of a CDATA section follows before a start of one does: the start of that is damaged."""
        end = self._buffer.find(CDATA_END, place, place + _MOST_SECTION)
        return end != -1 and self._buffer.find(b"<![CDATA[", place, end) == -1

    def ahead(self, place: int, size: int = _REACH) -> bytes:
        """Return some of what stands behind a place."""
        return self._buffer[place : place + size]

    def rest(self, place: int) -> bytes:
        """Return all that was taken from the stream from a place on."""
        return self._buffer[place:]

    def _reach(self, size: int) -> None:
        while len(self._buffer) - self._at < size and not self._is_ended:
            self._more()

    def _more(self) -> None:
        """Take the next chunk, and drop what was passed."""
        chunk = self._take()
        if chunk is None:
            self._is_ended = True
            return
        offset, at = self.offset, self._at
        self._pieces = [(0, offset)] + [(begin - at, before) for begin, before in self._pieces if begin > at]
        self._buffer = self._buffer[at:]
        self._at = 0
        self._pieces.append((len(self._buffer), self._clean.chunk_offset))
        self._buffer += chunk


def first_malformed(content: bytes, section: bytes) -> int | None:
    """Return where the first tag begins that is malformed by itself. None: there is none.

    Args:
        content: What is looked at.
        section: What ends the section that it begins in.
    """
    place = _behind_section(content, section)
    while (token := _TOKEN.search(content, place)) is not None:
        if token[0] == b"<" or (token[0] == b"<?" and content.find(b"?>", token.end()) == -1):
            return token.start()
        place = _behind(content, token)
    return None


def ends_at_end(content: bytes, section: bytes) -> int:
    """Return how many elements end behind the last start tag of what is well-formed."""
    place = _behind_section(content, section)
    count = 0
    while (token := _TOKEN.search(content, place)) is not None:
        place = _behind(content, token)
        if token["name"] is not None:
            count = count + 1 if token["end"] else int(bool(token["alone"]))
    return count


def _behind_section(content: bytes, section: bytes) -> int:
    """Return where the section ends that the content begins in."""
    if not section:
        return 0
    end = content.find(section)
    return end + len(section) if end != -1 else len(content)


def _behind(content: bytes, token: re.Match[bytes]) -> int:
    """Return where what a token begins has ended, as far as it lies in the content."""
    closing = _SECTION_ENDS.get(token[0])
    if closing is None:
        return token.end()
    end = content.find(closing, token.end())
    return end + len(closing) if end != -1 else len(content)
