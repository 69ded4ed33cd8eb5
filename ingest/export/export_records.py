"""Exports records from the segments, joined with the catalogue and the findings: the truth, not the index.

One frame of records and one of findings are in memory at a time. Extractions come by id, their records as the source
lists them. An extraction is exported from the moment when it is analysed, also while it waits for an index.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, Protocol

import msgspec

from ingest.assemble import Workspace
from ingest.errors import SegmentDamaged
from ingest.export.analysis_shape import analysis_of
from ingest.export.beside_all import beside_all
from ingest.export.facts_elsewhere import DeviceFacts
from ingest.index_standing import unfinished, without_extraction
from ingest.journal import ExtractionRow
from ingest.printed.output import json_bytes
from ingest.result_files import Write
from ingest.segment_store.finding_segments import NONE, FindingSegment
from ingest.segment_store.segments import SegmentStore, StoredRecord
from ingest.selection import Selection
from parsers.records.export import export_record
from parsers.records.facts import Call, Message
from parsers.records.findings import TextFinding
from search.contract import ExtractionEntry
from search.line_names import NO_NAMES, LineNames
from search.linkage.phrases import counted
from search.template_groups import TemplateGroups

_MESSAGE: Final = "message"
"""Kind of the records that have a template."""

_ENTRY_DECODER: Final = msgspec.msgpack.Decoder(ExtractionEntry)
_FINDING_DECODER: Final = msgspec.msgpack.Decoder(TextFinding)

Exportable = Mapping[str, object]


class Render(Protocol):
    """Makes lines of a portion of records of one extraction; told whether it is the first one of all."""

    def __call__(
        self, records: Iterable[Exportable], *, is_first: bool, extraction: ExtractionEntry | None = None
    ) -> Iterator[bytes]:
        """Yield the lines."""
        ...


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What an export wrote. ``faults`` are sentences about extractions that could not be exported whole."""

    record_count: int
    faults: tuple[str, ...]


def json_lines(
    records: Iterable[Exportable], *, is_first: bool, extraction: ExtractionEntry | None = None
) -> Iterator[bytes]:
    """Yield each record as a line of JSON."""
    del is_first, extraction
    for record in records:
        yield json_bytes(record) + b"\n"


async def export_records(
    workspace: Workspace,
    selection: Selection,
    kinds: Sequence[str],
    render: Render,
    write: Write,
    *,
    ending: bytes = b"",
) -> Exported:
    """Write the records that are looked at, after the export was written to the audit log.

    Args:
        workspace: The data folder.
        selection: Cases, exhibits and a period; a record without an instant is in no period.
        kinds: Kinds of record; empty: all.
        render: Makes lines of records.
        write: Takes the lines.
        ending: What stands behind the last record, where there is one.
    """
    rows = [
        row.extraction_id
        for row in workspace.journal.extractions()
        if row.entry is not None and row.findings_sha256 is not None and selection.includes(_entry_of(row))
    ]
    detail = {**selection.as_scope(), "kinds": list(kinds), "extraction_ids": rows}
    await workspace.audit.append("export", detail)
    has_texts = not kinds or _MESSAGE in kinds
    groups, names, unasked = beside_all(workspace) if has_texts else (TemplateGroups({}), NO_NAMES, ())
    all_of_it = _All(workspace.segments, groups, names, DeviceFacts(workspace.journal, workspace.segments))
    count, faults = 0, []
    for extraction_id in rows:
        # Read again: a writer beside us may have put newer segments in the place of those that the row named.
        row = workspace.journal.extraction(extraction_id)
        if row is None:
            continue
        try:
            # The head stands before the first record: a portion of which nothing is looked at has none.
            for portion in filter(None, _portions(all_of_it, row, selection, frozenset(kinds))):
                for line in render(portion, is_first=count == 0, extraction=_entry_of(row)):
                    write(line)
                count += len(portion)
                # Lets a signal be heard between two portions.
                await asyncio.sleep(0)
        except SegmentDamaged as exc:
            faults.append(str(exc))
    # A damaged one that is exported says so above.
    faults += [
        f"{extraction_id}: its findings are damaged, and names and wordings of others were settled without it. "
        f"Run trapline reparse {extraction_id}."
        for extraction_id in unasked
        if extraction_id not in rows
    ]
    if count and ending:
        write(ending)
    if left_out := await unfinished(workspace):
        unread = counted(len(left_out), "extraction that was read is", "extractions that were read are")
        faults.append(f"NOT COMPLETE: {unread} not analysed yet and left out. Run trapline rebuild.")
    if lost := await asyncio.to_thread(without_extraction, workspace):
        deliveries = counted(len(lost), "delivery", "deliveries")
        faults.append(f"NOT COMPLETE: the journal does not know what {deliveries} gave. Run trapline reparse.")
    return Exported(record_count=count, faults=tuple(faults))


class _All(NamedTuple):
    """What is known of all extractions: segments, wordings, names of lines, and which facts of a device count where."""

    store: SegmentStore
    groups: TemplateGroups
    names: LineNames
    facts: DeviceFacts


def _portions(
    known: _All, row: ExtractionRow, selection: Selection, kinds: frozenset[str]
) -> Iterator[list[Exportable]]:
    assert row.findings_sha256 is not None
    entry = _entry_of(row)
    store, groups, names, facts = known
    elsewhere = facts.elsewhere(row)
    findings_path = store.findings_path(row.extraction_id, row.findings_sha256)
    with (
        store.open_records(row.extraction_id, row.records_sha256) as records,
        FindingSegment(findings_path, row.extraction_id) as findings,
    ):
        flare_ids = [flare.flare_id for flare in findings.flares()]
        flare_of = findings.flare_of()
        for batch, (texts, places) in zip(records.batches(), findings.batches(), strict=True):
            decoded = cache(lambda place, texts=texts: _FINDING_DECODER.decode(texts[place]))
            portion: list[Exportable] = []
            for stored, place in zip(batch, places, strict=True):
                if not _is_looked_at(stored, selection, kinds):
                    continue
                flare = int(flare_of[stored.ordinal])
                finding = None if place == NONE else decoded(place)
                text = stored.record.body if isinstance(stored.record, Message) else None
                name = None if finding is None or text is None else names.of(finding, text)
                analysis = analysis_of(finding, flare_ids[flare] if flare >= 0 else None, groups, name)
                exported = export_record(stored.record, entry, analysis)
                exported["duplicate_of"] = elsewhere.of(stored.ordinal, stored.record.duplicate_of)
                portion.append(exported)
            yield portion


def _is_looked_at(stored: StoredRecord, selection: Selection, kinds: frozenset[str]) -> bool:
    record = stored.record
    if kinds and record.kind not in kinds:
        return False
    utc = record.time.utc if isinstance(record, Message | Call) else None
    return selection.includes_instant(utc)


def _entry_of(row: ExtractionRow) -> ExtractionEntry:
    assert row.entry is not None
    return _ENTRY_DECODER.decode(row.entry)
