"""Phones that state a number from which adverts came, whether or not they sent any."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from search.contract import Edge
from search.linkage.attribution.evidence import DeviceFacts


def stating(devices: Mapping[str, DeviceFacts], adverts: Iterable[Edge]) -> set[str]:
    """Return the extractions of devices that have a number from which adverts came."""
    numbers = {edge.key for edge in adverts}
    return {
        entry.extraction_id
        for facts in devices.values()
        if not numbers.isdisjoint(facts.own_numbers)
        for entry in facts.entries
    }


def stated_by(
    extraction_ids: Collection[str], devices: Mapping[str, DeviceFacts], adverts: Iterable[Edge]
) -> list[str]:
    """Return the numbers from which adverts came, of the devices with these extractions, sorted."""
    own: set[str] = set()
    for facts in devices.values():
        if any(entry.extraction_id in extraction_ids for entry in facts.entries):
            own |= facts.own_numbers
    return sorted(own.intersection(edge.key for edge in adverts))
