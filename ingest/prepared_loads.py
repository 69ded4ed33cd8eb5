"""A load for the embedded index whose rows the reading process makes, which has nothing else to do then.

One process reads records and findings and makes rows of them, this one writes them: on two processors the load of a
large extraction takes two thirds of the time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from ingest.assemble import Workspace
from ingest.errors import SegmentDamaged
from ingest.journal import ExtractionRow
from ingest.processes.row_jobs import RowsMade, RowsRequest, portion_path
from ingest.segment_store.loading import SegmentLoad
from search.contract import ExtractionEntry

_LOOK_SECONDS: Final = 0.005
WORTH_A_PROCESS: Final = 5_000
"""Documents from which on the way through another process is the shorter one."""


class PreparedLoad(SegmentLoad):
    """The load of one pair of segments as a ``search.backends.embedded_rows.RowSource``.

    Made on the event loop's thread; the index takes the rows on another.

    Args:
        workspace: Its reading process makes the rows.
        entry: Of the extraction.
        row: Of the extraction; its findings are there.
        folder: For the portions; exists and is empty.
    """

    def __init__(self, workspace: Workspace, entry: ExtractionEntry, row: ExtractionRow, folder: Path) -> None:
        assert row.findings_sha256 is not None
        super().__init__(workspace.segments, entry, row.records_sha256, row.findings_sha256)
        self._workspace = workspace
        self._sha256 = (row.records_sha256, row.findings_sha256)
        self._folder = folder
        self._loop = asyncio.get_running_loop()

    def packed_rows(self, extraction_no: int) -> Iterator[bytes]:
        """Yield the rows of the documents, batch by batch.

        Raises:
            SegmentDamaged: A segment cannot be read.
            WorkerLost: The reading process was lost.
        """
        making = self._begun(extraction_no)
        number = 0
        try:
            while True:
                # Looked at before the portion is, or the last one might come in between.
                is_made = making.done()
                path = portion_path(self._folder, number)
                if path.exists():
                    yield path.read_bytes()
                    path.unlink()
                    number += 1
                elif not is_made:
                    time.sleep(_LOOK_SECONDS)
                elif making.result().portion_count != number:
                    raise SegmentDamaged(self.entry.extraction_id, "rows of it went missing")
                else:
                    return
        finally:
            making.cancel()

    def _begun(self, extraction_no: int) -> Future[RowsMade]:
        records_sha256, findings_sha256 = self._sha256
        request = RowsRequest(
            segments=str(self._workspace.paths.segments),
            entry=self.entry,
            records_sha256=records_sha256,
            findings_sha256=findings_sha256,
            extraction_no=extraction_no,
            folder=str(self._folder),
        )
        timeout_seconds = self._workspace.settings.ingest.parse_timeout_seconds
        making = self._workspace.workers.reader.run("make_rows", request, RowsMade, timeout_seconds)
        return asyncio.run_coroutine_threadsafe(making, self._loop)
