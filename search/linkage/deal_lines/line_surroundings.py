"""What concerns one line, of all that is held: all that its rows are made from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import DeviceFacts, Evidence, extractions_of
from search.linkage.attribution.proven_numbers import ProvenNumber
from search.linkage.attribution.senders import Resent
from search.linkage.deal_lines.private_texts import PrivateTexts, private_texts
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.linkage.joining.groups import LineGroup, lines_by_number
from search.linkage.keys import Role
from search.linkage.model import PlacedFlare

_Period = tuple[str | None, str | None]


class NumberEdges(msgspec.Struct, frozen=True):
    """Edges of the lines' numbers, by number: traffic and contacts, and numbers written in texts."""

    traffic: Mapping[str, Sequence[Edge]]
    mentions: Mapping[str, Sequence[Edge]]
    named: Mapping[str, Sequence[Edge]]
    """Names in texts that are no advert, by folded name."""
    by_name: Mapping[str, Sequence[Edge]] = {}
    """Texts that phones wrote to senders whom they show by a name alone, by the key of these."""


class LineSurroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What concerns one line.

    Attributes:
        edges: Those of its numbers, of its names that are no other line's, and of senders shown by a name.
        resent: Adverts that were sent on from its numbers.
        private: Takes off the traffic with its numbers what went to many, by number.
        lines_of_number: Lines that had each of its numbers, itself too.
        device_of: Device by extraction, of all edges.
        broadcasting: Devices that sent to many.
        wrote_to: Senders and phones that wrote to them and show them by a name alone.
        devices: All devices in question.
        with_own_number: Devices that have its numbers for their own, by number.
        with_sim: Devices that have a SIM of a device in question, by SIM.
        held_by_others: When its numbers were other holders', by number and device.
        held_late: How many days after its last advert a device first shows a number, where nothing shows what for.
        unread: Its broadcasts on phones that sent them, none of whose texts is an advert to the analysis.
        proven: What copies prove of phones that sent from its numbers.
    """

    edges: NumberEdges
    resent: tuple[Resent, ...]
    private: Mapping[str, PrivateTexts]
    lines_of_number: Mapping[str, tuple[LineGroup, ...]]
    device_of: Mapping[str, str]
    broadcasting: frozenset[str]
    wrote_to: frozenset[tuple[str, str]]
    devices: Mapping[str, DeviceFacts]
    with_own_number: Mapping[str, Sequence[DeviceFacts]]
    with_sim: Mapping[str, Sequence[DeviceFacts]]
    held_by_others: Mapping[tuple[str, str], _Period]
    held_late: Mapping[tuple[str, str], float]
    unread: tuple[PlacedFlare, ...] = ()
    proven: tuple[ProvenNumber, ...] = ()


class Surroundings:
    """Tells what concerns each line.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        edges: Edges of their numbers.
        flares: All broadcasts.
    """

    def __init__(
        self,
        groups: Sequence[LineGroup],
        evidence: Evidence,
        edges: NumberEdges,
        flares: Iterable[PlacedFlare],
    ) -> None:
        flares = tuple(flares)
        self._unread: dict[str, list[PlacedFlare]] = defaultdict(list)
        for placed in flares:
            if placed.line_id is not None and placed.flare.direction == SENT and not placed.flare.has_advert:
                self._unread[placed.line_id].append(placed)
        self._evidence = evidence
        self._edges = edges
        self._private = private_texts(groups, evidence, flares)
        # texts without a time are in no broadcast: how many got them tells it
        self._broadcasting = {device_id for device_id, flare, _ in evidence.flares if flare.direction == SENT} | {
            device_id for (device_id, _), listed in evidence.recipients.items() if len(listed) >= SMALLEST_RECIPIENTS
        }
        # Phones that show a sender by a name alone keep no traffic of it but that they wrote to it.
        self._wrote_to: dict[str, set[str]] = defaultdict(set)
        for device_id, flare, sender in evidence.flares:
            if flare.is_in_talk:
                self._wrote_to[sender].add(device_id)
        self._lines_of_number = lines_by_number(groups)
        self._lines_of_name = Counter(name for group in groups for name in group.names)
        self._with_own_number: dict[str, list[DeviceFacts]] = defaultdict(list)
        self._with_sim: dict[str, list[DeviceFacts]] = defaultdict(list)
        for facts in evidence.devices.values():
            for number in facts.own_numbers:
                self._with_own_number[number].append(facts)
            for sim in facts.sims:
                self._with_sim[sim].append(facts)
        self._held_by_others: dict[str, dict[tuple[str, str], _Period]] = defaultdict(dict)
        for key, period in sorted(evidence.other_holders.items()):
            self._held_by_others[key[0]][key] = period
        self._device_of = extractions_of(evidence.devices)

    def of(self, group: LineGroup) -> LineSurroundings:
        """Return what concerns a line."""
        edges = self._edges_of(group)
        resent = tuple(each for each in self._evidence.resent if not set(each.sources).isdisjoint(group.numbers))
        device_of = {
            edge.extraction_id: self._device_of[edge.extraction_id]
            for by_key in (edges.traffic, edges.mentions, edges.named)
            for held in by_key.values()
            for edge in held
            if edge.extraction_id in self._device_of
        }
        own = {number: self._with_own_number[number] for number in group.numbers if number in self._with_own_number}
        device_ids = {advert.device_id for spell in group.spells for advert in spell.adverts}
        device_ids.update(device_of.values(), (advert.device_id for each in resent for advert in each.adverts))
        device_ids.update(facts.device_id for held in own.values() for facts in held)
        unread = self._unread.get(group.line_id, ())
        device_ids.update(placed.device_id for placed in unread)
        with_sim = self._with_sims_of(device_ids)
        device_ids.update(facts.device_id for held in with_sim.values() for facts in held)
        return LineSurroundings(
            edges=edges,
            resent=resent,
            private={number: self._private[number] for number in group.numbers if number in self._private},
            lines_of_number={number: self._lines_of_number[number] for number in group.numbers},
            device_of=device_of,
            broadcasting=frozenset(device_ids & self._broadcasting),
            wrote_to=frozenset(
                (spell.sender, device_id)
                for spell in group.spells
                for device_id in self._wrote_to.get(spell.sender, ())
            ),
            devices={device_id: self._evidence.devices[device_id] for device_id in sorted(device_ids)},
            with_own_number=own,
            with_sim=self._with_sims_of(device_ids),
            held_by_others={
                key: period for number in group.numbers for key, period in self._held_by_others.get(number, {}).items()
            },
            held_late={key: days for key, days in self._evidence.late_holders.items() if key[0] in group.numbers},
            unread=tuple(unread),
            proven=tuple(each for each in self._evidence.proven if each.number in group.numbers),
        )

    def _edges_of(self, group: LineGroup) -> NumberEdges:
        # a word that is the name of several lines points at none of them
        names = [name for name in group.names if self._lines_of_name[name] == 1]
        keys = {advert.edge.key for spell in group.spells for advert in spell.adverts}
        return NumberEdges(
            traffic=_only(self._edges.traffic, group.numbers),
            mentions=_only(self._edges.mentions, group.numbers),
            named=_only(self._edges.named, names),
            by_name=_only(self._edges.by_name, sorted(keys)) if self._edges.by_name else {},
        )

    def _with_sims_of(self, device_ids: Collection[str]) -> dict[str, Sequence[DeviceFacts]]:
        sims = {sim for device_id in device_ids for sim in self._evidence.devices[device_id].sims}
        return {sim: self._with_sim[sim] for sim in sorted(sims)}


def _only(edges: Mapping[str, Sequence[Edge]], keys: Iterable[str]) -> dict[str, Sequence[Edge]]:
    return {key: edges[key] for key in keys if key in edges}


def named_edges(evidence: Evidence) -> dict[str, list[Edge]]:
    """Return the edges of names in texts that are no adverts, by folded name."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for nickname in evidence.nicknames:
        if nickname.edge.role == Role.NAMED:
            found[nickname.edge.key].append(nickname.edge)
    return found
