"""The evidence that linkage works on: edges with the device they are of, and what is known of each device.

Made once from the catalogue and the edges; senders without a known number get one here where the evidence names it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from parsers.device_ids import iccid_key, imsi_key
from parsers.phone_numbers import number_key, to_e164
from search.contract import Edge, ExtractionEntry, Flare
from search.linkage.instants import earliest, latest, periods_touch
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, UNKNOWN_NUMBER, AnnouncedFrom, fold_name, is_number

_SAME_FLARE_DAYS = 60 / 86_400
_FLARES_THAT_NAME = 2
"""Broadcasts that must coincide before an unknown sender takes the number seen on receiving phones."""


class Evidenced(msgspec.Struct, frozen=True):
    """An edge and the device that it is of. ``sender`` is the key with stand-ins resolved."""

    edge: Edge
    device_id: str
    sender: str


class DeviceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue and the edges say of one device. ``label`` is how sentences name it."""

    device_id: str
    label: str
    own_numbers: frozenset[str]
    sims: frozenset[str]
    first_at: str | None
    last_at: str | None
    entries: tuple[ExtractionEntry, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that lines are made from.

    Attributes:
        customers: Edges from advert senders to their recipients, by (device, sender).
        numbers: Edges of kind number, by number key.
        mentions: Edges of kind mentioned, by number key.
        nicknames: Edges of kind nickname, with senders resolved.
        own_device: Device by own number, where one device alone has it.
    """

    devices: Mapping[str, DeviceFacts]
    adverts: tuple[Evidenced, ...]
    announcements: tuple[Evidenced, ...]
    nicknames: tuple[Evidenced, ...]
    customers: Mapping[tuple[str, str], frozenset[str]]
    flares: tuple[tuple[str, Flare, str], ...]
    """Device, flare and sender key with stand-ins resolved."""
    own_device: Mapping[str, str]

    def label(self, device_id: str) -> str:
        """Return how sentences name the device."""
        return self.devices[device_id].label


def own_numbers_of(entry: ExtractionEntry) -> frozenset[str]:
    """Return the keys of the numbers that an extraction states for itself."""
    keys = (number_key(raw, to_e164(raw)) for raw in entry.msisdn)
    return frozenset(key for key in keys if key is not None)


def sims_of(entry: ExtractionEntry) -> frozenset[str]:
    """Return the keys of the SIMs of an extraction: ICCID keys, and ``imsi:`` and the IMSI."""
    iccids = (iccid_key(raw) for raw in entry.iccid)
    imsis = (imsi_key(raw) for raw in entry.imsi)
    return frozenset([key for key in iccids if key is not None] + [f"imsi:{key}" for key in imsis if key is not None])


def device_facts(entries: Sequence[ExtractionEntry], own_edges: Iterable[Edge]) -> dict[str, DeviceFacts]:
    """Return what is known of each device, by device id."""
    own: dict[str, set[str]] = defaultdict(set)
    device_of = {entry.extraction_id: entry.device_id for entry in entries}
    for edge in own_edges:
        if edge.extraction_id in device_of and edge.role != "account":
            own[device_of[edge.extraction_id]].add(edge.key)
    grouped: dict[str, list[ExtractionEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.extraction_id):
        grouped[entry.device_id].append(entry)
        own[entry.device_id] |= own_numbers_of(entry)
    return {
        device_id: DeviceFacts(
            device_id=device_id,
            label=_label(device_id, members),
            own_numbers=frozenset(own[device_id]),
            sims=frozenset().union(*map(sims_of, members)),
            first_at=earliest(entry.first_message_at for entry in members),
            last_at=latest(entry.last_message_at for entry in members),
            entries=tuple(members),
        )
        for device_id, members in sorted(grouped.items())
    }


def _label(device_id: str, entries: Sequence[ExtractionEntry]) -> str:
    exhibits = sorted({(entry.exhibit_ref, entry.case_ref or "") for entry in entries if entry.exhibit_ref})
    if not exhibits:
        return f"device {device_id}"
    exhibit, case = exhibits[0]
    return f"{exhibit} (case {case})" if case else f"{exhibit}"


def gather(
    devices: Mapping[str, DeviceFacts],
    *,
    adverts: Sequence[Edge],
    announcements: Sequence[Edge],
    nicknames: Sequence[Edge],
    customers: Iterable[Edge],
    flares: Sequence[Flare],
) -> Evidence:
    """Put the edges together with their devices and resolve senders whose number is not stated."""
    device_of = {entry.extraction_id: facts.device_id for facts in devices.values() for entry in facts.entries}
    resolver = _SenderResolver(devices, device_of, flares)
    holders: dict[str, set[str]] = defaultdict(set)
    for facts in devices.values():
        for number in facts.own_numbers:
            holders[number].add(facts.device_id)
    own_device = {number: next(iter(held)) for number, held in holders.items() if len(held) == 1}
    reached: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in customers:
        if edge.extraction_id in device_of and edge.role == "sent_advert":
            sender = resolver.resolve(edge.other, edge.extraction_id)
            reached[device_of[edge.extraction_id], sender].add(own_device.get(edge.key, edge.key))
    placed = [flare for flare in flares if flare.extraction_id in device_of]
    return Evidence(
        devices=devices,
        adverts=resolver.evidenced(adverts, by_other=False),
        announcements=tuple(
            Evidenced(edge, device_of[edge.extraction_id], resolver.resolve(key, edge.extraction_id))
            for edge in announcements
            if edge.extraction_id in device_of
            for key in (edge.key if AnnouncedFrom(edge.role).is_from_old else edge.other,)
        ),
        nicknames=resolver.evidenced(nicknames, by_other=True),
        customers={key: frozenset(found) for key, found in reached.items()},
        flares=tuple((device_of[flare.extraction_id], flare, resolver.flare_sender(flare)) for flare in placed),
        own_device=own_device,
    )


def named_sender(device_id: str, name: str) -> str:
    """Return the key of a sender that a device shows by a saved name alone, or (empty name) withholds."""
    return f"{NAME_PREFIX}{device_id}:{fold_name(name)}"


class _SenderResolver:
    """Gives each sender key its number where the evidence names it, else one that is good on its device alone."""

    def __init__(
        self, devices: Mapping[str, DeviceFacts], device_of: Mapping[str, str], flares: Sequence[Flare]
    ) -> None:
        self._device_of = device_of
        self._own: dict[str, str] = {}
        for device_id, facts in devices.items():
            numbers = [number for number in facts.own_numbers if is_number(number)]
            if len(numbers) == 1:
                self._own[device_id] = numbers[0]
        self._own |= _numbers_from_flares(device_of, flares, self._own)

    def resolve(self, key: str, extraction_id: str) -> str:
        device_id = self._device_of[extraction_id]
        if key.startswith(OWN_PREFIX):
            return self._own.get(device_id, OWN_PREFIX + device_id)
        if key.startswith(NAME_PREFIX):
            return named_sender(device_id, key.split(":", 2)[2])
        return named_sender(device_id, "") if key == UNKNOWN_NUMBER else key

    def flare_sender(self, flare: Flare) -> str:
        if flare.sender is None:
            key = OWN_PREFIX if flare.direction == "sent" else UNKNOWN_NUMBER
            return self.resolve(key, flare.extraction_id)
        return flare.sender

    def evidenced(self, edges: Iterable[Edge], *, by_other: bool) -> tuple[Evidenced, ...]:
        return tuple(
            Evidenced(edge, self._device_of[edge.extraction_id], self.resolve(key, edge.extraction_id) if key else "")
            for edge in edges
            if edge.extraction_id in self._device_of
            for key in (edge.other if by_other else edge.key,)
        )


def _numbers_from_flares(
    device_of: Mapping[str, str], flares: Sequence[Flare], known: Mapping[str, str]
) -> dict[str, str]:
    """Name the number of handsets that do not state their own, from broadcasts that other phones received.

    The same wording at the same minutes, twice or more, from one number alone: that number was the handset's.
    """
    received: dict[str, list[Flare]] = defaultdict(list)
    for flare in flares:
        if flare.direction == "received" and flare.has_advert and flare.sender and is_number(flare.sender):
            received[flare.template_id].append(flare)
    coinciding: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for flare in flares:
        device_id = device_of.get(flare.extraction_id)
        if device_id is None or device_id in known or flare.direction != "sent" or flare.sender is not None:
            continue
        period = (flare.started_at, flare.ended_at)
        for trace in received.get(flare.template_id, ()):
            is_elsewhere = device_of.get(trace.extraction_id) not in {None, device_id}
            seen = (trace.started_at, trace.ended_at)
            if trace.sender is not None and is_elsewhere and periods_touch(period, seen, _SAME_FLARE_DAYS):
                coinciding[device_id][trace.sender].add(flare.flare_id)
    return {
        device_id: next(iter(numbers))
        for device_id, numbers in coinciding.items()
        if len(numbers) == 1 and len(next(iter(numbers.values()))) >= _FLARES_THAT_NAME
    }
