"""Messages and calls."""

from __future__ import annotations

import re
from typing import Final

from parsers.case_words import TIMES
from parsers.directions import owner_direction, unread_way
from parsers.formats.case_jsonld.attachments import attachments_of
from parsers.formats.case_jsonld.own_facet import own_moment, own_number
from parsers.formats.case_jsonld.parties import OWN_TEXTS, owner_by_direction, service_of
from parsers.formats.case_jsonld.references import Thing
from parsers.formats.case_jsonld.thing_values import (
    Place,
    deleted_of,
    extra_of,
    if_stated,
    listing_of,
    moment_of,
    named,
)
from parsers.records.facts import Call, CallType, Direction, Message
from parsers.records.values import NO_MOMENT, MessageTimes, Party
from parsers.stored_text import replaced_in
from parsers.tables.word_meanings import call_went, counted_way, message_direction, seconds_of

_WORDS_OF_OWN: Final = frozenset(set(CallType) - {CallType.MISSED, CallType.REJECTED})
_SPAN = re.compile(
    r"P(?:(?P<days>[0-9]{1,5})D)?(?:T(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,6})M)?"
    r"(?:(?P<seconds>[0-9]{1,9})(?:\.(?P<fraction>[0-9]{1,9}))?S)?)?",
    re.IGNORECASE,
)
_TEXT_TYPES: Final = {"sms": "sms", "mms": "mms", "imessage": "imessage", "rcs": "rcs", "text": "sms"}
_IS_SMS: Final = "SMSmessage"
"""Where a converter of UFED reports says that a message is a text of the handset: ``true``."""

_BEYOND_TEXT: Final = frozenset(
    {
        *("messageType", "status", "folder", "isRead", "direction", "receivedTime", "readTime", "dateTime", "time"),
        *("body", "service", "application", "thread", "sessionID", "smsc", "listing", _IS_SMS),
    }
)
"""What else a message may state beside its parties, its text and when it was sent."""

_THREAD_NAME: Final = "displayName of the thread"
_TEXT_KINDS: Final = {"SMSMessage": "sms", "MMSMessage": "mms"}


def message_of(thing: Thing, place: Place) -> Message:
    """Return the message that a thing is."""
    own, clock = thing.own, place.state.clock
    senders, beside = _senders(thing, place)
    recipients, more = place.people.parties(thing.items("to", "participant"), "to")
    if own is None and not thing.says(_BEYOND_TEXT):
        return _plain_message(thing, place, (senders, recipients), [*beside, *more])
    type_name = thing.word("messageType")
    said = thing.word if own is None else thing.text
    status, folder = said("status"), said("folder")
    if status is None and (is_read := thing.word("isRead")) is not None:
        status = "read" if is_read.casefold() == "true" else "unread"
    sender = senders[0] if senders else None
    service = _service_of(thing, place, type_name) if own is None else own.text("service")
    stated = thing.word("direction")
    direction, basis = message_direction(
        (("direction", stated), ("type", type_name)),
        folder,
        status if service in {"sms", "mms"} and not thing.words("isRead") else None,
        (sender, recipients),
        # Both sides are named as a rule, the owner's like any other: that one stands in "from" says nothing.
        is_native=False,
    )
    if own is None and direction in {Direction.INCOMING, Direction.OUTGOING} and basis in {"direction", "type"}:
        sender, recipients = owner_by_direction(direction, sender, recipients)
    unread = unread_way(stated) if own is None else None
    if own is None and direction is Direction.UNKNOWN:
        # Whether it was read says of no text which way it went, and is no word for a way that is not understood.
        native = (folder, said("status")) if service in {"sms", "mms"} else ()
        place.state.book.note_way(unread or unread_way(counted_way(type_name), *native), place.locator)
    sent, received = moment_of(thing, place, "sentTime"), moment_of(thing, place, "receivedTime")
    times = MessageTimes(
        sent=if_stated(sent), received=if_stated(received), read=if_stated(moment_of(thing, place, "readTime"))
    )
    moment = received if direction is Direction.INCOMING and received.raw is not None else sent
    if moment.raw is None:
        moment = next((each for each in (received, moment_of(thing, place, "dateTime", "time")) if each.raw), NO_MOMENT)
    if own is not None:
        direction = Direction(stated) if stated in set(Direction) else direction
        basis = own.text("directionBasis")
        found = {name: own_moment(own, name, clock) for name in TIMES}
        moment = found.pop("time")
        times = MessageTimes(**{name: if_stated(each) for name, each in found.items()})
    body = thing.text("messageText", "body")
    notices = [*replaced_in(body, place.replaced), *(own.texts("bodyNotice") if own is not None else [])]
    thread, titled = (own.text("thread"), None) if own is not None else _thread_of(thing, place)
    return Message(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("message", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        service=service,
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=tuple(recipients),
        body=body,
        body_notices=tuple(dict.fromkeys(notices)) if body is not None or own is not None else (),
        thread=thread,
        status=status,
        folder=folder,
        smsc=said("smsc"),
        attachments=attachments_of(thing, place.references),
        time=moment,
        times=times,
        listing=listing_of(thing),
        extra=extra_of(
            thing, [*beside, *more, *named(("messageType", type_name), ("direction", unread), (_THREAD_NAME, titled))]
        ),
    )


def _plain_message(
    thing: Thing, place: Place, sides: tuple[list[Party], list[Party]], beside: list[tuple[str, str]]
) -> Message:
    """Return a message that states its parties, its text and when it was sent, and nothing else that a field holds.

    Nearly all are so; the same as ``message_of`` makes of them, without asking for each word.
    """
    senders, recipients = sides
    sender = senders[0] if senders else None
    direction, basis = owner_direction(sender, recipients) or (Direction.UNKNOWN, None)
    sent = moment_of(thing, place, "sentTime")
    body = thing.text("messageText")
    thread, titled = _thread_of(thing, place)
    return Message(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("message", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        service=None
        if thing.kinds.isdisjoint(_TEXT_KINDS)
        else next(service for kind, service in _TEXT_KINDS.items() if kind in thing.kinds),
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=tuple(recipients),
        body=body,
        body_notices=replaced_in(body, place.replaced),
        thread=thread,
        attachments=attachments_of(thing, place.references),
        time=sent,
        times=MessageTimes(sent=if_stated(sent)),
        extra=extra_of(thing, [*beside, *named((_THREAD_NAME, titled))]),
    )


def _senders(thing: Thing, place: Place) -> tuple[list[Party], list[tuple[str, str]]]:
    """Return the senders, and what has no place in a record: of several the first sent it, the others stay beside."""
    senders, beside = place.people.parties(thing.items("from"), "from")
    return senders, [*beside, *(("from", each.raw or each.name or "") for each in senders[1:])]


def _thread_of(thing: Thing, place: Place) -> tuple[str | None, str | None]:
    """Return the conversation of a message, and what that is called beside the id of its node."""
    stated = thing.word("thread")
    listed = None if stated is not None else place.references.thread_of(thing.node.id)
    described = place.references.thing(listed) if listed is not None else None
    titled = described.word("displayName") if described is not None else None
    return stated or listed or thing.word("sessionID"), titled


def call_of(thing: Thing, place: Place) -> Call:
    """Return the call that a thing is."""
    own = thing.own
    senders, beside = _senders(thing, place)
    recipients, more = place.people.parties(thing.items("to"), "to")
    others, further = place.people.parties(thing.items("participant"), "participant")
    recipients += [party for party in others if party not in recipients and party not in senders]
    sender = senders[0] if senders else None
    stated, status = thing.word("callType", "direction"), thing.word("status")
    role = None
    if sender is not None and sender.is_owner is not None:
        role = Direction.OUTGOING if sender.is_owner else Direction.INCOMING
    elif any(party.is_owner for party in recipients):
        role = Direction.INCOMING
    call_type = call_went(stated, None, status, role)
    if own is not None and stated in set(CallType):
        call_type = CallType(stated)
    if own is None:
        way = Direction.OUTGOING if call_type is CallType.OUTGOING else Direction.INCOMING
        if call_type is not CallType.UNKNOWN:
            sender, recipients = owner_by_direction(way, sender, recipients)
    is_own_call = role is Direction.OUTGOING and not any(party.is_owner for party in recipients)
    moment = moment_of(thing, place, "startTime")
    if own is not None:
        moment = own_moment(own, "time", place.state.clock)
    # What was missed and yet made by the owner keeps its word beside what it is.
    is_worded = stated is not None and stated.casefold() in (_WORDS_OF_OWN if is_own_call else set(CallType))
    return Call(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("call", place.locator),
        extraction_id=place.state.book.extraction_id,
        deleted=deleted_of(thing),
        service=own.text("service")
        if own is not None
        else thing.word("service") or place.people.service(thing.items("application")),
        call_type=call_type,
        duration_seconds=_seconds(thing.word("duration")) if own is None else own_number(own, "duration"),
        from_party=sender,
        to=tuple(recipients),
        time=moment,
        listing=listing_of(thing),
        extra=extra_of(
            thing,
            [*beside, *more, *further, *named(("callType", None if is_worded else stated), ("status", status))],
        ),
    )


def _service_of(thing: Thing, place: Place, type_name: str | None) -> str | None:
    stated = thing.word("service")
    if stated is not None:
        return stated
    application = place.people.application(thing.items("application"))
    if application is not None and (service := service_of(application)) is not None:
        return service
    by_type = _TEXT_TYPES.get((type_name or "").casefold())
    by_kind = next((service for kind, service in _TEXT_KINDS.items() if kind in thing.kinds), None)
    is_text = application is not None or _says_sms(thing)
    return by_type or by_kind or (OWN_TEXTS if is_text else None)


def _says_sms(thing: Thing) -> bool:
    stated = thing.word(_IS_SMS)
    return stated is not None and stated.casefold() == "true"


def _seconds(text: str | None) -> float | None:
    """Return a duration: seconds, ``00:01:05``, or as ISO 8601 writes it (``PT1M5S``)."""
    if text is None:
        return None
    match = _SPAN.fullmatch(text)
    if match is None or not any(match.groups()):
        return seconds_of(text)
    days, hours, minutes, seconds = (int(match[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    return float(f"{days * 86_400 + hours * 3_600 + minutes * 60 + seconds}.{match['fraction'] or 0}")
