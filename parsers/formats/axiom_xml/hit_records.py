"""Makes a record of a hit: a message, a call, a contact, an account, or what it says of the handset and its card."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from parsers.directions import says_not_gone, unread_way
from parsers.formats.axiom_xml.artifacts import Artifact, ArtifactKind, service_said
from parsers.formats.axiom_xml.hit_sides import sides_of
from parsers.formats.axiom_xml.hit_values import HitValues
from parsers.formats.axiom_xml.reading_state import PartState, Place
from parsers.phone_numbers import to_e164
from parsers.records.facts import Account, Call, CallType, Contact, Device, Direction, Message, Record, Sim
from parsers.records.values import NO_MOMENT, Attachment, MessageTimes, Moment, NumberRef, Party
from parsers.stored_text import REPLACED
from parsers.tables.sender_ids import with_sender_id
from parsers.tables.word_meanings import call_went, counted_way, direction_word, message_direction, seconds_of

_LABELLED: Final = re.compile(r"(?:([^\W\d][^:+0-9]{0,40}?)(?::\s*|\s+[-\u2013]\s+))?(\S.*)")
_LABEL_BEHIND: Final = re.compile(
    r"(\S.*?)\s*(?:[(\[]([^\W\d][^()\[\]:0-9]{0,40})[)\]]|\s[-\u2013]\s+([^\W\d][^:0-9]{0,40}))"
)
_BETWEEN_NUMBERS: Final = re.compile(r"[,|]")
_NUMBER_LABELS: Final = (("number", None), ("home_number", "home"), ("work_number", "work"))
_Pairs: TypeAlias = tuple[tuple[str, str], ...]
_TEXT_SERVICES: Final = {"sms": "sms", "mms": "mms", "imessage": "imessage", "rcs": "rcs", "sms/mms": "sms"}


def record_of(values: HitValues, state: PartState, place: Place) -> Record:
    """Return the record of a hit."""
    return _MAKERS[values.artifact.kind](values, state, place)


def is_listing(fragment_names: Iterable[str]) -> bool:
    """Whether a hit is a line of a list of chats, which repeats the last message of each."""
    names = {_lower(name) for name in fragment_names}
    return "last message" in names and not names & {"message", "message body", "text", "body"}


@lru_cache(maxsize=4_096)
def _lower(name: str) -> str:
    return name.casefold()


def _message(values: HitValues, state: PartState, place: Place) -> Message:
    artifact = values.artifact
    sides = sides_of(values)
    stated, type_name, service = values.word("direction"), values.word("type"), values.word("service")
    status, folder = values.word("status"), values.word("folder")
    direction, basis = message_direction(
        (("direction", stated), ("type", type_name)),
        folder,
        status,
        sides.stated,
        is_native=artifact.is_native,
    )
    sender, recipients = sides.of_message(direction)
    if artifact.is_native and direction is not Direction.OUTGOING:
        sender = with_sender_id(sender)
    if direction is Direction.UNKNOWN:
        native = (folder, status) if artifact.is_native else ()
        _note_open(state, place, sender, recipients, unread_way(stated, counted_way(type_name), *native))
    rest = _unused(stated, type_name, service, artifact.service)
    if says_not_gone(type_name):
        # How it fared, under the name of a type.
        status, rest = (type_name, rest) if status is None else (status, (*rest, ("type", type_name or "")))
    body = values.fragment("body")
    notices = list(REPLACED) if body is not None and body.replaced else []
    if body is not None and body.is_cut:
        notices.append("truncated")
    times = MessageTimes(
        sent=_stated(values.moment("sent_time")),
        received=_stated(values.moment("received_time")),
        read=_stated(values.moment("read_time")),
        delivered=_stated(values.moment("delivered_time")),
    )
    return Message(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("message", place.locator),
        extraction_id=state.extraction_id,
        deleted=values.deleted(),
        service=_service_of(artifact, service, type_name),
        direction=direction,
        direction_basis=basis,
        from_party=sender,
        to=tuple(recipients),
        body=body.text if body is not None else None,
        body_notices=tuple(notices),
        thread=values.word("thread"),
        status=status,
        folder=folder,
        smsc=values.word("smsc"),
        attachments=tuple(_attachments(values, place)),
        time=_time_of(values.moment("time"), times, direction),
        times=times,
        extra=(*dict.fromkeys(rest), *values.extra()),
    )


def _call(values: HitValues, state: PartState, place: Place) -> Call:
    artifact = values.artifact
    sides = sides_of(values)
    stated, type_name, status = values.word("direction"), values.word("type"), values.word("status")
    # ``Dialed`` may stand where other calls have how they ended.
    way = next((text for text in (stated, type_name, status) if direction_word(text) is not None), stated)
    call_type = call_went(way, type_name, status, sides.role())
    sender, recipients = sides.of_call(call_type)
    if call_type is CallType.UNKNOWN:
        _note_open(state, place, sender, recipients, unread_way(stated, counted_way(type_name)))
    heading, written = values.heading("service"), (values.look("service") or "").strip()
    service = artifact.service or service_said(type_name, heading="type") or service_said(written, heading=heading)
    if written.casefold() == service:
        values.word("service")
    duration = values.word("duration")
    seconds = seconds_of(duration) if duration is not None else None
    unread = () if duration is None or seconds is not None else (("duration", duration),)
    moments = [values.moment(name) for name in ("time", "sent_time", "received_time")]
    found = next((moment for moment in moments if moment.raw is not None), NO_MOMENT)
    return Call(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("call", place.locator),
        extraction_id=state.extraction_id,
        deleted=values.deleted(),
        service=service,
        call_type=call_type,
        duration_seconds=seconds,
        from_party=sender,
        to=tuple(recipients),
        time=found,
        extra=(*_named(("direction", stated), ("type", type_name), ("status", status)), *unread, *values.extra()),
    )


def _note_open(
    state: PartState, place: Place, sender: Party | None, recipients: Sequence[Party], written: str | None
) -> None:
    """Count a message or call of unknown direction: by what is written there, else where one side stands alone."""
    if written is not None:
        state.book.note_way(written, place.locator)
    elif sender is None and recipients:
        state.book.note("direction_untold", locator=place.locator)


def _contact(values: HitValues, state: PartState, place: Place) -> Contact:
    shown, first, last = (values.word(name) for name in ("name", "first_name", "last_name"))
    parts = " ".join(name for name in (first, last) if name is not None)
    # A display name may be a nickname: the name that stands beside it is kept where it is another.
    beside = (("first name", first), ("last name", last)) if shown is not None and parts != shown else ()
    name = shown or parts or values.word("organization")
    numbers = [
        number
        for meaning, label in _NUMBER_LABELS
        for piece in values.written(meaning)
        for number in _numbers_in(piece, label, state.region)
    ]
    for kind, piece in values.saved_numbers(state.region):
        numbers += _numbers_in(piece, kind, state.region)
    return Contact(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("contact", place.locator),
        extraction_id=state.extraction_id,
        deleted=values.deleted(),
        name=name,
        numbers=tuple(dict.fromkeys(numbers)),
        emails=tuple(values.pieces("email")),
        handles=tuple(values.pieces("handle")),
        stored_in=values.artifact.service or "phone",
        extra=(*((name, text) for name, text in beside if text is not None), *values.extra()),
    )


def _numbers_in(piece: str, label: str | None, region: str) -> list[NumberRef]:
    """Return the numbers of a value: one, or several with something between, each with its label beside it or none."""
    found = [_labelled(part.strip(), label, region) for part in _BETWEEN_NUMBERS.split(piece)]
    if all(number.e164 is not None for number in found):
        return found
    return [NumberRef(piece, to_e164(piece, region), label)]


def _labelled(text: str, label: str | None, region: str) -> NumberRef:
    """Return a number, without the label that stands in front of it or behind."""
    e164 = to_e164(text, region)
    if e164 is None and (behind := _LABEL_BEHIND.fullmatch(text)) is not None:
        number, bracketed, plain = behind.groups()
        return NumberRef(number, to_e164(number, region), bracketed or plain)
    if e164 is None and (before := _LABELLED.fullmatch(text)) is not None:
        return NumberRef(before[2], to_e164(before[2], region), before[1] or label)
    return NumberRef(text, e164, label)


def _account(values: HitValues, state: PartState, place: Place) -> Account:
    numbers = [NumberRef(piece, to_e164(piece, state.region)) for piece in values.written("number")]
    return Account(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("account", place.locator),
        extraction_id=state.extraction_id,
        deleted=values.deleted(),
        service=values.artifact.service or values.word("service"),
        name=values.word("name"),
        handles=tuple(values.pieces("handle")),
        numbers=tuple(numbers),
        extra=values.extra(),
    )


def _device(values: HitValues, state: PartState, place: Place) -> Device:
    found = _identifiers(values, state)
    make, model, system = values.word("make"), values.word("model"), values.word("os")
    state.make, state.model, state.os = state.make or make, state.model or model, state.os or system
    return Device(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("device", place.locator),
        extraction_id=state.extraction_id,
        deleted=values.deleted(),
        imei=found["imei"],
        iccid=found["iccid"],
        imsi=found["imsi"],
        msisdn=found["msisdn"],
        make=make,
        model=model,
        os=system,
        extra=values.extra(),
    )


def _sim(values: HitValues, state: PartState, place: Place) -> Sim:
    found = _identifiers(values, state)
    return Sim(
        source=place.stamp.source(place.locator),
        record_id=place.stamp.record_id("sim", place.locator),
        extraction_id=state.extraction_id,
        deleted=values.deleted(),
        imei=found["imei"],
        iccid=found["iccid"],
        imsi=found["imsi"],
        msisdn=found["msisdn"],
        extra=values.extra(),
    )


def _identifiers(values: HitValues, state: PartState) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, meaning in (("imei", "imei"), ("iccid", "iccid"), ("imsi", "imsi"), ("msisdn", "number")):
        pieces = [piece.strip() for each in values.pieces(meaning) for piece in each.split(",")]
        found[kind] = tuple(dict.fromkeys(piece for piece in pieces if piece))
        for piece in found[kind]:
            state.learn(kind, piece)
    return found


def _service_of(artifact: Artifact, service: str | None, type_name: str | None) -> str | None:
    if not artifact.is_native:
        return artifact.service
    for word in (service, type_name):
        known = _TEXT_SERVICES.get((word or "").strip().casefold())
        if known is not None:
            return known
    return artifact.service


def _time_of(stated: Moment, times: MessageTimes, direction: Direction) -> Moment:
    """Return the time of a message: its own, else when it came in or went out."""
    if stated.raw is not None:
        return stated
    order = (times.received, times.sent) if direction is Direction.INCOMING else (times.sent, times.received)
    return next((moment for moment in order if moment is not None), NO_MOMENT)


def _stated(moment: Moment) -> Moment | None:
    return None if moment.raw is None else moment


def _attachments(values: HitValues, place: Place) -> list[Attachment]:
    return [Attachment(name, member=place.members.get(name.casefold())) for name in values.files()]


def _unused(stated: str | None, type_name: str | None, service: str | None, known: str | None) -> _Pairs:
    """Return the words of a message's direction, type and service that its fields do not say."""
    held = {(word or "").casefold() for word in (known, *_TEXT_SERVICES)}
    words = (("type", type_name), ("service", service))
    return (
        *_named(("direction", stated)),
        *_named(*((name, text) for name, text in words if text is not None and text.casefold() not in held)),
    )


def _named(*pairs: tuple[str, str | None]) -> _Pairs:
    """Return the words of a type or status that say more than a direction."""
    return tuple((name, text) for name, text in pairs if text is not None and direction_word(text) is None)


_MAKERS: Final[dict[ArtifactKind, Callable[[HitValues, PartState, Place], Record]]] = {
    ArtifactKind.MESSAGE: _message,
    ArtifactKind.CALL: _call,
    ArtifactKind.CONTACT: _contact,
    ArtifactKind.ACCOUNT: _account,
    ArtifactKind.DEVICE: _device,
    ArtifactKind.SIM: _sim,
}
