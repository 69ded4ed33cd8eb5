"""Shows one record: where it stands in the evidence, raw beside normalised, and what the analysis says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.command_errors import RecordUnknown
from ingest.export.analysis_shape import analysis_of
from ingest.index_standing import standing
from ingest.printed.instants_text import uk_time
from ingest.printed.output import visible
from ingest.printed.status_text import standing_words
from ingest.whose_word import whose_words
from parsers.records.export import export_record
from parsers.records.facts import Record
from parsers.records.findings import TextFinding
from search.contract import ExtractionEntry, Hit
from search.errors import IndexMissing
from search.linkage.adverts.ordering import ORDER_SCORE

_RECORD_DECODER: Final = msgspec.msgpack.Decoder(Record)
_FINDING_DECODER: Final = msgspec.msgpack.Decoder(TextFinding)
_IDS: Final = {"record_id", "extraction_id", "device_id", "case_ref", "exhibit_ref", "duplicate_of"}
_SHOWN_APART: Final = _IDS | {"schema", "kind", "source", "deleted", "analysis"}


class RecordView(msgspec.Struct, frozen=True, kw_only=True):
    """One record with where it stands.

    Attributes:
        exported: In the shape of the record export.
        finding: What the analysis says of its text. None: it has none, or was not analysed.
        highlights: Code-point spans in ``text`` that a query found.
        whose: Whose word case, exhibit and owner's number are, by field, where it is not the file's.
    """

    exported: Mapping[str, object]
    utc: str | None
    text: str
    highlights: tuple[tuple[int, int], ...]
    finding: TextFinding | None
    entry: ExtractionEntry
    whose: Mapping[str, str] = {}


def view_of(hit: Hit, entry: ExtractionEntry) -> RecordView:
    """Return a hit as it is shown, joined with its extraction."""
    record = _RECORD_DECODER.decode(hit.record)
    finding = _FINDING_DECODER.decode(hit.finding) if hit.finding else None
    return RecordView(
        exported=export_record(record, entry, analysis_of(finding, hit.flare_id)),
        utc=hit.utc,
        text=hit.text,
        highlights=hit.highlights,
        finding=finding,
        entry=entry,
    )


def entry_of_hit(hit: Hit, entries: Mapping[str, ExtractionEntry]) -> ExtractionEntry:
    """Return the catalogue entry of the extraction of a record.

    Raises:
        IndexMissing: The index lost it.
    """
    entry = entries.get(hit.extraction_id)
    if entry is None:
        raise IndexMissing(f"the catalogue of the index lacks {hit.extraction_id}. Run trapline rebuild.")
    return entry


async def show_records(workspace: Workspace, record_ids: Sequence[str]) -> list[RecordView]:
    """Return the records, after the view was written to the audit log.

    Raises:
        RecordUnknown: Nothing is held under one of the ids.
        IndexUnreachable: The index is not there, or lacks extractions in one of which the record may be.
    """
    views: list[RecordView] = []
    async with workspace.open_index() as index:
        entries = {entry.extraction_id: entry for entry in await index.entries()}
        for record_id in record_ids:
            hit = await index.get(record_id)
            if hit is None and not (stands := await standing(workspace, index)).is_whole:
                raise IndexMissing(f"{record_id} is not among what the index holds, and {standing_words(stands)}")
            if hit is None:
                raise RecordUnknown(record_id)
            view = view_of(hit, entry_of_hit(hit, entries))
            views.append(msgspec.structs.replace(view, whose=whose_words(workspace, hit.extraction_id)))
    await workspace.audit.append("show", {"record_ids": list(record_ids)})
    return views


def view_json(view: RecordView) -> dict[str, object]:
    """Return the record as the export has it, with the delivery it stands in and the finding with its spans."""
    entry = view.entry
    return {
        "record": view.exported,
        "delivery": {
            "file_name": entry.file_name,
            "sha256": entry.sha256,
            "size_bytes": entry.size_bytes,
            "format": entry.format,
            "tool": entry.tool,
            "tool_version": entry.tool_version,
            "state": entry.state,
            "superseded_by": entry.superseded_by,
        },
        "finding": None if view.finding is None else msgspec.to_builtins(view.finding),
    }


def view_lines(view: RecordView) -> Iterator[str]:
    """Yield the record as a person reads it: where it stands, what the source says, what the analysis says."""
    exported, entry = view.exported, view.entry
    source = _mapping(exported["source"])
    yield f"{exported['kind']} {exported['record_id']}"
    yield "Where it stands in the evidence"
    numbers = ", ".join(entry.msisdn) if "owner_number" in view.whose else None
    places = {
        "case": _with_word(exported["case_ref"], view.whose.get("case_ref")),
        "exhibit": _with_word(exported["exhibit_ref"], view.whose.get("exhibit_ref")),
        "owner's number": _with_word(numbers, view.whose.get("owner_number")),
        "device": exported["device_id"],
        "extraction": f"{exported['extraction_id']} ({entry.state})",
        "delivery": source["file_name"],
        "SHA-256": source["file_sha256"],
        "member": source["member"],
        "locator": source["locator"],
        "reader": f"{source['parser']} {source['parser_version']}",
        "deleted": exported["deleted"],
        "same fact as": exported["duplicate_of"],
    }
    yield from _pairs(places)
    yield "What the source says"
    yield from _pairs({key: value for key, value in exported.items() if key not in _SHOWN_APART})
    if view.utc is not None:
        yield from _pairs({"time in the UK": uk_time(view.utc)})
    if view.finding is not None:
        yield "What the analysis says (opinion, not evidence)"
        yield from _finding_lines(view.finding)


def _with_word(value: object, whose: str | None) -> object:
    """Return a value with whose word it is; what nobody but the file states stands alone."""
    return f"{value} ({whose})" if value and whose else value


def _finding_lines(finding: TextFinding) -> Iterator[str]:
    change, is_order = finding.number_change, finding.order_score >= ORDER_SCORE
    yield from _pairs(
        {
            "advert": f"{'yes' if finding.is_advert else 'no'} (score {finding.advert_score:.2f})",
            "order to a line": f"{'yes' if is_order else 'no'} (score {finding.order_score:.2f})",
            "line": finding.line and f"{finding.line} (written {finding.line_surface})",
            "template": finding.template,
            "number change": None if change.role == "none" else f"{change.role}: {change.number or 'the sender'}",
        }
    )
    for span in finding.spans:
        meaning = f" = {span.canonical}" if span.canonical else ""
        yield f"  {span.kind} at {span.start}-{span.end}: {visible(span.surface)}{visible(meaning)}  [{span.rule}]"
    yield f"  rules: {visible(', '.join(finding.rules) or '-')}"
    yield f"  versions: analysis {finding.nlp_version}, lexicon {finding.lexicon_version}"


def _pairs(values: Mapping[str, object]) -> Iterator[str]:
    for key, value in values.items():
        if value is not None and (text := _text(value)):
            yield f"  {key + ':':<18} {visible(text)}"


def _text(value: object) -> str:
    """Return a value of the export as text: a party or a moment with its raw form beside what was read from it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(inner)}" for key, inner in value.items() if inner is not None)
    if isinstance(value, (list, tuple)):
        return "; ".join(_text(inner) for inner in value)
    return str(value)


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value
