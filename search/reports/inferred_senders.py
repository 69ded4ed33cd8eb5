"""Which sent broadcasts have a number that their phone does not state: what other phones held show gave it.

A handset keeps no note of the number that a text went out from. Where neither its texts nor the one number that is
stated of it say it, linkage takes it from copies and traffic on other phones: inference, which a page must not pass
off as what the phone says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.contract import EvidenceIndex, ExtractionEntry
from search.linkage.evidence import own_numbers_of
from search.linkage.flares import SENT
from search.linkage.index_reading import KEYS_A_READ
from search.linkage.keys import is_number
from search.linkage.model import PlacedFlare


async def inferred_senders(
    index: EvidenceIndex, flares: Iterable[PlacedFlare], by_device: Mapping[str, Iterable[ExtractionEntry]]
) -> frozenset[str]:
    """Return ids of the sent flares whose number is inferred.

    Args:
        index: An open index, which holds each flare as its extraction states it.
        flares: Those of the report.
        by_device: Extractions of each device.
    """
    shown: dict[str, str] = {}
    extractions: set[str] = set()
    stated: dict[str, frozenset[str]] = {}
    for placed in flares:
        flare, device_id = placed.flare, placed.device_id
        if flare.direction != SENT or flare.sender is None or not is_number(flare.sender):
            continue
        if device_id not in stated:
            stated[device_id] = frozenset().union(*(own_numbers_of(entry) for entry in by_device.get(device_id, ())))
        # of which SIM the one stated number is, nothing says where records tell SIMs apart
        if stated[device_id] != {flare.sender} or flare.sim is not None:
            shown[flare.flare_id] = flare.sender
            extractions.add(flare.extraction_id)
    ordered = sorted(extractions)
    found: set[str] = set()
    for start in range(0, len(ordered), KEYS_A_READ):
        async for flare in index.flares(ordered[start : start + KEYS_A_READ]):
            if flare.flare_id in shown and flare.sender != shown[flare.flare_id]:
                found.add(flare.flare_id)
    return frozenset(found)
