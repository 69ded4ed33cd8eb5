"""The Elasticsearch index: one cluster for a force or several, loaded by every site.

An extraction is hidden while it is loaded (``elastic_control``), its documents have derived ids and the load's
generation as external version, and what an earlier load left is removed before the extraction is shown. So a load can
be killed at any instant and run again, and two loaders of one extraction cannot mix. Of all sites one writes at a time
(``elastic_writer``): it holds a lease, and each generation, a later number of the sequence that the lease is of, is the
fencing number of what it writes.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from search.backends import elastic_lines, elastic_search
from search.backends.elastic_client import Cluster
from search.backends.elastic_control import LoadControl
from search.backends.elastic_families import Family, Names, make_indexes
from search.backends.elastic_loader import BulkLoader
from search.backends.elastic_mirror import ElasticMirror
from search.backends.elastic_query import Query, all_but, one_of
from search.backends.elastic_scan import snapshot
from search.backends.elastic_settings import ElasticSettings
from search.backends.elastic_writer import ElasticWriter
from search.backends.payloads import StoredT
from search.contract import (
    Edge,
    EdgeKind,
    EvidenceIndex,
    ExtractionEntry,
    ExtractionLoad,
    Flare,
    Health,
    Hit,
    LoadedCounts,
    Page,
    SearchRequest,
    TemplateEntry,
)
from search.errors import IndexConflict, SearchError
from search.stored_values import keyword

_KEYS_AT_ONCE = 10_000
_DELETED_AT_ONCE = 20_000
_LINKS = (Family.EDGES, Family.FLARES, Family.TEMPLATES)


class ElasticIndex:
    """An index in a cluster. Bound to the event loop that opens it; must be closed.

    Args:
        settings: Where the cluster is.
        now: Seconds since 1970, by which leases run out; a test gives its own.
    """

    name = "elastic"

    def __init__(self, settings: ElasticSettings, now: Callable[[], float] = time.time) -> None:
        self._cluster = Cluster(settings)
        self._names = Names(settings.prefix)
        self._writer = ElasticWriter(self._cluster, self._names.control, now)
        self._control = LoadControl(self._cluster, self._names.control, self._writer.check)
        self._mirror: ElasticMirror | None = None
        if settings.mirror is not None:
            self._mirror = ElasticMirror(self._cluster, self._names, self._control, settings.mirror)

    async def open(self) -> None:
        """Connect, make the indexes that are missing, and check those that are there."""
        self._cluster.open()
        try:
            await make_indexes(self._cluster, self._names)
        except BaseException:
            await self._cluster.close()
            raise

    async def close(self) -> None:
        """Release the connection. Safe to call twice."""
        if self._mirror is not None:
            await self._mirror.close()
        await self._cluster.close()

    async def health(self) -> Health:
        """Say whether the cluster can be used now. Never raises."""
        try:
            state = await self._cluster.once("GET", f"/_cluster/health/{self._names.read(Family.RECORDS)}")
            nodes = await self._cluster.once("GET", "/_nodes/_local", {"filter_path": "nodes.*.version"})
        except SearchError as exc:
            return Health(is_ready=False, detail=str(exc))
        version = next((node["version"] for node in nodes.get("nodes", {}).values()), "")
        status = state.get("status", "unknown")
        return Health(is_ready=status in {"green", "yellow"}, detail=f"cluster status {status}", version=version)

    async def load(self, load: ExtractionLoad) -> LoadedCounts:
        """Put one extraction, replacing whatever was held of it; it is found only when it is whole.

        Raises:
            IndexBusy: Another site writes to the cluster and goes on.
            LeaseLost: Another site took over the right to write meanwhile; the extraction stays hidden.
            IndexConflict: What is held is not what was given, or another load of the extraction has begun.
        """
        async with self._writer.writing():
            return await self._load(load)

    async def _load(self, load: ExtractionLoad) -> LoadedCounts:
        extraction_id = load.entry.extraction_id
        self._note_change()
        claim = await self._control.begin(keyword(extraction_id))
        await self._send(Family.RECORDS, elastic_lines.record_lines(load, claim.generation))
        await self._send_links(extraction_id, load.edges(), load.flares(), load.templates(), claim.generation)
        await self._remove_older(keyword(extraction_id), claim.generation, (Family.RECORDS, *_LINKS))
        held = await elastic_search.counts(self._cluster, self._names.read(Family.RECORDS), extraction_id, ())
        if held != LoadedCounts(load.document_count, load.crc_sum):
            raise IndexConflict(
                f"{extraction_id}: {held.documents} documents are held, announced were {load.document_count}; "
                "it stays hidden until it is loaded again"
            )
        await self._send(Family.EXTRACTIONS, elastic_lines.entry_lines([load.entry], claim.generation))
        await self._refresh(Family.EXTRACTIONS)
        await self._control.finish(claim)
        return held

    async def put_entries(self, entries: Sequence[ExtractionEntry]) -> None:
        """Put or replace catalogue entries only."""
        async with self._writer.writing():
            self._note_change()
            generation = await self._control.next_generation()
            await self._send(Family.EXTRACTIONS, elastic_lines.entry_lines(entries, generation))
            await self._refresh(Family.EXTRACTIONS)

    async def put_edges(
        self, extraction_id: str, edges: Iterable[Edge], flares: Iterable[Flare], templates: Iterable[TemplateEntry]
    ) -> None:
        """Replace the edges, flares and templates of one extraction, its documents untouched."""
        async with self._writer.writing():
            self._note_change()
            generation = await self._control.next_generation()
            await self._send_links(extraction_id, edges, flares, templates, generation)
            await self._remove_older(keyword(extraction_id), generation, _LINKS)

    async def remove(self, extraction_id: str) -> None:
        """Remove everything of one extraction; hidden at once, also when the removal is cut short."""
        async with self._writer.writing():
            claim = await self._control.begin(keyword(extraction_id))
            await self._remove_older(keyword(extraction_id), claim.generation, tuple(Family))
            await self._control.finish(claim)
        if self._mirror is not None:
            await self._mirror.purge(keyword(extraction_id))

    async def counts(self, extraction_id: str) -> LoadedCounts:
        """Return what is held of one extraction; zeros where nothing whole is."""
        hidden = [self._control.hidden()]
        return await elastic_search.counts(self._cluster, self._names.read(Family.RECORDS), extraction_id, hidden)

    async def document_counts(self, extraction_ids: Sequence[str]) -> dict[str, int]:
        """Return how many documents are held of each of these extractions; 0 where nothing whole is."""
        alias = self._names.read(Family.RECORDS)
        return await elastic_search.document_counts(self._cluster, alias, self._control.hidden(), extraction_ids)

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        """Return the catalogue, by extraction id."""
        query = all_but([], [self._control.hidden()])
        found = self._structs(Family.EXTRACTIONS, [query], ("extraction_id",), ExtractionEntry)
        return tuple([entry async for entry in found])

    async def search(self, request: SearchRequest) -> Page:
        """Answer a query."""
        alias = self._names.read(Family.RECORDS)
        return await elastic_search.search(self._cluster, alias, self._control.hidden(), request)

    async def get(self, record_id: str) -> Hit | None:
        """Return one record, or None."""
        alias = self._names.read(Family.RECORDS)
        return await elastic_search.get(self._cluster, alias, self._control.hidden(), record_id)

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        """Return those of the records that are held, by their ids."""
        alias = self._names.read(Family.RECORDS)
        return await elastic_search.get_all(self._cluster, alias, self._control.hidden(), record_ids)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[EvidenceIndex]:
        """Give the mirror, brought up to date; the cluster itself where there is none."""
        if self._mirror is None:
            yield self
            return
        async with self._mirror.reading(self) as given:
            yield given

    async def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        """Yield, in order, the keys of a kind that stand on at least so many extractions."""
        wanted: list[Query] = [{"term": {"kind": kind.value}}, {"term": {"is_first": True}}]
        query = all_but(wanted, [self._control.hidden()])
        async with snapshot(self._cluster, self._names.read(Family.EDGES)) as taken:
            async for key in taken.keys(query, "key", minimum_extractions):
                yield key

    def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        """Yield edges by (key, extraction id, role, other, label), narrowed by key, by extraction, or by both."""
        wanted: list[Query] = [{"term": {"kind": kind.value}}]
        if extraction_ids is not None:
            wanted.append(one_of("extraction_id", extraction_ids))
        hidden = [self._control.hidden()]
        queries = [all_but(wanted, hidden)]
        if keys is not None:
            # Ascending portions of keys keep the order over all of them.
            ordered = sorted({keyword(key) for key in keys})
            portions = [ordered[at : at + _KEYS_AT_ONCE] for at in range(0, len(ordered), _KEYS_AT_ONCE)]
            queries = [all_but([*wanted, one_of("key", portion)], hidden) for portion in portions]
        order = ("key", "extraction_id", "role", "other", "label", "place")
        return self._structs(Family.EDGES, queries, order, Edge)

    def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        """Yield flares by flare id."""
        wanted = [] if extraction_ids is None else [one_of("extraction_id", extraction_ids)]
        query = all_but(wanted, [self._control.hidden()])
        return self._structs(Family.FLARES, [query], ("flare_id", "extraction_id", "place"), Flare)

    def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        """Yield template entries by (template id, extraction id)."""
        wanted = [] if template_ids is None else [one_of("template_id", template_ids)]
        query = all_but(wanted, [self._control.hidden()])
        return self._structs(Family.TEMPLATES, [query], ("template_id", "extraction_id", "place"), TemplateEntry)

    def _note_change(self) -> None:
        if self._mirror is not None:
            self._mirror.note_change()

    async def _structs(
        self, family: Family, queries: Sequence[Query], order: Sequence[str], kind: type[StoredT]
    ) -> AsyncIterator[StoredT]:
        async with snapshot(self._cluster, self._names.read(family)) as taken:
            for query in queries:
                async for value in taken.structs(query, order, kind):
                    yield value

    async def _send(self, family: Family, lines: Iterable[bytes]) -> None:
        await BulkLoader(self._cluster, self._names.write(family)).send(lines)

    async def _send_links(
        self,
        extraction_id: str,
        edges: Iterable[Edge],
        flares: Iterable[Flare],
        templates: Iterable[TemplateEntry],
        generation: int,
    ) -> None:
        await self._send(Family.EDGES, elastic_lines.edge_lines(extraction_id, edges, generation))
        await self._send(Family.FLARES, elastic_lines.flare_lines(extraction_id, flares, generation))
        await self._send(Family.TEMPLATES, elastic_lines.template_lines(extraction_id, templates, generation))

    async def _refresh(self, *families: Family) -> None:
        names = ",".join(self._names.read(family) for family in families)
        await self._cluster.write("POST", f"/{names}/_refresh")

    async def _remove_older(self, extraction_id: str, generation: int, families: tuple[Family, ...]) -> None:
        """Refresh, and remove what loads before this generation left."""
        await self._refresh(*families)
        of_extraction: Query = {"term": {"extraction_id": extraction_id}}
        older = all_but([of_extraction, {"range": {"generation": {"lt": generation}}}], [])
        for family in families:
            alias = self._names.read(family)
            if not (await self._cluster.read("POST", f"/{alias}/_count", None, {"query": older}))["count"]:
                continue
            lines: list[bytes] = []
            async with snapshot(self._cluster, alias) as taken:
                async for hit in taken.hits(older, (), ()):
                    lines.append(elastic_lines.delete_line(hit["_id"], generation))
                    if len(lines) >= _DELETED_AT_ONCE:
                        await self._send(family, lines)
                        lines = []
            await self._send(family, lines)
            await self._refresh(family)
