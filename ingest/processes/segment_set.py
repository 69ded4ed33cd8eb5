"""The segments of one delivery in the making: each event of a reading goes to the extraction that it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ingest.processes.reading_jobs import ParsedPart
from ingest.processes.text_spill import TextSpill
from ingest.segment_store.fact_digests import fact_digest
from ingest.segment_store.segments import RecordSegmentWriter
from parsers.contract import ExtractionPart, ReadEvent, Seen, Sidecar
from parsers.duplicates import Duplicate
from parsers.errors import InputRefused
from parsers.outcome import NoticeBook
from parsers.part_devices import devices_of
from parsers.records.facts import RECORD_KINDS, Message, Record
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Notice, Severity
from parsers.records.tally import TallyRow

_RECORD_TYPES: Final = frozenset(RECORD_KINDS)
_GRAVE: Final = frozenset({Severity.SKIPPED, Severity.DAMAGED})


class SegmentSet:
    """Writes the records of a delivery into one segment an extraction.

    Args:
        work_dir: Where segments are written under temporary names.
        level: Compression.
        spill: Takes the texts of messages.
        parser: Name and version of the parser.
        sidecar: What is stated of the delivery.
    """

    def __init__(self, work_dir: Path, level: int, spill: TextSpill, parser: tuple[str, str], sidecar: Sidecar) -> None:
        self._work_dir = work_dir
        self._level = level
        self._spill = spill
        self._parser = parser
        self._sidecar = sidecar
        self._parts: dict[str, ExtractionPart] = {}
        self._writers: dict[str, RecordSegmentWriter] = {}
        self._notices = NoticeBook()
        self._seen: Counter[tuple[str, str]] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for writer in self._writers.values():
                writer.discard()

    def add_all(self, events: Iterable[ReadEvent | Duplicate]) -> None:
        """Take every event of a reading, in order."""
        for event in events:
            # The class itself: asking whether it is one of a union takes longer than all of the bookkeeping.
            if type(event) in _RECORD_TYPES:
                self._add_record(event)  # type: ignore[arg-type]  # its class is a record's; ``cast`` would be a call
            elif isinstance(event, ExtractionPart):
                self._add_part(event)
            elif isinstance(event, Notice):
                self._notices.add(event)
            elif isinstance(event, Seen):
                self._seen[event.extraction_id, event.element] += event.count
            elif isinstance(event, Duplicate):
                self._writers[event.extraction_id].mark_duplicate(event.ordinal, event.canonical)

    def add_notice(self, notice: Notice) -> None:
        """Take a notice that is not of the reading itself."""
        self._notices.add(notice)

    @property
    def extraction_parts(self) -> tuple[ExtractionPart, ...]:
        """The extractions that came so far."""
        return tuple(self._parts.values())

    def sealed(self) -> tuple[ParsedPart, ...]:
        """End the segments, and return them in the order in which the extractions came.

        Raises:
            InputRefused: The reading gave no extraction; the gravest that it said of it is the reason.
        """
        if not self._parts:
            raise self._refusal()
        devices = devices_of(self._parts.values(), self._sidecar)
        return tuple(self._sealed(extraction_id, devices[extraction_id]) for extraction_id in self._parts)

    def _refusal(self) -> InputRefused:
        notices = sorted(self._notices.notices(), key=lambda notice: not notice.ends_reading)
        grave = [notice for notice in notices if NOTICE_TABLE[notice.code].severity in _GRAVE]
        return InputRefused(grave[0].code, grave[0].subject) if grave else InputRefused("format_unknown", "it is empty")

    def _add_part(self, part: ExtractionPart) -> None:
        if part.extraction_id not in self._parts:
            path = self._work_dir / f"{part.extraction_id}.part"
            self._writers[part.extraction_id] = RecordSegmentWriter(path, self._level)
        self._parts[part.extraction_id] = part

    def _add_record(self, record: Record) -> None:
        self._writers[record.extraction_id].add(record, fact_digest(record))
        if type(record) is Message and (body := record.body):
            self._spill.add(body)

    def _sealed(self, extraction_id: str, device: int) -> ParsedPart:
        writer = self._writers[extraction_id]
        notices = list(self._notices.about(extraction_id))
        tally = self._tally(extraction_id, writer, notices)
        for element, row in tally.items():
            if not row.is_balanced:
                notices.append(Notice(code="tally_differs", extraction_id=extraction_id, subject=element))
        part = self._parts[extraction_id]
        parser = (part.parser or self._parser[0], part.parser_version or self._parser[1])
        sealed, meta = writer.seal(part, parser=parser, notices=notices, tally=tally, paired_device=device)
        return ParsedPart(sealed=sealed, meta=meta)

    def _tally(self, extraction_id: str, writer: RecordSegmentWriter, notices: Iterable[Notice]) -> dict[str, TallyRow]:
        noticed: Counter[str] = Counter()
        for notice in notices:
            if notice.element is not None and notice.extraction_id == extraction_id:
                noticed[notice.element] += notice.count
        seen = {element: count for (of, element), count in self._seen.items() if of == extraction_id}
        kinds, merged = writer.kind_counts, writer.duplicate_counts
        return {
            element: TallyRow(
                seen=seen.get(element, 0),
                indexed=kinds.get(element, 0) - merged.get(element, 0),
                merged=merged.get(element, 0),
                noticed=noticed[element],
            )
            for element in sorted({*seen, *kinds, *noticed})
        }
