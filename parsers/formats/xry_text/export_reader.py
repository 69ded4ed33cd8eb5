"""Reads one export: the device first, then file by file, each entity as a record or as a segment of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from parsers.archive_guard import damage_of
from parsers.byte_streams import ByteStream
from parsers.clocks import Clock
from parsers.contract import Delivery, ExtractionPart, PartKind, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.device_attributes import Attribute, described, device_record, state_identity
from parsers.formats.xry_text.blocks import Block, Blocks
from parsers.formats.xry_text.calls import read_call
from parsers.formats.xry_text.contacts import read_contact
from parsers.formats.xry_text.device_pairs import attributes_of
from parsers.formats.xry_text.entities import Entity, EntityReader
from parsers.formats.xry_text.export_files import Export, ExportSource
from parsers.formats.xry_text.file_end import FileEnd, end_of
from parsers.formats.xry_text.file_survey import FileSurvey, survey_file
from parsers.formats.xry_text.header import portions_behind_header
from parsers.formats.xry_text.messages import MessageReader
from parsers.formats.xry_text.parties import party_key
from parsers.formats.xry_text.reading_state import FileState, PartState
from parsers.formats.xry_text.segments import Segment, join_segments, standing_of
from parsers.formats.xry_text.text_lines import TextLines
from parsers.formats.xry_text.times import DateOrders, seconds_of
from parsers.formats.xry_text.unknown_keys import has_unknown_keys
from parsers.formats.xry_text.views import ViewKind, is_in_other_language, is_of_lost_view, may_tell_handset
from parsers.phone_numbers import number_key, to_e164
from parsers.records import ids
from parsers.records.facts import Call, CallType, Direction, Message, Record
from parsers.sheets.code_pages import SHOWN_NAMES

_TOOL: Final = "MSAB XRY"
_SEGMENT, _LINE = "segment", "line in front of the entities"
_SEGMENT_ROW: Final = f"other:{_SEGMENT}"
_SIM_VIEW: Final = "sim"
_MOST_ATTRIBUTES: Final = 5_000
"""A device has some dozens; what a hostile file lists beyond is counted and not kept."""

_MOST_VIEW_CHARS: Final = 40
_ANYBODYS: Final = ("phone number", "telephone number")
_SINGLE: Final[dict[ViewKind, Callable[[FileState, Entity], Record]]] = {
    ViewKind.CALLS: read_call,
    ViewKind.CONTACTS: read_contact,
}


def _code_of_other(view: str, entity: Entity) -> str:
    """Return the code of an entity that is not read: whether that is by design. What tells the handset is not."""
    if is_in_other_language(view):
        return "list_in_other_language"
    is_lost = is_of_lost_view(view, entity.locator) or (may_tell_handset(view) and _tells_handset(entity))
    return "element_unreadable" if is_lost else "element_not_read"


def _tells_handset(entity: Entity) -> bool:
    """Whether an entity states by what a handset or card is known; a phone number alone may be anybody's."""
    return state_identity([each for each in attributes_of(entity) if not each.key.startswith(_ANYBODYS)])


class ExportReader:
    """Reads one export, once."""

    def __init__(
        self,
        delivery: Delivery,
        ctx: ReadContext,
        source: ExportSource,
        export: Export,
        stamp_of: Callable[[str | None], SourceStamp],
    ) -> None:
        self._ctx = ctx
        self._source = source
        self._export = export
        self._stamp_of = stamp_of
        self._member = export.member or (export.files[0].member if len(export.files) == 1 else None)
        extraction_id = ids.extraction_id(delivery.sha256, self._member, None)
        self._part = PartState(extraction_id, ctx.default_region, source.base_names)
        self._book = self._part.book
        self._clocks: list[Clock] = []
        self._joined_count = 0
        self._is_cut = False
        self._has_open_end = False

    def events(self) -> Iterator[ReadEvent]:
        """Yield the part, its records and, last, notices and what was seen."""
        surveys = [survey_file(self._source, file, self._ctx.limits) for file in self._export.files]
        orders = DateOrders.sum_of(survey.orders for survey in surveys)
        states = [self._state_of(survey, orders) for survey in surveys]
        yield from self._begin(surveys, states)
        for survey, state in zip(surveys, states, strict=True):
            joined_count = self._joined_count
            self._is_cut = self._has_open_end = False
            if survey.file.kind is not ViewKind.DEVICE:
                yield from self._records(survey, state)
            self._note_count(survey, self._joined_count - joined_count)
        yield from self._book.notices()
        for clock in self._clocks:
            yield from clock.notices(self._part.extraction_id)
        for row, count in self._book.seen():
            yield Seen(extraction_id=self._part.extraction_id, element=row, count=count)

    def _state_of(self, survey: FileSurvey, orders: DateOrders) -> FileState:
        """Return the state of a file, its clock set to the order of day and month that the export shows.

        One machine wrote the export, so that a date of any file tells for all. What the file shows holds before what
        the submitter states of it.
        """
        stated = self._ctx.sidecar.date_order
        shown = orders.decided() or survey.orders.decided()
        if shown is not None and stated not in {None, shown}:
            self._book.note("sidecar_disagrees", subject="date_order")
        if shown is not None and survey.orders.is_mixed:
            self._book.note("date_order_mixed", subject=shown.replace("_", " "))
        clock = Clock(self._ctx.time_zone, shown or stated)
        # A clock of its own for what no record rests on: what it has to assume is counted nowhere.
        uncounted = Clock(self._ctx.time_zone, shown or stated)
        self._clocks.append(clock)
        file = survey.file
        if survey.page is not None:
            self._book.note("encoding_assumed", subject=SHOWN_NAMES[survey.page], locator=file.member)
        return FileState(self._part, file, self._stamp_of(file.member), (clock, uncounted), is_utf16=survey.is_utf16)

    def _begin(self, surveys: list[FileSurvey], states: list[FileState]) -> Iterator[ReadEvent]:
        """Yield the part and, where the export has a view of the device, its record."""
        headers = [survey.file.header for survey in surveys]
        part = ExtractionPart(
            extraction_id=self._part.extraction_id,
            member=self._member,
            kind=PartKind.UNKNOWN,
            tool=_TOOL,
            tool_version=next((header.tool_version for header in headers if header.tool_version), None),
            case_ref=next((header.case_ref for header in headers if header.case_ref), None),
            exhibit_ref=next((header.exhibit_ref for header in headers if header.exhibit_ref), None),
        )
        device = [
            (survey, state)
            for survey, state in zip(surveys, states, strict=True)
            if survey.file.kind is ViewKind.DEVICE
        ]
        attributes: list[Attribute] = []
        places: list[tuple[FileState, str]] = []
        for survey, state in device:
            for entity in self._entities(survey, state):
                if len(attributes) >= _MOST_ATTRIBUTES:
                    self._book.leave_out(state.view, state.place(entity.locator))
                    continue
                attributes += attributes_of(entity)
                places = places or [(state, entity.locator)]
        if attributes:
            state, locator = places[0]
            is_sim_view = state.view.casefold().startswith(_SIM_VIEW)
            part = described(part, attributes, state.uncounted_clock, self._part.region, is_sim_view=is_sim_view)
        self._part.own_keys = self._own_keys(part.msisdn)
        yield part
        if attributes:
            record = device_record(state.stamp, state.clock, part, attributes, locator, self._part.region)
            self._book.saw(record.kind)
            yield record

    def _own_keys(self, numbers: tuple[str, ...]) -> frozenset[str]:
        region = self._ctx.default_region
        stated = (self._ctx.sidecar.owner_number,) if self._ctx.sidecar.owner_number else ()
        keys = (number_key(number, to_e164(number, region)) for number in (*numbers, *stated))
        return frozenset(key for key in keys if key is not None)

    def _records(self, survey: FileSurvey, state: FileState) -> Iterator[Record]:
        kind = survey.file.kind
        entities = self._entities(survey, state)
        if kind is ViewKind.MESSAGES:
            yield from self._messages(entities, state)
            return
        make = _SINGLE.get(kind)
        for entity in entities:
            if make is None:
                self._book.leave_out(state.view, state.place(entity.locator), code=_code_of_other(state.view, entity))
            else:
                self._book.saw(kind.value)
                yield self._checked(make(state, entity), entity, state)

    def _messages(self, entities: Iterator[Entity], state: FileState) -> Iterator[Record]:
        def segments() -> Iterator[Segment]:
            for entity in entities:
                standing = standing_of(entity)
                if standing is None:
                    yield Segment(entity=entity)
                    continue
                yield Segment(
                    entity=entity,
                    standing=standing,
                    party=party_key(entity.fields, self._ctx.default_region),
                    second=seconds_of(entity.value("time"), state.uncounted_clock, self._ctx.default_region),
                )

        reader = MessageReader(state)
        for joined in join_segments(segments()):
            self._book.saw(ViewKind.MESSAGES.value)
            if joined.entity_count > 1:
                further = joined.entity_count - 1
                self._joined_count += further
                self._book.saw(_SEGMENT_ROW, further)
                self._book.note(
                    "segments_joined",
                    count=further,
                    element=_SEGMENT_ROW,
                    subject=_SEGMENT,
                    locator=state.place(joined.entity.locator),
                )
            if joined.missing and self._is_cut:
                # What is missing may stand in the part that was cut off.
                entity = msgspec.structs.replace(joined.entity, may_be_cut=True)
                yield self._checked(reader.read(msgspec.structs.replace(joined, entity=entity)), entity, state)
            else:
                yield self._checked(reader.read(joined), joined.entity, state)

    def _checked(self, record: Record, entity: Entity, state: FileState) -> Record:
        """Return a record, and say where its time or its sides stand under keys that are not known."""
        if isinstance(record, Message):
            kind, is_way_known = ViewKind.MESSAGES, record.direction is not Direction.UNKNOWN
        elif isinstance(record, Call):
            kind, is_way_known = ViewKind.CALLS, record.call_type is not CallType.UNKNOWN
        else:
            return record
        # Nearly all have both.
        if not (is_way_known and record.time.raw is not None) and has_unknown_keys(
            entity, kind, self._part.region, is_way_known=is_way_known
        ):
            self._book.note("keys_unknown", subject=state.view, locator=state.place(entity.locator))
        return record

    def _unreadable(self, survey: FileSurvey, place: str) -> None:
        kind, view = survey.file.kind, survey.file.header.view
        if kind in {ViewKind.OTHER, ViewKind.DEVICE}:
            self._book.leave_out(view, place, code="element_unreadable")
        else:
            self._book.lose(kind.value, place, view)

    def _entities(self, survey: FileSurvey, state: FileState) -> Iterator[Entity]:
        """Yield the entities of a file that are whole; what is not, and what is odd about the file, is noticed."""
        limits = self._ctx.limits
        reader = EntityReader(survey.layout, survey.titles, is_utf16=survey.is_utf16, has_nuls=survey.has_nuls)
        with self._source.opened(state.member, survey.file.first_line) as stream:
            lines = survey.lines_of(stream, limits)
            blocks = Blocks(lines, portions_behind_header(lines), survey.titles.lines, limits.text_chars)
            for block in blocks:
                entity = reader.read(block)
                place = state.place(entity.locator)
                if entity.replaced_count:
                    self._book.note("characters_replaced", count=entity.replaced_count, locator=place)
                if entity.is_mended:
                    self._book.note("markup_broken", locator=place)
                if entity.is_damaged:
                    self._book.note("input_malformed", locator=place, ends_reading=True)
                    self._unreadable(survey, place)
                    continue
                if block.has_zeros_behind:
                    self._book.note("input_malformed", locator=place, ends_reading=True)
                end = self._end_of(lines, survey, block, entity, stream) if block.is_last else FileEnd.WHOLE
                if end is FileEnd.CUT:
                    self._is_cut = True
                    self._book.note("input_truncated", locator=place, ends_reading=True)
                    self._unreadable(survey, place)
                    continue
                if end is not FileEnd.WHOLE:
                    self._book.note("end_unmarked", locator=place)
                if not entity.fields and entity.text is None and not entity.stray:
                    self._unreadable(survey, place)
                elif end is FileEnd.OPEN_TEXT:
                    yield msgspec.structs.replace(entity, may_be_cut=True)
                else:
                    yield entity
            self._note_file(survey, state, blocks, lines, damage_of(stream))

    @staticmethod
    def _end_of(lines: TextLines, survey: FileSurvey, block: Block, entity: Entity, stream: ByteStream) -> FileEnd:
        is_broken_off = damage_of(stream) not in {None, "checksum_wrong"}
        if is_broken_off:
            return FileEnd.CUT
        return end_of(lines, survey, entity, has_blank_behind=block.blank_count > 0)

    def _note_count(self, survey: FileSurvey, joined_count: int) -> None:
        """Compare what the header states with what is there: it may count entities, or what they were joined to."""
        count, most = survey.file.header.count, len(survey.titles.lines)
        view = survey.file.header.view
        if count is None and not most and not survey.file.header.is_whole:
            # It ends in the header, which does not say that there is nothing.
            self._book.note("input_truncated", subject=view, ends_reading=True)
        # The last entity of a file that is cut in it is among those that are missing.
        whole = most - int(self._is_cut)
        if count is not None and count > whole and (self._is_cut or self._has_open_end):
            missing = f"{count:,} {view[:_MOST_VIEW_CHARS]} and holds {whole:,}: {count - whole:,}"
            self._book.note("count_cut", subject=missing, locator=survey.file.member)
        elif count is not None and count > most:
            self._book.note("count_short", count=count - most, subject=view)
        elif count is not None and count < most - joined_count:
            self._book.note("count_exceeded", count=most - joined_count - count, subject=view)

    def _note_file(
        self, survey: FileSurvey, state: FileState, blocks: Blocks, lines: TextLines, damage: str | None
    ) -> None:
        book, titles = self._book, survey.titles
        if blocks.cut_title is not None:
            self._unreadable(survey, state.place(blocks.cut_title))
        if blocks.is_over_limit or lines.is_over_limit:
            book.note("limit_reached", subject="An entity", ends_reading=True)
        if damage is None and lines.is_torn and not self._is_cut:
            # An octet behind the last entity, which is whole: the file was longer, or something was added to it.
            damage = "input_truncated"
        self._has_open_end = damage == "input_truncated"
        if damage is not None:
            book.note(damage, subject=state.member, ends_reading=damage != "checksum_wrong")
        if blocks.leading_count and titles.lines:
            book.leave_out(_LINE, state.place("line 6"), count=blocks.leading_count)
        elif blocks.leading_count:
            book.note("input_malformed", locator=state.place("line 6"), ends_reading=True)
        if titles.rejected_count and survey.file.kind is not ViewKind.MESSAGES:
            book.note("structure_in_text", count=titles.rejected_count, locator=state.member)
        if titles.gap_count:
            book.note("numbers_left_out", count=titles.gap_count, subject=state.view, locator=state.member)
