"""Which numbers of a line no record of a phone holds, though it received adverts from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.contract import Edge
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
