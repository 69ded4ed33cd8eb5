"""Lines of a text file for formats that are read line by line: decoded, counted, and bounded whatever the file holds.

UTF-8 unless a byte order mark, or zeros where the letters of UTF-16 have them, say otherwise. A line ends with LF or
CR LF, in a file without any LF with CR; carriage returns that a terminal doubled are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final

import msgspec

from parsers.byte_streams import BYTE_ORDER_MARKS, CHUNK_BYTES, ByteStream, RecodedStream
from parsers.stored_text import decode_stored, without_filling, without_holes

_TELLING_BYTES: Final = 256
_FEWEST_CHARS_A_ZERO: Final = 20
"""A text may hold a stray zero; a file of octets holds more."""

_NONE_REPLACED: Final = repeat(0)


class PlainLine(msgspec.Struct, frozen=True, gc=False):
    """One line.

    Attributes:
        number: From 1.
        text: Without its line end.
        replaced_count: Characters of it that were replaced by U+FFFD.
        is_ended: Whether a line end stands behind it; only the last line can have none.
    """

    number: int
    text: str
    replaced_count: int
    is_ended: bool

    @property
    def locator(self) -> str:
        """Where it stands, in words."""
        return f"line {self.number}"


class RawLine(msgspec.Struct, frozen=True, gc=False):
    """One line before it is decoded, for formats in which a line does not stand for itself; in UTF-8 unless it lies.

    Attributes:
        number: From 1.
        raw: Without its line end.
        is_ended: Whether a line end stands behind it.
    """

    number: int
    raw: bytes
    is_ended: bool


class PlainLines:
    """Reads a text file line by line, once.

    Attributes:
        damage: Notice code once something was wrong: ``input_truncated`` (it ends inside a character or in zeros),
            ``limit_reached`` (a line is longer than the limit; reading stopped before it). None: nothing was so far.
        is_ended: Whether the last line that was given had a line end behind it.
    """

    def __init__(self, stream: ByteStream, most_chars: int) -> None:
        self.damage: str | None = None
        self.is_ended = True
        self._stream = RecodedStream(stream)
        self._most_bytes = most_chars * 4
        self._mark = b"\n"

    def __iter__(self) -> Iterator[PlainLine]:
        """Yield the lines, in order."""
        number = 0
        for texts, replaced in self.text_batches():
            is_ended = self.is_ended
            for text, count in zip(texts, replaced, strict=False):
                number += 1
                yield PlainLine(number, text, count, is_ended)

    def text_batches(self) -> Iterator[tuple[list[str], Iterable[int]]]:
        """Yield the texts of the lines by the piece of the file in which they end, for readers of many short lines.

        With them comes how many characters of each were replaced; zeros without an end where none was of any. Whether
        a line end stands behind them is ``is_ended``.
        """
        for raws in self.raw_batches():
            mark = self._mark
            try:
                # Lines end with a character of one octet: together they are text where each is.
                yield mark.join(raws).decode().split(mark.decode()), _NONE_REPLACED
            except UnicodeDecodeError:
                decoded = [decode_stored(raw) for raw in raws]
                yield [text for text, _ in decoded], [count for _, count in decoded]

    def raw_lines(self) -> Iterator[RawLine]:
        """Yield the lines, in order, as octets."""
        number = 0
        for raws in self.raw_batches():
            is_ended = self.is_ended
            for raw in raws:
                number += 1
                yield RawLine(number, raw, is_ended)

    def raw_batches(self) -> Iterator[list[bytes]]:
        """Yield the same by the piece of the file in which they end, in order; a last one without a line end alone."""
        held: list[bytes] = []
        held_bytes = 0
        has_returns = False
        piece = self._first()
        while piece:
            has_returns = has_returns or (self._mark == b"\n" and b"\r" in piece)
            lines = piece.split(self._mark)
            if len(lines) > 1:
                held.append(lines[0])
                lines[0] = b"".join(held)
                held, held_bytes = [lines.pop()], 0
                yield [line.rstrip(b"\r") for line in lines] if has_returns else lines
            else:
                held.append(piece)
            held_bytes += len(held[-1])
            if held_bytes > self._most_bytes:
                self.damage = "limit_reached"
                return
            piece = self._read()
        last, is_filled = without_filling(b"".join(held))
        if is_filled:
            self.damage = "input_truncated"
        if last:
            self.is_ended = False
            yield [last.rstrip(b"\r") if has_returns else last]

    def _first(self) -> bytes:
        """Return the first bytes as UTF-8, without a byte order mark; settles the encoding and the line end."""
        first = self._stream.front(CHUNK_BYTES)
        encoding, skipped = encoding_of(first)
        first = first[skipped:]
        if encoding != "utf-8":
            first = self._stream.recoded_from(encoding, "surrogatepass", first)
        if b"\n" not in first and b"\r" in first:
            self._mark = b"\r"
        return first

    def _read(self) -> bytes:
        piece = self._stream.read()
        if self._stream.is_cut:
            self.damage = "input_truncated"
        return piece


def encoding_of(first_bytes: bytes) -> tuple[str, int]:
    """Return the encoding of a text file by its front, and how many bytes its byte order mark takes."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if first_bytes.startswith(mark):
            return encoding, len(mark)
    front = first_bytes[:_TELLING_BYTES]
    zeros = (front[0::2].count(0), front[1::2].count(0))
    if zeros[1] * 4 > len(front) and not zeros[0]:
        return "utf-16-le", 0
    if zeros[0] * 4 > len(front) and not zeros[1]:
        return "utf-16-be", 0
    return "utf-8", 0


def front_lines(first_bytes: bytes, most: int) -> list[str]:
    """Return the first lines of a file's front that are not blank, trimmed; none where it is no text."""
    encoding, skipped = encoding_of(first_bytes)
    # Zeros at the end are what a storage medium pads a file with.
    text = without_holes(first_bytes[skipped:].decode(encoding, "replace").rstrip("\0"))
    if text.count("\0") * _FEWEST_CHARS_A_ZERO > len(text):
        return []
    lines = text.splitlines() if "\n" not in text else text.split("\n")
    return [line.strip() for line in lines if line.strip()][:most]
