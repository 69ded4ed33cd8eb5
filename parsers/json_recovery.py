"""Reads on behind a malformed place of a JSON list: at the next of its objects that stands there whole.

One octet is enough (a quotation mark or a bracket lost) to make nothing of all that follows, by its brackets. So behind
such a place the next object is looked for that is whole JSON and is one of the list's by its keys, and not one that
stands within another. What lies between is a gap. Objects are sought from a place on that lies behind the last one
that was read, so that none is read twice; and what is sought in vain is bounded by what is read, so that time stays in
proportion to the size of the file, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, TypeAlias

import msgspec

from parsers.json_decoding import Json, decode_json
from parsers.json_patterns import SHALLOW
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.part_book import PartBook

_LARGEST_BYTES: Final = 1 << 16
"""A larger object is none to read on at."""

_MOST_BEHIND_DAMAGE: Final = 1 << 16
"""Bytes of a value, once something was malformed: of an object without an end no more are looked at."""

_FREE_BYTES: Final = 1 << 26
_BYTES_A_BYTE: Final = 8
"""So many bytes may be looked at in vain, and so many more for each byte of the file that was passed."""

_DECODING_BYTES: Final = 256
"""What one object costs that is no JSON, however small it is."""

_REACH: Final = 128
_LOOKED_BACK: Final = 4_096
_CLOSING: Final = {"{": b"}", "[": b"]"}
_START: Final = re.compile(rb'\{[ \t\r\n]{0,64}"')
_BEHIND: Final = re.compile(rb"[ \t\r\n]*(?:[,\]{]|\Z)")
_BEHIND_LIST: Final = re.compile(rb'\Z|[}\]]|,\s*(?:"|\Z)')
_FILLING: Final = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f\xff]{32}")

Keys: TypeAlias = "dict[str, Json]"


class ListRule(msgspec.Struct, frozen=True):
    """How the objects of a list are told from what stands within them.

    Attributes:
        is_one: Whether an object is one of the list's, by its keys.
        opening: What stands where another list of such objects begins, up to its bracket; or near it, without one.
            None: there is one list alone.
    """

    is_one: Callable[[Keys], bool]
    opening: re.Pattern[bytes] | None = None


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read between two objects of a list.

    Attributes:
        offset: Bytes before it.
        length: Its bytes.
        opened: How many other lists begin in it.
        front: What stands in it before the last list that begins there.
        opening: What ``ListRule.opening`` found last; empty for nothing.
        is_filled: Whether a part of it is no text, so that the beginning of a list may have stood there.
        is_last: Whether no object follows.
    """

    offset: int
    length: int
    opened: int = 0
    front: bytes = b""
    opening: bytes = b""
    is_filled: bool = False
    is_last: bool = False

    @property
    def locator(self) -> str:
        """Where it is."""
        return f"byte {self.offset}, {self.length} bytes"

    def note(self, book: PartBook, subject: str, kind: str, what: str) -> None:
        """Name the gap. One object at least is lost in it; how many more, nothing says."""
        book.note("stretch_malformed", subject=subject, locator=self.locator, ends_reading=True)
        book.lose(kind, self.locator, what)


class RecoveringWalk(JsonWalk):
    """A walk that goes on behind a malformed place of a list."""

    _sought: int = 0
    _last: bytes = b""
    _root: str = ""

    def enter(self) -> None:
        """Go into the object or array that comes next, as ``JsonWalk`` does."""
        self._root = self._root or self.kind()
        super().enter()

    @property
    def begun(self) -> int:
        """Bytes before the value that was taken last by itself."""
        return self._begun

    def elements(self, rule: ListRule) -> Iterator[tuple[Keys | None, int] | Gap]:
        """Yield the objects of the array that the walk is in as ``objects`` does, and gaps; stand behind it.

        Raises:
            JsonDamaged: Nothing of the list follows, or too much was sought in vain; behind the last gap.
        """
        while True:
            try:
                for held, replaced in self.objects():
                    if held is None and not self._is_plain_value():
                        break
                    if replaced and self._holds_others(rule):
                        # Octets that are no text took the end of this one: those behind it stand within it.
                        break
                    yield held, replaced
                else:
                    if _BEHIND_LIST.match(self.ahead(_REACH)) is not None:
                        return
                    # A bracket too many is no end of the list: neither a key follows nor the end of what it is in.
                    self._begun = self._passed + self._place - 1
                begun, code = self._begun, "input_malformed"
                self._sought += max(self._passed + self._place - begun, 0)
            except JsonDamaged as damaged:
                begun, code = self._passed + self._place, damaged.code
                self._sought += min(len(self._buffer) - self._place, self._most)
            ended = self._ended if begun == self._begun and self._ended > begun else None
            yield from self.behind(rule, begun, code, ended)

    def behind(
        self, rule: ListRule, begun: int | None = None, code: str = "input_malformed", ended: int | None = None
    ) -> Iterator[Gap]:
        """Stand before the next object of such a list, and yield the gap before it.

        Args:
            rule: What is looked for.
            begun: Where what is malformed begins. None: where the walk stands.
            code: What is said of it where nothing follows.
            ended: Where it ends by its brackets, which holds where nothing follows. None: they do not tell.

        Raises:
            JsonDamaged: As ``elements``.
        """
        if code == "limit_reached":
            raise JsonDamaged(code)
        gap = self._sought_next(rule, begun if begun is not None else self._passed + self._place)
        if gap.is_last and ended is not None and ended >= self._passed:
            self._place = ended - self._passed
            yield msgspec.structs.replace(gap, length=ended - gap.offset, is_last=False)
            return
        if gap.is_last:
            ending = self._code_at_end()
            if gap.length and ending != "input_truncated":
                yield gap
            raise JsonDamaged(ending)
        yield gap

    def _is_plain_value(self) -> bool:
        """Whether the value that was none of the list's objects is JSON all the same, and nothing else is wrong.

        Not so where objects stand in it: a bracket too many may have made one value of what are several.
        """
        first = self._begun - self._passed
        if first < 0 or b"{" in self._buffer[first : self._ended - self._passed]:
            return False
        with suppress(ValueError):
            decode_json(self._buffer[first : self._ended - self._passed])
            return _BEHIND.match(self._buffer, self._ended - self._passed) is not None
        return False

    def _holds_others(self, rule: ListRule) -> bool:
        """Whether whole objects of the list stand within the one that was taken last."""
        at, end = self._begun - self._passed + 1, self._ended - self._passed
        while (found := _START.search(self._buffer, at, end)) is not None:
            whole = self._whole_at(rule, found.start())
            if whole is not None:
                return True
            if self._sought > _FREE_BYTES + _BYTES_A_BYTE * self._begun:
                return False
            at = found.start() + 1
        return False

    def _sought_next(self, rule: ListRule, begun: int) -> Gap:
        self._most = min(self._most, _MOST_BEHIND_DAMAGE)
        self._over_limit = "input_malformed"
        self._place = max(begun - self._passed, 0)
        if self._sought > _FREE_BYTES + _BYTES_A_BYTE * begun:
            raise JsonDamaged("input_malformed")
        look = _Look(rule)
        at = self._place + 1
        while True:
            found = _START.search(self._buffer, at)
            if found is None or len(self._buffer) - found.start() < _LARGEST_BYTES:
                held = found.start() if found is not None else max(at, len(self._buffer) - _REACH)
                if not self._is_over:
                    # What is passed over is looked at before it is let go.
                    kept = max(self._place, held - _LOOKED_BACK)
                    look.at(self._buffer, self._place, kept)
                    self._place = kept
                    at = held - kept
                    self._fill()
                    continue
                if found is None:
                    look.at(self._buffer, self._place, len(self._buffer))
                    self._last = self._buffer[-_LOOKED_BACK:]
                    self._place = len(self._buffer)
                    return look.gap(begun, self._passed + self._place, is_last=True)
            at = found.start()
            end = self._whole_at(rule, at)
            if end is not None:
                look.at(self._buffer, self._place, at)
                self._place = at
                return look.gap(begun, self._passed + at, is_last=False)
            if self._sought > _FREE_BYTES + _BYTES_A_BYTE * (self._passed + at):
                self._place = at
                raise JsonDamaged("input_malformed")
            at += 1

    def _whole_at(self, rule: ListRule, at: int) -> int | None:
        """Return where the object at a place ends, if it is whole and one of the list's."""
        whole = SHALLOW.match(self._buffer, at, at + _LARGEST_BYTES)
        self._sought += (whole.end() - at) if whole is not None else _LARGEST_BYTES >> 3
        if whole is None or _BEHIND.match(self._buffer, whole.end()) is None:
            return None
        try:
            held, _ = decode_json(whole[0])
        except ValueError:
            self._sought += _DECODING_BYTES
            return None
        return whole.end() if isinstance(held, dict) and rule.is_one(held) else None

    def _code_at_end(self) -> str:
        """Tell a file that ends in its middle from one that is malformed near its end."""
        last = self._last.rstrip()
        closing = _CLOSING.get(self._root, b"}")
        return "input_malformed" if last.endswith(closing) and _is_outermost(last) else "input_truncated"


class _Look:
    """What a gap shows, piece by piece."""

    def __init__(self, rule: ListRule) -> None:
        self._rule = rule
        self._opened = 0
        self._front = b""
        self._opening = b""
        self._is_filled = False
        self._near = b""

    def at(self, buffer: bytes, begin: int, end: int) -> None:
        """Take the next piece."""
        piece = self._near + buffer[begin:end]
        self._is_filled = self._is_filled or _FILLING.search(piece) is not None
        last = None
        if self._rule.opening is not None:
            for found in self._rule.opening.finditer(piece):
                if found.end() > len(self._near):
                    self._opened += found[0].endswith(b"[")
                    last = found
        if last is not None:
            self._front = piece[max(0, last.start() - _LOOKED_BACK) : last.start()]
            self._opening = last[0]
        self._near = piece[-_LOOKED_BACK:]

    def gap(self, begun: int, end: int, *, is_last: bool) -> Gap:
        """Return the gap."""
        return Gap(
            offset=begun,
            length=end - begun,
            opened=self._opened,
            front=self._front,
            opening=self._opening,
            is_filled=self._is_filled,
            is_last=is_last,
        )


def _is_outermost(last: bytes) -> bool:
    """Whether the bracket at the end is that of the root, as far as the writer's indents show it."""
    line = last.rpartition(b"\n")[2]
    return b"\n" not in last or line == line.lstrip()


def front_keys(front: bytes) -> Keys | None:
    """Return the keys with which an object begins before the list in it, as they stand in a gap. None: they do not."""
    begin = len(front)
    for _ in range(4):
        begin = front.rfind(b"{", 0, begin)
        if begin == -1:
            return None
        try:
            held, _ = decode_json(front[begin:].rstrip().rstrip(b",") + b"}")
        except ValueError:
            continue
        return held if isinstance(held, dict) else None
    return None
