"""Sends the lines of documents in bulk requests: several in flight, fewer when the cluster is overloaded.

Every document has a derived id and an external version, so sending one again does no harm: after any fault, also one
after which nobody knows what the server applied, the same lines are sent again until each was taken. Nothing is
refreshed here. Requests in flight grow by one at a time and are halved when the cluster says that it is too much.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from itertools import islice

from search.backends.elastic_client import Answer, Cluster, RequestTooLarge, pause_seconds
from search.errors import AccessRefused, IndexBlocked, IndexConflict, IndexMissing, IndexUnreachable, SearchError

_FAST = "errors"
_DETAILED = "errors,items.*.status,items.*._id,items.*.error.type"
"""Every item has a status, so that items keep their position under this filter."""
_LINES_AT_ONCE = 200
_FIRST_IN_FLIGHT = 2.0


class BulkLoader:
    """Loads lines into one write alias. Not to be shared between tasks."""

    def __init__(self, cluster: Cluster, alias: str) -> None:
        self._cluster = cluster
        self._path = f"/{alias}/_bulk"
        self._most = float(cluster.settings.requests_in_flight)
        self._allowed = min(_FIRST_IN_FLIGHT, self._most)

    async def send(self, lines: Iterable[bytes]) -> None:
        """Send every line. Lines are made in a thread, a request ahead; they may block.

        Raises:
            IndexUnreachable: The cluster was away or overloaded for longer than the settings allow.
            IndexConflict: A newer load has written the same documents, or the mapping refuses one.
        """
        requests = _requests(iter(lines), self._cluster.settings.bulk_documents, self._cluster.settings.bulk_bytes)
        in_flight: set[asyncio.Task[None]] = set()
        try:
            while (request := await asyncio.to_thread(next, requests, None)) is not None:
                while len(in_flight) >= int(self._allowed):
                    in_flight = await _one_less(in_flight)
                in_flight.add(asyncio.create_task(self._deliver(request), name="bulk request"))
            while in_flight:
                in_flight = await _one_less(in_flight)
        finally:
            for task in in_flight:
                task.cancel()
            await asyncio.gather(*in_flight, return_exceptions=True)

    async def _deliver(self, lines: list[bytes]) -> None:
        """Send lines again and again until each was taken."""
        attempt = 0
        last_taken = time.monotonic()
        while lines:
            try:
                rejected = await self._rejected_of(lines)
            except RequestTooLarge:
                await self._deliver_halves(lines)
                return
            except (IndexMissing, IndexBlocked, AccessRefused):
                raise
            except IndexUnreachable:
                if time.monotonic() - last_taken > self._cluster.settings.patience_seconds:
                    raise
                rejected = lines
            if len(rejected) < len(lines):
                last_taken, attempt = time.monotonic(), 0
            elif time.monotonic() - last_taken > self._cluster.settings.patience_seconds:
                raise IndexUnreachable("Elasticsearch has rejected the same documents for too long: it is overloaded")
            lines = rejected
            if lines:
                self._allowed = max(1.0, self._allowed / 2)
                await asyncio.sleep(pause_seconds(attempt))
                attempt += 1
        self._allowed = min(self._most, self._allowed + 1)

    async def _rejected_of(self, lines: list[bytes]) -> list[bytes]:
        """Send lines once; return those that the cluster was too busy for."""
        answer = await self._request(lines, wants_detail=False)
        if not answer["errors"]:
            return []
        # The fast answer says only that something was refused. Asking again is as good as reading it: what was taken
        # is taken once more, in the same version.
        answer = await self._request(lines, wants_detail=True)
        return _rejected(answer, lines) if answer["errors"] else []

    async def _deliver_halves(self, lines: list[bytes]) -> None:
        if len(lines) == 1:
            raise SearchError(f"one document of {len(lines[0])} bytes is larger than Elasticsearch takes in a request")
        middle = len(lines) // 2
        await self._deliver(lines[:middle])
        await self._deliver(lines[middle:])

    async def _request(self, lines: list[bytes], *, wants_detail: bool) -> Answer:
        params = {"require_alias": "true", "filter_path": _DETAILED if wants_detail else _FAST}
        return await self._cluster.once("POST", self._path, params, b"".join(lines))


def _rejected(answer: Answer, lines: list[bytes]) -> list[bytes]:
    """Return the lines that the cluster was too busy for; raise where trying again would not help."""
    items = answer["items"]
    if len(items) != len(lines):
        raise SearchError(f"Elasticsearch answered {len(items)} of {len(lines)} documents of a bulk request")
    rejected = []
    for item, line in zip(items, lines, strict=True):
        ((action, outcome),) = item.items()
        status = outcome["status"]
        if status < 300 or (action == "delete" and status == 404 and "error" not in outcome):
            continue
        kind = outcome.get("error", {}).get("type", "")
        if "cluster_block" in kind:
            raise IndexBlocked("Elasticsearch has blocked writes: its disk is full or the index is read-only")
        if kind == "index_not_found_exception":
            raise IndexMissing("Elasticsearch has no such alias: the index was deleted during the load")
        if status == 409:
            raise IndexConflict(f"a newer load has written the document {outcome.get('_id')}")
        if status != 429 and status < 500:
            raise IndexConflict(f"the index refuses the document {outcome.get('_id')}: status {status} {kind}")
        rejected.append(line)
    return rejected


async def _one_less(in_flight: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Wait until a request has been taken; return those that have not. Raises what one of them raised."""
    done, waiting = await asyncio.wait(in_flight, return_when=asyncio.FIRST_COMPLETED)
    failures = [exc for task in done if (exc := task.exception()) is not None]
    if failures:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        raise failures[0]
    return waiting


def _requests(lines: Iterator[bytes], most_lines: int, most_bytes: int) -> Iterator[list[bytes]]:
    """Yield the lines in requests; a line that is larger than a request has one of its own."""
    request: list[bytes] = []
    size = 0
    while portion := list(islice(lines, _LINES_AT_ONCE)):
        for line in portion:
            if request and (len(request) >= most_lines or size + len(line) > most_bytes):
                yield request
                request, size = [], 0
            request.append(line)
            size += len(line)
    if request:
        yield request
