"""Rows of messages and the names of their groups, shared out anew over buckets in which what belongs together lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from parsers.bucketed_rows import BUCKETS, BucketedRows
from search.linkage.extraction.flare_rows import ROW_TYPE
from search.linkage.extraction.wording_groups import Group, Names, names_in, share_out_name

_Ints = npt.NDArray[np.int64]
_Rows = npt.NDArray[np.void]
_LABELLED = np.dtype([("label", "<i8"), ("row", ROW_TYPE)])


class SharedOut:
    """Rows by the labels of their wordings.

    Args:
        scratch_dir: Where rows are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_names", "_rows")

    def __init__(self, scratch_dir: Path | None) -> None:
        self._rows = BucketedRows(scratch_dir)
        self._names = BucketedRows(scratch_dir)

    def add_rows(self, rows: _Rows, labels: _Ints) -> None:
        """Put rows into the buckets of their labels."""
        _share_out(rows, labels, self._rows)

    def add_name(self, name: tuple[int, Group], label: int) -> None:
        """Put the key and the name of a group into the bucket of its label."""
        share_out_name(name, label, self._names)

    def portions(self, *, keep: bool = False) -> Iterator[tuple[_Rows, Callable[[], Names]]]:
        """Yield the rows of each bucket, and what gives the names of their groups.

        Args:
            keep: Whether they will be asked for again.
        """
        for packed, named in zip(self._rows.portions(keep=keep), self._names.portions(keep=keep), strict=True):
            yield np.frombuffer(packed, dtype=ROW_TYPE), partial(names_in, named)

    def close(self) -> None:
        """Remove the scratch files. Safe to call twice."""
        self._rows.close()
        self._names.close()


class JoinedRows:
    """Rows of bursts that are one broadcast, with its label.

    Args:
        scratch_dir: Where rows are put aside when there are many. None: all are held in memory.
    """

    __slots__ = ("_names", "_rows")

    def __init__(self, scratch_dir: Path | None) -> None:
        self._rows = BucketedRows(scratch_dir)
        self._names = BucketedRows(scratch_dir)

    def add(self, rows: _Rows, labels: _Ints, names: Names) -> None:
        """Take rows with their labels; ``names`` has those of their groups."""
        labelled = np.empty(len(rows), dtype=_LABELLED)
        labelled["label"], labelled["row"] = labels, rows
        for bucket, portion in _by_bucket(labelled, labels):
            _put(portion, bucket, self._rows)
            for key in np.unique(portion["row"]["group"]).tolist():
                share_out_name((key, names[key]), bucket, self._names)

    def portions(self) -> Iterator[tuple[_Rows, _Ints, Callable[[], Names]]]:
        """Yield the rows of each bucket with their labels, and what gives the names of their groups. Call it once."""
        for packed, named in zip(self._rows.portions(), self._names.portions(), strict=True):
            labelled = np.frombuffer(packed, dtype=_LABELLED)
            yield labelled["row"], labelled["label"], partial(names_in, named)

    def close(self) -> None:
        """Remove the scratch files. Safe to call twice."""
        self._rows.close()
        self._names.close()


def _share_out(rows: _Rows, labels: _Ints, into: BucketedRows) -> None:
    for bucket, portion in _by_bucket(rows, labels):
        _put(portion, bucket, into)


def _by_bucket(rows: _Rows, labels: _Ints) -> Iterator[tuple[int, _Rows]]:
    buckets = labels % BUCKETS
    for bucket in np.unique(buckets).tolist():
        yield bucket, rows[buckets == bucket]


def _put(rows: _Rows, bucket: int, into: BucketedRows) -> None:
    packed = rows.tobytes()
    into.buckets[bucket] += packed
    into.added(len(packed))
