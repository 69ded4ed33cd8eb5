"""Which extractions of one delivery were read off one device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.contract import ExtractionPart
from parsers.device_ids import imei_key


class _Sets:
    """Which of several things belong together, when told pair by pair."""

    def __init__(self, things: Iterable[str]) -> None:
        self._parents = {thing: thing for thing in things}

    def root_of(self, thing: str) -> str:
        """Return the one that stands for all that belong with it."""
        while self._parents[thing] != thing:
            thing = self._parents[thing]
        return thing

    def join(self, one: str, other: str) -> None:
        self._parents[self.root_of(one)] = self.root_of(other)


def devices_of(parts: Iterable[ExtractionPart]) -> Mapping[str, int]:
    """Return extraction id to a number, equal for the extractions of one device.

    Parts are of one device that say so (``belongs_to``) or share an IMEI. A report is made of one handset unless it
    shows two: parts without an IMEI join the only device there is, and stand alone where there are several. Of members
    that were read as deliveries of their own that holds for each alone.
    """
    by_id = {part.extraction_id: part for part in parts}
    devices = _Sets(by_id)
    first_with: dict[str, str] = {}
    for extraction_id, part in by_id.items():
        if part.belongs_to in by_id:
            devices.join(extraction_id, str(part.belongs_to))
        elif part.belongs_to is None:
            for key in filter(None, map(imei_key, part.imei)):
                devices.join(extraction_id, first_with.setdefault(key, extraction_id))
    units: dict[str | None, list[str]] = {}
    for extraction_id, part in by_id.items():
        units.setdefault(part.unit, []).append(extraction_id)
    for members in units.values():
        known = {devices.root_of(extraction_id) for extraction_id in first_with.values()}
        if len(known & {devices.root_of(extraction_id) for extraction_id in members}) <= 1:
            for extraction_id in members:
                devices.join(extraction_id, members[0])
    numbers: dict[str, int] = {}
    return {extraction_id: numbers.setdefault(devices.root_of(extraction_id), len(numbers)) for extraction_id in by_id}
