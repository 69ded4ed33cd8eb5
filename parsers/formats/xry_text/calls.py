"""Calls."""

from __future__ import annotations

from typing import Final

from parsers.bracketed_times import read_time
from parsers.formats.xry_text.directions import call_type
from parsers.formats.xry_text.entities import Entity
from parsers.formats.xry_text.parties import Extra, read_parties, sides_of
from parsers.formats.xry_text.reading_state import FileState, deleted_state, is_sim, service_name
from parsers.formats.xry_text.times import duration_seconds
from parsers.formats.xry_text.views import PARTY_KEYS, SIDES
from parsers.records.facts import Call, CallType

# Direction and type stay in ``extra`` too: several words of the vendor's become one of ours.
_ON_THE_RECORD: Final = PARTY_KEYS | SIDES | {"time", "duration", "related application"}
_WORD_KEYS: Final = ("direction", "call type", "type")


def read_call(state: FileState, entity: Entity) -> Call:
    """Return the record of a call."""
    part = state.part
    extra: Extra = []
    parties = read_parties(entity.fields, part.region, part.own_keys, extra)
    went = call_type([entity.value(key) for key in _WORD_KEYS], parties)
    came_in = None if went is CallType.UNKNOWN else went is not CallType.OUTGOING
    sender, recipients = sides_of(parties, extra, came_in=came_in)
    duration = entity.value("duration")
    seconds = duration_seconds(duration)
    if duration is not None and seconds is None:
        extra.append(("Duration", duration))
    extra.extend(
        (field.name, field.value) for field in entity.fields if field.value and field.key not in _ON_THE_RECORD
    )
    extra.extend(("line without key", line) for line in entity.stray)
    return Call(
        source=state.stamp.source(entity.locator),
        record_id=state.stamp.record_id("call", entity.locator),
        extraction_id=part.extraction_id,
        deleted=deleted_state(entity),
        service=service_name(entity.value("related application")),
        call_type=went,
        duration_seconds=seconds,
        from_party=sender,
        to=recipients,
        time=read_time(entity.value("time"), state.clock, state.part.region),
        listing="sim" if is_sim(entity.value("storage")) else "top",
        extra=tuple(extra),
    )
