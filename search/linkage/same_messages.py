"""Two devices with the same first messages: one phone under two labels, a copy of it, or one set up from the other.

Two phones do not begin to write to, or ring, the same people in the same seconds. What came in says nothing: a
broadcast, a group or a firm reaches several phones at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.keys import Role

LEAST_NUMBERS: Final = 3
"""Numbers to which both begin at one instant. Reasoned: one or two may be chance where times are full minutes."""
_OWN_DOING: Final = frozenset({Role.SENT, Role.CALLED})
_DEVICES_AT_MOST: Final = 8
"""Devices on which one and the same first text went out; more are no copies of one phone but a fault of a source."""


class SameMessages(msgspec.Struct, frozen=True, kw_only=True):
    """What a device has in common with another one.

    Attributes:
        number_count: Numbers to which the first text or call went out from both at one instant.
        record_ids: Of each the first such record on this device, and on the other one; three numbers at most.
    """

    device_id: str
    number_count: int
    record_ids: tuple[str, ...]


def same_messages(
    edges: Mapping[str, Iterable[Edge]], device_of: Mapping[str, str]
) -> dict[str, tuple[SameMessages, ...]]:
    """Return by device id the others whose first messages are the same as its, by their ids.

    Args:
        edges: Edges of kind number of what stands on several extractions, by number.
        device_of: Device by extraction.
    """
    shared: dict[tuple[str, str], dict[tuple[str, str], tuple[str, str]]] = defaultdict(dict)
    for number in sorted(edges):
        began: dict[str, dict[str, str]] = defaultdict(dict)
        for edge in edges[number]:
            device_id = device_of.get(edge.extraction_id)
            if device_id and edge.role in _OWN_DOING and edge.first_at and edge.record_ids:
                began[edge.first_at].setdefault(device_id, edge.record_ids[0])
        for at, held in began.items():
            if len(held) <= _DEVICES_AT_MOST:
                for one, other in combinations(sorted(held), 2):
                    shared[one, other].setdefault((number, at), (held[one], held[other]))
    found: dict[str, list[SameMessages]] = defaultdict(list)
    for (one, other), pairs in sorted(shared.items()):
        numbers, instants = {number for number, _ in pairs}, {at for _, at in pairs}
        if min(len(numbers), len(instants)) >= LEAST_NUMBERS:
            first = sorted(pairs.items(), key=lambda item: item[0][::-1])[:LEAST_NUMBERS]
            for place, (key, value) in enumerate(((one, other), (other, one))):
                records = tuple(record for _, pair in first for record in (pair[::-1] if place else pair))
                found[key].append(SameMessages(device_id=value, number_count=len(numbers), record_ids=records))
    return {device_id: tuple(held) for device_id, held in found.items()}


def same_messages_words(one: str, other: str, held: SameMessages) -> str:
    """Return what two devices have in common, and what that may mean; both by their names."""
    return (
        f"The first messages of {one} and {other} are the same: the first texts or calls to {held.number_count} "
        f"numbers went out from both in the same seconds ({' and '.join(held.record_ids[:2])}, for one); later ones "
        "were not compared. They may be one phone under two labels, a copy of it, or a phone set up from the other's "
        "backup. What both hold counts for two phones; where they are one, trapline amend corrects it."
    )
