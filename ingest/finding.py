"""Finds the deliveries at a path, in the reading process, and takes them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

from ingest.assemble import Workspace
from ingest.deliveries import Found
from ingest.errors import WorkerLost
from ingest.not_begun import NotBegun
from ingest.outcomes import Receipt
from ingest.processes.reading_jobs import FindRequest, FoundAll
from ingest.progress import Checkpoint, OnProgress
from ingest.refusals import note_walked
from ingest.taking import take


async def take_at(
    workspace: Workspace,
    place: Path,
    on_progress: OnProgress,
    checkpoint: Checkpoint,
    not_begun: NotBegun | None = None,
) -> AsyncIterator[Receipt]:
    """Take the deliveries at a path and yield their receipts. The caller holds the lock of the data folder."""
    deliveries = await find_at(workspace, place)
    not_begun = not_begun or NotBegun()
    not_begun.find(place, deliveries)
    for found in deliveries:
        not_begun.begin(found)
        async for receipt in take(workspace, found, on_progress, checkpoint):
            yield receipt
    note_walked(workspace.journal, place, [found.path for found in deliveries])


async def find_at(workspace: Workspace, place: Path) -> tuple[Found, ...]:
    """Return the deliveries at a path; looked at in the reading process, for names and heads are evidence too."""
    request = FindRequest(raw_path=os.fsencode(place), raw_excluded=(os.fsencode(workspace.data_dir),))
    timeout_seconds = workspace.settings.ingest.parse_timeout_seconds
    reader = workspace.workers.reader
    try:
        found = await reader.run_again_if_lost("find", lambda _try: request, FoundAll, timeout_seconds)
    except WorkerLost as exc:
        return (Found(raw_path=os.fsencode(place), refusal="finder_lost", subject=exc.detail),)
    return found.deliveries
