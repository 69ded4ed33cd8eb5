"""The flares of one extraction by id, put aside on disk while they are found: of adverts that came in, each is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from search.contract import Flare
from search.linkage.extraction.row_runs import RowRuns

FLARES_HELD = 5_000
"""Flares that are held before they are put aside; one takes about a kilobyte."""


class FoundFlares(msgspec.Struct, frozen=True, kw_only=True):
    """The flares of one extraction.

    Attributes:
        ids: In order, as ASCII: in one block, where a string each would take four times as much.
        flare_of: By record ordinal, the place of its flare, or -1.
        template_ids: Of all flares.
        undated_count: Messages that no flare can hold, having no time.
    """

    table: FlareTable
    ids: npt.NDArray[np.bytes_]
    flare_of: npt.NDArray[np.int32]
    template_ids: frozenset[str]
    undated_count: int

    def flare_id(self, place: int) -> str:
        """Return the id at a place of ``flare_of``."""
        return bytes(self.ids[place]).decode("ascii")

    def flares(self) -> Iterator[Flare]:
        """Yield the flares by id. Call it once."""
        return self.table.flares()


class FlareTable:
    """Takes flares in any order and gives them back by id.

    Args:
        record_count: Records of the extraction, or more.
        scratch_dir: Where flares are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_flare_of", "_held", "_ids", "_runs", "_scratch_dir", "_template_ids")

    def __init__(self, record_count: int, scratch_dir: Path | None = None) -> None:
        self._scratch_dir = scratch_dir
        self._held: list[Flare] = []
        self._ids: list[bytes] = []
        self._flare_of = np.full(record_count, -1, dtype=np.int32)
        self._template_ids: set[str] = set()
        self._runs: RowRuns[Flare] | None = None

    def add(self, flare: Flare, ordinals: npt.NDArray[np.int64]) -> None:
        """Take a flare and the ordinals of its messages."""
        self._flare_of[ordinals] = len(self._ids)
        self._ids.append(flare.flare_id.encode("ascii"))
        self._template_ids.add(flare.template_id)
        self._held.append(flare)
        if len(self._held) >= FLARES_HELD and self._scratch_dir is not None:
            if self._runs is None:
                self._runs = RowRuns(self._scratch_dir, Flare)
            self._runs.add(self._sorted())
            self._held = []

    def found(self, undated_count: int) -> FoundFlares:
        """Return what was found. Call it once, after the last flare."""
        ids = np.array(self._ids, dtype=np.bytes_)
        order = np.argsort(ids, kind="stable")
        places = np.empty(len(order) + 1, dtype=np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        places[-1] = -1  # where a record of no flare points to
        return FoundFlares(
            table=self,
            ids=ids[order],
            flare_of=places[self._flare_of],
            template_ids=frozenset(self._template_ids),
            undated_count=undated_count,
        )

    def flares(self) -> Iterator[Flare]:
        """Yield the flares by id. Call it once."""
        if self._runs is None:
            yield from self._sorted()
            return
        yield from self._runs.merged(self._sorted(), _id_of)
        self._runs.close()

    def _sorted(self) -> list[Flare]:
        return sorted(self._held, key=_id_of)


def _id_of(flare: Flare) -> str:
    return flare.flare_id
