"""Which extractions of one delivery were read off one device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.contract import ExtractionPart
from parsers.device_ids import imei_key


def devices_of(parts: Iterable[ExtractionPart]) -> Mapping[str, int]:  # noqa: C901
    """Return extraction id to a number, equal for the extractions of one device.

    Parts are of one device that say so (``belongs_to``) or share an IMEI. A report is made of one handset unless it
    shows two: parts without an IMEI join the only device there is, and stand alone where there are several. Of members
    that were read as deliveries of their own that holds for each alone.
    """
    by_id = {part.extraction_id: part for part in parts}
    parents = {extraction_id: extraction_id for extraction_id in by_id}

    def root_of(extraction_id: str) -> str:
        while parents[extraction_id] != extraction_id:
            extraction_id = parents[extraction_id]
        return extraction_id

    first_with: dict[str, str] = {}
    for extraction_id, part in by_id.items():
        if part.belongs_to in by_id:
            parents[root_of(extraction_id)] = root_of(str(part.belongs_to))
        for raw in part.imei:
            key = imei_key(raw)
            if key is not None and part.belongs_to is None:
                parents[root_of(extraction_id)] = root_of(first_with.setdefault(key, extraction_id))
    units: dict[str | None, list[str]] = {}
    for extraction_id, part in by_id.items():
        units.setdefault(part.unit, []).append(extraction_id)
    for members in units.values():
        known = {root_of(extraction_id) for extraction_id in first_with.values()}
        if len(known & {root_of(extraction_id) for extraction_id in members}) <= 1:
            for extraction_id in members:
                parents[root_of(extraction_id)] = root_of(members[0])
    numbers: dict[str, int] = {}
    return {extraction_id: numbers.setdefault(root_of(extraction_id), len(numbers)) for extraction_id in by_id}
