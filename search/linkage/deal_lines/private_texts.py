"""One-to-one texts that a phone got from a line's number: what is left when those are taken off that went to many.

An edge of traffic counts all that came from a number and that the analysis takes for no advert. Some of it counts as
an advert all the same, or came to others in the same minutes: neither is a text to one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.extraction.edge_table import RECORDS_AN_EDGE, merged_record_ids
from search.linkage.extraction.flare_rows import RECEIVED
from search.linkage.instants import earliest, latest
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import NAME_PREFIX, Role
from search.linkage.model import PlacedFlare


class _ToMany(NamedTuple):
    """Texts on one extraction that went to many, or count as adverts."""

    extraction_id: str
    texts: int
    first_at: str | None
    last_at: str | None
    record_ids: tuple[str, ...]


class Private(NamedTuple):
    """Traffic without what went to many.

    Attributes:
        is_dated: The times of each edge are those of what is left of it.
        is_beside: Some of it went to many, and was taken off.
    """

    edges: list[Edge]
    is_dated: bool = True
    is_beside: bool = False


class PrivateTexts(msgspec.Struct, frozen=True):
    """Takes off the traffic with one number what went to many.

    Attributes:
        to_many: What went to many, by phone.
        known: Texts of the number that may be of the traffic, by phone.
    """

    to_many: Mapping[str, Sequence[_ToMany]]
    known: Mapping[str, Sequence[Edge]]

    def of(self, device_id: str, traffic: Sequence[Edge]) -> Private:
        """Return the traffic of a device with the number, without what went to many.

        Args:
            device_id: The device.
            traffic: Edges of kind number, in the line's use of it.
        """
        to_many = self.to_many.get(device_id)
        if to_many is None:
            return Private(list(traffic))
        records = {record for lot in to_many for record in lot.record_ids}
        known = [edge for edge in self.known.get(device_id, ()) if records.isdisjoint(edge.record_ids)]
        took = _taken_off([edge for edge in traffic if edge.role == Role.RECEIVED], to_many)
        kept, is_dated = [], True
        for edge in traffic:
            count = edge.count - took.get(id(edge), 0)
            if count == edge.count:
                kept.append(edge)
            elif count > 0:
                left = _left(edge, count, records, [text for text in known if text.extraction_id == edge.extraction_id])
                kept.append(left.edges[0])
                is_dated = is_dated and left.is_dated
        return Private(kept, is_dated, is_beside=bool(took))


def private_texts(
    groups: Sequence[LineGroup], evidence: Evidence, flares: Iterable[PlacedFlare]
) -> dict[str, PrivateTexts]:
    """Return what takes off the traffic with each number of lines what went to many; by number, where any did.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        flares: All broadcasts.
    """
    numbers = {number for group in groups for number in group.numbers}
    to_many: dict[str, dict[str, list[_ToMany]]] = defaultdict(lambda: defaultdict(list))
    seen: set[str] = set()
    for spell in (spell for group in groups for spell in group.spells):
        for advert in spell.adverts:
            # what is shown under a name has no edge under the number
            is_shown = advert.is_recovered and not advert.edge.key.startswith(NAME_PREFIX)
            if is_shown and not spell.is_to_one(advert):
                edge = advert.edge
                seen.update(edge.record_ids)
                lot = _ToMany(edge.extraction_id, edge.count, edge.first_at, edge.last_at, edge.record_ids)
                to_many[spell.sender][advert.device_id].append(lot)
    for placed in flares:
        flare = placed.flare
        if flare.direction != RECEIVED or flare.has_advert or flare.sender not in numbers:
            continue
        ids = (flare.first_record_id, flare.last_record_id)
        if seen.isdisjoint(ids):
            lot = _ToMany(flare.extraction_id, flare.message_count, flare.started_at, flare.ended_at, ids)
            to_many[flare.sender][placed.device_id].append(lot)
    known: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for wording in evidence.wordings:
        if wording.device_id in to_many.get(wording.sender, ()):
            known[wording.sender][wording.device_id].append(wording.edge)
    return {number: PrivateTexts(held, known.get(number, {})) for number, held in to_many.items()}


def _taken_off(received: Sequence[Edge], to_many: Iterable[_ToMany]) -> dict[int, int]:
    """Return how many texts of each edge went to many, by its identity."""
    took: dict[int, int] = defaultdict(int)
    for lot in to_many:
        holding = [edge for edge in received if edge.extraction_id == lot.extraction_id and _may_hold(edge, lot)]
        if holding:
            edge = max(
                holding,
                key=lambda held: (
                    not {*held.record_ids}.isdisjoint(lot.record_ids),
                    held.count - took[id(held)],
                    held.label,
                ),
            )
            took[id(edge)] = min(edge.count, took[id(edge)] + lot.texts)
    return took


def _may_hold(edge: Edge, lot: _ToMany) -> bool:
    if edge.first_at is None or edge.last_at is None or lot.first_at is None or lot.last_at is None:
        return True
    return edge.first_at <= lot.first_at and lot.last_at <= edge.last_at


def _left(edge: Edge, count: int, records: Iterable[str], known: Sequence[Edge]) -> Private:
    """Return what is left of an edge, with the times of its texts where each is known."""
    gone = set(records)
    own = [record for record in edge.record_ids if record not in gone]
    every = dict.fromkeys([*own, *merged_record_ids(known)])
    is_dated = sum(text.count for text in known) >= count
    first_at, last_at = edge.first_at, edge.last_at
    if is_dated:
        first_at, last_at = earliest(text.first_at for text in known), latest(text.last_at for text in known)
    left = msgspec.structs.replace(
        edge, count=count, first_at=first_at, last_at=last_at, record_ids=tuple(every)[: min(count, RECORDS_AN_EDGE)]
    )
    return Private([left], is_dated)
