"""The messages of flares as rows of numbers, and what the rows of a burst say when they are counted."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.contract import Flare

ADVERT_FLAG = 16
SENT, RECEIVED = "sent", "received"
"""Directions of a message, as a flare states them."""

SENT_FLAG = 32
"""In the flags beside the place of the clock's basis, which is less."""

ELSEWHERE_FLAG = 64
"""Of a message whose fact counts in another extraction of the device: it says what a broadcast was, and is none of its
messages here."""

ID_BYTES = 10
NO_RECIPIENT = 0
NO_LINE = -1
ROW = struct.Struct(f"<qqqqqiBB{ID_BYTES}s")
ROW_TYPE = np.dtype(
    # as the line above: group, then the hashes of a recipient and of a text; each row is one message to one recipient
    [
        ("group", "<i8"),
        ("milliseconds", "<i8"),
        ("ordinal", "<i8"),
        ("recipient", "<i8"),
        ("text", "<i8"),
        ("line", "<i4"),
        ("flags", "u1"),
        ("score", "u1"),
        ("id", f"V{ID_BYTES}"),
    ]
)

_Ints = npt.NDArray[np.int64]


class Burst(NamedTuple):
    """Messages of one wording without a long pause, as rows ``start`` to ``end``, ``end`` not included."""

    start: int
    end: int
    started_ms: int
    ended_ms: int
    recipient_count: int
    message_count: int
    variant_count: int
    advert_count: int
    best_score: int
    basis: int


def bursts(rows: npt.NDArray[np.void], starts: _Ints) -> Iterator[Burst]:
    """Yield the bursts of a bucket, each of which starts at a row that is given; all are counted at once.

    Most are one advert that came in: looked at one by one, they took three times as long.
    """
    ends = np.append(starts[1:], len(rows))
    burst_of = np.repeat(np.arange(len(starts)), ends - starts)
    milliseconds, flags, who = rows["milliseconds"], rows["flags"], rows["recipient"]
    is_named = who != NO_RECIPIENT
    columns = (
        starts,
        ends,
        milliseconds[starts],
        milliseconds[ends - 1],
        distinct_counts(burst_of[is_named], who[is_named], len(starts)),
        distinct_counts(burst_of, rows["ordinal"], len(starts)),
        distinct_counts(burst_of, rows["text"], len(starts)),
        np.add.reduceat((flags & ADVERT_FLAG) != 0, starts, dtype=np.int64),
        np.maximum.reduceat(rows["score"], starts),
        np.maximum.reduceat(flags & (ADVERT_FLAG - 1), starts),
    )
    return map(Burst._make, zip(*[column.tolist() for column in columns], strict=True))


def adverts_together(flares: Sequence[Flare]) -> int | None:
    """Return how many messages of parts of one broadcast the analysis takes for adverts. None: not of all is known."""
    counts = [flare.advert_count for flare in flares if flare.advert_count is not None]
    return sum(counts) if len(counts) == len(flares) else None


def distinct_counts(burst_of: _Ints, values: _Ints, burst_count: int) -> _Ints:
    """Return how many distinct values each burst has."""
    order = np.lexsort((values, burst_of))
    burst_of, values = burst_of[order], values[order]
    is_new = np.ones(len(values), dtype=bool)
    is_new[1:] = (burst_of[1:] != burst_of[:-1]) | (values[1:] != values[:-1])
    return np.bincount(burst_of[is_new], minlength=burst_count)
