"""Runs one verb of the service and ends its own process, as SIGKILL does, at a checkpoint.

``python -m tests.fakes.kill_driver VERB DATA DROPS CHECKPOINT``: at the first call of that checkpoint, or at the third
of ``CHECKPOINT#3``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from ingest.assemble import open_workspace
from ingest.processes import worker_process
from ingest.worker import ingest_paths, rebuild, reparse
from tests.fakes.drops import settings_for
from tests.fakes.quick_analysis import QUICK_JOBS


async def run(verb: str, data_dir: Path, drops: Path, where: str) -> None:
    """Run the verb until the checkpoint."""
    checkpoint, _, call = where.partition("#")
    left = int(call or 1)

    def kill(name: str) -> None:
        nonlocal left
        left -= name == checkpoint
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        if verb == "ingest":
            async for _ in ingest_paths(workspace, [drops], checkpoint=kill):
                pass
        elif verb == "reparse":
            async for _ in reparse(workspace, checkpoint=kill):
                pass
        else:
            await rebuild(workspace, checkpoint=kill)


if __name__ == "__main__":
    worker_process.JOBS = QUICK_JOBS  # type: ignore[misc]  # the process is a test's own
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]))
