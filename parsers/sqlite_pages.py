"""Reads an SQLite file page by page, without SQLite: tells what tables there are, and saves rows of damaged ones.

SQLite stops at the first page that is damaged. Here a damaged page costs its own rows: the walk goes on with the next.
Pages of the write-ahead log beside the file are read in place of older ones. Nothing is ever executed, and every
step is bounded by the number of pages.

Source: https://www.sqlite.org/fileformat2.html, sections 1 and 2.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

import msgspec

from parsers.sqlite_page_form import INTERIOR_TABLE, LEAF_TABLE, is_whole, local_bytes
from parsers.sqlite_records import RecordDamage, read_varint, record_values
from parsers.sqlite_wal import UNREADABLE_LOG, WalPages, read_wal

SQLITE_MAGIC: Final = b"SQLite format 3\x00"
WAL_SUFFIX: Final = "-wal"

_HEADER_BYTES: Final = 100
_ENCODINGS: Final = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
_TABLE_PAGES: Final = frozenset({bytes((INTERIOR_TABLE,)), bytes((LEAF_TABLE,))})
_SCHEMA_ROOT: Final = 1
_SCHEMA_COLUMNS: Final = (0, 1, 2, 3, 4)
_SCHEMA_KINDS: Final = frozenset({"table", "index", "view", "trigger"})
_NO_CELLS: Final = b"\x00\x00"
_MOST_SCHEMA_ROWS: Final = 20_000
_MOST_PAYLOAD_BYTES: Final = 64 * 2**20
# A format is told by a few tables and columns of the front; a hostile schema has as many as it likes.
_TELLING_TABLES: Final = 1_000
_TELLING_CHARS: Final = 8_000
_WORD = re.compile(r"\w+")


def written_suffixes(suffix: str) -> tuple[str, str]:
    """Return how the suffix of a companion may be written: as SQLite does, or in capitals (``MMSSMS.DB-WAL``)."""
    return suffix, suffix.upper()


class StoredRow(msgspec.Struct, frozen=True, gc=False):
    """A row as it is stored.

    Attributes:
        payload: The record; ``record_values`` reads it. None: it is damaged.
    """

    rowid: int
    payload: bytes | None


class DamagedPage(msgspec.Struct, frozen=True, gc=False):
    """A page of which rows cannot be read, however many they are."""

    number: int


class SchemaRow(msgspec.Struct, frozen=True, gc=False):
    """One row of the schema: ``kind`` is ``table``, ``index``, ``view`` or ``trigger``."""

    kind: str
    name: str
    table: str
    root: int
    sql: str


class DatabasePages:
    """The pages of one database, opened for reading.

    Attributes:
        encoding: Of all text.
        user_version: As the application sets it; 0 where it does not.
        wal: What the log beside the file holds. None: there is none.
        is_short: Whether the file is shorter than its header says.
        has_padding: Whether it is longer.
        damaged_schema_pages: Pages of the schema that could not be read so far.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            ValueError: It is no SQLite file.
            OSError: It cannot be read.
        """
        self._file = path.open("rb")
        try:
            header, self._page_bytes = _read_header(self._file)
            file_pages, odd_bytes = divmod(path.stat().st_size, self._page_bytes)
        except (OSError, ValueError):
            self._file.close()
            raise
        self._usable_bytes = max(self._page_bytes - header[20], 480)
        wal_path = path.with_name(path.name + WAL_SUFFIX)
        self.wal: WalPages | None = read_wal(wal_path)
        if self.wal is not None and self.wal.page_bytes != self._page_bytes:
            self.wal = UNREADABLE_LOG
        self._wal_file = wal_path.open("rb") if self.wal is not None and self.wal.places else None
        stated = struct.unpack_from(">I", header, 28)[0]
        is_counted = stated > 0 and header[24:28] == header[92:96]
        in_wal = self.wal.page_count if self.wal is not None else None
        # What stands behind the pages that the header counts is padding.
        is_cut = stated > file_pages if is_counted else odd_bytes > 0
        self.is_short = in_wal is None and is_cut
        self.has_padding = in_wal is None and is_counted and stated * self._page_bytes < path.stat().st_size
        # The last page may be cut: what is left of it is read.
        self._page_count = max(file_pages + (odd_bytes > 0), in_wal or 0)
        self.damaged_schema_pages = 0
        # The header in the log is the newer one; a new database may have no other.
        newest = self._page(1) or header
        self.user_version: int = struct.unpack_from(">i", newest, 60)[0]
        self.encoding = _ENCODINGS.get(struct.unpack_from(">I", newest, 56)[0], "utf-8")

    def close(self) -> None:
        """Close the files. Safe to call twice."""
        self._file.close()
        if self._wal_file is not None:
            self._wal_file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def schema(self) -> Iterator[SchemaRow]:
        """Yield the schema's rows that can be read, in order; at most 20,000.

        A page of another table that lies in place of one of the schema's is sound in itself; its rows are no schema's.
        """
        count = 0
        highest: int | None = None
        known: set[SchemaRow] = set()
        for number, page in self._tree(_SCHEMA_ROOT):
            is_sound = self._is_whole(number, page, is_root=number == _SCHEMA_ROOT)
            for stored in self._rows_of(number, page, is_damaged=not is_sound):
                row = self._schema_row(stored) if isinstance(stored, StoredRow) else None
                if row is None or not isinstance(stored, StoredRow):
                    is_sound = False
                    continue
                count += 1
                if count > _MOST_SCHEMA_ROWS:
                    return
                # A page of the schema in place of another: its rows come twice.
                is_sound = is_sound and (highest is None or stored.rowid > highest)
                highest = stored.rowid
                if row not in known:
                    known.add(row)
                    yield row
            self.damaged_schema_pages += not is_sound

    def _schema_row(self, stored: StoredRow) -> SchemaRow | None:
        """Return what a row of the schema says; None where it is damaged, or no row of a schema."""
        try:
            kind, name, table, root, sql = record_values(stored.payload or b"", _SCHEMA_COLUMNS, self.encoding)
        except (RecordDamage, UnicodeDecodeError):
            return None
        if kind not in _SCHEMA_KINDS or not isinstance(kind, str) or not isinstance(name, str):
            return None
        return SchemaRow(
            kind=kind,
            name=name,
            table=table if isinstance(table, str) else "",
            root=root if isinstance(root, int) else 0,
            sql=sql if isinstance(sql, str) else "",
        )

    def is_whole(self, root: int) -> bool:
        """Whether every page of a table is there once, and all its bytes are accounted for.

        SQLite reads on over a page whose numbers do not match its cells, and the rows that they leave out are lost.
        """
        return all(self._is_whole(number, page, is_root=number == root) for number, page in self._tree(root))

    def rows(self, root: int) -> Iterator[StoredRow | DamagedPage]:
        """Yield the rows of a table in the order of its tree, and each page with rows that cannot be read.

        Args:
            root: Page that the schema states for the table.
        """
        for number, page in self._tree(root):
            is_damaged = not self._is_whole(number, page, is_root=number == root)
            if is_damaged:
                yield DamagedPage(number)
            yield from self._rows_of(number, page, is_damaged=is_damaged)

    def _tree(self, root: int) -> Iterator[tuple[int, bytes | None]]:
        """Yield number and content of each page of a table, from its root on; None for one that is no such page."""
        visited = bytearray(self._page_count + 1)
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if not 1 <= number <= self._page_count or visited[number]:
                # A pointer beyond the end of the database, or into a loop.
                yield number, None
                continue
            visited[number] = 1
            page = self._page(number)
            start = _start_of(number)
            if page is None or page[start : start + 1] not in _TABLE_PAGES:
                yield number, None
                continue
            yield number, page
            if page[start] == INTERIOR_TABLE:
                waiting.extend(reversed(_children(page, start)))

    def _page(self, number: int) -> bytes | None:
        if self.wal is not None and self._wal_file is not None and number in self.wal.places:
            self._wal_file.seek(self.wal.places[number])
            page = self._wal_file.read(self._page_bytes)
        else:
            self._file.seek((number - 1) * self._page_bytes)
            page = self._file.read(self._page_bytes)
        return page or None

    def _is_whole(self, number: int, page: bytes | None, *, is_root: bool) -> bool:
        """Whether a page of a table is there to its end, and all its bytes are accounted for.

        Below the root no page is empty: one that is lies in place of another, whose rows are lost.
        """
        if page is None or len(page) != self._page_bytes:
            return False
        start = _start_of(number)
        return (is_root or page[start + 3 : start + 5] != _NO_CELLS) and is_whole(page, start, self._usable_bytes)

    def _rows_of(self, number: int, page: bytes | None, *, is_damaged: bool) -> Iterator[StoredRow | DamagedPage]:
        """Yield the rows of a page, and that it is damaged where that was not known and a cell is."""
        start = _start_of(number)
        if page is None or page[start] != LEAF_TABLE:
            return
        for place in _cell_places(page, start, 8):
            try:
                size, place_of_rowid = read_varint(page, place)
                rowid, behind = read_varint(page, place_of_rowid)
            except RecordDamage:
                if not is_damaged:
                    yield DamagedPage(number)
                continue
            yield StoredRow(_signed(rowid), self._payload(page, behind, size))

    def _payload(self, page: bytes, place: int, size: int) -> bytes | None:
        usable = self._usable_bytes
        if size > min(_MOST_PAYLOAD_BYTES, self._page_count * self._page_bytes):
            return None
        local = local_bytes(size, usable)
        if local == size:
            payload = page[place : place + size]
            return payload if len(payload) == size and place + size <= usable else None
        if place + local + 4 > usable:
            return None
        pieces = [page[place : place + local]]
        left = size - local
        following = int.from_bytes(page[place + local : place + local + 4], "big")
        # No chain can be longer than the payload, so a loop ends too.
        while left > 0:
            held = self._page(following) if 1 <= following <= self._page_count else None
            if held is None or len(held) < self._page_bytes:
                return None
            following = int.from_bytes(held[:4], "big")
            pieces.append(held[4 : 4 + min(left, usable - 4)])
            left -= usable - 4
        return b"".join(pieces)


def _read_header(file: BinaryIO) -> tuple[bytes, int]:
    """Return the header, and the size of a page.

    Raises:
        ValueError: It is no SQLite file.
    """
    header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(SQLITE_MAGIC):
        raise ValueError("no SQLite file")
    size: int = struct.unpack_from(">H", header, 16)[0]
    page_bytes = 65_536 if size == 1 else size
    if page_bytes < 512 or page_bytes & (page_bytes - 1):
        raise ValueError("no SQLite file: its pages have no size")
    return header, page_bytes


def table_names(path: Path) -> tuple[str, ...]:
    """Return the names of the tables (virtual ones and views too) of an SQLite file, as far as they can be read.

    Empty for what is no SQLite file.
    """
    return tuple(row.name for row in _tables_of(path))


def table_words(path: Path) -> dict[str, frozenset[str]]:
    """Return the words of the statement of each table and view: its columns, among others. All in lower case."""
    return {
        row.name.casefold(): frozenset(_WORD.findall(row.sql[:_TELLING_CHARS].casefold()))
        for row in _tables_of(path)[:_TELLING_TABLES]
    }


def lacks_tables(path: Path) -> bool:
    """Whether the list of tables of an SQLite file is damaged, so that some may not be known."""
    try:
        with DatabasePages(path) as pages:
            for _ in pages.schema():
                pass
            return pages.damaged_schema_pages > 0
    except (OSError, ValueError):
        return False


def _tables_of(path: Path) -> list[SchemaRow]:
    try:
        with DatabasePages(path) as pages:
            return [row for row in pages.schema() if row.kind in {"table", "view"}]
    except (OSError, ValueError):
        return []


def _start_of(number: int) -> int:
    """Return where the header of a page begins: on the first, behind that of the file."""
    return _HEADER_BYTES if number == _SCHEMA_ROOT else 0


def _children(page: bytes, start: int) -> list[int]:
    children = [int.from_bytes(page[place : place + 4], "big") for place in _cell_places(page, start, 12)]
    return [*children, int.from_bytes(page[start + 8 : start + 12], "big")]


def _cell_places(page: bytes, start: int, header_bytes: int) -> list[int]:
    """Return where the cells of a page begin; a place outside the page is left out."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + header_bytes
    if first + 2 * count > len(page):
        return []
    places = struct.unpack_from(f">{count}H", page, first)
    return [place for place in places if first + 2 * count <= place < len(page)]


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
