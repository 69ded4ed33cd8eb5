"""What the rows of a line's devices are made of: numbers that no record of a phone holds, and broadcasts as edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.contract import Edge, EdgeKind, Flare
from search.linkage.attribution.held_numbers import HeldNumber
from search.linkage.keys import Role
from search.linkage.model import Relation


def inferred_numbers(
    row: tuple[str, Relation],
    edges: Iterable[Edge],
    numbers: Iterable[str],
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
) -> Iterator[str]:
    """Yield the numbers that no record of the device holds, in order; none but of adverts that it received.

    Args:
        row: The device and the relation.
        edges: What the relation rests on.
        numbers: Numbers of the line.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
    """
    device_id, relation = row
    if relation is not Relation.RECEIVED_ADVERTS:
        return
    shown = {edge.key for edge in edges}
    for number in sorted(numbers):
        held = (device_of.get(edge.extraction_id) for edge in traffic.get(number, ()))
        if number not in shown and device_id not in held:
            yield number


def numbers_by_talk(row: tuple[str, Relation], held: Mapping[str, Sequence[HeldNumber]]) -> dict[str, tuple[str, ...]]:
    """Return the numbers that a device had and does not state, with the records that show it; of its SIM alone.

    Args:
        row: The device and the relation.
        held: Phones that had numbers of the line and do not state them, by number.
    """
    device_id, relation = row
    if relation is not Relation.CARRIES_LINE_SIM:
        return {}
    return {each.number: each.record_ids for found in held.values() for each in found if each.device_id == device_id}


def as_edge(flare: Flare, number: str) -> Edge:
    """Return a broadcast as the edge that its adverts would be."""
    return Edge(
        kind=EdgeKind.ADVERT,
        key=number,
        role=Role.SENT,
        other=flare.template_id,
        extraction_id=flare.extraction_id,
        count=flare.message_count,
        first_at=flare.started_at,
        last_at=flare.ended_at,
        record_ids=(flare.first_record_id, flare.last_record_id),
        score=flare.advert_score,
    )
