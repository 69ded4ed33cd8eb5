"""Flares of lines: which broadcasts are a line's, the traces of adverts that the analysis missed, and what is no trace.

What one phone shows is found without the others, and its id stands on the records. A single text that came in reads
like an advert there; beside everything held it may be none, and is left out with its reason: where the phone talks with
its sender, who is no line and was not seen to send to many, and where the sending phone shows that it went to few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from search.contract import Edge, Flare
from search.linkage.adverts.bulk_traces import traces_of
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.adverts.recovery import BEFORE_DAYS, GAP_SECONDS, LAST_SCORE, LEFT_SECONDS
from search.linkage.adverts.repeats import without_repeats
from search.linkage.adverts.traders import ORDINARY_SCORE
from search.linkage.attribution.clocks import Clocks
from search.linkage.attribution.evidence import DeviceFacts, Evidence, extractions_of, flares_by_sender
from search.linkage.attribution.senders import Evidenced, named_sender
from search.linkage.attribution.shown_senders import Shown
from search.linkage.deal_lines.bulk_flares import flares_in_bulk
from search.linkage.deal_lines.disowned_numbers import traces_of_disowned
from search.linkage.deal_lines.sender_caveats import sender_basis, shown_basis
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.extraction.flares import PAUSE_SECONDS
from search.linkage.instants import DAY_SECONDS, lies_within, to_seconds
from search.linkage.joining.groups import LineGroup
from search.linkage.kept import Kept
from search.linkage.keys import NAME_PREFIX, SENT_ADVERT_ROLES, TALK_ROLES, Role, is_number
from search.linkage.model import FlareLeftOut, PlacedFlare
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.uses import said_to_leave

_FLARE_PAD_DAYS = 1.0
_TALK: Final = (
    "The phone has texts or calls with the sender, who is no line and was not seen to send this to others: a text to "
    "one person that reads like an advert."
)
_ONE_OF_A_FRIEND: Final = (
    "It is the one text of its sender that reads like an advert, and the phone has other texts of them that are none: "
    "one person writes to another, or passes an advert on."
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

_TO_WORKER: Final = (
    "It bears no name and offers nothing, and stands in a running talk of this phone with its sender, whom this phone "
    "did not call and to whom it wrote nothing that reads like an order. Talk reads like an advert now and then, and "
    "no other phone that is held got this text, or one like it, at that time."
)
_PART: Final = (
    "Another delivery of this device holds the broadcast too, or more of it: one broadcast of the device, and counted "
    "there."
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
        spells: Sequence[Spell],
        *,
        to_few: Mapping[tuple[str, str], str] | None = None,
        told: Collection[tuple[str, str]] = (),
    ) -> None:
        self._to_few, self._told = to_few or {}, told
        self._talking = {
            (device_of[edge.extraction_id], number)
            for number, edges in traffic.items()
            for edge in edges
            if edge.role in TALK_ROLES and edge.extraction_id in device_of
        }
        self._friends = _friends(evidence, traffic, device_of, spells)
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
        if (device_id, sender) in self._friends:
            return _ONE_OF_A_FRIEND
        # whom two phones show by saved names alone is not told to be one sender
        return _TALK if flare.is_in_talk and not self._is_elsewhere(flare, device_id) else None

    def _is_elsewhere(self, flare: Flare, device_id: str) -> bool:
        """Whether another phone shows the wording in the same minutes."""
        begin, end = to_seconds(flare.started_at) - PAUSE_SECONDS, to_seconds(flare.ended_at) + PAUSE_SECONDS
        return any(
            other != device_id and first <= end and last >= begin
            for first, last, other in self._came[flare.template_id]
        )


def _friends(
    evidence: Evidence, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str], spells: Iterable[Spell]
) -> set[tuple[str, str]]:
    """Return phones and senders of one advert in all, of whom the phone has texts that do not come near to one."""
    near = {(wording.device_id, wording.sender) for wording in evidence.wordings}
    came: dict[str, list[Evidenced]] = defaultdict(list)
    sent: Counter[str] = Counter()
    for spell in spells:
        for advert in spell.adverts:
            if advert.edge.role in SENT_ADVERT_ROLES:
                sent[spell.sender] += advert.edge.count
            else:
                came[spell.sender].append(advert)
    return {
        (held[0].device_id, sender)
        for sender, held in came.items()
        if len(held) == held[0].edge.count == 1
        and sent[sender] <= 1
        and (held[0].device_id, sender) not in near
        and any(
            edge.role == Role.RECEIVED and device_of.get(edge.extraction_id) == held[0].device_id
            for edge in traffic.get(sender, ())
        )
    }


def place_flares(
    groups: Sequence[LineGroup],
    evidence: Evidence,
    doubts: Doubts,
    bulk: Sequence[BulkWording] = (),
    kept: Kept | None = None,
) -> PlacedFlares:
    """Return flares with their device, and their line where they are a line's.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        doubts: Says which texts that came in show no broadcast.
        bulk: Wordings that went to many and are no adverts to the analysis.
        kept: What was made before. None: nothing.

    A broadcast from a line's number that is no advert is the line's between its adverts, shortly before them, where it
    uses the wording elsewhere, or where it reads like nothing that the police would send from a number they seized.
    """
    kept = kept or Kept()
    placed, left_out = [], []
    for sender, each in _of_senders(groups, evidence, kept):
        found = each.flare
        why = doubts.of(found, sender, each.device_id, each.line_id) if found.direction == RECEIVED else None
        if why is None:
            placed.append(each)
        else:
            left_out.append(FlareLeftOut(flare=found, device_id=each.device_id, why=why))
    for group in groups:
        for spell in group.spells:
            placed += kept.made(_missed, spell, spell, group.line_id)
    placed += traces_of_disowned(groups, evidence.resent)
    placed += flares_in_bulk(bulk, evidence, {found.flare.flare_id for found in placed}, kept)
    if evidence.clocks.are_any:
        placed = [_as_dated_there(each, evidence.clocks) for each in placed]
    placed, repeats = without_repeats(placed)
    left_out += repeats
    device_of = extractions_of(evidence.devices) if evidence.parts else {}
    left_out += [FlareLeftOut(flare=it, device_id=device_of[it.extraction_id], why=_PART) for it in evidence.parts]
    return PlacedFlares(
        tuple(sorted(placed, key=lambda found: found.flare.flare_id)),
        tuple(sorted(left_out, key=lambda found: found.flare.flare_id)),
    )


def _missed(spell: Spell, line_id: str) -> list[PlacedFlare]:
    """Return the traces of the adverts of a line's spell that the analysis missed."""
    return [
        PlacedFlare(flare=trace, device_id=advert.device_id, line_id=line_id)
        for advert in spell.adverts
        if advert.is_recovered and not spell.is_to_one(advert)
        for trace in traces_of(advert.placed, advert.time_basis)
    ]


def _as_dated_there(placed: PlacedFlare, clocks: Clocks) -> PlacedFlare:
    flare, seconds = clocks.as_dated_there(placed.flare)
    return msgspec.structs.replace(placed, flare=flare, clock_seconds=seconds) if seconds else placed


class _Use(NamedTuple):
    """A spell of a line, with all wordings of the line."""

    line_id: str
    spell: Spell
    template_ids: frozenset[str]


def _of_senders(groups: Sequence[LineGroup], evidence: Evidence, kept: Kept) -> Iterator[tuple[str, PlacedFlare]]:
    """Yield every flare with its line, and its sender."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for group in groups:
        template_ids = frozenset(key for spell in group.spells for key in spell.template_ids)
        for spell in group.spells:
            uses[spell.sender].append(_Use(group.line_id, spell, template_ids))
    are_any_named = any(sender.startswith(NAME_PREFIX) for sender in uses)
    sources = {each.sender: each.sources for each in evidence.resent}
    for sender, flares in flares_by_sender(evidence.flares).items():
        spoken_for = sources.get(sender, (sender,))
        asked = dict.fromkeys(spoken_for)
        if are_any_named:
            asked |= dict.fromkeys(named_sender(device_id, each) for device_id, _, _ in flares for each in spoken_for)
        sent = [(device_id, flare.flare_id) for device_id, flare, _ in flares if flare.direction == SENT]
        placed = kept.made(
            _placed,
            sender,
            tuple(flares),
            spoken_for,
            {key: tuple(uses[key]) for key in asked if key in uses},
            {device_id: evidence.devices[device_id] for device_id, _ in sent},
            {flare_id: evidence.shown.get(flare_id) for _, flare_id in sent},
            evidence.told_by_name.intersection(flare_id for _, flare_id in sent),
        )
        yield from ((sender, each) for each in placed)


def _placed(
    flares: Sequence[tuple[str, Flare, str]],
    spoken_for: Sequence[str],
    uses: Mapping[str, Sequence[_Use]],
    devices: Mapping[str, DeviceFacts],
    shown: Mapping[str, Shown | None],
    told_by_name: Collection[str],
) -> list[PlacedFlare]:
    """Return the flares of one sender with their lines.

    Args:
        flares: Of the sender, with their devices.
        spoken_for: Itself, or the numbers whose adverts it sent on.
        uses: The spells of lines of each, and of these by the names that phones show them by.
        devices: Devices that sent any of them.
        shown: What phones show of the sender of each sent one.
        told_by_name: Ids of those whose number is that of the name in them.
    """
    found = []
    for device_id, flare, sender in flares:
        number = sender if flare.direction == SENT and is_number(sender) else flare.sender
        named = flare if number == flare.sender else msgspec.structs.replace(flare, sender=number)
        if flare.direction == SENT:
            is_told = flare.flare_id in told_by_name
            basis = sender_basis(named, flare.sender, devices[device_id], shown[flare.flare_id], is_told=is_told)
        else:
            basis = shown_basis(flare, sender)
        placed = PlacedFlare(
            flare=named,
            device_id=device_id,
            line_id=_line_of(flare, device_id, spoken_for, uses),
            sender_is_inferred=basis.is_inferred,
            caveats=basis.caveats,
        )
        found.append(placed)
    return found


def _line_of(flare: Flare, device_id: str, spoken_for: Iterable[str], uses: Mapping[str, Sequence[_Use]]) -> str | None:
    asked = [
        use
        for sender in (spoken_for if uses else ())
        for use in uses.get(sender) or uses.get(named_sender(device_id, sender), ())
    ]
    found = next((use for use in asked if _is_of(flare, use)), None)
    if found is None and flare.direction == SENT and not flare.has_advert:
        # another handset with the number may be that of who had it before, or has it next
        found = next((use for use in asked if device_id in use.spell.sending and _is_beside(flare, use)), None)
    if found is None and flare.has_advert:
        # what a phone with a wrong clock shows is of the use all the same, unless another one lies there
        found = next((use for use in asked if device_id in use.spell.out_of_time), None)
    return found and found.line_id


def _is_of(flare: Flare, use: _Use) -> bool:
    if flare.has_advert:
        return use.spell.covers(flare.started_at, _FLARE_PAD_DAYS)
    if flare.template_id in use.template_ids:
        return use.spell.covers(flare.started_at, BEFORE_DAYS)
    return flare.direction == SENT and use.spell.covers(flare.started_at, 0)


def _is_beside(flare: Flare, use: _Use) -> bool:
    """Whether a phone broadcast shortly before a line's adverts, or behind them what police would not write."""
    at, first, last = flare.started_at, use.spell.first_at, use.spell.last_at
    if first is None or last is None or flare.advert_score < ORDINARY_SCORE:
        return False
    seconds = 0.0
    if flare.advert_score >= LAST_SCORE:
        seconds = LEFT_SECONDS if said_to_leave(use.spell.adverts) else GAP_SECONDS
    return lies_within(at, first, None, BEFORE_DAYS) and lies_within(at, None, last, seconds / DAY_SECONDS)


def _why_to_few(spell: Spell, template_id: str) -> str:
    if template_id in spell.said_to_workers:
        return _TO_WORKER
    if template_id in spell.off_the_list:
        return _OFF_THE_LIST
    return _TO_ONE if template_id in spell.told_to_one else _TO_FEW
