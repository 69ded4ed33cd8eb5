"""Phones whose clock was wrong and that hold no broadcast by which it shows: what they said to other phones held.

A runner's phone got no advert, and a clock that was never set dates its talk with the line years before the line is
seen. Where the other phone of a talk is held too, both hold its first and its last text. One shift then brings those of
several talks onto one another, to the minute. Two phones do not tell which of them is wrong, so that two others must
agree, or one that the copies of broadcasts show to be right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

import msgspec

from search.contract import Edge
from search.linkage.attribution.clocks import LEAST_BROADCASTS, LEAST_PHONES, LEAST_SHIFT_SECONDS, Clocks, WrongClock
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.instants import earliest, latest, to_seconds
from search.linkage.keys import Role, is_number

_PAD_SECONDS: Final = 150.0
"""How far two shifts may lie apart that are one: how long a text may take, and how far right clocks may be out."""
_LEAST_ENDS: Final = 4
"""First and last texts that one shift must bring onto one another: two talks one way, or one both ways. By chance two
of years of talk do not lie so close. Reasoned."""
_FITTING_SHARE: Final = 0.6
"""Of all that are compared: where one phone was seized before the other, its last text is not the other's last."""

_TOLD_BY: Final = {
    Role.SENT: Role.RECEIVED,
    Role.RECEIVED: Role.SENT,
    Role.CALLED: Role.CALLED_BY,
    Role.CALLED_BY: Role.CALLED,
}
"""What the other phone of a talk has it as."""


class _End(NamedTuple):
    """The first or last text of a talk: by how much the phone held is behind the other one, in seconds."""

    seconds: float
    partner: str
    extraction_id: str


def talkers(devices: Mapping[str, DeviceFacts], broadcasts: Mapping[str, int]) -> dict[str, DeviceFacts]:
    """Return the devices whose clock broadcasts do not show to be right or wrong, by device id.

    Args:
        devices: All devices.
        broadcasts: How many broadcasts each extraction holds.
    """
    return {
        device_id: facts
        for device_id, facts in devices.items()
        if sum(broadcasts.get(entry.extraction_id, 0) for entry in facts.entries) < LEAST_BROADCASTS
        and any(map(is_number, facts.own_numbers))
    }


def with_clocks_of_talk(
    clocks: Clocks,
    devices: Mapping[str, DeviceFacts],
    doubtful: Mapping[str, DeviceFacts],
    edges: Iterable[Edge],
) -> Clocks:
    """Return the clocks with those that talk with other phones held shows to be wrong.

    Args:
        clocks: Those that broadcasts show to be wrong.
        devices: All devices.
        doubtful: Those that may be wrong (``talkers``).
        edges: Edges of kind number whose key is an own number of a device, of the doubtful ones and with these.
    """
    device_of = {entry.extraction_id: facts.device_id for facts in devices.values() for entry in facts.entries}
    owners: dict[str, set[str]] = defaultdict(set)
    for facts in devices.values():
        for number in facts.own_numbers:
            owners[number].add(facts.device_id)
    owner = {number: next(iter(held)) for number, held in owners.items() if len(held) == 1}
    talks: dict[tuple[str, str], dict[tuple[str, str], list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in edges:
        device_id, partner = device_of.get(edge.extraction_id), owner.get(edge.key)
        if device_id is not None and partner is not None and device_id != partner and edge.role in _TOLD_BY:
            talks[device_id, partner][edge.extraction_id, edge.role].append(edge)
    ends: dict[str, list[_End]] = defaultdict(list)
    for (device_id, partner), held in sorted(talks.items()):
        if device_id in doubtful and not clocks.of_device(partner):
            ends[device_id] += _ends(held, talks.get((partner, device_id), {}), partner)
    found = {}
    for device_id, compared in sorted(ends.items()):
        if not clocks.of_device(device_id):
            found.update(_wrong(device_id, compared, doubtful))
    if not found:
        return clocks
    numbers = {key: devices[device_of[key]].own_numbers for key in found}
    return msgspec.structs.replace(
        clocks, received={**clocks.received, **found}, own_numbers={**clocks.own_numbers, **numbers}
    )


def _ends(
    own: Mapping[tuple[str, str], Sequence[Edge]], others: Mapping[tuple[str, str], Sequence[Edge]], partner: str
) -> Iterator[_End]:
    """Yield the ends of what two phones told each other, as the one dates them beside the other."""
    theirs: dict[str, list[Edge]] = defaultdict(list)
    for (_, role), edges in others.items():
        theirs[role] += edges
    for (extraction_id, role), edges in sorted(own.items()):
        told = theirs.get(_TOLD_BY[Role(role)], [])
        for end in _periods(edges, told):
            yield _End(end, partner, extraction_id)


def _periods(edges: Sequence[Edge], told: Sequence[Edge]) -> Iterator[float]:
    """Yield by how much first and last text lie apart; a talk of one text has one end."""
    pairs = {
        (earliest(edge.first_at for edge in edges), earliest(edge.first_at for edge in told)),
        (latest(edge.last_at for edge in edges), latest(edge.last_at for edge in told)),
    }
    yield from (to_seconds(there) - to_seconds(here) for here, there in pairs if here is not None and there is not None)


def _wrong(device_id: str, ends: Sequence[_End], doubtful: Collection[str]) -> dict[str, WrongClock]:
    """Return the wrong clock by extraction, where one shift fits and the clock is right with nobody."""
    if any(abs(end.seconds) <= _PAD_SECONDS for end in ends):
        return {}
    fitting = _most_together(ends)
    partners = {end.partner for end in fitting}
    is_sure = len(partners) >= LEAST_PHONES or not partners <= set(doubtful)
    if len(fitting) < max(_LEAST_ENDS, _FITTING_SHARE * len(ends)) or not is_sure:
        return {}
    shift = median(end.seconds for end in fitting)
    if abs(shift) <= LEAST_SHIFT_SECONDS:
        return {}
    clock = WrongClock(
        device_id=device_id,
        seconds=round(shift),
        fitting=len(fitting),
        compared=len(ends),
        phones=len(partners),
        is_of_received=True,
        is_of_talk=True,
    )
    return {end.extraction_id: clock for end in fitting}


def _most_together(ends: Sequence[_End]) -> list[_End]:
    """Return the most ends that lie within the pad of one of them."""
    near = ([end for end in ends if abs(end.seconds - middle.seconds) <= _PAD_SECONDS] for middle in ends)
    return max(near, key=len, default=[])
