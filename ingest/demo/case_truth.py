"""The planted truth of the demonstration case: what a right linkage report says of it.

It is worked out from the story (``ingest.demo.world``), never from anything that Trapline reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import combinations, pairwise

import msgspec

from ingest.demo.cast import CAST, DEZZY, IMITATOR, MARLO_NEW, MARLO_OLD, CastHandset, Role
from ingest.demo.stories.deal_lines import DEZZY_NAME, MARLO_NAME
from ingest.demo.truth import TextMessage, Travel, VendorReport
from ingest.demo.world import World

_LEAST_RECIPIENTS = 10


class FlareTruth(msgspec.Struct, frozen=True, kw_only=True):
    """One broadcast as one handset shows it. ``line`` None: an honest sender's, or the imitator's."""

    key: str
    device: str
    direction: str
    sender: str
    line: str | None
    is_advert: bool
    started_at: datetime
    ended_at: datetime
    recipient_count: int


class LineTruth(msgspec.Struct, frozen=True, kw_only=True):
    """One deal line. ``successions`` are pairs of old and new number; ``members`` gives each device's relations."""

    name: str
    numbers: tuple[str, ...]
    successions: tuple[tuple[str, str], ...]
    members: Mapping[str, tuple[str, ...]]


class DeviceTruth(msgspec.Struct, frozen=True, kw_only=True):
    """One handset, and the deliveries that hold it."""

    key: str
    case_ref: str
    exhibit_ref: str
    role: str
    imei: tuple[str, ...]
    own_number: str
    deliveries: tuple[str, ...]


class DeliveryTruth(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery: how many facts it holds, and how many further listings of the same facts.

    ``message_count`` and the others are facts; ``merged_count`` counts messages listed a second time.
    """

    path: str
    device: str
    case_ref: str
    exhibit_ref: str
    extraction_count: int
    message_count: int
    merged_count: int
    call_count: int
    contact_count: int
    is_superseded: bool


class CaseTruth(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was planted.

    Attributes:
        linked_pairs: Pairs of devices that are members of one line, each in order.
        unlinked_pairs: All other pairs: a link at moderate or above between them is wrong.
        not_line_numbers: Numbers that sent or sounded like adverts and belong to no line, or no longer.
        moved_sims: ICCIDs that were seen in two handsets.
        read_twice: Devices that were read twice.
    """

    deliveries: tuple[DeliveryTruth, ...]
    devices: tuple[DeviceTruth, ...]
    lines: tuple[LineTruth, ...]
    flares: tuple[FlareTruth, ...]
    linked_pairs: tuple[tuple[str, str], ...]
    unlinked_pairs: tuple[tuple[str, str], ...]
    not_line_numbers: tuple[str, ...]
    moved_sims: tuple[str, ...]
    read_twice: tuple[str, ...]


def flares_of(device: CastHandset, texts: Iterable[TextMessage]) -> Iterator[FlareTruth]:
    """Yield the broadcasts that the handset shows, from the texts that it holds; undated texts are in none."""
    groups: dict[str, list[TextMessage]] = defaultdict(list)
    for text in texts:
        if text.flare is not None and text.at is not None:
            groups[text.flare].append(text)
    for key, group in sorted(groups.items()):
        first = group[0]
        went_out = first.travel is Travel.OUT
        recipients = {peer.number for text in group for peer in text.peers} if went_out else {device.own_number}
        if went_out and len(recipients) < _LEAST_RECIPIENTS:
            continue
        times = [text.at for text in group if text.at is not None]
        yield FlareTruth(
            key=key,
            device=device.key,
            direction="sent" if went_out else "received",
            sender=device.own_number if went_out else first.peers[0].number or first.peers[0].written,
            line=first.advert_of if first.advert_of in {MARLO_NAME, DEZZY_NAME} else None,
            is_advert=first.advert_of is not None,
            started_at=min(times),
            ended_at=max(times),
            recipient_count=len(recipients),
        )


def _last_advert(world: World, number: str) -> datetime:
    return max(text.at for text in world.texts if text.sender == number and text.advert_of)


def _first_advert(world: World, number: str) -> datetime:
    return min(text.at for text in world.texts if text.sender == number and text.advert_of)


def _relations(world: World, member: CastHandset, name: str, numbers: tuple[str, ...]) -> Iterator[str]:
    """Yield how the handset belongs to the line; traffic of a number after the line left it does not count."""
    own = member.own_number
    periods = {number: (_first_advert(world, number), _last_advert(world, number)) for number in numbers}
    held = [text for text in world.texts if member.active_from <= text.at <= member.seized_at]
    if member.role is Role.LINE and own in numbers:
        yield "sent_adverts"
        yield "carries_line_sim"
        return
    if any(text.advert_of == name and own in text.recipients for text in held):
        yield "received_adverts"
    # The line's number is still the line's on the day of its last broadcast.
    spoken = {(text.sender, recipient, text.at) for text in held if not text.flare for recipient in text.recipients} | {
        (call.caller, call.callee, call.at) for call in world.calls if member.active_from <= call.at <= member.seized_at
    }
    if any(
        (own == one and other in periods and periods[other][0] <= at <= _end(periods[other][1]))
        or (own == other and one in periods and periods[one][0] <= at <= _end(periods[one][1]))
        for one, other, at in spoken
    ):
        yield "contact_of_line"


def _end(last_advert: datetime) -> datetime:
    return last_advert.replace(hour=23, minute=59)


def lines_of(world: World) -> tuple[LineTruth, ...]:
    """Return the two deal lines with their numbers, their change of number and their members."""
    return tuple(
        LineTruth(
            name=name,
            numbers=numbers,
            successions=tuple(pairwise(numbers)),
            members={
                member.key: relations
                for member in CAST
                if (relations := tuple(_relations(world, member, name, numbers)))
            },
        )
        for name, numbers in ((MARLO_NAME, (MARLO_OLD, MARLO_NEW)), (DEZZY_NAME, (DEZZY,)))
    )


def delivery_truth(path: str, device: CastHandset, report: VendorReport, merged: int, *, older: bool) -> DeliveryTruth:
    """Return the counts of one delivery."""
    messages = sum(len(tuple(h.texts)) + sum(len(c.messages) for c in h.chats) for h in report.holdings)
    copies = sum(text.key.startswith("sim t") for h in report.holdings for text in h.texts)
    return DeliveryTruth(
        path=path,
        device=device.key,
        case_ref=device.case_ref,
        exhibit_ref=device.exhibit_ref,
        extraction_count=len(report.holdings),
        message_count=messages - copies,
        merged_count=merged + copies,
        call_count=sum(len(tuple(h.calls)) for h in report.holdings),
        contact_count=sum(len(tuple(h.contacts)) for h in report.holdings),
        is_superseded=older,
    )


def case_truth(
    world: World, deliveries: tuple[DeliveryTruth, ...], flares: tuple[FlareTruth, ...], read_twice: tuple[str, ...]
) -> CaseTruth:
    """Return the truth of the case as a whole."""
    lines = lines_of(world)
    pairs = {pair for line in lines for pair in combinations(sorted(line.members), 2)}
    every_pair = combinations(sorted(member.key for member in CAST), 2)
    cards: dict[str, set[str]] = defaultdict(set)
    for member in CAST:
        cards[member.sim.iccid or ""].add(member.key)
    return CaseTruth(
        deliveries=deliveries,
        devices=tuple(
            DeviceTruth(
                key=member.key,
                case_ref=member.case_ref,
                exhibit_ref=member.exhibit_ref,
                role=member.role,
                imei=member.handset.imei,
                own_number=member.own_number,
                deliveries=tuple(delivery.path for delivery in deliveries if delivery.device == member.key),
            )
            for member in CAST
        ),
        lines=lines,
        flares=flares,
        linked_pairs=tuple(sorted(pairs)),
        unlinked_pairs=tuple(pair for pair in every_pair if pair not in pairs),
        not_line_numbers=(IMITATOR, *sorted({flare.sender for flare in flares if not flare.is_advert} - {MARLO_OLD})),
        moved_sims=tuple(sorted(iccid for iccid, holders in cards.items() if len(holders) > 1)),
        read_twice=read_twice,
    )
