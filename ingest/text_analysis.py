"""Shares distinct texts out to the analysing processes, portion by portion, while they are still being read.

What follows (``collecting``) runs beside it and waits for findings that are not there yet; it is told by a file when
nothing more is coming. A process that is lost here costs time alone: what it did not do is done there.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Final

from ingest.analysis_jobs import Analysed, AnalyseRequest
from ingest.assemble import Workspace
from ingest.errors import WorkerLost
from ingest.progress import OnProgress, Progress
from ingest.text_spill import portions
from ingest.worker_process import WorkerProcess

_LOOK_SECONDS: Final = 0.05
_WORTH_A_PROCESS: Final = 120
"""Portions that must wait before a further process is started. Loading one takes as long as fifty portions, and while
a delivery is being read it takes that time from the reader."""


class TextAnalysis:
    """The texts of one delivery or segment. ``folder`` exists, gets the portions, and is given up afterwards."""

    def __init__(self, workspace: Workspace, delivery: str, folder: Path, on_progress: OnProgress) -> None:
        self.folder = folder
        self._workspace = workspace
        self._delivery = delivery
        self._on_progress = on_progress
        self._is_read = asyncio.Event()
        self._taken: set[Path] = set()
        self._texts_done = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def ended(self) -> Path:
        """The file that appears when nothing more is being analysed."""
        return self.folder / "ended"

    def start(self) -> None:
        """Begin with what is there; more may come until ``all_read``."""
        self._task = asyncio.create_task(self._run(), name=f"analyse {self._delivery}")

    def all_read(self) -> None:
        """Say that no further portion comes."""
        self._is_read.set()

    async def close(self) -> None:
        """End it, whether or not all was done."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for number, analyst in enumerate(self._workspace.workers.analysts):
                    work = self._analyse_portions(analyst, is_first=number == 0)
                    group.create_task(work, name=f"analyse {number}")
        finally:
            self.ended.touch()

    async def _analyse_portions(self, analyst: WorkerProcess, *, is_first: bool) -> None:
        while True:
            # Looked at before the folder is, or the last portion might come in between.
            is_last_look = self._is_read.is_set()
            waiting = [path for path in portions(self.folder) if path not in self._taken]
            if waiting and (is_first or analyst.is_running or len(waiting) >= _WORTH_A_PROCESS):
                try:
                    await self._analyse(analyst, waiting[0])
                except WorkerLost:
                    return
            elif is_last_look:
                return
            else:
                await asyncio.sleep(_LOOK_SECONDS)

    async def _analyse(self, analyst: WorkerProcess, portion: Path) -> None:
        self._taken.add(portion)
        request = AnalyseRequest(
            portion=str(portion),
            findings=str(self._workspace.paths.texts),
            lexicon_dirs=self._workspace.workers.lexicon_dirs,
        )
        timeout_seconds = self._workspace.settings.ingest.analysis_timeout_seconds
        analysed = await analyst.run("analyse", request, Analysed, timeout_seconds)
        self._texts_done += analysed.text_count
        self._on_progress(
            Progress(delivery=self._delivery, step="analyse", done=self._texts_done, total=None, unit="texts")
        )
