"""The status of a data folder as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.index_standing import Standing
from ingest.journal import STARTED
from ingest.outcomes import Status
from ingest.printed.output import table_lines, visible
from ingest.selection import Selection


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
    yield f"Index {status.index_backend}: {readiness}{_detail(status.index_detail)}"
    yield f"{status.audit_count} lines of audit, {status.decision_count} decisions"
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
    if status.deliveries:
        yield ""
        yield from table_lines(
            ("delivery that gave nothing", "received", "state", "reason"),
            [
                (delivery.file_name, delivery.received_at, delivery.state, delivery.reason or "-")
                for delivery in status.deliveries
            ],
        )
    if not status.extractions and not status.deliveries:
        yield "Nothing is held. Take something in: trapline ingest PATH"
    if status.waiting_count:
        yield f"{status.waiting_count} extractions wait for the index: trapline rebuild or the next ingest loads them."
    if status.unfinished_count:
        yield f"{status.unfinished_count} deliveries were not finished: the next ingest finishes them."
    failed = sum(delivery.state.startswith("failed: ") and delivery.state != STARTED for delivery in status.deliveries)
    if failed:
        yield f"{failed} deliveries failed: trapline reparse reads them again."


def standing_line(found: Standing) -> str:
    """Return what is said beside an answer of an index with which something is amiss."""
    return f"trapline: NOT COMPLETE: {standing_words(found)}"


def standing_words(found: Standing) -> str:
    """Return what is amiss with an index, and what to do."""
    if found.lacking:
        return f"{len(found.lacking)} extractions that were read are not in the index. Run trapline rebuild."
    return (
        f"the index holds {len(found.foreign)} extractions that the data folder does not know. "
        "Run trapline verify, which says what to do."
    )


def _detail(detail: str) -> str:
    return f" ({visible(detail)})" if detail not in {"", "ready"} else ""
