"""The evidence that linkage works on: edges with the device they are of, and what is known of each device.

Made once from catalogue and edges; senders without a known number get one here where the evidence names it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from parsers.device_ids import iccid_key, imsi_key
from parsers.phone_numbers import number_key, to_e164
from search.contract import Edge, ExtractionEntry, Flare, TemplateEntry
from search.linkage.attribution.account_ids import AccountIds
from search.linkage.attribution.bound_accounts import NONE_BOUND, BoundAccounts
from search.linkage.attribution.clocks import Clocks, undated
from search.linkage.attribution.number_talk import NumberTalk, Written, both, talk_by_number
from search.linkage.attribution.own_numbers import OwnNumbers
from search.linkage.attribution.own_talk import Talk, own_talk, talk_with
from search.linkage.attribution.proven_numbers import ProvenNumber, proven_numbers
from search.linkage.attribution.saved_senders import SavedSenders
from search.linkage.attribution.senders import Evidenced, Resent, SenderResolver, is_plain
from search.linkage.attribution.shown_senders import Shown
from search.linkage.attribution.template_bodies import first_texts, template_bodies
from search.linkage.counting_order import counting_order
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import earliest, latest
from search.linkage.kept import Kept
from search.linkage.keys import LISTED_ROLES, OWN_PREFIX, TRAFFIC_ROLES, AnnouncedFrom, Role, is_number, sim_in
from search.linkage.phrases import with_case

_NO_CHANGE = frozenset(AnnouncedFrom) - frozenset(
    {AnnouncedFrom.OLD_ADVERT, AnnouncedFrom.NEW_ADVERT, AnnouncedFrom.OLD_PLAIN, AnnouncedFrom.NEW_PLAIN}
)


class DeviceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue and the edges say of one device. ``label`` is how sentences name it.

    Attributes:
        had: First and last text that went out from each of its numbers, where its records show several one after the
            other; empty where they show one, or several at once.
        stated_in: Records that state each of its numbers as its own, or went out from it; empty where the extraction
            alone states it.
    """

    device_id: str
    label: str
    own_numbers: frozenset[str]
    sims: frozenset[str]
    first_at: str | None
    last_at: str | None
    entries: tuple[ExtractionEntry, ...]
    had: Mapping[str, tuple[str, str]] = {}
    stated_in: Mapping[str, tuple[str, ...]] = {}

    def period_of(self, number: str) -> tuple[str | None, str | None]:
        """Return when the device had one of its numbers: all the time of its messages, as far as nothing says less."""
        known = self.had.get(number)
        if known is None or self.first_at is None or self.last_at is None:
            return self.first_at, self.last_at
        is_first = all(known <= other for other in self.had.values())
        is_last = all(known >= other for other in self.had.values())
        return self.first_at if is_first else known[0], self.last_at if is_last else known[1]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that lines are made from.

    Attributes:
        with_other_number: Texts of a sender in which another number stands, of which it is not read which one is new.
        warned: Those that warn of whoever sends from that number.
        nicknames: Edges of kind nickname, with senders resolved.
        told_by_name: Ids of sent flares whose number is that of the name in them.
        wordings: Received texts that are no adverts to the analysis and may have been broadcast.
        recipients: Parties that adverts and broadcasts went to, by (sending device, sender).
        sent_to: How many adverts phones that are held sent from a number to a party, by (sender, party).
        talking: Parties that a sending device has one-to-one texts or calls with.
        written_by: Parties whose texts a sending device got, with what these come to.
        own_device: Device by own number, where one device alone has it.
        template_texts: Constants and slots of the templates of adverts.
        template_bodies: Some messages of each as they were sent.
        clocks: Wrong clocks. What they dated is undated here, but flares and wordings: as a right clock would.
    """

    devices: Mapping[str, DeviceFacts]
    adverts: tuple[Evidenced, ...]
    announcements: tuple[Evidenced, ...]
    with_other_number: tuple[Evidenced, ...]
    warned: tuple[Evidenced, ...]
    nicknames: tuple[Evidenced, ...]
    wordings: tuple[Evidenced, ...]
    recipients: Mapping[tuple[str, str], frozenset[str]]
    sent_to: Mapping[tuple[str, str], int]
    talking: Mapping[str, frozenset[str]]
    written_by: Mapping[str, Mapping[str, Written]]
    flares: tuple[tuple[str, Flare, str], ...]
    sent_flares: tuple[tuple[str, Flare, str], ...]
    """As ``flares`` device, flare and resolved sender key: the few that phones sent (``sent_among``)."""
    shown: Mapping[str, Shown]
    """What receiving phones show of the sender, by sent flare."""
    own_device: Mapping[str, str]
    template_texts: Mapping[str, str]
    template_bodies: Mapping[str, tuple[str, ...]]
    clocks: Clocks = Clocks()
    asked: tuple[Evidenced, ...] = ()
    """That senders said yes to who asked whether they are whom one knows by another name or number."""
    resent: tuple[Resent, ...] = ()
    """Adverts that a runner sent on to many, which are the line's and not the runner's own."""
    denied: tuple[Evidenced, ...] = ()
    """That senders told who asks for another that this is not his number."""
    served: tuple[Evidenced, ...] = ()
    """That senders wrote anything else to who seemed to order (the label)."""
    told_by_name: frozenset[str] = frozenset()
    other_holders: Mapping[tuple[str, str], tuple[str | None, str | None]] = {}
    """Numbers with the devices that had them at another time than the line, and when (``other_holders``)."""
    late_holders: Mapping[tuple[str, str], float] = {}
    """Numbers with devices that first show them so many days after the last advert (``late_holders``)."""
    by_name_alone: tuple[Evidenced, ...] = ()
    """As ``wordings``, of senders that phones show by a name alone, which are their senders (``named_alone``)."""
    parts: tuple[Flare, ...] = ()
    """Parts of broadcasts that other deliveries of a device have too (``joined_broadcasts``); ``flares`` has none."""
    own_talk: Mapping[str, tuple[Talk, ...]] = {}
    talk_with: Mapping[str, tuple[Talk, ...]] = {}
    """Texts and calls of the phones that state a number of adverts and sent nothing to many; and those that others had
    with these numbers, by number: ``party`` is whose they are."""
    talk_by_number: Mapping[tuple[str, str], NumberTalk] = {}
    """``talking`` and ``written_by`` of each number of devices that had several, by device and number."""
    proven: tuple[ProvenNumber, ...] = ()
    """Numbers that phones sent from and do not state, as copies on others prove."""
    accounts: BoundAccounts = NONE_BOUND

    def advert_flares(self) -> Iterator[tuple[str, Flare, str]]:
        """Yield the flares of adverts: what was told to be an order, or passed on, is none of ``adverts`` any more."""
        wordings = {(advert.sender, advert.edge.other) for advert in self.adverts}
        return (held for held in self.flares if held[1].has_advert and (held[2], held[1].template_id) in wordings)

    def label(self, device_id: str) -> str:
        """Return how sentences name the device."""
        return self.devices[device_id].label

    def sender_label(self, sender: str) -> str:
        """Return how sentences name a sender: its number, or the phone on which it has none."""
        if is_plain(sender) or ":" not in sender:
            return sender
        phone = self.label(sender.split(":")[1])
        is_sim = sender.startswith(OWN_PREFIX) and sim_in(sender) != ""
        return f"one SIM, whose number is not known, of {phone}" if is_sim else f"a sender without a number on {phone}"


def sent_among(flares: Iterable[tuple[str, Flare, str]]) -> tuple[tuple[str, Flare, str], ...]:
    """Return the flares that phones sent."""
    return tuple(held for held in flares if held[1].direction == SENT)


def flares_by_sender(flares: Iterable[tuple[str, Flare, str]]) -> dict[str, list[tuple[str, Flare, str]]]:
    """Return flares, with their device and sender, by the sender, in their order."""
    held: dict[str, list[tuple[str, Flare, str]]] = defaultdict(list)
    for placed in flares:
        held[placed[2]].append(placed)
    return held


def own_numbers_of(entry: ExtractionEntry) -> frozenset[str]:
    """Return the keys of the numbers that an extraction states for itself."""
    keys = (number_key(raw, to_e164(raw)) for raw in entry.msisdn)
    return frozenset(key for key in keys if key is not None)


def sims_of(entry: ExtractionEntry) -> frozenset[str]:
    """Return the keys of the SIMs of an extraction: ICCID keys, and ``imsi:`` and the IMSI."""
    iccids = (iccid_key(raw) for raw in entry.iccid)
    imsis = (imsi_key(raw) for raw in entry.imsi)
    return frozenset([key for key in iccids if key is not None] + [f"imsi:{key}" for key in imsis if key is not None])


def device_facts(
    entries: Iterable[ExtractionEntry], own_edges: Iterable[Edge], kept: Kept | None = None
) -> dict[str, DeviceFacts]:
    """Return what the catalogue and the edges of kind own number say of each device, by device id."""
    kept = kept or Kept()
    device_of: dict[str, str] = {}
    grouped: dict[str, list[ExtractionEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.extraction_id):
        device_of[entry.extraction_id] = entry.device_id
        grouped[entry.device_id].append(entry)
    stating: dict[str, list[Edge]] = defaultdict(list)
    for edge in own_edges:
        if edge.extraction_id in device_of:
            stating[device_of[edge.extraction_id]].append(edge)
    return {
        device_id: kept.made(_facts_of, device_id, device_id, tuple(members), tuple(stating.get(device_id, ())))
        for device_id, members in sorted(grouped.items())
    }


def _facts_of(device_id: str, members: tuple[ExtractionEntry, ...], own_edges: Sequence[Edge]) -> DeviceFacts:
    """Return what is known of one device, of its extractions and their own numbers."""
    own: set[str] = set()
    used: list[Edge] = []
    stating: dict[str, list[Edge]] = defaultdict(list)
    # What the submitter states of the owner's number holds; numbers of the file's own are often those of a factory.
    overruled = {edge.extraction_id for edge in own_edges if edge.role == Role.OWNER}
    for edge in own_edges:
        is_overruled = edge.extraction_id in overruled and edge.role == Role.CARRIED
        if edge.role != "account" and not is_overruled:
            own.add(edge.key)
            stating[edge.key].append(edge)
            if edge.role == Role.SENT and is_number(edge.key):
                used.append(edge)
    return DeviceFacts(
        device_id=device_id,
        label=_label(device_id, members),
        own_numbers=frozenset(own.union(*map(own_numbers_of, members))),
        sims=frozenset().union(*map(sims_of, members)),
        first_at=earliest(entry.first_message_at for entry in members),
        last_at=latest(entry.last_message_at for entry in members),
        entries=members,
        had=_one_after_the_other(used),
        stated_in={number: _stating(edges) for number, edges in stating.items()},
    )


def _stating(edges: Sequence[Edge]) -> tuple[str, ...]:
    """Return the records of a SIM or handset that state a number; where there are none, texts that went out from it."""
    carried = merged_record_ids(edge for edge in edges if edge.role == Role.CARRIED)
    return carried or merged_record_ids(edges)


def _one_after_the_other(used: Iterable[Edge]) -> dict[str, tuple[str, str]]:
    """Return the first and last text from each number of a device; empty where it has one, or several at once.

    ``used``: edges of its own numbers, of texts that say from which number they went out.
    """
    times: dict[str, list[str]] = defaultdict(list)
    for edge in used:
        if edge.first_at is None or edge.last_at is None:
            return {}
        times[edge.key] += [edge.first_at, edge.last_at]
    periods = {number: (min(held), max(held)) for number, held in times.items()}
    is_in_turn = all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(periods.values())))
    return periods if len(periods) > 1 and is_in_turn else {}


def _label(device_id: str, entries: Sequence[ExtractionEntry]) -> str:
    current = [entry for entry in entries if entry.exhibit_ref and entry.superseded_by is None] or entries
    exhibits = {with_case(entry.exhibit_ref, entry.case_ref) for entry in current if entry.exhibit_ref}
    return min(exhibits, key=counting_order, default=f"device {device_id}")


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of an index.

    Attributes:
        wordings: Edges of kind wording of numbers that may have broadcast.
        sending: Edges of kind number of the extractions that sent adverts or broadcasts.
        stating: The same of those that sent nothing to many, and state a number from which adverts came.
        of_stated: Edges of kind number of those numbers, on any extraction.
        own: Numbers that devices sent from.
        named: Numbers of names that chat parties are shown by.
        accounts: Numbers of ids of accounts that senders are shown by.
        templates: Templates of adverts.
        clocks: Wrong clocks; edges and flares that they dated are dated rightly.
    """

    devices: Mapping[str, DeviceFacts]
    adverts: Sequence[Edge]
    announcements: Sequence[Edge]
    nicknames: Sequence[Edge]
    wordings: Sequence[Edge]
    sending: Sequence[Edge]
    stating: Sequence[Edge]
    of_stated: Sequence[Edge]
    flares: Sequence[Flare]
    own: OwnNumbers
    named: SavedSenders
    accounts: AccountIds
    templates: Sequence[TemplateEntry]
    clocks: Clocks = Clocks()


def gather(read: Gathered, kept: Kept) -> Evidence:
    """Put the edges together with their devices and resolve senders whose number is not stated.

    ``kept``: what was made before.
    """
    devices, flares = read.devices, read.flares
    device_of = extractions_of(devices)
    resolver = SenderResolver(device_of, flares, read.own, read.named, read.accounts)
    holders: dict[str, set[str]] = defaultdict(set)
    for facts in devices.values():
        for number in facts.own_numbers:
            holders[number].add(facts.device_id)
    own_device = {number: next(iter(held)) for number, held in holders.items() if len(held) == 1}
    reached: dict[tuple[str, str], set[str]] = defaultdict(set)
    sent_to: Counter[tuple[str, str]] = Counter()
    talking: dict[str, set[str]] = defaultdict(set)
    written_by: dict[str, dict[str, Written]] = defaultdict(dict)
    for edge in read.sending:
        device_id = device_of.get(edge.extraction_id)
        if device_id is None:
            continue
        party = own_device.get(edge.key, edge.key)
        if edge.role in LISTED_ROLES:
            for sender in resolver.every(edge.other, edge):
                reached[device_id, sender].add(party)
                sent_to[sender, party] += edge.count if edge.role == Role.SENT_ADVERT else 0
        elif edge.role in TRAFFIC_ROLES:
            talking[device_id].add(party)
            if edge.role == Role.RECEIVED:
                held = written_by[device_id]
                held[party] = both(held.get(party), Written(edge.count, edge.score))
    announcements = [
        Evidenced(edge, device_of[edge.extraction_id], resolver.announcer(key, edge))
        for edge in read.announcements
        if edge.extraction_id in device_of and edge.role not in _NO_CHANGE
        for key in (edge.key if AnnouncedFrom(edge.role).is_from_old else edge.other,)
    ]
    with_other_number, warned = (
        resolver.evidenced([edge for edge in read.announcements if edge.role in roles], by_other=False)
        for roles in ({AnnouncedFrom.UNCLEAR, AnnouncedFrom.BESIDE}, {AnnouncedFrom.WARNED})
    )
    asked, denied, served = (
        resolver.evidenced([edge for edge in read.announcements if edge.role == role], by_other=True)
        for role in (AnnouncedFrom.ASKED, AnnouncedFrom.DENIED, AnnouncedFrom.SERVED)
    )
    placed = tuple(
        (device_of[flare.extraction_id], flare, resolver.flare_sender(flare))
        for flare in flares
        if flare.extraction_id in device_of
    )
    return Evidence(
        devices={device_id: _without_own_times(facts, read.clocks) for device_id, facts in devices.items()},
        adverts=undated(resolver.evidenced(read.adverts, by_other=False), read.clocks),
        announcements=undated(announcements, read.clocks),
        with_other_number=undated(with_other_number, read.clocks),
        warned=undated(warned, read.clocks),
        asked=undated(asked, read.clocks),
        denied=undated(denied, read.clocks),
        served=undated(served, read.clocks),
        nicknames=resolver.evidenced(read.nicknames, by_other=True),
        wordings=resolver.evidenced(read.wordings, by_other=False),
        recipients={key: frozenset(found) for key, found in reached.items()},
        sent_to=sent_to,
        talking={device_id: frozenset(found) for device_id, found in talking.items()},
        written_by=written_by,
        talk_by_number=talk_by_number(read.sending, device_of, own_device, read.own),
        flares=placed,
        sent_flares=sent_among(placed),
        shown=read.own.shown,
        own_device=own_device,
        template_texts=first_texts(read.templates),
        template_bodies=template_bodies(read.templates),
        clocks=read.clocks,
        own_talk=own_talk(read.stating, device_of, own_device),
        talk_with=talk_with(read.of_stated, device_of),
        proven=proven_numbers(
            placed,
            read.own.shown,
            [*read.sending, *read.stating],
            device_of,
            {key: it.own_numbers for key, it in devices.items()},
            kept,
        ),
    )


def _without_own_times(facts: DeviceFacts, clocks: Clocks) -> DeviceFacts:
    """Return the facts of a device; of one whose clock was wrong its messages do not say when it was in use."""
    if not clocks.of_device(facts.device_id):
        return facts
    return msgspec.structs.replace(facts, first_at=None, last_at=None, had={})


def extractions_of(devices: Mapping[str, DeviceFacts]) -> dict[str, str]:
    """Return the device of each extraction."""
    return {entry.extraction_id: facts.device_id for facts in devices.values() for entry in facts.entries}


def stated_numbers(devices: Mapping[str, DeviceFacts]) -> dict[str, str]:
    """Return the number of each device that states one alone."""
    return {
        device_id: numbers[0]
        for device_id, facts in devices.items()
        if len(numbers := [number for number in facts.own_numbers if is_number(number)]) == 1
    }


def defaults_of(devices: Mapping[str, DeviceFacts]) -> dict[str, str]:
    """Return the one number of each extraction that states one, by extraction: that of texts which name no sender."""
    own = {entry.extraction_id: own_numbers_of(entry) for facts in devices.values() for entry in facts.entries}
    return {extraction_id: next(iter(held)) for extraction_id, held in own.items() if len(held) == 1}
