"""Cuts a file into cards. A card that has no end ends where the next begins, or with the file.

A card states its version once: where it is stated again, the lines between two cards are lost. What stands between the
end of a card and an end that nothing began is a card whose beginning is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from parsers.outside_lines import OutsideLines
from parsers.plain_lines import RawLine
from parsers.vcard_properties import is_picture

_BEGIN: Final = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END: Final = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_AGENT: Final = re.compile(rb"\s*AGENT[^:]*:\s*", re.IGNORECASE)
_VERSION: Final = re.compile(rb"\s*VERSION\s*:", re.IGNORECASE)
_USUAL_BEGIN, _USUAL_END = b"BEGIN:VCARD", b"END:VCARD"
_BLANKS: Final = re.compile(rb"\s+")
_PICTURE: Final = re.compile(rb"[ \t]*[A-Za-z0-9+/]+={0,2}\s*")
_FOLD: Final = b" \t"
_MOST_PICTURE_LINES: Final = 1_000
_LINE_BYTES: Final = 32
"""What a line costs in memory beside its octets: a value may be folded into very many short ones."""

_FIRST: Final = frozenset(b"BEAVbeav \t\n\r\v\f")
"""How such a line begins."""


class Card(msgspec.Struct, frozen=True):
    """One card.

    Attributes:
        number: From 1.
        first_line: Number of the line in which it begins.
        lines: Between its begin and its end; empty where it was larger than the limit.
        is_ended: Whether its end stands there.
        is_too_large: Whether it was larger than the limit.
        agents: Lines of cards that stand in it as values of its own.
        is_begun: Whether its beginning stands there.
    """

    number: int
    first_line: int
    lines: list[bytes]
    is_ended: bool
    is_too_large: bool
    agents: tuple[bytes, ...] = ()
    is_begun: bool = True

    @property
    def locator(self) -> str:
        """Where it stands."""
        return f"card {self.number}"


class CardCutter:
    """Cuts one file, once.

    Attributes:
        outside: The lines that stand in no card.
        ends_in_begin: Whether the last line, which has no line end, begins as the beginning of a card does.
    """

    def __init__(self, most_bytes: int) -> None:
        self.outside = OutsideLines()
        self.ends_in_begin = False
        self._most_bytes = most_bytes
        self._number = 0
        self._first_line = 0
        self._held: list[bytes] | None = None
        self._held_bytes = 0
        self._agents: list[bytes] = []
        self._depth = 0
        self._is_behind_agent = False
        self._is_begun = self._has_version = False
        self._loose: list[RawLine] = []
        self._loose_bytes = 0
        self._front = b""
        self._picture_lines = 0

    def cards(self, lines: Iterable[RawLine]) -> Iterator[Card]:
        """Yield the cards of a file, in order."""
        for line in lines:
            raw = line.raw
            may_tell = bool(raw) and raw[0] in _FIRST
            if may_tell and (raw == _USUAL_BEGIN or _BEGIN.fullmatch(raw)):
                yield from self._begin(line)
            elif self._held is None:
                if may_tell and self._loose and _END.fullmatch(raw):
                    yield self._unbegun()
                else:
                    self._take_loose(line)
            elif may_tell and (raw == _USUAL_END or _END.fullmatch(raw)):
                yield from self._end()
            else:
                if may_tell and not self._depth and _VERSION.match(raw):
                    yield from self._version(line)
                self._hold(raw)
            self._is_behind_agent = may_tell and self._held is not None and _AGENT.fullmatch(raw) is not None
        if self._loose and not self._loose[-1].is_ended:
            word = _BLANKS.sub(b"", self._loose[-1].raw).upper()
            self.ends_in_begin = _USUAL_BEGIN.startswith(word)
        self._leave_loose()
        if self._held is not None:
            yield self._card(is_ended=False)

    def _hold(self, raw: bytes) -> None:
        held = self._agents if self._depth else self._held
        assert held is not None
        if not self._depth and self._is_of_picture(raw):
            self._picture_lines += 1
            if self._picture_lines > _MOST_PICTURE_LINES:
                # The last line alone stays, by which it is told what the next one is.
                held[-1] = raw
                return
        self._held_bytes += len(raw) + _LINE_BYTES
        if self._held_bytes <= self._most_bytes:
            held.append(raw)

    def _is_of_picture(self, raw: bytes) -> bool:
        """Whether a line goes on with a picture, or with a key: octets that nothing is made of."""
        if _PICTURE.fullmatch(raw) is None:
            self._front, self._picture_lines = raw, 0
            return False
        return (self._picture_lines > 0 and raw[0] in _FOLD) or is_picture(self._front, raw)

    def _version(self, line: RawLine) -> Iterator[Card]:
        if self._has_version and len(self._held or ()) > 1:
            yield self._card(is_ended=False)
            self._start(line, is_begun=False)
        self._has_version = True

    def _start(self, line: RawLine, *, is_begun: bool) -> None:
        self._number += 1
        self._held, self._first_line, self._held_bytes = [], line.number, 0
        self._agents, self._depth = [], 0
        self._front, self._picture_lines = b"", 0
        self._is_begun, self._has_version = is_begun, False

    def _take_loose(self, line: RawLine) -> None:
        """Hold a line outside a card until it is known whether an end follows; too many of them are no card."""
        if line.raw.strip():
            self._loose.append(line)
            self._loose_bytes += len(line.raw)
        if self._loose_bytes > self._most_bytes:
            self._leave_loose()

    def _leave_loose(self) -> None:
        for line in self._loose:
            self.outside.take(line)
        self._loose, self._loose_bytes = [], 0

    def _unbegun(self) -> Card:
        self._number += 1
        lines = [line.raw for line in self._loose]
        card = Card(self._number, self._loose[0].number, lines, True, False, is_begun=False)  # noqa: FBT003 - as below
        self._loose, self._loose_bytes = [], 0
        return card

    def _begin(self, line: RawLine) -> Iterator[Card]:
        if self._is_behind_agent:
            # The card of an agent is a value of the card that it stands in.
            self._depth += 1
            return
        self._leave_loose()
        if self._held is not None:
            yield self._card(is_ended=False)
        self._start(line, is_begun=True)

    def _end(self) -> Iterator[Card]:
        if self._depth:
            self._depth -= 1
            return
        yield self._card(is_ended=True)
        self._held = None

    def _card(self, *, is_ended: bool) -> Card:
        is_too_large = self._held_bytes > self._most_bytes
        lines = [] if is_too_large or self._held is None else self._held
        agents = tuple(self._agents)
        return Card(self._number, self._first_line, lines, is_ended, is_too_large, agents, self._is_begun)
