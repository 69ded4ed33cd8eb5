"""What the analysis said of each distinct text, kept across extractions and runs.

A cache by (version of the analysis, text id): it can be thrown away and made anew. SQLite, so that memory stays flat
and two analysing processes can write; a text that both analyse gives the same finding, and the first is kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS versions (version_id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS findings (
    text_id BLOB NOT NULL, version_id INTEGER NOT NULL, finding BLOB NOT NULL,
    PRIMARY KEY (text_id, version_id)
) WITHOUT ROWID, STRICT;
"""
_ASKED_AT_ONCE: Final = 500


class TextFindings:
    """Findings of one version of the analysis, as MessagePack by the bytes of the text id."""

    def __init__(self, path: Path, version: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=120.0)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may cost the newest findings, which are made anew; it cannot damage the file.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA temp_store = MEMORY")
            self._connection.execute("PRAGMA cache_size = -16000")
            self._connection.executescript(_SCHEMA)
            self._connection.execute("INSERT OR IGNORE INTO versions (version) VALUES (?)", (version,))
            row = self._connection.execute("SELECT version_id FROM versions WHERE version = ?", (version,)).fetchone()
        except BaseException:
            self._connection.close()
            raise
        self._version_id = int(row[0])

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
            self._connection.executemany("INSERT OR IGNORE INTO findings VALUES (?, ?, ?)", values)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
