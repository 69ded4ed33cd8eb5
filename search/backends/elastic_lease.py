"""A lease: one writer to a cluster at a time, of all sites that load it.

Claimed by creating a document; taken over, when it has run out, by replacing exactly the document that was read. Whose
it is says the document alone: who asks it (``check``) and then changes what nobody has changed since, changes nothing
that a successor wrote.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from search.backends.elastic_client import Cluster, DocumentMissing, VersionConflict
from search.errors import LeaseLost

CLOCK_SKEW_SECONDS = 30.0
"""How far the clocks of two sites may differ before one takes over what the other still holds."""


class Lease:
    """One claimant's view of a lease. Not to be used by two tasks at once, ``check`` apart.

    Args:
        cluster: Where it is kept.
        index: The control index.
        name: What the lease is for.
        owner: Who claims: unique for a process.
        seconds: How long a claim holds without a renewal.
        now: Seconds since 1970; a test gives its own.
    """

    def __init__(
        self,
        cluster: Cluster,
        index: str,
        *,
        name: str,
        owner: str,
        seconds: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._cluster = cluster
        self._path = f"/{index}/_doc/lease-{name}"
        self._owner = owner
        self._seconds = seconds
        self._now = now
        self._condition: dict[str, str] | None = None

    async def claim(self) -> bool:
        """Take the lease if it is free, ours already, or has run out; return whether we hold it."""
        try:
            held: Any = await self._cluster.read("GET", self._path)
        except DocumentMissing:
            return await self._put({"op_type": "create"}, self._expiry())
        source = held["_source"]
        is_free = source["expires_at_ms"] == 0 or source["owner"] == self._owner
        runs_out_at = source["expires_at_ms"] / 1_000 + CLOCK_SKEW_SECONDS
        if not is_free and self._now() <= runs_out_at:
            return False
        return await self._put(_condition(held), self._expiry())

    async def renew(self) -> None:
        """Hold the lease for another period.

        Raises:
            LeaseLost: Another claimant has taken it over.
        """
        if not await self._replaced(self._expiry()):
            self._condition = None
            raise LeaseLost("another writer has taken over the right to write to the cluster")

    async def check(self) -> None:
        """Make sure that nobody has taken the lease over.

        Raises:
            LeaseLost: Somebody has.
        """
        if not await self._is_ours():
            raise LeaseLost("another writer has taken over the right to write to the cluster")

    async def release(self) -> None:
        """Give the lease back; nothing happens where it was lost already."""
        await self._replaced(0)
        self._condition = None

    async def _replaced(self, expires_at_ms: int) -> bool:
        """Replace the document as we know it; once more where the answer to an earlier write of ours was lost."""
        if self._condition is None:
            return False
        if await self._put(self._condition, expires_at_ms):
            return True
        return await self._is_ours() and await self._put(self._condition, expires_at_ms)

    async def _is_ours(self) -> bool:
        try:
            held: Any = await self._cluster.read("GET", self._path)
        except DocumentMissing:
            return False
        if held["_source"]["owner"] != self._owner:
            return False
        self._condition = _condition(held)
        return True

    async def _put(self, condition: dict[str, str], expires_at_ms: int) -> bool:
        body = {"owner": self._owner, "expires_at_ms": expires_at_ms}
        try:
            written = await self._cluster.once("PUT", self._path, condition, body)
        except VersionConflict:
            return False
        self._condition = _condition(written)
        return True

    def _expiry(self) -> int:
        return int((self._now() + self._seconds) * 1_000)


def _condition(answer: Any) -> dict[str, str]:
    return {"if_seq_no": str(answer["_seq_no"]), "if_primary_term": str(answer["_primary_term"])}
