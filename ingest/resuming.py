"""Picks up what an earlier run left: segments that wait for the index, corrections, unfinished deliveries."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from ingest.assemble import Workspace
from ingest.finding import take_at
from ingest.index_upkeep import IndexUpkeep
from ingest.journal import STARTED, Step
from ingest.outcomes import Receipt
from ingest.progress import Checkpoint, OnProgress
from ingest.renewing import renew
from ingest.resolving import stale_amendments
from ingest.taking import read_again
from search.errors import IndexConflict, IndexUnreachable


async def load_waiting(workspace: Workspace, on_progress: OnProgress, checkpoint: Checkpoint) -> frozenset[str]:
    """Load what an earlier run left waiting, if the index can be reached; returns what was loaded."""
    loaded: set[str] = set()
    if not workspace.journal.extractions():
        return frozenset()
    try:
        async with workspace.open_index() as index:
            upkeep = IndexUpkeep(workspace, index, on_progress, checkpoint)
            loaded = upkeep.loaded
            await upkeep.forget_what_is_gone()
            await upkeep.bring_up_to_date()
    except (IndexUnreachable, IndexConflict):
        # The rest goes on waiting; the receipts of this run say so.
        pass
    return frozenset(loaded)


async def finish_unfinished(
    workspace: Workspace, coming: Sequence[Path], on_progress: OnProgress, checkpoint: Checkpoint
) -> AsyncIterator[Receipt]:
    """Finish what an earlier run left unfinished: corrections, deliveries of the vault, arrivals.

    Arrivals at or below the paths that are coming now are left to them.
    """
    journal = workspace.journal
    amendments = await asyncio.to_thread(workspace.decisions.amendments)
    stale = stale_amendments(journal, amendments, workspace.settings.parsers.default_region)
    if stale:
        await renew(workspace, stale, on_progress, checkpoint)
        await load_waiting(workspace, on_progress, checkpoint)
    for row in journal.deliveries(STARTED):
        must_read = row.step in {Step.RECEIVED, Step.PARSED}
        async for receipt in read_again(
            workspace, row.sha256, on_progress, checkpoint, must_read=must_read, is_new=False
        ):
            yield receipt
    for arrival in journal.arrivals(STARTED):
        place = Path(os.fsdecode(arrival.original_path))
        if any(place == other or other in place.parents for other in coming):
            continue
        async for receipt in take_at(workspace, place, on_progress, checkpoint):
            yield receipt
