"""The schema of the journal, version by version. ``PRAGMA user_version`` holds the version of a file.

A version is never edited once it was in a release: a change is a new version at the end. Each runs in one
transaction with the change of ``user_version``, so a crash leaves the version before.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from ingest.errors import DataFolderNewer

_VERSION_1 = """
CREATE TABLE deliveries (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    is_folder INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    original_path TEXT NOT NULL,
    stored_as TEXT NOT NULL,
    state TEXT NOT NULL,
    step TEXT NOT NULL,
    refusal BLOB,
    updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE extractions (
    extraction_id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES deliveries,
    place INTEGER NOT NULL,
    step TEXT NOT NULL,
    records_sha256 TEXT NOT NULL,
    findings_sha256 TEXT,
    summary BLOB NOT NULL,
    entry BLOB,
    receipt BLOB,
    next_records_sha256 TEXT,
    next_summary BLOB
) STRICT;
CREATE INDEX extractions_by_delivery ON extractions (sha256, place);
CREATE TABLE loads (
    extraction_id TEXT NOT NULL,
    index_name TEXT NOT NULL,
    findings_sha256 TEXT NOT NULL,
    entry_sha256 TEXT NOT NULL,
    PRIMARY KEY (extraction_id, index_name)
) STRICT;
"""

# Arrivals apart from deliveries: the same delivery arrives more than once, under other names and with other sidecars.
_VERSION_2 = """
CREATE TABLE arrivals (
    arrival_id INTEGER PRIMARY KEY AUTOINCREMENT,
    original_path BLOB NOT NULL,
    arrived_at TEXT NOT NULL,
    state TEXT NOT NULL,
    sha256 TEXT,
    refusal BLOB
) STRICT;
CREATE INDEX arrivals_by_path ON arrivals (original_path);
CREATE TABLE watched (
    path BLOB PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    taken_at TEXT NOT NULL
) STRICT;
INSERT INTO arrivals (original_path, arrived_at, state, sha256)
    SELECT CAST(original_path AS BLOB), received_at, 'held', sha256 FROM deliveries;
"""

# The same bytes can be two deliveries, which their names or their devices tell apart: the hash of the content is then
# not the key.
_VERSION_3 = """
ALTER TABLE deliveries ADD COLUMN content_sha256 TEXT;
ALTER TABLE deliveries ADD COLUMN said_by_name TEXT;
CREATE INDEX deliveries_by_content ON deliveries (ifnull(content_sha256, sha256));
"""

MIGRATIONS: Final = (_VERSION_1, _VERSION_2, _VERSION_3)
"""SQL that leads from version n to n + 1, at place n."""

SCHEMA_VERSION: Final = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, folder: str) -> None:
    """Bring the journal to ``SCHEMA_VERSION``. The connection MUST be in autocommit mode.

    Raises:
        DataFolderNewer: A newer version wrote it.
    """
    while True:
        # The version is read under the write lock: two processes may open a new folder at once.
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version_of(connection, folder)
            if version < SCHEMA_VERSION:
                for statement in MIGRATIONS[version].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        if version >= SCHEMA_VERSION:
            return


def _version_of(connection: sqlite3.Connection, folder: str) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise DataFolderNewer(folder, f"schema {version}, this version knows {SCHEMA_VERSION}")
    return int(version)
