"""The embedded index: one SQLite file with FTS5, for one machine, without a server.

A load is one transaction of one writer: it is found whole or not at all, and a process that is killed leaves nothing.
Readers, in this process and in others, go on reading what stood before (write-ahead log). Every blocking call runs in
a thread; writes take one connection, searches another, and a generator that pages has a connection of its own, so that
it reads one snapshot from its first row to its last.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self, TypeVar

from search.backends import embedded_links, embedded_load, embedded_search
from search.backends.embedded_answers import Answers, keys_of
from search.backends.embedded_schema import connect, make_tables
from search.backends.payloads import DecodedOnce
from search.contract import (
    Edge,
    EdgeKind,
    ExtractionEntry,
    ExtractionLoad,
    Flare,
    Health,
    Hit,
    LoadedCounts,
    Page,
    SearchRequest,
    TemplateEntry,
)
from search.errors import IndexUnreachable
from search.stored_values import keyword

ResultT = TypeVar("ResultT")
RowT = TypeVar("RowT")
RowsT = TypeVar("RowsT")

_ROWS_AT_ONCE = 2_000
_PAYLOADS_REMEMBERED = 250_000
_REMEDIES = dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), ". Run trapline rebuild.")


class EmbeddedIndex:
    """An index in one file. ``open`` makes the file and its folder where they are missing."""

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: sqlite3.Connection | None = None
        self._reader: sqlite3.Connection | None = None
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._looking = threading.Lock()
        self._decoder = DecodedOnce(_PAYLOADS_REMEMBERED)
        self._answers = Answers()

    async def open(self) -> None:
        """Make the file ready, creating what is missing."""
        await asyncio.to_thread(self._open)

    async def close(self) -> None:
        """Release the file. Safe to call twice."""
        await asyncio.to_thread(self._close)

    async def health(self) -> Health:
        """Say whether the file can be used now. Never raises."""
        try:
            version = await asyncio.to_thread(self._read, _sqlite_version)
        except IndexUnreachable as exc:
            return Health(is_ready=False, detail=str(exc))
        return Health(is_ready=True, detail="ready", version=version)

    async def load(self, load: ExtractionLoad) -> LoadedCounts:
        """Put one extraction, replacing whatever was held of it; it is found only when it is whole."""
        return await asyncio.to_thread(
            self._write, lambda it: embedded_load.put_extraction(it, load), load.entry.extraction_id
        )

    async def put_entries(self, entries: Sequence[ExtractionEntry]) -> None:
        """Put or replace catalogue entries only."""
        await asyncio.to_thread(self._write, lambda it: embedded_load.put_entries(it, entries), has_edges=False)

    async def put_edges(
        self, extraction_id: str, edges: Iterable[Edge], flares: Iterable[Flare], templates: Iterable[TemplateEntry]
    ) -> None:
        """Replace the edges, flares and templates of one extraction, its documents untouched."""
        await asyncio.to_thread(
            self._write, lambda it: embedded_load.put_links(it, extraction_id, edges, flares, templates), extraction_id
        )

    async def remove(self, extraction_id: str) -> None:
        """Remove everything of one extraction, and its words from the pages of the file."""
        await asyncio.to_thread(self._remove, extraction_id)

    async def counts(self, extraction_id: str) -> LoadedCounts:
        """Return what is held of one extraction; zeros where nothing is."""
        return await asyncio.to_thread(self._read, lambda it: embedded_search.counts(it, extraction_id))

    async def document_counts(self, extraction_ids: Sequence[str]) -> dict[str, int]:
        """Return how many documents are held of each of these extractions; 0 where nothing is."""
        return await asyncio.to_thread(self._read, lambda it: embedded_search.document_counts(it, extraction_ids))

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        """Return the catalogue, by extraction id."""
        return await asyncio.to_thread(
            self._read, lambda it: tuple(self._decoder.all_decoded(embedded_links.entry_rows(it), ExtractionEntry))
        )

    async def search(self, request: SearchRequest) -> Page:
        """Answer a query."""
        return await asyncio.to_thread(self._read, lambda it: embedded_search.search(it, request))

    async def get(self, record_id: str) -> Hit | None:
        """Return one record, or None."""
        return await asyncio.to_thread(self._read, lambda it: embedded_search.get(it, record_id))

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        """Return those of the records that are held, by their ids."""
        return await asyncio.to_thread(self._read, lambda it: embedded_search.get_all(it, record_ids))

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[Self]:
        """Give the index itself: its file answers many questions as it answers one."""
        yield self

    def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        """Yield, in order, the keys of a kind that stand on at least so many extractions."""
        return self._known_or_asked(
            lambda: self._known_shared_keys(kind, minimum_extractions),
            lambda it: embedded_links.shared_keys(it, kind, minimum_extractions),
            _only_values,
        )

    def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        """Yield edges by (key, extraction id, role, other, label), narrowed by key, by extraction, or by both."""
        return self._known_or_asked(
            lambda: self._known_edges(kind, keys, extraction_ids),
            lambda it: embedded_links.edge_rows(it, kind, keys, extraction_ids),
            self._decoded_edges,
        )

    def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        """Yield flares by flare id."""
        return self._known_or_asked(
            lambda: self._known_flares() if extraction_ids is None else None,
            lambda it: embedded_links.flare_rows(it, extraction_ids),
            self._decoded_flares,
        )

    def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        """Yield template entries by (template id, extraction id)."""
        return self._known_or_asked(
            lambda: self._known_templates(template_ids),
            lambda it: embedded_links.template_rows(it, template_ids),
            self._decoded_templates,
        )

    def _open(self) -> None:
        with self._writing, self._reading, _named_errors():
            if self._writer is not None:
                return
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as exc:
                raise IndexUnreachable(f"the folder of the index cannot be made: {exc.strerror}") from exc
            writer = connect(self._path, is_reader=False)
            try:
                make_tables(writer)
            except BaseException:
                writer.close()
                raise
            self._writer = writer
            self._reader = connect(self._path, is_reader=True)

    def _close(self) -> None:
        with self._writing, self._reading:
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()
            self._reader = self._writer = None
            self._decoder.forget()
            self._answers.forget()

    def _read(self, question: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        with self._reading, _named_errors():
            if self._reader is None:
                raise IndexUnreachable("the index is not open")
            # One snapshot for all statements of the question.
            with _transaction(self._reader, "BEGIN"):
                return question(self._reader)

    def _write(
        self,
        change: Callable[[sqlite3.Connection], ResultT],
        extraction_id: str | None = None,
        *,
        has_edges: bool = True,
    ) -> ResultT:
        """Write in one transaction.

        Args:
            change: What writes.
            extraction_id: The one extraction whose edges it writes. None: whatever extractions it likes.
            has_edges: It writes edges.
        """
        with self._writing, _named_errors():
            if self._writer is None:
                raise IndexUnreachable("the index is not open")
            is_noted = has_edges and extraction_id is not None and self._answers.are_any
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                touched = keys_of(self._writer, extraction_id) if is_noted and extraction_id else {}
                written = change(self._writer)
                if is_noted and extraction_id:
                    for kind, keys in keys_of(self._writer, extraction_id).items():
                        touched.setdefault(kind, set()).update(keys)
            if is_noted and extraction_id:
                self._answers.touch(extraction_id, touched)
            elif has_edges:
                self._answers.forget()
            return written

    def _remove(self, extraction_id: str) -> None:
        self._decoder.forget()
        self._answers.forget()
        self._write(lambda it: embedded_load.remove_extraction(it, keyword(extraction_id)))
        # FTS5 keeps deleted words until it merges; a purge is rare and must be whole.
        self._write(lambda it: it.execute("INSERT INTO texts_words (texts_words) VALUES ('optimize')").close())
        with self._writing, _named_errors():
            if self._writer is not None:
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    async def _known_or_asked(
        self,
        known: Callable[[], Sequence[ResultT] | None],
        question: Callable[[sqlite3.Connection], Iterator[RowT]],
        values: Callable[[Iterator[RowT]], list[ResultT]],
    ) -> AsyncIterator[ResultT]:
        """Yield what is known already, with what little must be read for it; else the values of the rows."""
        answer = await asyncio.to_thread(known)
        if answer is None:
            async for value in self._values(question, values):
                yield value
            return
        for value in answer:
            yield value

    def _known_edges(
        self, kind: EdgeKind, keys: Sequence[str] | None, extraction_ids: Sequence[str] | None
    ) -> list[Edge] | None:
        if not self._are_answers_current():
            return None
        return self._answers.edges(
            kind, keys, extraction_ids, lambda question: self._all_values(question, self._decoded_edges)
        )

    def _known_flares(self) -> list[Flare] | None:
        if not self._are_answers_current():
            return None
        return self._answers.flares(lambda question: self._all_values(question, self._decoded_flares))

    def _known_templates(self, template_ids: Sequence[str] | None) -> list[TemplateEntry] | None:
        if not self._are_answers_current():
            return None
        return self._answers.templates(
            template_ids, lambda question: self._all_values(question, self._decoded_templates)
        )

    def _known_shared_keys(self, kind: EdgeKind, least: int) -> list[str] | None:
        if not self._are_answers_current():
            return None

        def asked(keys: Sequence[str] | None) -> list[str]:
            if keys is None:
                return self._all_values(lambda it: embedded_links.shared_keys(it, kind, least), _only_values)
            return self._all_values(lambda it: embedded_links.shared_among(it, kind, least, keys), _only_values)

        return self._answers.shared_keys(kind, least, asked)

    def _are_answers_current(self) -> bool:
        """Whether it is known what was written; not while this index writes, or before it is open."""
        # one look at a time: two at once would take each other for a write, and read all anew
        with self._looking:
            if not self._writing.acquire(blocking=False):
                return False
            try:
                if self._writer is None:
                    return False
                with _named_errors():
                    self._answers.at(self._writer.execute("PRAGMA data_version").fetchone()[0])
                return True
            finally:
                self._writing.release()

    def _decoded_edges(self, rows: Iterable[tuple[bytes]]) -> list[Edge]:
        return self._decoder.all_decoded(rows, Edge)

    def _decoded_flares(self, rows: Iterable[tuple[bytes]]) -> list[Flare]:
        return self._decoder.all_decoded(rows, Flare)

    def _decoded_templates(self, rows: Iterable[tuple[bytes]]) -> list[TemplateEntry]:
        return self._decoder.all_decoded(rows, TemplateEntry)

    def _all_values(
        self, question: Callable[[sqlite3.Connection], RowsT], values: Callable[[RowsT], list[ResultT]]
    ) -> list[ResultT]:
        """Return the values of all rows, read on a connection of its own."""
        with _named_errors(), contextlib.closing(connect(self._path, is_reader=True, is_in_order=True)) as connection:
            return values(question(connection))

    async def _values(
        self,
        question: Callable[[sqlite3.Connection], Iterator[RowT]],
        values: Callable[[Iterator[RowT]], list[ResultT]],
    ) -> AsyncIterator[ResultT]:
        """Yield the values of the rows, portion by portion, on a connection of its own."""
        connection, rows, portion = await asyncio.to_thread(self._asked, question, values)
        try:
            while portion:
                for each in portion:
                    yield each
                if len(portion) < _ROWS_AT_ONCE:
                    return
                portion = await asyncio.to_thread(_portion, rows, values)
        finally:
            await asyncio.shield(asyncio.to_thread(connection.close))

    def _asked(
        self,
        question: Callable[[sqlite3.Connection], Iterator[RowT]],
        values: Callable[[Iterator[RowT]], list[ResultT]],
    ) -> tuple[sqlite3.Connection, Iterator[RowT], list[ResultT]]:
        """Return a connection, the rows that it gives in answer, and the values of the first ones."""
        with _named_errors():
            if self._reader is None:
                raise IndexUnreachable("the index is not open")
            connection = connect(self._path, is_reader=True, is_in_order=True)
            try:
                connection.execute("BEGIN")
                rows = question(connection)
                return connection, rows, _portion(rows, values)
            except BaseException:
                connection.close()
                raise


def _portion(rows: Iterator[RowT], values: Callable[[Iterator[RowT]], list[ResultT]]) -> list[ResultT]:
    with _named_errors():
        return values(itertools.islice(rows, _ROWS_AT_ONCE))


def _only_values(rows: Iterable[tuple[str]]) -> list[str]:
    return [value for (value,) in rows]


def _sqlite_version(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT sqlite_version() FROM made_with").fetchone()[0])


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _named_errors() -> Iterator[None]:
    """Turn what the file or its disk refuses into an error of ours; SQLite's messages hold no stored values."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError):
            raise
        remedy = _REMEDIES.get(getattr(exc, "sqlite_errorcode", 0) & 0xFF, "")
        raise IndexUnreachable(f"the index file cannot be used: {type(exc).__name__}: {exc}{remedy}") from exc
