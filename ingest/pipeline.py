"""The steps that lead a delivery from the vault to the index. Each has a name, is idempotent, and can be run again.

A step looks at what is there (journal, segments) and does what is missing. A run that was cut short anywhere is
finished by running all steps again: nothing is lost, because nothing is thrown away before what replaces it is on
disk and named in the journal; nothing doubles, because every id comes from the evidence.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.custody import Held
from ingest.deliveries import folder_name
from ingest.entries import Summary
from ingest.errors import WorkerLost
from ingest.full_disk import is_of_full_disk
from ingest.index_upkeep import IndexUpkeep
from ingest.journal import FINISHED, REFUSED, STARTED, ExtractionRow, Step
from ingest.lent_orders import of_forms
from ingest.outcomes import Receipt
from ingest.processes.reading_jobs import Parsed, ParsedPart, ParseRequest, limits_of
from ingest.progress import Checkpoint, OnProgress
from ingest.receipts import NO_ROOM, Effort, custody_of, receipt_of, refused_receipt
from ingest.renewing import renew
from ingest.resolving import ENTRY_DECODER, SUMMARY_DECODER, orders_beside_parts
from ingest.text_analysis import TextAnalysis
from parsers.contract import ShownOrder
from parsers.errors import InputRefused
from search.errors import IndexConflict, IndexUnreachable

OrdersBeside = Mapping[str, tuple[ShownOrder, ...]]
"""By extraction, what others of its device show of the order of day and month."""


class Run(msgspec.Struct, kw_only=True):
    """One delivery on its way through the steps.

    Attributes:
        started: Reading of the monotonic clock when the delivery came, seconds.
        must_read: Read it again although segments are there (new parsers, a new sidecar, damaged segments).
        refusal: Set by the step that refused it; the later steps do nothing.
        receipt: Of what was refused.
        analysis: Of the texts, where it was read in this run.
        waits_for_index: Set where the index was not there.
        has_no_room: Set where that was because its disk is full.
        to_read_again: Other deliveries that must be read again now that this one is read.
    """

    workspace: Workspace
    held: Held
    started: float
    on_progress: OnProgress
    checkpoint: Checkpoint
    must_read: bool = False
    refusal: InputRefused | None = None
    receipt: Receipt | None = None
    analysis: TextAnalysis | None = None
    waits_for_index: bool = False
    has_no_room: bool = False
    to_read_again: frozenset[str] = frozenset()

    @property
    def sha256(self) -> str:
        """Of the delivery."""
        return self.held.manifest.sha256

    @property
    def work(self) -> Path:
        """Folder for temporary files of this run."""
        return self.workspace.paths.scratch / f"parse-{self.sha256}"

    def rows(self) -> list[ExtractionRow]:
        """Return the delivery's extractions as the journal has them now."""
        return self.workspace.journal.extractions(self.sha256)


async def read_records(run: Run) -> None:
    """Read the delivery into record segments, and analyse its texts meanwhile."""
    if run.rows() and not run.must_read:
        return
    await _read(run)


async def _read(run: Run) -> None:
    workspace, journal = run.workspace, run.workspace.journal
    work = run.work
    texts = work / "texts"
    texts.mkdir(parents=True)
    run.analysis = TextAnalysis(workspace, run.held.manifest.name, texts, run.on_progress)
    run.analysis.start()
    try:
        beside = await asyncio.to_thread(_orders_beside, run)
        parsed = await _parsed(run, work, texts, beside)
    except InputRefused as exc:
        run.refusal = exc
        return
    finally:
        run.analysis.all_read()
    journal.set_delivery(run.sha256, state=STARTED, step=Step.PARSED)
    run.checkpoint("after parsed")
    _adopt(run, parsed, beside)


def _orders_beside(run: Run) -> OrdersBeside:
    """Return what others of its devices show, where the delivery was read before and does not tell all itself."""
    if not any(SUMMARY_DECODER.decode(row.ahead().summary).meta.part.untold_forms for row in run.rows()):
        return {}
    workspace = run.workspace
    region = workspace.settings.parsers.default_region
    return orders_beside_parts(workspace.journal, workspace.decisions.amendments(), region, run.sha256)


async def _parsed(run: Run, work: Path, texts: Path, beside: OrdersBeside) -> Parsed:
    settings, manifest = run.workspace.settings, run.held.manifest
    request = ParseRequest(
        path=str(run.held.path),
        name=manifest.name,
        is_folder=manifest.is_folder,
        sha256=manifest.sha256,
        companions=manifest.companions,
        sidecar=str(run.held.sidecar) if run.held.sidecar is not None else None,
        earlier_sidecars=tuple(map(str, run.held.earlier_sidecars)),
        left_out=manifest.left_out,
        work_dir="",
        texts_dir=str(texts),
        content_sha256=manifest.content_sha256,
        folder=folder_name(manifest.original_path, is_folder=manifest.is_folder),
        is_of_two_devices=manifest.device is not None,
        orders_beside=beside,
        default_time_zone=settings.parsers.default_time_zone,
        default_region=settings.parsers.default_region,
        limits=limits_of(settings.parsers),
        compression_level=settings.ingest.compression_level,
        portion_texts=settings.ingest.analysis_chunk_texts,
    )

    def in_own_folder(reading: int) -> ParseRequest:
        part = work / f"reading-{reading}"
        part.mkdir()
        return msgspec.structs.replace(request, work_dir=str(part))

    reader, timeout_seconds = run.workspace.workers.reader, settings.ingest.parse_timeout_seconds
    try:
        return await reader.run_again_if_lost("parse", in_own_folder, Parsed, timeout_seconds)
    except WorkerLost as exc:
        raise InputRefused("reader_lost", exc.detail) from exc


def _adopt(run: Run, parsed: Parsed, beside: OrdersBeside) -> None:
    """Give the segments their places and name them in the journal; only then remove what they replace."""
    store, journal = run.workspace.segments, run.workspace.journal
    rows = [_row(run, place, part, parsed, beside) for place, part in enumerate(parsed.parts)]
    for row, part in zip(rows, parsed.parts, strict=True):
        store.adopt(part.sealed, store.records_path(row.extraction_id, row.records_sha256))
        run.checkpoint("after adopted")
    gone = journal.replace_extractions(run.sha256, rows)
    run.checkpoint("after segmented")
    for extraction_id in gone:
        store.remove(extraction_id)


def _row(run: Run, place: int, part: ParsedPart, parsed: Parsed, beside: OrdersBeside) -> ExtractionRow:
    made = part.meta.part
    summary = Summary(
        meta=part.meta,
        sidecar=parsed.sidecar,
        sidecar_name=run.held.sidecar_name,
        lent_orders=of_forms(beside.get(made.extraction_id, ()), made.untold_forms),
        elapsed_seconds=parsed.elapsed_seconds,
        peak_memory_bytes=parsed.peak_memory_bytes,
    )
    return ExtractionRow(
        extraction_id=made.extraction_id,
        sha256=run.sha256,
        place=place,
        step=Step.SEGMENTED,
        records_sha256=part.sealed.sha256,
        summary=msgspec.msgpack.encode(summary),
    )


async def collect_findings(run: Run) -> None:
    """Resolve devices and superseding, and make finding segments where they are missing or out of date."""
    again = await _renewed(run)
    if run.sha256 in again and await _read_again(run):
        again |= await _renewed(run)
    run.to_read_again = again - {run.sha256}


async def _renewed(run: Run) -> frozenset[str]:
    touched = {row.extraction_id for row in run.rows()}
    return await renew(run.workspace, touched, run.on_progress, run.checkpoint, run.analysis)


async def _read_again(run: Run) -> bool:
    """Read the delivery with the orders that its devices show; False: it cannot be, and what was read stays."""
    if run.analysis is not None:
        await run.analysis.close()
    await asyncio.to_thread(shutil.rmtree, run.work, ignore_errors=True)
    await _read(run)
    is_read, run.refusal = run.refusal is None, None
    return is_read


async def load_index(run: Run) -> None:
    """Load what waits; an index that is not there leaves it waiting."""
    workspace = run.workspace
    try:
        async with workspace.open_index() as index:
            await IndexUpkeep(workspace, index, run.on_progress, run.checkpoint).bring_up_to_date()
    except (IndexUnreachable, IndexConflict) as exc:
        run.waits_for_index = True
        run.has_no_room = is_of_full_disk(exc, workspace.data_dir)


async def finish(run: Run) -> None:
    """Write the receipts; the delivery's last write says that it is finished."""
    journal = run.workspace.journal
    if run.refusal is not None:
        _finish_refused(run, run.refusal)
        return
    rows = run.rows()
    summaries = [SUMMARY_DECODER.decode(row.summary) for row in rows]
    effort = Effort(
        elapsed_seconds=time.monotonic() - run.started,
        peak_memory_bytes=max((summary.peak_memory_bytes for summary in summaries), default=None),
        message_count=sum(summary.meta.kind_counts.get("message", 0) for summary in summaries),
    )
    for row, summary in zip(rows, summaries, strict=True):
        assert row.entry is not None
        receipt = receipt_of(ENTRY_DECODER.decode(row.entry), summary, custody_of(run.held), effort)
        if run.has_no_room:
            receipt[NO_ROOM] = True
        journal.set_extraction(row.extraction_id, receipt=msgspec.json.encode(receipt))
    run.checkpoint("after receipts")
    for row in rows if not run.waits_for_index else ():
        journal.set_extraction(row.extraction_id, step=Step.COMPLETE)
    journal.set_delivery(run.sha256, state=FINISHED, step=Step.ANALYSED if run.waits_for_index else Step.COMPLETE)


def _finish_refused(run: Run, refusal: InputRefused) -> None:
    run.receipt = refused_receipt(
        refusal,
        custody_of(run.held),
        name=run.held.manifest.name,
        size_bytes=run.held.manifest.size_bytes,
        elapsed_seconds=time.monotonic() - run.started,
    )
    if run.rows():
        # What an earlier reading gave is kept: a reader that can do less than the one before is no reason to lose it.
        run.workspace.journal.set_delivery(run.sha256, state=FINISHED, step=Step.COMPLETE)
    else:
        stored = msgspec.json.encode(run.receipt)
        run.workspace.journal.set_delivery(run.sha256, state=REFUSED, step=Step.RECEIVED, refusal=stored)


PipelineStep = Callable[[Run], Awaitable[None]]

STEPS: Final[Sequence[tuple[str, PipelineStep]]] = (
    ("read", read_records),
    ("collect", collect_findings),
    ("index", load_index),
    ("finish", finish),
)


async def advance(run: Run) -> None:
    """Lead a delivery through all steps.

    Raises:
        WorkerLost: An analysing process was lost; the delivery stays unfinished.
        SegmentDamaged: A segment that is needed cannot be read; the delivery stays unfinished.
    """
    try:
        for name, step in STEPS:
            if run.refusal is not None and step is not finish:
                continue
            run.checkpoint(f"before {name}")
            await step(run)
            run.checkpoint(f"after {name}")
    finally:
        if run.analysis is not None:
            await run.analysis.close()
        await asyncio.to_thread(shutil.rmtree, run.work, ignore_errors=True)
