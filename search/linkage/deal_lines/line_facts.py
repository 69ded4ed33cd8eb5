"""What is counted of a group of numbers: what tells a deal line from somebody else who texts many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from search.contract import Edge
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.adverts.ordering import Ordering, PhoneList, ordering_of
from search.linkage.adverts.sender_broadcasts import BulkOf
from search.linkage.adverts.sure_orders import SURE_ORDER, SureOrders, sure_orders_of
from search.linkage.adverts.traders import SavedNames
from search.linkage.attribution.evidence import Evidence, extractions_of
from search.linkage.attribution.number_talk import NumberTalk
from search.linkage.deal_lines.trade_names import is_trade_name, saved_names
from search.linkage.deal_lines.wording_facts import WordingFacts
from search.linkage.extraction.flares import SMALLEST_RECIPIENTS
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.joining.groups import LineGroup
from search.linkage.kept import Kept
from search.linkage.keys import TALK_ROLES, Role, is_landline
from search.linkage.number_use.spells import Spell
from search.linkage.weights import LineWeights

_ORDERING_OF_ITS_OWN = 3
"""Parties of a number's own list who surely order, from which on the talk of a phone with two cards is its own."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted of a group.

    Attributes:
        likely: Advert score of each wording that the analysis takes for an advert, by wording.
        unlikely: Of each broadcast wording that it does not.
        ordinary: Weights of those that read like nothing of the kind, and were seen to go to many or count as adverts.
        numbers: Telephone numbers that it had.
        is_landline: All of them are numbers of the United Kingdom that begin with 01, 02 or 03, and it had some.
        saved: Phones that saved one of them, under the name of a trade or another.
        is_signed: Its adverts bear such a name.
        copies: Adverts on the phones held, ``recovered`` of them such as the analysis took for none.
        phones: Phones with adverts to the analysis.
        named: Wordings that carry the group's name.
        receiving: Phones that received them.
        replies: Receiving phones with texts or calls to the sender.
        talking: Parties that got adverts from a sending phone held, and have texts or calls with it.
        answering: Those of ``replies`` and of ``talking`` together, each once.
        listed: Parties that got adverts from a sending phone held.
        ordering: Who of those that got its adverts writes to it, and who of these orders.
        sure_orders: Who surely orders from it, got he its adverts or not.
        two_way: Phones that received none, with texts to the sender and from it.
        days: Days on which some of its offers came or went.
        has_broadcast: A broadcast of its adverts was seen on a sending phone, or on two phones.
        has_offer: Some of it does more than announce a change of number.
        is_private: All it has are one or two texts each between phones that talk with each other anyway.
        is_rare: As ``is_private``, and of all that the phones got from it hardly anything reads like an advert.
        is_singly: Its own phone is held, and shows that each wording went to a few alone.
        is_told_on: All it has are one or two texts of each number, one passed on by somebody, as far as is shown.
        is_known_before: All it has are one or two texts each to phones that wrote with the sender for weeks before.
    """

    likely: Mapping[str, float]
    unlikely: Mapping[str, float]
    ordinary: tuple[float, ...]
    numbers: int
    is_landline: bool
    saved: SavedNames
    is_signed: bool
    copies: int
    recovered: int
    phones: int
    named: int
    receiving: int
    replies: int
    talking: int
    answering: int
    listed: int
    ordering: Ordering
    sure_orders: SureOrders
    two_way: int
    days: int
    has_broadcast: bool
    has_offer: bool
    is_private: bool
    is_rare: bool
    is_singly: bool
    is_told_on: bool
    is_known_before: bool


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What the facts of one group are counted from, beside its adverts.

    Attributes:
        traffic: Edges of kind number, by number.
        device_of: Device by extraction, of these.
        wordings: What its senders broadcast that is no advert, by sender.
        flares_at: When their broadcasts of adverts began, by sender.
        in_talk: Phones that got some and write with the sender, where it is shown by a name alone, by sender.
        told_on: Senders and template ids of adverts that somebody passed on.
        is_known_before: All of it is of people whom the phones knew long before.
        texts: Constants and slots of templates.
        lists: What phones that sent its adverts have to do with those on their lists, by phone and sender.
    """

    traffic: Mapping[str, Sequence[Edge]]
    device_of: Mapping[str, str]
    wordings: Mapping[str, Sequence[BulkWording]]
    flares_at: Mapping[str, Collection[str]]
    in_talk: Mapping[str, Collection[str]]
    told_on: Collection[tuple[str, str]]
    is_known_before: bool
    texts: Mapping[str, str]
    lists: Mapping[tuple[str, str], PhoneList]


def facts_of_all(
    groups: Iterable[LineGroup],
    evidence: Evidence,
    traffic: Mapping[str, Sequence[Edge]],
    bulk: BulkOf,
    kept: Kept | None = None,
) -> dict[str, Facts]:
    """Count what tells a line from others, by line id.

    Args:
        groups: The groups of spells.
        evidence: All that lines are made from.
        traffic: Edges of kind number, by number.
        bulk: What senders broadcast.
        kept: What was made before. None: nothing.
    """
    kept = kept or Kept()
    device_of = extractions_of(evidence.devices)
    sent_from: dict[str, set[str]] = defaultdict(set)
    for device_id, flare, sender in evidence.sent_flares:
        if flare.has_advert:
            sent_from[device_id].add(sender)
    return {
        group.line_id: kept.made(
            _facts_of, group.line_id, group, _around(group, evidence, traffic, bulk, device_of, sent_from)
        )
        for group in groups
    }


def _around(
    group: LineGroup,
    evidence: Evidence,
    traffic: Mapping[str, Sequence[Edge]],
    bulk: BulkOf,
    device_of: Mapping[str, str],
    sent_from: Mapping[str, Collection[str]],
) -> Surroundings:
    senders = {spell.sender for spell in group.spells}
    own = {sender: traffic[sender] for sender in sorted(senders.union(group.numbers)) if sender in traffic}
    wordings = {sender: bulk.wordings[sender] for sender in senders if sender in bulk.wordings}
    template_ids = {template_id for spell in group.spells for template_id in spell.template_ids}
    template_ids.update(wording.template_id for held in wordings.values() for wording in held)
    sending = {(device_id, spell.sender) for spell in group.spells for device_id in spell.sending}
    return Surroundings(
        traffic=own,
        device_of={
            edge.extraction_id: device_of[edge.extraction_id]
            for edges in own.values()
            for edge in edges
            if edge.extraction_id in device_of
        },
        wordings=wordings,
        flares_at={sender: bulk.flares_at[sender] for sender in senders if sender in bulk.flares_at},
        in_talk={sender: bulk.in_talk[sender] for sender in senders if sender in bulk.in_talk},
        told_on={(spell.sender, each) for spell in group.spells for each in spell.template_ids}.intersection(
            bulk.told_on
        ),
        is_known_before=all(spell.place in bulk.known_before for spell in group.spells),
        texts={key: evidence.template_texts[key] for key in template_ids if key in evidence.template_texts},
        lists={
            (device_id, sender): PhoneList(
                evidence.recipients.get((device_id, sender), frozenset()),
                *_talk_of(group, (device_id, sender), evidence, sent_from.get(device_id, ())),
            )
            for device_id, sender in sending
        },
    )


def _talk_of(group: LineGroup, sending: tuple[str, str], evidence: Evidence, sent_from: Collection[str]) -> NumberTalk:
    """Return with whom a phone talks; of one that had a number of another group too, while it had this one.

    Nothing of a group without a name, on a phone that sent adverts to many from another group's number and from this
    one to few alone, unless several of these surely order: to which of its two cards people wrote is not known, and the
    other one is a line's.

    Args:
        group: The group.
        sending: A phone that sent its adverts, and the number.
        evidence: All that lines are made from.
        sent_from: Numbers from which the phone sent adverts to many.
    """
    device_id, sender = sending
    own = {spell.sender for spell in group.spells}
    if sent_from and own.isdisjoint(sent_from) and not group.names:
        talk = evidence.talk_by_number.get((device_id, sender), NumberTalk(frozenset(), {}))
        listed = evidence.recipients.get((device_id, sender), frozenset())
        ordering = [party for party in listed & talk.written_by.keys() if talk.written_by[party].score >= SURE_ORDER]
        return talk if len(ordering) >= _ORDERING_OF_ITS_OWN else NumberTalk(frozenset(), {})
    if all(number in own for held, number in evidence.talk_by_number if held == device_id):
        return NumberTalk(evidence.talking.get(device_id, frozenset()), evidence.written_by.get(device_id, {}))
    return evidence.talk_by_number.get((device_id, sender), NumberTalk(frozenset(), {}))


class _Beside(NamedTuple):
    """What phones have to do with the sender of a spell beside its adverts, while the group used its number.

    Attributes:
        edges: Edges of kind number.
        phones: Devices with texts or calls to the sender.
        received: Texts of the sender on the phones that got its adverts which are none.
    """

    edges: list[Edge]
    phones: set[str]
    received: int


def _beside(group: LineGroup, spell: Spell, around: Surroundings) -> _Beside:
    device_of = around.device_of
    edges = [
        edge
        for edge in around.traffic.get(spell.sender, ())
        if edge.extraction_id in device_of and _is_then(group, spell, edge)
    ]
    phones = {device_of[edge.extraction_id] for edge in edges if edge.role in TALK_ROLES}
    received = (
        edge.count for edge in edges if edge.role == Role.RECEIVED and device_of[edge.extraction_id] in spell.receiving
    )
    return _Beside(edges, phones.union(around.in_talk.get(spell.sender, ())), sum(received))


def _facts_of(group: LineGroup, around: Surroundings) -> Facts:
    """Count what tells a group of spells from others."""
    device_of = around.device_of
    beside = {spell.place: _beside(group, spell, around) for spell in group.spells}
    public = [spell for spell in group.spells if not _is_private(spell, beside[spell.place])]
    # what a few got from another of its numbers in the same words was no text to them alone
    said = {template_id for spell in public for template_id in spell.template_ids}
    places = {spell.place for spell in public}
    spells = [
        spell
        for spell in group.spells
        if not public or spell.place in places or not said.isdisjoint(spell.template_ids)
    ]
    wordings = WordingFacts(spells, around.wordings, around.texts)
    own_lists = [around.lists[device_id, spell.sender] for spell in spells for device_id in spell.sending]
    talking = {party for phone in own_lists for party in phone.listed & phone.talking}
    receiving = {device_id for spell in spells for device_id in spell.receiving}
    replies = {device_id for spell in spells for device_id in beside[spell.place].phones & spell.receiving}
    around_each = {place: it.edges for place, it in beside.items()}
    days = {
        instant[:DAY_CHARS]
        for spell in spells
        for instant in around.flares_at.get(spell.sender, ())
        if spell.covers(instant, 0)
    }
    return Facts(
        likely=wordings.likely,
        unlikely=wordings.unlikely,
        ordinary=wordings.ordinary(),
        numbers=len(group.numbers),
        is_landline=bool(group.numbers) and all(map(is_landline, group.numbers)),
        saved=saved_names(_saved_in_its_time(group, around), device_of, group.forms),
        is_signed=any(
            is_trade_name(advert.edge.label) for spell in spells for advert in spell.adverts if advert.edge.label
        ),
        copies=sum(spell.advert_count for spell in spells),
        recovered=sum(spell.recovered_count for spell in spells),
        phones=len({advert.device_id for spell in spells for advert in spell.adverts if not advert.is_recovered}),
        named=len(wordings.named),
        receiving=len(receiving),
        replies=len(replies),
        talking=len(talking),
        # on a list a seized phone stands by its device, as among those that received
        answering=len(replies | talking),
        listed=len({party for phone in own_lists for party in phone.listed}),
        ordering=ordering_of(spells, around.lists, around_each, device_of),
        sure_orders=sure_orders_of(group.spells, around.lists, around_each, device_of),
        two_way=len(_writing((edge for spell in spells for edge in beside[spell.place].edges), device_of) - receiving),
        days=len(days),
        has_broadcast=any(spell.is_broadcast for spell in spells),
        has_offer=any(spell.offer_count for spell in spells),
        is_private=not public,
        is_rare=not public and all(_is_rare(spell, beside[spell.place].received) for spell in spells),
        is_singly=not public and any(spell.sending for spell in spells),
        is_told_on=is_told_on(group.spells, around.told_on),
        is_known_before=around.is_known_before,
    )


def _saved_in_its_time(group: LineGroup, around: Surroundings) -> Iterable[Edge]:
    """Yield the edges of the group's numbers that may bear the name of whoever used it then.

    A number is given out again: a name beside texts and calls after the group's use is another holder's. So is one
    that a phone saved without a date, where all its texts and calls with the number came outside that use.
    """
    for number in group.numbers:
        edges = around.traffic.get(number, ())
        dated: dict[str, list[bool]] = defaultdict(list)
        for edge in edges:
            if edge.first_at is not None and edge.extraction_id in around.device_of:
                dated[around.device_of[edge.extraction_id]].append(group.uses_at(number, edge.first_at, edge.last_at))
        for edge in edges:
            if edge.first_at is not None:
                is_then = group.uses_at(number, edge.first_at, edge.last_at)
            else:
                is_then = any(dated.get(around.device_of.get(edge.extraction_id, ""), [True]))
            if is_then:
                yield edge


def is_told_on(spells: Iterable[Spell], told_on: Collection[tuple[str, str]]) -> bool:
    """Whether each number of which adverts are held sent one that somebody passed on."""
    told = [
        any((spell.sender, template_id) in told_on for template_id in spell.template_ids)
        for spell in spells
        if spell.template_ids
    ]
    return bool(told) and all(told)


def _is_then(group: LineGroup, spell: Spell, edge: Edge) -> bool:
    return edge.first_at is None or group.uses_at(spell.sender, edge.first_at, edge.last_at)


def _writing(traffic: Iterable[Edge], device_of: Mapping[str, str]) -> set[str]:
    """Return the devices with texts to a number of the group and texts from it that are no adverts."""
    roles: dict[str, set[str]] = defaultdict(set)
    for edge in traffic:
        roles[device_of[edge.extraction_id]].add(edge.role)
    return {device_id for device_id, held in roles.items() if {Role.SENT, Role.RECEIVED} <= held}


def _is_private(spell: Spell, beside: _Beside) -> bool:
    """Whether the spell is a few texts between phones that talk with each other anyway.

    A phone that sends adverts sends each wording to many, whatever it keeps of when.
    """
    if spell.is_broadcast or not (spell.receiving or spell.sending):
        return False
    people = len(spell.recipients)
    is_to_few = people < SMALLEST_RECIPIENTS and spell.sent_count <= LineWeights.FEW_ADVERTS * people
    is_few_each = max(spell.sent_counts.values(), default=0) < LineWeights.FEW_OF_A_WORDING
    if (
        spell.sending
        and (is_to_few or is_few_each)
        and spell.advert_count - spell.recovered_count <= 2 * spell.sent_count
    ):
        # The sending phone shows every copy that is held: whether somebody answered makes no difference.
        return True
    if not spell.receiving <= beside.phones:
        return False
    if spell.sending:
        return is_to_few or spell.sent_count < LineWeights.COPIES_OF_A_WORDING * len(spell.wordings)
    held = Counter[str]()
    for advert in spell.adverts:
        # what was taken for an advert beside others says nothing of those
        held[advert.device_id] += 0 if advert.is_recovered else advert.edge.count
    return (
        max(held.values()) <= LineWeights.FEW_ADVERTS
        or sum(held.values()) < LineWeights.SHARE_OF_TALK * beside.received
    )


def _is_rare(spell: Spell, received: int) -> bool:
    """Whether the adverts of a spell are a few among very many texts to the same phones."""
    count = spell.advert_count - spell.sent_count - spell.recovered_count
    return 0 < count <= LineWeights.RARE_ADVERTS and count < LineWeights.RARE_SHARE * received
