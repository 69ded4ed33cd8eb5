"""What the analysis said of each distinct text, kept across extractions and runs.

A cache by (version of the analysis, text id): it can be thrown away and made anew. SQLite, so that memory stays flat
and two analysing processes can write; a text that both analyse gives the same finding, and the first is kept.
"""

from __future__ import annotations

import atexit
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ingest.data_paths import make_private

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS versions (version_id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS findings (
    text_id BLOB NOT NULL, version_id INTEGER NOT NULL, finding BLOB NOT NULL,
    UNIQUE (text_id, version_id)
) STRICT;
"""
# With row ids on purpose: text ids come in no order, and a portion would else touch every page of findings, not only
# those of the small index (a quarter of the time).

_ASKED_AT_ONCE: Final = 500
_PATIENCE_SECONDS: Final = 120.0
_PAUSE_SECONDS: Final = 0.01
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

_kept: list[tuple[Path, str, tuple[int, int], TextFindings]] = []
"""The findings that this process keeps open, one at the most."""


def kept_findings(path: Path, version: str) -> TextFindings:
    """Return the findings, open from the last call where that asked for the same; they stay open for the next.

    Opening and closing a file for each portion costs as much as a portion's findings. A file that was removed or put
    in the place of another is opened anew. For processes that do one job after the other, from one thread.
    """
    if _kept and _kept[0][:2] == (path, version) and _kept[0][2] == _identity(path):
        return _kept[0][3]
    close_kept()
    findings = TextFindings(path, version)
    _kept.append((path, version, _identity(path), findings))
    return findings


def close_kept() -> None:
    """Release the file that is kept open; also done when the process ends."""
    while _kept:
        _kept.pop()[3].close()


atexit.register(close_kept)


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another of its name; zeros where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def discard_damaged(path: Path, *, is_thorough: bool = False) -> bool:
    """Remove a file that SQLite cannot use, and return whether it was one; what it held is made anew.

    The caller holds the lock of the data folder, and no process writes findings.

    Args:
        path: Of the file.
        is_thorough: Read all of it. Else its beginning alone.
    """
    if not path.exists():
        return False
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_SECONDS)
        try:
            (found,) = connection.execute(
                "PRAGMA quick_check" if is_thorough else "SELECT 'ok' FROM (SELECT count(*) FROM sqlite_schema)"
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as exc:
        if exc.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        found = str(exc)
    if found == "ok":
        return False
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return True


class TextFindings:
    """Findings of one version of the analysis, as MessagePack by the bytes of the text id."""

    def __init__(self, path: Path, version: str) -> None:
        make_private(path)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_SECONDS)
        try:
            self._version_id = self._set_up(version)
        except BaseException:
            self._connection.close()
            raise

    def _set_up(self, version: str) -> int:
        """Make the file ready, and return the id of the version.

        Again while another process does the same: SQLite asks nobody to wait for the turn of a new file into one with
        a write-ahead log, whatever the time that a connection may wait.
        """
        gives_up_at = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return self._version_of(version)
            except sqlite3.OperationalError as exc:
                if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > gives_up_at:
                    raise
            time.sleep(_PAUSE_SECONDS)

    def _version_of(self, version: str) -> int:
        self._connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may cost the newest findings, which are made anew; it cannot damage the file.
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._connection.execute("PRAGMA cache_size = -16000")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("INSERT OR IGNORE INTO versions (version) VALUES (?)", (version,))
        row = self._connection.execute("SELECT version_id FROM versions WHERE version = ?", (version,)).fetchone()
        return int(row[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def get(self, text_ids: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the findings that are kept, by text id."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(text_ids), _ASKED_AT_ONCE):
            asked = text_ids[start : start + _ASKED_AT_ONCE]
            marks = ",".join("?" * len(asked))
            rows = self._connection.execute(
                f"SELECT text_id, finding FROM findings WHERE version_id = ? AND text_id IN ({marks})",  # noqa: S608  # question marks alone
                (self._version_id, *asked),
            )
            found.update(rows.fetchall())
        return found

    def put(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep findings by text id; one that is there stays."""
        values = [(text_id, self._version_id, finding) for text_id, finding in sorted(rows)]
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany("INSERT INTO findings VALUES (?, ?, ?) ON CONFLICT DO NOTHING", values)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
