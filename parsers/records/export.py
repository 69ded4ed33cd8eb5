"""Records as other programs read them: the shape ``trapline.record/1``.

Every key of the contract is there; what has no value is null or an empty list. Case, exhibit and device are joined
here, because they belong to the extraction and can be corrected later. ``listing`` and ``extra`` are keys beyond the
contract: where the source listed the record, and what else it says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from parsers.records.facts import Account, Call, Contact, Device, Message, Record, Sim
from parsers.records.values import DeviceClock, MessageTimes, Moment, NumberRef, Party

SCHEMA: Final = "trapline.record/1"

Exported: TypeAlias = dict[str, Any]


class ExtractionIdentity(Protocol):
    """What the catalogue says of an extraction, now."""

    @property
    def device_id(self) -> str | None:
        """Id of the handset or card."""

    @property
    def case_ref(self) -> str | None:
        """Reference of the case."""

    @property
    def exhibit_ref(self) -> str | None:
        """Reference of the seized item within the case."""


def export_record(
    record: Record, extraction: ExtractionIdentity, analysis: Mapping[str, object] | None = None
) -> Exported:
    """Return the record in the contract's shape.

    Args:
        record: Any record.
        extraction: What its extraction is known as now.
        analysis: What the analysis says of a message, in the contract's shape. None: not analysed. Not used for
            records that are no message.
    """
    source = record.source
    exported: Exported = {
        "schema": SCHEMA,
        "record_id": record.record_id,
        "kind": record.kind,
        "extraction_id": record.extraction_id,
        "device_id": extraction.device_id,
        "case_ref": extraction.case_ref,
        "exhibit_ref": extraction.exhibit_ref,
        "source": {
            "file_sha256": source.file_sha256,
            "file_name": source.file_name,
            "member": source.member,
            "locator": source.locator,
            "parser": source.parser,
            "parser_version": source.parser_version,
        },
        "deleted": record.deleted.value,
        "duplicate_of": record.duplicate_of,
        **_FACTS[type(record)](record),
        "listing": record.listing,
        "extra": [{"name": name, "text": text} for name, text in record.extra],
    }
    if isinstance(record, Message):
        exported["analysis"] = None if analysis is None else dict(analysis)
    return exported


def _message(record: Message) -> Exported:
    return {
        "service": record.service,
        "direction": record.direction.value,
        "direction_basis": record.direction_basis,
        "from": None if record.from_party is None else _party(record.from_party),
        "to": [_party(party) for party in record.to],
        "body": record.body,
        "body_notices": list(record.body_notices),
        "thread": record.thread,
        "status": record.status,
        "folder": record.folder,
        "smsc": record.smsc,
        "attachments": [
            {
                "name": attachment.name,
                "content_type": attachment.content_type,
                "size_bytes": attachment.size_bytes,
                "member": attachment.member,
            }
            for attachment in record.attachments
        ],
        "time": _moment(record.time),
        "times": _times(record.times),
    }


def _call(record: Call) -> Exported:
    return {
        "service": record.service,
        "call_type": record.call_type.value,
        "duration_seconds": record.duration_seconds,
        "from": None if record.from_party is None else _party(record.from_party),
        "to": [_party(party) for party in record.to],
        "time": _moment(record.time),
    }


def _contact(record: Contact) -> Exported:
    return {
        "name": record.name,
        "numbers": [{**_number(number), "label": number.label} for number in record.numbers],
        "emails": list(record.emails),
        "handles": list(record.handles),
        "stored_in": record.stored_in,
    }


def _account(record: Account) -> Exported:
    return {
        "service": record.service,
        "name": record.name,
        "handles": list(record.handles),
        "numbers": [_number(number) for number in record.numbers],
    }


def _identifiers(record: Sim | Device) -> Exported:
    return {
        "imei": list(record.imei),
        "iccid": list(record.iccid),
        "imsi": list(record.imsi),
        "msisdn": list(record.msisdn),
    }


def _device(record: Device) -> Exported:
    return {
        **_identifiers(record),
        "make": record.make,
        "model": record.model,
        "os": record.os,
        "clock": None if record.clock is None else _clock(record.clock),
    }


# Keyed by type, because a chain of tests is the slower half of an export of millions.
_FACTS: Final[dict[type, Callable[[Any], Exported]]] = {
    Message: _message,
    Call: _call,
    Contact: _contact,
    Account: _account,
    Sim: _identifiers,
    Device: _device,
}


def _party(party: Party) -> Exported:
    return {"raw": party.raw, "e164": party.e164, "name": party.name, "is_owner": party.is_owner}


def _number(number: NumberRef) -> Exported:
    return {"raw": number.raw, "e164": number.e164}


def _moment(moment: Moment) -> Exported:
    return {
        "raw": moment.raw,
        "utc": moment.utc,
        "offset_minutes": moment.offset_minutes,
        "basis": moment.basis.value,
    }


def _optional_moment(moment: Moment | None) -> Exported | None:
    return None if moment is None else _moment(moment)


def _times(times: MessageTimes) -> Exported:
    return {
        "sent": _optional_moment(times.sent),
        "received": _optional_moment(times.received),
        "read": _optional_moment(times.read),
        "delivered": _optional_moment(times.delivered),
    }


def _clock(clock: DeviceClock) -> Exported:
    return {
        "device_time": _optional_moment(clock.device_time),
        "extraction_time": _optional_moment(clock.extraction_time),
        "error_seconds": clock.error_seconds,
        "time_zone": clock.time_zone,
    }
