"""Call models, and the Voicemail models that calls left."""

from __future__ import annotations

from typing import Final

from parsers.directions import call_type, unread_way
from parsers.formats.ufdr.elements import Element, Field, fields_of, text_of
from parsers.formats.ufdr.model_times import duration_seconds, moment_of
from parsers.formats.ufdr.own_accounts import marked_owner
from parsers.formats.ufdr.parties import RoleParty, field_parties, owned, read_parties
from parsers.formats.ufdr.reading_state import (
    ModelPlace,
    ReadingState,
    add_field,
    add_repeats,
    application_of,
    stated_attributes,
)
from parsers.records.facts import Call, CallType, Direction
from parsers.records.values import Party
from parsers.services import application_service

# Type, Direction and Status stay in ``extra`` too: three of the vendor's words become one of ours.
_KNOWN: Final = frozenset(
    {"UserMapping", "Source", "TimeStamp", "Duration", "Parties", "From", "To", "CountryCode", "NetworkCode"}
)
_VOICEMAIL_TIME: Final = "Timestamp"
_CAME_IN: Final = frozenset({CallType.INCOMING, CallType.MISSED, CallType.REJECTED, CallType.VOICEMAIL})


def read_voicemail(state: ReadingState, model: Element, place: ModelPlace) -> Call:
    """Return the record of a Voicemail model: the call that was answered by it."""
    return read_call(state, model, place, is_voicemail=True)


def read_call(state: ReadingState, model: Element, place: ModelPlace, *, is_voicemail: bool = False) -> Call:
    """Return the record of a Call model."""
    repeats: list[tuple[str, Field]] = []
    fields = fields_of(model, repeats)
    deleted, extra = stated_attributes(model)
    parties = read_parties(state, [fields.get("Parties")], extra)
    for name in ("From", "To"):
        parties += field_parties(state, name.casefold(), fields.get(name), extra)
    own_keys = place.part.own_keys
    parties = [(role, owned(found, own_keys)) for role, found in parties]
    service = application_service(application_of(text_of(fields.get("Source")), extra))
    if len(parties) > 1 and all(found.is_owner is None for _, found in parties):
        owners = state.accounts.owners_among(place.part, service, (found for _, found in parties))
        if len(owners) == 1:
            (key,) = owners
            parties = [(role, marked_owner(found, key)) for role, found in parties]
    went = (
        CallType.VOICEMAIL
        if is_voicemail
        else call_type(
            text_of(fields.get("Direction")),
            text_of(fields.get("Type")),
            text_of(fields.get("Status")),
            _role_direction(parties),
        )
    )
    if went is CallType.UNKNOWN:
        state.note_way(unread_way(text_of(fields.get("Direction")), text_of(fields.get("Type"))), place)
    time_name = _VOICEMAIL_TIME if is_voicemail and _VOICEMAIL_TIME in fields else "TimeStamp"
    sender, recipients = _sides(parties, went)
    for name, value in fields.items():
        if name != time_name and (name not in _KNOWN or name in {"CountryCode", "NetworkCode"}):
            add_field(extra, name, value)
    add_repeats(state, place, extra, repeats)
    duration = text_of(fields.get("Duration"))
    seconds = duration_seconds(duration)
    if duration is not None and seconds is None:
        extra.append(("Duration", duration))
        state.notices.add_value(
            "duration_unreadable", duration, extraction_id=place.part.extraction_id, locator=place.locator
        )
    return Call(
        source=state.stamp.source(place.locator),
        record_id=state.stamp.record_id("call", place.locator),
        extraction_id=place.part.extraction_id,
        deleted=deleted,
        service=service,
        call_type=went,
        duration_seconds=seconds,
        from_party=sender,
        to=recipients,
        time=moment_of(model, fields, time_name, place.part.clock),
        listing=place.listing,
        extra=tuple(extra),
    )


def _role_direction(parties: list[RoleParty]) -> Direction | None:
    """Return the direction that the role of the other party states. None: it states none."""
    for role, found in parties:
        if role == "from":
            return Direction.OUTGOING if found.is_owner else Direction.INCOMING
        if role == "to":
            return Direction.INCOMING if found.is_owner else Direction.OUTGOING
    return None


def _sides(parties: list[RoleParty], went: CallType) -> tuple[Party | None, tuple[Party, ...]]:
    senders = [found for role, found in parties if role == "from"]
    recipients = [found for role, found in parties if role == "to"]
    # The 3.0 dialect gives every party the role ``General``: the call says which side it is.
    others = [found for role, found in parties if role not in {"from", "to"}]
    if went in _CAME_IN and not senders:
        senders = [found for found in others if not found.is_owner][:1]
        others = [found for found in others if found not in senders]
    elif not senders:
        senders = [found for found in others if found.is_owner][:1]
        others = [found for found in others if found not in senders]
    return (senders[0] if senders else None), tuple(recipients + senders[1:] + others)
