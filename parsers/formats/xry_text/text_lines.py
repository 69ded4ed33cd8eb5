"""Lines of a text file in UTF-16 or UTF-8, one by one, as they are stored; bounded, whatever the file holds.

Lone surrogates stay in the lines, because the two halves of a character can stand in two segments of a long text;
``settle`` makes text of what was joined.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import count, repeat
from typing import Final

import msgspec

from parsers.byte_streams import BYTE_ORDER_MARKS, ByteStream
from parsers.formats.xry_text.line_keys import LineKey, LineKeys
from parsers.line_ends import has_doubled_returns
from parsers.stored_text import SURROGATE, SURROGATE_PAIR, mend_escaped

_CHUNK_BYTES: Final = 1 << 16
_BOM_CHARACTER: Final = "\ufeff"
_RETURN_OUT_OF_STEP, _FEED_OUT_OF_STEP = "\u0d00", "\u0a00"
"""What the ends of lines become where a byte is missing; the second is no character of any script."""

_SEEN_BEHIND: Final = 1_024
_FEWEST_SHARE: Final = 4
_FEWEST_BEHIND: Final = 16
_MOST_STEPS: Final = 8
_LOST: Final = "\x00" * 8


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line, without its end.

    Attributes:
        number: From 1.
        ending: ``CR LF``, ``LF`` or ``CR`` as characters; empty for a last line without one. ``CR LF`` also stands for
            CR CR LF, where nearly all lines end so.
        key: The key that it begins with.
    """

    number: int
    text: str
    ending: str
    key: LineKey

    @property
    def is_blank(self) -> bool:
        """Whether nothing or white space alone stands in it."""
        return not self.text or self.text.isspace()


def encoding_of(first_bytes: bytes) -> tuple[str, int]:
    """Return the encoding, and how many bytes the byte order mark takes.

    Without a mark, a zero beside the first byte tells UTF-16, because every report starts with ASCII.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if first_bytes.startswith(mark):
            return encoding, len(mark)
    if first_bytes[1:2] == b"\x00":
        return "utf-16-le", 0
    if first_bytes[:1] == b"\x00":
        return "utf-16-be", 0
    return "utf-8", 0


class TextLines:
    """Reads one file once.

    Attributes:
        is_utf16: Whether the file is UTF-16; told once the first line was read.
        has_invalid: Whether a place of a file in UTF-8 is none; known once it was read.
        is_torn: Whether the file ends inside a character or inside a line end.
        is_open: Whether the last line has no end.
        is_over_limit: Whether a line was longer than the limit, so that reading stopped in front of it.
        has_nuls: Whether a zero stands in what was read.
    """

    def __init__(self, stream: ByteStream, most_chars: int, *, page: str | None = None, first_line: int = 1) -> None:
        """Take what the lines are read from.

        Args:
            stream: The file, at its beginning.
            most_chars: Most characters of one line.
            page: Code page in which a file is written that is neither UTF-16 nor UTF-8. None: it is one of these.
            first_line: Number of the first line, where the stream is a part of a file.
        """
        self.is_utf16 = False
        self.has_invalid = False
        self.is_torn = False
        self.is_open = False
        self.is_over_limit = False
        self.has_nuls = False
        self._stream = stream
        self._most_chars = most_chars
        self._page = page
        self._first_line = first_line
        self._keys = LineKeys()
        self._is_doubled = False
        self._read = self._all_portions()
        self._current: Iterator[Line] = iter(())

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines, in order; whoever stops finds the others in ``portions``."""
        for portion in self._read:
            self._current = iter(portion)
            yield from self._current

    def portions(self) -> Iterator[list[Line]]:
        """Yield the lines that nobody took, as many together as a portion of the file has: none is empty."""
        if current := list(self._current):
            yield current
        yield from self._read

    def _all_portions(self) -> Iterator[list[Line]]:
        chunks = self._chunks()
        first = next(chunks, "")
        # Old Macintosh line ends; a carriage return that stands alone in any other file belongs to its line.
        is_cr = "\n" not in first and "\r" in first[:-1]
        end = "\r" if is_cr else "\n"
        self._is_doubled = has_doubled_returns(first)
        number = self._first_line - 1
        held: list[str] = []
        held_chars = 0
        for text in self._with_first(first, chunks):
            self.has_nuls = self.has_nuls or "\x00" in text
            # Where every line feed has its carriage return, no line has to be looked at for it.
            ending = end if is_cr or self._is_doubled or text.count("\n") != text.count("\r\n") else "\r\n"
            whole = text.split(ending)
            rest = whole.pop()
            if whole:
                held.append(whole[0])
                whole[0] = "".join(held)
                held, held_chars = [], 0
                if ending == "\n":
                    yield list(map(self._line, count(number + 1), whole))
                else:
                    keys = map(self._keys.__getitem__, whole)
                    yield list(map(Line, count(number + 1), whole, repeat(ending), keys))
                number += len(whole)
            held.append(rest)
            held_chars += len(rest)
            if held_chars > self._most_chars:
                self.is_over_limit = True
                return
        last = "".join(held)
        if last:
            self.is_open = True
            if last.endswith("\r"):
                self.is_torn = True
                last = last.rstrip("\r") if self._is_doubled else last[:-1]
            yield [Line(number + 1, last, "", self._keys[last])]

    def _line(self, number: int, piece: str) -> Line:
        """Return a line that ends with a line feed."""
        if piece.endswith("\r"):
            piece = piece[:-1].removesuffix("\r") if self._is_doubled else piece[:-1]
            return Line(number, piece, "\r\n", self._keys[piece])
        return Line(number, piece, "\n", self._keys[piece])

    @staticmethod
    def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
        yield first.lstrip(_BOM_CHARACTER)
        yield from rest

    def _chunks(self) -> Iterator[str]:
        raw = b""
        while len(raw) < 4 and (more := self._stream.read(_CHUNK_BYTES)):
            raw += more
        encoding, skipped = encoding_of(raw)
        self.is_utf16 = encoding != "utf-8"
        if self._page is not None and not self.is_utf16 and not skipped:
            encoding = self._page
        errors = "surrogatepass" if self.is_utf16 else "surrogateescape"
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        raw = raw[skipped:]
        while raw:
            text = decoder.decode(raw)
            if self.is_utf16 and _FEED_OUT_OF_STEP in text:
                text = _in_step(text, decoder, encoding)
            if not self.is_utf16 and not self.has_invalid and not text.isascii():
                self.has_invalid = SURROGATE.search(text) is not None
            yield text
            raw = self._stream.read(_CHUNK_BYTES)
        self.is_torn = bool(decoder.getstate()[0])


def _in_step(text: str, decoder: codecs.IncrementalDecoder, encoding: str) -> str:
    """Return text of which a byte was lost, or is there too many, read on in step from the next line end.

    Zeros stand in front of that, as where a block was lost: the line is none of a whole entity. A text that holds such
    a character is left as it is where what follows is in step.
    """
    place = 0
    for _ in range(_MOST_STEPS):
        place = text.find(_FEED_OUT_OF_STEP, place)
        if place < 0:
            break
        start = place - text.endswith(_RETURN_OUT_OF_STEP, 0, place)
        behind = text[place + 1 : place + _SEEN_BEHIND].partition("\n")[0].encode("utf-16-le", "surrogatepass")
        # Out of step the zero of a letter is its second byte, which it is of few characters in step.
        if len(behind) < _FEWEST_BEHIND or behind[::2].count(0) * _FEWEST_SHARE < len(behind) // 2:
            place += 1
            continue
        if encoding == "utf-16-be" and start:
            # The zero in front of the line end is the second byte of the character before.
            rest = text[start - 1 :].encode(encoding, "surrogatepass")
        else:
            rest = text[start:].encode(encoding, "surrogatepass")
        rest += decoder.getstate()[0]
        decoder.reset()
        front = text[:start] + _LOST
        text = front + decoder.decode(rest[1:])
        place = len(front)
    return text


def settle(text: str, *, is_utf16: bool) -> tuple[str, int]:
    """Return text as it is stored, and how many characters of it were replaced by U+FFFD.

    Halves of a character that now stand together are joined; each half that stands alone, and each invalid run of
    bytes, is one U+FFFD.
    """
    if text.isascii() or not SURROGATE.search(text):
        return text, 0
    if not is_utf16:
        return mend_escaped(text)
    joined = SURROGATE_PAIR.sub(lambda pair: chr(0x10000 + (ord(pair[1]) - 0xD800 << 10) + ord(pair[2]) - 0xDC00), text)
    return SURROGATE.subn("\ufffd", joined)
