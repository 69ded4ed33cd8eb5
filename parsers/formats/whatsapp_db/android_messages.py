"""Rows of ``message`` (newer) and ``messages`` (older) in msgstore.db. A database that was changed over has both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec
from msgspec.structs import replace

from parsers.application_lines import SYSTEM_STATUS
from parsers.epoch_times import stated
from parsers.formats.whatsapp_db.android_beside import TABLES, Beside, beside_messages, with_beside
from parsers.formats.whatsapp_db.jids import Jids
from parsers.formats.whatsapp_db.kinds import (
    ANDROID_DELETED,
    ANDROID_MEDIA,
    ANDROID_OLD_CARDS,
    ANDROID_OLD_PLACES,
    ANDROID_SENT,
    ANDROID_SYSTEM,
    ANDROID_SYSTEM_STATUS,
    group_named,
    is_broadcast,
    is_group,
    is_list,
    service_at,
)
from parsers.formats.whatsapp_db.row_times import message_time
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.side_table import side_table
from parsers.sqlite_values import Row, RowShapes
from parsers.store_reading import Store, TableBeside, TableReader

_COLUMNS: Final = (
    *("chat_row_id", "from_me", "key_id", "sender_jid_row_id", "status", "timestamp", "received_timestamp"),
    *("message_type", "text_data", "translated_text"),
)
_OLD_COLUMNS: Final = (
    *("key_remote_jid", "key_from_me", "key_id", "status", "data", "timestamp", "received_timestamp", "media_wa_type"),
    *("media_mime_type", "media_name", "media_caption", "media_size", "media_url", "remote_resource"),
    *("receipt_device_timestamp", "read_device_timestamp"),
)
_TRANSCRIPT: Final = "raw_transcription_text"
"""What the application heard in a voice note, where its owner lets it."""

_MEDIA_COLUMNS: Final = (
    *("message_row_id", "file_path", "media_name", "mime_type", "file_size", "media_caption", _TRANSCRIPT),
)
# All but the texts, the times, the files and the id, which are each row's own.
_ALIKE_BY: Final = ("chat_row_id", "from_me", "sender_jid_row_id", "status", "message_type")
_OLD_ALIKE_BY: Final = ("key_remote_jid", "key_from_me", "status", "media_wa_type", "remote_resource")
_OLD_TABLE: Final = "messages"
_PLACEHOLDER: Final = "placeholder row"
_PLACE: Final = "location"
_MOST_CHATS: Final = 1_000_000
_Extra: TypeAlias = tuple[tuple[str, str], ...]


class _Media(msgspec.Struct, frozen=True, array_like=True):
    path: str | None
    name: str | None
    content_type: str | None
    size_bytes: int | None
    caption: str | None
    transcript: str | None = None


class _Codes(msgspec.Struct, frozen=True, kw_only=True):
    """What both tables say of messages that are alike, under one name each."""

    listing: str
    jid: str | None
    sender_column: str
    sender: str | None
    sender_name: str | None = None
    from_me: int | None
    kind_column: str
    kind: int | None
    status: int | None
    subject: str | None


def _rows(store: Store) -> Iterator[Message]:
    jids = Jids(store)
    with (
        side_table(store.scratch_dir, _Media) as media,
        side_table(store.scratch_dir, int) as revoked,
        beside_messages(store, jids) as beside,
    ):
        for row in store.database.rows("message_media", _MEDIA_COLUMNS):
            number = row.whole("message_row_id")
            if number is not None:
                caption, path = row.text("media_caption"), row.word("file_path")
                size, kind = row.whole("file_size"), row.word("mime_type")
                name, heard = row.word("media_name"), row.text(_TRANSCRIPT)
                media.put(number, _Media(path, name, kind, size, caption, heard))
        for row in store.database.rows("message_revoked", ("message_row_id",)):
            number = row.whole("message_row_id")
            if number is not None:
                revoked.put(number, number)
        shapes = RowShapes(_ALIKE_BY, lambda row, _: _shape(store, _codes(jids, row)))
        saw = store.book.saw
        for row in store.database.rows("message", _COLUMNS):
            if (row.whole("chat_row_id") or 0) < 0:
                store.book.leave_out(_PLACEHOLDER, f"message {row.rowid}")
                continue
            saw("message")
            message = _message(store, shapes.of(row), row, media.of(row.rowid), beside)
            yield replace(message, deleted=DeletedState.DELETED) if revoked.of(row.rowid) else message
        if not store.database.peek_count(_OLD_TABLE):
            beside.note_left(store)


def _old_rows(store: Store) -> Iterator[Message]:
    subjects: dict[str, str] = {}
    for row in store.database.rows("chat_list", ("key_remote_jid", "subject")):
        jid, subject = row.word("key_remote_jid"), row.word("subject")
        if jid is not None and subject is not None and len(subjects) < _MOST_CHATS:
            subjects[jid] = subject
    shapes = RowShapes(_OLD_ALIKE_BY, lambda row, _: _shape(store, _old_codes(row, subjects)))
    with beside_messages(store, Jids(store)) as beside:
        for row in store.database.rows(_OLD_TABLE, _OLD_COLUMNS):
            if row.text("key_remote_jid") == "-1":
                store.book.leave_out(_PLACEHOLDER, f"messages {row.rowid}")
                continue
            store.book.saw("message")
            yield _old_message(store, shapes.of(row), row, beside)
        beside.note_left(store)


MESSAGES: Final = TableReader(
    table="message",
    element="message",
    read=_rows,
    with_tables=("jid", "jid_map", "lid_display_name", "chat", "message_media", "message_revoked", *TABLES),
    is_present=lambda columns: {"chat_row_id", "from_me"} <= columns,
    told_by=("text_data", "timestamp"),
    told_beside=(
        TableBeside("chat", "chat_row_id"),
        TableBeside("jid", "jid_row_id", referring="chat"),
        TableBeside("message_media", "message_type", is_named=ANDROID_MEDIA.__contains__),
    ),
)
OLD_MESSAGES: Final = TableReader(
    table=_OLD_TABLE,
    element="message",
    read=_old_rows,
    with_tables=("chat_list", *TABLES),
    is_present=lambda columns: {"key_remote_jid", "key_from_me"} <= columns,
    told_by=("data", "timestamp"),
)


def _message(store: Store, shape: Message, row: Row, files: list[_Media], beside: Beside) -> Message:
    locator = f"message {row.rowid}"
    body, notices = store.body(row, "text_data", locator)
    if not body:
        body = next((each.caption for each in files if each.caption), body)
    body, notices, extra = _with_beside(store, beside, row, body, notices, shape.extra)
    if (translated := row.word("translated_text")) is not None:
        extra = (*extra, ("translated_text", translated))
    if files:
        extra = (*extra, *((_TRANSCRIPT, each.transcript) for each in files if each.transcript))
    recipients = beside.recipients(row.rowid) if is_list(shape.thread) and shape.to else []
    key = row.word("key_id")
    return replace(
        shape,
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        to=tuple([party for each in recipients if (party := store.party(each, is_owner=False))]) or shape.to,
        body=body,
        body_notices=notices,
        attachments=tuple([_attachment(store, each) for each in files]) if files else (),
        time=message_time(store, row, "timestamp", store.unix_time),
        times=MessageTimes(received=_time(store, row, "received_timestamp")),
        extra=(("key_id", key), *extra) if key is not None else extra,
    )


def _old_message(store: Store, shape: Message, row: Row, beside: Beside) -> Message:
    locator = f"messages {row.rowid}"
    body, notices = store.body(row, "data", locator)
    caption = row.text("media_caption")
    body, notices, extra = _with_beside(store, beside, row, body or caption or body, notices, shape.extra)
    content_type, name = row.word("media_mime_type"), row.word("media_name")
    files: tuple[Attachment, ...] = ()
    kind = row.whole("media_wa_type")
    if content_type is None and name is not None and kind in ANDROID_OLD_PLACES | ANDROID_OLD_CARDS:
        extra = (*extra, ("media_name", name))
    elif content_type is not None or name is not None:
        size = row.whole("media_size")
        files = (_attachment(store, _Media(None, name, content_type, size, caption)),)
    if kind in ANDROID_OLD_PLACES:
        store.book.leave_out(_PLACE, locator)
    key = row.word("key_id")
    return replace(
        shape,
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        body=body,
        body_notices=notices,
        attachments=files,
        time=message_time(store, row, "timestamp", store.unix_time),
        times=MessageTimes(
            received=_time(store, row, "received_timestamp"),
            delivered=_time(store, row, "receipt_device_timestamp"),
            read=_time(store, row, "read_device_timestamp"),
        ),
        extra=(("key_id", key), *extra) if key is not None else extra,
    )


def _with_beside(
    store: Store, beside: Beside, row: Row, body: str | None, notices: tuple[str, ...], extra: _Extra
) -> tuple[str | None, tuple[str, ...], _Extra]:
    """Return text, what has to be said of it, and further fields, with what the tables beside say of a row."""
    said = beside.of(row.rowid)
    if not said:
        return body, notices, extra
    noted = list(notices)
    body, told = with_beside(store, body, said, noted, f"message {row.rowid}")
    return body, tuple(noted), (*extra, *told)


def _codes(jids: Jids, row: Row) -> _Codes:
    chat = jids.chats.get(row.whole("chat_row_id") or 0)
    sender = jids.of(row.whole("sender_jid_row_id"))
    return _Codes(
        listing="message",
        jid=chat.jid if chat is not None else None,
        subject=(chat.subject or jids.names.get(chat.jid or "")) if chat is not None else None,
        sender_column="sender_jid_row_id",
        sender=sender,
        sender_name=jids.names.get(sender or ""),
        from_me=row.whole("from_me"),
        kind_column="message_type",
        kind=row.whole("message_type"),
        status=row.whole("status"),
    )


def _old_codes(row: Row, subjects: dict[str, str]) -> _Codes:
    jid = row.word("key_remote_jid")
    return _Codes(
        listing="messages",
        jid=jid,
        subject=subjects.get(jid or ""),
        sender_column="remote_resource",
        sender=row.word("remote_resource"),
        from_me=row.whole("key_from_me"),
        kind_column="media_wa_type",
        kind=row.whole("media_wa_type"),
        status=row.whole("status"),
    )


def _shape(store: Store, codes: _Codes) -> Message:
    """Return what all rows with these codes have in common."""
    is_system = codes.kind == ANDROID_SYSTEM or codes.status == ANDROID_SYSTEM_STATUS
    from_me = None if is_system else codes.from_me
    direction = Direction.UNKNOWN if from_me is None else Direction.OUTGOING if from_me else Direction.INCOMING
    chat = store.party(codes.jid, codes.subject, is_owner=False) if codes.jid is not None else None
    sender: Party | None = None
    # Where a sender stands, what was sent to a list names the list: whoever owns the list wrote in their own chat.
    by_list = is_broadcast(codes.sender)
    if direction is Direction.INCOMING:
        alone = None if is_group(codes.jid) or is_broadcast(codes.jid) else chat
        is_named = codes.sender is not None and not by_list
        sender = store.party(codes.sender, codes.sender_name, is_owner=False) if is_named else alone
    is_outgoing = direction is Direction.OUTGOING
    recipients = _listed(store, codes) if is_outgoing else ()
    is_beside = by_list or bool(recipients)
    return Message(
        source=store.stamp.source(""),
        record_id="",
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if codes.kind in ANDROID_DELETED else DeletedState.INTACT,
        service=service_at(store.place),
        direction=direction,
        direction_basis=None if from_me is None else "owner_flag",
        from_party=store.owner if is_outgoing else sender,
        to=recipients or ((chat,) if is_outgoing and chat is not None else ()),
        thread=codes.jid,
        status=SYSTEM_STATUS if is_system else _status(codes) if is_outgoing else None,
        listing=f"{store.listing}: {codes.listing}",
        extra=(
            *group_named(codes.jid, codes.subject),
            *(((codes.kind_column, str(codes.kind)),) if codes.kind else ()),
            *(((codes.sender_column, codes.sender),) if is_beside and codes.sender is not None else ()),
        ),
    )


def _listed(store: Store, codes: _Codes) -> tuple[Party, ...]:
    """Return to whom a list went: older databases name them where the sender stands, with commas between."""
    if not is_broadcast(codes.jid) or codes.sender is None or is_broadcast(codes.sender):
        return ()
    named = dict.fromkeys(each.strip() for each in codes.sender.split(","))
    parties = [store.party(each, is_owner=False) for each in named if each]
    return tuple(party for party in parties if party is not None)


def _status(codes: _Codes) -> str | None:
    """Return what became of a message that went out; a number of unknown meaning as it stands."""
    return None if codes.status is None else ANDROID_SENT.get(codes.status, str(codes.status))


def _time(store: Store, row: Row, column: str) -> Moment | None:
    """Return a further time; 0 and -1 are what is written where it is not known."""
    count = row.number(column)
    return stated(store.clock.unix(count)) if count is not None and count > 0 else None


def _attachment(store: Store, media: _Media) -> Attachment:
    last = media.path.rpartition("/")[2] if media.path else None
    member = store.member_of(media.path) if media.path and last else None
    size = media.size_bytes if media.size_bytes is not None and media.size_bytes >= 0 else None
    kept_at = media.path if member is None else None
    return Attachment(media.name or last, media.content_type, size, member, kept_at)
