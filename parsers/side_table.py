"""Rows of evidence put aside by a number, to be found again: few in memory, more on disk, so that it does not grow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Generic, TypeVar

import msgspec

_Held = TypeVar("_Held")
_AT_ONCE: Final = 500
"""Values that are written together; each is small."""

_MEMORY_BYTES: Final = 8 * 2**20
_BYTES_A_VALUE: Final = 256
"""What is held in memory at most, and what a value and its number take of it beside the value's own bytes."""

_NEAR: Final = 16
"""So many values are passed over before a search is the shorter way."""


class SideTable(Generic[_Held]):
    """Values by number, in the order in which they were put in; any number of values a number."""

    def __init__(self, connection: sqlite3.Connection, held_type: type[_Held]) -> None:
        self._connection = connection
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(held_type).decode
        connection.execute("CREATE TABLE held (place INTEGER PRIMARY KEY, number INTEGER NOT NULL, value BLOB)")
        # Most numbers have one value: a list for each would keep the collector of garbage busy.
        self._held: dict[int, bytes | list[bytes]] | None = {}
        self._held_bytes = 0
        self._waiting: list[tuple[int, bytes]] = []
        self._is_indexed = False
        self._is_empty = True
        self._is_rising = True
        self._last: int | None = None
        self._ahead: Iterator[tuple[int, bytes]] = iter(())
        self._next: tuple[int, bytes] | None = None
        self._asked: int | None = None
        self._left = 0

    def put(self, number: int, value: _Held) -> None:
        """Put a value in. Nothing may be put in once something was looked for."""
        self._is_empty = False
        self._left += 1
        if self._last is not None and number < self._last:
            self._is_rising = False
        self._last = number
        encoded = self._encode(value)
        if self._held is None:
            self._wait(number, encoded)
            return
        values = self._held.get(number)
        if values is None:
            self._held[number] = encoded
        elif isinstance(values, bytes):
            self._held[number] = [values, encoded]
        else:
            values.append(encoded)
        self._held_bytes += len(encoded) + _BYTES_A_VALUE
        if self._held_bytes > _MEMORY_BYTES:
            # The values of each number in their order, which is all that is asked for.
            held, self._held = self._held, None
            for each, several in held.items():
                for one in (several,) if isinstance(several, bytes) else several:
                    self._wait(each, one)

    def _wait(self, number: int, encoded: bytes) -> None:
        self._waiting.append((number, encoded))
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def of(self, number: int, most: int | None = None) -> list[_Held]:
        """Return the values of a number, in the order in which they were put in; no more than ``most`` are read."""
        if self._is_empty:
            return []
        if self._held is not None:
            values = self._held.get(number)
            if values is None:
                return []
            if isinstance(values, bytes):
                self._left -= 1
                return [self._decode(values)]
            self._left -= len(values)
            return [self._decode(each) for each in values[:most]]
        # Rows are read by their numbers, and asked for so: one cursor goes along, and a search is made for a jump only.
        if self._asked is None or number <= self._asked or not self._is_near(number):
            self._seek(number)
        self._asked = number
        found: list[_Held] = []
        while self._next is not None and self._next[0] == number and len(found) != most:
            found.append(self._decode(self._next[1]))
            self._next = next(self._ahead, None)
        self._left -= len(found)
        return found

    @property
    def left(self) -> int:
        """How many values were never looked for, where each number is looked for once."""
        return max(self._left, 0)

    def _seek(self, number: int) -> None:
        """Let the cursor stand at the first value of a number, or where it would be."""
        if self._asked is None:
            self._write()
            if self._is_rising:
                # They lie in the order in which they are asked for: most tables need no index at all.
                self._ahead = self._connection.execute("SELECT number, value FROM held ORDER BY place")
                self._next = next(self._ahead, None)
                if self._is_near(number):
                    return
        if not self._is_indexed:
            # An open cursor would keep the index from being made.
            self._ahead = iter(())
            self._connection.execute("CREATE INDEX by_number ON held (number, place)")
            self._is_indexed = True
        self._ahead = self._connection.execute(
            "SELECT number, value FROM held WHERE number >= ? ORDER BY number, place", (number,)
        )
        self._next = next(self._ahead, None)

    def _is_near(self, number: int) -> bool:
        """Go along to a number that was not passed yet. False: it is not among the next ones."""
        for _ in range(_NEAR):
            if self._next is None or self._next[0] >= number:
                return True
            self._next = next(self._ahead, None)
        return False

    def _write(self) -> None:
        self._connection.executemany("INSERT INTO held (number, value) VALUES (?, ?)", self._waiting)
        self._waiting.clear()

    def numbers(self) -> Iterator[int]:
        """Yield every number that has a value, rising."""
        if self._held is not None:
            yield from sorted(self._held)
            return
        self._write()
        for (number,) in self._connection.execute("SELECT DISTINCT number FROM held ORDER BY number"):
            yield number


@contextmanager
def side_table(scratch_dir: Path, held_type: type[_Held]) -> Iterator[SideTable[_Held]]:
    """Open an empty side table; it is removed afterwards."""
    with TemporaryDirectory(dir=scratch_dir, prefix="side-") as folder:
        connection = sqlite3.connect(Path(folder) / "held.sqlite", isolation_level=None)
        try:
            for setting in (
                "journal_mode = OFF",
                "synchronous = OFF",
                "temp_store = MEMORY",
                "locking_mode = EXCLUSIVE",
            ):
                connection.execute(f"PRAGMA {setting}")
            connection.execute("BEGIN")
            yield SideTable(connection, held_type)
        finally:
            connection.close()
