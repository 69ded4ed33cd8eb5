"""An index of phones that gives their records too: what reports quote word for word is read from those."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parsers.records.facts import Message
from search.contract import Hit
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone


class RecordedIndex(MemoryIndex):
    """Holds edges, flares and templates as every such index, and records by their ids."""

    def __init__(self, phones: Sequence[Phone]) -> None:
        super().__init__()
        self._hits = {
            record.record_id: Hit(
                record_id=record.record_id,
                extraction_id=record.extraction_id,
                utc=record.time.utc,
                text=record.body or "",
                highlights=(),
                record=msgspec.msgpack.encode(record),
                finding=msgspec.msgpack.encode(said),
            )
            for phone in phones
            for record, said in phone.rows
            if isinstance(record, Message)
        }

    async def get(self, record_id: str) -> Hit | None:
        return self._hits.get(record_id)


async def recorded(phones: Sequence[Phone]) -> RecordedIndex:
    """Return an index that holds the phones with their records."""
    index = RecordedIndex(phones)
    for phone in phones:
        collected = phone.collected()
        await index.put_entries([phone.entry()])
        await index.put_edges(phone.extraction_id, collected.edges, collected.flares, collected.templates)
    return index
