"""``sms`` elements."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from parsers.android_codes import box_of, status_of
from parsers.formats.sms_backup_restore.element_stream import BackupElement, Element
from parsers.formats.sms_backup_restore.reading_state import FileState
from parsers.formats.sms_backup_restore.values import (
    Attributes,
    addresses_of,
    moment_of,
    name_of,
    sent_at,
    text_of,
    whole_of,
    word_of,
)
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_TIMES, DeletedState, MessageTimes, Party
from parsers.xml_guard import attributes_of

_ON_THE_RECORD: Final = frozenset(
    {"address", "date", "type", "body", "service_center", "read", "status", "date_sent", "contact_name"}
)
# What the same moment looks like in the handset's language, and what the application writes for every message.
_LEFT_OUT: Final = frozenset({"readable_date", "toa", "sc_toa", "locked", "protocol"})


# Each text's own; the others say of many texts the same.
_OWN: Final[tuple[str, ...]] = ("date", "body", "date_sent", "readable_date")


def read_text(state: FileState, found: BackupElement, element: Element) -> Message:
    """Return the record of a text."""
    values = dict(attributes_of(element))
    own = {name: values.pop(name) for name in _OWN if name in values}
    locator = found.dated_locator(own.get("date"))
    sent = sent_at(own, state.clock)
    shape = _shape_of(state, values)
    if shape.direction is Direction.UNKNOWN:
        state.note_way(word_of(values, "type"), locator)
    return replace(
        shape,
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("message", locator),
        body=text_of(own, "body"),
        body_notices=state.body_notices(found, "body"),
        time=moment_of(own, "date", state.clock),
        times=NO_TIMES if sent is None else MessageTimes(sent=sent),
    )


def _shape_of(state: FileState, values: dict[str, str]) -> Message:
    """Return what a text becomes but for its own attributes; made once for texts alike, and memory is bounded."""
    alike_by = (*values, *values.values())
    shape = state.text_shapes.get(alike_by)
    if shape is None:
        shape = _shape(state, values)
        state.text_shapes.keep(alike_by, shape, sum(map(len, alike_by)))
    return shape


def _shape(state: FileState, values: dict[str, str]) -> Message:
    """Return what all texts with these attributes have in common."""
    folder, direction, basis = box_of(whole_of(values, "type"))
    extra = state.others_of(values, _ON_THE_RECORD, _LEFT_OUT)
    if folder is None and (written := word_of(values, "type")) is not None:
        extra.append(("type", written))
    parties = _parties(state, values, extra)
    came_in = direction is Direction.INCOMING
    return Message(
        source=state.stamp.source(""),
        record_id="",
        extraction_id=state.extraction_id,
        deleted=DeletedState.INTACT,
        service="sms",
        direction=direction,
        direction_basis=basis,
        from_party=parties[0] if came_in and parties else None,
        to=parties[1:] if came_in else parties,
        status=status_of(folder, whole_of(values, "status"), whole_of(values, "read")),
        folder=folder,
        smsc=word_of(values, "service_center"),
        listing=state.listing,
        extra=tuple(extra),
    )


def _parties(state: FileState, values: Attributes, extra: list[tuple[str, str]]) -> tuple[Party, ...]:
    """Return the other parties; the name belongs to the only one that it can mean."""
    addresses = addresses_of(text_of(values, "address"), state.parties.region)
    name = name_of(values)
    if len(addresses) > 1 and name is not None:
        extra.append(("contact_name", name))
        name = None
    found = [state.parties.party(address, name) for address in addresses] or [state.parties.party(None, name)]
    return tuple(party for party in found if party is not None)
