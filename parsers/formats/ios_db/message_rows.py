"""Rows of ``message`` in sms.db: SMS, MMS and iMessage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from parsers.epoch_times import stated
from parsers.formats.ios_db.attributed_body import attributed_text
from parsers.formats.ios_db.chats import Chat, Conversations, StoredFile, conversations
from parsers.formats.ios_db.edits import Edits, edits_of
from parsers.phone_numbers import number_key
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_TIMES, Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.sqlite_values import Row, RowShapes
from parsers.store_reading import Store, TableBeside, TableReader
from parsers.stored_text import REPLACED
from parsers.unsent import SCHEDULED

_COLUMNS: Final = (
    *("guid", "text", "attributedBody", "handle_id", "service", "date", "date_read", "date_delivered", "is_from_me"),
    *("is_sent", "is_delivered", "is_read", "is_finished", "error", "account", "destination_caller_id", "item_type"),
    *(
        "associated_message_type",
        "associated_message_guid",
        "subject",
        "group_title",
        "service_center",
        "date_retracted",
    ),
    *("date_edited", "thread_originator_guid", "balloon_bundle_id", "is_audio_message", "associated_message_emoji"),
    *("group_action_type", "other_handle", "message_summary_info", "schedule_type", "schedule_state"),
)
_EXTRA: Final = (
    *("subject", "group_title", "associated_message_guid", "associated_message_emoji", "thread_originator_guid"),
    "balloon_bundle_id",
)
_NUMBERED: Final = (
    *("item_type", "group_action_type", "associated_message_type", "error", "date_retracted", "date_edited"),
    *("is_audio_message", "schedule_type", "schedule_state"),
)
# All but the texts, the times and the guid, which are each row's own.
_ALIKE_BY: Final = (
    *("handle_id", "service", "is_from_me", "is_sent", "is_delivered", "is_read", "error", "account"),
    *("destination_caller_id", "service_center", "other_handle", *_NUMBERED, *_EXTRA),
)
_ACCOUNT_PREFIXES: Final = ("P:", "p:", "E:", "e:")
_SYSTEM: Final = "system"
_DELETED: Final = "deleted message of which only the guid is left"
_EARLIER: Final = "earlier text of an edited message"


def _rows(store: Store) -> Iterator[Message]:
    with conversations(store) as known:
        shapes = RowShapes(_ALIKE_BY, lambda row, chat: _shape(store, known, row, chat))
        saw = store.book.saw
        for row in store.database.rows("message", _COLUMNS):
            saw("message")
            yield _message(store, known, shapes.of(row, known.chat_number_of(row.rowid)), row)
        for row in store.database.rows("deleted_messages", ("guid",)):
            if not known.has_met(row.word("guid")):
                store.book.leave_out(_DELETED, f"deleted_messages {row.rowid}")


MESSAGES: Final = TableReader(
    table="message",
    element="message",
    read=_rows,
    with_tables=(
        *("handle", "chat", "chat_message_join", "chat_handle_join", "chat_recoverable_message_join"),
        *("attachment", "message_attachment_join", "deleted_messages"),
    ),
    is_present=lambda columns: "is_from_me" in columns or {"handle_id", "text"} <= columns,
    told_by=("text", "date", "handle_id", "is_from_me"),
    told_beside=(
        TableBeside("handle", "handle_id"),
        # What was written to a group names nobody itself.
        TableBeside("chat_message_join", "handle_id", is_named=lambda number: not number),
        TableBeside("chat", "chat_id", referring="chat_message_join"),
        TableBeside("message_attachment_join", "cache_has_attachments"),
        TableBeside("attachment", "attachment_id", referring="message_attachment_join"),
    ),
)


def _message(store: Store, known: Conversations, shape: Message, row: Row) -> Message:
    locator = f"message {row.rowid}"
    guid = row.word("guid")
    notices: list[str] = []
    body = store.short(_body(store, row, notices, locator), notices, locator)
    if shape.direction is Direction.UNKNOWN:
        store.book.note_way(row.word("is_from_me"), locator)
    if shape.status == SCHEDULED:
        store.book.note("message_scheduled", locator=locator)
    files = known.files_of(row.rowid)
    has_retraction = bool(row.whole("date_retracted"))
    edits = edits_of(row.raw("message_summary_info"), is_gone=has_retraction and not body)
    # Unsent by its sender: nothing but the row is left.
    is_unsent = has_retraction or (edits is not None and edits.is_taken_back)
    is_retracted = not body and not files and is_unsent
    extra = (("guid", guid), *shape.extra) if guid is not None else shape.extra
    is_deleted = known.is_deleted(row.rowid, guid) or is_retracted
    return replace(
        shape,
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        deleted=DeletedState.DELETED if is_deleted else DeletedState.INTACT,
        body=body,
        body_notices=tuple(notices),
        attachments=tuple([_attachment(store, file) for file in files]) if files else (),
        time=store.apple_time(row, "date"),
        times=_times(store, row),
        extra=(*extra, *_earlier(store, edits, locator)) if edits is not None else extra,
    )


def _shape(store: Store, known: Conversations, row: Row, chat_number: int | None) -> Message:
    """Return what all rows with these codes and this party have in common in one conversation."""
    chat = known.chats.get(chat_number) if chat_number is not None else None
    from_me = row.whole("is_from_me")
    direction = Direction.UNKNOWN if from_me is None else Direction.OUTGOING if from_me else Direction.INCOMING
    sender, recipients = _sides(store, known, row, chat, direction)
    service = row.word("service") or (chat.service if chat is not None else None)
    return Message(
        source=store.stamp.source(""),
        record_id="",
        extraction_id=store.extraction_id,
        service=service.casefold() if service is not None else None,
        direction=direction,
        direction_basis=None if from_me is None else "owner_flag",
        from_party=sender,
        to=recipients,
        thread=chat.thread if chat is not None else None,
        status=_SYSTEM if row.whole("item_type") else _status(row, direction),
        smsc=row.word("service_center"),
        listing=store.listing,
        extra=_extra(known, row, chat),
    )


def _sides(
    store: Store, known: Conversations, row: Row, chat: Chat | None, direction: Direction
) -> tuple[Party | None, tuple[Party, ...]]:
    """Return sender and recipients: the row's handle is the other person, whichever way the message went."""
    owner = _owner(store, row)
    handle = row.whole("handle_id")
    peer = _other(store, known.handles.get(handle) if handle else None, owner)
    others = [peer] if peer is not None else []
    if chat is not None and (chat.is_group or not others):
        # One number may have two handles, one of iMessage and one of SMS.
        for each in chat.handles:
            party = _other(store, known.handles.get(each), owner)
            if party is not None and party not in others:
                others.append(party)
    if not others and chat is not None and not chat.is_group:
        alone = _other(store, chat.identifier, owner)
        others = [alone] if alone is not None else []
    if direction is Direction.OUTGOING:
        return owner, tuple(others)
    if direction is Direction.UNKNOWN:
        return None, tuple(others)
    # In a group the sender of what came in is the row's handle alone.
    sender = peer or (others[0] if len(others) == 1 else None)
    rest = [party for party in others if party != sender]
    return sender, (*((owner,) if owner is not None else ()), *rest)


def _other(store: Store, raw: str | None, owner: Party | None) -> Party | None:
    """Return the party of a handle, which is the owner's own where somebody writes to themselves."""
    party = store.party(raw, is_owner=False)
    if party is None or owner is None or number_key(party.raw, party.e164) != number_key(owner.raw, owner.e164):
        return party
    return store.party(raw, is_owner=True)


def _owner(store: Store, row: Row) -> Party | None:
    """Return the owner by the number or address that the message went to or came from. None: it is not stated."""
    stated_id = row.word("destination_caller_id")
    if stated_id is None:
        account = row.word("account") or ""
        stated_id = account[2:] if account.startswith(_ACCOUNT_PREFIXES) else account
    owner = store.party(stated_id, is_owner=True) if stated_id.strip() else None
    if owner is not None and owner.e164 is not None:
        store.learn(msisdn=owner.raw)
    return owner


def _body(store: Store, row: Row, notices: list[str], locator: str) -> str | None:
    body, replaced = row.text_and_replaced("text")
    attributed = row.raw("attributedBody")
    if not body and isinstance(attributed, bytes) and attributed:
        found = attributed_text(attributed)
        if found is not None:
            body, replaced = found
        else:
            notices.append("text_unreadable")
            store.book.note("text_unreadable", locator=locator)
    if replaced:
        notices += REPLACED
        store.book.note("characters_replaced", count=replaced, locator=locator)
    return body


def _status(row: Row, direction: Direction) -> str | None:
    if direction is Direction.INCOMING:
        read = row.whole("is_read")
        return None if read is None else "read" if read else "unread"
    if direction is Direction.UNKNOWN:
        return None
    if row.whole("error"):
        return "failed"
    if row.whole("is_delivered"):
        return "delivered"
    sent = row.whole("is_sent")
    if not sent and row.whole("schedule_type"):
        # "Send Later" of iOS 18: its time is when it is to go.
        return SCHEDULED
    return None if sent is None else "sent" if sent else "unsent"


def _times(store: Store, row: Row) -> MessageTimes:
    read, delivered = _time(store, row, "date_read"), _time(store, row, "date_delivered")
    return MessageTimes(read=read, delivered=delivered) if read is not None or delivered is not None else NO_TIMES


def _time(store: Store, row: Row, column: str) -> Moment | None:
    """Return a further time, which is 0 where it is not known."""
    count = row.number(column)
    return stated(store.clock.apple(count)) if count else None


def _earlier(store: Store, edits: Edits, locator: str) -> Iterator[tuple[str, str]]:
    """Yield what the message said before it was edited, the oldest first, and when it was written."""
    if edits.unreadable_count:
        store.book.note("element_unreadable", subject=_EARLIER, count=edits.unreadable_count, locator=locator)
    for number, (text, count) in enumerate(edits.earlier, start=1):
        yield f"earlier_text.{number}", text[: store.text_chars]
        if count is not None and (moment := store.clock.apple(count)).utc is not None:
            yield f"earlier_time.{number}", moment.utc


def _attachment(store: Store, file: StoredFile) -> Attachment:
    member = store.members.get(file.path.rpartition("/")[2].casefold()) if file.path else None
    size = file.size_bytes if file.size_bytes is not None and file.size_bytes >= 0 else None
    return Attachment(file.name, file.content_type, size, member, file.path if member is None else None)


def _extra(known: Conversations, row: Row, chat: Chat | None) -> tuple[tuple[str, str], ...]:
    found = row.words(_EXTRA)
    found += [(name, str(number)) for name, number in row.wholes(_NUMBERED)]
    if row.whole("is_from_me") is None and (written := row.word("is_from_me")) is not None:
        found.append(("is_from_me", written))
    # Who was added to a group, or taken out of it.
    if (other := known.handles.get(row.whole("other_handle") or 0)) is not None:
        found.append(("other_handle", other))
    if chat is not None and chat.name is not None:
        found.append(("chat.display_name", chat.name))
    return tuple(found)
