"""What the cluster holds of each extraction that linkage reads, as counts and sums: how a copy is told from the truth.

Every write of a document gets the next sequence number of its shard, and what a load writes in one place is told by
its generation. So two states of an extraction differ in their sums, also where a load was cut short, and nothing but
the documents themselves is asked: whoever wrote them, with whatever version, is found out. Sequence numbers and
generations begin again where an index is made anew or put back from a snapshot; its ids say so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import orjson

from search.backends.elastic_client import Cluster
from search.backends.elastic_control import LoadControl, Loading
from search.backends.elastic_families import Family, Names
from search.backends.elastic_query import Query, all_but, one_of
from search.backends.elastic_scan import Snapshot, snapshot
from search.errors import IndexUnreachable

READ_BY_LINKAGE = (Family.EDGES, Family.FLARES, Family.TEMPLATES, Family.EXTRACTIONS)
_IDS = "*.settings.index.uuid,*.settings.index.history"
_MEASURES: Query = {
    "places": {"sum": {"field": "place"}},
    "generations": {"sum": {"field": "generation"}},
    "sequences": {"sum": {"field": "_seq_no"}},
    "latest": {"max": {"field": "_seq_no"}},
}
_ATTEMPTS = 3
_PAUSE_SECONDS = 0.1


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """Count and order-free sums of the documents of one extraction; exact while a sum is below 2**53."""

    documents: int = 0
    places: int = 0
    generations: int = 0
    sequences: int = 0
    latest: int = 0

    def with_hit(self, hit: Mapping[str, Any]) -> Signature:
        """Return the signature with one more document."""
        source, sequence = hit["_source"], hit["_seq_no"]
        return Signature(
            self.documents + 1,
            self.places + source.get("place", 0),
            self.generations + source["generation"],
            self.sequences + sequence,
            max(self.latest, sequence),
        )


class Seen:
    """What linkage reads, as it stood at one instant.

    Attributes:
        indexes: Which indexes they are; others, or the same put back from a snapshot, have another name here.
        signatures: By extraction; of what is being loaded there is none.
    """

    def __init__(self, taken: Snapshot, indexes: str, signatures: Mapping[str, Signature]) -> None:
        self._taken = taken
        self.indexes = indexes
        self.signatures = signatures

    def documents(self, extraction_ids: Sequence[str]) -> AsyncIterator[list[dict[str, Any]]]:
        """Yield the documents of extractions with source and sequence number, page by page, in no order."""
        return self._taken.numbered(all_but([one_of("extraction_id", extraction_ids)], []))


@asynccontextmanager
async def seen(cluster: Cluster, names: Names, control: LoadControl) -> AsyncIterator[Seen]:
    """Take a snapshot of what linkage reads, with the signature of every extraction that is whole.

    Looks again where a load began or ended meanwhile. Where loads begin all the time, what was being loaded before or
    after is left out.

    Raises:
        IndexUnreachable: The indexes are replaced all the time, or the cluster is not there.
    """
    aliases = ",".join(map(names.read, READ_BY_LINKAGE))
    for is_last in (*[False] * (_ATTEMPTS - 1), True):
        indexes, before = await _standing(cluster, f"{aliases},{names.control}", control)
        async with snapshot(cluster, aliases) as taken:
            signatures = await _signatures(taken)
            same_indexes, after = await _standing(cluster, f"{aliases},{names.control}", control)
            if indexes == same_indexes and (before == after or is_last):
                hidden = before.extraction_ids | after.extraction_ids
                yield Seen(taken, indexes, _without(signatures, hidden))
                return
        await asyncio.sleep(_PAUSE_SECONDS)
    raise IndexUnreachable("the indexes are being made anew; try again")


async def _standing(cluster: Cluster, indexes: str, control: LoadControl) -> tuple[str, Loading]:
    ids, loading = await asyncio.gather(
        cluster.read("GET", f"/{indexes}/_settings", {"filter_path": _IDS}), control.loading()
    )
    return orjson.dumps(ids, option=orjson.OPT_SORT_KEYS).decode(), loading


async def _signatures(taken: Snapshot) -> dict[str, Signature]:
    return {
        bucket["key"]["extraction_id"]: Signature(
            bucket["doc_count"], *(int(bucket[measure]["value"] or 0) for measure in _MEASURES)
        )
        async for bucket in taken.buckets(all_but([], []), "extraction_id", _MEASURES)
    }


def _without(signatures: Mapping[str, Signature], hidden: Collection[str]) -> dict[str, Signature]:
    return {name: signature for name, signature in signatures.items() if name not in hidden}
