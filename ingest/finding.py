"""Finds the deliveries at a path, in the reading process."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.assemble import Workspace
from ingest.deliveries import Found
from ingest.errors import WorkerLost
from ingest.processes.reading_jobs import FindRequest, FoundAll


async def find_at(workspace: Workspace, place: Path) -> tuple[Found, ...]:
    """Return the deliveries at a path; looked at in the reading process, for names and heads are evidence too."""
    request = FindRequest(raw_path=os.fsencode(place), raw_excluded=(os.fsencode(workspace.data_dir),))
    timeout_seconds = workspace.settings.ingest.parse_timeout_seconds
    try:
        found = await workspace.workers.reader.run("find", request, FoundAll, timeout_seconds)
    except WorkerLost as exc:
        return (Found(raw_path=os.fsencode(place), refusal="reader_lost", subject=exc.detail),)
    return found.deliveries
