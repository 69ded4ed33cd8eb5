"""What the numbers of a line wrote, for quoting: a few texts in each of its wordings, and announcements of numbers.

A wording is copied between lines, so that an example of the wording need not be the line's: these are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from parsers.records.facts import Direction
from parsers.records.values import ClockBasis, DeletedState
from search.contract import Edge, EdgeKind, TemplateEntry
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.given_up import is_from_old_number
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, UNKNOWN_NUMBER, AnnouncedFrom
from search.linkage.model import ClockShift, Line, LineNumber, PlacedFlare, Relation
from search.reports.doubtful_times import doubts_of
from search.reports.line_source import LineSource
from search.reports.line_wordings import LineWordings, Wording, lies_in
from search.reports.quoted_records import QuotedRecords

WORDINGS_A_LINE: Final = 9
"""As many as pages show of a line at most (``line_views.ADVERTS_SHOWN``)."""
TEXTS_A_WORDING: Final = 3
ANNOUNCEMENTS_A_NUMBER: Final = 4
_AROUND_DAYS: Final = 30.0
_LOOKED_UP_A_LINE: Final = 4
_STAND_INS: Final = (OWN_PREFIX, NAME_PREFIX)

Section = dict[str, object]


class LineTexts(msgspec.Struct, frozen=True):
    """What is quoted of one line: texts in its wordings, the most used first, and how many it sent in each.

    Announcements by the new number.
    Those of a number that was in use several times are told apart by when each began.
    """

    texts: tuple[Section, ...] = ()
    wordings: tuple[Section, ...] = ()
    announcements: Mapping[tuple[str, str | None], tuple[Section, ...]] = {}


class LineTextReader:
    """Reads texts of lines from an index.

    Args:
        source: What the report shows of an index.
        templates: Entries of templates that the report shows; they hold most of the texts.
    """

    def __init__(
        self,
        source: LineSource,
        templates: Iterable[TemplateEntry],
    ) -> None:
        self._index, self._window = source.index, source.window
        self._device_of, groups = source.device_of, source.groups
        self._records = QuotedRecords(source.index)
        self._at: dict[str, str | None] = {}
        self._known: dict[str, str] = {}
        self._broadcast: dict[str, list[PlacedFlare]] = defaultdict(list)
        self._of_assumed_zone: set[str] = set()
        copies: Counter[tuple[str, str]] = Counter()
        for entry in templates:
            self._known.update((record_id, text) for text, _, record_id in entry.variants)
            copies[groups.of(entry.template_id), self._device_of[entry.extraction_id]] += entry.message_count
        self._wordings = LineWordings(source, copies)

    async def of_lines(self, lines: Sequence[Line], flares: Iterable[PlacedFlare]) -> dict[str, LineTexts]:
        """Return what is quoted, by line id."""
        announced = await self._announced(lines)
        flares_of: dict[str, list[PlacedFlare]] = defaultdict(list)
        for placed in flares:
            if placed.flare.time_basis == ClockBasis.ASSUMED_ZONE:
                self._of_assumed_zone.add(placed.device_id)
            if placed.flare.direction == SENT:
                self._broadcast[placed.flare.extraction_id].append(placed)
            if placed.line_id is not None:
                flares_of[placed.line_id].append(placed)
        wordings = await self._wordings.of_lines(lines, flares_of)
        said = {edge.record_ids[0] for edges in announced.values() for edge in edges if edge.record_ids}
        await self._records.read(said.difference(self._known).union(*map(self._to_look_up, wordings.values())))
        return {
            line.line_id: LineTexts(
                texts=tuple(await self._texts(wordings[line.line_id])),
                wordings=tuple(
                    {
                        "template_id": key,
                        "message_count": wording.count,
                        "device_ids": sorted(wording.device_ids),
                    }
                    for key, wording in sorted(wordings[line.line_id].items())
                ),
                announcements={
                    (number.number, number.first_seen_at): tuple(
                        await self._announcements(
                            line, number, [edge for edge in announced[number.number] if _is_of_use(edge, number, line)]
                        )
                    )
                    for number in line.numbers
                },
            )
            for line in lines
        }

    def _to_look_up(self, wordings: Mapping[str, Wording]) -> set[str]:
        """Return the records of a line that will be looked up, where the texts of each wording are different ones."""
        wanted: list[str] = []
        for template_id in _most_used(wordings):
            ordered = sorted(wordings[template_id].records, key=self._dearness)[:TEXTS_A_WORDING]
            unknown = [record_id for record_id, _, _ in ordered[:1] if record_id not in self._known]
            wanted += unknown or [record_id for record_id, at, _ in ordered if record_id in self._known and not at]
        return set(wanted[:_LOOKED_UP_A_LINE])

    async def _texts(self, wordings: Mapping[str, Wording]) -> list[Section]:
        left = _LOOKED_UP_A_LINE
        found: list[Section] = []
        for template_id in _most_used(wordings):
            texts: dict[str, Section] = {}
            for record_id, stated_at, device_id in sorted(wordings[template_id].records, key=self._dearness):
                is_known = record_id in self._known
                if len(texts) == TEXTS_A_WORDING or (not is_known and (texts or not left)):
                    break
                if (not is_known or not stated_at) and left:
                    left -= 1
                    await self._look_up(record_id)
                text, at = self._known.get(record_id), stated_at or self._at.get(record_id)
                if text and text not in texts and self._window.holds(at, at):
                    texts[text] = {
                        "message_count": wordings[template_id].count,
                        "template_id": template_id,
                        "text": text,
                        "record_id": record_id,
                        "at": at,
                        "device_id": device_id,
                    }
            found += texts.values()
        return found

    def _dearness(self, record: tuple[str, str, str]) -> tuple[bool, bool, bool, str, str]:
        """Order records by what their text costs, those of phones whose zone was assumed last; then by time and id."""
        record_id, at, device_id = record
        return record_id not in self._known, device_id in self._of_assumed_zone, not at, at, record_id

    async def _announced(self, lines: Iterable[Line]) -> Mapping[str, Sequence[Edge]]:
        """Return the announcements of each number, those of phones that do not state the number that spoke too."""
        known: dict[str, set[str]] = defaultdict(set)
        said_in: dict[tuple[str, str], set[str]] = defaultdict(set)
        for number in (number for line in lines for number in line.numbers):
            known[number.number].add(number.number)
            for place in (place for handover in number.handovers for place in handover.said_in):
                said_in[place].add(number.number)
        found: dict[str, list[Edge]] = defaultdict(list)
        async for edge in self._index.edges(EdgeKind.ANNOUNCEMENT):
            if edge.extraction_id not in self._device_of:
                continue
            numbers = known.get(edge.other, set())
            if edge.other.startswith(_STAND_INS):
                numbers = said_in.get((edge.extraction_id, edge.key), numbers)
            for named in sorted(numbers):
                found[named].append(edge)
        return found

    async def _announcements(self, line: Line, number: LineNumber, edges: Sequence[Edge]) -> list[Section]:
        own = frozenset(held.number for held in line.numbers)
        olds = {place: handover.old_number for handover in number.handovers for place in handover.said_in}
        told_by = {handover.old_number for handover in number.handovers if handover.said_by == "old"}
        senders = frozenset(row.device_id for row in line.devices if row.relation is Relation.SENT_ADVERTS)
        texts: dict[tuple[str, str, str], Section] = {}
        shown_new = await self._shown_to_be_new(edges)
        for edge in sorted(edges, key=lambda edge: _order(edge, line)):
            role = AnnouncedFrom(edge.role)
            is_from_new = _is_from_new(edge) or edge in shown_new
            old = edge.key if edge.key in own else olds.get((edge.extraction_id, edge.key))
            if edge.key.startswith(OWN_PREFIX) and not role.is_from_old and not is_from_new:
                # of a text that announces nothing no join says whose it is: the number of the broadcast that it was in
                old = self._broadcast_from(edge, own) or (old if _was_in_use(old, edge, line) else None)
                old = None if old == number.number else old
            if role.is_from_old and old == number.number and not is_from_new:
                # A phone that states the new number alone sent what the old number said from that one.
                old = next(iter(told_by)) if len(told_by) == 1 else None
            is_unread = is_from_new and (edge.key == UNKNOWN_NUMBER or edge in shown_new)
            if (old is None and not is_unread) or not edge.record_ids:
                continue
            # what linkage takes for the change is told whatever the clock of the phone said
            is_timely = _is_timely(edge, line)
            if not self._window.holds(edge.first_at, edge.last_at) or not (
                is_timely or (edge.extraction_id, edge.key) in olds
            ):
                continue
            text = await self.text_of(edge.record_ids[0])
            # an index that was made before such texts were told apart holds them as the new number's word
            if text is None or (is_unread and is_from_old_number(text, number.number)):
                continue
            said_by = "new" if is_from_new else "old" if role.is_from_old else "unclear"
            device_id = self._device_of[edge.extraction_id]
            sender = number.number if is_from_new else str(old)
            held = texts.get((said_by, sender, text))
            if held is None:
                if len(texts) == ANNOUNCEMENTS_A_NUMBER:
                    continue
                texts[said_by, sender, text] = {
                    "at": edge.first_at if is_timely else None,
                    "said_by": said_by,
                    "sender": sender,
                    "text": text,
                    "message_count": edge.count,
                    "wrong_clock_count": 0 if is_timely else edge.count,
                    "device_ids": [device_id],
                    "record_ids": [edge.record_ids[0]],
                }
            else:
                _add(held, edge, device_id, senders, 0 if is_timely else edge.count)
        return list(texts.values())

    async def _shown_to_be_new(self, edges: Sequence[Edge]) -> list[Edge]:
        """Return what a handset sent that reads as the old number's word, and that phones got from the new one.

        A handset keeps no note of the number that it sent from; who got the same words does,
        unless both numbers sent them.
        """
        own, old, new = [
            [(edge, await self.text_of(edge.record_ids[0])) for edge in edges if edge.record_ids and is_meant(edge)]
            for is_meant in (_is_from_own, _is_from_old, _is_from_new_alone)
        ]
        shown = {text for _, text in new}.difference(text for _, text in old)
        return [edge for edge, text in own if text in shown]

    def _broadcast_from(self, edge: Edge, numbers: Collection[str]) -> str | None:
        """Return from which of some numbers a handset broadcast what an edge begins with; None where from none."""
        at = edge.first_at or ""
        return next(
            (
                placed.flare.sender
                for placed in self._broadcast[edge.extraction_id]
                if placed.flare.started_at <= at <= placed.flare.ended_at and placed.flare.sender in numbers
            ),
            None,
        )

    async def text_of(self, record_id: str) -> str | None:
        """Return the text of a record; None where the index holds none."""
        if record_id not in self._known:
            await self._look_up(record_id)
        return self._known.get(record_id) or None

    async def _look_up(self, record_id: str) -> None:
        """Read a record of the index, and know its text and its instant."""
        message = await self._records.message(record_id)
        if message is not None:
            self._known[record_id] = message.body or ""
            self._at[record_id] = message.time.utc

    async def texts_of(self, record_ids: Iterable[str]) -> dict[str, str | None]:
        """Return the text of each record; None where the index holds none."""
        wanted = set(record_ids)
        await self._records.read(wanted.difference(self._known))
        return {record_id: await self.text_of(record_id) for record_id in wanted}

    async def put_doubts(self, texts: Sequence[Section], clocks: Iterable[ClockShift]) -> None:
        """Put to each text what its time rests on that is in doubt, and whether its record had been deleted.

        Args:
            texts: As ``of_lines`` gives them.
            clocks: Clocks that were wrong.
        """
        shifts = {(clock.extraction_id, clock.is_of_received): clock.seconds for clock in clocks}
        await self._records.read(str(text["record_id"]) for text in texts)
        for text in texts:
            message = await self._records.message(str(text["record_id"]))
            if message is not None:
                is_received = message.direction is not Direction.OUTGOING
                text["is_deleted"] = message.deleted is DeletedState.DELETED
                text["time_doubts"] = doubts_of(message.time.basis, shifts.get((message.extraction_id, is_received), 0))


def _most_used(wordings: Mapping[str, Wording]) -> list[str]:
    return sorted(wordings, key=lambda key: (-wordings[key].count, key))[:WORDINGS_A_LINE]


def _is_from_new(edge: Edge) -> bool:
    return edge.role in {AnnouncedFrom.NEW_ADVERT, AnnouncedFrom.NEW_PLAIN}


def _is_from_new_alone(edge: Edge) -> bool:
    return _is_from_new(edge) and edge.key == UNKNOWN_NUMBER


def _is_from_own(edge: Edge) -> bool:
    """Whether a handset sent it of which the number at that time is not known, or that states the new one alone."""
    return AnnouncedFrom(edge.role).is_from_old and (edge.key == edge.other or edge.key.startswith(OWN_PREFIX))


def _is_from_old(edge: Edge) -> bool:
    return AnnouncedFrom(edge.role).is_from_old and not _is_from_own(edge)


def _is_timely(edge: Edge, line: Line) -> bool:
    return lies_in(edge.first_at, line.first_seen_at, line.last_seen_at, _AROUND_DAYS)


def _was_in_use(number: str | None, edge: Edge, line: Line) -> bool:
    return any(
        lies_in(edge.first_at, held.first_seen_at, held.last_seen_at, 0)
        for held in line.numbers
        if held.number == number
    )


def _order(edge: Edge, line: Line) -> tuple[bool, str, str, str, str]:
    return not _is_timely(edge, line), edge.first_at or "~", edge.key, edge.role, edge.extraction_id


def _add(held: Section, edge: Edge, device_id: str, senders: frozenset[str], wrong_clock: int) -> None:
    """Add the same words on another phone; those that sent adverts of the line come first."""
    device_ids = {*_strings(held["device_ids"]), device_id}
    held["message_count"] = int(str(held["message_count"])) + edge.count
    held["wrong_clock_count"] = int(str(held["wrong_clock_count"])) + wrong_clock
    held["device_ids"] = sorted(device_ids, key=lambda key: (key not in senders, key))
    held["record_ids"] = [*_strings(held["record_ids"]), edge.record_ids[0]]


def _strings(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _is_of_use(edge: Edge, number: LineNumber, line: Line) -> bool:
    """Whether an announcement is about this use of a number: the first that goes on after it, else the last one."""
    uses = [held for held in line.numbers if held.number == number.number]
    at = edge.first_at
    after = [held for held in uses if at is None or held.last_seen_at is None or held.last_seen_at > at]
    return number is (after[0] if after else uses[-1])
