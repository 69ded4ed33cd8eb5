"""What linkage reads of an index: the keys of several devices first, then the edges of those keys alone.

Adverts, announcements and flares are read whole (there are as many as a line has wordings on a phone), numbers and
wordings only where they are of a sender of bulk texts or stand on two extractions. No message is read.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Coroutine, Iterable, Mapping, Sequence
from typing import Any, Self, TypeVar

import msgspec

from search.contract import Edge, EdgeKind, EvidenceIndex, Flare, TemplateEntry
from search.linkage.attribution.account_ids import AccountIds, ids_among, numbers_of_ids
from search.linkage.attribution.bound_accounts import read_accounts
from search.linkage.attribution.clocks import Clocks, rightly_dated, wrong_clocks
from search.linkage.attribution.cut_broadcasts import joined_broadcasts
from search.linkage.attribution.earlier_numbers import with_numbers_before
from search.linkage.attribution.either_ends import passed_to_held
from search.linkage.attribution.evidence import (
    DeviceFacts,
    Evidence,
    Gathered,
    defaults_of,
    device_facts,
    extractions_of,
    gather,
    stated_numbers,
)
from search.linkage.attribution.of_period import cut_by_number, cut_to_period
from search.linkage.attribution.own_numbers import OwnNumbers, number_by_traffic, own_numbers, stated_pairs
from search.linkage.attribution.record_texts import MOST_ASKED, texts_of_records
from search.linkage.attribution.saved_senders import SavedSenders, extractions_beside, senders_of_names, sharing_a_name
from search.linkage.attribution.senders import Evidenced
from search.linkage.attribution.short_lists import short_lists
from search.linkage.attribution.stating import stated_by, stating
from search.linkage.attribution.talk_clocks import talkers, with_clocks_of_talk
from search.linkage.attribution.talk_edges import as_wordings, said_by_name, talk_keys
from search.linkage.attribution.unread_traces import unread_traces
from search.linkage.extraction.chat_copies import LEAST_CHATS, chat_broadcasts, records_without_text
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.extraction.flare_rows import SENT
from search.linkage.instants import to_seconds
from search.linkage.kept import Kept
from search.linkage.keys import (
    LISTED_ROLES,
    NAME_PREFIX,
    SENT_ADVERT_ROLES,
    Role,
    is_number,
)
from search.linkage.model import Event

KEYS_A_READ = 5_000
ValueT = TypeVar("ValueT")


class Window(msgspec.Struct, frozen=True):
    """The period that a report is about; ``until`` is exclusive. None: open. Undated evidence lies in no period."""

    since: str | None = None
    until: str | None = None

    def holds(self, first: str | None, last: str | None) -> bool:
        """Whether evidence from first to last has a part in the period."""
        if self.since is None and self.until is None:
            return True
        if first is None or last is None:
            return False
        return (self.since is None or to_seconds(last) >= to_seconds(self.since)) and (
            self.until is None or to_seconds(first) < to_seconds(self.until)
        )


ALWAYS = Window()
_STATED_BY = {"sim_in_another_handset": EdgeKind.SIM, "number_on_another_sim": EdgeKind.OWN_NUMBER}
"""What states the value of an event, by its kind."""
_NOT_OF_A_SIM = frozenset({Role.SENT, Role.ACCOUNT})
"""What shows an own number and says of no SIM that it has it: texts that went out from it, and accounts."""


class IndexReading:
    """Reads one index for one report; at the end of its block nothing that it began to read goes on.

    Args:
        index: An open index.
        window: The period.
        kept: What was made before. None: nothing.
    """

    def __init__(self, index: EvidenceIndex, window: Window, kept: Kept | None = None) -> None:
        self._index = index
        self._kept = kept or Kept()
        self._window = window
        self._accounts = AccountIds()
        self._begun: list[asyncio.Task[Any]] = []
        self._shared_numbers: asyncio.Task[list[str]] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)

    async def evidence(self) -> Evidence:
        """Return all that lines are made from."""
        index = self._index
        # side by side: the store works on the next while what the last one gave is decoded; first what takes it longest
        talked = self._begin(_listed(index.shared_keys(EdgeKind.TALK, 2)))
        self._shared_numbers = self._begin(_listed(index.shared_keys(EdgeKind.NUMBER, 2)))
        said = self._begin(_listed(index.edges(EdgeKind.WORDING)))
        entries = await index.entries()
        stated_own, adverts, flares, announcements, nicknames = await asyncio.gather(
            self._begin(_listed(index.edges(EdgeKind.OWN_NUMBER))),
            self._begin(_listed(index.edges(EdgeKind.ADVERT))),
            self._begin(_listed(index.flares())),
            self._begin(_listed(index.edges(EdgeKind.ANNOUNCEMENT))),
            self._begin(self._all(index.edges(EdgeKind.NICKNAME))),
        )
        devices = device_facts(entries, stated_own, self._kept)
        flares += await self._chat_flares(devices)
        wordings = await said
        # Begun before the clocks are known, which takes a while. Of a period some of this is then left out again.
        senders, wanted_talk = _senders(adverts, flares), talk_keys(await talked, adverts, wordings, flares)
        sending = self._begin(self._numbers_on(senders))
        stated = stating(devices, adverts) - {flare.extraction_id for flare in flares if flare.direction == SENT}
        writing = self._begin(self._numbers_on(stated - senders))
        of_stated = self._begin(self.by_key(EdgeKind.NUMBER, stated_by(stated, devices, adverts)))
        talking = self._begin(self.by_key(EdgeKind.TALK, sorted(wanted_talk)))
        await asyncio.sleep(0)
        clocks = wrong_clocks(
            flares, extractions_of(devices), {key: facts.own_numbers for key, facts in devices.items()}
        )
        clocks = await self._with_clocks_of_talk(clocks, devices, flares)
        flares = [f for f in rightly_dated(flares, clocks) if self._window.holds(f.started_at, f.ended_at)]
        passed = passed_to_held(
            adverts, flares, {key: facts.own_numbers for key, facts in devices.items()}, extractions_of(devices)
        )
        if passed:
            adverts = [edge for edge in adverts if edge.key not in passed]
            flares = [flare for flare in flares if flare.sender not in passed]
        adverts, announcements = (self._within(rightly_dated(edges, clocks)) for edges in (adverts, announcements))
        if self._window != ALWAYS:
            adverts = await cut_to_period(index, adverts, self._window.holds)
            senders, wanted_talk = _senders(adverts, flares), talk_keys(await talked, adverts, wordings, flares)
        sent = self._within(rightly_dated((it for it in await sending if it.extraction_id in senders), clocks))
        device_of = extractions_of(devices)
        bound = await read_accounts(index, device_of, adverts, announcements, flares)
        flares, parts = joined_broadcasts(flares, sent, device_of, AccountIds(stated=bound))
        talk, by_name = as_wordings(await talking, wanted_talk)
        wordings = self._within(rightly_dated([*wordings, *talk], clocks))
        named = said_by_name(self._within(rightly_dated(by_name, clocks)), device_of)
        self._accounts = (await self._ids(device_of, adverts, flares)).with_stated(bound)
        own_flares = [*flares, *short_lists(adverts, flares), *unread_traces(wordings, flares)]
        own = await self._own_numbers(devices, own_flares, sent)
        evidence = gather(
            Gathered(
                devices=devices,
                adverts=adverts,
                announcements=announcements,
                nicknames=nicknames,
                wordings=wordings,
                sending=sent,
                stating=[
                    *self._within(rightly_dated(await writing, clocks)),
                    *(edge for edge in sent if edge.extraction_id in stated),
                ],
                of_stated=self._within(
                    rightly_dated((it for held in (await of_stated).values() for it in held), clocks)
                ),
                flares=flares,
                own=own,
                named=await self._named(device_of, adverts, own.with_senders(flares, device_of), announcements),
                accounts=self._accounts,
                templates=await self._templates(
                    {edge.other for edge in adverts}
                    | {flare.template_id for flare in flares if flare.direction == "sent"}
                ),
                clocks=clocks,
            ),
            self._kept,
        )
        return msgspec.structs.replace(evidence, parts=tuple(parts), accounts=bound, by_name_alone=named)

    async def with_texts(self, evidence: Evidence, adverts: Iterable[Evidenced]) -> Evidence:
        """Return the evidence with the texts of these adverts' templates too, of so many as it does not hold."""
        texts = evidence.template_texts
        records = {each.edge.other: min(each.edge.record_ids) for each in adverts if each.edge.other not in texts}
        if not records:
            return evidence
        texts = {**texts, **await texts_of_records(self._index, records)}
        return msgspec.structs.replace(evidence, template_texts=texts)

    async def by_key(self, kind: EdgeKind, keys: Sequence[str]) -> dict[str, list[Edge]]:
        """Return the edges of a kind by key; a saved contact has no time, and is held by any period.

        What a phone shows under the id of an account stands under the number of that account.
        """
        found: dict[str, list[Edge]] = defaultdict(list)
        if not keys:
            return found
        is_open = self._window == ALWAYS
        asked, wanted = frozenset(keys), keys
        has_accounts = kind is EdgeKind.NUMBER and bool(self._accounts.ids)
        if has_accounts and (ids := self._accounts.ids_of(keys)):
            wanted = sorted(asked.union(ids))
        async for each in self._index.edges(kind, wanted):
            edge = self._accounts.with_number(each) if has_accounts else each
            if edge.key not in asked:
                continue  # the account had another number then
            if is_open or edge.role == Role.SAVED or self._window.holds(edge.first_at, edge.last_at):
                found[edge.key].append(edge)
        if kind is EdgeKind.NUMBER and not is_open:
            return await cut_by_number(self._index, found, self._window.holds)
        return found

    async def whenever(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> list[Edge]:
        """Return the edges of a kind whatever the period, of these keys or extractions; None: of all."""
        return await _listed(self._index.edges(kind, keys, extraction_ids))

    async def with_records(
        self, events: Iterable[Event], device_of: Mapping[str, str], by_word: Collection[str]
    ) -> tuple[Event, ...]:
        """Return the events with what states SIM or number, of any time; a card says nothing of one in ``by_word``."""
        held = list(events)
        edges: dict[tuple[EdgeKind, str], list[Edge]] = defaultdict(list)
        for kind in sorted({*_STATED_BY.values()}):
            keys = sorted({event.value for event in held if _STATED_BY.get(event.kind) == kind})
            if keys:
                for edge in await self.whenever(kind, keys):
                    if kind is EdgeKind.SIM or edge.role not in _NOT_OF_A_SIM:
                        edges[kind, edge.key].append(edge)
        cards = await self._cards_beside(edges)
        return tuple(
            msgspec.structs.replace(
                event,
                record_ids=merged_record_ids(
                    shown
                    for edge in edges[_STATED_BY[event.kind], event.value]
                    if device_of.get(edge.extraction_id) in event.device_ids
                    if edge.kind is EdgeKind.SIM or edge.extraction_id not in by_word
                    for shown in (edge, *cards.get((event.value, edge.extraction_id), ()))
                ),
            )
            if event.kind in _STATED_BY
            else event
            for event in held
        )

    async def _cards_beside(
        self, edges: Mapping[tuple[EdgeKind, str], Sequence[Edge]]
    ) -> Mapping[tuple[str, str], Sequence[Edge]]:
        """Return the edges of the SIMs that are stated with an own number, by number and extraction."""
        stated: dict[str, set[str]] = defaultdict(set)
        for edge in (edge for (kind, _), found in edges.items() if kind is EdgeKind.OWN_NUMBER for edge in found):
            stated[edge.extraction_id].add(edge.key)
        cards: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        if stated:
            async for edge in self._index.edges(EdgeKind.SIM, extraction_ids=sorted(stated)):
                for number in stated[edge.extraction_id]:
                    cards[number, edge.extraction_id].append(edge)
        return cards

    async def of_several(self, known: Mapping[str, Sequence[Edge]]) -> dict[str, list[Edge]]:
        """Return the edges of every number on two extractions or more; ``known``: those of numbers read already."""
        if self._shared_numbers is None:
            self._shared_numbers = self._begin(_listed(self._index.shared_keys(EdgeKind.NUMBER, 2)))
        shared = await self._shared_numbers
        edges = await self.by_key(EdgeKind.NUMBER, [key for key in shared if key not in known])
        edges.update({key: list(known[key]) for key in shared if key in known})
        return edges

    async def _numbers_on(self, extraction_ids: Iterable[str]) -> list[Edge]:
        """Return the edges of kind number of these extractions, those of parties that have one."""
        wanted = sorted(extraction_ids)
        edges = await _listed(self._index.edges(EdgeKind.NUMBER, extraction_ids=wanted)) if wanted else []
        return [edge for edge in edges if not edge.key.startswith(NAME_PREFIX)]

    def _begin(self, reading: Coroutine[Any, Any, ValueT]) -> asyncio.Task[ValueT]:
        """Begin to read what is asked for later."""
        task = asyncio.create_task(reading)
        self._begun.append(task)
        return task

    async def _with_clocks_of_talk(
        self, clocks: Clocks, devices: Mapping[str, DeviceFacts], flares: Iterable[Flare]
    ) -> Clocks:
        """Return the clocks with those that talk with other phones held shows to be wrong."""
        doubtful = talkers(devices, Counter(flare.extraction_id for flare in flares))
        if not doubtful:
            return clocks
        numbers = sorted({number for facts in devices.values() for number in facts.own_numbers if is_number(number)})
        own = sorted({number for facts in doubtful.values() for number in facts.own_numbers if is_number(number)})
        held = frozenset(entry.extraction_id for facts in doubtful.values() for entry in facts.entries)
        edges = await asyncio.gather(
            self._begin(_listed(self._index.edges(EdgeKind.NUMBER, numbers, sorted(held)))),
            self._begin(_listed(self._index.edges(EdgeKind.NUMBER, own))),
        )
        of_others = [edge for edge in edges[1] if edge.extraction_id not in held]
        return with_clocks_of_talk(clocks, devices, doubtful, [*edges[0], *of_others])

    async def _chat_flares(self, devices: Mapping[str, DeviceFacts]) -> list[Flare]:
        """Return the flares that copies in exported chats are together."""
        template_ids = await _listed(self._index.shared_keys(EdgeKind.CHAT_COPY, LEAST_CHATS))
        edges = await _listed(self._index.edges(EdgeKind.CHAT_COPY, template_ids)) if template_ids else []
        texts = {template.template_id: template.text for template in await self._templates(template_ids)}
        texts |= await texts_of_records(self._index, records_without_text(edges, texts, MOST_ASKED))
        return list(chat_broadcasts(edges, extractions_of(devices), stated_numbers(devices), texts))

    async def _all(self, edges: AsyncIterator[Edge]) -> list[Edge]:
        return self._within(await _listed(edges))

    def _within(self, edges: list[Edge]) -> list[Edge]:
        if self._window == ALWAYS:
            return edges
        return [edge for edge in edges if self._window.holds(edge.first_at, edge.last_at)]

    async def _templates(self, template_ids: Iterable[str]) -> list[TemplateEntry]:
        ordered = sorted(template_ids)
        return [
            template
            for start in range(0, len(ordered), KEYS_A_READ)
            async for template in self._index.templates(ordered[start : start + KEYS_A_READ])
        ]

    async def _named(
        self,
        device_of: Mapping[str, str],
        adverts: Sequence[Edge],
        flares: Sequence[Flare],
        announcements: Sequence[Edge],
    ) -> SavedSenders:
        """Return the numbers of senders that phones show by a saved name alone."""
        showing = {edge.extraction_id for edge in adverts if edge.key.startswith(NAME_PREFIX)}
        if not showing:
            return SavedSenders()
        contacts = await self._numbers_on(extractions_beside(showing, device_of))
        sharing = sharing_a_name(device_of, adverts, contacts)
        talk = await self.whenever(EdgeKind.NUMBER, sharing) if sharing else []
        return senders_of_names(device_of, adverts, contacts, flares, talk, announcements)

    async def _ids(self, device_of: Mapping[str, str], adverts: Sequence[Edge], flares: Sequence[Flare]) -> AccountIds:
        """Return the numbers of senders that phones show by the id of an account alone."""
        showing = [key for key in ids_among(adverts) if key in device_of]
        if not showing:
            return AccountIds()
        contacts = await self._numbers_on(extractions_beside(showing, device_of))
        return numbers_of_ids(device_of, adverts, contacts, flares)

    async def _own_numbers(
        self, devices: Mapping[str, DeviceFacts], flares: Sequence[Flare], sent: Sequence[Edge]
    ) -> OwnNumbers:
        """Return the numbers that devices sent from; of sending ones without any, what their traffic shows."""
        device_of = extractions_of(devices)
        stated = stated_numbers(devices)
        pairs = stated_pairs({device_id: facts.own_numbers for device_id, facts in devices.items()})
        own = own_numbers(device_of, flares, stated, _lists(device_of, sent), self._kept, pairs, defaults_of(devices))
        own = await with_numbers_before(own, flares, devices, self._numbers_on)
        edges_of: dict[str, list[Edge]] = defaultdict(list)
        for edge in sent:
            device_id = device_of.get(edge.extraction_id)
            if device_id is not None and own.at(device_id, None) is None:
                edges_of[device_id].append(edge)
        device_with = {number: device_id for device_id, number in own.known().items()}
        partners = sorted({edge.key for edges in edges_of.values() for edge in edges} & device_with.keys())
        if not partners:
            return own
        names = {entry.extraction_id: number for number in partners for entry in devices[device_with[number]].entries}
        others: dict[str, list[Edge]] = defaultdict(list)
        async for edge in self._index.edges(EdgeKind.NUMBER, extraction_ids=sorted(names)):
            if not edge.key.startswith(NAME_PREFIX):
                others[names[edge.extraction_id]].append(edge)
        found = {device_id: number_by_traffic(edges, others) for device_id, edges in edges_of.items()}
        return own.with_more({device_id: number for device_id, number in found.items() if number is not None})


def _senders(adverts: Iterable[Edge], flares: Iterable[Flare]) -> set[str]:
    """Return the extractions that sent adverts or broadcasts."""
    sent = {edge.extraction_id for edge in adverts if edge.role in SENT_ADVERT_ROLES}
    return sent.union(flare.extraction_id for flare in flares if flare.direction == "sent")


def _lists(device_of: Mapping[str, str], sent: Iterable[Edge]) -> dict[str, set[str]]:
    """Return to which numbers each device sent adverts and bulk texts."""
    found: dict[str, set[str]] = defaultdict(set)
    for edge in sent:
        if edge.role in LISTED_ROLES and edge.extraction_id in device_of:
            found[device_of[edge.extraction_id]].add(edge.key)
    return found


async def _listed(values: AsyncIterator[ValueT]) -> list[ValueT]:
    return [value async for value in values]
