"""Writes of one index to the cluster: under the lease, so that of all sites one writes at a time.

The lease is held while a write runs and renewed meanwhile; reading needs none. Who wrote for long lets go of it for a
moment between two writes, in which those who wait for it look. A site that was killed keeps others waiting until its
lease has run out.
"""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from search.backends.elastic_client import Cluster
from search.backends.elastic_lease import Lease
from search.errors import AccessRefused, IndexBlocked, IndexBusy, IndexMissing, IndexUnreachable, LeaseLost, SearchError

_LEASE = "writing"
_LONGEST_LOOK_SECONDS = 0.3
"""How often one who waits looks whether the lease is free, at the least."""
_TURN_SECONDS = 10.0
_WAY_SECONDS = 2 * _LONGEST_LOOK_SECONDS
"""How long who held the lease for a turn lets go of it: each who waits looks once."""


class ElasticWriter:
    """Holds the lease while writes of one index run, several at a time if need be. Bound to one event loop."""

    def __init__(self, cluster: Cluster, index: str, now: Callable[[], float] = time.time) -> None:
        self._cluster = cluster
        seconds = cluster.settings.lease_seconds
        self._lease = Lease(cluster, index, name=_LEASE, owner=uuid.uuid4().hex, seconds=seconds, now=now)
        self._renewal_seconds = seconds / 3
        self._changing = asyncio.Lock()
        self._writes = 0
        self._renewing: asyncio.Task[None] | None = None
        self._taken_at = 0.0
        self._held_seconds = 0.0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Hold the lease for the length of the block.

        Raises:
            IndexBusy: Another site wrote for longer than ``patience_seconds``.
            IndexUnreachable: The cluster is away, full or refuses us.
        """
        async with self._changing:
            if not self._writes:
                await self._take()
            self._writes += 1
        try:
            yield
        finally:
            async with self._changing:
                self._writes -= 1
                if not self._writes:
                    await self._give_back()

    async def check(self) -> None:
        """Make sure that no other site has taken the lease over, as it may from a writer that slept.

        Raises:
            LeaseLost: One has: what was written since must not be shown.
        """
        await self._lease.check()

    async def _take(self) -> None:
        if self._held_seconds > _TURN_SECONDS:
            self._held_seconds = 0.0
            await asyncio.sleep(_WAY_SECONDS)
        patience = self._cluster.settings.patience_seconds
        deadline = time.monotonic() + patience
        while not await self._is_taken(deadline):
            if time.monotonic() > deadline:
                raise IndexBusy(f"another site has been writing to the cluster for {patience:.0f} s and goes on")
            await asyncio.sleep(random.uniform(_LONGEST_LOOK_SECONDS / 3, _LONGEST_LOOK_SECONDS))  # noqa: S311 - a pause
        self._taken_at = time.monotonic()
        self._renewing = asyncio.create_task(self._renew(), name="renew lease")

    async def _is_taken(self, deadline: float) -> bool:
        try:
            return await self._lease.claim()
        except (IndexMissing, IndexBlocked, AccessRefused):
            raise
        except IndexUnreachable:
            if time.monotonic() > deadline:
                raise
            return False

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._renewal_seconds)
            try:
                await self._lease.renew()
            except LeaseLost:
                return  # the write finds out by itself, before anything of it is shown
            except SearchError:
                continue

    async def _give_back(self) -> None:
        assert self._renewing is not None
        self._renewing.cancel()
        await asyncio.gather(self._renewing, return_exceptions=True)
        self._held_seconds += time.monotonic() - self._taken_at
        with suppress(SearchError):
            await self._lease.release()
