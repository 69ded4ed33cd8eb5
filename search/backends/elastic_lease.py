"""A lease: one writer at a time for what is computed over all extractions.

Claimed by creating a document; taken over, when it has run out, by replacing exactly the document that was read. Each
claim and each renewal gets the next sequence number of the index as its *fence*: results are written with the fence as
their external version, so that a writer that was overtaken while it slept is refused by the store itself.
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
    """One claimant's view of a lease.

    Args:
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
        seconds: float = 120.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._cluster = cluster
        self._path = f"/{index}/_doc/lease-{name}"
        self._owner = owner
        self._seconds = seconds
        self._now = now
        self._condition: dict[str, str] | None = None
        self.fence = 0
        """Grows with every claim and renewal of anybody; 0 while not held."""

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
        if self._condition is None or not await self._put(self._condition, self._expiry()):
            self._condition, self.fence = None, 0
            raise LeaseLost("another claimant has taken the lease over")

    async def release(self) -> None:
        """Give the lease back; nothing happens where it was lost already."""
        if self._condition is not None:
            await self._put(self._condition, 0)
        self._condition, self.fence = None, 0

    async def _put(self, condition: dict[str, str], expires_at_ms: int) -> bool:
        body = {"owner": self._owner, "expires_at_ms": expires_at_ms}
        try:
            written = await self._cluster.once("PUT", self._path, condition, body)
        except VersionConflict:
            return False
        self._condition = _condition(written)
        self.fence = int(written["_seq_no"]) + 1
        return True

    def _expiry(self) -> int:
        return int((self._now() + self._seconds) * 1_000)


def _condition(answer: Any) -> dict[str, str]:
    return {"if_seq_no": str(answer["_seq_no"]), "if_primary_term": str(answer["_primary_term"])}
