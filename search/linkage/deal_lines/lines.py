"""Deal lines: a brand, its numbers over time, its adverts, and the devices that its traffic is on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.attribution.evidence import Evidence
from search.linkage.counting_order import counting_order
from search.linkage.deal_lines.joined_otherwise import said_of_apart
from search.linkage.deal_lines.line_evidence import LineEvidence, counted_in_rows
from search.linkage.deal_lines.line_titles import Title, called, title_of
from search.linkage.deal_lines.renaming_texts import conflicts_with_renaming
from search.linkage.deal_lines.row_counts import counts_by_number, counts_of_line
from search.linkage.deal_lines.succession import numbers_of
from search.linkage.deal_lines.told_of_numbers import ToldOfNumbers
from search.linkage.deal_lines.unread_names import UnreadName
from search.linkage.extraction.edge_table import first_and_last, merged_record_ids
from search.linkage.instants import earliest, latest
from search.linkage.joining.groups import LineGroup, lines_by_number, periods_of
from search.linkage.model import Line, LineDevice, PlacedFlare, Relation
from search.linkage.number_use.names import as_read
from search.linkage.number_use.rests import Rests
from search.linkage.phrases import day_of, listed

_PHONES_NAMED: Final = 3
_OWN_PHONE = frozenset({Relation.SENT_ADVERTS, Relation.CARRIES_LINE_SIM})


def build_lines(
    groups: Sequence[LineGroup],
    evidence: Evidence,
    relations: Mapping[str, tuple[LineDevice, ...]],
    flares: Iterable[PlacedFlare],
    weighed: Mapping[str, LineEvidence],
    unread: Mapping[str, UnreadName],
    titles: Mapping[str, Title],
    rests: Rests,
) -> list[Line]:
    """Return the lines, by line id.

    Args:
        groups: The groups that are lines.
        evidence: All that lines are made from.
        relations: What each device has to do with them, by line id.
        flares: All flares, with their lines.
        weighed: What is for and against each group being a line, by line id.
        unread: Names that the analysis does not read, by line id.
        titles: Titles that are known otherwise and go before, by line id.
        rests: Which numbers rested while others were in use.
    """
    flares_of: dict[str, list[str]] = defaultdict(list)
    for placed in flares:
        if placed.line_id is not None:
            flares_of[placed.line_id].append(placed.flare.flare_id)
    forms = _forms(groups, evidence)
    context = _Context(
        names=Counter(name for group in groups for name in {*group.names, *called(group)}),
        shared=lines_by_number(groups),
        weighed=weighed,
        unread=unread,
        titles=titles,
        rests=rests,
        told=ToldOfNumbers(evidence),
    )
    return [
        _line(group, evidence, relations[group.line_id], flares_of[group.line_id], forms[group.line_id], context)
        for group in groups
    ]


class _Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known over all lines: how many bear a name, which use a number, what is for each, names, rests, told."""

    names: Mapping[str, int]
    shared: Mapping[str, tuple[LineGroup, ...]]
    weighed: Mapping[str, LineEvidence]
    unread: Mapping[str, UnreadName]
    titles: Mapping[str, Title]
    rests: Rests
    told: ToldOfNumbers


def _forms(groups: Sequence[LineGroup], evidence: Evidence) -> Mapping[str, Mapping[str, Sequence[Edge]]]:
    """Return the forms that each line's name takes in its adverts, as they stand in the texts, with their edges."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group in groups:
        for spell in group.spells:
            for form in spell.forms:
                lines[spell.sender, form].append(group.line_id)
    forms: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for nickname in evidence.nicknames:
        if nickname.edge.label and nickname.sender:
            for line_id in set(lines.get((nickname.sender, nickname.edge.key), ())):
                forms[line_id][nickname.edge.label].append(nickname.edge)
    return forms


def _line(
    group: LineGroup,
    evidence: Evidence,
    devices: tuple[LineDevice, ...],
    flare_ids: Sequence[str],
    forms: Mapping[str, Sequence[Edge]],
    context: _Context,
) -> Line:
    devices_by_number: dict[str, set[str]] = defaultdict(set)
    for device in devices:
        for number in device.numbers:
            if device.relation is not Relation.MENTIONS_LINE:
                devices_by_number[number].add(device.device_id)
    conflicts = [
        *conflicts_with_renaming(group, evidence.template_texts),
        *said_of_apart(group.kept_apart, group.numbers, group.joins),
        *_number_conflicts(group, context.shared),
        *evidence.accounts.disputes_of(spell.sender for spell in group.spells),
    ]
    weighed, unread = context.weighed[group.line_id], context.unread.get(group.line_id)
    title = context.titles.get(group.line_id) or title_of(group, unread, forms)
    told = context.told.for_line(group)
    nicknames = ((form, sum(edge.count for edge in held), merged_record_ids(held)) for form, held in forms.items())
    return Line(
        line_id=group.line_id,
        name=title.name,
        name_basis=title.basis,
        name_saved_on=title.saved_on,
        nicknames=tuple(sorted(nicknames, key=lambda form: (-form[1], form[0]))),
        folded_names=group.names,
        numbers=tuple(numbers_of(group, told, devices_by_number, counts_by_number(devices), context.rests)),
        template_ids=tuple(sorted({template for spell in group.spells for template in spell.template_ids})),
        flare_ids=tuple(sorted(flare_ids)),
        devices=devices,
        joins=group.joins,
        recipients=group.recipients,
        first_seen_at=earliest(spell.first_at for spell in group.spells),
        last_seen_at=latest(spell.last_at for spell in group.spells),
        probability=weighed.probability,
        evidence=counted_in_rows(weighed, counts_of_line(devices)),
        record_ids=_records(group),
        conflicts=tuple(sorted(conflicts)),
        caveats=(
            *_caveats(group, devices, context.names, title, evidence),
            *_clock_caveats(devices, evidence),
            *_time_caveats(group, evidence),
        ),
    )


def _records(group: LineGroup) -> tuple[str, ...]:
    """Return the first and the last of its adverts, of those that the analysis takes for such where there are any."""
    adverts = [(spell, advert) for spell in group.spells for advert in spell.adverts if not spell.is_to_one(advert)]
    sure = [advert.edge for _, advert in adverts if not advert.is_recovered]
    return first_and_last(sure or [advert.edge for _, advert in adverts])


def _number_conflicts(group: LineGroup, shared: Mapping[str, tuple[LineGroup, ...]]) -> Iterable[str]:
    for number in group.numbers:
        for other in shared[number]:
            if other is not group:
                first, last = periods_of(other, number)
                yield (
                    f"{number} carried adverts of {_called(group, other)} too ({day_of(first)} to {day_of(last)}): "
                    "numbers are given out again, and the two uses were kept apart. What phones hold of it in that "
                    "time is not shown to be with this line."
                )


def _called(group: LineGroup, other: LineGroup) -> str:
    """Return how a line is called beside another one that had a number of it."""
    if not other.names:
        return "a line without a name"
    adverts = [advert for spell in other.spells for advert in spell.adverts]
    name = as_read(adverts, {other.names[0]}) or other.names[0]
    silence = ", after a long silence," if other.names[:1] == group.names[:1] else ""
    return f"the line {name}{silence}"


def _caveats(
    group: LineGroup, devices: Sequence[LineDevice], names: Mapping[str, int], title: Title, evidence: Evidence
) -> Iterable[str]:
    if not any(device.relation in _OWN_PHONE for device in devices):
        yield "No phone that sent this line's adverts is among the devices: it is seen in the phones of others only."
    else:
        yield (
            "Whoever sent these adverts need not hold the line: the sender may be a shift worker or an exploited child."
        )
    by_name = sorted(
        {
            evidence.label(device.device_id)
            for device in devices
            if device.inferred_numbers and device.relation is Relation.RECEIVED_ADVERTS
        },
        key=counting_order,
    )
    if by_name:
        yield (
            f"Adverts on {listed(by_name, _PHONES_NAMED)} show their sender by a name or an account alone: "
            "that they came from a number of the line is taken from address books, or from the copies on other phones."
        )
    if any(device.relation is Relation.RECEIVED_ADVERTS for device in devices):
        yield "Receipt of an advert shows receipt, not purchase."
    for name in called(group):
        if names.get(name, 0) > 1:
            yield (
                f"{names[name]} lines of this name were found; a name is not a person and did not join them by itself."
            )
    if title.name is None:
        yield "Its adverts carry no name."
    if not group.numbers:
        yield "No telephone number of it is known."


def _clock_caveats(devices: Sequence[LineDevice], evidence: Evidence) -> Iterable[str]:
    sent = {device.device_id for device in devices if device.relation is Relation.SENT_ADVERTS}
    came = {device.device_id for device in devices if device.relation is Relation.RECEIVED_ADVERTS}
    in_touch = {device.device_id for device in devices if device.relation is Relation.CONTACT_OF_LINE}
    for device_id in sorted(sent | came | in_touch):
        for clock in evidence.clocks.of_device(device_id):
            received = came | in_touch if clock.is_of_talk else came
            if device_id in (received if clock.is_of_received else sent):
                yield clock.sentence(evidence.label(device_id))


def _time_caveats(group: LineGroup, evidence: Evidence) -> Iterable[str]:
    found = {(spell.sender, device_id) for spell in group.spells for device_id in spell.out_of_time}
    for sender, device_id in sorted(found):
        yield (
            f"The adverts of {evidence.sender_label(sender)} on {evidence.label(device_id)} are dated months or years "
            "from those on all other phones: its clock may have been wrong, and they date nothing."
        )
