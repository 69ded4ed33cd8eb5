"""How an index stands to what the data folder holds: what it lacks, and what it holds of another folder.

An index can be lost, put back or exchanged while the journal goes on saying what was loaded. It answers all the same,
with less, or of something else: whoever asks it is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import msgspec

from config.settings import IndexBackend
from ingest.assemble import Workspace
from ingest.data_lock import is_locked
from ingest.journal import FINISHED, STARTED, ExtractionRow, LoadRow
from ingest.resolving import ENTRY_DECODER, entry_sha256
from search.contract import Index


class Standing(msgspec.Struct, frozen=True):
    """What is amiss with an index.

    Attributes:
        lacking: Extractions that were read and are not in it as they are.
        foreign: Extractions in it that the data folder does not know; of one that several folders share never any.
    """

    lacking: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether it answers with all that is held, and with nothing else."""
        return not (self.lacking or self.foreign)


class _Noted(msgspec.Struct, frozen=True):
    """The journal at one instant."""

    rows: Mapping[str, ExtractionRow]
    loads: Mapping[str, LoadRow]

    def is_loaded(self, extraction_id: str) -> bool:
        """Whether the index should hold the extraction as it is."""
        row, load = self.rows.get(extraction_id), self.loads.get(extraction_id)
        return (
            row is not None
            and load is not None
            and load.findings_sha256 == row.findings_sha256
            and load.entry_sha256 == entry_sha256(row)
        )


class _Counted(msgspec.Struct, frozen=True):
    record_count: int


class _Summary(msgspec.Struct, frozen=True):
    """Of a ``Summary`` only how many records there are."""

    meta: _Counted


_SUMMARY_DECODER: Final = msgspec.msgpack.Decoder(_Summary)


async def standing(workspace: Workspace, index: Index | None = None) -> Standing:
    """Return what is amiss with the index; what a run is working on is not: it comes by itself.

    Args:
        workspace: The data folder.
        index: Its index, where it is open already. None: it is opened.

    Raises:
        IndexUnreachable: The index is not there.
    """
    if index is None:
        async with workspace.open_index() as opened:
            return await standing(workspace, opened)
    noted = await asyncio.to_thread(_noted, workspace)
    untrue = await _untrue(workspace, index, noted)
    worked_on = await asyncio.to_thread(_worked_on, workspace)
    waiting = {name for name, row in noted.rows.items() if not noted.is_loaded(name) and row.sha256 not in worked_on}
    return Standing(lacking=untrue.lacking | waiting, foreign=untrue.foreign)


async def untrue_loads(workspace: Workspace, index: Index) -> frozenset[str]:
    """Return the extractions that the journal takes for loaded and that the index does not hold as they are."""
    return (await _untrue(workspace, index, await asyncio.to_thread(_noted, workspace))).lacking


async def unfinished(workspace: Workspace) -> frozenset[str]:
    """Return the extractions that were read, and neither analysed since nor worked on now: no record of them shows."""
    worked_on = await asyncio.to_thread(_worked_on, workspace)
    rows = await asyncio.to_thread(workspace.journal.extractions)
    return frozenset(
        row.extraction_id
        for row in rows
        if (row.entry is None or row.findings_sha256 is None) and row.sha256 not in worked_on
    )


def without_extraction(workspace: Workspace) -> list[str]:
    """Return the deliveries that were read to their end and of which the journal knows no extraction: it lost them."""
    given = {row.sha256 for row in workspace.journal.extractions()}
    return [row.sha256 for row in workspace.journal.deliveries(FINISHED) if row.sha256 not in given]


def _noted(workspace: Workspace) -> _Noted:
    # Loads first: what is removed beside us is then still known as loaded.
    loads = workspace.journal.loads(workspace.index_name)
    return _Noted({row.extraction_id: row for row in workspace.journal.extractions()}, loads)


def _worked_on(workspace: Workspace) -> frozenset[str]:
    """Return the deliveries that a run is working on; where none runs, what was not finished was cut off."""
    started = frozenset(row.sha256 for row in workspace.journal.deliveries(STARTED))
    return started if started and is_locked(workspace.paths.lock) else frozenset()


async def _untrue(workspace: Workspace, index: Index, noted: _Noted) -> Standing:
    """Return where the index is not as the journal says."""
    differing, strange = await _differing(workspace, index, noted)
    if not differing and not strange:
        return Standing()
    # A run beside us may have written between our two looks: what it wrote is no difference.
    again = await asyncio.to_thread(_noted, workspace)
    return Standing(
        lacking=frozenset(
            name
            for name in differing
            if again.rows.get(name) == noted.rows[name] and again.loads.get(name) == noted.loads[name]
        ),
        foreign=frozenset(strange - again.rows.keys() - again.loads.keys()),
    )


async def _differing(workspace: Workspace, index: Index, noted: _Noted) -> tuple[set[str], set[str]]:
    """Return what the index does not hold as the journal says, and what the journal does not know."""
    entries = {entry.extraction_id: entry for entry in await index.entries()}
    loaded = [name for name in noted.rows if noted.is_loaded(name)]
    counts = await index.document_counts(loaded)
    differing = {
        name
        for name in loaded
        if (row := noted.rows[name]).entry is None
        or entries.get(name) != ENTRY_DECODER.decode(row.entry)
        or counts[name] != _SUMMARY_DECODER.decode(row.summary).meta.record_count
    }
    if workspace.settings.index.backend is not IndexBackend.EMBEDDED:
        # A cluster is shared: what others loaded is theirs.
        return differing, set()
    return differing, entries.keys() - noted.rows.keys() - noted.loads.keys()
