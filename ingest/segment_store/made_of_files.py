"""What was made of files that do not change, within a bound of memory: each is read again only when it is another.

A handset that comes in many deliveries is compared with all that is held of it, each time. What a comparison takes of
a segment depends on the segment alone; here it is kept for as long as there is room, by the file as it lies on the
disk. A process that starts anew makes it anew, and a file that was put back or spoilt is read, and found out.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar, cast

import msgspec

_MOST_BYTES: Final = 64 * 2**20
"""Kept at once: what comparing takes of about half a million messages."""
_BYTES_OF_ANY: Final = 512
"""What anything kept takes beside its content: its key, its file's state, its place."""

Made = TypeVar("Made")


def always(_made: object) -> bool:
    """Say that what was made holds: it was made of the file alone."""
    return True


class _Kept(msgspec.Struct, frozen=True):
    state: tuple[int, ...]
    made: object
    byte_count: int


class MadeOfFiles:
    """What was made of files, by file and name; what was not asked for longest goes first. Safe between threads.

    Args:
        most_bytes: Of what is kept.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._guard = threading.Lock()
        self._kept: OrderedDict[tuple[str, Hashable], _Kept] = OrderedDict()
        self._byte_count = 0

    @property
    def byte_count(self) -> int:
        """Bytes of what is kept, as its makers say."""
        return self._byte_count

    def of(
        self,
        path: str,
        name: Hashable,
        make: Callable[[], Made],
        byte_count: Callable[[Made], int],
        holds: Callable[[Made], bool] = always,
    ) -> Made:
        """Return what was made of a file, made now where it is not kept. Nobody may change it.

        Args:
            path: The file; what makes something of it says what is wrong with it.
            name: Of what is made, for this file; with the same name goes the same type.
            make: Makes it.
            byte_count: Says how much memory it takes.
            holds: Says whether what was made before is still right, where it was made of more than the file.
        """
        key = (path, name)
        state = _state_of(path)
        with self._guard:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None and kept.state == state and holds(cast("Made", kept.made)):
            return cast("Made", kept.made)
        made = make()
        if state:
            self._keep(key, _Kept(state, made, byte_count(made) + _BYTES_OF_ANY))
        return made

    def _keep(self, key: tuple[str, Hashable], kept: _Kept) -> None:
        with self._guard:
            before = self._kept.pop(key, None)
            self._byte_count -= before.byte_count if before is not None else 0
            if kept.byte_count > self._most_bytes:
                return
            self._kept[key] = kept
            self._byte_count += kept.byte_count
            while self._byte_count > self._most_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._byte_count -= oldest.byte_count


def _state_of(path: str) -> tuple[int, ...]:
    """Return what tells a file from any other that lay there; empty where there is none."""
    try:
        about = os.stat(path)  # noqa: PTH116  # of a text: a path of its own takes longer than the asking
    except OSError:
        return ()
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns
