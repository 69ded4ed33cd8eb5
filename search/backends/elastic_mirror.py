"""A copy on this machine of what linkage reads of the cluster: refreshed by what changed, thrown away at will.

The truth is the cluster's. Before each reading every extraction is compared by its signature (``elastic_standing``);
what differs is copied again, whoever changed it. Where the copy cannot be used (another process is busy with it, its
disk is full) the cluster answers, and a file that is damaged is made again.
"""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from search.backends.elastic_client import Cluster
from search.backends.elastic_control import LoadControl
from search.backends.elastic_families import Names
from search.backends.elastic_standing import Seen, Signature, seen
from search.backends.mirror_file import CopiedRows, MirrorFile, MirrorRefused, MirrorState
from search.backends.mirror_lock import MirrorLock, mirror_lock
from search.contract import Edge, EdgeKind, EvidenceIndex, ExtractionEntry, Flare, Hit, TemplateEntry
from search.errors import AccessRefused, IndexUnreachable

ValueT = TypeVar("ValueT")

_LOG = logging.getLogger(__name__)
_ATTEMPTS = 3
_DOCUMENTS_AT_ONCE = 50_000
_EXTRACTIONS_AT_ONCE = 5_000
_DAMAGES = (IndexUnreachable, sqlite3.Error, msgspec.DecodeError)


class ElasticMirror:
    """The copy of one cluster's indexes in one file.

    Args:
        path: Of the file; its lock lies beside it.
    """

    def __init__(self, cluster: Cluster, names: Names, control: LoadControl, path: Path) -> None:
        self._cluster = cluster
        self._names = names
        self._control = control
        self._path = path
        self._wait_seconds = cluster.settings.mirror_wait_seconds
        self._file = MirrorFile(path)
        self._is_behind = False

    def note_change(self) -> None:
        """Take note that this process has changed the cluster: comparing first would be in vain."""
        self._is_behind = True

    async def close(self) -> None:
        """Release the file. Safe to call twice."""
        await self._file.close()

    @asynccontextmanager
    async def reading(self, direct: EvidenceIndex) -> AsyncIterator[EvidenceIndex]:
        """Give the copy, equal to what the cluster holds now and unchanged until the end of the block.

        Args:
            direct: Reads the cluster itself; given in place of a copy that cannot be used.

        Raises:
            IndexUnreachable: The cluster is not there.
        """
        async with AsyncExitStack() as stack:
            given: EvidenceIndex = direct
            try:
                lock = await stack.enter_async_context(mirror_lock(self._path, self._wait_seconds))
                await self._bring_up_to_date(lock)
            except (MirrorRefused, AccessRefused) as exc:
                _LOG.warning("mirror of the index left aside", extra={"reason": str(exc)})
                await stack.aclose()
            else:
                given = MirrorReading(self._file, direct)
            yield given
        if isinstance(given, MirrorReading) and given.is_damaged:
            await self.discard()

    async def purge(self, extraction_id: str) -> None:
        """Remove one extraction from the file now; the next reading does so where another process reads it."""
        with _left_to_the_next_reading():
            async with mirror_lock(self._path, self._wait_seconds) as lock:
                await lock.own()
                if not self._file.is_there():
                    return
                try:
                    held = await self._state()
                    await self._file.begin(held.indexes, uuid.uuid4().hex, [extraction_id])
                    await self._file.forget_removed()
                except MirrorRefused:
                    await self._file.discard()

    async def discard(self) -> None:
        """Remove the file now, as the indexes were; the next reading does so where another process reads it."""
        with _left_to_the_next_reading():
            async with mirror_lock(self._path, self._wait_seconds) as lock:
                await lock.own()
                await self._file.discard()

    async def _bring_up_to_date(self, lock: MirrorLock) -> None:
        """Return with the lock shared and the file equal to the cluster."""
        for _ in range(_ATTEMPTS):
            if not self._is_behind:
                await lock.share()
                if await self._is_equal():
                    return
            await lock.own()
            self._is_behind = False
            token = await self._renewed()
            await lock.share()
            # Another process may have had its turn while the lock was changed.
            if (await self._state()).token == token:
                return
        raise MirrorRefused("other processes change it all the time")

    async def _is_equal(self) -> bool:
        if not self._file.is_there():
            return False
        try:
            held = await self._state()
        except MirrorRefused:
            return False
        async with seen(self._cluster, self._names, self._control) as now:
            return (held.indexes, held.signatures) == (now.indexes, now.signatures)

    async def _state(self) -> MirrorState:
        await self._file.make_ready()
        return await self._file.state()

    async def _renewed(self) -> str:
        """Make the file equal to the cluster, and return its token; a damaged one is made again."""
        async with seen(self._cluster, self._names, self._control) as now:
            try:
                return await self._equalled(await self._state(), now)
            except MirrorRefused as exc:
                _LOG.warning("mirror of the index made again", extra={"reason": str(exc)})
                await self._file.discard()
                return await self._equalled(await self._state(), now)

    async def _equalled(self, held: MirrorState, now: Seen) -> str:
        if held.indexes and held.indexes != now.indexes:
            await self._file.discard()
            held = await self._state()
        changed = [name for name, signature in now.signatures.items() if held.signatures.get(name) != signature]
        gone = held.signatures.keys() - now.signatures.keys()
        if held.indexes and not changed and not gone:
            return held.token
        token = uuid.uuid4().hex
        await self._file.begin(now.indexes, token, gone)
        if gone:
            await self._file.forget_removed()
        for portion in _portions(changed, now.signatures):
            await self._file.begin(now.indexes, token, portion)
            found = await self._copied(now, portion)
            if found != {name: now.signatures[name] for name in portion}:
                raise MirrorRefused("the cluster gave other documents than it counted")
            await self._file.seal(found)
        return token

    async def _copied(self, now: Seen, extraction_ids: Sequence[str]) -> dict[str, Signature]:
        """Put the documents of extractions into the file, and return what they were."""
        found: dict[str, Signature] = defaultdict(Signature)
        rows = CopiedRows()
        async for page in now.documents(extraction_ids):
            for hit in page:
                source = hit["_source"]
                found[source["extraction_id"]] = found[source["extraction_id"]].with_hit(hit)
                rows.add(source)
            if len(rows) >= _DOCUMENTS_AT_ONCE:
                await self._file.add(rows)
                rows = CopiedRows()
        await self._file.add(rows)
        return found


class MirrorReading:
    """Reads the copy; what its file refuses in the middle is read of the cluster, from there on.

    Attributes:
        is_damaged: Whether the file refused something.
    """

    def __init__(self, copy: EvidenceIndex, direct: EvidenceIndex) -> None:
        self._copy = copy
        self._direct = direct
        self.is_damaged = False

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Self]:
        """Give itself."""
        yield self

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        """Return the catalogue, by extraction id."""
        if not self.is_damaged:
            try:
                return await self._copy.entries()
            except _DAMAGES as exc:
                self._leave_aside(exc)
        return await self._direct.entries()

    def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        """Yield, in order, the keys of a kind that stand on at least so many extractions."""
        return self._values(lambda index: index.shared_keys(kind, minimum_extractions))

    def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        """Yield edges by (key, extraction id, role, other, label), narrowed by key, by extraction, or by both."""
        return self._values(lambda index: index.edges(kind, keys, extraction_ids))

    def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        """Yield flares by flare id."""
        return self._values(lambda index: index.flares(extraction_ids))

    def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        """Yield template entries by (template id, extraction id)."""
        return self._values(lambda index: index.templates(template_ids))

    async def get(self, record_id: str) -> Hit | None:
        """Return one record of the cluster, or None."""
        return await self._direct.get(record_id)

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        """Return those of the records that the cluster holds, by their ids."""
        return await self._direct.get_all(record_ids)

    async def _values(self, question: Callable[[EvidenceIndex], AsyncIterator[ValueT]]) -> AsyncIterator[ValueT]:
        given, last = 0, None
        if not self.is_damaged:
            try:
                async for value in question(self._copy):
                    yield value
                    given, last = given + 1, value
            except _DAMAGES as exc:
                self._leave_aside(exc)
            else:
                return
        async for value in _after(question(self._direct), given, last):
            yield value

    def _leave_aside(self, exc: Exception) -> None:
        self.is_damaged = True
        _LOG.warning("mirror of the index is damaged", extra={"reason": type(exc).__name__})


async def _after(values: AsyncIterator[ValueT], count: int, last: ValueT | None) -> AsyncIterator[ValueT]:
    """Yield what comes after the first so many values, of which the last is known."""
    at = 0
    async for value in values:
        at += 1
        if at > count:
            yield value
        elif at == count and value != last:
            raise IndexUnreachable("the index changed while it was read: try again")
    if at < count:
        raise IndexUnreachable("the index changed while it was read: try again")


@contextmanager
def _left_to_the_next_reading() -> Iterator[None]:
    try:
        yield
    except MirrorRefused as exc:
        _LOG.warning("mirror of the index not changed yet", extra={"reason": str(exc)})


def _portions(names: Iterable[str], signatures: Mapping[str, Signature]) -> Iterator[list[str]]:
    """Yield the names in portions of some thousand documents; an extraction that has more has one of its own."""
    portion: list[str] = []
    documents = 0
    for name in names:
        more = signatures[name].documents
        if portion and (documents + more > _DOCUMENTS_AT_ONCE or len(portion) == _EXTRACTIONS_AT_ONCE):
            yield portion
            portion, documents = [], 0
        portion.append(name)
        documents += more
    if portion:
        yield portion
