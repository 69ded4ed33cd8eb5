"""Lines of a text file, one by one, with what had to be replaced in each; bounded, whatever the file holds.

A line ends with LF or CR LF, and with a CR alone where a message begins behind it: elsewhere that is part of a text, as
are the other characters that Python splits at. A file without a single LF, in which messages begin behind a CR, has the
line ends of old Macintoshes. Where nearly all lines end with CR CR LF or LF CR, all of that is their end.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Final

import msgspec

from parsers.byte_streams import BYTE_ORDER_MARKS, ByteStream, RecodedStream
from parsers.formats.whatsapp_text.line_starts import START_CHARS, read_start
from parsers.line_ends import has_doubled_returns, has_returns_behind
from parsers.stored_text import decode_stored, without_filling

_OLD_START = re.compile(rb"\r(?:\xe2\x80[\x8e\x8f])?\[?[0-9]{1,4}[./-]")
# An export starts with a digit, a bracket or a direction mark (U+200E).
_WITHOUT_BOM: Final = {
    **{bytes((code, 0)): "utf-16-le" for code in b"[0123456789"},
    **{bytes((0, code)): "utf-16-be" for code in b"[0123456789"},
    b"\x0e\x20": "utf-16-le",
    b"\x20\x0e": "utf-16-be",
}


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line.

    Attributes:
        number: From 1.
        text: Without its line end.
        replaced_count: Characters of it that were replaced by U+FFFD.
        is_ended: Whether a line end stands behind it; only the last line can have none.
        is_behind_return: Whether a CR alone stands before it, which is its text's where it begins no message.
    """

    number: int
    text: str
    replaced_count: int
    is_ended: bool
    is_behind_return: bool = False


class TextLines:
    """Reads a text file line by line, once.

    Attributes:
        damage: Notice code once something was wrong: ``input_truncated`` (it ends inside a character or in zeros),
            ``limit_reached`` (a line longer than the limit; reading stopped before it). None: nothing was so far.
    """

    def __init__(self, stream: ByteStream, most_chars: int, page: str | None = None) -> None:
        """Take what the lines are read from.

        Args:
            stream: The chat, at its beginning.
            most_chars: Most characters of one line.
            page: Code page of a chat that is neither UTF-8 nor UTF-16. None: it is one of these.
        """
        self.damage: str | None = None
        self._page = page
        self._stream = RecodedStream(stream)
        self._most_bytes = most_chars * 4
        self._mark = b"\n"
        self._is_doubled = self._is_reversed = self._has_returns = self._has_lone = False

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines, in order."""
        number = 0
        held: list[bytes] = []
        held_bytes = 0
        more = self._first()
        while more:
            whole, mark, rest = more.rpartition(self._mark)
            if mark:
                held.append(whole)
                number = yield from self._batch(b"".join(held), number)
                held, held_bytes = [rest], len(rest)
            else:
                held.append(more)
                held_bytes += len(more)
            if held_bytes > self._most_bytes:
                self.damage = "limit_reached"
                return
            more = self._read()
        last, is_filled = without_filling(b"".join(held))
        if is_filled:
            self.damage = "input_truncated"
        if self._is_reversed:
            last = last.removeprefix(b"\r")
        if last:
            self._look_at_end(last)
            yield from self._last(number, *decode_stored(last))

    def _batch(self, raw: bytes, number: int) -> Generator[Line, None, int]:
        """Yield lines that stand together, without the end of the last; return the number of that."""
        # Nearly every file has no return but in front of its line feeds; the last of these was taken off.
        ends = raw.count(b"\r\n") + raw.endswith(b"\r")
        self._has_returns = self._has_returns or ends > 0
        decoded = _decoded(raw, self._mark)
        if self._mark == b"\r" or raw.count(b"\r") == ends:
            for text, replaced in decoded:
                number += 1
                yield Line(number, text.removesuffix("\r"), replaced, is_ended=True)
            return number
        for text, replaced in decoded:
            for line in self._parted(text, replaced, number):
                number = line.number
                yield line
        return number

    def _parted(self, text: str, replaced: int, number: int) -> Iterator[Line]:
        """Yield what stands between two line feeds: one line, or several between which a CR alone stands."""
        text = text.removesuffix("\r")
        if self._is_doubled:
            text = text.removesuffix("\r")
        if self._is_reversed:
            text = text.removeprefix("\r")
        begins = starts_behind_returns(text) if "\r" in text else []
        if not begins:
            yield Line(number + 1, text, replaced, is_ended=True)
            return
        self._has_lone = True
        ends = [begin - 1 for begin in begins]
        for begin, end in zip((0, *begins), (*ends, len(text)), strict=True):
            number += 1
            # Which of them holds what was replaced is no longer known: the first says it for all.
            yield Line(number, text[begin:end], replaced, is_ended=True, is_behind_return=begin > 0)
            replaced = 0

    def _last(self, number: int, text: str, replaced: int) -> Iterator[Line]:
        """Yield what stands behind the last line feed."""
        if self._mark != b"\n" or "\r" not in text:
            yield Line(number + 1, text, replaced, is_ended=False)
            return
        *before, last = self._parted(text, replaced, number)
        yield from before
        # A CR is the end of the last where one alone ends others, else half of CR LF where that does.
        is_ended = text.endswith("\r") and self._has_lone
        is_bare = is_ended or self._has_returns or not text.endswith("\r")
        kept = last.text if is_bare else f"{last.text}\r"
        yield Line(last.number, kept, last.replaced_count, is_ended, last.is_behind_return)

    def _first(self) -> bytes:
        """Return the first bytes as UTF-8, without a byte order mark; settles the encoding and the line ends."""
        first = self._stream.front(4)
        encoding, skipped = encoding_of(first)
        text = first[skipped:]
        if encoding != "utf-8":
            text = self._stream.recoded_from(encoding, "surrogatepass", text)
        elif self._page is not None and not skipped:
            text = self._stream.recoded_from(self._page, "surrogateescape", text)
        if b"\n" not in text and _OLD_START.search(text) is not None:
            self._mark = b"\r"
        if b"\r\r" in text or b"\n\r" in text:
            front = text.decode("latin-1")
            self._is_doubled, self._is_reversed = has_doubled_returns(front), has_returns_behind(front)
        return text

    def _read(self) -> bytes:
        piece = self._stream.read()
        if self._stream.is_cut:
            self.damage = "input_truncated"
        return piece

    def _look_at_end(self, last: bytes) -> None:
        try:
            last.decode()
        except UnicodeDecodeError as error:
            if error.end == len(last) and error.reason == "unexpected end of data":
                self.damage = "input_truncated"


def encoding_of(first_bytes: bytes) -> tuple[str, int]:
    """Return the encoding of an exported chat, and how many bytes its byte order mark takes."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if first_bytes.startswith(mark):
            return encoding, len(mark)
    return _WITHOUT_BOM.get(first_bytes[:2], "utf-8"), 0


def starts_behind_returns(text: str) -> list[int]:
    """Return where messages begin in a text behind a CR."""
    places = []
    place = text.find("\r")
    while place != -1:
        if read_start(text[place + 1 : place + 1 + START_CHARS]) is not None:
            places.append(place + 1)
        place = text.find("\r", place + 1)
    return places


def _decoded(raw: bytes, mark: bytes) -> Iterator[tuple[str, int]]:
    """Yield the lines of bytes that end before a mark, each with how many characters were replaced in it."""
    try:
        lines = raw.decode().split(mark.decode())
    except UnicodeDecodeError:
        yield from map(decode_stored, raw.split(mark))
    else:
        yield from ((line, 0) for line in lines)
