"""The device record of a handset and the sim record of a card, from the metadata items of their extraction.

A SIM that was read as an extraction of its own has a ``sim`` record under the handset's device. ICCID, IMSI and MSISDN
that stand among a handset's own items are on its device record and make no record of their own: the report says that
the handset showed them, not that the card was read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from parsers.contract import PartKind, SourceStamp
from parsers.formats.ufdr.metadata import Item, first_text
from parsers.formats.ufdr.parts import ENDED_AT, IDENTITY_KEYS, STARTED_AT, Part, identifiers
from parsers.records.facts import Device, Sim
from parsers.records.values import DeletedState, DeviceClock

_DEVICE_TIME = ("phonedatetime", "phonedate/time", "devicedatetime")
_TIME_ZONE = ("timezone", "timezonesettings(id)")
_ON_THE_RECORD: Final = frozenset(
    {"detectedphonevendor", "detectedmanufacturer", "detectedphonemodel", "ostype", "osversion"}
)
_CASE_SECTION = "additionalfields"


def identity_record(part: Part, stamp: SourceStamp, project_id: str | None) -> Device | Sim | None:
    """Return the device or sim record of a part; None for a memory card, and where the report says nothing of it."""
    locator = f"project {project_id or 'without id'}"
    if part.info.vendor_id is not None:
        locator += f" extraction {part.info.vendor_id}"
    items = [item for item in part.items if item.section.replace(" ", "").casefold() != _CASE_SECTION]
    if part.info.kind is PartKind.SIM:
        return _sim(part, stamp, locator, items)
    if part.info.kind is PartKind.HANDSET and (part.has_identity or items or part.info.belongs_to is None):
        return _device(part, stamp, locator, items)
    return None


def _device(part: Part, stamp: SourceStamp, locator: str, items: list[Item]) -> Device:
    info = part.info
    return Device(
        source=stamp.source(locator),
        record_id=stamp.record_id("device", locator),
        extraction_id=part.extraction_id,
        deleted=DeletedState.INTACT,
        imei=info.imei,
        iccid=info.iccid,
        imsi=info.imsi,
        msisdn=info.msisdn,
        make=info.make,
        model=info.model,
        os=info.os,
        clock=_clock(part, items),
        extra=_extra(items),
    )


def _sim(part: Part, stamp: SourceStamp, locator: str, items: list[Item]) -> Sim:
    info = part.info
    return Sim(
        source=stamp.source(locator),
        record_id=stamp.record_id("sim", locator),
        extraction_id=part.extraction_id,
        deleted=DeletedState.INTACT,
        imei=identifiers(items, "imei"),
        iccid=info.iccid,
        imsi=info.imsi,
        msisdn=info.msisdn,
        extra=_extra(items),
    )


def _extra(items: list[Item]) -> tuple[tuple[str, str], ...]:
    pairs: dict[tuple[str, str], None] = {}
    for item in items:
        is_identity = any(pattern.match(item.key) for pattern in IDENTITY_KEYS.values())
        if not is_identity and item.key not in _ON_THE_RECORD:
            pairs[item.name, item.text] = None
        if item.note:
            pairs[f"{item.name} note", item.note] = None
    return tuple(pairs)


def _clock(part: Part, items: list[Item]) -> DeviceClock | None:
    device_raw = first_text(items, _DEVICE_TIME)
    if device_raw is None:
        return None
    # The tool notes the handset's time when it begins.
    examiner_raw = first_text(items, STARTED_AT) or first_text(items, ENDED_AT)
    device_time = part.clock.locale(device_raw)
    extraction_time = part.clock.locale(examiner_raw) if examiner_raw else None
    error = None
    if device_time.utc and extraction_time and extraction_time.utc:
        error = round((_instant(device_time.utc) - _instant(extraction_time.utc)).total_seconds())
    return DeviceClock(device_time, extraction_time, error, first_text(items, _TIME_ZONE))


def _instant(utc: str) -> datetime:
    return datetime.fromisoformat(utc)
