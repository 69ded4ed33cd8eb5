"""Messages: SMS, MMS, and what other views of messages list in the same grammar."""

from __future__ import annotations

from typing import Final

from parsers.formats.xry_text.directions import message_direction
from parsers.formats.xry_text.entities import Entity
from parsers.formats.xry_text.parties import Extra, read_parties, sides_of
from parsers.formats.xry_text.reading_state import FileState, deleted_state, is_sim, service_name
from parsers.formats.xry_text.segments import Joined
from parsers.formats.xry_text.text_lines import settle
from parsers.formats.xry_text.times import read_time
from parsers.formats.xry_text.views import FILE_KEYS, PARTY_KEYS, SIDES, service_of
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment

_SMSC: Final = ("service center", "service centre")
_APPLICATION: Final = ("related application", "application")
_ON_THE_RECORD: Final = PARTY_KEYS | SIDES | FILE_KEYS | {*_SMSC, *_APPLICATION, "time", "status", "folder"}
_REPLACED, _JOINED, _MISSING = "replaced_characters", "joined_parts", "missing_parts"
_ALIKE, _END_UNMARKED = "structure_in_text", "end_unmarked"


def read_message(state: FileState, joined: Joined) -> Message:
    """Return the record of a message."""
    entity = joined.entity
    part = state.part
    extra: Extra = []
    parties = read_parties(entity.fields, part.region, part.own_keys, extra)
    status, folder = entity.value("status"), entity.value("folder")
    direction, basis = message_direction(entity.value("direction"), entity.value("type"), parties, folder, status)
    came_in = None if direction is Direction.UNKNOWN else direction is Direction.INCOMING
    sender, recipients = sides_of(parties, came_in=came_in)
    body, body_notices = _body(state, joined)
    extra.extend(
        (field.name, field.value) for field in entity.fields if field.value and field.key not in _ON_THE_RECORD
    )
    extra.extend(joined.further)
    extra.extend(("line without key", line) for line in entity.stray)
    if entity.written:
        extra.append(("entity as written", entity.written))
    time = read_time(entity.value("time"), state.clock)
    return Message(
        source=state.stamp.source(entity.locator),
        record_id=state.stamp.record_id("message", entity.locator),
        extraction_id=part.extraction_id,
        deleted=deleted_state(entity),
        service=service_name(entity.value(*_APPLICATION)) or service_of(state.view),
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        body=body,
        body_notices=body_notices,
        status=status,
        folder=folder,
        smsc=entity.value(*_SMSC),
        attachments=_attachments(state, entity),
        time=time,
        listing="sim" if is_sim(entity.value("storage")) else "top",
        extra=tuple(extra),
    )


def _body(state: FileState, joined: Joined) -> tuple[str | None, tuple[str, ...]]:
    """Return the text as it is stored, and what has to be said of it; the extraction's notices are added to."""
    entity = joined.entity
    if entity.text is None:
        return None, ()
    part, place = state.part, state.place(entity.locator)
    body, replaced_count = settle(entity.text, is_utf16=state.is_utf16)
    said: list[str] = []
    if replaced_count:
        said.append(_REPLACED)
        part.book.note("characters_replaced", count=replaced_count, locator=place)
    if joined.entity_count > 1 or joined.missing:
        said.append(_JOINED)
    if joined.missing:
        said.append(_MISSING)
        part.book.note("segments_missing", count=len(joined.missing), locator=place)
    if entity.may_be_cut:
        said.append(_END_UNMARKED)
    if entity.looks_alike:
        said.append(_ALIKE)
        part.book.note("structure_in_text", locator=place)
    return body, tuple(said)


def _attachments(state: FileState, entity: Entity) -> tuple[Attachment, ...]:
    """Return the files that are named; a path names the file at its end."""
    found = []
    for field in entity.fields:
        if field.key not in FILE_KEYS:
            continue
        for text in field.value.split("\n"):
            name = text.strip().replace("\\", "/").rpartition("/")[2]
            if name:
                found.append(Attachment(name=name, member=state.part.files.get(name.casefold())))
    return tuple(dict.fromkeys(found))
