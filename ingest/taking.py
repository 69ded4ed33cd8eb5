"""Takes one found delivery: custody, then the pipeline, then its receipts. The boundary of one delivery is here."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Final

import msgspec

from ingest.assemble import Workspace
from ingest.custody import Held
from ingest.deliveries import Found, shown_path
from ingest.entries import PARTIAL, outcome_of
from ingest.errors import DataFolderError, DataFolderFull, IngestError
from ingest.into_vault import into_vault
from ingest.journal import FINISHED, REFUSED, STARTED, DeliveryRow, ExtractionRow, Journal, Step
from ingest.outcomes import Receipt
from ingest.pipeline import Run, advance
from ingest.processes.worker_process import WorkerFault
from ingest.progress import Checkpoint, OnProgress, Progress, from_thread
from ingest.receipts import (
    DAMAGED_SEGMENT,
    NO_ROOM,
    REFUSED_BEFORE,
    Taken,
    custody_of,
    refused_receipt,
    renewed,
    untaken,
    with_fault,
    with_healing,
    with_litter,
)
from ingest.resolving import ENTRY_DECODER, SUMMARY_DECODER, waiting_of
from ingest.segment_store.segment_faults import segment_fault
from parsers.clocks import to_utc_text
from parsers.errors import InputRefused, is_out_of_room

_TOLD_BYTES: Final = 8 * 2**20
_FOR_OTHERS: Final = "others of its device show another order of day and month than it was read with"
_RECEIPT_DECODER: Final = msgspec.json.Decoder(dict[str, object])


async def take(
    workspace: Workspace, found: Found, on_progress: OnProgress, checkpoint: Checkpoint
) -> AsyncIterator[Receipt]:
    """Take a delivery and yield its receipts. The caller holds the lock of the data folder."""
    litter = found.litter
    async for receipt in _taken(workspace, found, on_progress, checkpoint):
        yield with_litter(receipt, litter) if litter else receipt
        litter = ()


async def _taken(
    workspace: Workspace, found: Found, on_progress: OnProgress, checkpoint: Checkpoint
) -> AsyncIterator[Receipt]:
    journal, started = workspace.journal, time.monotonic()
    received_at = to_utc_text(workspace.now())
    arrival_id = journal.begin_arrival(found.path)
    checkpoint("after arrival")
    try:
        held, healing = await into_vault(workspace, found, _teller(found, on_progress))
    except InputRefused as exc:
        receipt = untaken(found, received_at, exc, time.monotonic() - started)
        journal.end_arrival(arrival_id, REFUSED, refusal=msgspec.json.encode(receipt))
        refused = {"original_path": shown_path(found.raw_path), "refused": exc.code}
        await workspace.audit.append("custody", refused)
        yield receipt
        return
    checkpoint("after custody")
    sha256 = held.manifest.sha256
    before = journal.delivery(sha256)
    is_held = before is not None and before.state == FINISHED and _is_read_with_sidecar(workspace, held)
    place = shown_path(found.raw_path)
    stated = {"sha256": held.manifest.stated_sha256, "original_path": place, "already_held": is_held}
    await workspace.audit.append("custody", stated if sha256 == stated["sha256"] else {**stated, "key": sha256})
    if is_held:
        journal.end_arrival(arrival_id, "held", sha256=sha256)
        for receipt in receipts_of(workspace, sha256):
            yield with_healing({**receipt, "already_held": True, "arrived_from": place}, healing)
        return
    if before is not None and (damaged := await _unsound(workspace, sha256, started)) is not None:
        journal.end_arrival(arrival_id, "held", sha256=sha256)
        yield {**damaged, "already_held": True, "arrived_from": place}
        return
    begin_delivery(workspace, held, arrival_id)
    checkpoint("after received")
    is_again = before is not None and before.state == REFUSED
    async for receipt in work_on(
        workspace, held, started, on_progress, checkpoint, must_read=before is not None and before.state != STARTED
    ):
        is_own = receipt["sha256"] == held.manifest.stated_sha256
        again = {"already_held": True, "arrived_from": place}
        if is_again and receipt["state"] != REFUSED:
            assert before is not None
            again[REFUSED_BEFORE] = before.updated_at
        yield with_healing({**receipt, **again} if is_again and is_own else receipt, healing if is_own else None)


async def _unsound(workspace: Workspace, sha256: str, started: float) -> Receipt | None:
    """Return the receipt of a delivery that is held and must be read, if its copy is damaged; None: it is not."""
    try:
        await asyncio.to_thread(workspace.vault.held_sound, sha256)
    except InputRefused as exc:
        return _damaged(workspace, sha256, exc, time.monotonic() - started)
    return None


def _is_read_with_sidecar(workspace: Workspace, held: Held) -> bool:
    """Whether what is read of a delivery was read with the sidecar that holds.

    It was not where the sidecar is new, where the one before was refused, or where a run was cut short between them.
    """
    rows = workspace.journal.extractions(held.manifest.sha256)
    return all(SUMMARY_DECODER.decode(row.ahead().summary).sidecar_name == held.sidecar_name for row in rows)


def begin_delivery(workspace: Workspace, held: Held, arrival_id: int | None = None) -> None:
    """Note in the journal that a delivery of the vault is going to be read: failed until it is finished."""
    manifest = held.manifest
    row = DeliveryRow(
        sha256=manifest.sha256,
        name=manifest.name,
        is_folder=manifest.is_folder,
        size_bytes=manifest.size_bytes,
        received_at=manifest.received_at,
        original_path=manifest.original_path,
        stored_as=held.stored_as,
        state=STARTED,
        step=Step.RECEIVED,
        content_sha256=manifest.content_sha256,
        said_by_name=manifest.said_by_name,
    )
    workspace.journal.put_delivery(row, arrival_id)


async def read_again(
    workspace: Workspace,
    sha256: str,
    on_progress: OnProgress,
    checkpoint: Checkpoint,
    *,
    must_read: bool,
    is_new: bool,
    lent_to: set[str] | None = None,
) -> AsyncIterator[Receipt]:
    """Lead a delivery through the pipeline that an earlier run took into the vault, and yield its receipts.

    What is read stands in court under the hash of the original: a copy that does not match it any more is not read,
    and what was read before stays.

    Args:
        workspace: The data folder; the caller holds its lock.
        sha256: Of the delivery.
        on_progress: Told how far it is.
        checkpoint: Called between steps.
        must_read: Read it again although segments are there.
        is_new: Note it in the journal as one that is going to be read.
        lent_to: As in ``work_on``.
    """
    started = time.monotonic()
    try:
        held = await asyncio.to_thread(workspace.vault.held_sound if must_read else workspace.vault.held, sha256)
    except InputRefused as exc:
        yield _damaged(workspace, sha256, exc, time.monotonic() - started)
        return
    if is_new:
        begin_delivery(workspace, held)
        checkpoint("after received")
    async for receipt in work_on(
        workspace, held, started, on_progress, checkpoint, must_read=must_read, lent_to=lent_to
    ):
        yield receipt


def _damaged(workspace: Workspace, sha256: str, refusal: InputRefused, elapsed_seconds: float) -> Receipt:
    """Return the receipt of a delivery whose copy is damaged; one that was not finished shows as failed."""
    journal = workspace.journal
    row = journal.delivery(sha256)
    if row is not None and row.state == STARTED:
        journal.set_delivery(sha256, state=f"failed: {refusal.code}", step=row.step)
    custody = Taken(
        sha256=row.stated_sha256 if row is not None else sha256,
        received_at=row.received_at if row is not None else to_utc_text(workspace.now()),
        stored_as=row.stored_as if row is not None else None,
        original_path=row.original_path if row is not None else "",
    )
    return refused_receipt(
        refusal,
        custody,
        name=row.name if row is not None else sha256,
        size_bytes=row.size_bytes if row is not None else 0,
        elapsed_seconds=elapsed_seconds,
    )


async def work_on(
    workspace: Workspace,
    held: Held,
    started: float,
    on_progress: OnProgress,
    checkpoint: Checkpoint,
    *,
    must_read: bool,
    lent_to: set[str] | None = None,
) -> AsyncIterator[Receipt]:
    """Lead a delivery of the vault through the pipeline and yield its receipts, then what ``read_lent_to`` returns.

    The boundary of one delivery: a fault of our own ends this delivery alone; the receipt says that it is ours.

    Args:
        workspace: The data folder; the caller holds its lock.
        held: The delivery.
        started: Reading of the monotonic clock when it came, seconds.
        on_progress: Told how far it is.
        checkpoint: Called between steps.
        must_read: Read it although segments are there.
        lent_to: Gets the deliveries that must be read again now (``read_lent_to``). None: they are, before it yields.

    Raises:
        DataFolderError: The data folder cannot be written, which concerns every delivery.
    """
    run = Run(
        workspace=workspace,
        held=held,
        started=started,
        on_progress=on_progress,
        checkpoint=checkpoint,
        must_read=must_read,
    )
    try:
        await advance(run)
    except DataFolderError:
        raise
    except Exception as exc:  # the boundary of one delivery: it becomes a receipt and a state
        if is_out_of_room(exc):
            raise DataFolderFull from exc
        yield _failed(run, exc)
        return
    failed: list[Receipt] = []
    if lent_to is None:
        failed = await read_lent_to(workspace, run.to_read_again, on_progress, checkpoint)
    else:
        lent_to |= run.to_read_again
    for receipt in [run.receipt] if run.receipt is not None else receipts_of(workspace, run.sha256):
        yield receipt
    for receipt in failed:
        yield receipt


async def read_lent_to(
    workspace: Workspace, hashes: Iterable[str], on_progress: OnProgress, checkpoint: Checkpoint
) -> list[Receipt]:
    """Read again the deliveries to whose dates others of their devices lend another order than before.

    They were noted as such that are going to be read. One that fails shows as failed, and does not keep others from
    being read. Returns the receipts of those that could not be read, in order; each is in the audit log before it is.
    """
    waiting, failed = set(hashes), list[Receipt]()
    while waiting:
        sha256 = min(waiting)
        waiting.remove(sha256)
        row = workspace.journal.delivery(sha256)
        if row is None or row.state != STARTED or row.step != Step.RECEIVED:
            continue
        await workspace.audit.append("reparse", {"sha256": [sha256], "reason": _FOR_OTHERS})
        again = read_again(workspace, sha256, on_progress, checkpoint, must_read=True, is_new=False, lent_to=waiting)
        failed += [receipt async for receipt in again if receipt["state"] == REFUSED]
    return failed


def receipts_of(workspace: Workspace, sha256: str) -> list[Receipt]:
    """Return the receipts of a delivery, with what the catalogue says of its extractions now."""
    rows = workspace.journal.extractions(sha256)
    waiting = waiting_of(rows, workspace.index_name, workspace.journal)
    superseded = _superseded_by(workspace.journal, [row.extraction_id for row in rows])
    receipts: list[Receipt] = []
    for row in rows:
        if row.receipt is None or row.entry is None:
            continue
        receipt = {**_RECEIPT_DECODER.decode(row.receipt), **renewed(ENTRY_DECODER.decode(row.entry))}
        if replaced := superseded.get(row.extraction_id):
            receipt["supersedes"] = replaced
        has_no_room = receipt.pop(NO_ROOM, False)
        if row.extraction_id in waiting:
            receipt |= _why_it_waits(workspace, row, has_no_room=bool(has_no_room))
        receipts.append(receipt)
    return receipts


def _why_it_waits(workspace: Workspace, row: ExtractionRow, *, has_no_room: bool) -> Receipt:
    """Return what a receipt says of an extraction that is not in the index: what is damaged cannot be loaded."""
    fault = segment_fault(workspace.segments, row.extraction_id, row.records_sha256, row.findings_sha256)
    if fault:
        return {DAMAGED_SEGMENT: fault}
    return {"waits_for_index": True, NO_ROOM: True} if has_no_room else {"waits_for_index": True}


def _superseded_by(journal: Journal, names: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """Return what each of the named extractions supersedes, and whether that had been read to its end."""
    sought = [name.encode() for name in names]
    found: dict[str, list[dict[str, object]]] = {}
    for row in journal.extractions():
        # Few entries name one of them, and to decode every entry for each delivery would cost its square.
        if row.entry is None or not any(name in row.entry for name in sought):
            continue
        entry, summary = ENTRY_DECODER.decode(row.entry), SUMMARY_DECODER.decode(row.summary)
        if entry.superseded_by is not None and entry.superseded_by in names:
            found.setdefault(entry.superseded_by, []).append(
                {
                    "extraction_id": entry.extraction_id,
                    "file_name": entry.file_name,
                    "message_count": summary.meta.kind_counts.get("message", 0),
                    "was_partial": outcome_of(summary.meta.notices) == PARTIAL,
                }
            )
    return found


def _failed(run: Run, error: Exception) -> Receipt:
    """Return the receipt of a delivery that a fault of our own ended, and note it in the journal."""
    journal = run.workspace.journal
    delivery = journal.delivery(run.sha256)
    step = delivery.step if delivery is not None else Step.RECEIVED
    journal.set_delivery(run.sha256, state=f"failed: {type(error).__name__}", step=step)
    receipt = refused_receipt(
        InputRefused("reader_failed"),
        custody_of(run.held),
        name=run.held.manifest.name,
        size_bytes=run.held.manifest.size_bytes,
        elapsed_seconds=time.monotonic() - run.started,
    )
    return with_fault(receipt, _told(error))


def _told(error: Exception) -> list[str]:
    """Return an error's type and place: never the message of an error that is not ours, which may hold evidence."""
    if isinstance(error, WorkerFault):
        return error.detail.split("\n")
    own = [str(error)] if isinstance(error, IngestError) else []
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return [type(error).__name__, *own, *frames]


def _teller(found: Found, on_progress: OnProgress) -> Callable[[int], None]:
    """Return what counts the bytes that a thread copies, and tells the event loop's thread now and then."""
    hand_on = from_thread(on_progress)
    name = shown_path(found.path.name.encode("utf-8", "surrogateescape"))
    total = None
    # What cannot be looked at (a path longer than the system takes) is told of where it is refused.
    with suppress(OSError):
        files = found.part_paths or (found.path,)
        total = None if found.is_folder else sum(file.stat().st_size for file in files)
    done = told = 0

    def tell(count: int) -> None:
        nonlocal done, told
        done += count
        if done - told >= _TOLD_BYTES:
            told = done
            hand_on(Progress(delivery=name, step="custody", done=done, total=total, unit="bytes"))

    return tell
