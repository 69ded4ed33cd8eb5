"""Gives distinct texts to the analysing process, portion by portion, while they are still being read.

What follows (``collecting``) runs beside it and waits for findings that are not there yet; it is told by a file when
nothing more is coming. A process that is lost here costs time alone: what it did not do is done there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.assemble import Workspace
from ingest.errors import WorkerLost
from ingest.processes.analysis_jobs import Analysed, AnalyseRequest
from ingest.processes.text_spill import portions
from ingest.progress import OnProgress, Progress

_LOOK_SECONDS: Final = 0.05
_FAR_BEHIND: Final = 120
"""Portions that must wait before twins of the process help while a delivery is still being read: they take their time
from the reader."""
_PORTIONS_A_TWIN: Final = 8
"""Most that a process takes at once beside its twins, so that starting them is a small part of the time."""
_WORTH_A_TWIN: Final = 2
"""Fewest that a twin is started for."""


class TextAnalysis:
    """The texts of one delivery or segment. ``folder`` exists, gets the portions, and is given up afterwards."""

    def __init__(self, workspace: Workspace, delivery: str, folder: Path, on_progress: OnProgress) -> None:
        self.folder = folder
        self._workspace = workspace
        self._delivery = delivery
        self._on_progress = on_progress
        self._is_read = asyncio.Event()
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
        """End it, whether or not all was done. Who is stopped meanwhile is so once it has ended."""
        if self._task is None:
            return
        self._task.cancel()
        # To wait for the task itself and pass over its end would pass over that of whoever waits: a Ctrl-C was lost.
        try:
            await asyncio.wait([self._task])
        except asyncio.CancelledError:
            await asyncio.wait([self._task])
            raise
        if not self._task.cancelled():
            self._task.result()

    async def _run(self) -> None:
        try:
            await self._analyse_portions()
        finally:
            self.ended.touch()

    async def _analyse_portions(self) -> None:
        most = self._workspace.settings.ingest.analysis_processes
        while True:
            # Looked at before the folder is, or the last portion might come in between.
            is_last_look = self._is_read.is_set()
            waiting = portions(self.folder)
            if waiting:
                has_twins = is_last_look or len(waiting) >= _FAR_BEHIND
                processes = max(1, min(most, len(waiting) // _WORTH_A_TWIN)) if has_twins else 1
                try:
                    await self._analyse(waiting[: processes * _PORTIONS_A_TWIN if processes > 1 else 1], processes)
                except WorkerLost:
                    return
            elif is_last_look:
                return
            else:
                await asyncio.sleep(_LOOK_SECONDS)

    async def _analyse(self, taken: Sequence[Path], processes: int) -> None:
        request = AnalyseRequest(
            portions=tuple(map(str, taken)),
            findings=str(self._workspace.paths.texts),
            lexicon_dirs=self._workspace.workers.lexicon_dirs,
            processes=processes,
        )
        # Should all twins be lost, one process does everything.
        timeout_seconds = self._workspace.settings.ingest.analysis_timeout_seconds * len(taken)
        analysed = await self._workspace.workers.analyst.run("analyse", request, Analysed, timeout_seconds)
        self._texts_done += analysed.text_count
        self._on_progress(
            Progress(delivery=self._delivery, step="analyse", done=self._texts_done, total=None, unit="texts")
        )
