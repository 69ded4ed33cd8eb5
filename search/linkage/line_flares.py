"""Flares of lines: which broadcasts are a line's, and the traces of adverts that the analysis missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from search.contract import Edge, Flare
from search.linkage.bulk_traces import bulk_traces, traces_of
from search.linkage.evidence import Evidence
from search.linkage.flares import RECEIVED, SENT
from search.linkage.groups import LineGroup
from search.linkage.keys import Role, is_number
from search.linkage.model import PlacedFlare
from search.linkage.recovery import BEFORE_DAYS, BulkWording
from search.linkage.sender_caveats import NOT_SENT, sender_basis
from search.linkage.senders import named_sender
from search.linkage.spells import Spell

_FLARE_PAD_DAYS = 1.0
_TWO_WAY = frozenset({Role.SENT, Role.CALLED, Role.CALLED_BY})


def place_flares(
    groups: Sequence[LineGroup],
    evidence: Evidence,
    traffic: Mapping[str, Sequence[Edge]],
    device_of: Mapping[str, str],
    spells: Iterable[Spell],
    bulk: Iterable[BulkWording] = (),
) -> list[PlacedFlare]:
    """Return flares with their device, and their line where they are a line's; by flare id.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
        spells: All spells, of lines or not.
        bulk: Wordings that went to many and are no adverts to the analysis.

    A broadcast from a line's number that is no advert is the line's between its adverts, or where it uses the wording
    elsewhere: police text customers from seized numbers. On a receiving phone a single text that reads like an advert
    shows no broadcast where it is from somebody with whom the phone talks, and who is no line; it is left out.
    """
    placer = _Placer(groups)
    talking = {
        (device_of[edge.extraction_id], number)
        for number, edges in traffic.items()
        for edge in edges
        if edge.role in _TWO_WAY and edge.extraction_id in device_of
    }
    broadcasting = {spell.sender for spell in spells if spell.is_broadcast}
    placed = []
    for device_id, flare, sender in evidence.flares:
        line_id = placer.line_of(flare, sender, device_id)
        is_doubtful = flare.direction == RECEIVED and line_id is None and sender not in broadcasting
        if not (is_doubtful and (device_id, sender) in talking):
            shown = sender if flare.direction == SENT and is_number(sender) else flare.sender
            named = flare if shown == flare.sender else msgspec.structs.replace(flare, sender=shown)
            basis = sender_basis(named, flare.sender, device_id, evidence) if flare.direction == SENT else NOT_SENT
            dated, seconds = evidence.clocks.as_dated_there(named)
            placed.append(
                PlacedFlare(
                    flare=dated,
                    device_id=device_id,
                    line_id=line_id,
                    sender_is_inferred=basis.is_inferred,
                    caveats=basis.caveats,
                    clock_seconds=seconds,
                )
            )
    for group in groups:
        for spell in group.spells:
            for advert in spell.adverts:
                if advert.is_recovered:
                    traces = traces_of(advert.edge, advert.time_basis)
                    placed += [PlacedFlare(flare=t, device_id=advert.device_id, line_id=group.line_id) for t in traces]
    known = {found.flare.flare_id for found in placed}
    placed += [
        PlacedFlare(flare=trace, device_id=device_id, line_id=None)
        for device_id, trace in bulk_traces(bulk)
        if trace.flare_id not in known
    ]
    return sorted(placed, key=lambda found: found.flare.flare_id)


class _Placer:
    def __init__(self, groups: Sequence[LineGroup]) -> None:
        self._spells: dict[str, list[tuple[LineGroup, Spell]]] = defaultdict(list)
        self._templates: dict[str, set[str]] = {}
        for group in groups:
            self._templates[group.line_id] = {key for spell in group.spells for key in spell.template_ids}
            for spell in group.spells:
                self._spells[spell.sender].append((group, spell))

    def line_of(self, flare: Flare, sender: str, device_id: str) -> str | None:
        candidates = self._spells.get(sender) or self._spells.get(named_sender(device_id, sender), [])
        return next((group.line_id for group, spell in candidates if self._is_of(flare, group, spell)), None)

    def _is_of(self, flare: Flare, group: LineGroup, spell: Spell) -> bool:
        if flare.has_advert:
            return spell.covers(flare.started_at, _FLARE_PAD_DAYS)
        if flare.template_id in self._templates[group.line_id]:
            return spell.covers(flare.started_at, BEFORE_DAYS)
        return flare.direction == SENT and spell.covers(flare.started_at, 0)
