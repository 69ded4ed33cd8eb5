"""Messages: SMS, MMS, and what other views of messages list in the same grammar."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.bracketed_times import read_time
from parsers.formats.xry_text.directions import message_direction
from parsers.formats.xry_text.entities import Entity, Field
from parsers.formats.xry_text.parties import Extra, read_parties, sides_of
from parsers.formats.xry_text.reading_state import FileState, deleted_state, is_sim, service_name
from parsers.formats.xry_text.segments import Joined
from parsers.formats.xry_text.text_lines import settle
from parsers.formats.xry_text.views import APPLICATION_KEYS, FILE_KEYS, OWN_KEYS, PARTY_KEYS, SIDES, service_of
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment
from parsers.remembered import Remembered
from parsers.service_families import is_application

_SMSC: Final = ("service center", "service centre")
_ON_THE_RECORD: Final = PARTY_KEYS | SIDES | FILE_KEYS | {*_SMSC, *APPLICATION_KEYS, "time", "status", "folder"}
_REPLACED, _JOINED, _MISSING = "replaced_characters", "joined_parts", "missing_parts"
_ALIKE, _END_UNMARKED = "structure_in_text", "end_unmarked"


_Key = tuple[Field | None, ...]


class _Shape(msgspec.Struct, frozen=True):
    """What messages become whose fields are alike but for their own keys.

    Attributes:
        message: The record of the first of them.
        party_extra: What its parties leave over.
        has_own_extra: Whether an own key is in ``extra``.
    """

    message: Message
    party_extra: tuple[tuple[str, str], ...]
    has_own_extra: bool


class MessageReader:
    """Makes the records of the messages of one file; what their fields become is found once for fields alike."""

    def __init__(self, state: FileState) -> None:
        self._state = state
        self._shapes = Remembered[_Key, _Shape]()

    def read(self, joined: Joined) -> Message:
        """Return the record of a message."""
        state, entity = self._state, joined.entity
        shape = self._shape_of(joined)
        body, body_notices = _body(state, joined)
        further = joined.further or entity.stray or entity.written
        extra = shape.message.extra
        if shape.has_own_extra or further:
            extra = (*shape.party_extra, *_fields_left(entity))
        if further:
            stray = (("line without key", line) for line in entity.stray)
            written = (("entity as written", entity.written),) if entity.written else ()
            extra = (*extra, *joined.further, *stray, *written)
        return msgspec.structs.replace(
            shape.message,
            source=state.stamp.source(entity.locator),
            record_id=state.stamp.record_id("message", entity.locator),
            body=body,
            body_notices=body_notices,
            time=read_time(entity.value("time"), state.clock, state.part.region),
            extra=extra,
        )

    def _shape_of(self, joined: Joined) -> _Shape:
        fields = joined.entity.fields
        if joined.entity_count > 1:
            # The fields of several entities: what stands where in them is another thing.
            return _shape(self._state, joined.entity)
        key = tuple([None if field.key in OWN_KEYS else field for field in fields])
        shape = self._shapes.get(key)
        if shape is None:
            shape = _shape(self._state, joined.entity)
            self._shapes.keep(key, shape, sum(len(field.value) for field in fields))
        return shape


def _fields_left(entity: Entity) -> list[tuple[str, str]]:
    """Return name and value of the fields that no attribute of a record holds whole; of a path it holds the end."""
    return [
        (field.name, field.value)
        for field in entity.fields
        if field.value and (field.key not in _ON_THE_RECORD or (field.key in FILE_KEYS and _is_path(field.value)))
    ]


def _is_path(value: str) -> bool:
    return "/" in value or "\\" in value


def _shape(state: FileState, entity: Entity) -> _Shape:
    part = state.part
    extra: Extra = []
    parties = read_parties(entity.fields, part.region, part.own_keys, extra)
    status, folder = entity.value("status"), entity.value("folder")
    direction, basis = message_direction(entity.value("direction"), entity.value("type"), parties, folder, status)
    came_in = None if direction is Direction.UNKNOWN else direction is Direction.INCOMING
    sender, recipients = sides_of(parties, extra, came_in=came_in)
    message = Message(
        source=state.stamp.source(entity.locator),
        record_id=state.stamp.record_id("message", entity.locator),
        extraction_id=part.extraction_id,
        deleted=deleted_state(entity),
        service=service_name(entity.value(*APPLICATION_KEYS)) or service_of(state.view) or _service_of_source(entity),
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=recipients,
        status=status,
        folder=folder,
        smsc=entity.value(*_SMSC),
        attachments=_attachments(state, entity),
        listing="sim" if is_sim(entity.value("storage")) else "top",
        extra=(*extra, *_fields_left(entity)),
    )
    has_own_extra = any(field.key in OWN_KEYS - _ON_THE_RECORD for field in entity.fields)
    return _Shape(message, tuple(extra), has_own_extra)


def _service_of_source(entity: Entity) -> str | None:
    """Return the application that ``Source`` names, which stays beside the record: it may be a file or a store."""
    source = entity.value("source")
    return service_name(source) if source is not None and is_application(source) else None


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
