"""Rows of iOS before its present databases: ``message`` of sms.db up to iOS 5, ``call`` of call_history.db up to iOS 7.

What the flags mean is read from the database's own triggers (a call with the first bit went out) and from published
readers. Dates count since 1970; those of an iMessage of iOS 5, in the same column, since 2001. No count of the
one is a likely one of the other: 2001 is 978,307,200 seconds after 1970, and no iPhone was in use before 2007.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import msgspec

from parsers.epoch_times import APPLE_EPOCH, UNIX_EPOCH, stated
from parsers.formats.ios_db.attributed_body import attributed_text
from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.values import NO_TIMES, Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableBeside, TableReader
from parsers.stored_text import REPLACED, decode_stored

_OUTGOING_BIT: Final = 1
_BLOCKED: Final = 8
"""Of a call that came in from a number that the handset bars."""

_FROM_OWNER_BIT: Final = 4
_RECEIVED, _SENT, _ERASED = 2, 3, 129
_FAILED: Final = frozenset({33, 35, 131})
_TEXT: Final = "text/plain"
_LAYOUT: Final = "application/smil"
_PIECES: Final = "msg_pieces"
_ORPHAN: Final = "part of a message that is not there"
_MANY: Final = "The list of those in a conversation"
_MOST_MEMBERS: Final = 1_024
_EPOCHS_APART: Final = int((APPLE_EPOCH - UNIX_EPOCH).total_seconds())

_CALL_COLUMNS: Final = (
    *("address", "date", "duration", "flags", "id", "name", "country_code", "network_code", "answered"),
    *("originalAddress", "face_time_data"),
)
_CALL_EXTRA: Final = ("country_code", "network_code", "originalAddress")
_CALL_NUMBERED: Final = ("flags", "id")
_MESSAGE_COLUMNS: Final = (
    *("address", "date", "text", "flags", "svc_center", "group_id", "subject", "country", "read", "is_madrid"),
    *("madrid_handle", "madrid_flags", "madrid_guid", "madrid_roomname", "madrid_service", "madrid_account"),
    *("madrid_error", "madrid_date_read", "madrid_date_delivered", "madrid_attributedBody", "madrid_type"),
)
_MESSAGE_EXTRA: Final = ("madrid_guid", "subject", "country")
_MESSAGE_NUMBERED: Final = ("flags", "madrid_flags", "madrid_error", "madrid_type")
_ACCOUNT_PREFIXES: Final = ("P:", "p:", "E:", "e:")


class _Piece(msgspec.Struct, frozen=True, array_like=True):
    """A part of a multimedia message: its text, or what is known of a file."""

    text: str | None
    name: str | None
    content_type: str | None
    size_bytes: int | None
    replaced: int = 0
    """How many characters of the text could not be read."""


def _calls(store: Store) -> Iterator[Call]:
    for row in store.database.rows("call", _CALL_COLUMNS):
        store.book.saw("call")
        yield _call(store, row)


OLD_CALLS: Final = TableReader(
    table="call",
    element="call",
    read=_calls,
    is_present=lambda columns: {"address", "flags"} <= columns,
    told_by=("address", "date", "flags"),
)


def _call(store: Store, row: Row) -> Call:
    locator = f"call {row.rowid}"
    call_type = _call_type(row)
    peer = store.party(row.word("address"), row.word("name"), is_owner=False)
    is_outgoing = call_type is CallType.OUTGOING
    duration = row.number("duration")
    if call_type is CallType.UNKNOWN:
        store.book.note_way(row.word("flags"), locator)
    return Call(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("call", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.INTACT,
        service="facetime" if row.raw("face_time_data") else None,
        call_type=call_type,
        duration_seconds=float(duration) if duration is not None and duration >= 0 else None,
        from_party=None if is_outgoing else peer,
        to=(peer,) if is_outgoing and peer is not None else (),
        time=store.unix_time(row, "date", 1),
        listing=store.listing,
        extra=_extra(row, _CALL_EXTRA, _CALL_NUMBERED),
    )


def _call_type(row: Row) -> CallType:
    """Return how a call went.

    Only iOS 7 states that nobody answered it; before that a call that came in and has no seconds is listed as missed.
    """
    flags = row.whole("flags")
    if flags is None:
        return CallType.UNKNOWN
    if flags & _OUTGOING_BIT:
        return CallType.OUTGOING
    if flags == _BLOCKED:
        return CallType.REJECTED
    answered = row.whole("answered")
    was_missed = row.number("duration") == 0 if answered is None else answered == 0
    return CallType.MISSED if was_missed else CallType.INCOMING


class _Beside:
    """What the tables beside ``message`` say."""

    def __init__(self, store: Store, stack: ExitStack) -> None:
        self._pieces: SideTable[_Piece] = stack.enter_context(side_table(store.scratch_dir, _Piece))
        self._members: SideTable[str] = stack.enter_context(side_table(store.scratch_dir, str))
        self._store = store
        self.lacks_pieces = _PIECES not in store.database.tables and _PIECES not in store.database.not_plain
        """Whether the texts in several parts stand nowhere."""
        for row in store.database.rows(_PIECES, ("message_id", "data", "content_type", "content_loc")):
            # The plan of how they are laid out is no part.
            if row.word("content_type") != _LAYOUT:
                self._put(row, _piece(row))
        for row in store.database.rows("madrid_attachment", ("message_id", "filename", "mime_type", "total_bytes")):
            name = (row.word("filename") or "").rpartition("/")[2]
            self._put(row, _Piece(None, name or None, row.word("mime_type"), row.whole("total_bytes")))
        for row in store.database.rows("group_member", ("group_id", "address")):
            group, address = row.whole("group_id"), row.word("address")
            if group is not None and address is not None:
                self._members.put(group, address)

    def _put(self, row: Row, piece: _Piece) -> None:
        message = row.whole("message_id")
        if message is None:
            self._store.book.leave_out(_ORPHAN, "message_id")
        else:
            self._pieces.put(message, piece)

    def pieces(self, message: int) -> list[_Piece]:
        """Return the parts of a message; to be asked once for each."""
        return self._pieces.of(message)

    def leave_out_rest(self) -> None:
        """Count the parts for which no message asked."""
        if self._pieces.left:
            self._store.book.leave_out(_ORPHAN, "message_id", count=self._pieces.left)

    def members(self, row: Row) -> list[str]:
        """Return the addresses of those in a message's conversation, which is none where its number is 0."""
        group = row.whole("group_id")
        if not group:
            return []
        found = self._members.of(group, most=_MOST_MEMBERS + 1)
        if len(found) > _MOST_MEMBERS:
            self._store.book.note("limit_reached", subject=_MANY, locator=f"message {row.rowid}")
        return list(dict.fromkeys(found[:_MOST_MEMBERS]))


def _piece(row: Row) -> _Piece:
    kind, data = row.word("content_type"), row.raw("data")
    if kind == _TEXT and data is not None:
        text, replaced = decode_stored(data) if isinstance(data, bytes) else (str(data), 0)
        return _Piece(text, None, kind, None, replaced)
    size = len(data) if isinstance(data, bytes) else None
    return _Piece(None, row.word("content_loc"), kind, size)


def _messages(store: Store) -> Iterator[Message]:
    with ExitStack() as stack:
        beside = _Beside(store, stack)
        for row in store.database.rows("message", _MESSAGE_COLUMNS):
            store.book.saw("message")
            message = _message(store, beside, row)
            if message.body is None and message.service == "sms" and beside.lacks_pieces:
                store.book.note("table_absent", subject=_PIECES, locator=f"message {row.rowid}")
            yield message
        beside.leave_out_rest()


OLD_MESSAGES: Final = TableReader(
    table="message",
    element="message",
    read=_messages,
    with_tables=("msg_group", "group_member", _PIECES, "madrid_attachment"),
    is_present=lambda columns: {"address", "flags", "text"} <= columns and not columns & {"handle_id", "is_from_me"},
    told_by=("address", "date", "text", "flags"),
    told_beside=(TableBeside("group_member", "group_id"),),
)


def _message(store: Store, beside: _Beside, row: Row) -> Message:
    locator = f"message {row.rowid}"
    direction, status = _way(store, row, locator)
    is_imessage = bool(row.whole("is_madrid"))
    pieces = beside.pieces(row.rowid)
    body, notices = _body(store, row, pieces, locator)
    sender, recipients = _sides(store, beside, row, direction)
    # An iMessage has the conversation 0, which is none.
    group = row.word("group_id") if row.whole("group_id") != 0 else None
    native = "mms" if pieces else "sms"
    is_erased = not is_imessage and row.whole("flags") == _ERASED
    return Message(
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if is_erased else DeletedState.INTACT,
        service=(row.word("madrid_service") or "imessage").casefold() if is_imessage else native,
        direction=direction,
        direction_basis=None if direction is Direction.UNKNOWN else "owner_flag",
        from_party=sender,
        to=recipients,
        body=body,
        body_notices=notices,
        thread=row.word("madrid_roomname") or group,
        status=status,
        smsc=row.word("svc_center"),
        attachments=tuple(
            Attachment(piece.name, piece.content_type, piece.size_bytes) for piece in pieces if piece.text is None
        ),
        time=_imessage_time(store, row, "date") if is_imessage else store.unix_time(row, "date", 1),
        times=_times(store, row),
        listing=store.listing,
        extra=_extra(row, _MESSAGE_EXTRA, _MESSAGE_NUMBERED),
    )


def _way(store: Store, row: Row, locator: str) -> tuple[Direction, str | None]:
    """Return which way a message went, and its status."""
    column = "madrid_flags" if row.whole("is_madrid") else "flags"
    flags = row.whole(column)
    if column == "madrid_flags":
        is_outgoing = None if flags is None else bool(flags & _FROM_OWNER_BIT)
        has_failed = bool(row.whole("madrid_error"))
    else:
        has_failed = flags in _FAILED
        is_outgoing = True if flags == _SENT or has_failed else False if flags == _RECEIVED else None
    if is_outgoing is None:
        if flags != _ERASED:
            store.book.note_way(row.word(column), locator)
        return Direction.UNKNOWN, None
    if is_outgoing:
        return Direction.OUTGOING, "failed" if has_failed else None
    read = row.whole("read")
    return Direction.INCOMING, None if read is None else "read" if read else "unread"


def _sides(store: Store, beside: _Beside, row: Row, direction: Direction) -> tuple[Party | None, tuple[Party, ...]]:
    """Return sender and recipients: the row's address is the other one, whichever way it went."""
    address = row.word("madrid_handle") if row.whole("is_madrid") else row.word("address")
    peer = store.party(address, is_owner=False)
    members = [store.party(each, is_owner=False) for each in beside.members(row)]
    others = [peer] if peer is not None else []
    if len(members) > 1 or not others:
        keys = {each.e164 or each.raw for each in others}
        others += [each for each in members if each is not None and (each.e164 or each.raw) not in keys]
    owner = _owner(store, row)
    if direction is Direction.OUTGOING:
        return owner, tuple(others)
    if direction is Direction.UNKNOWN:
        return None, tuple(others)
    sender = peer or (others[0] if len(others) == 1 else None)
    return sender, (*((owner,) if owner is not None else ()), *(each for each in others if each != sender))


def _owner(store: Store, row: Row) -> Party | None:
    """Return the owner as the account of an iMessage names them. None: a text does not."""
    account = row.word("madrid_account") or ""
    return (
        store.party(account[2:] if account.startswith(_ACCOUNT_PREFIXES) else account, is_owner=True)
        if account
        else None
    )


def _body(store: Store, row: Row, pieces: list[_Piece], locator: str) -> tuple[str | None, tuple[str, ...]]:
    body, notices = store.body(row, "text", locator)
    if body:
        return body, notices
    attributed = row.raw("madrid_attributedBody")
    if isinstance(attributed, bytes) and attributed and (found := attributed_text(attributed)) is not None:
        text, replaced = found
    else:
        parts = [piece.text for piece in pieces if piece.text is not None]
        text, replaced = "\n".join(parts), sum(piece.replaced for piece in pieces)
        if not parts:
            return body, notices
    said = [*notices]
    if replaced:
        said += REPLACED
        store.book.note("characters_replaced", count=replaced, locator=locator)
    return store.short(text, said, locator), tuple(said)


def _imessage_time(store: Store, row: Row, column: str) -> Moment:
    """Return a time of an iMessage; a text or a call counts since 1970, however little."""
    count = row.number(column)
    if count is not None and 0 < count < _EPOCHS_APART:
        return store.clock.apple(count)
    return store.unix_time(row, column, 1)


def _times(store: Store, row: Row) -> MessageTimes:
    read, delivered = (_time(store, row, name) for name in ("madrid_date_read", "madrid_date_delivered"))
    return MessageTimes(read=read, delivered=delivered) if read is not None or delivered is not None else NO_TIMES


def _time(store: Store, row: Row, column: str) -> Moment | None:
    """Return a further time, which is 0 where it is not known."""
    return stated(_imessage_time(store, row, column)) if row.number(column) else None


def _extra(row: Row, named: tuple[str, ...], numbered: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return (*row.words(named), *((name, str(number)) for name, number in row.wholes(numbered)))
