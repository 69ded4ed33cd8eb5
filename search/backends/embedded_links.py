"""Reads edges, flares, templates and the catalogue of the embedded index, in the contract's order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain

from search.contract import EdgeKind
from search.stored_values import keyword

_VALUES_AT_ONCE = 5_000
"""Parameters in one statement; older releases of SQLite allow 32,766."""
_KEYS_AT_ONCE = 1_000
"""Keys in one statement, in ascending portions: SQLite sorts them and reads the statement anew each time."""


def entry_rows(connection: sqlite3.Connection) -> Iterator[tuple[bytes]]:
    """Return the payloads of the catalogue, by extraction id."""
    return connection.execute("SELECT payload FROM entries ORDER BY extraction_id")


def shared_keys(connection: sqlite3.Connection, kind: EdgeKind, minimum_extractions: int) -> Iterator[tuple[str]]:
    """Return the keys of a kind on at least so many extractions, in order, as rows of one value."""
    # The plus sign has SQLite find all of them before it gives the first: a long look at the whole kind, during which
    # Python works on, where each row on its way would wait for Python to let go.
    return connection.execute(
        "SELECT key FROM edges WHERE kind = ? GROUP BY key HAVING count(DISTINCT extraction_id) >= ? ORDER BY +key",
        (kind.value, minimum_extractions),
    )


def shared_among(
    connection: sqlite3.Connection, kind: EdgeKind, minimum_extractions: int, keys: Sequence[str]
) -> Iterator[tuple[str]]:
    """Return those of the keys that are on at least so many extractions, in order, as rows of one value."""
    return chain.from_iterable(
        connection.execute(
            f"SELECT key FROM edges WHERE kind = ? AND key IN ({_marks(portion)}) "  # noqa: S608 - question marks
            "GROUP BY key HAVING count(DISTINCT extraction_id) >= ?",
            (kind.value, *portion, minimum_extractions),
        )
        for portion in _portions(keys)
    )


def edge_rows(
    connection: sqlite3.Connection,
    kind: EdgeKind,
    keys: Sequence[str] | None,
    extraction_ids: Sequence[str] | None,
) -> Iterator[tuple[bytes]]:
    """Return the payloads of edges by (key, extraction id, role, other, label)."""
    wanted = None if extraction_ids is None else frozenset(map(keyword, extraction_ids))
    if keys is not None:
        # Ascending portions of keys keep the order over all of them.
        return chain.from_iterable(
            _edge_rows(connection, kind, f"key IN ({_marks(portion)})", portion, wanted)
            for portion in _portions(sorted({keyword(key) for key in keys}))
        )
    if wanted is not None and len(wanted) <= _VALUES_AT_ONCE:
        return _edge_rows(connection, kind, f"extraction_id IN ({_marks(list(wanted))})", sorted(wanted), None)
    return _edge_rows(connection, kind, "1", (), wanted)


def _edge_rows(
    connection: sqlite3.Connection,
    kind: EdgeKind,
    narrowed: str,
    values: Sequence[str],
    wanted: frozenset[str] | None,
) -> Iterator[tuple[bytes]]:
    columns = "payload" if wanted is None else "payload, extraction_id"
    rows = connection.execute(
        f"SELECT {columns} FROM edges WHERE kind = ? AND {narrowed} "  # noqa: S608 - question marks
        "ORDER BY key, extraction_id, role, other, label, place",
        (kind.value, *values),
    )
    return rows if wanted is None else ((payload,) for payload, extraction_id in rows if extraction_id in wanted)


def flare_rows(connection: sqlite3.Connection, extraction_ids: Sequence[str] | None) -> Iterator[tuple[bytes]]:
    """Return the payloads of flares by flare id."""
    return _payload_rows(connection, "flares", "extraction_id", "flare_id, extraction_id, place", extraction_ids)


def template_rows(connection: sqlite3.Connection, template_ids: Sequence[str] | None) -> Iterator[tuple[bytes]]:
    """Return the payloads of template entries by (template id, extraction id)."""
    return _payload_rows(connection, "templates", "template_id", "template_id, extraction_id, place", template_ids)


def template_rows_on(connection: sqlite3.Connection, extraction_ids: Sequence[str] | None) -> Iterator[tuple[bytes]]:
    """Return the payloads of template entries on some extractions, in the same order."""
    return _payload_rows(connection, "templates", "extraction_id", "template_id, extraction_id, place", extraction_ids)


def _payload_rows(
    connection: sqlite3.Connection, table: str, column: str, order: str, values: Sequence[str] | None
) -> Iterator[tuple[bytes]]:
    wanted = None if values is None else frozenset(map(keyword, values))
    if wanted is not None and len(wanted) <= _VALUES_AT_ONCE:
        sql = f"SELECT payload FROM {table} WHERE {column} IN ({_marks(list(wanted))}) ORDER BY {order}"  # noqa: S608 - ours
        return connection.execute(sql, sorted(wanted))
    if wanted is None:
        return connection.execute(f"SELECT payload FROM {table} ORDER BY {order}")  # noqa: S608 - our own tables
    rows = connection.execute(f"SELECT payload, {column} FROM {table} ORDER BY {order}")  # noqa: S608 - the same
    return ((payload,) for payload, value in rows if value in wanted)


def _portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[at : at + _KEYS_AT_ONCE]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
