"""Rows of ``pdu`` in mmssms.db: MMS, with their texts and files in ``part`` and their parties in ``addr``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.android_codes import FROM, NOTIFICATION, RECIPIENTS, SEND_REQUEST, box_of, status_of
from parsers.epoch_times import MILLISECONDS, stated
from parsers.formats.android_db.threads import Threads, sides_of
from parsers.phone_numbers import number_key
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableBeside, TableReader
from parsers.stored_text import REPLACED

_COLUMNS: Final = (
    *("_id", "thread_id", "date", "date_sent", "msg_box", "m_type", "sub", "sub_cs", "read", "m_id", "ct_l", "tr_id"),
    *("m_size", "exp", "st", "resp_st", "retr_st", "sub_id", "sim_id", "phone_id", "creator", "deleted"),
)
_EXTRA: Final = ("m_id", "tr_id", "ct_l", "resp_st", "retr_st", "sub_id", "sim_id", "phone_id", "creator")
_PART_COLUMNS: Final = ("mid", "seq", "ct", "name", "fn", "cl", "_data", "text")
_ADDR_COLUMNS: Final = ("msg_id", "address", "type")

# What OMA's MMS encapsulation lists beside messages: confirmations, and reports of delivery and of reading.
_REPORT_TYPES: Final = frozenset({129, 131, 133, 134, 135, 136})
_REPORTS: Final = "MMS report"
_PLACEHOLDER: Final = "insert-address-token"
_TEXT_TYPES: Final = "text/"
_ORPHAN: Final = "part of an MMS that is not there"
_LAYOUT_TYPE: Final = "application/smil"
_UTF8_CHARSET: Final = 106
# A date of MMS is in seconds; above this it can only be in milliseconds, as some makers write it.
_SECONDS_BELOW: Final = 10**11


class _Part(msgspec.Struct, frozen=True, array_like=True):
    content_type: str | None
    name: str | None
    path: str | None
    text: str | None
    replaced: int
    seq: int


class _Address(msgspec.Struct, frozen=True, array_like=True):
    kind: int | None
    address: str


def _rows(store: Store) -> Iterator[Message]:
    with (
        side_table(store.scratch_dir, _Part) as parts,
        side_table(store.scratch_dir, _Address) as addresses,
    ):
        _put_aside(store, parts, addresses)
        threads = Threads(store)
        for row in store.database.rows("pdu", _COLUMNS):
            own_parts = sorted(parts.of(row.key("_id")), key=_seq)
            if row.whole("m_type") in _REPORT_TYPES:
                store.book.leave_out(_REPORTS, f"pdu {row.rowid}")
                continue
            store.book.saw("message")
            yield _message(store, row, own_parts, addresses.of(row.key("_id")), threads)
        if parts.left:
            store.book.leave_out(_ORPHAN, "table part", count=parts.left)


MMS: Final = TableReader(
    table="pdu",
    element="message",
    read=_rows,
    with_tables=("part", "addr", "threads", "canonical_addresses"),
    is_present=lambda columns: "msg_box" in columns or {"m_type", "thread_id"} <= columns,
    told_by=("date", "msg_box"),
    told_beside=(TableBeside("part"), TableBeside("addr")),
)


def _seq(part: _Part) -> int:
    """Return the place of a part in its message; most are 0, and stay in the order of their rows."""
    return part.seq


def _put_aside(store: Store, parts: SideTable[_Part], addresses: SideTable[_Address]) -> None:
    for row in store.database.rows("part", _PART_COLUMNS):
        number = row.whole("mid")
        content_type = row.text("ct")
        if _kind_of(content_type) == _LAYOUT_TYPE:
            continue
        if number is None:
            store.book.leave_out(_ORPHAN, "table part")
            continue
        text, replaced = row.text_and_replaced("text")
        path = row.word("_data")
        name = next((found for column in ("name", "fn", "cl") if (found := row.word(column)) is not None), None)
        parts.put(number, _Part(content_type, name or _last(path), path, text, replaced, row.whole("seq") or 0))
    for row in store.database.rows("addr", _ADDR_COLUMNS):
        number, address = row.whole("msg_id"), row.word("address")
        if number is not None and address is not None:
            addresses.put(number, _Address(row.whole("type"), address))


def _message(store: Store, row: Row, parts: list[_Part], addresses: list[_Address], threads: Threads) -> Message:
    locator = f"pdu {row.rowid}"
    folder, direction, basis = box_of(row.whole("msg_box"))
    if direction is Direction.UNKNOWN and row.whole("m_type") is not None:
        direction = Direction.OUTGOING if row.whole("m_type") == SEND_REQUEST else Direction.INCOMING
        basis = "type"
    if direction is Direction.UNKNOWN:
        store.book.note_way(row.word("msg_box"), locator)
    if addresses:
        sender, recipients = _sides(store, addresses, direction, threads, row.whole("thread_id"))
    else:
        sender, recipients = sides_of(threads.parties(row.whole("thread_id")), direction)
    notices: list[str] = []
    body = store.short(_body(store, parts, notices, locator), notices, locator)
    extra = [(name, text) for name in _EXTRA if (text := row.word(name)) is not None]
    if folder is None and (box := row.word("msg_box")) is not None:
        extra.append(("msg_box", box))
    subject = _subject(row)
    if subject is not None:
        extra.insert(0, ("subject", subject))
    return Message(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if row.whole("deleted") else DeletedState.INTACT,
        service="mms",
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        body=body,
        body_notices=tuple(notices),
        thread=row.text("thread_id"),
        status=_status(row, folder),
        folder=folder,
        attachments=tuple(_attachment(store, part) for part in parts if not _is_text(part)),
        time=_moment(store, row, "date"),
        times=MessageTimes(sent=stated(_moment(store, row, "date_sent")) if row.number("date_sent") else None),
        listing=store.listing,
        extra=tuple(extra),
    )


def _sides(
    store: Store, addresses: list[_Address], direction: Direction, threads: Threads, thread_id: int | None
) -> tuple[Party | None, tuple[Party, ...]]:
    own = _own_address(store, addresses, threads, thread_id) if direction is Direction.INCOMING else None
    senders: list[Party] = []
    recipients: list[Party] = []
    for each in addresses:
        if each.address == _PLACEHOLDER:
            continue
        if each.kind == FROM:
            party = store.party(each.address, is_owner=direction is Direction.OUTGOING or None)
            target = senders
        else:
            party = store.party(each.address, is_owner=each.address == own or None)
            target = recipients
        if party is not None and party not in target:
            target.append(party)
    return (senders[0] if senders else None), (*recipients, *senders[1:])


def _own_address(store: Store, addresses: list[_Address], threads: Threads, thread_id: int | None) -> str | None:
    """Return the recipient that is the handset's owner: of what came in the only one, else the one that is not listed.

    A conversation lists its other people; where it lists all recipients but one, that one is the handset itself.
    """
    stated = [each.address for each in addresses if each.kind in RECIPIENTS]
    if len(stated) < 2:
        return stated[0] if stated else None
    if _PLACEHOLDER in stated:
        return None
    listed = {_key_of(party) for party in threads.parties(thread_id)}
    if not listed:
        return None
    unlisted = [address for address in dict.fromkeys(stated) if _key_of(store.party(address)) not in listed]
    return unlisted[0] if len(unlisted) == 1 else None


def _key_of(party: Party | None) -> str | None:
    return None if party is None else number_key(party.raw, party.e164)


def _body(store: Store, parts: list[_Part], notices: list[str], locator: str) -> str | None:
    texts = [part.text for part in parts if _is_text(part) and part.text is not None]
    replaced = sum(part.replaced for part in parts if _is_text(part))
    if replaced:
        notices += REPLACED
        store.book.note("characters_replaced", count=replaced, locator=locator)
    if len(texts) > 1:
        notices.append("joined_parts")
    return "\n".join(texts) if texts else None


def _is_text(part: _Part) -> bool:
    """Whether a part is the text itself; long ones are kept in a file, which is then an attachment."""
    return part.text is not None and _kind_of(part.content_type).startswith(_TEXT_TYPES)


def _kind_of(content_type: str | None) -> str:
    """Return a type without its parameters (``; charset=utf-8``); no case is the right one."""
    return (content_type or "").partition(";")[0].strip().casefold()


def _attachment(store: Store, part: _Part) -> Attachment:
    member = store.members.get((_last(part.path) or "").casefold()) if part.path else None
    return Attachment(part.name, part.content_type, member=member, kept_at=part.path if member is None else None)


def _last(path: str | None) -> str | None:
    return path.replace("\\", "/").rpartition("/")[2] or None if path else None


def _subject(row: Row) -> str | None:
    """Return the subject; its bytes are stored as if each were a character.

    Where they are no UTF-8 the application wrote its characters themselves, and it is read as it stands.
    """
    text = row.word("sub")
    if text is None or row.whole("sub_cs") != _UTF8_CHARSET:
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _status(row: Row, folder: str | None) -> str | None:
    if row.whole("m_type") == NOTIFICATION:
        return "notification"
    return status_of(folder, None, row.whole("read"))


def _moment(store: Store, row: Row, column: str) -> Moment:
    count = row.number(column)
    is_milliseconds = count is not None and abs(count) > _SECONDS_BELOW
    return store.unix_time(row, column, MILLISECONDS if is_milliseconds else 1)
