"""Rows of evidence put aside by a number, to be found again: on disk, so that memory does not grow with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

import msgspec

_Held = TypeVar("_Held")


class SideTable(Generic[_Held]):
    """Values by number, in the order in which they were put in; any number of values a number."""

    def __init__(self, connection: sqlite3.Connection, held_type: type[_Held]) -> None:
        self._connection = connection
        self._encode = msgspec.msgpack.Encoder().encode
        self._decoder = msgspec.msgpack.Decoder(held_type)
        connection.execute("CREATE TABLE held (place INTEGER PRIMARY KEY, number INTEGER NOT NULL, value BLOB)")
        self._is_indexed = False
        self._is_empty = True

    def put(self, number: int, value: _Held) -> None:
        """Put a value in. Nothing may be put in once something was looked for."""
        self._is_empty = False
        self._connection.execute("INSERT INTO held (number, value) VALUES (?, ?)", (number, self._encode(value)))

    def of(self, number: int) -> list[_Held]:
        """Return the values of a number, in the order in which they were put in."""
        if self._is_empty:
            return []
        if not self._is_indexed:
            self._connection.execute("CREATE INDEX by_number ON held (number, place)")
            self._is_indexed = True
        found = self._connection.execute("SELECT value FROM held WHERE number = ? ORDER BY place", (number,))
        return [self._decoder.decode(value) for (value,) in found]

    def numbers(self) -> Iterator[int]:
        """Yield every number that has a value, rising."""
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
