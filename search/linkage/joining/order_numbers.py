"""Numbers that a line gives its customers to order from, while it goes on under the one that it sends from.

A line that texts many from one number, or from a service that shows letters alone, and answers another one says so
again and again: "to order ring ...", "dont reply here bell ...". No advert comes from that number. It is the line's
from when it is first told until it is last told, beside the one that tells it: neither took over from the other,
however one of these texts reads alone.

What is told so to many over days, and by a number that goes on, is no change of number; what comes once, or to one
phone, says nothing. Left out are numbers that send to many themselves (a rival, an imitator, the line's own next
number), numbers that the line warns of, landlines and service numbers, and what many phones ring that have nothing to
do with the line: a taxi, a takeaway.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.counting_order import counting_order
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.linkage.instants import days_between, earliest, latest, periods_touch, to_seconds
from search.linkage.joining.announcements import ANNOUNCED_PAD_DAYS, FALLS_SILENT_DAYS, PlacedJoin
from search.linkage.keys import TRAFFIC_ROLES, AnnouncedFrom, is_number
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.uses import GAP_DAYS
from search.linkage.phrases import counted, day_of
from search.linkage.weights import JOIN_WEIGHTS, hub_threshold

TOLD_TO_ORDER: Final = "told_to_order"
"""Kind of the join of such a number with the one that tells it."""

_PHONES_TOLD: Final = 2
_TOLD_DAYS: Final = 3.0
"""From the first text with the number to the last. Reasoned: whoever leaves a number says so for a day or two."""
_SHARE_LEFT: Final = 0.5
"""Of the use of a number that was in use for less than it takes to fall silent, what lies behind the first text."""
_UNREAD: Final = frozenset({AnnouncedFrom.UNCLEAR, AnnouncedFrom.BESIDE})
"""Of no text of these is it read which of the two numbers is new, if any."""
_NO_MOBILE: Final = re.compile(r"\+44[1238]")
_LABELS_SHOWN: Final = 3


class OrderNumber(NamedTuple):
    """A number that is told, and the spell that tells it."""

    teller: Spell
    number: str
    told: tuple[Evidenced, ...]

    @property
    def period(self) -> tuple[str, str]:
        """First and last instant at which it was told."""
        first = earliest(said.edge.first_at for said in self.told)
        last = latest(said.edge.last_at for said in self.told)
        return first or "", last or ""


def order_numbers(spells: Sequence[Spell], evidence: Evidence) -> list[OrderNumber]:
    """Return the numbers that lines tell many to order from, as far as texts alone show, by place and number."""
    by_sender: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_sender[spell.sender].append(spell)
    warned = {said.edge.other for said in evidence.warned}
    told: dict[tuple[int, str], list[Evidenced]] = defaultdict(list)
    for said in (*evidence.with_other_number, *evidence.announcements):
        number = said.edge.other
        if not _may_be_told(said) or number in warned or said.edge.first_at is None:
            continue
        for spell in by_sender.get(said.sender, ()):
            if spell.is_broadcast and spell.covers(said.edge.first_at, ANNOUNCED_PAD_DAYS):
                told[spell.place, number].append(said)
                break
    found = [OrderNumber(spells[place], number, tuple(held)) for (place, number), held in sorted(told.items())]
    return [each for each in found if _is_told_to_many(each) and _goes_on(each) and _sends_nothing(each, by_sender)]


def _may_be_told(said: Evidenced) -> bool:
    """Whether a text gives a number as one to go to, or does not say what it is."""
    role, number = AnnouncedFrom(said.edge.role), said.edge.other
    is_given = role in _UNREAD or role.is_from_old
    return is_given and number != said.sender and is_number(number) and not _NO_MOBILE.match(number)


def _is_told_to_many(each: OrderNumber) -> bool:
    """Whether several phones on the list hold the number, or the sending phone shows that several got it."""
    phones = {said.device_id for said in each.told} & each.teller.receiving
    if len(phones) >= _PHONES_TOLD:
        return True
    sent = [said.edge for said in each.told if said.device_id in each.teller.sending]
    # one text may go to many, and one of a broadcast has a time of its own
    return sum(edge.count for edge in sent) >= SMALLEST_RECIPIENTS or any(_is_in_broadcasts(each, at) for at in sent)


def _is_in_broadcasts(each: OrderNumber, edge: Edge) -> bool:
    """Whether the first and the last text of a sending phone with the number went to many."""
    return all(
        at is not None and any(begin <= to_seconds(at) <= end for begin, end in each.teller.sent_in)
        for at in (edge.first_at, edge.last_at)
    )


def _goes_on(each: OrderNumber) -> bool:
    """Whether the number is told over days, by one that goes on meanwhile."""
    first, last = each.period
    spell, told_days = each.teller, days_between(first, last)
    if spell.first_at is None or spell.last_at is None or told_days < _TOLD_DAYS:
        return False
    left = days_between(first, spell.last_at)
    unread = [said for said in each.told if AnnouncedFrom(said.edge.role) in _UNREAD]
    if left > FALLS_SILENT_DAYS:
        return bool(unread) or told_days > FALLS_SILENT_DAYS
    is_short = left >= _SHARE_LEFT * days_between(spell.first_at, spell.last_at)
    return is_short and len(unread) == len(each.told)


def _sends_nothing(each: OrderNumber, by_sender: Mapping[str, Sequence[Spell]]) -> bool:
    """Whether nothing came from the number to many about that time."""
    return not any(
        spell.is_broadcast and periods_touch(spell.period, each.period, GAP_DAYS)
        for spell in by_sender.get(each.number, ())
    )


def without_hubs(
    found: Iterable[OrderNumber], traffic: Mapping[str, Sequence[Edge]], evidence: Evidence
) -> list[OrderNumber]:
    """Return those of the numbers that are not rung or written to by many who have nothing to do with the line.

    Args:
        found: Numbers that are told.
        traffic: Edges of kind number, by number.
        evidence: All that lines are made from.
    """
    device_of = {entry.extraction_id: facts.device_id for facts in evidence.devices.values() for entry in facts.entries}
    least = hub_threshold(len(evidence.devices))
    kept: list[OrderNumber] = []
    for each in found:
        contacts = (edge for edge in traffic.get(each.number, ()) if edge.role in TRAFFIC_ROLES)
        in_touch = {device_of.get(edge.extraction_id, "") for edge in contacts}
        of_line = in_touch & (each.teller.receiving | each.teller.sending)
        strangers = len(in_touch - of_line - {""})
        if strangers < least or strangers <= len(of_line):
            kept.append(each)
    return kept


def without_their_announcements(evidence: Evidence, found: Iterable[OrderNumber]) -> Evidence:
    """Return the evidence without what reads like a change of number and gives one of these numbers."""
    told = {id(said) for each in found for said in each.told}
    if not told:
        return evidence
    kept = tuple(said for said in evidence.announcements if id(said) not in told)
    return msgspec.structs.replace(evidence, announcements=kept)


def order_joins(
    found: Sequence[OrderNumber], evidence: Evidence, next_place: int
) -> tuple[tuple[Spell, ...], list[PlacedJoin]]:
    """Return a spell of each number, from when it is first told until last, and its join with the one that tells it."""
    spells: list[Spell] = []
    joins: list[PlacedJoin] = []
    for place, each in enumerate(found, start=next_place):
        first, last = each.period
        spell = Spell(place, each.number, (), first)
        spell.last_at = spell.used_until = last
        spells.append(spell)
        joins.append((each.teller.place, place, _join(each, evidence)))
    return tuple(spells), joins


def _join(each: OrderNumber, evidence: Evidence) -> Join:
    edges = [said.edge for said in each.told]
    first, last = each.period
    teller, number = evidence.sender_label(each.teller.sender), evidence.sender_label(each.number)
    labels = sorted({evidence.label(said.device_id) for said in each.told}, key=counting_order)
    more = f" and {len(labels) - _LABELS_SHOWN} more" if len(labels) > _LABELS_SHOWN else ""
    held = f"{counted(sum(edge.count for edge in edges), 'message')} on {', '.join(labels[:_LABELS_SHOWN])}{more}"
    return Join(
        kind=TOLD_TO_ORDER,
        older=each.teller.sender,
        newer=each.number,
        weight=JOIN_WEIGHTS[TOLD_TO_ORDER],
        sentence=(
            f"{teller} gave {number} to those it sends to from {day_of(first)} to {day_of(last)} ({held}), and went on "
            "sending itself: a number of the line to ring or order from, in use beside it."
        ),
        record_ids=merged_record_ids(edges),
        at=first,
    )


def numbers_to_order_from(joins: Iterable[Join]) -> frozenset[str]:
    """Return the numbers of a line that are told to its customers and send nothing themselves."""
    return frozenset(join.newer for join in joins if join.kind == TOLD_TO_ORDER)
