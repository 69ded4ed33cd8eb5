"""Records for tests of what holds for every format; invented, and as small as the record types allow."""

from __future__ import annotations

from typing import Final

from parsers.records import ids
from parsers.records.facts import Call, CallType, Contact, Direction, Message
from parsers.records.values import ClockBasis, Moment, NumberRef, Party, SourceRef

SHA256: Final = "5f" * 32
EXTRACTION: Final = "ex-00000000000000000001"
OTHER_EXTRACTION: Final = "ex-00000000000000000002"
PEER: Final = "+447700900123"


def source(locator: str) -> SourceRef:
    return SourceRef(SHA256, "handset.ufdr", "report.xml", locator, "ufdr", "1")


def moment(time: str | None) -> Moment:
    """Return the moment of a time of day, ``18:44:22``."""
    if time is None:
        return Moment()
    raw = f"2020-05-18T{time}+00:00"
    return Moment(raw, f"2020-05-18T{time}.000Z", 0, ClockBasis.STATED_OFFSET)


def message(
    locator: str,
    time: str | None = "18:44:22",
    *,
    body: str | None = "on my way",
    listing: str = "top",
    extraction_id: str = EXTRACTION,
    peer: str | None = PEER,
    direction: Direction = Direction.INCOMING,
    service: str | None = "sms",
) -> Message:
    party = Party(raw=peer, e164=peer, name=f"as shown in {listing}") if peer else None
    return Message(
        source=source(locator),
        record_id=ids.record_id(SHA256, "report.xml", "message", locator),
        extraction_id=extraction_id,
        service=service,
        direction=direction,
        from_party=party if direction is Direction.INCOMING else None,
        to=(party,) if party and direction is not Direction.INCOMING else (),
        body=body,
        time=moment(time),
        listing=listing,
    )


def call(locator: str, time: str | None = "18:44:22", *, listing: str = "top", seconds: float | None = 30) -> Call:
    return Call(
        source=source(locator),
        record_id=ids.record_id(SHA256, "report.xml", "call", locator),
        extraction_id=EXTRACTION,
        call_type=CallType.OUTGOING,
        duration_seconds=seconds,
        to=(Party(raw=PEER, e164=PEER),),
        time=moment(time),
        listing=listing,
    )


def contact(locator: str, name: str, number: str, *, listing: str = "top", extraction_id: str = EXTRACTION) -> Contact:
    return Contact(
        source=source(locator),
        record_id=ids.record_id(SHA256, "report.xml", "contact", locator),
        extraction_id=extraction_id,
        name=name,
        numbers=(NumberRef(number, number if number.startswith("+") else None),),
        listing=listing,
    )
