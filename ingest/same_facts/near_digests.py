"""Digests of facts near in time, and how often digests are listed: what comparing deliveries asks again and again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from ingest.segment_store.fact_digests import NO_FACT
from parsers.minute_times import TO_THE_SECOND

SHIFTS: Final = (-1, 1, -2, 2)
"""Seconds; as far as two lists of one delivery may be apart (``parsers.duplicate_pairing``), the nearest first."""


Digests = npt.NDArray[np.uint64]


class DigestCounts(msgspec.Struct, frozen=True):
    """How often each of some digests is listed; the digests rise."""

    values: Digests
    counts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, digests: Sequence[Digests]) -> DigestCounts:
        """Count what all of these list, what is no fact left out."""
        listed = np.concatenate(digests) if digests else np.empty(0, dtype=np.uint64)
        values, counts = np.unique(listed[listed != NO_FACT], return_counts=True)
        return cls(values, counts.astype(np.int64))

    def all_of(self, values: Digests) -> npt.NDArray[np.int64]:
        """Return how often each of the values is listed."""
        if not len(self.values):
            return np.zeros(len(values), dtype=np.int64)
        places = np.searchsorted(self.values, values).clip(max=len(self.values) - 1)
        return np.where(self.values[places] == values, self.counts[places], 0)

    def one(self, digest: int) -> int:
        """Return how often one digest is listed."""
        place = int(np.searchsorted(self.values, np.uint64(digest)))
        return int(self.counts[place]) if place < len(self.values) and int(self.values[place]) == digest else 0


def seconds_from(utc: str, shifts: Iterable[int]) -> list[str]:
    """Return the seconds (``2020-05-18T21:06:19``) that lie so many from an instant; itself beyond the calendar."""
    start = datetime.fromisoformat(utc[:TO_THE_SECOND])
    found = []
    for shift in shifts:
        try:
            found.append((start + timedelta(seconds=shift)).isoformat())
        except OverflowError:
            found.append(utc[:TO_THE_SECOND])
    return found
