"""The file of a mirror: the tables of the embedded index without documents, and of what each extraction was copied.

Not the truth and never asked for it: whoever reads the file has compared it with the cluster first. Writers hold the
lock of the mirror alone (``mirror_lock``), so that no reader sees one extraction of before and one of after.
"""

from __future__ import annotations

import asyncio
import base64
import sqlite3
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from search.backends import embedded_load
from search.backends.elastic_standing import Signature
from search.backends.embedded import EmbeddedIndex
from search.backends.embedded_rows import Rows
from search.errors import SearchError

ResultT = TypeVar("ResultT")

_TABLES = (
    "CREATE TABLE IF NOT EXISTS mirror_state (indexes TEXT NOT NULL, token TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS mirrored (extraction_id TEXT PRIMARY KEY, signature BLOB NOT NULL) WITHOUT ROWID",
)
_SUFFIXES = ("", "-wal", "-shm", "-journal")
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Signature)


class MirrorRefused(SearchError):  # the name says what is the matter
    """The mirror cannot be used; the cluster answers in its place."""


class MirrorState(msgspec.Struct, frozen=True):
    """What the file is a copy of.

    Attributes:
        indexes: Of which indexes (``elastic_standing.Seen``); empty: of none yet.
        token: Another one after every change.
        signatures: By extraction that is whole in the file.
    """

    indexes: str
    token: str
    signatures: Mapping[str, Signature]


class CopiedRows:
    """Documents of the cluster as rows, gathered until there are enough for one write."""

    def __init__(self) -> None:
        self._edges: list[tuple[str, str, str, str, str, str, int, bytes]] = []
        self._flares: list[tuple[str, str, int, bytes]] = []
        self._templates: list[tuple[str, str, int, bytes]] = []
        self._entries: list[tuple[str, bytes]] = []

    def __len__(self) -> int:
        return len(self._edges) + len(self._flares) + len(self._templates) + len(self._entries)

    def add(self, source: Mapping[str, Any]) -> None:
        """Add a document of any family: its own field tells which."""
        extraction_id, payload = source["extraction_id"], base64.b64decode(source["payload"])
        if "kind" in source:
            key = (source["kind"], source["key"], extraction_id, source["role"], source["other"], source["label"])
            self._edges.append((*key, source["place"], payload))
        elif "flare_id" in source:
            self._flares.append((source["flare_id"], extraction_id, source["place"], payload))
        elif "template_id" in source:
            self._templates.append((source["template_id"], extraction_id, source["place"], payload))
        else:
            self._entries.append((extraction_id, payload))

    def insert(self, connection: sqlite3.Connection) -> None:
        """Write the rows. In key order those of one key go to one place of the tree, which is less to write."""
        rows = Rows(edges=[*sorted(self._edges)], flares=[*self._flares], templates=[*self._templates])
        rows.insert(connection)
        connection.executemany("INSERT INTO entries VALUES (?, ?)", self._entries)


class MirrorFile(EmbeddedIndex):
    """A mirror in one file. ``make_ready`` first, each time: another process may have made the file anew."""

    name = "mirror"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._opened: tuple[int, int] | None = None

    def is_there(self) -> bool:
        """Whether there is a file at all."""
        return self._path.exists()

    async def make_ready(self) -> None:
        """Open the file, or make it; anew where another one lies in its place.

        Raises:
            MirrorRefused: It cannot be used, as all that follows may say.
        """
        await _on_file(self._make_ready)

    async def state(self) -> MirrorState:
        """Return what the file is a copy of."""
        return await _on_file(lambda: self._read(_state))

    async def begin(self, indexes: str, token: str, changed: Collection[str]) -> None:
        """Begin a change: remove what the file holds of some extractions."""
        await _on_file(lambda: self._write(lambda it: _begin(it, indexes, token, changed)))

    async def add(self, rows: CopiedRows) -> None:
        """Put rows."""
        await _on_file(lambda: self._write(rows.insert))

    async def seal(self, signatures: Mapping[str, Signature]) -> None:
        """Note that extractions are whole."""
        rows = [(extraction_id, _encoder.encode(signature)) for extraction_id, signature in signatures.items()]
        await _on_file(
            lambda: self._write(lambda it: it.executemany("INSERT INTO mirrored VALUES (?, ?)", rows).close())
        )

    async def forget_removed(self) -> None:
        """Leave nothing of what was removed in the log of the file or in memory."""
        await _on_file(self._forget_removed)

    async def discard(self) -> None:
        """Remove the file."""
        await _on_file(self._discard)

    def _make_ready(self) -> None:
        if self._writer is None or self._opened != self._place():
            self._close()
            self._open()
            self._opened = self._place()

    def _open(self) -> None:
        super()._open()
        with self._writing:
            assert self._writer is not None
            # A power cut may cost what can be copied again.
            self._writer.execute("PRAGMA synchronous = NORMAL")
            for table in _TABLES:
                self._writer.execute(table)

    def _forget_removed(self) -> None:
        self._decoder.forget()
        with self._writing:
            assert self._writer is not None
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def _discard(self) -> None:
        self._close()
        self._opened = None
        for suffix in _SUFFIXES:
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _place(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


async def _on_file(work: Callable[[], ResultT]) -> ResultT:
    try:
        return await asyncio.to_thread(work)
    except (SearchError, sqlite3.Error, OSError, msgspec.DecodeError) as exc:
        raise MirrorRefused(type(exc).__name__) from exc


def _state(connection: sqlite3.Connection) -> MirrorState:
    indexes, token = connection.execute("SELECT indexes, token FROM mirror_state").fetchone() or ("", "")
    rows = connection.execute("SELECT extraction_id, signature FROM mirrored")
    return MirrorState(indexes, token, {name: _decoder.decode(signature) for name, signature in rows})


def _begin(connection: sqlite3.Connection, indexes: str, token: str, changed: Collection[str]) -> None:
    connection.execute("DELETE FROM mirror_state")
    connection.execute("INSERT INTO mirror_state VALUES (?, ?)", (indexes, token))
    for extraction_id in changed:
        _remove(connection, extraction_id)


def _remove(connection: sqlite3.Connection, extraction_id: str) -> None:
    # Its name first: what is cut short leaves an extraction that is copied again.
    connection.execute("DELETE FROM mirrored WHERE extraction_id = ?", (extraction_id,))
    embedded_load.remove_links(connection, extraction_id)
    connection.execute("DELETE FROM entries WHERE extraction_id = ?", (extraction_id,))
