"""What the traffic on each device looks like, with reasons: about the phone, never about a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

import msgspec

from search.contract import Flare
from search.linkage.attribution.clocks import Clocks, WrongClock
from search.linkage.attribution.evidence import DeviceFacts
from search.linkage.attribution.proven_numbers import ProvenNumber
from search.linkage.devices.one_imei import may_be_two
from search.linkage.kept import Kept
from search.linkage.keys import is_number
from search.linkage.model import ClockShift, Line, LineDevice, Mention, PlacedFlare, Relation, Traffic
from search.linkage.phrases import counted
from search.linkage.same_messages import SameMessages, same_messages_words

ONE_TO_ONE_TO_ADVERTS = 20
"""Where a phone holds so many one-to-one records with a line for each advert, the one-to-one traffic is what it is."""
NO_LINE_MADE: Final = "of what was read of it no line is made."
"""Ends what is said of a phone that sent to many what reads like adverts, where no line has them."""
_EACH: Final = 3
"""Broadcasts of which each one's recipients are told; of more the least and the most."""


class _Row(NamedTuple):
    """A line's row of a device, with what sentences say of the line."""

    line_id: str
    name: str | None
    row: LineDevice


def traffic_kinds(
    devices: Mapping[str, DeviceFacts],
    lines: Sequence[Line],
    flares: Sequence[PlacedFlare],
    clocks: Clocks,
    proven: Iterable[ProvenNumber] = (),
    alike: Mapping[str, tuple[SameMessages, ...]] | None = None,
    kept: Kept | None = None,
) -> list[Traffic]:
    """Return the kind of traffic of every device, by device id.

    Args:
        devices: All devices.
        lines: All lines.
        flares: All broadcasts.
        clocks: Clocks that were wrong.
        proven: What copies prove of numbers that devices do not state.
        alike: Of each device the others whose first messages are the same.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    rows: dict[str, list[_Row]] = defaultdict(list)
    for line in lines:
        for row in line.devices:
            rows[row.device_id].append(_Row(line.line_id, line.name, row))
    broadcasts: dict[str, list[PlacedFlare]] = defaultdict(list)
    for placed in flares:
        if placed.flare.direction == "sent":
            broadcasts[placed.device_id].append(placed)
    proofs: dict[str, dict[str, ProvenNumber]] = defaultdict(dict)
    for each in proven:
        proofs[each.device_id][each.number] = each
    made = [
        kept.made(
            _traffic,
            device_id,
            facts,
            rows[device_id],
            broadcasts[device_id],
            clocks.of_device(device_id),
            tuple(_shifts(device_id, clocks)),
            proofs[device_id],
        )
        for device_id, facts in sorted(devices.items())
    ]
    return [_with_same(traffic, (alike or {}).get(traffic.device_id, ()), devices) for traffic in made]


def _with_same(traffic: Traffic, alike: tuple[SameMessages, ...], devices: Mapping[str, DeviceFacts]) -> Traffic:
    """Return what the traffic looks like, and first among the reasons the devices whose first messages are the same."""
    if not alike:
        return traffic
    one = devices[traffic.device_id].label
    said = (same_messages_words(one, devices[held.device_id].label, held) for held in alike)
    return msgspec.structs.replace(traffic, reasons=(*said, *traffic.reasons), same_messages=alike)


def _traffic(
    facts: DeviceFacts,
    rows: Sequence[_Row],
    sent: Sequence[PlacedFlare],
    wrong: Sequence[WrongClock],
    shifts: tuple[ClockShift, ...],
    proofs: Mapping[str, ProvenNumber],
) -> Traffic:
    counts = {relation: _total(rows, relation) for relation in Relation}
    has_sent = any(held.row.relation is Relation.SENT_ADVERTS for held in rows)
    has_received = any(held.row.relation is Relation.RECEIVED_ADVERTS for held in rows)
    has_contact = any(held.row.relation is Relation.CONTACT_OF_LINE for held in rows)
    contact_share = counts[Relation.CONTACT_OF_LINE]
    if has_sent:
        kind = "broadcasts_adverts"
    elif has_received and contact_share < ONE_TO_ONE_TO_ADVERTS * counts[Relation.RECEIVED_ADVERTS]:
        kind = "receives_adverts"
    else:
        kind = "one_to_one_with_line" if has_contact else "none_seen"
    return Traffic(
        device_id=facts.device_id,
        kind=kind,
        reasons=(*_reasons(facts, rows, sent, proofs), *(clock.sentence(facts.label) for clock in wrong)),
        clocks=shifts,
    )


FOUND_NONE: Final = "No advert of a line, and no traffic with a line's number, was found on it."


def _shifts(device_id: str, clocks: Clocks) -> Iterable[ClockShift]:
    """Yield by how much what is held of a device is known to be dated wrongly, by extraction."""
    for held, is_of_received in ((clocks.of, False), (clocks.received, True)):
        for extraction_id, clock in sorted(held.items()):
            if clock.device_id == device_id:
                yield ClockShift(extraction_id, clock.seconds, is_of_received)


def _total(rows: Sequence[_Row], relation: Relation) -> int:
    return sum(held.row.traffic_count for held in rows if held.row.relation is relation)


_SENTENCES = {
    Relation.SENT_ADVERTS: "Adverts of {line} that were sent from this phone: {count}.",
    Relation.RECEIVED_ADVERTS: "Adverts of {line} that were received on this phone: {count}.",
    Relation.CARRIES_LINE_SIM: "A number of {line} is this phone's own number.",
    Relation.CONTACT_OF_LINE: "Texts and calls with numbers of {line}, none of them counted as an advert: {count}.",
}
_BY_CARD = "A SIM of {line} was read with this phone; the number of that card is not stated as the phone's own."
_CARRIES_LATE = (
    "A number of {line} is this phone's own number. It first shows it {days} days after the last advert that was seen "
    "from it; it sent no advert, and fewer than two people order of it by text. Whether the line still had the number "
    "is not known."
)
_BY_NAME = "This phone wrote to a sender of adverts of {line} whom it shows by a name alone{count}."
_MENTIONS = {
    Mention.SAVED: "A number of {line} is saved on this phone; that decides nothing.",
    Mention.WRITTEN: "A number or the name of {line} stands in texts on this phone; that decides nothing.",
    Mention.TRAFFIC: "Texts or calls with a number of {line} are on this phone, not shown to be with the line; that "
    "decides nothing.",
    Mention.AFTER: "Texts or calls with a number of {line} are on this phone after the last advert that was seen from "
    "it, not shown to be with the line; that decides nothing.",
    Mention.OWN_NUMBER: "A number of {line} is stated as this phone's own, or as that of its SIM, not shown to be in "
    "the line's time; that decides nothing.",
}


def _reasons(
    facts: DeviceFacts,
    rows: Sequence[_Row],
    sent: Sequence[PlacedFlare],
    proofs: Mapping[str, ProvenNumber],
) -> Iterable[str]:
    yield from may_be_two(facts.entries)
    stated = sorted(filter(is_number, facts.own_numbers))
    ordered = sorted(rows, key=lambda held: (list(Relation).index(held.row.relation), held.line_id))
    for line_id, line_name, row in ordered:
        name = f"the line {line_name}" if line_name else f"a line without a name ({line_id})"
        for sentence in _of_row(row, name, facts.own_numbers):
            yield sentence[0].upper() + sentence[1:]
        if row.relation is Relation.CARRIES_LINE_SIM:
            yield from (proofs[number].sentence(name, stated) for number in row.inferred_numbers)
    of_lines = [placed.flare for placed in sent if placed.line_id is not None]
    if of_lines:
        unread = _unread_words(sum(not flare.has_advert for flare in of_lines))
        yield f"Broadcasts of adverts to ten or more recipients that were sent from it: {len(of_lines)}{unread}."
    others = [placed.flare for placed in sent if placed.line_id is None]
    if any(flare.has_advert for flare in others):
        yield _of_no_line(others)
    elif others:
        yield f"Broadcasts of texts that are no line's adverts that were sent from it: {len(others)}."
    if not rows and not sent:
        yield FOUND_NONE


def _unread_words(count: int) -> str:
    """Return how many broadcasts count as adverts by how they went out or whose they are; empty for none."""
    if not count:
        return ""
    return f", {count} of them no advert{'' if count == 1 else 's'} by {'its' if count == 1 else 'their'} words alone"


def _of_no_line(flares: Sequence[Flare]) -> str:
    """Return what a phone sent to many, some of it adverts, where no line has any of it."""
    counts = sorted(flare.recipient_count for flare in flares)
    each = f"{', '.join(map(str, counts[:-1]))} and {counts[-1]}" if len(counts) > 1 else str(counts[0])
    to = each if len(counts) <= _EACH else f"{counts[0]} to {counts[-1]}"
    read = sum(flare.has_advert for flare in flares)
    how = (
        "read as an advert" if len(flares) == 1 else f"{read} of them read as {'an advert' if read == 1 else 'adverts'}"
    )
    return f"It sent {counted(len(flares), 'broadcast')} ({to} recipients), {how}; {NO_LINE_MADE}"


def _of_row(row: LineDevice, name: str, own: AbstractSet[str]) -> Iterable[str]:
    if row.relation is Relation.MENTIONS_LINE:
        yield from (_MENTIONS[what].format(line=name) for what in row.mentions)
        return
    by_number = sum(share.count for share in row.shares)
    if row.relation is Relation.CARRIES_LINE_SIM and row.numbers == row.inferred_numbers:
        return
    if row.relation is Relation.CARRIES_LINE_SIM and own.isdisjoint(row.numbers):
        yield _BY_CARD.format(line=name)
        return
    if row.late_days is not None:
        yield _CARRIES_LATE.format(days=round(row.late_days), line=name)
        return
    if row.relation is not Relation.CONTACT_OF_LINE:
        yield _SENTENCES[row.relation].format(count=row.traffic_count, line=name)
        return
    if row.numbers:
        yield _SENTENCES[row.relation].format(count=by_number, line=name)
    if row.is_by_name:
        texts = row.traffic_count - by_number
        yield _BY_NAME.format(count=f", in {counted(texts, 'text')}" if texts else "", line=name)
