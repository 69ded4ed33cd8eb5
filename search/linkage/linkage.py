"""Linkage over an index: reads the keys of several devices first, then the edges of those keys alone.

Adverts and announcements are read whole (there are as many as a line has wordings on a phone), numbers only where
they are a line's or stand on two extractions. No message is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from search.contract import Edge, EdgeKind, ExtractionEntry, Flare, Index
from search.linkage.events import find_events
from search.linkage.evidence import DeviceFacts, Evidence, device_facts, gather
from search.linkage.groups import LineGroup, group_spells
from search.linkage.instants import to_seconds
from search.linkage.joins import find_joins
from search.linkage.keys import Role, fold_name, is_number
from search.linkage.lines import build_lines, place_flares
from search.linkage.links import Specificity, find_links
from search.linkage.model import Line, Linkage
from search.linkage.relations import NumberEdges
from search.linkage.spells import find_spells
from search.linkage.suppressed import (
    suppressed_customers,
    suppressed_line_numbers,
    suppressed_numbers,
    suppressed_wordings,
)
from search.linkage.traffic import traffic_kinds
from search.linkage.weights import RARE_DEVICES, hub_threshold

KEYS_A_READ = 500
_SENT_ROLES = frozenset({Role.SENT, Role.SENT_CHANGE})


class Window(msgspec.Struct, frozen=True):
    """The period that a report is about; ``until`` is exclusive. None: open. Undated evidence lies in no period."""

    since: str | None = None
    until: str | None = None

    def holds(self, first: str | None, last: str | None) -> bool:
        """Whether evidence from first to last has a part in the period."""
        if self.since is None and self.until is None:
            return True
        if first is None or last is None:
            return False
        return (self.since is None or to_seconds(last) >= to_seconds(self.since)) and (
            self.until is None or to_seconds(first) < to_seconds(self.until)
        )


ALWAYS = Window()


async def compute_linkage(index: Index, window: Window = ALWAYS) -> Linkage:
    """Return everything that linkage states over the index; the same for the same content, whatever its order.

    Raises:
        IndexUnreachable: The store is not there.
    """
    entries = await index.entries()
    own = [edge async for edge in index.edges(EdgeKind.OWN_NUMBER)]
    devices = device_facts(entries, own)
    evidence = await _evidence(index, devices, window)
    spells = find_spells(evidence)
    groups = group_spells(spells, find_joins(spells, evidence))
    line_numbers = sorted({number for group in groups for number in group.numbers})
    edges = NumberEdges(
        traffic=await _by_key(index, EdgeKind.NUMBER, line_numbers, window),
        mentions=await _by_key(index, EdgeKind.MENTIONED, line_numbers, window),
        named=_named(evidence),
    )
    lines = build_lines(groups, evidence, edges)
    holders = await _holders(index, entries, window)
    return _state(evidence, groups, lines, holders)


async def _evidence(index: Index, devices: Mapping[str, DeviceFacts], window: Window) -> Evidence:
    adverts = await _all(index.edges(EdgeKind.ADVERT), window)
    sending = sorted({edge.extraction_id for edge in adverts if edge.role in _SENT_ROLES})
    customers = await _all(index.edges(EdgeKind.NUMBER, extraction_ids=sending), window) if sending else []
    flares: list[Flare] = [flare async for flare in index.flares() if window.holds(flare.started_at, flare.ended_at)]
    return gather(
        devices,
        adverts=adverts,
        announcements=await _all(index.edges(EdgeKind.ANNOUNCEMENT), window),
        nicknames=await _all(index.edges(EdgeKind.NICKNAME), window),
        customers=[edge for edge in customers if edge.role == Role.SENT_ADVERT],
        flares=flares,
    )


async def _all(edges: AsyncIterator[Edge], window: Window) -> list[Edge]:
    return [edge async for edge in edges if window.holds(edge.first_at, edge.last_at)]


async def _by_key(index: Index, kind: EdgeKind, keys: Sequence[str], window: Window) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for start in range(0, len(keys), KEYS_A_READ):
        async for edge in index.edges(kind, keys[start : start + KEYS_A_READ]):
            # a saved contact has no time, and is a mention in any period
            if edge.role == Role.SAVED or window.holds(edge.first_at, edge.last_at):
                found[edge.key].append(edge)
    return found


def _named(evidence: Evidence) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for nickname in evidence.nicknames:
        if nickname.edge.role == Role.NAMED:
            found[nickname.edge.key].append(nickname.edge)
    return found


async def _holders(index: Index, entries: Iterable[ExtractionEntry], window: Window) -> dict[str, frozenset[str]]:
    """Return the devices of every number that stands on two extractions or more."""
    device_of = {entry.extraction_id: entry.device_id for entry in entries}
    shared = [key async for key in index.shared_keys(EdgeKind.NUMBER, 2)]
    edges = await _by_key(index, EdgeKind.NUMBER, shared, window)
    return {
        number: frozenset(device_of[edge.extraction_id] for edge in held if edge.extraction_id in device_of)
        for number, held in edges.items()
    }


def _state(
    evidence: Evidence, groups: Sequence[LineGroup], lines: Sequence[Line], holders: Mapping[str, frozenset[str]]
) -> Linkage:
    specificity = _specificity(evidence, lines, holders)
    flares = place_flares(groups, evidence)
    line_numbers = {number.number for line in lines for number in line.numbers}
    suppressed = [
        *suppressed_numbers(holders, line_numbers, len(evidence.devices)),
        *suppressed_line_numbers(groups),
        *suppressed_wordings(lines, specificity.lines_of_template, specificity.devices_of_template),
        *suppressed_customers(lines),
    ]
    return Linkage(
        lines=tuple(lines),
        links=tuple(find_links(lines, evidence, specificity)),
        flares=tuple(flares),
        suppressed=tuple(sorted(suppressed, key=lambda item: (item.kind, item.value))),
        events=tuple(find_events(evidence.devices, lines)),
        traffic=tuple(traffic_kinds(evidence.devices, lines, flares)),
    )


def _specificity(evidence: Evidence, lines: Sequence[Line], holders: Mapping[str, frozenset[str]]) -> Specificity:
    templates_on: dict[str, Counter[str]] = defaultdict(Counter)
    names_on: dict[str, Counter[str]] = defaultdict(Counter)
    for advert in evidence.adverts:
        templates_on[advert.device_id][advert.edge.other] += advert.edge.count
        if advert.edge.label:
            names_on[advert.device_id][fold_name(advert.edge.label)] += advert.edge.count
    return Specificity(
        lines_of_template=_names_of_templates(lines),
        devices_of_template=Counter(template_id for held in templates_on.values() for template_id in held),
        lines_of_name=Counter(name for line in lines for name in line.folded_names),
        devices_of_name=Counter(name for held in names_on.values() for name in held),
        templates_on=templates_on,
        names_on=names_on,
        shared_contacts=_shared_contacts(evidence, lines, holders),
    )


def _names_of_templates(lines: Sequence[Line]) -> Counter[str]:
    """Return how many names each wording stands under; a line without a name counts as one of its own."""
    users = {(template_id, _brand(line)) for line in lines for template_id in line.template_ids}
    return Counter(template_id for template_id, _ in users)


def _brand(line: Line) -> str:
    return line.folded_names[0] if line.folded_names else line.line_id


def _shared_contacts(
    evidence: Evidence, lines: Sequence[Line], holders: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    line_numbers = {number.number for line in lines for number in line.numbers}
    most = min(RARE_DEVICES, hub_threshold(len(evidence.devices)) - 1)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number in sorted(holders):
        devices = holders[number]
        if is_number(number) and number not in line_numbers and 2 <= len(devices) <= most:
            for pair in combinations(sorted(devices), 2):
                shared[pair].append(number)
    return {pair: tuple(numbers) for pair, numbers in shared.items()}
