"""Records that reports quote, read from an index: many with one question, and each once."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from parsers.records.facts import Message, Record
from search.contract import EvidenceIndex

_RECORD_DECODER = msgspec.msgpack.Decoder(Record)


class QuotedRecords:
    """Messages of an index by their ids.

    Args:
        index: An open index.
    """

    def __init__(self, index: EvidenceIndex) -> None:
        self._index = index
        self._held: dict[str, Message | None] = {}

    async def read(self, record_ids: Iterable[str]) -> None:
        """Read records that will be asked for; what was read before is not read again."""
        wanted = sorted(set(record_ids).difference(self._held))
        if not wanted:
            return
        hits = await self._index.get_all(wanted)
        for record_id in wanted:
            hit = hits.get(record_id)
            record = _RECORD_DECODER.decode(hit.record) if hit is not None and hit.record else None
            self._held[record_id] = record if isinstance(record, Message) else None

    async def message(self, record_id: str) -> Message | None:
        """Return a message; None: the index holds none under this id."""
        await self.read((record_id,))
        return self._held[record_id]
