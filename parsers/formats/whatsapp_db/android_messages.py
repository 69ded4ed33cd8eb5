"""Rows of ``message`` (newer) and ``messages`` (older) in msgstore.db. A database that was changed over has both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.epoch_times import stated
from parsers.formats.whatsapp_db.jids import Jids
from parsers.formats.whatsapp_db.kinds import (
    ANDROID_DELETED,
    ANDROID_OLD_SYSTEM_STATUS,
    ANDROID_SENT,
    ANDROID_SYSTEM,
    SERVICE,
    SYSTEM_STATUS,
    is_group,
)
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, MessageTimes, Moment, Party
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row
from parsers.store_reading import Store, TableReader
from parsers.stored_text import REPLACED

_COLUMNS: Final = (
    *("chat_row_id", "from_me", "key_id", "sender_jid_row_id", "status", "timestamp", "received_timestamp"),
    *("message_type", "text_data"),
)
_OLD_COLUMNS: Final = (
    *("key_remote_jid", "key_from_me", "key_id", "status", "data", "timestamp", "received_timestamp", "media_wa_type"),
    *("media_mime_type", "media_name", "media_caption", "media_size", "media_url", "remote_resource"),
    *("receipt_device_timestamp", "read_device_timestamp"),
)
_MEDIA_COLUMNS: Final = ("message_row_id", "file_path", "media_name", "mime_type", "file_size", "media_caption")
_PLACEHOLDER: Final = "placeholder row"


class _Media(msgspec.Struct, frozen=True, array_like=True):
    path: str | None
    name: str | None
    content_type: str | None
    size_bytes: int | None
    caption: str | None


class _Facts(msgspec.Struct, kw_only=True):
    """What both tables say of a message, under one name each."""

    locator: str
    listing: str
    jid: str | None
    sender: str | None
    from_me: int | None
    kind: int | None
    status: int | None
    body: str | None
    notices: list[str]
    files: tuple[Attachment, ...]
    subject: str | None = None
    is_system: bool = False
    is_revoked: bool = False
    times: MessageTimes
    extra: tuple[tuple[str, str], ...]


def _rows(store: Store) -> Iterator[Message]:
    jids = Jids(store)
    with side_table(store.scratch_dir, _Media) as media, side_table(store.scratch_dir, int) as revoked:
        for row in store.database.rows("message_media", _MEDIA_COLUMNS):
            number = row.whole("message_row_id")
            if number is not None:
                caption, path = row.text("media_caption"), row.word("file_path")
                size, kind = row.whole("file_size"), row.word("mime_type")
                media.put(number, _Media(path, row.word("media_name"), kind, size, caption))
        for row in store.database.rows("message_revoked", ("message_row_id",)):
            number = row.whole("message_row_id")
            if number is not None:
                revoked.put(number, number)
        for row in store.database.rows("message", _COLUMNS):
            if (row.whole("chat_row_id") or 0) < 0:
                store.book.leave_out(_PLACEHOLDER, f"message {row.rowid}")
                continue
            store.book.saw("message")
            facts = _new_facts(store, jids, media, row)
            facts.is_revoked = bool(revoked.of(row.rowid))
            yield _message(store, row, facts)


def _old_rows(store: Store) -> Iterator[Message]:
    for row in store.database.rows("messages", _OLD_COLUMNS):
        if row.text("key_remote_jid") == "-1":
            store.book.leave_out(_PLACEHOLDER, f"messages {row.rowid}")
            continue
        store.book.saw("message")
        yield _message(store, row, _old_facts(store, row))


MESSAGES: Final = TableReader(
    table="message",
    element="message",
    read=_rows,
    with_tables=("jid", "jid_map", "chat", "message_media", "message_revoked"),
    is_present=lambda columns: {"chat_row_id", "from_me"} <= columns,
)
OLD_MESSAGES: Final = TableReader(
    table="messages",
    element="message",
    read=_old_rows,
    is_present=lambda columns: {"key_remote_jid", "key_from_me"} <= columns,
)


def _new_facts(store: Store, jids: Jids, media: SideTable[_Media], row: Row) -> _Facts:
    locator = f"message {row.rowid}"
    chat = jids.chats.get(row.whole("chat_row_id") or 0)
    notices: list[str] = []
    body = _text(store, row, "text_data", notices, locator)
    files = media.of(row.rowid)
    if not body:
        body = next((each.caption for each in files if each.caption), body)
    return _Facts(
        locator=locator,
        listing="message",
        jid=chat.jid if chat is not None else None,
        subject=chat.subject if chat is not None else None,
        sender=jids.of(row.whole("sender_jid_row_id")),
        from_me=row.whole("from_me"),
        kind=row.whole("message_type"),
        status=row.whole("status"),
        body=body,
        notices=notices,
        files=tuple(_attachment(store, each) for each in files),
        times=MessageTimes(received=_time(store, row, "received_timestamp")),
        extra=_extra(row, "message_type"),
    )


def _old_facts(store: Store, row: Row) -> _Facts:
    locator = f"messages {row.rowid}"
    notices: list[str] = []
    body = _text(store, row, "data", notices, locator)
    caption = row.text("media_caption")
    content_type, name = row.word("media_mime_type"), row.word("media_name")
    files: tuple[Attachment, ...] = ()
    if content_type is not None or name is not None:
        size = row.whole("media_size")
        files = (_attachment(store, _Media(None, name, content_type, size, caption)),)
    return _Facts(
        locator=locator,
        listing="messages",
        jid=row.word("key_remote_jid"),
        sender=row.word("remote_resource"),
        from_me=row.whole("key_from_me"),
        kind=row.whole("media_wa_type"),
        status=row.whole("status"),
        body=body or caption or body,
        notices=notices,
        files=files,
        is_system=row.whole("status") == ANDROID_OLD_SYSTEM_STATUS,
        times=MessageTimes(
            received=_time(store, row, "received_timestamp"),
            delivered=_time(store, row, "receipt_device_timestamp"),
            read=_time(store, row, "read_device_timestamp"),
        ),
        extra=_extra(row, "media_wa_type"),
    )


def _message(store: Store, row: Row, facts: _Facts) -> Message:
    is_system = facts.is_system or facts.kind == ANDROID_SYSTEM
    from_me = None if is_system else facts.from_me
    direction = Direction.UNKNOWN if from_me is None else Direction.OUTGOING if from_me else Direction.INCOMING
    chat = store.party(facts.jid, facts.subject, is_owner=False) if facts.jid is not None else None
    sender: Party | None = None
    if direction is Direction.INCOMING:
        alone = None if is_group(facts.jid) else chat
        sender = store.party(facts.sender, is_owner=False) if facts.sender is not None else alone
    is_outgoing = direction is Direction.OUTGOING
    return Message(
        source=store.stamp.source(facts.locator),
        record_id=store.stamp.record_id("message", facts.locator),
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if facts.is_revoked or facts.kind in ANDROID_DELETED else DeletedState.INTACT,
        service=SERVICE,
        direction=direction,
        direction_basis=None if from_me is None else "owner_flag",
        from_party=sender,
        to=(chat,) if is_outgoing and chat is not None else (),
        body=facts.body,
        body_notices=tuple(facts.notices),
        thread=facts.jid,
        status=SYSTEM_STATUS if is_system else ANDROID_SENT.get(facts.status or 0) if is_outgoing else None,
        attachments=facts.files,
        time=store.unix_time(row, "timestamp"),
        times=facts.times,
        listing=f"{store.listing}: {facts.listing}",
        extra=facts.extra,
    )


def _text(store: Store, row: Row, column: str, notices: list[str], locator: str) -> str | None:
    text, replaced = row.text_and_replaced(column)
    if replaced:
        notices += REPLACED
        store.book.note("characters_replaced", count=replaced, locator=locator)
    return store.short(text, notices, locator)


def _time(store: Store, row: Row, column: str) -> Moment | None:
    """Return a further time; 0 and -1 are what is written where it is not known."""
    count = row.number(column)
    return stated(store.clock.unix(count)) if count is not None and count > 0 else None


def _attachment(store: Store, media: _Media) -> Attachment:
    last = media.path.rpartition("/")[2] if media.path else None
    member = store.members.get(last.casefold()) if last else None
    size = media.size_bytes if media.size_bytes is not None and media.size_bytes >= 0 else None
    return Attachment(media.name or last, media.content_type, size, member)


def _extra(row: Row, kind_column: str) -> tuple[tuple[str, str], ...]:
    kind = row.whole(kind_column)
    key = row.word("key_id")
    found = [("key_id", key)] if key is not None else []
    if kind:
        found.append((kind_column, str(kind)))
    return tuple(found)
