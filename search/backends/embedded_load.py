"""Puts and removes extractions in the embedded index. Every function runs inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import orjson

from search.backends.embedded_schema import EXTRACTION_SHIFT, NO_TEXT
from search.backends.payloads import encoded
from search.contract import Edge, ExtractionEntry, ExtractionLoad, Flare, LoadedCounts, RecordDocument, TemplateEntry
from search.errors import IndexConflict
from search.query.words import words
from search.stored_values import UNDATED_MS, document_keys, keyword, utc_ms, well_formed

_REMEMBERED = 100_000
"""Distinct texts, findings and keys that a load remembers, each; beyond, one may be stored twice. Bounds memory."""
_DELETED_AT_ONCE = 2_000


class _Numbers(dict[str | bytes, int]):
    """Numbers distinct values from 1, in the low bits of an extraction's range; forgets all when full."""

    def __init__(self, extraction_no: int) -> None:
        super().__init__()
        self._next = (extraction_no << EXTRACTION_SHIFT) + 1

    def number(self, value: str | bytes) -> int:
        """Give the next number to a value that has none."""
        if len(self) >= _REMEMBERED:
            self.clear()
        number = self[value] = self._next
        self._next += 1
        return number


class _Rows:
    """The rows of one batch, table by table."""

    def __init__(self) -> None:
        self.documents: list[tuple[object, ...]] = []
        self.payloads: list[tuple[int, bytes, int]] = []
        self.texts: list[tuple[int, str]] = []
        self.texts_words: list[tuple[int, str]] = []
        self.findings: list[tuple[int, bytes]] = []
        self.keys: list[tuple[int, str]] = []
        self.document_keys: list[tuple[int, int]] = []

    def insert(self, connection: sqlite3.Connection) -> None:
        """Write the rows."""
        connection.executemany(
            f"INSERT INTO documents VALUES ({', '.join('?' * 15)})",  # noqa: S608 - question marks alone
            self.documents,
        )
        connection.executemany("INSERT INTO payloads VALUES (?, ?, ?)", self.payloads)
        connection.executemany("INSERT INTO texts VALUES (?, ?)", self.texts)
        connection.executemany("INSERT INTO texts_words (rowid, words) VALUES (?, ?)", self.texts_words)
        connection.executemany("INSERT INTO findings VALUES (?, ?)", self.findings)
        connection.executemany("INSERT INTO keys VALUES (?, ?)", self.keys)
        # In key order the rows of one key go to one place of the tree.
        self.document_keys.sort()
        connection.executemany("INSERT INTO document_keys VALUES (?, ?)", self.document_keys)


class _DocumentWriter:
    """Turns the documents of one extraction into rows."""

    def __init__(self, connection: sqlite3.Connection, extraction_no: int) -> None:
        self._connection = connection
        self._first_doc = extraction_no << EXTRACTION_SHIFT
        self._texts = _Numbers(extraction_no)
        self._findings = _Numbers(extraction_no)
        self._keys = _Numbers(extraction_no)
        self.count = 0
        self.crc_sum = 0

    def write(self, documents: Sequence[RecordDocument]) -> None:
        """Write one batch."""
        rows = _Rows()
        for document in documents:
            self._add(rows, document)
            self.crc_sum += document.crc
        self.count += len(documents)
        try:
            rows.insert(self._connection)
        except sqlite3.IntegrityError as exc:
            raise IndexConflict("two documents of one extraction have the same ordinal") from exc

    def _add(self, rows: _Rows, document: RecordDocument) -> None:
        doc = self._first_doc + document.ordinal
        finding = document.finding
        finding_no = self._findings.get(finding)
        if finding_no is None:
            finding_no = self._findings.number(finding)
            rows.findings.append((finding_no, finding))
        rows.payloads.append((doc, document.record, finding_no))
        for key in document_keys(document):
            key_no = self._keys.get(key)
            if key_no is None:
                key_no = self._keys.number(key)
                rows.keys.append((key_no, key))
            rows.document_keys.append((key_no, doc))
        # Plain values, and numbers for what is true or false: sqlite3 asks for an adapter of anything else.
        rows.documents.append(
            (
                doc,
                well_formed(document.record_id),
                UNDATED_MS if document.utc is None else utc_ms(document.utc),
                keyword(document.kind),
                _keyword(document.direction),
                _keyword(document.service),
                keyword(document.deleted),
                1 if document.is_duplicate else 0,
                1 if document.is_advert else 0,
                _keyword(document.line),
                _keyword(document.template_id),
                _keyword(document.flare_id),
                orjson.dumps(sorted(set(map(keyword, document.drugs)))).decode() if document.drugs else None,
                self._text_no(rows, document.text),
                document.crc,
            )
        )

    def _text_no(self, rows: _Rows, text: str) -> int:
        if not text:
            return NO_TEXT
        text = well_formed(text)
        text_no = self._texts.get(text)
        if text_no is None:
            text_no = self._texts.number(text)
            rows.texts.append((text_no, text))
            if found := words(text):
                rows.texts_words.append((text_no, " ".join(found)))
        return text_no


def _keyword(value: str | None) -> str | None:
    return None if value is None else keyword(value)


def put_extraction(connection: sqlite3.Connection, load: ExtractionLoad) -> LoadedCounts:
    """Replace everything that is held of one extraction.

    Raises:
        IndexConflict: The load gave other documents than it announced.
    """
    extraction_id = load.entry.extraction_id
    remove_extraction(connection, extraction_id)
    cursor = connection.execute("INSERT INTO extractions (extraction_id) VALUES (?)", (extraction_id,))
    assert cursor.lastrowid is not None
    writer = _DocumentWriter(connection, cursor.lastrowid)
    for batch in load.batches():
        writer.write(batch)
    if (writer.count, writer.crc_sum) != (load.document_count, load.crc_sum):
        raise IndexConflict(f"{extraction_id} gave {writer.count} documents, announced were {load.document_count}")
    put_links(connection, extraction_id, load.edges(), load.flares(), load.templates())
    put_entries(connection, [load.entry])
    return LoadedCounts(writer.count, writer.crc_sum)


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
    connection.executemany(
        "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                edge.kind.value,
                keyword(edge.key),
                extraction_id,
                keyword(edge.role),
                keyword(edge.other),
                keyword(edge.label),
                place,
                encoded(edge),
            )
            for place, edge in enumerate(edges)
        ),
    )
    connection.executemany(
        "INSERT INTO flares VALUES (?, ?, ?, ?)",
        ((keyword(flare.flare_id), extraction_id, place, encoded(flare)) for place, flare in enumerate(flares)),
    )
    connection.executemany(
        "INSERT INTO templates VALUES (?, ?, ?, ?)",
        (
            (keyword(template.template_id), extraction_id, place, encoded(template))
            for place, template in enumerate(templates)
        ),
    )


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
        ("findings", "finding_no"),
        ("payloads", "doc"),
        ("documents", "doc"),
        ("document_keys", "key_no"),
        ("keys", "key_no"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", (first, last))  # noqa: S608 - ours
    connection.execute("DELETE FROM extractions WHERE extraction_no = ?", row)
