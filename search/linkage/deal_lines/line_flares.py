"""Flares of lines: which broadcasts are a line's, the traces of adverts that the analysis missed, and what is no trace.

What one phone shows is found without the others, and its id stands on the records. A single text that came in reads
like an advert there; beside everything held it may be none, and is left out with its reason: where the phone talks with
its sender, who is no line and was not seen to send to many, and where the sending phone shows that it went to few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.contract import Edge, Flare
from search.linkage.adverts.bulk_traces import bulk_traces, traces_of
from search.linkage.adverts.recovery import BEFORE_DAYS, BulkWording
from search.linkage.adverts.repeats import without_repeats
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import named_sender
from search.linkage.deal_lines.sender_caveats import sender_basis, shown_basis
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.instants import to_seconds
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import Role, is_number
from search.linkage.model import FlareLeftOut, PlacedFlare
from search.linkage.number_use.spells import Spell

_FLARE_PAD_DAYS = 1.0
_TWO_WAY = frozenset({Role.SENT, Role.CALLED, Role.CALLED_BY})
_TALK: Final = (
    "The phone has texts or calls with the sender, who is no line and was not seen to send this to others: a text to "
    "one person that reads like an advert."
)
_ORDER: Final = (
    "The phone sends adverts to many, has the sender on its list and texts or calls with them: an order that reads "
    "like an advert."
)
_ECHOED: Final = (
    "Other numbers sent to many what came from this one to few: an advert passed on, or given out to be sent."
)
_PASSED_ON: Final = "The phone that sent it had it from another number before, and sent it to few: an advert passed on."
_PASSED_CHANGE: Final = (
    "Another number announced the same change in these words to other phones before: an announcement passed on."
)
_GIVEN_NUMBER: Final = (
    "It is one of at most two texts of its sender that read like adverts under a name, and gives another number, under "
    "a name that phones had from a third: somebody tells a friend the line's number."
)
_TOLD_ON: Final = (
    "It is one of at most two texts of its sender that read like adverts, in words or under a name that phones got "
    "before from a sender whom they show otherwise: an advert passed on, as far as is shown."
)
_TO_FEW: Final = (
    "The phone that sent it is held too, and shows, as far as it was kept, that it went to few, where its broadcasts "
    "went to many."
)
_TO_ONE: Final = (
    "It came again and again to this phone alone, while other phones got what its sender sent to many: words to one "
    "person that read like an advert."
)

_OFF_THE_LIST: Final = (
    "This phone holds nothing of what other phones got from its sender meanwhile, and they nothing of this: words to "
    "one person that read like an advert."
)


class PlacedFlares(msgspec.Struct, frozen=True):
    """The broadcasts, and what one phone takes for one and is none; both by flare id."""

    placed: tuple[PlacedFlare, ...]
    left_out: tuple[FlareLeftOut, ...]


def to_few(
    *,
    orders: Iterable[tuple[str, str]] = (),
    passed: Iterable[tuple[str, str]] = (),
    echoed: Iterable[tuple[str, str]] = (),
    changes: Iterable[tuple[str, str]] = (),
    given: Iterable[tuple[str, str]] = (),
) -> dict[tuple[str, str], str]:
    """Return why texts went to few that read like adverts, by sender and template id.

    Args:
        orders: Orders to a line.
        passed: Adverts that were passed on.
        echoed: Adverts that another number sent to many at about that time.
        changes: Changes of another's number that were passed on.
        given: Numbers of a line that were given to a friend.
    """
    whys = (
        (given, _GIVEN_NUMBER),
        (changes, _PASSED_CHANGE),
        (echoed, _ECHOED),
        (passed, _PASSED_ON),
        (orders, _ORDER),
    )
    return {wording: why for wordings, why in whys for wording in wordings}


class Doubts:
    """Says of texts that came in and read like an advert which show no broadcast.

    Args:
        evidence: All that lines are made from.
        traffic: Edges of kind number, by number.
        device_of: Device by extraction.
        spells: All spells, of lines or not.
        to_few: Sender and template id of what is known to have gone to few, with why (``to_few``).
        told: The same of adverts that somebody passed on whose phone is not held.
    """

    def __init__(
        self,
        evidence: Evidence,
        traffic: Mapping[str, Sequence[Edge]],
        device_of: Mapping[str, str],
        spells: Iterable[Spell],
        *,
        to_few: Mapping[tuple[str, str], str] | None = None,
        told: Collection[tuple[str, str]] = (),
    ) -> None:
        self._to_few, self._told = to_few or {}, told
        self._talking = {
            (device_of[edge.extraction_id], number)
            for number, edges in traffic.items()
            for edge in edges
            if edge.role in _TWO_WAY and edge.extraction_id in device_of
        }
        self._broadcasting: set[str] = set()
        self._to_one: dict[tuple[str, str, str], str] = {}
        for spell in spells:
            if spell.is_broadcast:
                self._broadcasting.add(spell.sender)
            for advert in spell.adverts if spell.to_few else ():
                # as in ``relations``: who carries for a line talks with it
                is_silent = (advert.device_id, spell.sender) not in self._talking
                if spell.is_to_one(advert) and not (is_silent and advert.edge.other in spell.off_the_list):
                    why = _why_to_few(spell, advert.edge.other)
                    self._to_one[advert.device_id, spell.sender, advert.edge.other] = why
        self._came: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
        asked = {flare.template_id for _, flare, _ in evidence.flares if flare.is_in_talk}
        for device_id, flare, _ in evidence.flares if asked else ():
            if flare.template_id not in asked:
                continue
            seconds = to_seconds(flare.started_at), to_seconds(flare.ended_at)
            self._came[flare.template_id].append((*seconds, device_id))

    def of(self, flare: Flare, sender: str, device_id: str, line_id: str | None) -> str | None:
        """Return why a text that came in is no trace of a broadcast; None: it is one."""
        wording = sender, flare.template_id
        if (why := self._to_few.get(wording)) is not None:
            return why
        if (why := self._to_one.get((device_id, *wording))) is not None:
            return why
        if line_id is not None or sender in self._broadcasting:
            return None
        if wording in self._told or (device_id, sender) in self._talking:
            return _TOLD_ON if wording in self._told else _TALK
        # whom two phones show by saved names alone is not told to be one sender
        return _TALK if flare.is_in_talk and not self._is_elsewhere(flare, device_id) else None

    def _is_elsewhere(self, flare: Flare, device_id: str) -> bool:
        """Whether another phone shows the wording in the same minutes."""
        begin, end = to_seconds(flare.started_at) - PAUSE_SECONDS, to_seconds(flare.ended_at) + PAUSE_SECONDS
        return any(
            other != device_id and first <= end and last >= begin
            for first, last, other in self._came[flare.template_id]
        )


def place_flares(
    groups: Sequence[LineGroup], evidence: Evidence, doubts: Doubts, bulk: Iterable[BulkWording] = ()
) -> PlacedFlares:
    """Return flares with their device, and their line where they are a line's.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        doubts: Says which texts that came in show no broadcast.
        bulk: Wordings that went to many and are no adverts to the analysis.

    A broadcast from a line's number that is no advert is the line's between its adverts, or where it uses the wording
    elsewhere: police text customers from seized numbers.
    """
    placer = _Placer(groups)
    sources = {each.sender: each.sources for each in evidence.resent}
    has_wrong_clocks = evidence.clocks.are_any
    placed, left_out = [], []
    for device_id, flare, sender in evidence.flares:
        line_id = None
        for spoken_for in sources.get(sender, (sender,)):
            line_id = line_id or placer.line_of(flare, spoken_for, device_id)
        shown = sender if flare.direction == SENT and is_number(sender) else flare.sender
        named = flare if shown == flare.sender else msgspec.structs.replace(flare, sender=shown)
        why = doubts.of(flare, sender, device_id, line_id) if flare.direction == RECEIVED else None
        if why is not None:
            left_out.append(FlareLeftOut(flare=named, device_id=device_id, why=why))
            continue
        basis = (
            sender_basis(named, flare.sender, device_id, evidence)
            if flare.direction == SENT
            else shown_basis(flare, sender)
        )
        dated, seconds = evidence.clocks.as_dated_there(named) if has_wrong_clocks else (named, 0)
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
                if advert.is_recovered and not spell.is_to_one(advert):
                    traces = traces_of(advert.placed, advert.time_basis)
                    placed += [_trace(t, advert.device_id, group.line_id, evidence) for t in traces]
    known = {found.flare.flare_id for found in placed}
    placed += [
        _trace(trace, device_id, None, evidence)
        for device_id, trace in bulk_traces(bulk)
        if trace.flare_id not in known
    ]
    placed, repeats = without_repeats(placed)
    left_out += repeats
    return PlacedFlares(
        tuple(sorted(placed, key=lambda found: found.flare.flare_id)),
        tuple(sorted(left_out, key=lambda found: found.flare.flare_id)),
    )


def _trace(flare: Flare, device_id: str, line_id: str | None, evidence: Evidence) -> PlacedFlare:
    dated, seconds = evidence.clocks.as_dated_there(flare)
    return PlacedFlare(flare=dated, device_id=device_id, line_id=line_id, clock_seconds=seconds)


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
        for group, spell in candidates:
            if self._is_of(flare, group, spell):
                return group.line_id
        return None

    def _is_of(self, flare: Flare, group: LineGroup, spell: Spell) -> bool:
        if flare.has_advert:
            return spell.covers(flare.started_at, _FLARE_PAD_DAYS)
        if flare.template_id in self._templates[group.line_id]:
            return spell.covers(flare.started_at, BEFORE_DAYS)
        return flare.direction == SENT and spell.covers(flare.started_at, 0)


def _why_to_few(spell: Spell, template_id: str) -> str:
    if template_id in spell.off_the_list:
        return _OFF_THE_LIST
    return _TO_ONE if template_id in spell.told_to_one else _TO_FEW
