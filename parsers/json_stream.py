"""Walks a JSON file of any size: containers are entered one by one, values are cut out whole and decoded apart.

What is damaged costs the value that it stands in and no other: a value that is no JSON is given up alone, a file that
ends early keeps every value before its end. Memory is one value, and values have a limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import msgspec

from parsers.byte_streams import ByteStream
from parsers.json_decoding import Json, decode_json, repeats_a_key
from parsers.json_encoding import LONGEST_FRONT, UTF_8_MARK, WideJson, wide_encoding_of
from parsers.json_patterns import NEXT_SHALLOW, PASSED, SCALAR_END, SHALLOW, SPACE, STRING, TOKEN, UP_TO_VALUE
from parsers.json_runs import Between

_CHUNK_BYTES: Final = 1 << 16
_LAST_SPACE: Final = 0x20
"""No white space lies above it."""

_LARGE_BYTES: Final = 1 << 20
"""An object larger than this is passed over without being held."""
_OPENING, _CLOSING = b"{[", b"}]"
_NO_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_OBJECTS: Final = msgspec.json.Decoder()
_RAW: Final = msgspec.json.Decoder(list[msgspec.Raw])
_PASSED_OVER: Final = msgspec.json.Decoder(msgspec.Raw)


class JsonDamaged(Exception):
    """The file cannot be walked further. It is no ``ValueError``, which is for one value that is no JSON.

    Attributes:
        code: Notice code: ``input_truncated``, ``input_malformed`` or ``limit_reached``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class JsonWalk:
    """Walks one file from its front. The caller asks for what it expects next; what it does not want is skipped."""

    def __init__(self, stream: ByteStream, most_value_bytes: int) -> None:
        self._stream = stream
        self._most = most_value_bytes
        self._buffer = b""
        self._place = 0
        self._passed = 0
        self._begun = self._ended = 0
        self._over_limit = "limit_reached"
        self._is_over = False
        while len(self._buffer) < LONGEST_FRONT and self._fill():
            pass
        wide = wide_encoding_of(self._buffer)
        if wide is not None:
            codec, self._place = wide
            self._stream = WideJson(stream, codec, self._buffer[self._place :])
            self._buffer, self._place = b"", 0
        elif self._buffer.startswith(UTF_8_MARK):
            self._place = len(UTF_8_MARK)

    def kind(self) -> str:
        """Return ``{``, ``[``, ``"``, or ``0`` for any other value; ``""`` at the end of the file."""
        self._skip_space()
        byte = self._buffer[self._place : self._place + 1]
        return "" if not byte else byte.decode("latin-1") if byte in b'{["' else "0"

    def ahead(self, size: int) -> bytes:
        """Return up to so many bytes of what comes next, without passing over them; fewer at the end of the file."""
        self._skip_space()
        while len(self._buffer) - self._place < size and self._fill():
            pass
        return self._buffer[self._place : self._place + size]

    def enter(self) -> None:
        """Go into the object or array that comes next.

        Raises:
            JsonDamaged: No container comes next.
        """
        if self.kind() not in {"{", "["}:
            raise self._fault()
        self._place += 1

    def next_key(self) -> str | None:
        """Return the next key of the object that the walk is in, and stand before its value. None: the object ends."""
        if self._ends(b"}"):
            return None
        raw = self._value()
        if not raw.startswith(b'"'):
            raise self._fault()
        self._skip_space()
        if self._buffer[self._place : self._place + 1] != b":":
            raise self._fault()
        self._place += 1
        try:
            key, _ = decode_json(raw)
        except ValueError as error:
            raise JsonDamaged("input_malformed") from error
        return str(key)

    def has_next(self) -> bool:
        """Whether the array that the walk is in has another value; it stands before it then, else behind the array."""
        return not self._ends(b"]")

    def objects(self) -> Iterator[tuple[dict[str, Json] | None, int]]:
        """Yield the objects of the array that the walk is in, with the count of ``decode_json``, and stand behind it.

        A value that is no object, or no JSON, is None; it was taken by itself, so that its place is known.

        Raises:
            JsonDamaged: As ``has_next`` and ``value``.
        """
        between = Between()
        while True:
            end = between.guess_run(self._buffer, self._place)
            if end is not None:
                run = _objects_in(self._buffer[self._place : end])
                if run:
                    between.was_right()
                    self._place = between.behind(end)
                    for one in run:
                        yield one, 0
                    continue
                between.was_wrong()
            guessed = between.guess(self._buffer, self._place)
            if guessed is not None:
                with suppress(*_NO_JSON):
                    raw = self._buffer[self._place : guessed]
                    held = msgspec.json.decode(raw)
                    if not repeats_a_key(raw, held):
                        self._place = between.behind(guessed)
                        between.was_right()
                        yield (held if isinstance(held, dict) else None), 0
                        continue
            if not self.has_next():
                return
            raw = self.value()
            self._place = between.learn(self._buffer, self._place, was_missed=guessed is not None)
            try:
                held, replaced = decode_json(raw)
            except ValueError:
                held, replaced = None, 0
            yield (held, replaced) if isinstance(held, dict) else (None, 0)

    def run(self, between: Between, margin: int, without: tuple[bytes, ...]) -> list[bytes]:
        """Return the objects that come next in the array that the walk is in, and stand before the value behind them.

        Empty: it stands where it stood, and what comes next is to be asked for by itself; ``Between.learn`` is then
        to be told of it (``learn``).

        Args:
            between: What stands between the objects of this array.
            margin: So many octets behind the objects are looked at too.
            without: None of these may be in them.
        """
        end = between.guess_run(self._buffer, self._place, margin)
        if end is None:
            return []
        front = self._buffer[self._place : end]
        if any(self._buffer.find(mark, self._place, end + margin) != -1 for mark in without):
            between.was_wrong()
            return []
        try:
            found = [bytes(raw) for raw in _RAW.decode(b"[%b]" % front)]
        except _NO_JSON:
            found = []
        if not found or not all(raw.startswith(b"{") for raw in found):
            between.was_wrong()
            return []
        between.was_right()
        self._place = between.behind(end)
        return found

    def learn(self, between: Between) -> None:
        """Take what stands behind an object that was just taken, and pass over it where another object comes next."""
        self._place = between.learn(self._buffer, self._place, was_missed=False)
        between.was_right()

    def value(self) -> bytes:
        """Return the value that comes next as it stands in the file.

        Raises:
            JsonDamaged: The file ends in it, or it is larger than the limit.
        """
        self._skip_space()
        self._begun = self._passed + self._place
        raw = self._value()
        self._ended = self._passed + self._place
        return raw

    def skip(self) -> None:
        """Pass over the value that comes next, however large it is.

        Raises:
            JsonDamaged: The file ends in it.
        """
        kind = self.kind()
        if kind not in {"{", "["}:
            self._value()
            return
        depth = 0
        if kind == "[":
            self._place += 1
            depth = 1
            self._skip_objects()
        while True:
            reached = self._place
            for match in PASSED.finditer(self._buffer, self._place):
                token = match[0]
                if token == b'"':
                    break
                reached = match.end()
                depth += (token in (b"{", b"[")) - (token in (b"}", b"]"))
                # Nothing is open in front of the value itself, which may be whole in one piece.
                if depth == 0:
                    self._place = reached
                    return
            else:
                # What stands behind the last bracket or text is no part of either.
                reached = len(self._buffer)
            self._place = reached
            self._more()

    def _skip_objects(self) -> None:
        """Pass over the first values of an array as long as they are objects alike."""
        between = Between()
        while True:
            end = between.guess_run(self._buffer, self._place)
            if end is not None:
                try:
                    _PASSED_OVER.decode(b"[%b]" % self._buffer[self._place : end])
                except _NO_JSON:
                    between.was_wrong()
                else:
                    between.was_right()
                    self._place = between.behind(end)
                    continue
            whole = NEXT_SHALLOW.match(self._buffer, self._place)
            if whole is None:
                # An object that goes on behind the buffer; what is no object is for the caller to pass over.
                between_values = UP_TO_VALUE.match(self._buffer, self._place)
                assert between_values is not None
                begun = self._buffer[between_values.end() : between_values.end() + 1]
                held = len(self._buffer) - self._place
                if begun not in {b"{", b""} or held > _LARGE_BYTES or not self._fill():
                    return
                continue
            self._place = whole.end()
            self._place = between.learn(self._buffer, self._place, was_missed=False)
            between.was_right()

    def is_at_end(self) -> bool:
        """Whether nothing but white space is left."""
        return self.kind() == ""

    def values_left(self) -> int:
        """Pass over the objects and arrays that are left, and return how many; text that is none of them counts as one.

        Zero: nothing but white space is left. One that does not end counts too.
        """
        count = 0
        while self.kind() in {"{", "["}:
            count += 1
            try:
                self.skip()
            except JsonDamaged:
                return count
        return count if self.is_at_end() else count + 1

    def _ends(self, closing: bytes) -> bool:
        self._skip_space()
        byte = self._buffer[self._place : self._place + 1]
        if byte == b",":
            self._place += 1
            self._skip_space()
            byte = self._buffer[self._place : self._place + 1]
        if byte == closing:
            self._place += 1
            return True
        if not byte or byte in _CLOSING:
            raise self._fault()
        return False

    def _value(self) -> bytes:
        first = self._buffer[self._place : self._place + 1]
        if first == b'"':
            size = self._string_length()
        elif first and first in _OPENING:
            size = self._container_length()
        else:
            size = self._scalar_length()
        raw = self._buffer[self._place : self._place + size]
        self._place += size
        return raw

    def _string_length(self) -> int:
        while True:
            match = STRING.match(self._buffer, self._place, self._place + self._most)
            if match is not None:
                return match.end() - self._place
            self._more()

    def _container_length(self) -> int:
        whole = SHALLOW.match(self._buffer, self._place, self._place + self._most)
        if whole is not None:
            return whole.end() - self._place
        depth, reached = 0, 0
        while True:
            for match in TOKEN.finditer(self._buffer, self._place + reached, self._place + self._most):
                token = match[0]
                if token == b'"':
                    break
                reached = match.end() - self._place
                if token in (b"{", b"["):
                    depth += 1
                elif token in (b"}", b"]"):
                    depth -= 1
                    if depth == 0:
                        return reached
            self._more()

    def _scalar_length(self) -> int:
        while True:
            match = SCALAR_END.search(self._buffer, self._place)
            if match is not None:
                return match.start() - self._place
            if self._is_over:
                return len(self._buffer) - self._place
            self._more()

    def _skip_space(self) -> None:
        if self._place < len(self._buffer) and self._buffer[self._place] > _LAST_SPACE:
            return
        while True:
            match = SPACE.match(self._buffer, self._place)
            assert match is not None
            self._place = match.end()
            if self._place < len(self._buffer) or not self._fill():
                return

    def _more(self) -> None:
        """Read on within a value.

        Raises:
            JsonDamaged: The file ends, or the value is larger than the limit.
        """
        if len(self._buffer) - self._place > self._most:
            raise JsonDamaged(self._over_limit)
        if not self._fill():
            raise JsonDamaged("input_truncated")

    def _fill(self) -> bool:
        """Read more; what lies before the place is let go. Doubles what is held, so that it costs its size once."""
        if self._is_over:
            return False
        held = self._buffer[self._place :]
        more = self._stream.read(max(_CHUNK_BYTES, len(held)))
        self._is_over = not more
        self._buffer = held + more
        self._passed += self._place
        self._place = 0
        return bool(more)

    def _fault(self) -> JsonDamaged:
        self._skip_space()
        return JsonDamaged("input_truncated" if self._place >= len(self._buffer) else "input_malformed")


def _objects_in(run: bytes) -> list[dict[str, Json]]:
    """Return the objects in a stretch of an array. Empty: it is no JSON, or another value stands in it."""
    try:
        found = _OBJECTS.decode(b"[%b]" % run)
    except _NO_JSON:
        return []
    if repeats_a_key(run, found):
        return []
    return found if all(isinstance(one, dict) for one in found) else []
