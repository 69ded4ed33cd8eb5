"""Reads a delivery: finds its parser, drives it, and adds what holds for every format.

Records get ids of their own where a source repeats an id, duplicates are told at the end, and an error of a parser
becomes a notice: what was whole until then is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from parsers.choosing import parser_for
from parsers.contract import EMPTY_SIDECAR, Delivery, ExtractionParser, ExtractionPart, ReadContext, ReadEvent, Seen
from parsers.duplicates import Duplicate, DuplicateFinder
from parsers.errors import InputRefused, is_out_of_room
from parsers.lost_blocks import lost_blocks
from parsers.members.refused_members import with_refused
from parsers.outcome import NoticeBook, ReadState, TallyBook, state_of
from parsers.part_devices import devices_of
from parsers.records.facts import RECORD_KINDS, Record
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow
from parsers.registry import unusable_readers
from parsers.seen_locators import SeenLocators

_LOG = logging.getLogger(__name__)

_RECORD_TYPES: Final = frozenset(RECORD_KINDS)

Event: TypeAlias = "ReadEvent | Duplicate"


class ReadResult(msgspec.Struct, frozen=True, kw_only=True):
    """A whole reading in memory: for small deliveries, golden files and tests.

    Attributes:
        parts: The extractions, in the order in which they came.
        records: In source order, with ``duplicate_of``.
        notices: One for each code, extraction, element and subject.
        tally: Extraction id to element to counts.
        states: Extraction id to how far it was read.
    """

    parts: tuple[ExtractionPart, ...]
    records: tuple[Record, ...]
    notices: tuple[Notice, ...]
    tally: Mapping[str, Mapping[str, TallyRow]]
    states: Mapping[str, ReadState]

    @property
    def state(self) -> ReadState:
        """How far the delivery was read as a whole."""
        return state_of(self.notices)


def read(delivery: Delivery, ctx: ReadContext) -> Iterator[Event]:
    """Yield what a delivery holds: parts, records and notices in source order, what was seen, duplicates last.

    May be abandoned at any event. Nothing but the evidence's own size bounds the number of events.

    Raises:
        InputRefused: Before the first event: no parser reads the delivery, or it cannot or may not be read.
    """
    yield from read_with(parser_for(delivery, ctx, has_sidecar=ctx.sidecar != EMPTY_SIDECAR), delivery, ctx)


def read_with(parser: ExtractionParser, delivery: Delivery, ctx: ReadContext) -> Iterator[Event]:
    """Yield what one parser makes of a delivery; see ``read``."""
    tally = TallyBook()
    parts: dict[str, ExtractionPart] = {}
    finder = DuplicateFinder(ctx.scratch_dir)
    try:
        yield from _numbered(parser, delivery, ctx, (finder, tally, parts))
        yield from tally.missing_seen()
        yield from unusable_readers()
        yield from finder.resolve(devices_of(parts.values(), ctx.sidecar))
    finally:
        finder.close()


def read_all(delivery: Delivery, ctx: ReadContext) -> ReadResult:
    """Return a whole reading; see ``read``. For deliveries that fit into memory."""
    notices, tally = NoticeBook(), TallyBook()
    parts: dict[str, ExtractionPart] = {}
    records: dict[str, Record] = {}
    for event in read(delivery, ctx):
        if isinstance(event, ExtractionPart):
            parts[event.extraction_id] = event
        elif isinstance(event, Notice):
            notices.add(event)
            tally.add_notice(event)
        elif isinstance(event, Seen):
            tally.add_seen(event)
        elif isinstance(event, Duplicate):
            tally.add_duplicate(event)
            listed = records[event.record_id]
            records[event.record_id] = msgspec.structs.replace(listed, duplicate_of=event.canonical)
        else:
            tally.add_record(event)
            records[event.record_id] = event
    for extraction_id in parts:
        for notice in tally.differences(extraction_id):
            notices.add(notice)
    return ReadResult(
        parts=tuple(parts.values()),
        records=tuple(records.values()),
        notices=notices.notices(),
        tally={extraction_id: tally.rows(extraction_id) for extraction_id in parts},
        states={extraction_id: state_of(notices.about(extraction_id)) for extraction_id in parts},
    )


def _numbered(
    parser: ExtractionParser,
    delivery: Delivery,
    ctx: ReadContext,
    books: tuple[DuplicateFinder, TallyBook, dict[str, ExtractionPart]],
) -> Iterator[ReadEvent]:
    """Yield the parser's events, written into the books, each record with an id of its own.

    The boundary of one delivery: an error ends the reading with a notice. What was yielded is whole.
    """
    finder, tally, parts = books
    locators = SeenLocators(delivery.sha256)
    has_begun = False
    try:
        for event in with_refused(parser, delivery, ctx, parser.read(delivery, ctx)):
            has_begun = True
            # The class itself: asking whether it is one of a union takes longer than all of the bookkeeping.
            if type(event) in _RECORD_TYPES:
                # No ``cast``, which is a call a record.
                record = locators.unique(event)  # type: ignore[arg-type]  # its class is a record's
                finder.add(record)
                tally.add_record(record)
                yield record
                continue
            if isinstance(event, ExtractionPart):
                parts[event.extraction_id] = event
            elif isinstance(event, Notice):
                tally.add_notice(event)
            elif isinstance(event, Seen):
                tally.add_seen(event)
            yield event
        yield from lost_blocks(parser, delivery)
    except Exception as error:
        if (isinstance(error, InputRefused) and not has_begun) or is_out_of_room(error):
            raise
        # The type alone: the text of an error may hold what was being read.
        _LOG.error("reader failed", extra={"parser": parser.name, "error": type(error).__name__})
        yield Notice(code="reader_failed", ends_reading=True)
