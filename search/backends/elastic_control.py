"""Which extractions are being loaded, and in which order loads began.

One document lists them; every search leaves them out by a terms lookup, which reads the list in real time. So an
extraction is found only when it is whole, whoever refreshes meanwhile, and one whose loader was killed stays hidden
until it is loaded again. Each change of the document takes the next sequence number of its index: that number is the
*generation* of the load, the external version of all its documents. A loader that was overtaken gets conflicts.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from search.backends.elastic_client import Cluster, DocumentMissing, VersionConflict, pause_seconds
from search.errors import IndexConflict, IndexUnreachable

LOADING_ID = "loading"
_ATTEMPTS = 60


class Claim(msgspec.Struct, frozen=True):
    """One load: its extraction, its generation, and the token that says that it is still the latest."""

    extraction_id: str
    generation: int
    token: str


class Loading(msgspec.Struct, frozen=True):
    """What is being loaded, and the latest generation that was given out; 0: none was."""

    generation: int = 0
    extraction_ids: frozenset[str] = frozenset()


class LoadControl:
    """The document that lists what is being loaded.

    Args:
        cluster: Where it is kept.
        index: The control index.
        check: Raises where the one who changes the document has no right to any more. It is asked between reading the
            document and replacing just what was read, so that nobody replaces what a successor wrote.
    """

    def __init__(self, cluster: Cluster, index: str, check: Callable[[], Awaitable[None]] | None = None) -> None:
        self._cluster = cluster
        self._index = index
        self._check = check

    def hidden(self) -> dict[str, object]:
        """Return the query of everything that belongs to an extraction that is being loaded."""
        return {"terms": {"extraction_id": {"index": self._index, "id": LOADING_ID, "path": "extraction_ids"}}}

    async def loading(self) -> Loading:
        """Return what is being loaded at this instant."""
        try:
            found: Any = await self._cluster.read("GET", f"/{self._index}/_doc/{LOADING_ID}")
        except DocumentMissing:
            return Loading()
        return Loading(int(found["_seq_no"]) + 1, frozenset(found["_source"]["extraction_ids"]))

    async def begin(self, extraction_id: str) -> Claim:
        """Hide an extraction and return the claim to load it; an earlier claim to it is void."""
        token = uuid.uuid4().hex
        generation = await self._change({extraction_id: token}, None)
        return Claim(extraction_id, generation, token)

    async def finish(self, claim: Claim) -> None:
        """Show the extraction.

        Raises:
            IndexConflict: Another load of it has begun since.
        """
        await self._change({}, claim)

    async def next_generation(self) -> int:
        """Return a generation for a change that hides nothing."""
        return await self._change({}, None)

    async def _change(self, begun: dict[str, str], finished: Claim | None) -> int:
        for attempt in range(_ATTEMPTS):
            claims, condition = await self._read()
            if self._check is not None:
                await self._check()
            if finished is not None:
                # On a second attempt the first may have been applied, and only its answer lost.
                held = claims.pop(finished.extraction_id, finished.token if attempt else None)
                if held != finished.token:
                    raise IndexConflict(f"another load of {finished.extraction_id} has begun")
            claims.update(begun)
            body = {"extraction_ids": sorted(claims), "claims": claims}
            try:
                answer = await self._cluster.write("PUT", f"/{self._index}/_doc/{LOADING_ID}", condition, body)
            except VersionConflict:
                await asyncio.sleep(pause_seconds(min(attempt, 3)))
                continue
            return int(answer["_seq_no"]) + 1
        raise IndexUnreachable("the list of loads changes all the time; try again")

    async def _read(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the claims, and the condition under which they may be replaced."""
        try:
            found: Any = await self._cluster.write("GET", f"/{self._index}/_doc/{LOADING_ID}")
        except DocumentMissing:
            return {}, {"op_type": "create"}
        condition = {"if_seq_no": str(found["_seq_no"]), "if_primary_term": str(found["_primary_term"])}
        return dict(found["_source"]["claims"]), condition
