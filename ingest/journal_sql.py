"""SQL of the journal's rows: the fields of their types are the columns of their tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec


def values_of(row: msgspec.Struct) -> dict[str, object]:
    """Return the fields of a row by name."""
    return {name: getattr(row, name) for name in row.__struct_fields__}


def column(kind: type[msgspec.Struct], name: str) -> str:
    """Return the name of a field of a row type.

    Raises:
        KeyError: It has none of this name.
    """
    if name not in kind.__struct_fields__:
        raise KeyError(name)
    return name


def upsert(sql: sqlite3.Connection, table: str, key: str, values: Mapping[str, object]) -> None:
    """Put a row, or replace the one with the same key."""
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    updates = ", ".join(f"{name} = excluded.{name}" for name in values if name != key)
    # Replacing would delete the row first, and with it what refers to it.
    sql.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {updates}",  # noqa: S608  # names are ours
        tuple(values.values()),
    )
