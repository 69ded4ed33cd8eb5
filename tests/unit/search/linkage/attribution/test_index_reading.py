from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from search.contract import Edge, EdgeKind
from search.errors import IndexUnreachable
from search.linkage.linkage import compute_linkage
from tests.fakes.memory_index import MemoryIndex


class FailingIndex(MemoryIndex):
    """Refuses the adverts, and never comes to an end with the keys of several extractions."""

    async def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        del kind, minimum_extractions
        await asyncio.Event().wait()
        yield ""

    async def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        if kind is EdgeKind.ADVERT:
            raise IndexUnreachable("the index file cannot be used")
        async for each in super().edges(kind, keys, extraction_ids):
            yield each


async def test_a_read_that_fails_is_told_and_leaves_none_of_the_others_going_on() -> None:
    with pytest.raises(IndexUnreachable, match="cannot be used"):
        await compute_linkage(FailingIndex())
    assert asyncio.all_tasks() == {asyncio.current_task()}
