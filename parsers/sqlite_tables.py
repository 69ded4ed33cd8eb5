"""What columns a table has, told by SQLite from the table's own statement and never from data.

The statement is evidence, so it is prepared in an empty database in memory that may do nothing else.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Final, TypeAlias

import msgspec

from parsers.sqlite_pages import SchemaRow
from parsers.sqlite_records import Value

_ORDINARY, _VIRTUAL_GENERATED = 0, 2
_LONGEST_STATEMENT: Final = 200_000
# What creating one empty table asks for. Not SELECT: a table that is made of a query would run it.
_CREATING: Final = frozenset(
    {
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_REINDEX,
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_UPDATE,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
    }
)
_MISSING = re.compile(r"no such (collation sequence|function): (.{1,100})")
_MISSING_TRIES: Final = 20
_STEPS: Final = 1_000_000


_Listed: TypeAlias = tuple[int, str, str, int, str | None, int, int]
"""A row of ``table_xinfo``: number, name, type, whether NULL is forbidden, default, key, hidden."""


class Column(msgspec.Struct, frozen=True):
    """One column.

    Attributes:
        place: Place in the stored record.
        default: What rows have that are older than the column.
        is_rowid: Whether it is another name of the rowid, and stored as NULL.
    """

    name: str
    place: int
    default: Value
    is_rowid: bool


class Table(msgspec.Struct, frozen=True):
    """A plain table with rowids. ``columns`` by name in lower case, without generated ones, which are named apart."""

    name: str
    root: int
    columns: dict[str, Column]
    generated: frozenset[str] = frozenset()


def read_table(row: SchemaRow) -> Table | None:
    """Return the table that a row of the schema states; None for views, virtual tables and tables without rowids."""
    if row.kind != "table" or row.root < 1 or not row.sql or len(row.sql) > _LONGEST_STATEMENT:
        return None
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        listed, kinds = _described(connection, row.sql)
    except (sqlite3.Error, sqlite3.Warning, TypeError, UnicodeError):
        return None
    finally:
        connection.close()
    is_plain = all(kind == "table" and not has_no_rowids for kind, has_no_rowids in kinds)
    if not is_plain:
        return None
    columns = _columns(listed)
    return Table(row.name, row.root, columns, frozenset(each[1].casefold() for each in listed) - columns.keys())


def _described(connection: sqlite3.Connection, sql: str) -> tuple[list[_Listed], list[tuple[str, int]]]:
    """Return columns and kind of the table that a statement creates, in an empty database."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.set_progress_handler(lambda: 1, _STEPS)
    connection.set_authorizer(_authorise_creating)
    for _ in range(_MISSING_TRIES):
        try:
            connection.execute(sql)
            break
        except sqlite3.OperationalError as error:
            if not _supply(connection, str(error)):
                raise
    connection.set_authorizer(None)
    (name,) = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchone()
    listed = connection.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
    kinds = [(each[2], each[4]) for each in connection.execute("PRAGMA table_list") if each[1] == name]
    return listed, kinds


def _authorise_creating(action: int, *_about: object) -> int:
    return sqlite3.SQLITE_OK if action in _CREATING else sqlite3.SQLITE_DENY


def _supply(connection: sqlite3.Connection, fault: str) -> bool:
    """Make a collation or function that the statement names known (Android: LOCALIZED); nothing ever calls it."""
    found = _MISSING.match(fault)
    if found is None:
        return False
    if found[1] == "function":
        connection.create_function(found[2].rstrip("()"), -1, lambda *_: None)
    else:
        connection.create_collation(found[2], lambda _one, _two: 0)
    return True


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _columns(listed: list[_Listed]) -> dict[str, Column]:
    keys = sum(1 for each in listed if each[5])
    columns = {}
    place = 0
    for _number, name, kind, _not_null, default, key, hidden in listed:
        if hidden == _ORDINARY:
            is_rowid = bool(key) and keys == 1 and kind.upper() == "INTEGER"
            columns[name.casefold()] = Column(name, place, _literal(default), is_rowid)
        # A virtual generated column takes no place in the record, a stored one does; neither is what the app wrote.
        place += hidden != _VIRTUAL_GENERATED
    return columns


def _literal(default: str | None) -> Value:
    if default is None:
        return None
    text = default.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1].replace(text[0] * 2, text[0])
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
