"""What all phones hold of the wordings that handsets in question broadcast: copies, broadcasts, and numbers in use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from search.contract import Edge, Flare
from search.linkage.attribution.copies_in_time import MINUTE, Copy
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import is_number

_Copies = Mapping[str, Sequence[Copy]]
"""Of one or several wordings, by the phone that received them, in order of time."""


class _InOrder(NamedTuple):
    """Copies of a wording in order of time, each with its phone, and their seconds."""

    copies: Sequence[tuple[Copy, str]]
    seconds: Sequence[float]


class HeldOfOne(NamedTuple):
    """What all phones hold that tells of one handset in question, and no more.

    Attributes:
        edges: Its own of kind number.
        edges_of: Those of phones that state a number in question, by phone.
        sent: Device and broadcast, by template.
        sent_by_stating: Those of phones that state a number in question, by number.
        own: Numbers that it and the phones with copies state.
        of_template: Copies by template.
        in_order: The same in order of time.
        stating: Phones by the number that they state, of numbers in question and of parties.
    """

    edges: Sequence[Edge]
    edges_of: Mapping[str, Sequence[Edge]]
    sent: Mapping[str, Sequence[tuple[str, Flare]]]
    sent_by_stating: Mapping[str, Sequence[tuple[str, Flare]]]
    own: Mapping[str, Collection[str]]
    of_template: Mapping[str, _Copies]
    in_order: Mapping[str, _InOrder]
    stating: Mapping[str, Sequence[str]]

    def near(self, instants: Iterable[float], without: str) -> dict[str, list[Copy]]:
        """Return the copies that came a minute at most from one of the instants, by phone, in order.

        Args:
            instants: In seconds since 1970, in any order.
            without: The phone that sent them.
        """
        found: dict[str, list[Copy]] = defaultdict(list)
        # the ends of a list cluster where a broadcast went out: what lies about several of them is looked up once
        stretches = _stretches(instants)
        for _, (in_order, seconds) in sorted(self.in_order.items()):
            place = 0
            for begin, end in stretches:
                place = bisect_left(seconds, begin, lo=place)
                after = bisect_right(seconds, end, lo=place)
                for copy, device_id in in_order[place:after]:
                    if device_id != without:
                        found[device_id].append(copy)
                place = after
        return {device_id: sorted(copies) for device_id, copies in sorted(found.items())}


class HeldCopies:
    """What all phones hold of the wordings that the handsets in question broadcast.

    Args:
        placed: Device, flare and sender of all flares.
        asked: Broadcasts by the number that phones show, by handset in question.
        own: Numbers that each device states.
        kept: What was made before. None: nothing.
    """

    def __init__(
        self,
        placed: Iterable[tuple[str, Flare, str]],
        asked: Mapping[str, Mapping[str, Sequence[Flare]]],
        own: Mapping[str, Collection[str]],
        kept: Kept | None = None,
    ) -> None:
        kept = kept or Kept()
        template_ids = {it.template_id for numbers in asked.values() for flares in numbers.values() for it in flares}
        numbers = {number for of_device in asked.values() for number in of_device}
        received: dict[str, dict[str, list[Copy]]] = defaultdict(lambda: defaultdict(list))
        self._sent: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
        self._sent_by_stating: dict[str, list[tuple[str, Flare]]] = defaultdict(list)
        self._own = own
        for device_id, flare, _ in placed:
            if flare.direction == SENT:
                self._sent[flare.template_id].append((device_id, flare))
                for number in numbers.intersection(own[device_id]):
                    self._sent_by_stating[number].append((device_id, flare))
            elif flare.template_id in template_ids and flare.sender and is_number(flare.sender):
                copies = received[flare.template_id][device_id]
                copies.append(Copy(to_seconds(flare.started_at), flare.sender, flare.first_record_id))
                if flare.ended_at != flare.started_at:
                    copies.append(Copy(to_seconds(flare.ended_at), flare.sender, flare.last_record_id))
        # what many handsets sent is compared with what was held before once, and not for each of them
        self._of_template: dict[str, _Copies] = {
            template_id: kept.made(_sorted, template_id, dict(by_device)) for template_id, by_device in received.items()
        }
        self._in_order: dict[str, _InOrder] = {
            template_id: kept.made(_in_order, template_id, by_device)
            for template_id, by_device in self._of_template.items()
        }
        self._stating: dict[str, list[str]] = defaultdict(list)
        for device_id, stated in sorted(own.items()):
            for number in stated:
                self._stating[number].append(device_id)
        self._edges: dict[str, list[Edge]] = {device_id: [] for device_id in asked}
        """Of the handsets in question, and of the phones that state a number in question."""
        self._edges.update((device_id, []) for number in numbers for device_id in self._stating.get(number, ()))

    def add(self, device_id: str, edge: Edge) -> None:
        """Add an edge of kind number of a device."""
        if device_id in self._edges:
            self._edges[device_id].append(edge)

    def of_one(self, device_id: str, numbers: Mapping[str, Sequence[Flare]]) -> HeldOfOne:
        """Return what tells of a handset in question, when all edges were added.

        Args:
            device_id: The handset.
            numbers: Its broadcasts by the number that phones show.
        """
        template_ids = {flare.template_id for flares in numbers.values() for flare in flares}
        edges = self._edges[device_id]
        of_template = {key: self._of_template[key] for key in template_ids if key in self._of_template}
        stating = {
            number: self._stating[number]
            for number in {edge.key for edge in edges}.union(numbers)
            if number in self._stating
        }
        return HeldOfOne(
            edges=edges,
            edges_of={other: self._edges[other] for number in numbers for other in stating.get(number, ())},
            sent={key: self._sent[key] for key in template_ids},
            sent_by_stating={number: self._sent_by_stating.get(number, ()) for number in numbers},
            own={phone: self._own[phone] for phone in {device_id}.union(*of_template.values())},
            of_template=of_template,
            in_order={key: self._in_order[key] for key in of_template},
            stating=stating,
        )


def _sorted(by_device: Mapping[str, Iterable[Copy]]) -> _Copies:
    return {device_id: sorted(copies) for device_id, copies in by_device.items()}


def _in_order(by_device: _Copies) -> _InOrder:
    copies = sorted((copy, device_id) for device_id, held in by_device.items() for copy in held)
    return _InOrder(copies, [copy.second for copy, _ in copies])


def _stretches(instants: Iterable[float]) -> list[tuple[float, float]]:
    """Return first and last second of the stretches that lie a minute at most from one of the instants, in order."""
    stretches: list[tuple[float, float]] = []
    for instant in sorted(set(instants)):
        begin = instant - MINUTE
        if stretches and begin <= stretches[-1][1]:
            begin = stretches.pop()[0]
        stretches.append((begin, instant + MINUTE))
    return stretches
