"""Reads the databases of a handset's own applications: one extraction, table by table, row by row.

A format names its tables and says what a row of each becomes; what holds for all of them is here: the part, the
parties, the counts, tables that are not read, and what was damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from parsers.census import tables_told
from parsers.contract import (
    Delivery,
    ExtractionParser,
    ExtractionPart,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    SourceStamp,
)
from parsers.database_files import DatabaseFile, DatabaseFiles, StoredNames, application_folder, open_databases
from parsers.epoch_times import MILLISECONDS, EpochClock
from parsers.errors import InputRefused
from parsers.part_book import PartBook, shown_name
from parsers.phone_numbers import number_beside, number_key, to_e164
from parsers.records import ids
from parsers.records.facts import Record
from parsers.records.notices import Notice
from parsers.records.values import NO_MOMENT, Moment, Party
from parsers.sqlite_database import EvidenceDatabase
from parsers.sqlite_values import Row
from parsers.stored_text import REPLACED

_CACHED_PARTIES: Final = 32_768
_UNREAD: Final = Party(name="not read yet")
_MOST_IDENTIFIERS: Final = 64
_MESSAGES: Final = "messages_not_read"


class Store:
    """One database while it is read, and what its readers share.

    Attributes:
        database: The database.
        book: Counts and notices of the extraction.
        clock: Reads counted times, and counts what was odd.
        stamp: Makes sources and ids.
        extraction_id: The extraction.
        listing: Where its rows are listed; differs between the databases of one delivery.
        region: For numbers without a country code.
        scratch_dir: The only place to write.
        text_chars: Longest text that is kept whole.
        members: Name of a file of the delivery in lower case, without folder, to its member; the first of several.
        place: Path of the database on the handset, as far as the delivery shows it.
        owner: Whose database it is, where files beside it say so.
    """

    def __init__(
        self, database: EvidenceDatabase, reading: StoreReading, file: DatabaseFile, source: DatabaseFiles
    ) -> None:
        self.database = database
        self.book = reading.book
        self.clock = reading.clock
        self.extraction_id = reading.book.extraction_id
        self.region = reading.ctx.default_region
        self.scratch_dir: Path = reading.ctx.scratch_dir
        self.text_chars = reading.ctx.limits.text_chars
        self.listing = file.name if reading.is_several else "top"
        self.place = file.place
        self.members: Mapping[str, str] = source.members
        self._source = source
        self.stamp = SourceStamp(reading.delivery, file.member, reading.parser)
        self._reading = reading
        self._parties = reading.parties
        self.owner: Party | None = None

    def party(self, raw: str | None, name: str | None = None, *, is_owner: bool | None = None) -> Party | None:
        """Return the party of an identifier as stored. None: neither identifier nor name is there."""
        party = self._parties.get((raw, name, is_owner), _UNREAD)
        return party if party is not _UNREAD else self._reading.party(raw, name, is_owner=is_owner)

    def shows(self, raw: str | None, name: str | None) -> None:
        """Take a name that the application itself shows beside an id, and that its holder did not choose."""
        if number_beside(raw, name) is not None and raw is not None and name is not None:
            self._reading.shown_names.add((raw, name))

    def unix_time(self, row: Row, column: str, per_second: int = MILLISECONDS) -> Moment:
        """Return the time that a column counts since 1970; what is no count stays as written, and is noticed."""
        count = row.number(column)
        return self.clock.unix(count, per_second) if count is not None else self._no_count(row, column)

    def apple_time(self, row: Row, column: str) -> Moment:
        """Return the time that a column counts since 2001; what is no count stays as written, and is noticed."""
        count = row.number(column)
        return self.clock.apple(count) if count is not None else self._no_count(row, column)

    def _no_count(self, row: Row, column: str) -> Moment:
        written = row.word(column)
        if written is None:
            return NO_MOMENT
        return self.clock.unreadable(written)

    def learn(self, **identifiers: str | None) -> None:
        """Take an identifier of the handset or its card for the part: ``iccid``, ``imsi``, ``imei``, ``msisdn``."""
        for kind, value in identifiers.items():
            if value in self._reading.identifiers.get(kind, ()):
                continue
            held = self._reading.identifiers.setdefault(kind, {})
            if value is not None and value.strip() and len(held) < _MOST_IDENTIFIERS:
                held.setdefault(value)

    def stamp_of(self, member: str | None) -> SourceStamp:
        """Return what makes sources and ids of another member of the delivery."""
        return SourceStamp(self._reading.delivery, member, self._reading.parser)

    def members_called(self, name: str) -> tuple[str, ...]:
        """Return the members of the delivery that have a name, which is without folder."""
        return self._source.members_called(name)

    def member_of(self, path: str) -> str | None:
        """Return the member that a file is which the handset keeps at a path; see ``DatabaseFiles.member_of``."""
        return self._source.member_of(path)

    def content_beside(self, member: str, most_bytes: int) -> bytes | None:
        """Return what another file of the delivery holds. None: it is too large."""
        return self._source.content(member, most_bytes)

    def body(self, row: Row, column: str, locator: str) -> tuple[str | None, tuple[str, ...]]:
        """Return the text of a message, cut at the limit, and what has to be said of it; both are noticed."""
        text = row.raw(column)
        if type(text) is str and len(text) <= self.text_chars and text.isascii():
            return text, ()
        notices: list[str] = []
        text, replaced = row.text_and_replaced(column)
        if replaced:
            notices += REPLACED
            self.book.note("characters_replaced", count=replaced, locator=locator)
        return self.short(text, notices, locator), tuple(notices)

    def short(self, text: str | None, notices: list[str], locator: str) -> str | None:
        """Return a text, cut at the limit; a cut is noted on the message and as a notice."""
        if text is None or len(text) <= self.text_chars:
            return text
        notices.append("truncated")
        self.book.note("limit_reached", subject="A text", locator=locator)
        return text[: self.text_chars]


def _names_a_row(number: int | None) -> bool:
    return number is not None and number > 0


class TableBeside(msgspec.Struct, frozen=True):
    """A table that tells of records what their own does not: text, number, party, files.

    Attributes:
        table: Its name.
        column: Column that names rows of it. None: every row has some.
        referring: Table of that column. None: the one that the records are read from.
        is_named: Whether a number in that column names a row; by default one above 0.
    """

    table: str
    column: str | None = None
    referring: str | None = None
    is_named: Callable[[int | None], bool] = _names_a_row


class TableReader(msgspec.Struct, frozen=True):
    """Reads one table.

    Attributes:
        table: Its name.
        element: Tally row of its rows: a record kind.
        read: Yields the records of a store; counts each row before anything is made of it.
        with_tables: Tables that are read along with it.
        is_present: Whether the columns tell this table from another's of the same name.
        told_by: Columns that tell the main facts of a record, in lower case: text, time, party, direction. A table
            that holds rows and lacks one is noticed.
        told_beside: Tables that tell more of its records. One that is not there, though rows name it, is noticed.
    """

    table: str
    element: str
    read: Callable[[Store], Iterator[Record]]
    with_tables: tuple[str, ...] = ()
    is_present: Callable[[frozenset[str]], bool] = bool
    told_by: tuple[str, ...] = ()
    told_beside: tuple[TableBeside, ...] = ()


class StoreFormat(msgspec.Struct, frozen=True, kw_only=True):
    """What tells one family of databases from another.

    Attributes:
        readers: In the order in which the tables are read.
        is_bookkeeping: Whether a table (by its name in lower case) holds nothing of a person, or was read along.
        is_wanted: Whether a member is a database of the format, by its path.
        holds_messages: Whether a table that is not read (by its name and columns in lower case) holds messages.
        stored_names: What members are called on the handset, where they lie under other names.
        read_beside: Yields what other files of the delivery hold; asked once, behind the first database.
        owner_of: Returns whose a database is by files beside it; asked once for each application's folder. None: they
            do not say.
    """

    parser: type[ExtractionParser]
    os: str | None
    readers: tuple[TableReader, ...]
    is_bookkeeping: Callable[[str], bool]
    is_wanted: Callable[[str], bool]
    holds_messages: Callable[[str, Collection[str]], bool] = lambda table, columns: False  # noqa: ARG005
    stored_names: StoredNames = StoredNames()
    read_beside: Callable[[Store], Iterator[Record]] | None = None
    owner_of: Callable[[Store], Party | None] = lambda store: None  # noqa: ARG005


class StoreReading:
    """One delivery while it is read."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, form: StoreFormat) -> None:
        self.delivery = delivery
        self.ctx = ctx
        self.parser = form.parser
        self.book = PartBook(ids.extraction_id(delivery.sha256, None, None))
        self.clock = EpochClock()
        self.identifiers: dict[str, dict[str, None]] = {}
        self.is_several = False
        self._form = form
        self._tables = frozenset(reader.table.casefold() for reader in form.readers)
        self._version: int | None = None
        self.parties: dict[tuple[str | None, str | None, bool | None], Party | None] = {}
        owner = ctx.sidecar.owner_number
        self._owners: dict[str, Party | None] = {}
        self.shown_names: set[tuple[str, str]] = set()
        """Ids, each with a name that the application itself shows beside it: who is hidden by one may be a number."""

        self._own_key = number_key(owner, to_e164(owner, ctx.default_region)) if owner else None

    def events(self) -> Iterator[ReadEvent]:
        """Yield the part, its records and, last, notices and what was seen.

        Raises:
            InputRefused: None of the databases can be read.
        """
        form = self._form
        with open_databases(self.delivery, self.ctx.limits, form.is_wanted, form.stored_names) as source:
            self.is_several = len(source.files) > 1
            has_begun = False
            refusal: InputRefused | None = None
            for file in source.files:
                try:
                    with source.opened(file, self.ctx.scratch_dir) as database:
                        if not has_begun:
                            self._version = database.user_version
                            yield self._part()
                            has_begun = True
                        yield from self._database(database, source, file)
                except InputRefused as error:
                    refusal = refusal or error
                    self.book.note(error.code, subject=file.name)
            if not has_begun:
                raise refusal or InputRefused("format_unknown", "no database of this format")
            if any(self.identifiers.values()):
                yield self._part()
            yield from self.book.notices()
            yield from source.notices()
        yield from self.clock.notices(self.book.extraction_id)
        for element, count in self.book.seen():
            yield Seen(extraction_id=self.book.extraction_id, element=element, count=count)

    def party(self, raw: str | None, name: str | None, *, is_owner: bool | None) -> Party | None:
        """See ``Store.party``."""
        key = (raw, name, is_owner)
        party = self.parties.get(key, _UNREAD)
        if party is _UNREAD:
            if len(self.parties) >= _CACHED_PARTIES:
                self.parties.clear()
            party = self.parties[key] = self._made_party(raw, name, is_owner)
        return party

    def _made_party(self, raw: str | None, name: str | None, is_owner: bool | None) -> Party | None:  # noqa: FBT001 - as stored in the cache's key
        raw = raw if raw is not None and raw.strip() else None
        name = name if name is not None and name.strip() else None
        region = self.ctx.default_region
        e164 = to_e164(raw, region) if raw is not None else None
        if e164 is None and (raw, name) in self.shown_names:
            e164 = number_beside(raw, name)
        if is_owner is None and self._own_key is not None and number_key(raw, e164) == self._own_key:
            is_owner = True
        if raw is None and name is None and not is_owner:
            return None
        return Party(raw, e164, name, is_owner)

    def _part(self) -> ExtractionPart:
        known = {kind: tuple(values) for kind, values in self.identifiers.items()}
        return ExtractionPart(
            extraction_id=self.book.extraction_id,
            member=None,
            kind=PartKind.HANDSET,
            os=self._form.os,
            format_version=None if self.is_several or not self._version else f"user_version {self._version}",
            imei=known.get("imei", ()),
            iccid=known.get("iccid", ()),
            imsi=known.get("imsi", ()),
            msisdn=known.get("msisdn", ()),
        )

    def _database(self, database: EvidenceDatabase, source: DatabaseFiles, file: DatabaseFile) -> Iterator[Record]:
        store = Store(database, self, file, source)
        store.owner = self._owner_of(store)
        known: list[str] = []
        for reader in self._form.readers:
            columns = database.columns(reader.table)
            if reader.is_present(columns):
                yield from reader.read(store)
                known += (reader.table, *reader.with_tables)
                self._note_absent(reader, columns, database)
                self._note_absent_beside(reader, database)
                for table in reader.with_tables:
                    if table.casefold() in database.not_plain:
                        self.book.note("table_not_plain", subject=table)
            elif reader.table.casefold() in database.not_plain:
                self.book.note("table_not_plain", subject=reader.table)
        if self._form.read_beside is not None and file is source.files[0]:
            yield from self._form.read_beside(store)
        self._note_rows(database)
        for column in sorted(database.not_computed):
            self.book.note("table_not_plain", subject=f"column {column}")
        has_others = self._note_others(database, known)
        if has_others and not known and not database.not_plain.intersection(self._tables):
            told = tables_told(table.name for table in database.tables.values())
            self.book.note("database_unknown", subject=f"{shown_name(file.name)}: {told}")
        for notice in database.notices(None, shown_name(file.name)):
            self._note(notice)

    def _owner_of(self, store: Store) -> Party | None:
        folder = application_folder(store.place)
        if folder not in self._owners:
            self._owners[folder] = self._form.owner_of(store)
        return self._owners[folder]

    def _note_absent(self, reader: TableReader, columns: frozenset[str], database: EvidenceDatabase) -> None:
        """Name the columns that tell records apart and that a table with rows lacks; one that is generated is named."""
        held = columns | {name.partition(" ")[0].casefold() for name in database.not_computed}
        absent = [column for column in reader.told_by if column not in held]
        if absent and database.peek_count(reader.table):
            for column in absent:
                self.book.note("column_absent", subject=f"{reader.table}.{column}")

    def _note_absent_beside(self, reader: TableReader, database: EvidenceDatabase) -> None:
        """Name the tables that records are told by and that are not there, with the number of rows that name them."""
        for beside in reader.told_beside:
            key = beside.table.casefold()
            if key in database.tables or key in database.not_plain:
                continue
            referring = beside.referring or reader.table
            if count := database.peek_count(referring, beside.column, beside.is_named):
                self.book.note("table_absent", subject=beside.table, count=count, locator=f"table {referring}")

    def _note_rows(self, database: EvidenceDatabase) -> None:
        elements = {reader.table.casefold(): reader.element for reader in self._form.readers}
        for table, count in database.unreadable_rows.items():
            element = elements.get(table.casefold())
            if element is None:
                self.book.note("element_unreadable", subject=table, count=count)
                continue
            self.book.saw(element, count)
            self.book.note("element_unreadable", element=element, subject=table, count=count)

    def _note_others(self, database: EvidenceDatabase, known: Sequence[str]) -> bool:
        """Count the rows of every table that is not read; damage in them loses nothing that would have been.

        Returns:
            Whether there is such a row.
        """
        has_rows = False
        for table in database.other_tables(known):
            if not self._form.is_bookkeeping(table) and (count := database.peek_count(table)):
                name = database.tables[table].name
                is_missing = self._form.holds_messages(table, database.columns(table))
                code = _MESSAGES if is_missing else "element_not_read"
                self.book.leave_out(f"table {name}", f"table {name}", code=code, count=count)
                has_rows = True
        return has_rows

    def _note(self, notice: Notice) -> None:
        self.book.note(notice.code, subject=notice.subject, count=notice.count, ends_reading=notice.ends_reading)


def read_stores(delivery: Delivery, ctx: ReadContext, form: StoreFormat) -> Iterator[ReadEvent]:
    """Yield what the databases of a delivery hold; see ``StoreReading.events``."""
    yield from StoreReading(delivery, ctx, form).events()
