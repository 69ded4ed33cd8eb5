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
from search.linkage.instants import to_seconds
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
    """

    flare_id: str
    number: str
    began: float
    ended: float
    phones: int
    is_sure: bool
    is_listed: bool = False


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

    def __init__(self) -> None:
        self.rows: list[tuple[float, float, str, str]] = []
        """First and last second, device, sender; the sender is empty where the device sent it."""
        self._longest: float | None = None

    def beside(self, begin: float, end: float) -> set[tuple[str, str]]:
        """Return device and sender of the traces that have a part in the period."""
        if self._longest is None:
            self.rows.sort()
            self._longest = max((last - first for first, last, _, _ in self.rows), default=0.0)
        place = bisect_left(self.rows, (begin - self._longest,))
        after = bisect_right(self.rows, end, lo=place, key=itemgetter(0))
        return {(device_id, sender) for _, last, device_id, sender in self.rows[place:after] if last >= begin}


def seen_elsewhere(
    device_of: Mapping[str, str],
    flares: Sequence[Flare],
    stated: Mapping[str, str],
    lists: Mapping[str, Collection[str]],
) -> SeenElsewhere:
    """Return what others that received the broadcasts of each device or SIM show of their number.

    Args:
        device_of: Device by extraction.
        flares: All flares, sent and received.
        stated: The one number that a device states, where it states one.
        lists: Numbers that a device sent adverts or bulk texts to.
    """
    sent = [flare for flare in flares if flare.direction == "sent" and flare.extraction_id in device_of]
    traces = _traces_of({flare.template_id for flare in sent}, device_of, flares)
    used = _times_of_use(flares)
    seen: dict[str, list[Shown]] = defaultdict(list)
    at_once: dict[str, Counter[str]] = defaultdict(Counter)
    for flare in sent:
        device_id = device_of[flare.extraction_id]
        began, ended = to_seconds(flare.started_at), to_seconds(flare.ended_at)
        begin, end = began - _PAD_SECONDS, ended + _PAD_SECONDS
        beside = traces[flare.template_id].beside(begin, end)
        came = {(other_id, sender) for other_id, sender in beside if other_id != device_id and sender}
        numbers = {sender for _, sender in came}
        own = stated.get(device_id)
        if own in numbers and len(numbers) > 1:
            at_once[holder_of(device_id, flare.sim)].update(numbers - {own})
        if len(numbers) != 1:
            continue
        (number,) = numbers
        if any(not sender and other_id != device_id and stated.get(other_id) == number for other_id, sender in beside):
            # that phone sent it then, to its half of the list
            continue
        first, last = used[number]
        others = [other_id for other_id, _ in came]
        listed = lists.get(device_id, ())
        known = [stated[other_id] in listed for other_id in others if other_id in stated]
        if listed and len(known) >= _PHONES_LEFT_OUT and not any(known):
            continue
        is_sure = (
            len(came) >= _PHONES_THAT_NAME
            and all(known)
            and (device_id, number) not in beside
            and all(sender or other_id == device_id for other_id, sender in beside)
            and (first < begin or last > end)
        )
        is_listed = bool(known) and all(known)
        shown = Shown(flare.flare_id, number, began, ended, len(came), is_sure, is_listed)
        seen[holder_of(device_id, flare.sim)].append(shown)
    return SeenElsewhere(seen, at_once)


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


def _traces_of(templates: Collection[str], device_of: Mapping[str, str], flares: Iterable[Flare]) -> dict[str, _Traces]:
    traces = {template_id: _Traces() for template_id in templates}
    for flare in flares:
        of_template, device_id = traces.get(flare.template_id), device_of.get(flare.extraction_id)
        if of_template is None or device_id is None:
            continue
        is_sent = flare.direction == "sent"
        if is_sent or (flare.sender and is_number(flare.sender)):
            begin = to_seconds(flare.started_at)
            end = begin if flare.ended_at == flare.started_at else to_seconds(flare.ended_at)
            of_template.rows.append((begin, end, device_id, "" if is_sent else flare.sender or ""))
    return traces
