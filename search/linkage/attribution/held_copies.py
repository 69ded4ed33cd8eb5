"""What all phones hold of the wordings that handsets in question broadcast: copies, broadcasts, and numbers in use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from search.contract import Edge, Flare
from search.linkage.attribution.copies_in_time import MINUTE, Copy
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import to_seconds
from search.linkage.keys import is_number

_Copies = Mapping[str, Sequence[Copy]]
"""Of one or several wordings, by the phone that received them, in order of time."""


class HeldCopies:
    """What all phones hold of the wordings that the handsets in question broadcast.

    Args:
        placed: Device, flare and sender of all flares.
        asked: Broadcasts by the number that phones show, by handset in question.
        own: Numbers that each device states.

    Attributes:
        sent: Device and broadcast, by template.
        sent_by_stating: Those of phones that state a number in question, by number.
        own: As given.
        of_template: Copies by template.
        stating: Phones by the number that they state.
    """

    def __init__(
        self,
        placed: Iterable[tuple[str, Flare, str]],
        asked: Mapping[str, Mapping[str, Sequence[Flare]]],
        own: Mapping[str, Collection[str]],
    ) -> None:
        template_ids = {it.template_id for numbers in asked.values() for flares in numbers.values() for it in flares}
        numbers = {number for of_device in asked.values() for number in of_device}
        received: dict[str, dict[str, list[Copy]]] = defaultdict(lambda: defaultdict(list))
        self.sent: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
        self.sent_by_stating: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
        self.own = own
        for device_id, flare, _ in placed:
            if flare.direction == SENT:
                self.sent[flare.template_id].append((device_id, flare))
                for number in numbers.intersection(own[device_id]):
                    self.sent_by_stating[number].append((device_id, flare))
            elif flare.template_id in template_ids and flare.sender and is_number(flare.sender):
                copies = received[flare.template_id][device_id]
                copies.append(Copy(to_seconds(flare.started_at), flare.sender, flare.first_record_id))
                if flare.ended_at != flare.started_at:
                    copies.append(Copy(to_seconds(flare.ended_at), flare.sender, flare.last_record_id))
        self.of_template: Mapping[str, _Copies] = {
            template_id: {device_id: sorted(copies) for device_id, copies in by_device.items()}
            for template_id, by_device in received.items()
        }
        self._in_order: dict[str, list[tuple[Copy, str]]] = {
            template_id: sorted((copy, device_id) for device_id, copies in by_device.items() for copy in copies)
            for template_id, by_device in received.items()
        }
        self._seconds = {
            template_id: [copy.second for copy, _ in in_order] for template_id, in_order in self._in_order.items()
        }
        self.stating: dict[str, list[str]] = defaultdict(list)
        for device_id, stated in sorted(own.items()):
            for number in stated:
                self.stating[number].append(device_id)
        self.edges: dict[str, list[Edge]] = {device_id: [] for device_id in asked}
        """Of the handsets in question, and of the phones that state a number in question."""
        self.edges.update((device_id, []) for number in numbers for device_id in self.stating.get(number, ()))

    def add(self, device_id: str, edge: Edge) -> None:
        """Add an edge of kind number of a device."""
        if device_id in self.edges:
            self.edges[device_id].append(edge)

    def near(self, template_ids: Iterable[str], instants: Iterable[float], without: str) -> dict[str, list[Copy]]:
        """Return the copies of wordings that came a minute at most from one of the instants, by phone, in order.

        Args:
            template_ids: The wordings.
            instants: In seconds since 1970, in any order.
            without: The phone that sent them.
        """
        found: dict[str, list[Copy]] = defaultdict(list)
        # the ends of a list cluster where a broadcast went out: what lies about several of them is looked up once
        stretches = _stretches(instants)
        for template_id in sorted(template_ids):
            in_order, seconds, place = self._in_order.get(template_id, ()), self._seconds.get(template_id, ()), 0
            for begin, end in stretches if in_order else ():
                place = bisect_left(seconds, begin, lo=place)
                after = bisect_right(seconds, end, lo=place)
                for copy, device_id in in_order[place:after]:
                    if device_id != without:
                        found[device_id].append(copy)
                place = after
        return {device_id: sorted(copies) for device_id, copies in sorted(found.items())}


def _stretches(instants: Iterable[float]) -> list[tuple[float, float]]:
    """Return first and last second of the stretches that lie a minute at most from one of the instants, in order."""
    stretches: list[tuple[float, float]] = []
    for instant in sorted(set(instants)):
        begin = instant - MINUTE
        if stretches and begin <= stretches[-1][1]:
            begin = stretches.pop()[0]
        stretches.append((begin, instant + MINUTE))
    return stretches
