"""Who may use the mirror: many may read it, or one may change it; let go by the system when a process ends."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from search.backends.mirror_file import MirrorRefused

_STEP_SECONDS = 0.02


class MirrorLock:
    """An advisory lock on an open file; it keeps two users in one process apart too."""

    def __init__(self, handle: int, wait_seconds: float) -> None:
        self._handle = handle
        self._wait_seconds = wait_seconds

    async def share(self) -> None:
        """Hold it with other readers; it may be let go in between where it was held alone."""
        await self._take(fcntl.LOCK_SH)

    async def own(self) -> None:
        """Hold it alone; it may be let go in between where it was shared."""
        await self._take(fcntl.LOCK_EX)

    async def _take(self, how: int) -> None:
        gives_up_at = time.monotonic() + self._wait_seconds
        while True:
            try:
                fcntl.flock(self._handle, how | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > gives_up_at:
                    raise MirrorRefused("another process holds it") from None
                await asyncio.sleep(_STEP_SECONDS)
            else:
                return


@asynccontextmanager
async def mirror_lock(path: Path, wait_seconds: float) -> AsyncIterator[MirrorLock]:
    """Open the lock beside a mirror; it is let go at the end of the block.

    Raises:
        MirrorRefused: The file cannot be made.
    """
    try:
        handle = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as exc:
        raise MirrorRefused(exc.strerror or "its lock cannot be made") from exc
    try:
        yield MirrorLock(handle, wait_seconds)
    finally:
        os.close(handle)
