"""Brings an index up to date with the segments: loads what waits, checks it, and renews the catalogue.

Idempotent: what an index holds is noted in the journal after it was checked, so that a run that was cut short loads
again what it had not noted.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import IndexBackend
from ingest.assemble import Workspace
from ingest.errors import SegmentDamaged, WorkerLost
from ingest.index_standing import untrue_loads
from ingest.journal import FINISHED, ExtractionRow, LoadRow, Step
from ingest.prepared_loads import WORTH_A_PROCESS, PreparedLoad
from ingest.progress import Checkpoint, OnProgress, Progress
from ingest.receipts import with_room
from ingest.resolving import ENTRY_DECODER, entry_sha256
from ingest.segment_store.loading import SegmentLoad
from search.contract import ExtractionEntry, Index
from search.errors import IndexConflict


class IndexUpkeep:
    """For one open index and one run of the holder of the lock."""

    def __init__(self, workspace: Workspace, index: Index, on_progress: OnProgress, checkpoint: Checkpoint) -> None:
        self._workspace = workspace
        self._journal = workspace.journal
        self._index = index
        self._on_progress = on_progress
        self._checkpoint = checkpoint
        self.damaged: list[str] = []
        self.loaded: set[str] = set()
        self.removed_count = 0

    async def forget_what_is_gone(self) -> None:
        """Make sure that what the journal takes for loaded is there: an index can be lost or put back."""
        name = self._workspace.index_name
        held = {entry.extraction_id for entry in await self._index.entries()}
        gone = self._journal.loads(name).keys() - held
        for extraction_id in sorted(gone | await untrue_loads(self._workspace, self._index)):
            self._journal.forget_loads(name, extraction_id)

    async def bring_up_to_date(self) -> None:
        """Load what waits, renew what changed, remove what is no longer given by any delivery.

        Raises:
            IndexUnreachable: The index went away; what was loaded is noted.
            IndexConflict: The index does not hold what it was given.
        """
        name = self._workspace.index_name
        rows = {row.extraction_id: row for row in self._journal.extractions()}
        loads = self._journal.loads(name)
        for extraction_id in sorted(loads.keys() - rows.keys()):
            await self._index.remove(extraction_id)
            self._journal.forget_loads(name, extraction_id)
            self.removed_count += 1
        changed: list[ExtractionRow] = []
        for row in rows.values():
            if row.findings_sha256 is None or row.entry is None:
                continue
            load = loads.get(row.extraction_id)
            if load is None or load.findings_sha256 != row.findings_sha256:
                await self._load(row)
            elif load.entry_sha256 != entry_sha256(row):
                changed.append(row)
        await self._put_entries(changed)

    async def _load(self, row: ExtractionRow) -> None:
        assert row.findings_sha256 is not None
        entry = _entry_of(row)
        self._tell(entry, 0)
        self._checkpoint("before load")
        try:
            with SegmentLoad(self._workspace.segments, entry, row.records_sha256, row.findings_sha256) as load:
                await self._put(load, row)
                self._checkpoint("after load")
                self._journal.set_extraction(row.extraction_id, step=Step.LOADED)
                await self._verify(row.extraction_id, load)
        except SegmentDamaged:
            self.damaged.append(row.extraction_id)
            return
        self._note_load(row)
        self.loaded.add(row.extraction_id)
        self._tell(entry, load.document_count)
        self._checkpoint("after verify")

    async def _put(self, load: SegmentLoad, row: ExtractionRow) -> None:
        """Load an extraction; a large one for the embedded index by way of the reading process, unless that is lost."""
        workspace = self._workspace
        if workspace.index_name == IndexBackend.EMBEDDED.value and load.document_count >= WORTH_A_PROCESS:
            with (
                TemporaryDirectory(prefix="rows-", dir=workspace.paths.scratch) as folder,
                PreparedLoad(workspace, load.entry, row, Path(folder)) as prepared,
                suppress(WorkerLost),
            ):
                await self._index.load(prepared)
                return
        await self._index.load(load)

    async def _verify(self, extraction_id: str, load: SegmentLoad) -> None:
        counts = await self._index.counts(extraction_id)
        if (counts.documents, counts.crc_sum) != (load.document_count, load.crc_sum):
            raise IndexConflict(f"the index does not hold {extraction_id} as it was given: load it again")

    async def _put_entries(self, rows: Collection[ExtractionRow]) -> None:
        if not rows:
            return
        self._checkpoint("before entries")
        await self._index.put_entries([_entry_of(row) for row in rows])
        self._checkpoint("after entries")
        for row in rows:
            self._note_load(row)

    def _note_load(self, row: ExtractionRow) -> None:
        assert row.findings_sha256 is not None
        self._journal.set_load(
            row.extraction_id, self._workspace.index_name, LoadRow(row.findings_sha256, entry_sha256(row))
        )
        delivery = self._journal.delivery(row.sha256)
        is_finished = delivery is not None and delivery.state == FINISHED
        step = Step.COMPLETE if is_finished else Step.VERIFIED
        # What waits another time waits for another reason.
        receipt = None if row.receipt is None else with_room(row.receipt)
        self._journal.set_extraction(row.extraction_id, step=step, receipt=receipt)

    def _tell(self, entry: ExtractionEntry, done: int) -> None:
        total = entry.message_count + entry.call_count + entry.contact_count
        self._on_progress(Progress(delivery=entry.file_name, step="load", done=done, total=total, unit="records"))


def _entry_of(row: ExtractionRow) -> ExtractionEntry:
    assert row.entry is not None
    return ENTRY_DECODER.decode(row.entry)
