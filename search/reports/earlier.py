"""An index as it was when it held fewer extractions: what a report since an instant is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager

import msgspec

from search.contract import Edge, EdgeKind, EvidenceIndex, ExtractionEntry, Flare, Hit, TemplateEntry

_KEYS_A_READ = 500


class EarlierIndex:
    """Shows of an index what belongs to the extractions held then; it can be read by linkage and reports alone.

    Args:
        index: An open index.
        extraction_ids: Extractions that were held then.
    """

    def __init__(self, index: EvidenceIndex, extraction_ids: frozenset[str]) -> None:
        self._index = index
        self._held = extraction_ids

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[EarlierIndex]:
        """Give what was held then, of what the index gives for many questions."""
        async with self._index.reading() as held:
            yield EarlierIndex(held, self._held)

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        """Return the catalogue of then, by extraction id; what was superseded later is not."""
        return tuple(
            entry
            if entry.superseded_by is None or entry.superseded_by in self._held
            else msgspec.structs.replace(entry, superseded_by=None)
            for entry in await self._index.entries()
            if entry.extraction_id in self._held
        )

    async def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        """Yield, in order, the keys of a kind that stood on at least so many extractions then."""
        keys: list[str] = []
        async for key in self._index.shared_keys(kind, minimum_extractions):
            keys.append(key)
            if len(keys) == _KEYS_A_READ:
                for shared in await self._still_shared(kind, keys, minimum_extractions):
                    yield shared
                keys = []
        for shared in await self._still_shared(kind, keys, minimum_extractions):
            yield shared

    async def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        """Yield the edges of then, in the index's order."""
        async for edge in self._index.edges(kind, keys, self._narrowed(extraction_ids)):
            if edge.extraction_id in self._held:
                yield edge

    async def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        """Yield the flares of then, by flare id."""
        async for flare in self._index.flares(self._narrowed(extraction_ids)):
            if flare.extraction_id in self._held:
                yield flare

    async def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        """Yield the template entries of then."""
        async for entry in self._index.templates(template_ids):
            if entry.extraction_id in self._held:
                yield entry

    async def get(self, record_id: str) -> Hit | None:
        """Return a record of then; None: it was not held."""
        hit = await self._index.get(record_id)
        return hit if hit is not None and hit.extraction_id in self._held else None

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        """Return those of the records that were held then, by their ids."""
        found = await self._index.get_all(record_ids)
        return {name: hit for name, hit in found.items() if hit.extraction_id in self._held}

    def _narrowed(self, extraction_ids: Sequence[str] | None) -> Sequence[str] | None:
        return None if extraction_ids is None else [name for name in extraction_ids if name in self._held]

    async def _still_shared(self, kind: EdgeKind, keys: Sequence[str], minimum: int) -> list[str]:
        if not keys:
            return []
        holders: dict[str, set[str]] = defaultdict(set)
        async for edge in self.edges(kind, keys):
            holders[edge.key].add(edge.extraction_id)
        return [key for key in keys if len(holders[key]) >= minimum]
