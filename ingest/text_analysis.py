"""Shares distinct texts out to the analysing processes, portion by portion, also while they are still being read."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable
from pathlib import Path
from typing import Final, TypeVar

from ingest.analysis_jobs import Analysed, AnalyseRequest
from ingest.assemble import Workspace
from ingest.progress import OnProgress, Progress
from ingest.reading_jobs import Spilled, SpillRequest
from ingest.text_spill import portions
from ingest.worker_process import WorkerProcess

_LOOK_SECONDS: Final = 0.05
_WORTH_A_PROCESS: Final = 4
"""Portions that must wait before a further process is started."""

Result = TypeVar("Result")


class TextAnalysis:
    """The texts of one delivery or segment. ``folder`` gets the portions, and is removed afterwards."""

    def __init__(self, workspace: Workspace, delivery: str, folder: Path, on_progress: OnProgress) -> None:
        self._workspace = workspace
        self._delivery = delivery
        self._folder = folder
        self._on_progress = on_progress
        self._taken: set[Path] = set()
        self._texts_done = 0

    async def beside(self, reading: Awaitable[Result]) -> Result:
        """Analyse portions as they appear while the reading goes on, and all of them before it returns.

        Raises:
            InputRefused: The reading refused its input.
            WorkerLost: A process was lost.
        """
        is_read = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                for number, analyst in enumerate(self._workspace.workers.analysts):
                    portions = self._analyse_portions(analyst, is_read, is_first=number == 0)
                    group.create_task(portions, name=f"analyse {number}")
                result = await _ended(reading, is_read)
        except BaseExceptionGroup as group_error:
            # One cause is told: the others were cancelled because of it.
            raise group_error.exceptions[0] from None
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        return result

    async def of_segment(self, extraction_id: str, records: Path) -> None:
        """Analyse the texts of a record segment that are not known yet."""
        self._folder.mkdir(parents=True, exist_ok=True)
        settings = self._workspace.settings.ingest
        request = SpillRequest(
            extraction_id=extraction_id,
            records=str(records),
            texts_dir=str(self._folder),
            portion_texts=settings.analysis_chunk_texts,
        )
        await self.beside(
            self._workspace.workers.reader.run("spill_texts", request, Spilled, settings.parse_timeout_seconds)
        )

    async def _analyse_portions(self, analyst: WorkerProcess, is_read: asyncio.Event, *, is_first: bool) -> None:
        settings = self._workspace.settings.ingest
        while True:
            was_read = is_read.is_set()
            waiting = [path for path in portions(self._folder) if path not in self._taken]
            if not waiting and was_read:
                return
            # A further process takes seconds to load the lexicons; a small delivery is done before that.
            if len(waiting) < (1 if is_first or analyst.is_running else _WORTH_A_PROCESS):
                if was_read and not is_first:
                    return
                await asyncio.sleep(_LOOK_SECONDS)
                continue
            portion = waiting[0]
            self._taken.add(portion)
            request = AnalyseRequest(
                portion=str(portion),
                findings=str(self._workspace.paths.texts),
                lexicon_dirs=self._workspace.workers.lexicon_dirs,
            )
            analysed = await analyst.run("analyse", request, Analysed, settings.analysis_timeout_seconds)
            portion.unlink()
            self._texts_done += analysed.text_count
            self._on_progress(
                Progress(delivery=self._delivery, step="analyse", done=self._texts_done, total=None, unit="texts")
            )


async def _ended(reading: Awaitable[Result], is_read: asyncio.Event) -> Result:
    try:
        return await reading
    finally:
        is_read.set()
