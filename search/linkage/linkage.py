"""Linkage over an index: from edges and flares to lines, links and what was kept from linking. Pure but for reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, combinations

import msgspec

from parsers.garbage import collector_paused
from search.contract import Edge, EdgeKind, EvidenceIndex
from search.linkage.adverts.acquaintances import acquainted
from search.linkage.adverts.bulk_wordings import bulk_wordings
from search.linkage.adverts.first_hand import first_hand
from search.linkage.adverts.known_names import known_labels, named_as_known
from search.linkage.adverts.recovery import recovered_adverts, unseen_senders
from search.linkage.adverts.running_talk import doubted_senders, without_running_talk
from search.linkage.adverts.sender_broadcasts import BulkOf, bulk_of
from search.linkage.adverts.told_on import told_on
from search.linkage.adverts.traders import ORDINARY_SCORE
from search.linkage.adverts.words_to_workers import told_in_passing, with_words_to_workers, without_noticed
from search.linkage.attribution.clocks import undated, undated_traffic
from search.linkage.attribution.evidence import Evidence, extractions_of
from search.linkage.attribution.index_reading import ALWAYS, IndexReading, Window
from search.linkage.attribution.moved_line_sims import with_unknown_numbers
from search.linkage.attribution.unshown_numbers import without_unshown
from search.linkage.deal_lines.decided import (
    accepted_groups,
    decided_evidence,
    decided_lines,
    decided_links,
    outcomes_of,
    suppressed_nobodys,
)
from search.linkage.deal_lines.disowned_numbers import (
    disowned_numbers,
    may_disown,
    suppressed_disowned,
    with_disowned,
    without_disowned,
    without_ordered_from,
)
from search.linkage.deal_lines.line_evidence import LineEvidence, evidence_of
from search.linkage.deal_lines.line_facts import facts_of_all
from search.linkage.deal_lines.line_flares import Doubts, PlacedFlares, place_flares, to_few
from search.linkage.deal_lines.line_surroundings import NumberEdges, named_edges
from search.linkage.deal_lines.line_titles import titles_of_all_time
from search.linkage.deal_lines.lines import build_lines
from search.linkage.deal_lines.relations import relate
from search.linkage.deal_lines.saved_forms import with_saved_names
from search.linkage.deal_lines.suppressed import (
    suppressed_line_numbers,
    suppressed_numbers,
    suppressed_recipients,
    suppressed_wordings,
    with_all_holders,
)
from search.linkage.deal_lines.unread_names import unread_names
from search.linkage.decisions import Decision
from search.linkage.device_links.links import Specificity, find_links
from search.linkage.device_links.shared_numbers import SharedNumbers, shared_numbers
from search.linkage.devices.events import by_word_alone, find_events, told_of_devices, with_later_holders
from search.linkage.devices.stated_records import links_with_sims, with_messages, with_readings
from search.linkage.devices.traffic import traffic_kinds
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.joining.carried_on import SURELY_A_LINE, CarriedOn
from search.linkage.joining.groups import LineGroup, group_spells
from search.linkage.joining.joins import Joins
from search.linkage.joining.order_numbers import order_numbers, without_hubs
from search.linkage.joining.rulings import Rulings
from search.linkage.joining.talk_of_lines import with_talk_of_lines
from search.linkage.kept import Kept
from search.linkage.keys import NAME_PREFIX, fold_name, is_number
from search.linkage.model import Line, Linkage, RejectedLine, Suppressed
from search.linkage.number_use.rests import Rests
from search.linkage.number_use.spells_of_senders import find_spells
from search.linkage.number_use.told_by_name import told_by_name
from search.linkage.weights import RARE_DEVICES, hub_threshold


async def compute_linkage(
    index: EvidenceIndex, window: Window = ALWAYS, decisions: Sequence[Decision] = (), kept: Kept | None = None
) -> Linkage:
    """Return everything that linkage states over the index; the same for the same content, whatever its order.

    Of a period lines bear the names that they have in everything held: a name is not another one for a part of it.

    Args:
        index: An open index.
        window: The period.
        decisions: What people decided, oldest first.
        kept: What the linkage before made, of which this one takes what is the same; one at a time. None: nothing.

    Raises:
        IndexUnreachable: The store is not there.
    """
    before = kept or Kept()
    with collector_paused():
        async with index.reading() as held:
            async with IndexReading(held, ALWAYS, before) as whole:
                stated = await _computed(whole, decisions, before)
            before.end()
            if window == ALWAYS:
                return stated
            async with IndexReading(held, window) as reading:
                return await _computed(reading, decisions, Kept(), stated.lines)


async def _computed(
    reading: IndexReading, decisions: Sequence[Decision], kept: Kept, whole: Sequence[Line] = ()
) -> Linkage:
    """Return what linkage states; ``whole``: the lines of everything held, where the reading is of a period."""
    shown = with_unknown_numbers(told_by_name(without_unshown(await reading.evidence())))
    shown = await reading.with_texts(shown, may_disown(shown))
    disowned = disowned_numbers(shown)
    disowned = without_ordered_from(disowned, await _traffic(reading, (it.sender for it in disowned), shown), shown)
    own = first_hand(without_disowned(shown, disowned), kept)
    evidence = with_disowned(own.evidence, disowned)
    device_of = extractions_of(evidence.devices)
    # what a teller sent is no broadcast of a line that the analysis missed
    bulk = [wording for wording in bulk_wordings(evidence, kept) if wording.sender not in own.tellers]
    missed = recovered_adverts(evidence, bulk, kept)
    in_passing = told_in_passing(evidence)
    talk = await _traffic(reading, doubted_senders(missed, evidence).union(in_passing), evidence)
    missed = without_running_talk(
        missed, with_words_to_workers(evidence, in_passing, talk, device_of), bulk, talk, device_of
    )
    evidence = with_words_to_workers(evidence, without_noticed(in_passing, missed), talk, device_of)
    # whether a few everyday words are a trader's, their number tells
    evidence = await reading.with_texts(evidence, (each for each in missed if each.edge.score < ORDINARY_SCORE))
    known = known_labels(evidence.adverts, evidence.template_texts) if missed else {}
    recovered = named_as_known(missed, known, evidence.template_texts)
    spells = find_spells(evidence, undated([*recovered, *unseen_senders(evidence, bulk)], evidence.clocks), kept)
    handed_on = told_on(evidence)
    traffic = await _traffic(reading, (spell.sender for spell in spells), evidence)
    known_before = acquainted(spells, traffic, device_of)
    told = order_numbers(spells, evidence)
    ordered_from = without_hubs(told, await _traffic(reading, (each.number for each in told), evidence), evidence)
    rests = Rests(evidence)
    # what a line is called from now on stands in texts too that are adverts by how they came alone
    said = await reading.with_texts(evidence, recovered)
    joins = Joins(spells, said, rests, handed_on, known_before, ordered_from, kept)
    rulings = Rulings(decisions, (*spells, *joins.announced), device_of)
    found = group_spells(spells, joins, rulings)
    announced = (number for group in found for number in group.numbers if number not in traffic)
    traffic = {**traffic, **await _traffic(reading, announced, evidence)}
    found = with_talk_of_lines(found, traffic, device_of)
    broadcasts = bulk_of(evidence, bulk, handed_on, known_before)
    weigh = partial(_weighed, evidence=evidence, traffic=traffic, broadcasts=broadcasts, kept=kept)
    found, by_itself = _with_carried_on(
        found,
        weigh,
        lambda lines: CarriedOn(found, lines, evidence, traffic, rulings).joins(),
        lambda carried: with_talk_of_lines(group_spells(spells, joins, rulings, carried), traffic, device_of),
    )
    weighed = decided_evidence(found, by_itself, rulings, weigh)
    groups, rejected = accepted_groups(found, weighed, rulings)
    line_numbers = sorted({number for group in groups for number in group.numbers})
    edges = NumberEdges(
        traffic=traffic,
        mentions=await reading.by_key(EdgeKind.MENTIONED, line_numbers),
        named=named_edges(evidence),
        by_name=await _talk_by_name(reading, groups, evidence),
    )
    doubts = Doubts(
        evidence,
        traffic,
        device_of,
        spells,
        to_few=to_few(orders=own.orders, passed=own.passed, echoed=own.echoed, changes=own.changes, given=own.given),
        told=handed_on,
    )
    flares = place_flares(groups, evidence, doubts, bulk, kept)
    unread = unread_names(found, evidence, traffic, device_of)
    titles = titles_of_all_time(groups, whole)
    relations = relate(groups, evidence, edges, flares.placed, kept)
    built = build_lines(groups, evidence, relations, flares.placed, weighed, unread, titles, rests)
    lines = decided_lines(with_saved_names(built, traffic, device_of, titles), groups, rulings)
    shared = await _shared_numbers(reading, evidence, traffic, device_of)
    stated = _state(
        evidence,
        groups,
        lines,
        flares,
        shared,
        (
            *own.left_out,
            *suppressed_disowned(disowned, evidence.template_texts),
            *suppressed_nobodys(found, weighed, rulings),
        ),
        kept,
    )
    events = await with_readings(
        reading, await reading.with_records(stated.events, device_of, by_word_alone(evidence.devices)), evidence.devices
    )
    events = await with_messages(reading, events, evidence.devices)
    stated = msgspec.structs.replace(
        stated,
        lines=with_later_holders(stated.lines, events),
        events=tuple(told_of_devices(events)),
        links=await links_with_sims(reading, stated.links, device_of),
    )
    return _decided(stated, found, rejected, rulings)


def _with_carried_on(
    found: list[LineGroup],
    weigh: Callable[[Sequence[LineGroup]], dict[str, LineEvidence]],
    carried_on: Callable[[Collection[str]], list[PlacedJoin]],
    regrouped: Callable[[list[PlacedJoin]], list[LineGroup]],
) -> tuple[list[LineGroup], dict[str, LineEvidence]]:
    """Return the groups and what each weighs, with those as one of which the one goes on what the other was.

    Only of what surely is a line by itself that is asked, so that groups are made and weighed before.

    Args:
        found: The groups by everything else.
        weigh: Weighs groups.
        carried_on: Returns the further joins of what surely are lines, of their ids.
        regrouped: Returns the groups with further joins.
    """
    by_itself = weigh(found)
    carried = carried_on({line_id for line_id, held in by_itself.items() if held.probability >= SURELY_A_LINE})
    if not carried:
        return found, by_itself
    joined = regrouped(carried)
    return joined, weigh(joined)


def _weighed(
    found: Sequence[LineGroup],
    *,
    evidence: Evidence,
    traffic: Mapping[str, Sequence[Edge]],
    broadcasts: BulkOf,
    kept: Kept,
) -> dict[str, LineEvidence]:
    """Return what speaks for each group being a line and against it, by line id; no person's decision."""
    facts = facts_of_all(found, evidence, traffic, broadcasts, kept)
    return {line_id: kept.made(evidence_of, line_id, held) for line_id, held in facts.items()}


async def _shared_numbers(
    reading: IndexReading, evidence: Evidence, traffic: Mapping[str, Sequence[Edge]], device_of: Mapping[str, str]
) -> SharedNumbers:
    several = await reading.of_several(traffic)
    own = {number for facts in evidence.devices.values() for number in facts.own_numbers}
    owned = await reading.by_key(EdgeKind.NUMBER, sorted(own - several.keys()))
    return shared_numbers(several, owned, evidence.devices, device_of)


async def _traffic(reading: IndexReading, numbers: Iterable[str], evidence: Evidence) -> Mapping[str, Sequence[Edge]]:
    """Return the edges of kind number of each number that has some."""
    asked = sorted(filter(is_number, set(numbers)))
    return undated_traffic(await reading.by_key(EdgeKind.NUMBER, asked), evidence.clocks)


async def _talk_by_name(
    reading: IndexReading, groups: Iterable[LineGroup], evidence: Evidence
) -> Mapping[str, Sequence[Edge]]:
    """Return what phones wrote to senders of lines' adverts whom they show by a name alone, by the key of these."""
    adverts = chain.from_iterable(spell.adverts for group in groups for spell in group.spells)
    keys = sorted({advert.edge.key for advert in adverts if advert.edge.key.startswith(NAME_PREFIX)})
    return undated_traffic(await reading.by_key(EdgeKind.NUMBER, keys), evidence.clocks)


def _decided(
    stated: Linkage, found: Sequence[LineGroup], rejected: Sequence[RejectedLine], rulings: Rulings
) -> Linkage:
    links, rejected_links = decided_links(stated.links, rulings)
    return msgspec.structs.replace(
        stated,
        links=tuple(links),
        rejected_links=tuple(rejected_links),
        rejected_lines=tuple(rejected),
        decisions=tuple(outcomes_of(found, stated.lines, rejected, rejected_links, rulings)),
    )


def _state(
    evidence: Evidence,
    groups: Sequence[LineGroup],
    lines: Sequence[Line],
    flares: PlacedFlares,
    shared: SharedNumbers,
    left_out: Sequence[Suppressed],
    kept: Kept,
) -> Linkage:
    # what is kept from linking as a sender is no reason of a link as a contact
    apart = {item.value for item in left_out if item.kind == "number"}
    specificity = _specificity(evidence, lines, shared, apart)
    line_numbers = {number.number for line in lines for number in line.numbers}
    suppressed = [
        *suppressed_numbers(shared.knowing(), line_numbers, len(evidence.devices)),
        *suppressed_line_numbers(groups),
        *suppressed_wordings(
            lines,
            specificity.lines_of_template,
            _devices_of_wordings(groups, evidence),
            specificity.devices_of_name,
        ),
        *suppressed_recipients(lines, evidence.devices.keys()),
        *left_out,
    ]
    own_numbers = {facts.device_id: facts.own_numbers for facts in evidence.devices.values()}
    held = with_all_holders(suppressed, shared.holders, own_numbers)
    return Linkage(
        lines=tuple(lines),
        links=tuple(find_links(lines, evidence, specificity, kept)),
        flares=flares.placed,
        flares_left_out=flares.left_out,
        suppressed=tuple(sorted(held, key=lambda item: (item.kind, item.value))),
        events=tuple(find_events(evidence.devices, lines)),
        traffic=tuple(
            traffic_kinds(evidence.devices, lines, flares.placed, evidence.clocks, evidence.proven, shared.alike, kept)
        ),
    )


def _specificity(
    evidence: Evidence, lines: Sequence[Line], shared: SharedNumbers, apart: Collection[str]
) -> Specificity:
    templates_on: dict[str, Counter[str]] = defaultdict(Counter)
    names_on: dict[str, Counter[str]] = defaultdict(Counter)
    edges_on: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    named = _names_of_numbers(lines)
    holders = {number: held for number, held in shared.holders.items() if number not in apart}
    for advert in chain(evidence.adverts, *(each.adverts for each in evidence.resent)):
        templates_on[advert.device_id][advert.edge.other] += advert.edge.count
        edges_on[advert.device_id][advert.edge.other].append(advert.edge)
        name = fold_name(advert.edge.label)
        # of a line's number, what is no name of its line is a word that was taken for one
        if name and (advert.sender not in named or name in named[advert.sender]):
            names_on[advert.device_id][name] += advert.edge.count
    return Specificity(
        lines_of_template=_names_of_templates(lines),
        devices_of_template=Counter(template_id for held in templates_on.values() for template_id in held),
        lines_of_name=Counter(name for line in lines for name in line.folded_names),
        devices_of_name=Counter(name for held in names_on.values() for name in held),
        templates_on=templates_on,
        names_on=names_on,
        edges_on=edges_on,
        holders=holders,
        known=shared.known,
        shared_contacts=_shared_contacts(evidence, lines, holders),
        sent_to=_sent_to(evidence),
    )


def _devices_of_wordings(groups: Iterable[LineGroup], evidence: Evidence) -> Counter[str]:
    """Return on how many devices each wording of adverts is; those that the analysis missed too."""
    recovered = (advert for group in groups for spell in group.spells for advert in spell.adverts)
    held = chain(evidence.adverts, *(each.adverts for each in evidence.resent), recovered)
    return Counter(wording for wording, _ in {(advert.edge.other, advert.device_id) for advert in held})


def _names_of_numbers(lines: Sequence[Line]) -> dict[str, set[str]]:
    """Return the folded names of the lines that had each number."""
    names: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for number in line.numbers:
            names[number.number].update(line.folded_names)
    return names


def _names_of_templates(lines: Sequence[Line]) -> Counter[str]:
    """Return how many names each wording stands under; a line without a name counts as one of its own."""
    users = {(template_id, _brand(line)) for line in lines for template_id in line.template_ids}
    return Counter(template_id for template_id, _ in users)


def _brand(line: Line) -> str:
    return line.folded_names[0] if line.folded_names else line.line_id


def _sent_to(evidence: Evidence) -> dict[str, frozenset[str]]:
    """Return the numbers that adverts and broadcasts of each device went to, those of phones that are held too."""
    found: dict[str, set[str]] = defaultdict(set)
    for (device_id, _), parties in evidence.recipients.items():
        for party in parties:
            held = evidence.devices.get(party)
            found[device_id].update((party,) if held is None else held.own_numbers)
    return {device_id: frozenset(parties) for device_id, parties in found.items()}


def _shared_contacts(
    evidence: Evidence, lines: Sequence[Line], holders: Mapping[str, Mapping[str, str]]
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
