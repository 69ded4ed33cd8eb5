"""Which extractions of one delivery were read off one device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.contract import EMPTY_SIDECAR, ExtractionPart, Sidecar
from parsers.device_identity import identity_of, resolve_devices
from parsers.stated_parts import with_stated


def devices_of(parts: Iterable[ExtractionPart], sidecar: Sidecar = EMPTY_SIDECAR) -> Mapping[str, int]:
    """Return extraction id to a number, equal for the extractions of one device.

    By the rule that holds across deliveries, and by nothing else: that two extractions came in one file says nothing,
    and a fact of one handset that stood for another's would be lost to it.

    Args:
        parts: Of one delivery; of those with one id the last holds.
        sidecar: What is stated of the delivery as a whole.
    """
    by_id = {part.extraction_id: with_stated(part, sidecar) for part in parts}
    device_of = resolve_devices(
        identity_of(
            part.extraction_id,
            imei=part.imei,
            iccid=part.iccid,
            imsi=part.imsi,
            case_ref=part.case_ref,
            exhibit_ref=part.exhibit_ref,
            belongs_to=part.belongs_to,
        )
        for part in by_id.values()
    )
    numbers: dict[str, int] = {}
    return {extraction_id: numbers.setdefault(device_of[extraction_id], len(numbers)) for extraction_id in by_id}
