"""Whom phones write and talk with that state a number of adverts, and who has to do with that number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from search.contract import Edge
from search.linkage.keys import TRAFFIC_ROLES, Role


class Talk(msgspec.Struct, frozen=True):
    """Texts or calls of a device with one party. ``party`` is a device where one alone has the number.

    ``order_score`` is the highest of the texts that came in; 0 of what went out. ``count``: how many texts or calls.
    ``is_made``: calls that the device made, answered or not; of those that came to it nothing says who took them.
    """

    party: str
    is_sent: bool
    first_at: str
    last_at: str
    order_score: float = 0.0
    is_call: bool = False
    is_made: bool = False
    count: int = 1


def own_talk(
    stating: Iterable[Edge], device_of: Mapping[str, str], own_device: Mapping[str, str]
) -> dict[str, tuple[Talk, ...]]:
    """Return the dated texts and calls of each device."""
    found: dict[str, list[Talk]] = defaultdict(list)
    for edge in stating:
        talk = _talk(edge, own_device.get(edge.key, edge.key))
        if talk is not None:
            found[device_of[edge.extraction_id]].append(talk)
    return {device_id: tuple(held) for device_id, held in found.items()}


def talk_with(of_stated: Iterable[Edge], device_of: Mapping[str, str]) -> dict[str, tuple[Talk, ...]]:
    """Return the dated texts and calls with each number; ``party`` is the device that shows them."""
    found: dict[str, list[Talk]] = defaultdict(list)
    for edge in of_stated:
        talk = _talk(edge, device_of[edge.extraction_id]) if edge.extraction_id in device_of else None
        if talk is not None:
            found[edge.key].append(talk)
    return {number: tuple(held) for number, held in found.items()}


def _talk(edge: Edge, party: str) -> Talk | None:
    if edge.role not in TRAFFIC_ROLES or edge.first_at is None or edge.last_at is None:
        return None
    score = edge.score if edge.role == Role.RECEIVED else 0.0
    is_call = edge.role not in {Role.SENT, Role.RECEIVED}
    return Talk(
        party, edge.role == Role.SENT, edge.first_at, edge.last_at, score, is_call, edge.role == Role.CALLED, edge.count
    )
