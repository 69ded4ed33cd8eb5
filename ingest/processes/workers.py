"""The child processes of one data folder: one that reads evidence, and one that analyses, with its twins."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from config.settings import IngestSettings, NlpSettings
from ingest.processes.analysis_jobs import AnalysisVersions, VersionsRequest
from ingest.processes.child_environment import allocation_of
from ingest.processes.worker_process import WorkerProcess
from nlp.lexicons import load_lexicons


class Workers:
    """Started when they are first needed; a reading verb never starts one."""

    def __init__(self, ingest: IngestSettings, nlp: NlpSettings, environment: Mapping[str, str]) -> None:
        memory = ingest.worker_memory_bytes
        self.reader = WorkerProcess("reader", {**environment, **allocation_of(environment)}, memory)
        self.analyst = WorkerProcess("analyst", environment, memory)
        self.lexicon_dirs = tuple(str(folder.absolute()) for folder in nlp.lexicon_dirs)
        self._timeout_seconds = ingest.analysis_timeout_seconds
        self._versions: AnalysisVersions | None = None

    def check_lexicons(self) -> None:
        """Read the lexicons of the force here, so that the user is told which file is at fault.

        Raises:
            LexiconRefused: One of them cannot be used.
        """
        if self.lexicon_dirs:
            load_lexicons([Path(folder) for folder in self.lexicon_dirs])

    async def start(self) -> None:
        """Start both and load the lexicons, which overlaps with copying and reading.

        Raises:
            WorkerLost: A process ended while it loaded the lexicons.
        """
        await asyncio.gather(self.reader.start(), self.versions())

    async def versions(self) -> AnalysisVersions:
        """Return the versions of the analysis.

        Raises:
            WorkerLost: The process ended while it loaded the lexicons, and so did the next.
        """
        if self._versions is None:
            request = VersionsRequest(lexicon_dirs=self.lexicon_dirs)
            self._versions = await self.analyst.run_again_if_lost(
                "versions", lambda _try: request, AnalysisVersions, self._timeout_seconds
            )
        return self._versions

    async def close(self) -> None:
        """End all of them. Safe to call twice."""
        await asyncio.gather(self.reader.close(), self.analyst.close())
