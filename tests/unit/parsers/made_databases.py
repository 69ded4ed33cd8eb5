"""Databases for tests, and the ways in which they break."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from parsers.contract import Limits
from parsers.sqlite_database import EvidenceDatabase
from parsers.sqlite_guard import file_copier, open_database

PAGE = 4096


def database(path: Path, *statements: str, page_bytes: int = PAGE, encoding: str = "UTF-8") -> Path:
    """Write a database made by these statements and return its path."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {page_bytes}")
    connection.execute(f"PRAGMA encoding = '{encoding}'")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return path


def numbered(path: Path, count: int = 2_000, *more: str, table: str = "t") -> Path:
    """Write a database with a table of numbered rows, long enough that it spans many pages."""
    rows = f"""INSERT INTO {table} SELECT value, 'row ' || value || ' ' || substr(hex(zeroblob(40)), 1, 60)
        FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {count})
        SELECT value FROM n)"""
    return database(path, f"CREATE TABLE {table} (_id INTEGER PRIMARY KEY, body TEXT)", rows, *more)


def in_wal(path: Path, before: Sequence[str], after: Sequence[str]) -> Path:
    """Write a database whose last statements stand in its write-ahead log alone, as a handset leaves it."""
    work = path.with_name("work.db")
    connection = sqlite3.connect(work, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    for statement in before:
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for statement in after:
        connection.execute(statement)
    for suffix in ("", "-wal"):
        shutil.copyfile(work.with_name(work.name + suffix), path.with_name(path.name + suffix))
    connection.close()
    work.unlink()
    return path


def root_of(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    connection.close()
    return int(root)


def leaves_of(path: Path, table: str) -> list[int]:
    """Return the numbers of the leaf pages of a table with one level above them."""
    content = path.read_bytes()
    root = root_of(path, table)
    page = content[(root - 1) * PAGE : root * PAGE]
    if page[0] == 0x0D:
        return [root]
    count = int.from_bytes(page[3:5], "big")
    places = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(count)]
    return [*(int.from_bytes(page[place : place + 4], "big") for place in places), int.from_bytes(page[8:12], "big")]


def leaves_of_schema(path: Path) -> list[int]:
    """Return the numbers of the leaf pages of a long list of tables but the last."""
    page = path.read_bytes()[:PAGE]
    assert page[100] == 0x05
    count = int.from_bytes(page[103:105], "big")
    places = [int.from_bytes(page[112 + 2 * n : 114 + 2 * n], "big") for n in range(count)]
    return [int.from_bytes(page[place : place + 4], "big") for place in places]


def overwrite(path: Path, offset: int, raw: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(raw)


def damage_page(path: Path, number: int, raw: bytes = bytes(PAGE)) -> None:
    overwrite(path, (number - 1) * PAGE, raw)


def rewrite_schema(path: Path, name: str, **values: object) -> None:
    """Change what the schema says of a table, past all checks."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    for column, value in values.items():
        connection.execute(f"UPDATE sqlite_schema SET {column} = ? WHERE name = ?", (value, name))
    connection.close()


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Iterator[EvidenceDatabase]:
    with TemporaryDirectory() as scratch, open_database(file_copier(path), Path(scratch), limits or Limits()) as found:
        yield found


def rowids(path: Path, table: str = "t", wanted: Iterable[str] = ("body",)) -> list[int]:
    with opened(path) as found:
        return [row.rowid for row in found.rows(table, tuple(wanted))]
