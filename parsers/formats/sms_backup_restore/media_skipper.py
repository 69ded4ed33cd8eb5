"""Takes the media of picture messages out of the stream: a value of tens of megabytes becomes its length.

The application writes each file as Base64 into an attribute. The parser would hold it whole, several times over, for
nothing but its length. Only the tags of ``part`` are looked into: no other tag starts so, because a raw ``<`` cannot
stand in a value. Short values stay as they are; some handsets keep a text there.
"""

from __future__ import annotations

import re
from typing import Final

KEPT_CHARS: Final = 4_096
"""Longest value that is left as it is."""

_START = re.compile(rb"<part(?=[\s/>])")
_START_BYTES: Final = len(b"<part ")
_ATTRIBUTE = re.compile(rb"""\s*([^\s=/>"']+)\s*=\s*(["'])""")
_TAG_END = re.compile(rb"\s*/?>")
_LONGEST_NAME: Final = 4_096
_SPACES: Final = b" \t\r\n"
_MARK: Final = b"#"


class MediaSkipper:
    """Passes a stream of XML on, chunk by chunk, in bounded memory."""

    def __init__(self) -> None:
        self._carry = b""
        self._is_in_tag = False
        self._quote = b""
        self._is_media = False
        self._kept = bytearray()
        self._length = 0
        self._padding = b""

    def feed(self, chunk: bytes) -> bytes:
        """Return the next bytes; what cannot be decided yet is held back."""
        if not self._is_in_tag and not self._carry and _START.search(chunk) is None and not _ends_in_start(chunk):
            return chunk
        content, self._carry = self._carry + chunk, b""
        passed: list[bytes] = []
        place = 0
        while place < len(content):
            if not self._is_in_tag:
                place = self._to_tag(content, place, passed)
            elif self._quote:
                place = self._in_value(content, place, passed)
            else:
                place = self._between(content, place, passed)
        return b"".join(passed)

    def close(self) -> bytes:
        """Return what was held back when the stream ended; the length of a value that was cut off is not told."""
        rest, self._carry = self._carry, b""
        return rest

    def _to_tag(self, content: bytes, place: int, passed: list[bytes]) -> int:
        found = _START.search(content, place)
        if found is not None:
            passed.append(content[place : found.end()])
            self._is_in_tag = True
            return found.end()
        end = len(content) - _held_at_end(content, place)
        passed.append(content[place:end])
        self._carry = content[end:]
        return len(content)

    def _between(self, content: bytes, place: int, passed: list[bytes]) -> int:
        """Go to the next value of the tag, or behind the tag."""
        found = _ATTRIBUTE.match(content, place)
        if found is not None:
            passed.append(found[0])
            self._quote, self._is_media = found[2], found[1] == b"data"
            self._kept.clear()
            self._length, self._padding = 0, b""
            return found.end()
        end = _TAG_END.match(content, place)
        if end is not None or len(content) - place > _LONGEST_NAME:
            # Something else than attributes: the strict parser will say so.
            stop = end.end() if end is not None else place
            passed.append(content[place:stop])
            self._is_in_tag = False
            return stop
        if b">" in content[place:]:
            self._is_in_tag = False
            return place
        self._carry = content[place:]
        return len(content)

    def _in_value(self, content: bytes, place: int, passed: list[bytes]) -> int:
        stop = content.find(self._quote, place)
        piece = content[place:] if stop == -1 else content[place:stop]
        if not self._is_media:
            passed.append(piece)
        else:
            self._take(piece)
        if stop == -1:
            return len(content)
        if self._is_media:
            passed.append(self._value())
        passed.append(self._quote)
        self._quote = b""
        return stop + 1

    def _take(self, piece: bytes) -> None:
        room = KEPT_CHARS + 1 - len(self._kept)
        if room > 0:
            self._kept += piece[:room]
        packed = piece.translate(None, _SPACES)
        self._length += len(packed)
        self._padding = (self._padding + packed[-2:])[-2:]

    def _value(self) -> bytes:
        if len(self._kept) <= KEPT_CHARS:
            return bytes(self._kept)
        return _MARK + str(self._length * 3 // 4 - self._padding.count(b"=")).encode("ascii")


def media_size(value: str) -> int | None:
    """Return the size in bytes of what a value held, from the value as the skipper leaves it. None: it is no Base64."""
    if value.startswith("#"):
        digits = value[1:]
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else None
    packed = "".join(value.split())
    if len(packed) % 4 or not _BASE64.fullmatch(packed):
        return None
    return len(packed) * 3 // 4 - packed[-2:].count("=")


_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}", re.ASCII)


def _ends_in_start(chunk: bytes) -> bool:
    return _held_at_end(chunk, 0) > 0


def _held_at_end(content: bytes, place: int) -> int:
    """Return how many bytes at the end may be the beginning of ``<part``."""
    start = content.rfind(b"<", max(place, len(content) - _START_BYTES + 1))
    return len(content) - start if start != -1 and b"<part".startswith(content[start:]) else 0
