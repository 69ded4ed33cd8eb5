"""Reads edges, flares, templates and the catalogue of the embedded index, in the contract's order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from search.backends.payloads import decoded
from search.contract import EdgeKind, ExtractionEntry
from search.stored_values import keyword

_VALUES_AT_ONCE = 5_000
"""Parameters in one statement; older releases of SQLite allow 32,766."""


def entries(connection: sqlite3.Connection) -> tuple[ExtractionEntry, ...]:
    """Return the catalogue, by extraction id."""
    rows = connection.execute("SELECT payload FROM entries ORDER BY extraction_id")
    return tuple(decoded(payload, ExtractionEntry) for (payload,) in rows)


def shared_keys(connection: sqlite3.Connection, kind: EdgeKind, minimum_extractions: int) -> Iterator[tuple[str]]:
    """Return the keys of a kind on at least so many extractions, in order, as rows of one value."""
    return connection.execute(
        "SELECT key FROM edges WHERE kind = ? GROUP BY key HAVING count(DISTINCT extraction_id) >= ? ORDER BY key",
        (kind.value, minimum_extractions),
    )


def edge_rows(
    connection: sqlite3.Connection,
    kind: EdgeKind,
    keys: Sequence[str] | None,
    extraction_ids: Sequence[str] | None,
) -> Iterator[tuple[bytes]]:
    """Yield the payloads of edges by (key, extraction id, role, other, label)."""
    wanted = None if extraction_ids is None else frozenset(map(keyword, extraction_ids))
    if keys is not None:
        # Ascending portions of keys keep the order over all of them.
        for portion in _portions(sorted({keyword(key) for key in keys})):
            yield from _edge_rows(connection, kind, f"key IN ({_marks(portion)})", portion, wanted)
    elif wanted is not None and len(wanted) <= _VALUES_AT_ONCE:
        narrowed = f"extraction_id IN ({_marks(list(wanted))})"
        yield from _edge_rows(connection, kind, narrowed, sorted(wanted), None)
    else:
        yield from _edge_rows(connection, kind, "1", (), wanted)


def _edge_rows(
    connection: sqlite3.Connection,
    kind: EdgeKind,
    narrowed: str,
    values: Sequence[str],
    wanted: frozenset[str] | None,
) -> Iterator[tuple[bytes]]:
    rows = connection.execute(
        f"SELECT extraction_id, payload FROM edges WHERE kind = ? AND {narrowed} "  # noqa: S608 - question marks
        "ORDER BY key, extraction_id, role, other, label, place",
        (kind.value, *values),
    )
    for extraction_id, payload in rows:
        if wanted is None or extraction_id in wanted:
            yield (payload,)


def flare_rows(connection: sqlite3.Connection, extraction_ids: Sequence[str] | None) -> Iterator[tuple[bytes]]:
    """Yield the payloads of flares by flare id."""
    return _payload_rows(connection, "flares", "extraction_id", "flare_id, extraction_id, place", extraction_ids)


def template_rows(connection: sqlite3.Connection, template_ids: Sequence[str] | None) -> Iterator[tuple[bytes]]:
    """Yield the payloads of template entries by (template id, extraction id)."""
    return _payload_rows(connection, "templates", "template_id", "template_id, extraction_id, place", template_ids)


def _payload_rows(
    connection: sqlite3.Connection, table: str, column: str, order: str, values: Sequence[str] | None
) -> Iterator[tuple[bytes]]:
    wanted = None if values is None else frozenset(map(keyword, values))
    if wanted is not None and len(wanted) <= _VALUES_AT_ONCE:
        sql = f"SELECT payload FROM {table} WHERE {column} IN ({_marks(list(wanted))}) ORDER BY {order}"  # noqa: S608 - ours
        yield from connection.execute(sql, sorted(wanted))
        return
    sql = f"SELECT {column}, payload FROM {table} ORDER BY {order}"  # noqa: S608 - names of our own tables
    for value, payload in connection.execute(sql):
        if wanted is None or value in wanted:
            yield (payload,)


def _portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _VALUES_AT_ONCE):
        yield values[at : at + _VALUES_AT_ONCE]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
