"""The status of a data folder as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ingest.index_standing import Standing
from ingest.journal import STARTED
from ingest.not_whole import waits_words
from ingest.outcomes import Status
from ingest.printed.output import table_lines, visible
from ingest.selection import Selection
from search.linkage.phrases import counted

_HEADINGS: Final = (
    ("delivery that gave nothing", False),
    ("delivery not read again; what was read of it before stands", True),
)
_NOTHING: Final = "Nothing is held. Take something in: trapline ingest PATH"
_DAMAGED: Final = "failed: vault_damaged"
_WHAT_LOADS_WITH_ROOM: Final = (
    "No room was left on the disk: make room, then ingest again, which loads what waits first."
)
_WHAT_LOADS: Final = "Run trapline rebuild, and trapline reparse for what that calls damaged."


def narrowed(status: Status, selection: Selection) -> Status:
    """Return the status with the extractions that are looked at; the counts stay those of the whole folder."""
    if not selection.is_of_extractions:
        return status
    kept = tuple(extraction for extraction in status.extractions if selection.includes(extraction))
    return Status(**{**{name: getattr(status, name) for name in status.__struct_fields__}, "extractions": kept})


def status_lines(status: Status) -> Iterator[str]:
    """Yield what is held, then what waits."""
    yield f"Data folder {visible(status.data_dir)}, schema {status.schema_version}"
    readiness = "ready" if status.index_is_ready else "NOT READY"
    if status.waits_for_room:
        readiness = "NO ROOM on the disk for what waits"
    yield f"Index {status.index_backend}: {readiness}{_detail(status.index_detail)}"
    yield f"{counted(status.audit_count, 'line')} of audit, {counted(status.decision_count, 'decision')}"
    if status.extractions:
        yield ""
        yield from table_lines(
            ("extraction", "file", "case", "exhibit", "device", "messages", "state", "step"),
            [
                (
                    extraction.extraction_id,
                    extraction.file_name,
                    extraction.case_ref or "-",
                    extraction.exhibit_ref or "-",
                    extraction.device_id or "-",
                    f"{extraction.message_count:,}",
                    extraction.state,
                    "waits for the index" if extraction.is_waiting else extraction.step,
                )
                for extraction in status.extractions
            ],
        )
    for heading, was_read in _HEADINGS:
        rows = [
            (delivery.file_name, delivery.received_at, delivery.state, delivery.reason or "-")
            for delivery in status.deliveries
            if delivery.was_read is was_read
        ]
        if rows:
            yield ""
            yield from table_lines((heading, "received", "state", "reason"), rows)
    yield from (visible(waits_words(drop.path, drop.why, drop.until)) for drop in status.waiting_drops)
    if not status.extractions and not status.deliveries:
        yield "Nothing is held yet." if status.waiting_drops else _NOTHING
    if status.waiting_count:
        waiting = counted(status.waiting_count, "extraction waits", "extractions wait")
        yield f"{waiting} for the index. {_WHAT_LOADS_WITH_ROOM if status.waits_for_room else _WHAT_LOADS}"
    if status.unfinished_count:
        unfinished = counted(status.unfinished_count, "delivery was", "deliveries were")
        yield f"{unfinished} not finished: the next ingest finishes what was begun."
    states = [it.state for it in status.deliveries if it.state.startswith("failed: ") and it.state != STARTED]
    if damaged := states.count(_DAMAGED):
        yield (
            f"{counted(damaged, 'delivery is', 'deliveries are')} not as taken in the vault, so that nothing reads"
            " what is there again. Lay the last backup into a new data folder, or take the original into one, and"
            " compare."
        )
    if failed := len(states) - damaged:
        yield f"{counted(failed, 'delivery', 'deliveries')} failed: trapline reparse reads again what failed."


def standing_line(found: Standing) -> str:
    """Return what is said beside an answer of an index with which something is amiss."""
    return f"trapline: NOT COMPLETE: {standing_words(found)}"


def lacking_words(count: int) -> str:
    """Return how many extractions an index lacks, and what to do."""
    lacking = counted(count, "extraction that was read is", "extractions that were read are")
    return f"{lacking} not in the index. {_WHAT_LOADS}"


def standing_words(found: Standing) -> str:
    """Return what is amiss with an index, and what to do."""
    if found.lacking:
        return lacking_words(len(found.lacking))
    foreign = counted(len(found.foreign), "extraction")
    return f"the index holds {foreign} that the data folder does not know. Run trapline verify, which says what to do."


def _detail(detail: str) -> str:
    return f" ({visible(detail)})" if detail not in {"", "ready"} else ""
