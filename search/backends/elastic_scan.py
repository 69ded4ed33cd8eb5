"""Reads many documents in order: a point in time, paged with ``search_after``; distinct keys by a composite."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from search.backends.elastic_client import Cluster
from search.backends.elastic_query import Query
from search.backends.payloads import StoredT, decoded
from search.errors import SearchError

_KEPT = "5m"
_DOCUMENTS_AT_ONCE = 10_000
_KEYS_AT_ONCE = 10_000


class Snapshot:
    """A family as it stood when the snapshot was taken."""

    def __init__(self, cluster: Cluster, snapshot_id: str) -> None:
        self._cluster = cluster
        self.snapshot_id = snapshot_id

    async def hits(self, query: Query, order: Sequence[str], source: Sequence[str]) -> AsyncIterator[dict[str, Any]]:
        """Yield every hit in the order of the fields."""
        body: dict[str, Any] = {
            "sort": [{field: {"order": "asc"}} for field in (*order, "_shard_doc")],
            "_source": list(source) or False,
        }
        async for page in self._pages(query, body):
            for hit in page:
                yield hit

    def numbered(self, query: Query) -> AsyncIterator[list[dict[str, Any]]]:
        """Yield every hit with its source and its sequence number, page by page, in no order."""
        return self._pages(query, {"sort": ["_shard_doc"], "seq_no_primary_term": True})

    async def structs(self, query: Query, order: Sequence[str], kind: type[StoredT]) -> AsyncIterator[StoredT]:
        """Yield the contract structs of the hits, in the order of the fields."""
        async for hit in self.hits(query, order, ("payload",)):
            yield decoded(base64.b64decode(hit["_source"]["payload"]), kind)

    async def keys(self, query: Query, field: str, minimum: int) -> AsyncIterator[str]:
        """Yield, in order, the values of a keyword that stand on at least so many documents."""
        async for bucket in self.buckets(query, field, {}):
            if bucket["doc_count"] >= minimum:
                yield bucket["key"][field]

    async def buckets(self, query: Query, field: str, measures: Query) -> AsyncIterator[dict[str, Any]]:
        """Yield, in order, the values of a keyword with the count and the measures of their documents."""
        composite: dict[str, Any] = {"size": _KEYS_AT_ONCE, "sources": [{field: {"terms": {"field": field}}}]}
        asked = {field: {"composite": composite, **({"aggs": measures} if measures else {})}}
        while True:
            body = {"query": query, "size": 0, "track_total_hits": False, "aggs": asked}
            part = (await self._search(body))["aggregations"][field]
            for bucket in part["buckets"]:
                yield bucket
            if "after_key" not in part:
                return
            composite["after"] = part["after_key"]

    async def _pages(self, query: Query, body: dict[str, Any]) -> AsyncIterator[list[dict[str, Any]]]:
        body = {**body, "query": query, "size": _DOCUMENTS_AT_ONCE, "track_total_hits": False}
        while True:
            found = (await self._search(body))["hits"]["hits"]
            if found:
                yield found
            if len(found) < _DOCUMENTS_AT_ONCE:
                return
            body["search_after"] = found[-1]["sort"]

    async def _search(self, body: dict[str, Any]) -> Any:
        body["pit"] = {"id": self.snapshot_id, "keep_alive": _KEPT}
        answer = await self._cluster.read("POST", "/_search", {"allow_partial_search_results": "false"}, body)
        self.snapshot_id = answer.get("pit_id", self.snapshot_id)
        return answer


@asynccontextmanager
async def snapshot(cluster: Cluster, alias: str) -> AsyncIterator[Snapshot]:
    """Take a snapshot of a family and release it at the end, also when its reader walks away."""
    opened = await cluster.read("POST", f"/{alias}/_pit", {"keep_alive": _KEPT})
    taken = Snapshot(cluster, opened["id"])
    try:
        yield taken
    finally:
        # Where it cannot be released it runs out by itself; what the reader has read stays right.
        with suppress(SearchError):
            await cluster.once("DELETE", "/_pit", None, {"id": taken.snapshot_id})
