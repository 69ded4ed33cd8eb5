"""What the verbs of the command line call. Each writes its own audit entry.

Exit code of receipts: ``ingest.receipts.exit_code(receipts)``. ``IndexUnreachable`` never leaves these functions but
from ``rebuild``: segments wait, receipts say so (``waits_for_index``), and the exit code is 5.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ingest.assemble import Workspace
from ingest.backup import back_up, restore
from ingest.decisions import Amendment
from ingest.deliveries import absolute_place, belongs_to, shown_path
from ingest.errors import AmendmentRefused, ExtractionUnknown, WorkerLost
from ingest.finding import take_at
from ingest.index_upkeep import IndexUpkeep
from ingest.intake import watch_folders
from ingest.journal import REFUSED
from ingest.not_begun import NotBegun
from ingest.outcomes import Rebuilt, Receipt
from ingest.processes.text_findings import discard_damaged
from ingest.progress import Checkpoint, OnProgress, no_checkpoint, no_progress
from ingest.receipts import DAMAGED_COPY, HEALED, LOADED_NOW
from ingest.renewing import renew
from ingest.resuming import finish_unfinished, load_waiting
from ingest.status import status
from ingest.taking import read_again, read_lent_to, receipts_of
from ingest.verification import verify
from parsers.phone_numbers import to_e164

__all__ = ["amend", "back_up", "ingest_paths", "rebuild", "reparse", "restore", "status", "verify", "watch_folders"]


async def ingest_paths(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    on_progress: OnProgress = no_progress,
    checkpoint: Checkpoint = no_checkpoint,
    not_begun: NotBegun | None = None,
) -> AsyncIterator[Receipt]:
    """Take the deliveries at the paths, and yield receipts: one an extraction, or one for what was refused.

    What an earlier run left unfinished is finished first; its receipts come first too. Needs a writer's workspace.
    A path that does not exist is a refused receipt (``input_missing``). Unknown faults of our own inside one delivery
    are a refused receipt with ``reader_failed``; exit code 70. ``not_begun`` is told what comes and what is begun.
    """
    places = list(dict.fromkeys(absolute_place(path) for path in paths))
    not_begun = not_begun or NotBegun()
    not_begun.expect(place for place in places if not belongs_to(place, places))
    await workspace.audit.append("ingest", {"paths": [shown_path(path) for path in places]})
    async with workspace.writing():
        await asyncio.to_thread(workspace.workers.check_lexicons)
        async with _Warm(workspace):
            loaded = await load_waiting(workspace, on_progress, checkpoint)
            finished: dict[str, Receipt] = {}
            async for receipt in finish_unfinished(workspace, places, on_progress, checkpoint):
                finished[str(receipt["extraction_id"])] = receipt
                yield receipt
            for place in places:
                if belongs_to(place, places):
                    continue
                async for receipt in take_at(workspace, place, on_progress, checkpoint, not_begun):
                    if _is_told(receipt, finished):
                        continue
                    yield {**receipt, LOADED_NOW: True} if _is_of(workspace, receipt, loaded) else receipt


def _is_told(receipt: Receipt, finished: Mapping[str, Receipt]) -> bool:
    """Whether a receipt only says again what came of a delivery that this run finished for an earlier one.

    That of the same bytes from another place, and one that says something else of them, is another receipt.
    """
    before = finished.get(str(receipt["extraction_id"]))
    if before is None or not receipt["already_held"] or not {HEALED, DAMAGED_COPY}.isdisjoint(receipt):
        return False
    custody = before["custody"]
    assert isinstance(custody, dict)
    is_from_there = receipt.get("arrived_from") == custody["original_path"]
    return is_from_there and (receipt["state"] == REFUSED) is (before["state"] == REFUSED)


def _is_of(workspace: Workspace, receipt: Receipt, loaded: frozenset[str]) -> bool:
    """Whether a receipt is of a delivery that was held, and one of whose extractions was loaded."""
    if not loaded or not receipt["already_held"]:
        return False
    row = workspace.journal.extraction(str(receipt["extraction_id"]))
    return row is not None and any(it.extraction_id in loaded for it in workspace.journal.extractions(row.sha256))


class _Warm:
    """Starts the worker processes beside what the block does."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._start(), name="start workers")

    async def __aexit__(self, *_error: object) -> None:
        assert self._task is not None
        await self._task

    async def _start(self) -> None:
        try:
            await self._workspace.workers.start()
        except WorkerLost:
            # The step that needs the process starts it again, and says so where it fails.
            return


async def reparse(
    workspace: Workspace,
    selected: Sequence[str] = (),
    *,
    on_progress: OnProgress = no_progress,
    checkpoint: Checkpoint = no_checkpoint,
) -> AsyncIterator[Receipt]:
    """Read deliveries again from the vault, with today's parsers and analysis; ids stay. Yields receipts.

    A copy that does not match its hash any more is a refused receipt (``vault_damaged``); what was read of it stays.

    Args:
        workspace: A writer's.
        selected: SHA-256 of deliveries or extraction ids. Empty: all.
        on_progress: Told how far it is.
        checkpoint: Called between steps.

    Raises:
        ExtractionUnknown: Nothing is held under one of the names.
    """
    hashes = _hashes_of(workspace, selected)
    await workspace.audit.append("reparse", {"sha256": hashes})
    async with workspace.writing():
        await asyncio.to_thread(discard_damaged, workspace.paths.texts, is_thorough=True)
        await asyncio.to_thread(workspace.workers.check_lexicons)
        async with _Warm(workspace):
            for sha256 in hashes:
                async for receipt in read_again(
                    workspace, sha256, on_progress, checkpoint, must_read=True, is_new=True
                ):
                    yield receipt


def _hashes_of(workspace: Workspace, selected: Sequence[str]) -> list[str]:
    """Return the keys of what is named by its key, by the hash of its content or by an extraction."""
    rows = workspace.journal.deliveries()
    # What the vault holds beside them is of a journal that was lost.
    known = list(dict.fromkeys([*(row.sha256 for row in rows), *workspace.vault.hashes()]))
    if not selected:
        return known
    hashes: dict[str, None] = {}
    for name in selected:
        row = workspace.journal.extraction(name)
        named = [row.sha256] if row is not None else [each.sha256 for each in rows if each.stated_sha256 == name]
        if not named and name in known:
            named = [name]
        if not named:
            raise ExtractionUnknown(name)
        hashes.update(dict.fromkeys(named))
    return list(hashes)


async def amend(
    workspace: Workspace,
    extraction_id: str,
    *,
    reason: str,
    case_ref: str | None = None,
    exhibit_ref: str | None = None,
    owner_number: str | None = None,
) -> tuple[Receipt, ...]:
    """Correct case, exhibit or owner of an extraction and of those of the same delivery; survives rebuild and reparse.

    None leaves a value as it is, an empty string takes back what was stated. Returns the new receipts,
    and those of others of the device that must be read again for it and could not.

    Raises:
        ExtractionUnknown: Nothing is held under the id.
        AmendmentRefused: Nothing to change was given, no reason, or what no sidecar could state.
        LexiconRefused: A lexicon of the force cannot be used.
    """
    amendment = Amendment(
        case_ref=_stripped(case_ref), exhibit_ref=_stripped(exhibit_ref), owner_number=_stripped(owner_number)
    )
    if amendment == Amendment():
        raise AmendmentRefused("State what is to be corrected: the case, the exhibit or the owner's number.")
    if not reason.strip():
        raise AmendmentRefused("State why it is corrected: the reason is kept with the correction.")
    _check_amendment(amendment, workspace.settings.parsers.default_region)
    await asyncio.to_thread(workspace.workers.check_lexicons)
    row = workspace.journal.extraction(extraction_id)
    if row is None:
        raise ExtractionUnknown(extraction_id)
    async with workspace.writing():
        together = [other.extraction_id for other in workspace.journal.extractions(row.sha256)]
        changed = {"case_ref": case_ref, "exhibit_ref": exhibit_ref, "owner_number": owner_number}
        await workspace.audit.append("amend", {"extraction_ids": together, "reason": reason, "changed": changed})
        for other in together:
            await asyncio.to_thread(workspace.decisions.amend, other, amendment, reason.strip())
        lent_to = await renew(workspace, set(together), no_progress, no_checkpoint)
        failed = await read_lent_to(workspace, lent_to, no_progress, no_checkpoint)
        await load_waiting(workspace, no_progress, no_checkpoint)
    return (*receipts_of(workspace, row.sha256), *failed)


def _check_amendment(amendment: Amendment, region: str) -> None:
    for name, value in msgspec.structs.asdict(amendment).items():
        if value and not value.isprintable():
            raise AmendmentRefused(f"What is stated as {name} holds characters that cannot be printed.")
    if amendment.owner_number and to_e164(amendment.owner_number, region) is None:
        raise AmendmentRefused("The owner's number is no telephone number: write it with its country code.")


def _stripped(value: str | None) -> str | None:
    return None if value is None else value.strip()


async def rebuild(
    workspace: Workspace, *, on_progress: OnProgress = no_progress, checkpoint: Checkpoint = no_checkpoint
) -> Rebuilt:
    """Make the index anew from the segments and the decisions.

    The index is made of what can be read; what it gives back names the rest.

    Raises:
        IndexUnreachable: The index is not there (exit code 5).
        IndexConflict: The index does not hold what it was given.
        LexiconRefused: A lexicon of the force cannot be used.
    """
    await workspace.audit.append("rebuild", {"index": workspace.index_name})
    async with workspace.writing():
        await asyncio.to_thread(workspace.workers.check_lexicons)
        damaged: set[str] = set()
        everything = {row.extraction_id for row in workspace.journal.extractions()}
        lent_to: frozenset[str] = frozenset()
        if everything:
            lent_to = await renew(workspace, everything, on_progress, checkpoint, damaged=damaged)
        workspace.discard_embedded_index()
        workspace.journal.forget_loads(workspace.index_name)
        async with workspace.open_index() as index:
            upkeep = IndexUpkeep(workspace, index, on_progress, checkpoint)
            await upkeep.bring_up_to_date()
        failed = await read_lent_to(workspace, lent_to, on_progress, checkpoint)
    return Rebuilt(
        loaded=len(upkeep.loaded),
        removed=upkeep.removed_count,
        damaged=tuple(sorted(damaged | {*upkeep.damaged})),
        refused=tuple(failed),
    )
