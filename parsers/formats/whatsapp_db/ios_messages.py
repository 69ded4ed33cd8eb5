"""Rows of ``ZWAMESSAGE`` in ChatStorage.sqlite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from parsers.application_lines import SYSTEM_STATUS
from parsers.epoch_times import stated
from parsers.formats.whatsapp_db.kinds import (
    IOS_CONTENT_NOT_READ,
    IOS_DELETED,
    IOS_SYSTEM,
    STATUS_SUFFIX,
    group_named,
    is_broadcast,
    is_group,
    service_at,
)
from parsers.formats.whatsapp_db.row_times import message_time
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, MessageTimes, Party
from parsers.side_table import SideTable, side_table
from parsers.sqlite_values import Row, RowShapes
from parsers.store_reading import Store, TableBeside, TableReader
from parsers.stored_text import REPLACED

_COLUMNS: Final = (
    *("ZISFROMME", "ZFROMJID", "ZTOJID", "ZTEXT", "ZMESSAGETYPE", "ZMESSAGEDATE", "ZSENTDATE", "ZCHATSESSION"),
    *("ZGROUPMEMBER", "ZSTANZAID", "ZMESSAGESTATUS", "ZGROUPEVENTTYPE", "ZMESSAGEERRORSTATUS"),
)
_SESSION_COLUMNS: Final = ("ZCONTACTJID", "ZPARTNERNAME", "ZSESSIONTYPE", "ZREMOVED")
_NAMES: Final = "ZWAPROFILEPUSHNAME"
"""Ids to the names that their holders gave themselves; newer versions leave the members' own columns empty."""

_MEMBER_COLUMNS: Final = ("ZMEMBERJID", "ZCONTACTNAME", "ZFIRSTNAME")
_MEDIA_COLUMNS: Final = ("ZMESSAGE", "ZMEDIALOCALPATH", "ZTITLE", "ZVCARDSTRING", "ZVCARDNAME", "ZFILESIZE")
_CARD: Final = "begin:vcard"
_NUMBERED: Final = ("ZMESSAGETYPE", "ZMESSAGESTATUS", "ZGROUPEVENTTYPE", "ZMESSAGEERRORSTATUS")
# All but the text, the times and the id, which are each row's own.
_ALIKE_BY: Final = ("ZISFROMME", "ZFROMJID", "ZTOJID", "ZCHATSESSION", "ZGROUPMEMBER", *_NUMBERED)
_MOST_ROWS: Final = 1_000_000


class _Session(msgspec.Struct, frozen=True):
    jid: str | None
    name: str | None
    is_removed: bool


class _Media(msgspec.Struct, frozen=True, array_like=True):
    path: str | None
    caption: str | None
    content_type: str | None
    size_bytes: int | None
    card: str | None = None
    named: str | None = None


class _Beside:
    """What the tables beside ``ZWAMESSAGE`` say, by number."""

    def __init__(self, store: Store, media: SideTable[_Media]) -> None:
        self.media = media
        self.names: dict[str, str] = {}
        for row in store.database.rows(_NAMES, ("ZJID", "ZPUSHNAME")):
            jid, name = row.word("ZJID"), row.word("ZPUSHNAME")
            if jid is not None and name is not None and len(self.names) < _MOST_ROWS:
                self.names[jid] = name
        self.sessions: dict[int, _Session] = {}
        for row in store.database.rows("ZWACHATSESSION", _SESSION_COLUMNS):
            if len(self.sessions) < _MOST_ROWS:
                removed = bool(row.whole("ZREMOVED"))
                jid, name = row.word("ZCONTACTJID"), row.word("ZPARTNERNAME")
                if name is not None and name != self.names.get(jid or ""):
                    store.shows(jid, name)
                self.sessions[row.rowid] = _Session(jid, name or self.names.get(jid or ""), removed)
        self.members: dict[int, tuple[str | None, str | None]] = {}
        for row in store.database.rows("ZWAGROUPMEMBER", _MEMBER_COLUMNS):
            if len(self.members) < _MOST_ROWS:
                jid, name = row.word("ZMEMBERJID"), row.word("ZCONTACTNAME") or row.word("ZFIRSTNAME")
                self.members[row.rowid] = jid, name or self.names.get(jid or "")
        for row in store.database.rows("ZWAMEDIAITEM", _MEDIA_COLUMNS):
            number = row.whole("ZMESSAGE")
            if number is not None:
                kind = row.word("ZVCARDSTRING")
                content_type = kind if kind is not None and "/" in kind and len(kind) < 100 else None
                path, caption = row.word("ZMEDIALOCALPATH"), row.text("ZTITLE")
                is_card = kind is not None and kind.lstrip()[: len(_CARD)].casefold() == _CARD
                card, named = kind if is_card else None, row.word("ZVCARDNAME")
                media.put(number, _Media(path, caption, content_type, row.whole("ZFILESIZE"), card, named))


def _rows(store: Store) -> Iterator[Message]:
    with side_table(store.scratch_dir, _Media) as media:
        beside = _Beside(store, media)
        shapes = RowShapes(_ALIKE_BY, lambda row, _: _shape(store, beside, row))
        saw = store.book.saw
        for row in store.database.rows("ZWAMESSAGE", _COLUMNS):
            saw("message")
            yield _message(store, media.of(row.rowid), shapes.of(row), row)


MESSAGES: Final = TableReader(
    table="ZWAMESSAGE",
    element="message",
    read=_rows,
    with_tables=("ZWACHATSESSION", "ZWAGROUPMEMBER", "ZWAMEDIAITEM", _NAMES),
    is_present=lambda columns: "zisfromme" in columns,
    told_by=("ztext", "zmessagedate"),
    told_beside=(
        TableBeside("ZWACHATSESSION", "ZCHATSESSION"),
        TableBeside("ZWAGROUPMEMBER", "ZGROUPMEMBER"),
        TableBeside("ZWAMEDIAITEM", "ZMEDIAITEM"),
    ),
)


def _message(store: Store, files: list[_Media], shape: Message, row: Row) -> Message:
    locator = f"ZWAMESSAGE {row.rowid}"
    notices: list[str] = []
    body, replaced = row.text_and_replaced("ZTEXT")
    if replaced:
        notices += REPLACED
        store.book.note("characters_replaced", count=replaced, locator=locator)
    not_read = IOS_CONTENT_NOT_READ.get(row.whole("ZMESSAGETYPE") or 0)
    cards = [each.card for each in files if each.card]
    extra = [
        (name, text) for each in files for name, text in (("ZTITLE", each.caption), ("ZVCARDNAME", each.named)) if text
    ]
    if cards:
        # A card stands for the text, as on Android.
        extra = [*([("ZTEXT", body)] if body else []), *extra]
        body = "\n".join(cards)
        notices += ["joined_parts"] if len(cards) > 1 else []
    elif not_read is not None:
        store.book.leave_out(not_read, locator)
    elif not body:
        body = next((each.caption for each in files if each.caption), body)
    extra = [each for each in extra if each != ("ZTITLE", body)]
    sent = row.number("ZSENTDATE")
    stanza = row.word("ZSTANZAID")
    return replace(
        shape,
        source=store.stamp.source(locator),
        record_id=store.stamp.record_id("message", locator),
        body=store.short(body, notices, locator),
        body_notices=tuple(notices),
        attachments=tuple([_attachment(store, each) for each in files if each.path is not None or each.content_type]),
        time=message_time(store, row, "ZMESSAGEDATE", store.apple_time),
        times=MessageTimes(sent=stated(store.clock.apple(sent)) if sent else None),
        extra=(*((("ZSTANZAID", stanza),) if stanza is not None else ()), *shape.extra, *extra),
    )


def _shape(store: Store, beside: _Beside, row: Row) -> Message:
    """Return what all rows with these codes have in common in one chat."""
    session = beside.sessions.get(row.whole("ZCHATSESSION") or 0)
    kind = row.whole("ZMESSAGETYPE")
    is_system = kind in IOS_SYSTEM
    from_me = None if is_system else row.whole("ZISFROMME")
    direction = Direction.UNKNOWN if from_me is None else Direction.OUTGOING if from_me else Direction.INCOMING
    sender, recipients = _sides(store, beside, row, session, direction)
    is_deleted = kind == IOS_DELETED or (session is not None and session.is_removed)
    return Message(
        source=store.stamp.source(""),
        record_id="",
        extraction_id=store.extraction_id,
        deleted=DeletedState.DELETED if is_deleted else DeletedState.INTACT,
        service=service_at(store.place),
        direction=direction,
        direction_basis=None if from_me is None else "owner_flag",
        from_party=sender,
        to=recipients,
        thread=session.jid if session is not None else None,
        status=SYSTEM_STATUS if is_system else None,
        listing=store.listing,
        extra=(
            *(group_named(session.jid, session.name) if session is not None else ()),
            *[(name, str(number)) for name, number in row.wholes(_NUMBERED)],
            *_list_named(row, direction),
        ),
    )


def _list_named(row: Row, direction: Direction) -> tuple[tuple[str, str], ...]:
    """Return the broadcast list by which a message came, if the row names one."""
    named = row.word("ZTOJID") if direction is Direction.INCOMING else None
    return (("ZTOJID", named),) if named is not None and is_broadcast(named) else ()


def _sides(
    store: Store, beside: _Beside, row: Row, session: _Session | None, direction: Direction
) -> tuple[Party | None, tuple[Party, ...]]:
    """Return sender and recipients. What came in names the owner's own id, and in a group the member who wrote."""
    jid = session.jid if session is not None else None
    name = session.name if session is not None else None
    if direction is Direction.OUTGOING:
        other = store.party(jid or row.word("ZTOJID"), name, is_owner=False)
        return None, (other,) if other is not None else ()
    # What does not say that it came in is addressed to others: lines of the application tell of the owner's doings too.
    own = row.word("ZTOJID") if row.whole("ZISFROMME") == 0 else None
    is_person = own is not None and own != jid and not is_group(own) and not is_broadcast(own)
    owner = store.party(own, is_owner=True) if is_person else None
    if owner is not None and owner.e164 is not None:
        store.learn(msisdn=owner.raw)
    recipients = (owner,) if owner is not None else ()
    if direction is Direction.UNKNOWN:
        return None, recipients
    member = beside.members.get(row.whole("ZGROUPMEMBER") or 0)
    if member is not None:
        return store.party(member[0], member[1], is_owner=False), recipients
    if is_group(jid) or is_group(row.word("ZFROMJID")):
        return None, recipients
    return _writer(store, beside, row.word("ZFROMJID"), jid, name), recipients


def _writer(store: Store, beside: _Beside, stated: str | None, jid: str | None, name: str | None) -> Party | None:
    """Return who wrote in a chat of two, which is known by the other's id; that of statuses is no id of a person."""
    if is_broadcast(jid) and stated is not None and stated != jid:
        return store.party(stated, beside.names.get(stated), is_owner=False)
    is_status = jid is not None and jid.endswith(STATUS_SUFFIX)
    return store.party((stated if is_status else None) or jid or stated, name, is_owner=False)


def _attachment(store: Store, media: _Media) -> Attachment:
    last = media.path.rpartition("/")[2] if media.path else None
    member = store.member_of(media.path) if media.path and last else None
    kept_at = media.path if member is None else None
    return Attachment(last, media.content_type, media.size_bytes or None, member, kept_at)
