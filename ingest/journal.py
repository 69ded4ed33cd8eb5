"""The journal: which deliveries arrived, which extractions they gave, and how far each is.

One SQLite file in WAL mode: one writer (the holder of the data folder's lock), readers beside it. Every call is one
short transaction and blocks; the event loop calls through ``asyncio.to_thread`` where it matters. A delivery counts
as failed from its first row on (``failed: started``) until its last write says otherwise.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

from config.struct_types import prepare_types
from ingest.data_paths import make_private
from ingest.errors import DataFolderRefused
from ingest.journal_sql import column, upsert, values_of
from ingest.migrations import SCHEMA_VERSION, migrate
from parsers.clocks import to_utc_text

_Row = TypeVar("_Row", bound=msgspec.Struct)

STARTED = "failed: started"
"""State of a delivery from its first row until it ends."""
FINISHED = "finished"
REFUSED = "refused"

JOURNAL_LOST = (
    "lay the last backup into a new data folder, or run trapline reparse, which reads all that is in the vault"
)
"""What to do where the journal was lost."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}


class Step(StrEnum):
    """How far a delivery or an extraction is; each step includes the ones before."""

    RECEIVED = "received"
    PARSED = "parsed"
    SEGMENTED = "segmented"
    ANALYSED = "analysed"
    LOADED = "loaded"
    VERIFIED = "verified"
    COMPLETE = "complete"


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery in the vault.

    Attributes:
        sha256: Its key; see ``ingest.delivery_keys``. So for the other rows that have one.
        refusal: JSON of a refused receipt. None: not refused.
        content_sha256: As its manifest has it; so for ``said_by_name``.
    """

    sha256: str
    name: str
    is_folder: bool
    size_bytes: int
    received_at: str
    original_path: str
    stored_as: str
    state: str
    step: Step
    refusal: bytes | None = None
    updated_at: str = ""
    content_sha256: str | None = None
    said_by_name: str | None = None

    @property
    def stated_sha256(self) -> str:
        """Hash of the content, as receipts and records state it."""
        return self.content_sha256 or self.sha256


class ExtractionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One extraction; bytes are MessagePack, ``receipt`` is JSON.

    Attributes:
        place: Its place in the delivery, from 0.
        findings_sha256: None: not analysed yet.
        next_records_sha256: A newer reading, whose findings are not made yet; what was before holds until then.
    """

    extraction_id: str
    sha256: str
    place: int
    step: Step
    records_sha256: str
    findings_sha256: str | None = None
    summary: bytes
    entry: bytes | None = None
    receipt: bytes | None = None
    next_records_sha256: str | None = None
    next_summary: bytes | None = None

    def ahead(self) -> ExtractionRow:
        """Return the row as it will be when the findings of the newer reading, if there is one, are made."""
        if self.next_records_sha256 is None or self.next_summary is None:
            return self
        return msgspec.structs.replace(
            self,
            records_sha256=self.next_records_sha256,
            findings_sha256=None,
            summary=self.next_summary,
            next_records_sha256=None,
            next_summary=None,
        )


class ArrivalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was brought. ``state``: ``failed: started``, ``held``, ``refused`` or ``walked``."""

    arrival_id: int
    original_path: bytes
    arrived_at: str
    state: str
    sha256: str | None = None
    refusal: bytes | None = None


class LoadRow(msgspec.Struct, frozen=True):
    """What an index holds of an extraction: hash of the finding segment, and of the catalogue entry."""

    findings_sha256: str
    entry_sha256: str


prepare_types(DeliveryRow, ExtractionRow, ArrivalRow, LoadRow)


class Journal:
    """The rows, one connection for the process, safe between threads."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._guard = threading.RLock()
        make_private(path)
        with self._refusing():
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=60.0)
        try:
            with self._refusing():
                self._set_up()
        except BaseException:
            self._connection.close()
            raise

    def _set_up(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA temp_store = MEMORY")
        migrate(self._connection, str(self._path.parent))

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._connection.close()

    @property
    def schema_version(self) -> int:
        """Version of the schema on disk."""
        return SCHEMA_VERSION

    # arrivals

    def begin_arrival(self, path: Path) -> int:
        """Note that something is about to be taken, in place of an unfinished arrival there; returns its number."""
        raw = os.fsencode(path)
        with self._transaction() as sql:
            sql.execute("DELETE FROM arrivals WHERE original_path = ? AND state = ?", (raw, STARTED))
            row = sql.execute(
                "INSERT INTO arrivals (original_path, arrived_at, state) VALUES (?, ?, ?) RETURNING arrival_id",
                (raw, self._at(), STARTED),
            ).fetchone()
        return int(row[0])

    def end_arrival(
        self, arrival_id: int, state: str, *, sha256: str | None = None, refusal: bytes | None = None
    ) -> None:
        """Note what became of an arrival."""
        with self._transaction() as sql:
            sql.execute(
                "UPDATE arrivals SET state = ?, sha256 = ?, refusal = ? WHERE arrival_id = ?",
                (state, sha256, refusal, arrival_id),
            )

    def arrivals(self, state: str | None = None) -> list[ArrivalRow]:
        """Return what was brought, oldest first."""
        return self._rows(
            ArrivalRow, "SELECT {} FROM arrivals WHERE ? IS NULL OR state = ? ORDER BY arrival_id", state, state
        )

    def brought_from(self, path: Path) -> list[str]:
        """Return the deliveries that came from a place, the latest first."""
        query = "SELECT {} FROM arrivals WHERE original_path = ? AND sha256 IS NOT NULL ORDER BY arrival_id DESC"
        return [row.sha256 for row in self._rows(ArrivalRow, query, os.fsencode(path)) if row.sha256 is not None]

    # deliveries

    def put_delivery(self, row: DeliveryRow, arrival_id: int | None = None) -> None:
        """Put or replace a delivery, and note that the arrival led to it, in one transaction."""
        with self._transaction() as sql:
            upsert(sql, "deliveries", "sha256", {**values_of(row), "updated_at": self._at()})
            if arrival_id is not None:
                sql.execute(
                    "UPDATE arrivals SET state = 'held', sha256 = ? WHERE arrival_id = ?", (row.sha256, arrival_id)
                )

    def set_delivery(self, sha256: str, *, state: str, step: Step, refusal: bytes | None = None) -> None:
        """Note how far a delivery is."""
        with self._transaction() as sql:
            sql.execute(
                "UPDATE deliveries SET state = ?, step = ?, refusal = ?, updated_at = ? WHERE sha256 = ?",
                (state, step, refusal, self._at(), sha256),
            )

    def delivery(self, sha256: str) -> DeliveryRow | None:
        """Return one delivery."""
        return next(iter(self._rows(DeliveryRow, "SELECT {} FROM deliveries WHERE sha256 = ?", sha256)), None)

    def deliveries_of(self, content_sha256: str) -> list[DeliveryRow]:
        """Return the deliveries with this content in the order in which they came."""
        return self._rows(
            DeliveryRow,
            "SELECT {} FROM deliveries WHERE ifnull(content_sha256, sha256) = ? ORDER BY received_at, sha256",
            content_sha256,
        )

    def deliveries(self, state: str | None = None) -> list[DeliveryRow]:
        """Return the deliveries in the order in which they came."""
        return self._rows(
            DeliveryRow,
            "SELECT {} FROM deliveries WHERE ? IS NULL OR state = ? ORDER BY received_at, sha256",
            state,
            state,
        )

    # extractions

    def replace_extractions(self, sha256: str, rows: Sequence[ExtractionRow]) -> list[str]:
        """Put what a delivery gave in place of what it gave before; returns the ids that it no longer gives.

        Records that were analysed hold until those that replace them are. The delivery is ``failed: started`` again.
        """
        kept = {row.extraction_id for row in rows}
        with self._transaction() as sql:
            held = dict(
                sql.execute(
                    "SELECT extraction_id, findings_sha256 FROM extractions WHERE sha256 = ?", (sha256,)
                ).fetchall()
            )
            gone = sorted(held.keys() - kept)
            sql.executemany("DELETE FROM extractions WHERE extraction_id = ?", [(name,) for name in gone])
            for row in rows:
                if held.get(row.extraction_id) is not None:
                    sql.execute(
                        "UPDATE extractions SET place = ?, next_records_sha256 = ?, next_summary = ?"
                        " WHERE extraction_id = ?",
                        (row.place, row.records_sha256, row.summary, row.extraction_id),
                    )
                else:
                    upsert(sql, "extractions", "extraction_id", values_of(row))
            sql.execute(
                "UPDATE deliveries SET state = ?, step = ?, refusal = NULL, updated_at = ? WHERE sha256 = ?",
                (STARTED, Step.SEGMENTED, self._at(), sha256),
            )
        return gone

    def set_extraction(self, extraction_id: str, **changed: object) -> None:
        """Change columns of one extraction (``step``, ``findings_sha256``, ``entry``, ``receipt``)."""
        assignments = ", ".join(f"{column(ExtractionRow, name)} = ?" for name in changed)
        with self._transaction() as sql:
            sql.execute(
                f"UPDATE extractions SET {assignments} WHERE extraction_id = ?",  # noqa: S608  # names are fields of the row type
                (*changed.values(), extraction_id),
            )

    def extraction(self, extraction_id: str) -> ExtractionRow | None:
        """Return one extraction."""
        return next(
            iter(self._rows(ExtractionRow, "SELECT {} FROM extractions WHERE extraction_id = ?", extraction_id)), None
        )

    def extractions(self, sha256: str | None = None) -> list[ExtractionRow]:
        """Return the extractions of one delivery in its order, or all by id."""
        if sha256 is not None:
            return self._rows(ExtractionRow, "SELECT {} FROM extractions WHERE sha256 = ? ORDER BY place", sha256)
        return self._rows(ExtractionRow, "SELECT {} FROM extractions ORDER BY extraction_id")

    # loads

    def set_load(self, extraction_id: str, index_name: str, load: LoadRow) -> None:
        """Note that an index holds this version of an extraction, checked."""
        with self._transaction() as sql:
            sql.execute(
                "INSERT OR REPLACE INTO loads VALUES (?, ?, ?, ?)",
                (extraction_id, index_name, load.findings_sha256, load.entry_sha256),
            )

    def forget_loads(self, index_name: str, extraction_id: str | None = None) -> None:
        """Note that an index must be loaded again, wholly or for one extraction."""
        with self._transaction() as sql:
            sql.execute(
                "DELETE FROM loads WHERE index_name = ? AND (? IS NULL OR extraction_id = ?)",
                (index_name, extraction_id, extraction_id),
            )

    def loads(self, index_name: str) -> dict[str, LoadRow]:
        """Return, by extraction, what an index holds."""
        with self._guard, self._refusing():
            rows = self._connection.execute(
                "SELECT extraction_id, findings_sha256, entry_sha256 FROM loads WHERE index_name = ?", (index_name,)
            ).fetchall()
        return {name: LoadRow(findings, entry) for name, findings, entry in rows}

    # watched folders

    def watched(self, path: Path) -> str | None:
        """Return the fingerprint under which a drop of a watched folder was taken; None: it was not."""
        with self._guard, self._refusing():
            row = self._connection.execute(
                "SELECT fingerprint FROM watched WHERE path = ?", (os.fsencode(path),)
            ).fetchone()
        return None if row is None else str(row[0])

    def set_watched(self, path: Path, fingerprint: str) -> None:
        """Note that a drop was taken as it is now."""
        with self._transaction() as sql:
            sql.execute("INSERT OR REPLACE INTO watched VALUES (?, ?, ?)", (os.fsencode(path), fingerprint, self._at()))

    # storage

    def is_empty(self) -> bool:
        """Whether nothing was ever brought."""
        with self._guard, self._refusing():
            (is_any,) = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM deliveries) OR EXISTS (SELECT 1 FROM arrivals)"
            ).fetchone()
        return not is_any

    def check_integrity(self) -> str:
        """Return ``ok``, or what SQLite finds wrong with the file."""
        with self._guard, self._refusing():
            return str(self._connection.execute("PRAGMA quick_check").fetchone()[0])

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy, as one file without a write-ahead log."""
        with self._guard, self._refusing():
            self._connection.execute("VACUUM INTO ?", (str(target),))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guard, self._refusing():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk ends a transaction by itself; rolling back once more would hide what was wrong.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _rows(self, kind: type[_Row], query: str, *values: object) -> list[_Row]:
        with self._guard, self._refusing():
            found = self._connection.execute(query.format(", ".join(kind.__struct_fields__)), values).fetchall()
        return [
            msgspec.convert(dict(zip(kind.__struct_fields__, row, strict=True)), kind, strict=False) for row in found
        ]

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Say what is wrong with a file that is damaged or cannot be written, and what to do about it."""
        try:
            yield
        except sqlite3.DatabaseError as exc:
            code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
            folder, name = str(self._path.parent), self._path.name
            if code in _DAMAGED:
                raise DataFolderRefused(folder, f"{name} is damaged ({exc}): take it away, and {JOURNAL_LOST}") from exc
            if code in _NOT_WRITABLE:
                raise DataFolderRefused(folder, f"{name}: {exc}") from exc
            raise

    def _at(self) -> str:
        return to_utc_text(self._now())
