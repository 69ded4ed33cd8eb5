"""Brings extractions to what they must be now: device, superseding, catalogue entry, findings.

Also the others of the same devices: a new reading can supersede an older one, and then the findings of that count
other facts. What holds already is left as it is.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.errors import SegmentDamaged, WorkerLost
from ingest.journal import FINISHED, STARTED, ExtractionRow, Journal, Step
from ingest.processes.analysis_jobs import Collected, CollectRequest
from ingest.processes.reading_jobs import Spilled, SpillRequest
from ingest.processes.worker_process import WorkerFault
from ingest.progress import Checkpoint, OnProgress
from ingest.resolving import Target, Versions, resolve
from ingest.segment_store.finding_segments import FindingSegment, Recipe
from ingest.segment_store.segment_file import is_file_sound
from ingest.text_analysis import TextAnalysis

_MANY_MESSAGES: Final = 300_000
"""From which findings are collected by a child of their own: beside what reading left in pieces of memory they take as
much again. A smaller extraction is not worth the start of one."""
_BYTES_OF_RECIPE: Final = 1_024


async def renew(
    workspace: Workspace,
    touched: set[str],
    on_progress: OnProgress,
    checkpoint: Checkpoint,
    analysis: TextAnalysis | None = None,
    *,
    damaged: set[str] | None = None,
) -> frozenset[str]:
    """Bring the touched extractions, and all others of their devices, to what they must be now.

    Returns the deliveries that must be read again, because their devices show another order of day and month than they
    were read with. Those that were finished are noted as such that are going to be read.

    Args:
        workspace: The data folder; the caller holds its lock.
        touched: Extraction ids.
        on_progress: Told how far it is.
        checkpoint: Called between steps.
        analysis: Of the texts of the touched extractions, where it is under way. None: it is not.
        damaged: Gets the touched extractions whose record segments cannot be read; the others are renewed. None: the
            first of them ends it.

    Raises:
        SegmentDamaged: The record segment of a touched extraction cannot be read, and nothing gathers such.
    """
    journal, settings = workspace.journal, workspace.settings
    made_with = await workspace.workers.versions()
    versions = Versions(
        nlp_version=made_with.nlp_version,
        lexicon_version=made_with.lexicon_version,
        region=settings.parsers.default_region,
    )
    amendments = await asyncio.to_thread(workspace.decisions.amendments)
    resolved = await asyncio.to_thread(resolve, journal, workspace.segments, amendments, versions, touched)
    checkpoint("after resolved")
    for sha256 in sorted(resolved.to_read_again):
        if (row := journal.delivery(sha256)) is not None and row.state == FINISHED:
            # Before any entry: where a run is cut short, what led here leads here again or this is noted.
            journal.set_delivery(sha256, state=STARTED, step=Step.RECEIVED)
            checkpoint("after lent")
    for damage in resolved.damaged:
        _tolerate(journal, damage.extraction_id, damage, touched, damaged)
    for target in resolved.targets:
        extraction_id, held = target.row.extraction_id, target.held
        if await asyncio.to_thread(_recipe_of, workspace, held) != target.recipe:
            of_its_texts = analysis if extraction_id in touched else None
            try:
                await _collect(workspace, target, on_progress, checkpoint, of_its_texts)
            except (SegmentDamaged, WorkerLost, WorkerFault) as exc:
                _tolerate(journal, extraction_id, exc, touched, damaged)
        elif held.next_records_sha256 is not None or held.entry != msgspec.msgpack.encode(target.entry):
            _note_target(journal, target, held.findings_sha256)
            checkpoint("after entry")
    return resolved.to_read_again


def _tolerate(
    journal: Journal, extraction_id: str, error: Exception, touched: set[str], damaged: set[str] | None
) -> None:
    """Note a fault of an extraction that only shares its device; one of a touched extraction is gathered or raised.

    The delivery at fault shows as failed; it does not keep others from being read.
    """
    if extraction_id in touched and damaged is not None and isinstance(error, SegmentDamaged):
        damaged.add(extraction_id)
        return
    if extraction_id in touched:
        raise error
    row = journal.extraction(extraction_id)
    assert row is not None
    journal.set_delivery(row.sha256, state=f"failed: {type(error).__name__}", step=Step.SEGMENTED)


def _recipe_of(workspace: Workspace, row: ExtractionRow) -> Recipe | None:
    """Return what the findings were made from; None where there are none that can be read."""
    if row.findings_sha256 is None:
        return None
    path = workspace.segments.findings_path(row.extraction_id, row.findings_sha256)
    if row.next_records_sha256 is not None and not is_file_sound(path, row.findings_sha256):
        # Read again, for its sake perhaps: what it says of itself can be read where the rest cannot.
        return None

    def recipe() -> Recipe:
        with FindingSegment(path, row.extraction_id) as segment:
            return segment.meta.recipe

    try:
        return workspace.segments.made.of(str(path), "recipe", recipe, lambda _made: _BYTES_OF_RECIPE)
    except SegmentDamaged:
        return None


async def _collect(
    workspace: Workspace,
    target: Target,
    on_progress: OnProgress,
    checkpoint: Checkpoint,
    analysis: TextAnalysis | None,
) -> None:
    row, store = target.row, workspace.segments
    records = store.records_path(row.extraction_id, row.records_sha256)
    work = workspace.paths.scratch / f"collect-{row.extraction_id}"
    # A process that was ended here before left its work behind.
    await asyncio.to_thread(shutil.rmtree, work, ignore_errors=True)
    work.mkdir()
    own_analysis = None
    if analysis is None:
        analysis = own_analysis = await _analysis_of(workspace, target, records, work, on_progress)
    request = CollectRequest(
        extraction_id=row.extraction_id,
        records=str(records),
        target="",
        findings=str(workspace.paths.texts),
        lexicon_dirs=workspace.workers.lexicon_dirs,
        recipe=target.recipe,
        skip=target.skip,
        compression_level=workspace.settings.ingest.compression_level,
        ended=str(analysis.ended),
    )

    def in_own_folder(number: int) -> CollectRequest:
        part = work / f"collecting-{number}"
        part.mkdir()
        return msgspec.structs.replace(request, target=str(part / "findings.part"))

    timeout_seconds = workspace.settings.ingest.parse_timeout_seconds
    try:
        made = await workspace.workers.reader.run_again_if_lost(
            "collect",
            in_own_folder,
            Collected,
            timeout_seconds,
            in_new_child=target.entry.message_count >= _MANY_MESSAGES,
        )
    finally:
        if own_analysis is not None:
            await own_analysis.close()
            await asyncio.to_thread(shutil.rmtree, own_analysis.folder, ignore_errors=True)
    checkpoint("after collected")
    path = store.findings_path(row.extraction_id, made.sealed.sha256)
    store.adopt(made.sealed, path)
    checkpoint("after findings")
    _note_target(workspace.journal, target, made.sealed.sha256, step=Step.ANALYSED)
    store.keep_only(row.extraction_id, (records, path))
    await asyncio.to_thread(shutil.rmtree, work)
    checkpoint("after analysed")


async def _analysis_of(
    workspace: Workspace, target: Target, records: Path, work: Path, on_progress: OnProgress
) -> TextAnalysis:
    """Start analysing the texts of a record segment that was read before."""
    texts = work / "texts"
    texts.mkdir()
    settings = workspace.settings.ingest
    request = SpillRequest(
        extraction_id=target.row.extraction_id,
        records=str(records),
        texts_dir=str(texts),
        portion_texts=settings.analysis_chunk_texts,
    )
    analysis = TextAnalysis(workspace, target.entry.file_name, texts, on_progress)
    timeout_seconds = settings.parse_timeout_seconds
    await workspace.workers.reader.run_again_if_lost("spill_texts", lambda _try: request, Spilled, timeout_seconds)
    analysis.start()
    analysis.all_read()
    return analysis


def _note_target(journal: Journal, target: Target, findings_sha256: str | None, **more: object) -> None:
    """Put records, findings and entry that belong together into the journal, in one write."""
    journal.set_extraction(
        target.row.extraction_id,
        records_sha256=target.row.records_sha256,
        summary=target.row.summary,
        findings_sha256=findings_sha256,
        entry=msgspec.msgpack.encode(target.entry),
        next_records_sha256=None,
        next_summary=None,
        **more,
    )
