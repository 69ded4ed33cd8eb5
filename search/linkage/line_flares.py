"""Flares of lines: which broadcasts are a line's, and the traces of adverts that the analysis missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from parsers.records.ids import derived_id
from search.contract import Edge, Flare
from search.linkage.evidence import Evidence
from search.linkage.flares import PAUSE_SECONDS, RECEIVED, SENT
from search.linkage.groups import LineGroup
from search.linkage.instants import to_seconds
from search.linkage.keys import Role, is_number
from search.linkage.model import PlacedFlare
from search.linkage.recovery import BEFORE_DAYS
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
) -> list[PlacedFlare]:
    """Return flares with their device, and their line where they are a line's; by flare id.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
        spells: All spells, of lines or not.

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
            placed.append(PlacedFlare(flare=named, device_id=device_id, line_id=line_id))
    for group in groups:
        for spell in group.spells:
            for advert in spell.adverts:
                if advert.is_recovered:
                    traces = _traces(advert.edge, advert.time_basis)
                    placed += [PlacedFlare(flare=t, device_id=advert.device_id, line_id=group.line_id) for t in traces]
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


def _traces(edge: Edge, time_basis: str) -> Iterable[Flare]:
    """Yield the received flares of one wording of one sender on one phone and day: one, or two with a pause between."""
    if edge.first_at is None or edge.last_at is None:
        return
    is_one = to_seconds(edge.last_at) - to_seconds(edge.first_at) <= PAUSE_SECONDS * max(1, edge.count - 1)
    ends = [(edge.first_at, edge.last_at)] if is_one else [(edge.first_at,) * 2, (edge.last_at,) * 2]
    for first_at, last_at in ends:
        first_id = edge.record_ids[0] if first_at == edge.first_at else edge.record_ids[-1]
        last_id = edge.record_ids[-1] if last_at == edge.last_at else edge.record_ids[0]
        yield Flare(
            flare_id=derived_id("fl", edge.extraction_id, RECEIVED, edge.key, edge.other, first_id),
            extraction_id=edge.extraction_id,
            direction=RECEIVED,
            sender=edge.key,
            template_id=edge.other,
            advert_score=edge.score,
            started_at=first_at,
            ended_at=last_at,
            time_basis=time_basis,
            recipient_count=1,
            message_count=edge.count if is_one else 1,
            variant_count=1,
            first_record_id=first_id,
            last_record_id=last_id,
        )
