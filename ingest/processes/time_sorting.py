"""Messages of one extraction in order of time, whatever their number: sorted in runs on disk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from ingest.segment_store.segments import PackedRecord
from search.linkage.extraction.row_runs import RowRuns

_HELD_BYTES: Final = 16 * 2**20
"""Of packed messages in one run."""
_BATCH: Final = 1_000


class _Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A message with its place: the instant to the second, and a rank among those of that second."""

    at: str
    rank: int
    ordinal: int
    packed: bytes


class TimeSorter:
    """Takes messages in source order and gives them in order of time.

    Args:
        scratch_dir: Where runs are put aside when there are many; they are gone with the object or the process.
    """

    def __init__(self, scratch_dir: Path) -> None:
        self._scratch_dir = scratch_dir
        self._rows: list[_Row] = []
        self._runs: RowRuns[_Row] | None = None
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runs is not None:
            self._runs.close()

    def add(self, at: str, item: PackedRecord, *, is_backwards: bool) -> None:
        """Take the next message.

        Args:
            at: The instant to the second by which it is sorted; empty sorts first.
            item: The message.
            is_backwards: Of messages of one second the last one that is taken comes first.
        """
        self._rows.append(_Row(at, -item.ordinal if is_backwards else item.ordinal, item.ordinal, item.packed))
        self._bytes += len(item.packed)
        if self._bytes > _HELD_BYTES:
            if self._runs is None:
                self._runs = RowRuns(self._scratch_dir, _Row)
            self._runs.add(self._sorted())
            self._rows, self._bytes = [], 0

    def batches(self) -> Iterator[list[PackedRecord]]:
        """Yield every message that was taken, without the checksum that it is handed out with. Call it once."""
        rows = iter(self._sorted())
        if self._runs is not None:
            rows = self._runs.merged(rows, _place)
        while batch := [PackedRecord(row.ordinal, row.packed, 0) for row in islice(rows, _BATCH)]:
            yield batch

    def _sorted(self) -> list[_Row]:
        self._rows.sort(key=_place)
        return self._rows


def _place(row: _Row) -> tuple[str, int]:
    return row.at, row.rank
