"""Sorted runs of rows on disk: what a table puts aside when it has grown, merged again at the end.

Linkage reads what is distinct, and an extraction can hold a million distinct things. A table that is full is written
out, sorted, and begun anew; at the end the runs are read side by side. Memory is one full table, whatever the source.
"""

from __future__ import annotations

import heapq
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Generic, TypeVar

import msgspec

_LENGTH = struct.Struct("<I")
_ROWS_A_FRAME = 50
"""One frame of each run is held while runs are merged, and a row may hold thousands of variants."""

RowT = TypeVar("RowT", bound=msgspec.Struct)
KeyT = TypeVar("KeyT", bound="str | int | tuple[str | int, ...]")


class RowRuns(Generic[RowT]):
    """Runs in one unnamed file of the scratch folder, which is gone with the object or the process."""

    def __init__(self, scratch_dir: Path, row_type: type[RowT]) -> None:
        self._file = TemporaryFile(dir=scratch_dir)  # noqa: SIM115  # open as long as the runs are read
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(list[row_type])  # type: ignore[valid-type]  # the type is a parameter
        self._ends: list[tuple[int, int]] = []
        self._size = 0

    def add(self, rows: Iterable[RowT]) -> None:
        """Write a run; the rows MUST be in the order in which runs are merged."""
        start, remaining = self._size, iter(rows)
        while frame := list(islice(remaining, _ROWS_A_FRAME)):
            packed = self._encoder.encode(frame)
            self._file.write(_LENGTH.pack(len(packed)))
            self._file.write(packed)
            self._size += _LENGTH.size + len(packed)
        self._file.flush()
        self._ends.append((start, self._size))

    def merged(self, newest: Iterable[RowT], key: Callable[[RowT], KeyT]) -> Iterator[RowT]:
        """Yield all rows of the runs and of the newest one by key; equal keys side by side, older runs first."""
        runs = [self._rows(start, end) for start, end in self._ends]
        return heapq.merge(*runs, newest, key=key)

    def every(self) -> Iterator[RowT]:
        """Yield all rows, run after run."""
        for start, end in self._ends:
            yield from self._rows(start, end)

    def close(self) -> None:
        """Release the file. Safe to call twice."""
        self._file.close()

    def _rows(self, place: int, end: int) -> Iterator[RowT]:
        handle = self._file.fileno()
        while place < end:
            (length,) = _LENGTH.unpack(os.pread(handle, _LENGTH.size, place))
            place += _LENGTH.size
            yield from self._decoder.decode(os.pread(handle, length, place))
            place += length
