"""Phones that many know: a taxi's, a takeaway's, a friend's of half the town.

Who has texts or calls with many of the phones held has them with a line as well, and that says little of him. Phones
that work for the line do not count: who runs it has traffic with these. Nor does who is on a phone's list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.keys import LISTED_ROLES, TRAFFIC_ROLES
from search.linkage.model import Against, LineDevice, Relation
from search.linkage.phrases import counted
from search.linkage.weights import MemberShares, hub_threshold

HUB_NUMBER: Final = "hub_number"
_NO_WORKER: Final = frozenset({Relation.RECEIVED_ADVERTS, Relation.MENTIONS_LINE})

Acquaintances = Mapping[str, Mapping[str, int]]
"""Of each device those that it has texts or calls with, with how many records of these the one of the two has that
has more."""


class Hub(msgspec.Struct, frozen=True, kw_only=True):
    """A phone that many know.

    Attributes:
        known: With how many of the devices held it has texts or calls, without those that sent for the line or have
            texts and calls with it alone.
        held: How many devices are held.
        usual: How many records it has with half of these at most.
    """

    known: int
    held: int
    usual: float

    def share(self, records: int) -> float:
        """Return how likely it is to belong to a line that it has so many texts and calls with, and nothing else."""
        return MemberShares.HUB_MUCH_CONTACT if self._is_much(records) else MemberShares.HUB_CONTACT

    def against(self, label: str, line: str, records: int) -> Against:
        """Return what speaks against a link through its texts and calls.

        Args:
            label: How sentences name the device.
            line: How they name the line.
            records: How many texts and calls it has with the line.
        """
        what = f"{counted(records, 'text or call', 'texts and calls')} with the line"
        more = ", more than with most of these," if self._is_much(records) else ""
        return Against(
            kind=HUB_NUMBER,
            sentence=(
                f"{label} has texts or calls with {self.known} of {counted(self.held, 'device')} held that received "
                f"adverts of {line} or have nothing to do with it: a service, or somebody whom many know. "
                f"Its {what}{more} {'says' if records == 1 else 'say'} little."
            ),
        )

    def _is_much(self, records: int) -> bool:
        return records > MemberShares.HUB_TIMES * self.usual


def acquaintances(
    edges: Mapping[str, Iterable[Edge]], devices: Mapping[str, DeviceFacts], device_of: Mapping[str, str]
) -> Acquaintances:
    """Return which devices have texts or calls with each other; of one that is on the list of another that is unknown.

    Args:
        edges: Edges of numbers that several extractions hold, by number.
        devices: All devices.
        device_of: Device by extraction.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for facts in devices.values():
        for number in facts.own_numbers:
            owners[number].add(facts.device_id)
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number in sorted(owners.keys() & edges.keys()):
        for device_id, count in _talking(edges[number], device_of).items():
            for owner in owners[number] - {device_id}:
                for one, other in ((owner, device_id), (device_id, owner)):
                    found[one][other] = max(found[one][other], count)
    return {device_id: dict(held) for device_id, held in found.items()}


def _talking(edges: Iterable[Edge], device_of: Mapping[str, str]) -> dict[str, int]:
    """Return the devices that have texts or calls with a number, with how many; none on whose list it is."""
    counts: dict[str, int] = defaultdict(int)
    listing: set[str] = set()
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is None:
            continue
        if edge.role in LISTED_ROLES:
            listing.add(device_id)
        elif edge.role in TRAFFIC_ROLES:
            counts[device_id] += edge.count
    return {device_id: count for device_id, count in counts.items() if device_id not in listing}


def hubs_of(rows: Sequence[LineDevice], known: Acquaintances, held: int) -> dict[str, Hub]:
    """Return those of a line's devices that many know and that have texts or calls with it alone, by device id.

    Args:
        rows: The line's rows.
        known: Which devices have texts or calls with each other.
        held: How many devices are held.
    """
    relations: dict[str, set[Relation]] = defaultdict(set)
    for row in rows:
        relations[row.device_id].add(row.relation)
    working = {device_id for device_id, has in relations.items() if has.isdisjoint(_NO_WORKER)}
    found = {}
    for device_id in sorted(working):
        if relations[device_id] != {Relation.CONTACT_OF_LINE}:
            continue
        counts = [count for other, count in known.get(device_id, {}).items() if other not in working]
        if len(counts) >= hub_threshold(held):
            found[device_id] = Hub(known=len(counts), held=held, usual=float(median(counts)))
    return found
