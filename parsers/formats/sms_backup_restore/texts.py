"""``sms`` elements."""

from __future__ import annotations

from typing import Final

from parsers.formats.sms_backup_restore.android_codes import box_of, status_of
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

_ON_THE_RECORD: Final = frozenset(
    {"address", "date", "type", "body", "service_center", "read", "status", "date_sent", "contact_name"}
)
# What the same moment looks like in the handset's language, and what the application writes for every message.
_LEFT_OUT: Final = frozenset({"readable_date", "toa", "sc_toa", "locked", "protocol"})


def read_text(state: FileState, found: BackupElement, element: Element) -> Message:
    """Return the record of a text."""
    values = {str(name): str(value) for name, value in element.items()}
    locator = found.locator
    box = whole_of(values, "type")
    folder, direction, basis = box_of(box)
    extra = state.others_of(values, _ON_THE_RECORD, _LEFT_OUT)
    if folder is None and (written := word_of(values, "type")) is not None:
        extra.append(("type", written))
    parties = _parties(state, values, extra)
    came_in = direction is Direction.INCOMING
    sent = sent_at(values, state.clock)
    return Message(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("message", locator),
        extraction_id=state.extraction_id,
        deleted=DeletedState.INTACT,
        service="sms",
        direction=direction,
        direction_basis=basis,
        from_party=parties[0] if came_in and parties else None,
        to=parties[1:] if came_in else parties,
        body=text_of(values, "body"),
        body_notices=state.body_notices(found, "body"),
        status=status_of(folder, whole_of(values, "status"), whole_of(values, "read")),
        folder=folder,
        smsc=word_of(values, "service_center"),
        time=moment_of(values, "date", state.clock),
        times=NO_TIMES if sent is None else MessageTimes(sent=sent),
        listing=state.listing,
        extra=tuple(extra),
    )


def _parties(state: FileState, values: Attributes, extra: list[tuple[str, str]]) -> tuple[Party, ...]:
    """Return the other parties; the name belongs to the only one that it can mean."""
    addresses = addresses_of(text_of(values, "address"))
    name = name_of(values)
    if len(addresses) > 1 and name is not None:
        extra.append(("contact_name", name))
        name = None
    found = [state.parties.party(address, name) for address in addresses] or [state.parties.party(None, name)]
    return tuple(party for party in found if party is not None)
