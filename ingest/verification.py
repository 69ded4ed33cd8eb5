"""Compares what is held with its checksums: vault, segments, audit, decisions, journal and index. Changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import Final

from ingest.assemble import Workspace
from ingest.errors import ChainBroken, SegmentDamaged
from ingest.index_standing import standing, without_extraction
from ingest.journal import STARTED, ExtractionRow
from ingest.outcomes import Check, Verification
from ingest.progress import OnProgress, Progress, no_progress
from ingest.resolving import waiting_of
from ingest.segment_store.finding_segments import FindingSegment
from ingest.segment_store.segment_faults import segment_fault
from search.contract import Index
from search.errors import SearchError

_UNKNOWN_SEGMENTS: Final = (
    "the journal does not know it: trapline reparse; what is still named after that is left of an earlier reading"
)
_AUDIT_LOST: Final = "lines are gone that said what was taken, compare it with a backup"
_UNKNOWN_IN_INDEX: Final = "the journal does not know it: trapline rebuild; where its segments are named too, reparse"


async def verify(workspace: Workspace, *, on_progress: OnProgress = no_progress) -> Verification:
    """Compare vault, segments, audit, decisions and index with their checksums. Reads everything; changes nothing."""
    # An audit log that does not hold together is what this verb is there to tell.
    with suppress(ChainBroken):
        await workspace.audit.append("verify", {})
    checks = [check async for check in stored_checks(workspace, on_progress)]
    checks += [check async for check in _index_checks(workspace, workspace.journal.extractions())]
    return Verification(checks=tuple(checks))


async def stored_checks(workspace: Workspace, on_progress: OnProgress = no_progress) -> AsyncIterator[Check]:
    """Yield how vault, segments, audit, decisions and journal stand to their checksums: all that a backup copies."""
    yield await asyncio.to_thread(_chain, "audit", partial(_checked_audit, workspace))
    yield await asyncio.to_thread(_chain, "decisions", workspace.decisions.verify)
    found = await asyncio.to_thread(workspace.journal.check_integrity)
    yield _check("journal", "journal", "" if found == "ok" else found)
    known = {row.sha256 for row in workspace.journal.deliveries()}
    # A process that was ended between vault and journal left an arrival, which the next run ends.
    is_unfinished = bool(workspace.journal.arrivals(STARTED))
    held = sorted({*workspace.vault.hashes(), *known})
    for place, sha256 in enumerate(held):
        detail = await asyncio.to_thread(workspace.vault.check, sha256, lambda _count: None)
        if not detail and sha256 not in known and not is_unfinished:
            detail = "the journal does not know it: trapline reparse"
        yield _check("vault", sha256, detail)
        on_progress(Progress(delivery="vault", step="verify", done=place + 1, total=len(held), unit="deliveries"))
    rows = workspace.journal.extractions()
    for place, row in enumerate(rows):
        yield await asyncio.to_thread(_segments, workspace, row)
        on_progress(Progress(delivery="segments", step="verify", done=place + 1, total=len(rows), unit="extractions"))
    if not is_unfinished and not workspace.journal.deliveries(STARTED):
        for extraction_id in sorted(
            {name for name, _, _ in workspace.segments.files()} - {row.extraction_id for row in rows}
        ):
            yield _check("segments", extraction_id, _UNKNOWN_SEGMENTS)
        for sha256 in without_extraction(workspace):
            yield _check("journal", sha256, "it does not know what this delivery gave: trapline reparse")


def _check(name: str, subject: str, detail: str) -> Check:
    return Check(name=name, subject=subject, is_sound=not detail, detail=detail)


def _chain(name: str, check: Callable[[], object]) -> Check:
    try:
        lacking = check()
    except ChainBroken as exc:
        return _check(name, name, str(exc))
    return _check(name, name, lacking if isinstance(lacking, str) else "")


def _checked_audit(workspace: Workspace) -> str:
    """Check the audit log, and return what is wrong where it does not tell of a delivery; a log begun anew is whole.

    Custody is written there before the journal knows a delivery.
    """
    told: set[object] = set()
    for line in workspace.audit.lines():
        detail = line.get("detail")
        if line.get("action") == "custody" and isinstance(detail, dict):
            told |= {detail.get("sha256"), detail.get("key")}
    untold = sum(told.isdisjoint({row.sha256, row.stated_sha256}) for row in workspace.journal.deliveries())
    return f"{_AUDIT_LOST}: {untold} of the deliveries" if untold else ""


def _segments(workspace: Workspace, row: ExtractionRow) -> Check:
    fault = segment_fault(workspace.segments, row.extraction_id, row.records_sha256, row.findings_sha256)
    return _check("segments", row.extraction_id, fault and f"{fault}: trapline reparse")


async def _index_checks(workspace: Workspace, rows: list[ExtractionRow]) -> AsyncIterator[Check]:
    if not rows:
        return
    try:
        async with workspace.open_index() as index:
            waiting = waiting_of(rows, workspace.index_name, workspace.journal)
            for extraction_id in sorted((await standing(workspace, index)).foreign):
                yield _check("index", extraction_id, _UNKNOWN_IN_INDEX)
            for row in rows:
                if row.extraction_id in waiting:
                    detail = "it waits for the index: trapline rebuild, or the next ingest, loads it"
                    yield _check("index", row.extraction_id, detail)
                else:
                    yield await _index_check(workspace, index, row)
    except SearchError as exc:
        yield _check("index", workspace.index_name, str(exc))


async def _index_check(workspace: Workspace, index: Index, row: ExtractionRow) -> Check:
    assert row.findings_sha256 is not None
    path = workspace.segments.findings_path(row.extraction_id, row.findings_sha256)
    try:
        with FindingSegment(path, row.extraction_id) as segment:
            expected = segment.meta
    except SegmentDamaged as exc:
        return _check("index", row.extraction_id, str(exc))
    counts = await index.counts(row.extraction_id)
    is_same = (counts.documents, counts.crc_sum) == (expected.document_count, expected.crc_sum)
    return _check("index", row.extraction_id, "" if is_same else "it differs from its segments: trapline rebuild")
