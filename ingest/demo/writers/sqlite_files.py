"""Writes SQLite files as a handset leaves them: with all rows in the file, or with the last ones in its log alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_database(path: Path, schema: str, *, keeps_log: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a new database with these tables; it stands at the path once the block ends.

    Args:
        path: Where it is to stand.
        schema: Statements with semicolons behind them.
        keeps_log: Whether what is inserted stands in the write-ahead log alone, as on a handset that was running.
    """
    work = path.with_name(f"{path.name}.work")
    connection = sqlite3.connect(work, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(f"BEGIN; {schema} COMMIT;")
    if keeps_log:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("BEGIN")
    yield connection
    connection.execute("COMMIT")
    for suffix in ("", "-wal"):
        written = work.with_name(work.name + suffix)
        if written.exists():
            path.with_name(path.name + suffix).write_bytes(written.read_bytes())
    connection.close()
    work.unlink()


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Insert a row and return its number."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    done = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 - names of our own
    return done.lastrowid or 0
