"""The write-ahead log of an SQLite database: which of its pages are newer than those of the database itself.

A frame counts where its salts are the log's, its checksum continues the one before it, and a later frame completes
its transaction: what SQLite itself would read. Frames behind these are left over from an earlier round, which is
normal, or damaged, which is not: no frame of this round can stand behind one of an earlier, and none is all zeros.

Source: https://www.sqlite.org/fileformat2.html, section 4.
"""

from __future__ import annotations

import struct
from os import SEEK_CUR
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
import numpy as np
import numpy.typing as npt

_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_BIG_MAGIC, _LITTLE_MAGIC = 0x377F0683, 0x377F0682
_HEADER_SUMMED: Final = 24
_FRAME_SUMMED: Final = 8
_MASK: Final = 0xFFFFFFFF

_Sum = tuple[int, int]


class WalPages(msgspec.Struct, frozen=True, kw_only=True):
    """What a log holds.

    Attributes:
        page_bytes: Size of a page, as the log states it; 0 where it states none.
        places: Page number to the offset of its newest content.
        page_count: Pages of the database after the last transaction. None: no transaction is whole.
        open_frames: Frames of a transaction that was never completed.
        is_damaged: Whether it has bytes and is no log, ends inside a frame, or holds frames of this round that do not
            match their checksum or cannot be reached.
    """

    page_bytes: int
    places: dict[int, int]
    page_count: int | None
    open_frames: int
    is_damaged: bool


UNREADABLE_LOG: Final = WalPages(page_bytes=0, places={}, page_count=None, open_frames=0, is_damaged=True)
"""A log of which no page can be read."""


def read_wal(path: Path) -> WalPages | None:
    """Return what the log holds. None: it is missing or empty."""
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError:
        return None


def _read(file: BinaryIO) -> WalPages | None:
    header = file.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return UNREADABLE_LOG if header else None
    magic, _version, page_bytes, _round, salt_one, salt_two, sum_one, sum_two = _HEADER.unpack(header)
    if magic not in {_BIG_MAGIC, _LITTLE_MAGIC} or not _is_page_size(page_bytes):
        return UNREADABLE_LOG
    summer = _Summer(page_bytes, is_big=magic == _BIG_MAGIC)
    state = summer.small(header[:_HEADER_SUMMED], (0, 0))
    if state != (sum_one, sum_two):
        return UNREADABLE_LOG
    places: dict[int, int] = {}
    waiting: dict[int, int] = {}
    page_count = None
    open_frames = 0
    is_damaged = False
    while head := file.read(_FRAME.size):
        if len(head) < _FRAME.size:
            # A log that is written over keeps the tail of an earlier round, cut where the file once ended.
            is_damaged = head[8:16] == header[16:24][: len(head[8:16])] and len(head) >= 16
            break
        number, size_after, of_one, of_two, frame_one, frame_two = _FRAME.unpack(head)
        if (of_one, of_two) != (salt_one, salt_two):
            is_damaged = _has_lost_frames(file, head, page_bytes, header[16:24])
            break
        offset = file.tell()
        page = file.read(page_bytes)
        if len(page) < page_bytes:
            is_damaged = True
            break
        state = summer.page(page, summer.small(head[:_FRAME_SUMMED], state))
        if state != (frame_one, frame_two) or number == 0:
            is_damaged = True
            break
        waiting[number] = offset
        open_frames += 1
        if size_after:
            places.update(waiting)
            waiting.clear()
            page_count, open_frames = size_after, 0
    return WalPages(
        page_bytes=page_bytes,
        places=places,
        page_count=page_count,
        open_frames=open_frames,
        is_damaged=is_damaged,
    )


def _has_lost_frames(file: BinaryIO, head: bytes, page_bytes: int, salts: bytes) -> bool:
    """Whether frames of this round, or zeros, stand at or behind one that is not of this round."""
    while len(head) == _FRAME.size:
        if head[8:16] == salts or not any(head):
            return True
        file.seek(page_bytes, SEEK_CUR)
        head = file.read(_FRAME.size)
    return False


def _is_page_size(size: int) -> bool:
    return 512 <= size <= 65_536 and size & (size - 1) == 0


class _Summer:
    """The log's checksum: ``one += x + two; two += y + one`` for each pair of words.

    It is linear, so that a whole page is one product with weights that are worked out once.
    """

    def __init__(self, page_bytes: int, *, is_big: bool) -> None:
        self._order = ">" if is_big else "<"
        pairs = page_bytes // 8
        weights = np.zeros((2, pairs * 2), dtype=np.uint64)
        # What a word adds in the end: through one, a, and through two, b, of what one and two add from there on.
        one, two = (1, 0), (0, 1)
        for pair in range(pairs - 1, -1, -1):
            weights[:, pair * 2 + 1] = two
            weights[:, pair * 2] = one = _added(one, two)
            two = _added(two, one)
        self._weights = weights
        self._of_one, self._of_two = one, two

    def small(self, raw: bytes, state: _Sum) -> _Sum:
        """Return the sum after a few words."""
        one, two = state
        for first, second in struct.iter_unpack(f"{self._order}2I", raw):
            one = (one + first + two) & _MASK
            two = (two + second + one) & _MASK
        return one, two

    def page(self, raw: bytes, state: _Sum) -> _Sum:
        """Return the sum after a page."""
        words: npt.NDArray[np.uint64] = np.frombuffer(raw, dtype=f"{self._order}u4").astype(np.uint64)
        # Sums wrap at 2^64, which 2^32 divides.
        added = (self._weights * words).sum(axis=1)
        one = (self._of_one[0] * state[0] + self._of_two[0] * state[1] + int(added[0])) & _MASK
        two = (self._of_one[1] * state[0] + self._of_two[1] * state[1] + int(added[1])) & _MASK
        return one, two


def _added(left: _Sum, right: _Sum) -> _Sum:
    return (left[0] + right[0]) & _MASK, (left[1] + right[1]) & _MASK
