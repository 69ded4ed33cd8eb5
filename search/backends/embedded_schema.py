"""The tables of the embedded index, and how a connection to its file is opened.

Documents are narrow, for searches scan them; what is given back lies apart, in blocks. A document's number is its
extraction's number shifted left by 32 bits, plus its ordinal: an extraction is one range of every table, and can be
removed whole. Texts are kept once, texts without an instant of their own stand for many documents.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from search.errors import IndexOutdated
from search.mapping import MADE_WITH

_TABLES_VERSION = "2"
"""Changes whenever a table below does: the file is then rebuilt from the segments."""

_MADE_WITH = {**MADE_WITH, "tables": _TABLES_VERSION}

EXTRACTION_SHIFT = 32
"""A document, a text and a block are numbered within their extraction in the low bits."""

NO_TEXT = 0
"""``text_no`` of a document without text; never null, so that NOT finds it."""

BUSY_SECONDS = 60
_CACHE_KIB = 32_768
_CACHE_KIB_IN_ORDER = 4_096
"""Of a connection that reads once in the order of a table: what it has passed it never asks for again, and memory that
is new costs more than the reading."""
_PAGE_BYTES = 8_192
_WAL_BYTES = 64 * 2**20

_TABLES = """
CREATE TABLE IF NOT EXISTS made_with (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS extractions (
  extraction_no INTEGER PRIMARY KEY AUTOINCREMENT, extraction_id TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS entries (extraction_id TEXT PRIMARY KEY, payload BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  doc INTEGER PRIMARY KEY, record_id TEXT NOT NULL, utc INTEGER NOT NULL, kind TEXT NOT NULL, direction TEXT,
  service TEXT, deleted TEXT NOT NULL, is_duplicate INTEGER NOT NULL, is_advert INTEGER NOT NULL, line TEXT,
  template_id TEXT, flare_id TEXT, drugs TEXT, text_no INTEGER NOT NULL, block_no INTEGER NOT NULL,
  crc INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_by_record ON documents (record_id);
CREATE INDEX IF NOT EXISTS documents_by_text ON documents (text_no);
CREATE TABLE IF NOT EXISTS blocks (block_no INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS texts (text_no INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS texts_words USING fts5 (words, content='', columnsize=0, tokenize='ascii');
CREATE TABLE IF NOT EXISTS keys (key_no INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS keys_by_key ON keys (key);
CREATE TABLE IF NOT EXISTS document_keys (key_no INTEGER, doc INTEGER, PRIMARY KEY (key_no, doc)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edges (
  kind TEXT, key TEXT, extraction_id TEXT, role TEXT, other TEXT, label TEXT, place INTEGER, payload BLOB NOT NULL,
  PRIMARY KEY (kind, key, extraction_id, role, other, label, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edges_by_extraction ON edges (extraction_id, kind);
CREATE TABLE IF NOT EXISTS flares (
  flare_id TEXT, extraction_id TEXT, place INTEGER, payload BLOB NOT NULL,
  PRIMARY KEY (flare_id, extraction_id, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS flares_by_extraction ON flares (extraction_id);
CREATE TABLE IF NOT EXISTS templates (
  template_id TEXT, extraction_id TEXT, place INTEGER, payload BLOB NOT NULL,
  PRIMARY KEY (template_id, extraction_id, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS templates_by_extraction ON templates (extraction_id);
"""
# The "ascii" tokenizer cuts at ASCII characters that are no letter and no digit, and folds nothing else: the words that
# search.query.words makes come out as they went in, in every release of SQLite.


def connect(path: Path, *, is_reader: bool, is_in_order: bool = False) -> sqlite3.Connection:
    """Open a connection that any thread may use, one at a time. Transactions are begun by hand.

    Args:
        path: Of the file.
        is_reader: It never writes.
        is_in_order: It reads once, in the order of a table.
    """
    if not is_reader:
        # Before SQLite opens it, which gives its log the mode of the file: evidence is its owner's alone.
        with suppress(OSError):
            path.touch(mode=0o600, exist_ok=True)
            path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB_IN_ORDER if is_in_order else _CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if is_reader:
        connection.execute("PRAGMA query_only = ON")
        return connection
    # For a file that is made here. Most rows are long and lie in order; fewer pages halve the time of a commit.
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    # What the journal calls searchable must still be so after a power cut: there are few commits, each is a load.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
    # A purge must leave nothing behind in freed pages.
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def make_tables(connection: sqlite3.Connection) -> None:
    """Make what is missing.

    Raises:
        IndexOutdated: The file was made with another mapping, other words or other tables.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        made_with, *tables = _TABLES.split(";\n")
        connection.execute(made_with)
        found = dict(connection.execute("SELECT name, value FROM made_with"))
        # Before a table is made: a file of another version has tables of the same names.
        _check_made_with(found)
        connection.executemany("INSERT OR IGNORE INTO made_with VALUES (?, ?)", _MADE_WITH.items())
        for statement in tables:
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        # A full disk ends a transaction by itself; rolling back once more would hide what was wrong.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def checked_version(path: Path) -> str:
    """Return the version of SQLite that reads the file, which is opened for reading alone and not brought up to date.

    Raises:
        IndexOutdated: The file was made with another mapping, other words or other tables.
        sqlite3.Error: It cannot be read.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as connection:
        is_made = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'made_with'").fetchone()[0]
        _check_made_with(dict(connection.execute("SELECT name, value FROM made_with")) if is_made else {})
        return str(connection.execute("SELECT sqlite_version()").fetchone()[0])


def _check_made_with(found: dict[str, str]) -> None:
    if found and found != _MADE_WITH:
        raise IndexOutdated("the index", found, _MADE_WITH)
