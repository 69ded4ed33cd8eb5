"""Rows of ``sms`` in mmssms.db: texts, one row a text and recipient; and of Samsung's tables beside it.

Those are ``spam_sms``, and of RCS ``im`` (chats) and ``ft`` (files sent in them), whose ``type`` is that of texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from msgspec.structs import replace

from parsers.address_lists import addresses_in
from parsers.android_codes import box_of, status_of
from parsers.epoch_times import stated
from parsers.formats.android_db.threads import Threads, sides_of
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_TIMES, Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.sqlite_values import Row, RowShapes
from parsers.store_reading import Store, TableReader

_COLUMNS: Final = (
    *("_id", "thread_id", "address", "person", "date", "date_sent", "protocol", "read", "status", "type", "subject"),
    *("body", "service_center", "error_code", "deleted", "sub_id", "sim_id", "phone_id", "sim_slot", "creator"),
)
# All but the text and the times, which are each row's own.
_ALIKE_BY: Final = (
    *("thread_id", "address", "person", "protocol", "read", "status", "type", "subject", "service_center"),
    *("error_code", "deleted", "sub_id", "sim_id", "phone_id", "sim_slot", "creator"),
)
_EXTRA: Final = ("subject", "person", "sub_id", "sim_id", "phone_id", "sim_slot", "creator")
_BOOKKEEPING: Final = frozenset({*_COLUMNS, "reply_path_present", "locked", "seen", "deletable"})
_MOST_OF_MAKERS: Final = 64
_SAYING_NOTHING: Final = frozenset({"0", "-1"})
_SPAM: Final = "spam_sms"
"""What the handset's own filter took for spam, in the columns of the other texts."""

_SMS, _RCS = "sms", "rcs"
_CHATS, _FILES = "im", "ft"
_SPAM_OF_OTHERS: Final = ("spam_pdu", "spam_im", "spam_ft")
"""What Samsung's filter took for spam of picture messages and RCS."""
_OF_FILE: Final = ("file_name", "content_type", "file_size")
_TOLD_BY: Final = frozenset({"address", "date", "type"})


def _rows(store: Store, table: str, service: str = _SMS) -> Iterator[Message]:
    threads = Threads(store)
    shapes = RowShapes(_ALIKE_BY, lambda row, _: _shape(store, threads, row, service))
    saw = store.book.saw
    of_maker = _of_maker(store, table)
    for row in store.database.rows(table, (*_COLUMNS, *of_maker, *(_OF_FILE if table == _FILES else ()))):
        saw("message")
        message = _message(store, shapes.of(row), row, table, of_maker)
        yield replace(message, attachments=_sent_file(row)) if table == _FILES else message


def _sent_file(row: Row) -> tuple[Attachment, ...]:
    """Return the file of a row of ``ft``; it is kept by its name, which is not its place on the handset."""
    name, size = row.word("file_name"), row.whole("file_size")
    return () if name is None else (Attachment(name, row.word("content_type"), size if size and size > 0 else None),)


def _of_maker(store: Store, table: str) -> tuple[str, ...]:
    """Return the columns that a maker added; what they tell is kept as it stands."""
    columns = store.database.tables[table].columns
    return tuple(column.name for key, column in columns.items() if key not in _BOOKKEEPING)[:_MOST_OF_MAKERS]


SMS: Final = TableReader(
    table="sms",
    element="message",
    read=lambda store: _rows(store, "sms"),
    with_tables=("threads", "canonical_addresses"),
    is_present=lambda columns: bool({"address", "body"} & columns),
    told_by=("body", "address", "date", "type"),
)
SPAM: Final = TableReader(
    table=_SPAM,
    element="message",
    read=lambda store: _rows(store, _SPAM),
    is_present=lambda columns: {"address", "body", "date"} <= columns,
    told_by=("type",),
)
CHATS: Final = TableReader(
    table=_CHATS,
    element="message",
    read=lambda store: _rows(store, _CHATS, _RCS),
    is_present=lambda columns: columns >= {*_TOLD_BY, "body"},
)
FILES: Final = TableReader(
    table=_FILES,
    element="message",
    read=lambda store: _rows(store, _FILES, _RCS),
    is_present=lambda columns: columns >= {*_TOLD_BY, "file_name"},
)


def holds_messages(table: str, columns: Collection[str]) -> bool:
    """Whether a table of mmssms.db that is not read holds messages of people, by its name and columns (small letters).

    Pieces of texts (``raw``) are none: the handset keeps those that it has put together.
    """
    is_text = {"address", "date"}.issubset(columns) and not {"body", "text"}.isdisjoint(columns)
    return is_text or table in {_CHATS, _FILES, *_SPAM_OF_OTHERS}


def _message(store: Store, shape: Message, row: Row, table: str, of_maker: tuple[str, ...]) -> Message:
    locator = f"{table} {row.rowid}"
    extra = shape.extra
    if of_maker:
        told = (each for each in row.words(of_maker) if not isinstance(row.raw(each[0]), bytes))
        extra = (*extra, *(each for each in told if each[1] not in _SAYING_NOTHING))
    body, notices = store.body(row, "body", locator)
    sent = _sent(store, row)
    if shape.direction is Direction.UNKNOWN:
        store.book.note_way(row.word("type"), locator)
    return replace(
        shape,
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        body=body,
        body_notices=notices,
        time=store.unix_time(row, "date"),
        times=NO_TIMES if sent is None else MessageTimes(sent=sent),
        extra=extra,
    )


def _shape(store: Store, threads: Threads, row: Row, service: str) -> Message:
    """Return what all rows with these codes and this party have in common."""
    box = row.whole("type")
    folder, direction, basis = box_of(box)
    if direction is Direction.UNKNOWN and box is None and row.whole("protocol") is not None:
        # The network states a protocol with what it delivers; a text that was written here has none.
        direction, basis = Direction.INCOMING, "protocol"
    sender, recipients = sides_of(_others(store, threads, row), direction)
    error = row.whole("error_code")
    extra = row.words(_EXTRA)
    if error:
        extra.append(("error_code", str(error)))
    status = row.whole("status")
    if service == _RCS and status:
        # What these count is not published; of texts it is whether they were delivered.
        extra.append(("status", str(status)))
    if folder is None and (written := row.word("type")) is not None:
        extra.append(("type", written))
    return Message(
        source=store.stamp.source(""),
        record_id="",
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if row.whole("deleted") else DeletedState.INTACT,
        service=service,
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        thread=row.text("thread_id"),
        status=status_of(folder, status if service == _SMS else None, row.whole("read")),
        folder=folder,
        smsc=row.word("service_center"),
        listing=store.listing,
        extra=tuple(extra),
    )


def _others(store: Store, threads: Threads, row: Row) -> tuple[Party, ...]:
    """Return the other parties: the address of the row, else (a draft has none) those of its conversation."""
    address = row.word("address")
    if address is None:
        found = threads.parties(row.whole("thread_id"))
    else:
        found = [store.party(piece) for piece in addresses_in(address, store.region)]
    return tuple(party for party in found if party is not None)


def _sent(store: Store, row: Row) -> Moment | None:
    """Return when it was sent, which is 0 where the handset does not know it."""
    count = row.number("date_sent")
    return stated(store.clock.unix(count)) if count else None
