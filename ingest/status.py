"""What a data folder holds, what waits, and what was not finished. Reads the journal alone, and asks the index."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.command_errors import SelectionUnknown
from ingest.deliveries import shown_path
from ingest.index_standing import untrue_loads
from ingest.journal import FINISHED, REFUSED, STARTED, ArrivalRow, DeliveryRow, ExtractionRow, Step
from ingest.not_whole import waiting_drops
from ingest.outcomes import DeliveryStatus, ExtractionStatus, Status
from ingest.printed.output import say
from ingest.refusals import refused_contents, refused_places
from ingest.resolving import ENTRY_DECODER, SUMMARY_DECODER, waiting_of
from ingest.selection import Selection, as_held, not_held
from search.contract import Health
from search.errors import SearchError


async def status(workspace: Workspace) -> Status:
    """Return what the data folder holds, what waits for the index, and what was not finished. Fast."""
    journal = workspace.journal
    rows, deliveries = await asyncio.to_thread(lambda: (journal.extractions(), journal.deliveries()))
    of, read = {row.sha256: row for row in deliveries}, {row.sha256 for row in rows}
    health, untrue = await _health(workspace, is_needed=bool(rows))
    waiting = waiting_of(rows, workspace.index_name, journal) | untrue
    shown = {row.sha256 for row in (*refused_contents(deliveries), *_not_finished(deliveries))}
    unfinished = [row for row in deliveries if row.state == STARTED]
    started = journal.arrivals(STARTED)
    arrivals = sorted([*started, *refused_places(journal)], key=lambda row: row.arrival_id)
    return Status(
        data_dir=str(workspace.data_dir),
        schema_version=journal.schema_version,
        index_backend=workspace.settings.index.backend.value,
        index_is_ready=health.is_ready,
        index_detail=health.detail,
        extractions=tuple(_extraction(row, of[row.sha256], is_waiting=row.extraction_id in waiting) for row in rows),
        deliveries=(
            *(_delivery(row, was_read=row.sha256 in read) for row in deliveries if row.sha256 in shown),
            *(_arrival(row) for row in arrivals),
        ),
        # What the next ingest finishes it loads: of one extraction one thing is to be done.
        waiting_count=sum(row.extraction_id in waiting and of[row.sha256].state != STARTED for row in rows),
        waiting_drops=waiting_drops(workspace.paths.root, workspace.now()),
        waits_for_room=any(_found_no_room(row) for row in rows if row.extraction_id in waiting),
        unfinished_count=len(unfinished) + len(started),
        decision_count=workspace.decisions.count(),
        audit_count=workspace.audit.count(),
    )


def _not_finished(deliveries: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    return [row for row in deliveries if row.state not in {FINISHED, REFUSED}]


def held_selection(workspace: Workspace, selection: Selection) -> Selection:
    """Return the selection with its cases and exhibits as they are held, and refuse one that nothing held has.

    An empty answer to a slip would pass for nothing found.

    A data folder that holds nothing has nothing to compare with: that is said, and the answer is empty.

    Raises:
        SelectionUnknown: Something is held, and nothing of what was named.
    """
    if not selection.is_of_extractions:
        return selection
    entries = [ENTRY_DECODER.decode(row.entry) for row in workspace.journal.extractions() if row.entry is not None]
    selection = as_held(selection, entries)
    sentence = not_held(selection, entries)
    if sentence and entries:
        raise SelectionUnknown(sentence)
    if sentence:
        say(f"trapline: {sentence}")
    return selection


async def _health(workspace: Workspace, *, is_needed: bool) -> tuple[Health, frozenset[str]]:
    """Return whether the index can be used, and what it should hold and does not."""
    if not is_needed and not workspace.paths.index.exists() and workspace.index_name == "embedded":
        return Health(is_ready=True, detail="there is none yet; the first ingest makes it"), frozenset()
    try:
        async with workspace.open_index() as index:
            return await index.health(), await untrue_loads(workspace, index)
    except SearchError as exc:
        return Health(is_ready=False, detail=str(exc)), frozenset()


def _extraction(row: ExtractionRow, delivery: DeliveryRow, *, is_waiting: bool) -> ExtractionStatus:
    entry = ENTRY_DECODER.decode(row.entry) if row.entry is not None else None
    counts = SUMMARY_DECODER.decode(row.summary).meta.kind_counts
    return ExtractionStatus(
        extraction_id=row.extraction_id,
        device_id=entry.device_id if entry is not None else None,
        file_name=delivery.name,
        sha256=delivery.stated_sha256,
        case_ref=entry.case_ref if entry is not None else None,
        exhibit_ref=entry.exhibit_ref if entry is not None else None,
        state=entry.state if entry is not None else STARTED,
        step=Step.ANALYSED if is_waiting and row.step is Step.COMPLETE else row.step,
        message_count=entry.message_count if entry is not None else counts.get("message", 0),
        is_waiting=is_waiting,
    )


def _delivery(row: DeliveryRow, *, was_read: bool) -> DeliveryStatus:
    return DeliveryStatus(
        sha256=row.stated_sha256,
        file_name=row.name,
        original_path=row.original_path,
        received_at=row.received_at,
        state=row.state,
        reason=_reason(row.refusal),
        was_read=was_read,
    )


def _arrival(row: ArrivalRow) -> DeliveryStatus:
    path = Path(os.fsdecode(row.original_path))
    return DeliveryStatus(
        sha256=None,
        file_name=shown_path(Path(path.name)),
        original_path=shown_path(path),
        received_at=row.arrived_at,
        state=row.state,
        reason=_reason_of_place(row, path),
    )


def _reason_of_place(row: ArrivalRow, path: Path) -> str | None:
    """Return why nothing came of a place, and that nothing lies there now, so that no further ingest can read it."""
    reason = _reason(row.refusal)
    if row.sha256 is not None or os.path.lexists(path):
        return reason
    return f"{reason or 'It was not taken in.'} Nothing lies there any longer."


class _Waited(msgspec.Struct):
    no_room: bool = False


_WAITED_DECODER: Final = msgspec.json.Decoder(_Waited)


def _found_no_room(row: ExtractionRow) -> bool:
    return row.receipt is not None and _WAITED_DECODER.decode(row.receipt).no_room


class _Refusal(msgspec.Struct):
    reason: str | None = None


_REFUSAL_DECODER: Final = msgspec.json.Decoder(_Refusal)


def _reason(refusal: bytes | None) -> str | None:
    return None if refusal is None else _REFUSAL_DECODER.decode(refusal).reason
