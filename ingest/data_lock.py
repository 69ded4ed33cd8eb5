"""One writer at a time: an advisory lock on a file in the data folder, let go by the system when the process ends."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from ingest.errors import DataFolderLocked

_STEP_SECONDS = 0.1


@asynccontextmanager
async def writer_lock(
    path: Path, wait_seconds: float, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> AsyncIterator[None]:
    """Hold the lock for the length of the block.

    The lock belongs to the open file, so it also keeps two writers of one process apart.

    Raises:
        DataFolderLocked: Another process holds it and did not let go in time; names the process.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        waited = 0.0
        while not _taken(handle):
            if waited >= wait_seconds:
                holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
                raise DataFolderLocked(str(path.parent), f"process {holder}")
            await sleep(_STEP_SECONDS)
            waited += _STEP_SECONDS
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(handle)


def is_locked(path: Path) -> bool:
    """Whether a writer holds the lock now; looks without taking it from anybody for longer than the look."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
