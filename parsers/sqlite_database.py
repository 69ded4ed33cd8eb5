"""The tables of a database of the vault, row by row, with nothing in it executed and everything bounded.

SQLite reads plain tables only: views, virtual tables, triggers, functions and indexes of the evidence are never used.
Where SQLite gives up (a loop, a row that is too large) ``sqlite_pages`` goes on, and what it cannot read is counted. A
table with a damaged page is read by ``sqlite_pages`` alone: SQLite reads over some damage without a word.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from marshal import dumps
from pathlib import Path
from typing import Final

from parsers.records.notices import Notice
from parsers.sqlite_pages import (
    DamagedPage,
    DatabasePages,
    SchemaRow,
    StoredRow,
)
from parsers.sqlite_records import RecordDamage, Value, record_values, stored_count
from parsers.sqlite_tables import Column, Table, quoted, read_table
from parsers.sqlite_values import Places, Row
from parsers.stored_text import escaped_text

_ROWID_NAMES: Final = ("_rowid_", "rowid", "oid")
_STEPS: Final = 20_000
_SILENT_CALLS: Final = 200
"""Calls of the progress handler (20,000 steps each) without a row; a plain scan needs a few dozen steps a row."""

_READ_TIMES: Final = 8
_READ_BYTES: Final = 256 * 2**20
_SMALL_CHARS: Final = 512
_MOST_REMEMBERED: Final = 2_000_000
"""Rows of a damaged table that are told from those that it repeats."""

_LONG_TYPES: Final = (str, bytes)
_SHORT_FORM: Final = 1
"""Form of ``marshal`` that keeps no list of what it wrote already."""

_TEXT_FACTORIES: Final[tuple[Callable[[bytes], str], ...]] = (str, escaped_text)
"""How SQLite's text is made to ours: by the engine itself, and from the first text on that is none, by us."""
_INTERNAL: Final = "sqlite_"
_MALFORMED: Final = "database disk image is malformed"


def says_malformed(error: Exception) -> bool:
    """Whether an error is SQLite's for a damaged file, and not for a statement that it does not understand."""
    return isinstance(error, sqlite3.Error) and str(error) == _MALFORMED


class EvidenceDatabase:
    """A copy of a database, opened by ``sqlite_guard``.

    Attributes:
        tables: Plain tables by name in lower case.
        not_computed: Columns that were asked for and are generated, as ``body of sms``: never computed, so not read.
        not_plain: Names in lower case of views, virtual tables and tables that cannot be read as plain ones.
        unreadable_rows: Table to the number of its rows that could not be read.
        damaged_pages: Table to the number of its pages that could not be read.
        user_version: What the application calls the version of its tables; 0 where it calls it nothing.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection | None, *, has_journal: bool, is_malformed: bool = False
    ) -> None:
        """Read the list of tables.

        Args:
            path: Of the copy.
            connection: To the copy. None: SQLite cannot read it at all.
            has_journal: Whether an unfinished change was taken back when it was opened.
            is_malformed: Whether SQLite cannot read it because its list of tables is damaged.

        Raises:
            ValueError: It is no SQLite file.
        """
        self._connection = connection
        self._pages = DatabasePages(path)
        self._most_bytes = path.stat().st_size * _READ_TIMES + _READ_BYTES
        self._read_bytes = 0
        self._silent_calls = 0
        self._is_over = False
        self._whole: dict[int, bool] = {}
        self.user_version = self._pages.user_version
        self.tables: dict[str, Table] = {}
        self.not_plain: set[str] = set()
        self.not_computed: dict[str, None] = {}
        self.unreadable_rows: Counter[str] = Counter()
        self.damaged_pages: Counter[str] = Counter()
        self._has_journal = has_journal
        self._virtual: list[str] = []
        for row in self._pages.schema():
            self._add(row)
        # What SQLite calls damaged is never whole, whatever its pages look like one by one.
        self._damaged_schema_pages = self._pages.damaged_schema_pages or int(is_malformed and not self._is_cut())
        if self._connection is not None:
            self._guard(self._connection)

    def _add(self, row: SchemaRow) -> None:
        key = row.name.casefold()
        if row.kind not in {"table", "view"} or key.startswith(_INTERNAL):
            return
        table = read_table(row) if key not in self.tables else None
        if table is not None:
            self.tables[key] = table
        else:
            self.not_plain.add(key)
            if row.kind == "table":
                self._virtual.append(key)

    def _guard(self, connection: sqlite3.Connection) -> None:
        readable = {table.name.casefold() for table in self.tables.values()}

        def authorise(action: int, one: str | None, _two: str | None, _base: str | None, inner: str | None) -> int:
            if action == sqlite3.SQLITE_SELECT and inner is None:
                return sqlite3.SQLITE_OK
            if action == sqlite3.SQLITE_READ and inner is None and (one or "").casefold() in readable:
                return sqlite3.SQLITE_OK
            return sqlite3.SQLITE_DENY

        def is_silent() -> int:
            self._silent_calls += 1
            return self._silent_calls > _SILENT_CALLS

        connection.set_authorizer(authorise)
        connection.set_progress_handler(is_silent, _STEPS)

    def close(self) -> None:
        """Close both readers. Safe to call twice."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._pages.close()

    def columns(self, table: str) -> frozenset[str]:
        """Return the names of a table's columns in lower case; none where there is no such plain table."""
        found = self.tables.get(table.casefold())
        return frozenset(found.columns) if found is not None else frozenset()

    def other_tables(self, known: Sequence[str]) -> Iterator[str]:
        """Yield the plain tables that are not among the known ones, without the shadow tables of virtual ones."""
        names = {name.casefold() for name in known}
        for key in self.tables:
            if key not in names and not any(key.startswith(f"{virtual}_") for virtual in self._virtual):
                yield key

    def peek_count(self, table: str, column: str | None = None, is_counted: Callable[[int | None], bool] = bool) -> int:
        """Return how many rows can be read of a table that is not read otherwise; its damage is not counted.

        Args:
            table: Name, in any case. 0 where there is no such plain table.
            column: Count the rows alone whose whole number there is counted. None: all rows; 0 where it is lacking.
            is_counted: Of a number, or None for what is none.
        """
        if column is not None and column.casefold() not in self.columns(table):
            return 0
        before = self.unreadable_rows.copy(), self.damaged_pages.copy()
        if column is None:
            count = sum(1 for _ in self.rows(table, ()))
        else:
            count = sum(1 for row in self.rows(table, (column,)) if is_counted(row.whole(column)))
        self.unreadable_rows, self.damaged_pages = before
        return count

    def rows(self, table: str, wanted: Sequence[str]) -> Iterator[Row]:
        """Yield the rows of a table by rowid.

        A column that the table lacks is left out of the rows. May be abandoned at any row.

        Args:
            table: Name, in any case. None of its rows, where there is no such plain table.
            wanted: Names of columns, as the rows are to be asked for them.
        """
        found = self.tables.get(table.casefold())
        if found is None or self._is_over:
            return
        columns = [(name, found.columns[name.casefold()]) for name in wanted if name.casefold() in found.columns]
        for name in found.generated.intersection(map(str.casefold, wanted)) if found.generated else ():
            self.not_computed[f"{name} of {found.name}"] = None
        places = Places(name for name, _ in columns)
        given = 0
        last: int | None = None
        is_malformed = False
        can_use_engine = self._connection is not None and self._is_whole(found)
        for text_factory in _TEXT_FACTORIES if can_use_engine else ():
            try:
                for row in self._engine_rows(found, columns, places, text_factory, last):
                    rowid = row.rowid
                    if last is not None and rowid <= last:
                        # A tree that leads in circles, in which SQLite would go round for ever; or a damaged rowid.
                        break
                    last = rowid
                    given += 1
                    yield row
                else:
                    return
            except (sqlite3.Error, UnicodeError, OverflowError) as error:
                is_malformed = says_malformed(error)
                continue
            break
        before = self._damage_of(found)
        yield from self._saved_rows(found, columns, places, given)
        if is_malformed and self._damage_of(found) == before:
            self.damaged_pages[found.name] += 1

    def _damage_of(self, table: Table) -> int:
        return self.damaged_pages[table.name] + self.unreadable_rows[table.name]

    def _is_cut(self) -> bool:
        """Whether pages are missing at the end of the file or of its log, which is named as such."""
        wal = self._pages.wal
        return self._pages.is_short or (wal is not None and wal.is_damaged)

    def _is_whole(self, table: Table) -> bool:
        """Whether the pages of a table are whole; found out once a table."""
        held = self._whole.get(table.root)
        if held is None:
            held = self._whole[table.root] = self._pages.is_whole(table.root)
        return held

    def notices(self, extraction_id: str | None, subject: str) -> Iterator[Notice]:
        """Yield what is to be said of the file and its pages; rows that could not be read are the caller's to name.

        Args:
            extraction_id: The extraction it is about.
            subject: Name of the database in the delivery.
        """
        wal = self._pages.wal
        if self._pages.is_short:
            yield Notice(code="input_truncated", extraction_id=extraction_id, subject=subject, ends_reading=True)
        if self._pages.has_padding:
            yield Notice(code="padding_behind_end", extraction_id=extraction_id, subject=subject)
        if wal is not None and wal.is_damaged:
            yield Notice(code="wal_damaged", extraction_id=extraction_id, subject=subject, ends_reading=True)
        if wal is not None and wal.open_frames and not wal.is_damaged:
            yield Notice(code="change_unfinished", extraction_id=extraction_id, subject=subject)
        if self._has_journal:
            yield Notice(code="change_unfinished", extraction_id=extraction_id, subject=subject)
        if self._damaged_schema_pages:
            yield Notice(
                code="table_damaged",
                extraction_id=extraction_id,
                count=self._damaged_schema_pages,
                subject="list of tables",
                ends_reading=True,
            )
        for table, count in self.damaged_pages.items():
            yield Notice(
                code="table_damaged", extraction_id=extraction_id, count=count, subject=table, ends_reading=True
            )
        if self._is_over:
            yield Notice(code="limit_reached", extraction_id=extraction_id, subject=subject, ends_reading=True)

    def _engine_rows(
        self,
        table: Table,
        columns: list[tuple[str, Column]],
        places: Places,
        text_factory: Callable[[bytes], str],
        last: int | None,
    ) -> Iterator[Row]:
        """Yield the rows after the last one as SQLite gives them."""
        connection = self._connection
        if connection is None:
            return
        rowid = next((name for name in _ROWID_NAMES if name not in table.columns), None)
        own = next((column.name for column in table.columns.values() if column.is_rowid), None)
        key = quoted(own) if own is not None else rowid
        if key is None:
            raise sqlite3.OperationalError("no name is left for the rowid")
        listed = ", ".join([key, *(quoted(column.name) for _, column in columns), "NULL"])
        after = f"WHERE {key} > {last}" if last is not None else ""
        self._silent_calls = 0
        connection.text_factory = text_factory
        cursor = connection.execute(
            f"SELECT {listed} FROM main.{quoted(table.name)} NOT INDEXED {after} ORDER BY {key}"  # noqa: S608 - names are quoted, and come from the schema
        )
        try:
            for values in cursor:
                self._silent_calls = 0
                # As octets first, which is done without a look at each value; nearly every row is small.
                if len(dumps(values, _SHORT_FORM)) > _SMALL_CHARS and self._spent(values):
                    return
                yield Row(values[0], values, places)
        finally:
            cursor.close()

    def _saved_rows(self, table: Table, columns: list[tuple[str, Column]], named: Places, given: int) -> Iterator[Row]:
        """Yield the rows that SQLite did not give, page by page; it gave so many of the first ones."""
        places = tuple(column.place for _, column in columns)
        key = table.name
        for number, stored in enumerate(self._once(table)):
            if self._is_over:
                return
            if number < given:
                continue
            row = self._saved_row(stored, columns, places, named)
            if row is None:
                self.unreadable_rows[key] += 1
            else:
                yield row

    def _once(self, table: Table) -> Iterator[StoredRow]:
        """Yield the rows of a table as its pages hold them, counting damaged pages; what stands twice comes once.

        Rowids rise. From the first that does not on, the rows that came are remembered: a page, or a pointer to a
        cell, that a damaged one repeats gives the same row again, and a damaged rowid another row of the same rowid.
        """
        known: set[int] | None = None
        highest: int | None = None
        count = 0
        for stored in self._pages.rows(table.root):
            if isinstance(stored, DamagedPage):
                self.damaged_pages[table.name] += 1
                continue
            if known is None and highest is not None and stored.rowid <= highest:
                known = self._first_rows(table, count)
                self.damaged_pages[table.name] += 1
            if known is not None:
                mark = hash((stored.rowid, stored.payload))
                if mark in known:
                    continue
                if len(known) < _MOST_REMEMBERED:
                    known.add(mark)
            highest = stored.rowid
            count += 1
            yield stored

    def _first_rows(self, table: Table, count: int) -> set[int]:
        """Return marks of the first so many rows of a table."""
        rows = (stored for stored in self._pages.rows(table.root) if isinstance(stored, StoredRow))
        return {hash((stored.rowid, stored.payload)) for stored in islice(rows, min(count, _MOST_REMEMBERED))}

    def _saved_row(
        self, stored: StoredRow, columns: list[tuple[str, Column]], places: tuple[int, ...], named: Places
    ) -> Row | None:
        if stored.payload is None:
            return None
        try:
            values = record_values(stored.payload, places, self._pages.encoding)
            count = stored_count(stored.payload)
        except (RecordDamage, UnicodeDecodeError):
            return None
        if self._spent((stored.payload,)):
            return None
        held: list[Value] = [stored.rowid]
        for (_, column), value in zip(columns, values, strict=True):
            if column.is_rowid:
                held.append(stored.rowid)
            else:
                held.append(value if column.place < count else column.default)
        return Row(stored.rowid, (*held, None), named)

    def _spent(self, values: Sequence[Value]) -> bool:
        """Count large values; True once more was read than any sound file of this size can give."""
        for value in values:
            # The class itself, and not its kin: SQLite gives no others.
            if value.__class__ in _LONG_TYPES and len(value) > _SMALL_CHARS:
                self._read_bytes += len(value)
        if self._read_bytes > self._most_bytes:
            self._is_over = True
        return self._is_over
