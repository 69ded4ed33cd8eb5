"""The number that a handset broadcast from before the one that its owner states, where phones show that by names alone.

A chat names its other party by the number, or by the name under which this is saved. Phones that have what a handset
broadcast under a name first, and then in another chat from the number that the handset states, show that it changed
its number in between: the two chats are with two numbers. Which one it had before, a phone tells that was in touch with
it then and still is: texts from one to the other are kept on both, up to the change with the one number and from then
on with the other. A handset may hold a second SIM for its owner's family: that one is never followed by the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final

from search.contract import Edge, Flare
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.attribution.own_numbers import SAME_TRAFFIC, OwnNumbers, Use, same_instant
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.instants import DAY_SECONDS, to_seconds
from search.linkage.keys import Role, is_number, is_stand_in

_PAD_SECONDS: Final = 60.0
_PHONES: Final = 2
_DAYS: Final = 2
"""Phones that show the handset in two chats one after the other, and days of broadcasts in each. Reasoned."""
_ENDS: Final = 2
"""Ends of traffic before the change that must agree on both sides, and for no other number any."""


def changes_of_chat(
    own: OwnNumbers, flares: Sequence[Flare], device_of: Mapping[str, str], formats: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Return between which seconds since 1970 handsets changed their number to the stated one, by device.

    Args:
        own: Numbers that devices sent from. Asked are those that had one alone.
        flares: All flares.
        device_of: Device by extraction.
        formats: Format of each extraction: what two of them call one party by is compared within one.
    """
    sent: dict[str, list[Flare]] = defaultdict(list)
    known = own.known()
    held = [flare for flare in flares if flare.sender is not None and flare.extraction_id in device_of]
    for flare in held:
        device_id = device_of[flare.extraction_id]
        if flare.direction == SENT and flare.sender == known.get(device_id) and not own.has_changed(device_id):
            sent[device_id].append(flare)
    # copies of what handsets in question sent alone are looked at
    received: dict[str, list[tuple[float, Flare]]] = {
        flare.template_id: [] for broadcasts in sent.values() for flare in broadcasts
    }
    for flare in held:
        if flare.direction == RECEIVED and flare.template_id in received:
            received[flare.template_id].append((to_seconds(flare.started_at), flare))
    for copies in received.values():
        copies.sort(key=_second)
    found = {
        device_id: _change(device_id, known[device_id], broadcasts, received, device_of, formats)
        for device_id, broadcasts in sorted(sent.items())
    }
    return {device_id: change for device_id, change in found.items() if change is not None}


def _change(
    device_id: str,
    number: str,
    broadcasts: Iterable[Flare],
    received: Mapping[str, Sequence[tuple[float, Flare]]],
    device_of: Mapping[str, str],
    formats: Mapping[str, str],
) -> tuple[float, float] | None:
    """Return between which seconds phones begin to show a handset by its number that had it under one name before."""
    shown: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for flare in broadcasts:
        copies = received.get(flare.template_id, ())
        begin, end = to_seconds(flare.started_at) - _PAD_SECONDS, to_seconds(flare.ended_at) + _PAD_SECONDS
        first = bisect_left(copies, begin, key=_second)
        for second, copy in copies[first : bisect_right(copies, end, lo=first, key=_second)]:
            other_id = device_of.get(copy.extraction_id, "")
            if other_id != device_id and copy.sender is not None:
                shown[other_id, formats.get(copy.extraction_id, "")][copy.sender].append(second)
    earliest, latest, phones = 0.0, float("inf"), set()
    for (other_id, _), by_sender in shown.items():
        by_number = by_sender.get(number, [])
        if by_number:
            latest = min(latest, *by_number)
        names = [name for name in by_sender if name != number]
        if len(names) == 1 and not is_number(names[0]) and not is_stand_in(names[0]):
            by_name = by_sender[names[0]]
            if _days(by_name) >= _DAYS and _days(by_number) >= _DAYS:
                phones.add(other_id)
                earliest = max(earliest, *by_name)
        elif any(map(is_number, names)):
            return None  # a second phone of the line, or a change that numbers show
    return (earliest, latest) if len(phones) >= _PHONES and earliest < latest else None


def _second(copy: tuple[float, Flare]) -> float:
    return copy[0]


def _days(seconds: Iterable[float]) -> int:
    return len({second // DAY_SECONDS for second in seconds})


async def with_numbers_before(
    own: OwnNumbers,
    flares: Sequence[Flare],
    devices: Mapping[str, DeviceFacts],
    read: Callable[[Iterable[str]], Awaitable[list[Edge]]],
) -> OwnNumbers:
    """Return the numbers of devices with those that some had before, which phones show by names alone.

    Args:
        own: Numbers that devices sent from.
        flares: All flares.
        devices: All devices.
        read: Returns the edges of kind number of extractions.
    """
    entries = {entry.extraction_id: entry for facts in devices.values() for entry in facts.entries}
    device_of = {
        key: facts.device_id for facts in devices.values() for key in (it.extraction_id for it in facts.entries)
    }
    changes = changes_of_chat(own, flares, device_of, {key: entry.format for key, entry in entries.items()})
    if not changes:
        return own
    known = own.known()
    device_with = {number: device_id for device_id, number in known.items()}
    of_changed = await read(key for key, device_id in device_of.items() if device_id in changes)
    partners = {device_with[edge.key] for edge in of_changed if edge.key in device_with}
    of_partners = await read(key for key, device_id in device_of.items() if device_id in partners)
    edges_of: dict[str, list[Edge]] = defaultdict(list)
    for edge in of_changed:
        edges_of[device_of[edge.extraction_id]].append(edge)
    others: dict[str, list[Edge]] = defaultdict(list)
    for edge in of_partners:
        others[known[device_of[edge.extraction_id]]].append(edge)
    found = {
        device_id: (Use(number, sum(change) / 2), Use(known[device_id], None))
        for device_id, change in changes.items()
        if (number := number_before(edges_of[device_id], others, known[device_id], change)) is not None
        and not any(flare.sender == number and to_seconds(flare.ended_at) > change[1] for flare in flares)
    }
    return own.with_uses(found)


def number_before(
    mine: Iterable[Edge], others: Mapping[str, Sequence[Edge]], stated: str, change: tuple[float, float]
) -> str | None:
    """Return the one number that a device had before another one, as traffic with other devices shows.

    Args:
        mine: Edges of kind number of the device.
        others: The same of other devices, by their own number.
        stated: The number that it had afterwards.
        change: Between which seconds since 1970 it changed.
    """
    ended, begun = change
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: Counter[str] = Counter()
    for edge in mine:
        for its in others.get(edge.key, ()):
            if not is_number(its.key) or (edge.role, its.role) not in SAME_TRAFFIC:
                continue
            ends = [
                to_seconds(one or "")
                for one, other in ((edge.first_at, its.first_at), (edge.last_at, its.last_at))
                if same_instant(one, other)
            ]
            if its.key == stated:
                if any(second < ended for second in ends):
                    return None  # it had both at once
                after[edge.key] += len(ends)
            elif early := sum(second < begun for second in ends):
                before[its.key][edge.key] += early
    if len(before) != 1:
        return None
    (number, partners), *_ = before.items()
    is_followed = any(after[partner] for partner in partners)
    is_enough = partners.total() >= _ENDS and is_followed
    return number if is_enough and not _is_used_after(number, others, begun) else None


def _is_used_after(number: str, others: Mapping[str, Sequence[Edge]], begun: float) -> bool:
    """Whether a phone is still in touch with a number, or does not say when it was."""
    return any(
        edge.last_at is None or to_seconds(edge.last_at) >= begun
        for edges in others.values()
        for edge in edges
        if edge.key == number and edge.role != Role.SAVED
    )
