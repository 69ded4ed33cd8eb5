"""Puts and removes extractions in the embedded index. Every function runs inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from parsers.garbage import collector_paused
from search.backends.embedded_rows import Rows, RowSource, link_rows, rows_of, unpacked_rows
from search.backends.embedded_schema import EXTRACTION_SHIFT
from search.backends.payloads import encoded
from search.contract import Edge, ExtractionEntry, ExtractionLoad, Flare, LoadedCounts, TemplateEntry
from search.errors import IndexConflict
from search.query.words import words

_DELETED_AT_ONCE = 2_000


def put_extraction(connection: sqlite3.Connection, load: ExtractionLoad) -> LoadedCounts:
    """Replace everything that is held of one extraction.

    Raises:
        IndexConflict: The load gave other documents than it announced.
    """
    extraction_id = load.entry.extraction_id
    remove_extraction(connection, extraction_id)
    cursor = connection.execute("INSERT INTO extractions (extraction_id) VALUES (?)", (extraction_id,))
    assert cursor.lastrowid is not None
    count = crc_sum = 0
    with collector_paused():
        for rows in _rows_of(load, cursor.lastrowid):
            count += rows.counts.documents
            crc_sum += rows.counts.crc_sum
            try:
                rows.insert(connection)
            except sqlite3.IntegrityError as exc:
                raise IndexConflict("two documents of one extraction have the same ordinal") from exc
    if (count, crc_sum) != (load.document_count, load.crc_sum):
        raise IndexConflict(f"{extraction_id} gave {count} documents, announced were {load.document_count}")
    put_entries(connection, [load.entry])
    return LoadedCounts(count, crc_sum)


def _rows_of(load: ExtractionLoad, extraction_no: int) -> Iterator[Rows]:
    if isinstance(load, RowSource):
        return map(unpacked_rows, load.packed_rows(extraction_no))
    return rows_of(load, extraction_no)


def put_entries(connection: sqlite3.Connection, entries: Iterable[ExtractionEntry]) -> None:
    """Put or replace catalogue entries."""
    rows = [(entry.extraction_id, encoded(entry)) for entry in entries]
    connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", rows)


def put_links(
    connection: sqlite3.Connection,
    extraction_id: str,
    edges: Iterable[Edge],
    flares: Iterable[Flare],
    templates: Iterable[TemplateEntry],
) -> None:
    """Replace the edges, flares and templates of one extraction."""
    remove_links(connection, extraction_id)
    for rows in link_rows(extraction_id, edges, flares, templates):
        rows.insert(connection)


def remove_links(connection: sqlite3.Connection, extraction_id: str) -> None:
    """Remove the edges, flares and templates of one extraction."""
    for table in ("edges", "flares", "templates"):
        connection.execute(f"DELETE FROM {table} WHERE extraction_id = ?", (extraction_id,))  # noqa: S608 - ours


def remove_extraction(connection: sqlite3.Connection, extraction_id: str) -> None:
    """Remove everything of one extraction."""
    remove_links(connection, extraction_id)
    connection.execute("DELETE FROM entries WHERE extraction_id = ?", (extraction_id,))
    row = connection.execute(
        "SELECT extraction_no FROM extractions WHERE extraction_id = ?", (extraction_id,)
    ).fetchone()
    if row is None:
        return
    first = row[0] << EXTRACTION_SHIFT
    last = first + (1 << EXTRACTION_SHIFT) - 1
    # A contentless FTS5 table forgets a text only when it is told the words again.
    texts = connection.cursor().execute("SELECT text_no, text FROM texts WHERE text_no BETWEEN ? AND ?", (first, last))
    while batch := texts.fetchmany(_DELETED_AT_ONCE):
        connection.executemany(
            "INSERT INTO texts_words (texts_words, rowid, words) VALUES ('delete', ?, ?)",
            ((text_no, " ".join(found)) for text_no, text in batch if (found := words(text))),
        )
    for table, column in (
        ("texts", "text_no"),
        ("blocks", "block_no"),
        ("documents", "doc"),
        ("document_keys", "key_no"),
        ("keys", "key_no"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", (first, last))  # noqa: S608 - ours
    connection.execute("DELETE FROM extractions WHERE extraction_no = ?", row)
