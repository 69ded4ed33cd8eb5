"""An index whose every question about links goes through the mirror, brought up to date for each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from search.backends.elastic import ElasticIndex
from search.backends.elastic_mirror import MirrorReading
from search.contract import Edge, EdgeKind, EvidenceIndex, ExtractionEntry, Flare, TemplateEntry

ValueT = TypeVar("ValueT")


@asynccontextmanager
async def mirrored(index: ElasticIndex) -> AsyncIterator[MirrorReading]:
    """Give the mirror of an index; fails where the cluster itself would answer."""
    async with index.reading() as held:
        assert isinstance(held, MirrorReading)
        yield held
        assert not held.is_damaged


class ThroughMirror(ElasticIndex):
    """Answers as the mirror does, and never as the cluster does, where linkage asks."""

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        async with mirrored(self) as held:
            return await held.entries()

    def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        return self._through(lambda held: held.shared_keys(kind, minimum_extractions))

    def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        return self._through(lambda held: held.edges(kind, keys, extraction_ids))

    def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        return self._through(lambda held: held.flares(extraction_ids))

    def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        return self._through(lambda held: held.templates(template_ids))

    async def _through(self, question: Callable[[EvidenceIndex], AsyncIterator[ValueT]]) -> AsyncIterator[ValueT]:
        async with mirrored(self) as held:
            values = [value async for value in question(held)]
        for value in values:
            yield value
