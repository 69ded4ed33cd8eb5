"""An index that lives in memory: a real implementation of the protocol, written for tests of what reads an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Self

from search.contract import (
    Edge,
    EdgeKind,
    ExtractionEntry,
    ExtractionLoad,
    Flare,
    Health,
    Hit,
    LoadedCounts,
    Page,
    RecordDocument,
    SearchRequest,
    TemplateEntry,
)


def _edge_order(edge: Edge) -> tuple[str, str, str, str, str]:
    return (edge.key, edge.extraction_id, edge.role, edge.other, edge.label)


class MemoryIndex:
    """Holds everything in dictionaries. Searching answers all records in order; queries are the back ends' to test."""

    name = "memory"

    def __init__(self) -> None:
        self._entries: dict[str, ExtractionEntry] = {}
        self._documents: dict[str, list[RecordDocument]] = {}
        self._edges: dict[str, tuple[Edge, ...]] = {}
        self._flares: dict[str, tuple[Flare, ...]] = {}
        self._templates: dict[str, tuple[TemplateEntry, ...]] = {}
        self.edges_read = 0

    async def open(self) -> None:
        return

    async def close(self) -> None:
        return

    async def health(self) -> Health:
        return Health(is_ready=True, detail="in memory")

    async def load(self, load: ExtractionLoad) -> LoadedCounts:
        extraction_id = load.entry.extraction_id
        self._entries[extraction_id] = load.entry
        self._documents[extraction_id] = [document for batch in load.batches() for document in batch]
        await self.put_edges(extraction_id, load.edges(), load.flares(), load.templates())
        return await self.counts(extraction_id)

    async def put_entries(self, entries: Sequence[ExtractionEntry]) -> None:
        self._entries |= {entry.extraction_id: entry for entry in entries}

    async def put_edges(
        self, extraction_id: str, edges: Iterable[Edge], flares: Iterable[Flare], templates: Iterable[TemplateEntry]
    ) -> None:
        self._edges[extraction_id] = tuple(edges)
        self._flares[extraction_id] = tuple(flares)
        self._templates[extraction_id] = tuple(templates)

    async def remove(self, extraction_id: str) -> None:
        for held in (self._entries, self._documents, self._edges, self._flares, self._templates):
            held.pop(extraction_id, None)

    async def counts(self, extraction_id: str) -> LoadedCounts:
        documents = self._documents.get(extraction_id, [])
        return LoadedCounts(len(documents), sum(document.crc for document in documents))

    async def document_counts(self, extraction_ids: Sequence[str]) -> dict[str, int]:
        return {name: len(self._documents.get(name, [])) for name in extraction_ids}

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        return tuple(self._entries[key] for key in sorted(self._entries))

    async def search(self, request: SearchRequest) -> Page:
        hits = [_hit(document) for key in sorted(self._documents) for document in self._documents[key]]
        hits.sort(key=lambda hit: (hit.utc is None, hit.utc or "", hit.record_id))
        return Page(hits=tuple(hits[: request.size]), total=len(hits), next_after=None)

    async def get(self, record_id: str) -> Hit | None:
        found = (document for held in self._documents.values() for document in held)
        return next((_hit(document) for document in found if document.record_id == record_id), None)

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        found = {record_id: await self.get(record_id) for record_id in record_ids}
        return {record_id: hit for record_id, hit in found.items() if hit is not None}

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Self]:
        yield self

    async def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        holders: dict[str, set[str]] = defaultdict(set)
        for extraction_id, edges in self._edges.items():
            for edge in edges:
                if edge.kind == kind:
                    holders[edge.key].add(extraction_id)
        for key in sorted(holders):
            if len(holders[key]) >= minimum_extractions:
                yield key

    async def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        wanted = None if keys is None else set(keys)
        chosen = self._edges if extraction_ids is None else set(extraction_ids) & set(self._edges)
        found = [
            edge
            for extraction_id in chosen
            for edge in self._edges[extraction_id]
            if edge.kind == kind and (wanted is None or edge.key in wanted)
        ]
        for edge in sorted(found, key=_edge_order):
            self.edges_read += 1
            yield edge

    async def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        chosen = self._flares if extraction_ids is None else extraction_ids
        found = [flare for extraction_id in chosen for flare in self._flares.get(extraction_id, ())]
        for flare in sorted(found, key=lambda flare: flare.flare_id):
            yield flare

    async def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        found = [entry for held in self._templates.values() for entry in held]
        for entry in sorted(found, key=lambda entry: (entry.template_id, entry.extraction_id)):
            if template_ids is None or entry.template_id in set(template_ids):
                yield entry


def _hit(document: RecordDocument) -> Hit:
    return Hit(
        record_id=document.record_id,
        extraction_id=document.extraction_id,
        utc=document.utc,
        text=document.text,
        highlights=(),
        record=document.record,
        finding=document.finding,
        flare_id=document.flare_id,
    )
