"""What phones that received a broadcast show of the number that it came from.

A broadcast and a trace of it are told to be one by wording and minutes. Two phones of a line may send one wording at
once, and a phone may forward what it received within the minute, so that a single coincidence is doubtful. It leaves
no doubt where three phones or more show one number and none another, none of them was left out by the sending phone
as far as their numbers are known, no other phone that is held sent that wording then, nor did the sending phone
receive it from that number, and phones know the number for another broadcast too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

import msgspec

from search.contract import Flare
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import holder_of, is_number

_PAD_SECONDS = 60.0
_PHONES_THAT_NAME = 3
"""Receiving phones that must show one number before a single broadcast says which one it came from."""

_PHONES_LEFT_OUT = 2
"""Receiving phones that state their numbers, none of which is on the list of the sending phone: what they got another
phone sent, at the same minutes in the same wording. Reasoned: of one its number may be stated wrongly."""


class Shown(msgspec.Struct, frozen=True):
    """The number of a sent broadcast on the phones that received it, which show one alone.

    Attributes:
        began: In seconds since 1970, as ``ended``.
        phones: How many show it.
        is_sure: It may be taken for the sender's without another such broadcast.
        is_listed: A phone that shows it is on the list of the sending phone by the number that it states, and none that
            states its number is not.
        device_ids: The phones that show it.
    """

    flare_id: str
    number: str
    began: float
    ended: float
    phones: int
    is_sure: bool
    is_listed: bool = False
    device_ids: frozenset[str] = frozenset()


class SeenElsewhere(NamedTuple):
    """What receiving phones show of the broadcasts that devices, or SIMs of theirs, sent.

    Attributes:
        shown: Broadcasts with the one number that phones show.
        at_once: In how many broadcasts phones show another number beside the stated one: those of a second phone, which
            sent the same to another part of the list.
    """

    shown: Mapping[str, Sequence[Shown]]
    at_once: Mapping[str, Counter[str]]


class _Traces:
    """Traces of one wording, to be asked for by time."""

    def __init__(self, flares: Iterable[tuple[str, Flare]]) -> None:
        rows = []
        for device_id, flare in flares:
            is_sent = flare.direction == SENT
            if is_sent or (flare.sender and is_number(flare.sender)):
                began = to_seconds(flare.started_at)
                ended = began if flare.ended_at == flare.started_at else to_seconds(flare.ended_at)
                rows.append((began, ended, device_id, "" if is_sent else flare.sender or ""))
        self._rows = sorted(rows)
        """First and last second, device, sender; the sender is empty where the device sent it."""
        self._longest = max((last - first for first, last, _, _ in rows), default=0.0)

    def beside(self, begin: float, end: float) -> set[tuple[str, str]]:
        """Return device and sender of the traces that have a part in the period."""
        place = bisect_left(self._rows, (begin - self._longest,))
        after = bisect_right(self._rows, end, lo=place, key=itemgetter(0))
        return {(device_id, sender) for _, last, device_id, sender in self._rows[place:after] if last >= begin}


def seen_elsewhere(
    device_of: Mapping[str, str],
    flares: Sequence[Flare],
    stated: Mapping[str, str],
    lists: Mapping[str, Collection[str]],
    kept: Kept | None = None,
) -> SeenElsewhere:
    """Return what others that received the broadcasts of each device or SIM show of their number.

    Args:
        device_of: Device by extraction.
        flares: All flares, sent and received.
        stated: The one number that a device states, where it states one.
        lists: Numbers that a device sent adverts or bulk texts to.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    held: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
    sent: dict[str, set[str]] = defaultdict(set)
    for flare in flares:
        device_id = device_of.get(flare.extraction_id)
        if device_id is not None:
            held[flare.template_id].append((device_id, flare))
            if flare.direction == SENT:
                sent[flare.template_id].add(device_id)
    used = _times_of_use(flares)
    seen: dict[str, list[Shown]] = defaultdict(list)
    at_once: dict[str, Counter[str]] = defaultdict(Counter)
    for template_id, sending in sent.items():
        of_template = tuple(held[template_id])
        found = kept.made(
            _seen_of_wording,
            template_id,
            of_template,
            {device_id: stated[device_id] for device_id, _ in of_template if device_id in stated},
            {device_id: lists[device_id] for device_id in sending if device_id in lists},
            {number: used[number] for _, flare in of_template if (number := flare.sender) in used},
        )
        for holder, beside, shown in found:
            at_once[holder].update(beside)
            if shown is not None:
                seen[holder].append(shown)
    in_order = {flare.flare_id: place for place, flare in enumerate(flares)}
    return SeenElsewhere(
        {holder: sorted(shown, key=lambda each: in_order[each.flare_id]) for holder, shown in seen.items()}, at_once
    )


def _seen_of_wording(
    flares: Sequence[tuple[str, Flare]],
    stated: Mapping[str, str],
    lists: Mapping[str, Collection[str]],
    used: Mapping[str, tuple[float, float]],
) -> list[tuple[str, frozenset[str], Shown | None]]:
    """Return what phones show of the broadcasts of one wording, by device or SIM.

    Args:
        flares: Those of the wording, with their devices.
        stated: The one number that each of these devices states, where it states one.
        lists: Numbers that a sending device sent adverts or bulk texts to.
        used: When broadcasts came from each number.

    Returns:
        For each sent one the device or SIM, the numbers that phones show beside the stated one, and what they show if
        that is one number alone.
    """
    traces = _Traces(flares)
    return [
        (
            holder_of(device_id, flare.sim),
            *_seen_of_flare(flare, device_id, traces, stated, lists.get(device_id, ()), used),
        )
        for device_id, flare in flares
        if flare.direction == SENT
    ]


def _seen_of_flare(
    flare: Flare,
    device_id: str,
    traces: _Traces,
    stated: Mapping[str, str],
    listed: Collection[str],
    used: Mapping[str, tuple[float, float]],
) -> tuple[frozenset[str], Shown | None]:
    began, ended = to_seconds(flare.started_at), to_seconds(flare.ended_at)
    begin, end = began - _PAD_SECONDS, ended + _PAD_SECONDS
    beside = traces.beside(begin, end)
    came = {(other_id, sender) for other_id, sender in beside if other_id != device_id and sender}
    numbers = frozenset(sender for _, sender in came)
    own = stated.get(device_id)
    at_once = numbers - {own} if own in numbers and len(numbers) > 1 else frozenset()
    if len(numbers) != 1:
        return at_once, None
    (number,) = numbers
    if any(not sender and other_id != device_id and stated.get(other_id) == number for other_id, sender in beside):
        # that phone sent it then, to its half of the list
        return at_once, None
    known = [stated[other_id] in listed for other_id, _ in came if other_id in stated]
    # of a phone that states another number the word of one that is not on its list is no match for its own
    least = 1 if own is not None and own != number else _PHONES_LEFT_OUT
    if listed and len(known) >= least and not any(known):
        return at_once, None
    first, last = used[number]
    is_sure = (
        len(came) >= _PHONES_THAT_NAME
        and all(known)
        and (device_id, number) not in beside
        and all(sender or other_id == device_id for other_id, sender in beside)
        and (first < begin or last > end)
    )
    is_listed = bool(known) and all(known)
    held = frozenset(other_id for other_id, _ in came)
    return at_once, Shown(flare.flare_id, number, began, ended, len(came), is_sure, is_listed, held)


def _times_of_use(flares: Iterable[Flare]) -> dict[str, tuple[float, float]]:
    """Return the first start and the last end of the broadcasts that phones received, by sender."""
    times: dict[str, tuple[float, float]] = {}
    for flare in flares:
        if flare.direction == "received" and flare.sender:
            first, last = to_seconds(flare.started_at), to_seconds(flare.ended_at)
            held = times.get(flare.sender)
            if held is None or first < held[0] or last > held[1]:
                times[flare.sender] = (first, last) if held is None else (min(held[0], first), max(held[1], last))
    return times
