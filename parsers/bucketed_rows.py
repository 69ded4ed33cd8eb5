"""Packed rows, shared out over buckets that go to a scratch file once they are large.

What belongs together goes to one bucket, and each bucket is resolved alone: memory is one bucket, whatever the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

BUCKETS: Final = 64
_HELD_BYTES: Final = 3 * 2**20


class BucketedRows:
    """Keeps packed rows. The file has no name, and is gone with the object or the process.

    Args:
        scratch_dir: Where the file is made. None: all rows are held in memory.
    """

    __slots__ = ("_file", "_held_bytes", "_scratch_dir", "_spilled", "buckets")

    def __init__(self, scratch_dir: Path | None) -> None:
        self._scratch_dir = scratch_dir
        self.buckets = [bytearray() for _ in range(BUCKETS)]
        """The caller adds to a bucket, and says how many bytes it added with ``added``."""
        self._held_bytes = 0
        self._spilled: list[list[tuple[int, int]]] = [[] for _ in range(BUCKETS)]
        self._file: IO[bytes] | None = None

    def added(self, byte_count: int) -> None:
        """Count what was added; puts everything aside when much is held."""
        self._held_bytes += byte_count
        if self._held_bytes >= _HELD_BYTES and self._scratch_dir is not None:
            self._spill(self._scratch_dir)

    def portions(self, *, keep: bool = False) -> Iterator[bytearray]:
        """Yield the rows of each bucket in the order in which they were added.

        Args:
            keep: Whether they will be asked for again. Else each bucket is given up as it is yielded.
        """
        for number, bucket in enumerate(self.buckets):
            spilled = self._spilled[number]
            portion = bytearray(sum(size for _, size in spilled) + len(bucket))
            view, place = memoryview(portion), 0
            for offset, size in spilled:
                assert self._file is not None
                self._file.seek(offset)
                if self._file.readinto(view[place : place + size]) != size:  # type: ignore[attr-defined]  # buffered
                    raise OSError("a scratch file is shorter than what was written")
                place += size
            view[place:] = bucket
            view.release()
            if not keep:
                bucket.clear()
            yield portion

    def close(self) -> None:
        """Remove the scratch file. Safe to call twice."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _spill(self, scratch_dir: Path) -> None:
        if self._file is None:
            self._file = TemporaryFile(dir=scratch_dir)  # noqa: SIM115 - kept until close()
        offset = self._file.seek(0, 2)
        for number, bucket in enumerate(self.buckets):
            if bucket:
                self._file.write(bucket)
                self._spilled[number].append((offset, len(bucket)))
                offset += len(bucket)
                bucket.clear()
        self._held_bytes = 0
