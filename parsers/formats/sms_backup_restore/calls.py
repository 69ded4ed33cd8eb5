"""``call`` elements."""

from __future__ import annotations

from typing import Final

from parsers.android_codes import CALL_TYPES, EXACT_CALL_TYPES, PRESENTATIONS
from parsers.formats.sms_backup_restore.element_stream import BackupElement, Element
from parsers.formats.sms_backup_restore.reading_state import FileState
from parsers.formats.sms_backup_restore.values import moment_of, name_of, text_of, whole_of, word_of
from parsers.records.facts import Call, CallType
from parsers.records.values import DeletedState
from parsers.service_packages import name_of_id
from parsers.xml_guard import attributes_of

_ON_THE_RECORD: Final = frozenset({"number", "duration", "date", "type", "presentation", "contact_name"})
_LEFT_OUT: Final = frozenset({"readable_date", "subscription_component_name"})


def read_call(state: FileState, found: BackupElement, element: Element) -> Call:
    """Return the record of a call; a duration of 0 is a stated one."""
    values = dict(attributes_of(element))
    number = whole_of(values, "type")
    went = CALL_TYPES.get(number, CallType.UNKNOWN) if number is not None else CallType.UNKNOWN
    party = state.parties.party(text_of(values, "number"), name_of(values))
    went_out = went in {CallType.OUTGOING, CallType.UNKNOWN}
    duration = whole_of(values, "duration")
    extra = state.others_of(values, _ON_THE_RECORD, _LEFT_OUT)
    if number not in EXACT_CALL_TYPES and (written := word_of(values, "type")) is not None:
        extra.append(("type", written))
    presentation = whole_of(values, "presentation")
    if presentation is not None and presentation != 1:
        extra.append(("presentation", PRESENTATIONS.get(presentation, str(presentation))))
    if duration is not None and duration < 0:
        duration = None
    if duration is None and (written := word_of(values, "duration")) is not None:
        extra.append(("duration", written))
    component = (word_of(values, "subscription_component_name") or "").partition("/")[0]
    locator = found.dated_locator(values.get("date"))
    if went is CallType.UNKNOWN:
        state.note_way(word_of(values, "type"), locator)
    return Call(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("call", locator),
        extraction_id=state.extraction_id,
        deleted=DeletedState.INTACT,
        service=name_of_id(component.casefold()),
        call_type=went,
        duration_seconds=None if duration is None else float(duration),
        from_party=None if went_out else party,
        to=(party,) if went_out and party is not None else (),
        time=moment_of(values, "date", state.clock),
        listing=state.listing,
        extra=tuple(extra),
    )
