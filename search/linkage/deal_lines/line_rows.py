"""The rows of a line: what each device has to do with it, as it is stated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from search.contract import Edge
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.model import LineDevice, Relation


def line_device(
    row: tuple[str, Relation],
    edges: Sequence[Edge],
    numbers: Collection[str],
    recovered: int,
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
) -> LineDevice:
    """Return one relation of one device to a line.

    Args:
        row: The device and the relation.
        edges: What it rests on.
        numbers: Numbers of the line through which it is.
        recovered: How many of its adverts the analysis took for none.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
    """
    device_id, relation = row
    count = sum(edge.count for edge in edges)
    is_received = relation is Relation.RECEIVED_ADVERTS
    return LineDevice(
        device_id=device_id,
        relation=relation,
        advert_count=count if is_received or relation is Relation.SENT_ADVERTS else 0,
        traffic_count=count,
        recovered_count=recovered,
        numbers=tuple(sorted(numbers)),
        inferred_numbers=tuple(_inferred(device_id, edges, numbers, traffic, device_of)) if is_received else (),
        record_ids=merged_record_ids(edges),
    )


def _inferred(
    device_id: str,
    edges: Iterable[Edge],
    numbers: Iterable[str],
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
) -> Iterator[str]:
    """Yield the numbers that no record of the device holds, in order."""
    shown = {edge.key for edge in edges}
    for number in sorted(numbers):
        held = (device_of.get(edge.extraction_id) for edge in traffic.get(number, ()))
        if number not in shown and device_id not in held:
            yield number
