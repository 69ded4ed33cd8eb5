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
from search.linkage.adverts.ordering import ORDER_SCORE
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.keys import TRAFFIC_ROLES, Role
from search.linkage.model import Against, LineDevice, Relation
from search.linkage.phrases import counted
from search.linkage.weights import MemberShares, hub_threshold

HUB_NUMBER: Final = "hub_number"


class Acquaintances(msgspec.Struct, frozen=True):
    """Which devices have texts or calls with each other.

    Attributes:
        counts: Of each device those that it has some with, with how many records of these the one of the two has that
            has more.
        ordering: Devices whose texts to a number read like orders, by number.
        informing: Devices that sent a number texts that went to many and are no adverts, by number.
    """

    counts: Mapping[str, Mapping[str, int]] = {}
    ordering: Mapping[str, frozenset[str]] = {}
    informing: Mapping[str, frozenset[str]] = {}


class Hub(msgspec.Struct, frozen=True, kw_only=True):
    """A phone that many know.

    Attributes:
        known: With how many of the devices held it has texts or calls, without those that work for the line.
        others: How many other devices are held.
        is_among_customers: Of these fewer than make a hub have nothing to do with the line: a driver whom its customers
            ring knows them, and so does who brings them what they ordered.
        usual: How many records it has with half of these at most.
        records: How many it has with the line.
        is_informing: The line's number is one of many that it sends texts to which are no adverts.
    """

    known: int
    others: int
    is_among_customers: bool
    usual: float
    records: int
    is_informing: bool = False

    @property
    def share(self) -> float:
        """How likely it is to belong to a line that it has so many texts and calls with, and nothing else."""
        if self.is_informing and not self._is_much:
            return MemberShares.HUB_CONTACT
        is_surer = self.is_among_customers or self._is_much
        return MemberShares.HUB_MUCH_CONTACT if is_surer else MemberShares.HUB_CONTACT

    def against(self, label: str, line: str) -> Against:
        """Return what speaks against a link through its texts and calls.

        Args:
            label: How sentences name the device.
            line: How they name the line.
        """
        what = f"{counted(self.records, 'text or call', 'texts and calls')} with the line"
        more = ", more than with most of these," if self._is_much else ""
        told = " The line's number is one of many that it sends texts to which are no adverts." * self.is_informing
        return Against(
            kind=HUB_NUMBER,
            sentence=(
                f"{label} has texts or calls with {self.known} of {counted(self.others, 'other device')} held, which "
                f"received adverts of {line} or have nothing to do with it: a service, or somebody whom many know. "
                f"Its {what}{more} {'says' if self.records == 1 else 'say'} little.{told}"
            ),
        )

    @property
    def _is_much(self) -> bool:
        return self.records > MemberShares.HUB_TIMES * self.usual


def acquaintances(
    edges: Mapping[str, Iterable[Edge]], devices: Mapping[str, DeviceFacts], device_of: Mapping[str, str]
) -> Acquaintances:
    """Return which devices have texts or calls with each other; nothing of two of which one sent the other adverts.

    Whose texts with a number are that several devices state is not known: they count for none.

    Args:
        edges: Edges of numbers that several extractions hold, and of the devices' own, by number.
        devices: All devices.
        device_of: Device by extraction.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for facts in devices.values():
        for number in facts.own_numbers:
            owners[number].add(facts.device_id)
    owner_of = {number: next(iter(held)) for number, held in sorted(owners.items()) if len(held) == 1}
    known = sorted(owner_of.keys() & edges.keys())
    listed = {frozenset(pair) for number in known for pair in _listing(number, edges, owner_of, device_of)}
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number in known:
        owner = owner_of[number]
        for device_id, count in _talking(edges[number], device_of).items():
            if device_id != owner and frozenset((owner, device_id)) not in listed:
                for one, other in ((owner, device_id), (device_id, owner)):
                    found[one][other] = max(found[one][other], count)
    return Acquaintances(
        {device_id: dict(held) for device_id, held in found.items()},
        {number: ordering for number, held in edges.items() if (ordering := _ordering(held, device_of))},
        {number: informing for number, held in edges.items() if (informing := _informing(held, device_of))},
    )


def _listing(
    number: str, edges: Mapping[str, Iterable[Edge]], owner_of: Mapping[str, str], device_of: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    """Yield the device of a number with each that sent adverts to it."""
    for edge in edges[number]:
        device_id = device_of.get(edge.extraction_id)
        if edge.role == Role.SENT_ADVERT and device_id is not None:
            yield device_id, owner_of[number]


def _talking(edges: Iterable[Edge], device_of: Mapping[str, str]) -> dict[str, int]:
    """Return the devices that have texts or calls with a number, with how many in the extraction that has most."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        if device_id is not None and edge.role in TRAFFIC_ROLES:
            counts[device_id, edge.extraction_id] += edge.count
    found: dict[str, int] = defaultdict(int)
    for (device_id, _), count in counts.items():
        found[device_id] = max(found[device_id], count)
    return found


def _ordering(edges: Iterable[Edge], device_of: Mapping[str, str]) -> frozenset[str]:
    writing = (edge for edge in edges if edge.role == Role.SENT and edge.score >= ORDER_SCORE)
    return frozenset(device_of[edge.extraction_id] for edge in writing if edge.extraction_id in device_of)


def _informing(edges: Iterable[Edge], device_of: Mapping[str, str]) -> frozenset[str]:
    bulk = (edge.extraction_id for edge in edges if edge.role == Role.SENT_BULK)
    return frozenset(device_of[extraction_id] for extraction_id in bulk if extraction_id in device_of)


def hubs_of(rows: Sequence[LineDevice], known: Acquaintances, held: int) -> dict[str, Hub]:
    """Return those of a line's devices that many know and that have texts or calls with it alone, by device id.

    None whose texts to the line read like orders: that says what it has to do with the line.

    Args:
        rows: The line's rows.
        known: Which devices have texts or calls with each other.
        held: How many devices are held.
    """
    relations: dict[str, set[Relation]] = defaultdict(set)
    for row in rows:
        if row.relation is not Relation.MENTIONS_LINE:
            relations[row.device_id].add(row.relation)
    working = {device_id for device_id, has in relations.items() if Relation.RECEIVED_ADVERTS not in has}
    talk = {row.device_id: row for row in rows if row.relation is Relation.CONTACT_OF_LINE}
    found = {}
    for device_id in sorted(working):
        met, contact = known.counts.get(device_id, {}), talk.get(device_id)
        counts = {other: count for other, count in met.items() if other not in working}
        if contact is None or len(relations[device_id]) > 1 or len(counts) < hub_threshold(held):
            continue
        if any(device_id in known.ordering.get(number, ()) for number in contact.numbers):
            continue
        found[device_id] = Hub(
            known=len(counts),
            others=held - 1,
            is_among_customers=len(counts.keys() - relations.keys()) < hub_threshold(held),
            usual=float(median(counts.values())),
            records=max([contact.traffic_count, *(count for other, count in met.items() if other in working)]),
            is_informing=any(device_id in known.informing.get(number, ()) for number in contact.numbers),
        )
    return found
