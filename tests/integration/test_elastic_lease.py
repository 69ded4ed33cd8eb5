"""One writer at a time: the lease, and the sites that write under it."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import count

import msgspec
import pytest

from search.backends.elastic import ElasticIndex
from search.backends.elastic_client import Cluster
from search.backends.elastic_families import Names
from search.backends.elastic_lease import CLOCK_SKEW_SECONDS, Lease
from search.backends.elastic_settings import ElasticSettings
from search.contract import LoadedCounts, RecordDocument, SearchRequest
from search.errors import IndexBusy, IndexUnreachable, LeaseLost
from search.query.parse import parse_query
from tests.fakes.index_loads import MadeLoad, document, entry, load

pytestmark = pytest.mark.elastic

SECONDS = 60.0
DOCUMENTS = 300


class Clock:
    """Seconds since 1970 that a test moves by hand."""

    def __init__(self) -> None:
        self.seconds = 1_600_000_000.0

    def now(self) -> float:
        return self.seconds


class Claimants:
    """Makes claimants of one lease that share a clock."""

    def __init__(self, cluster: Cluster, settings: ElasticSettings) -> None:
        self.clock = Clock()
        self._cluster = cluster
        self._index = Names(settings.prefix).control

    def claimant(self, owner: str) -> Lease:
        return Lease(self._cluster, self._index, name="lines", owner=owner, seconds=SECONDS, now=self.clock.now)


@pytest.fixture
async def claimants(
    elastic_index: ElasticIndex,  # noqa: ARG001 - makes the control index
    elastic_settings: ElasticSettings,
) -> AsyncIterator[Claimants]:
    cluster = Cluster(elastic_settings)
    cluster.open()
    yield Claimants(cluster, elastic_settings)
    await cluster.close()


async def test_one_of_two_claimants_gets_the_lease(claimants: Claimants) -> None:
    leases = [claimants.claimant(owner) for owner in ("north", "south")]
    outcomes = await asyncio.gather(*(lease.claim() for lease in leases))
    assert sorted(outcomes) == [False, True]
    holder, other = leases if outcomes[0] else reversed(leases)
    assert not await other.claim()
    assert await holder.claim()
    await holder.check()
    with pytest.raises(LeaseLost):
        await other.check()


async def test_a_lease_that_ran_out_is_taken_over_by_one_and_its_holder_finds_out(claimants: Claimants) -> None:
    sleeper = claimants.claimant("north")
    assert await sleeper.claim()
    claimants.clock.seconds += SECONDS + CLOCK_SKEW_SECONDS
    late = [claimants.claimant(owner) for owner in ("south", "west")]
    assert not await late[0].claim(), "within the skew of two clocks the lease still holds"
    claimants.clock.seconds += 1
    await sleeper.check()
    outcomes = await asyncio.gather(*(lease.claim() for lease in late))
    assert sorted(outcomes) == [False, True]
    with pytest.raises(LeaseLost):
        await sleeper.check()
    with pytest.raises(LeaseLost):
        await sleeper.renew()
    await sleeper.release()
    assert not await sleeper.claim()


async def test_a_renewed_lease_holds_on(claimants: Claimants) -> None:
    holder, other = claimants.claimant("north"), claimants.claimant("south")
    assert await holder.claim()
    for _ in range(3):
        claimants.clock.seconds += SECONDS
        await holder.renew()
        assert not await other.claim()
    await holder.release()
    assert await other.claim()
    with pytest.raises(LeaseLost):
        await holder.renew()


async def test_a_holder_that_missed_the_answer_to_its_own_renewal_holds_on(claimants: Claimants) -> None:
    holder, other = claimants.claimant("north"), claimants.claimant("south")
    assert await holder.claim()
    assert await claimants.claimant("north").claim(), "what the server applied, and the answer to which was lost"
    await holder.renew()
    assert not await other.claim()
    assert await claimants.claimant("north").claim()
    await holder.release()
    assert await other.claim()


class Slow(MadeLoad):
    """Stops in the middle of its documents until it is let go on."""

    def __init__(self, extraction_id: str) -> None:
        super().__init__(entry(extraction_id), documents_of(extraction_id))
        self.batch_size = 100
        self.is_begun = threading.Event()
        self.may_go_on = threading.Event()

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        for place, batch in enumerate(super().batches()):
            if place == 1:
                self.is_begun.set()
                assert self.may_go_on.wait(60)
            yield batch


def documents_of(extraction_id: str) -> list[RecordDocument]:
    return [document(extraction_id, at, f"bell me {at}") for at in range(DOCUMENTS)]


class Sites:
    """Two sites that load one cluster, the first of them in the middle of a load."""

    def __init__(self, settings: ElasticSettings) -> None:
        self.settings = settings
        self.north = ElasticIndex(settings)
        self.slow = Slow("ex-north")
        self._others: list[ElasticIndex] = []

    async def begin(self) -> asyncio.Task[LoadedCounts]:
        await self.north.open()
        loading = asyncio.create_task(self.north.load(self.slow))
        assert await asyncio.to_thread(self.slow.is_begun.wait, 60)
        return loading

    async def south(self, **changes: float) -> ElasticIndex:
        ahead = changes.pop("clock_ahead", 0.0)
        made = ElasticIndex(msgspec.structs.replace(self.settings, **changes), lambda: time.time() + ahead)
        self._others.append(made)
        await made.open()
        return made

    async def close(self) -> None:
        self.slow.may_go_on.set()
        for each in (self.north, *self._others):
            await each.close()


@pytest.fixture
async def sites(
    elastic_index: ElasticIndex,  # noqa: ARG001 - makes the indexes, and removes them
    elastic_settings: ElasticSettings,
) -> AsyncIterator[Sites]:
    made = Sites(msgspec.structs.replace(elastic_settings, bulk_documents=100))
    yield made
    await made.close()


async def bells(index: ElasticIndex) -> int:
    return (await index.search(SearchRequest(tree=parse_query("bell")))).total


async def test_of_two_sites_one_writes_at_a_time_and_both_are_read_meanwhile(sites: Sites) -> None:
    first = await sites.begin()
    south = await sites.south()
    second = asyncio.create_task(south.load(load("ex-south", "bell")))
    await asyncio.sleep(1.5)
    assert not second.done()
    assert await bells(south) == 0
    assert await south.entries() == ()
    sites.slow.may_go_on.set()
    assert (await first).documents == DOCUMENTS
    assert (await second).documents == 1
    assert await bells(south) == await bells(sites.north) == DOCUMENTS + 1
    await sites.north.remove("ex-north")
    assert await bells(south) == 1


async def test_who_waits_for_too_long_leaves_it_for_later_and_loses_nothing(sites: Sites) -> None:
    first = await sites.begin()
    south = await sites.south(patience_seconds=0.5)
    for write in (south.load(load("ex-south", "bell")), south.put_entries([entry("ex-south")]), south.remove("ex-x")):
        with pytest.raises(IndexBusy, match="another site has been writing") as busy:
            await write
        assert isinstance(busy.value, IndexUnreachable)
    sites.slow.may_go_on.set()
    await first
    await south.load(load("ex-south", "bell"))
    assert await bells(south) == DOCUMENTS + 1


async def test_a_writer_that_was_overtaken_in_its_sleep_shows_nothing_and_loads_again(sites: Sites) -> None:
    first = await sites.begin()
    south = await sites.south(clock_ahead=2 * SECONDS + CLOCK_SKEW_SECONDS)
    await south.load(load("ex-south", "bell"))
    sites.slow.may_go_on.set()
    with pytest.raises(LeaseLost):
        await first
    assert await bells(sites.north) == 1
    counts = await sites.north.load(sites.slow)
    assert counts == LoadedCounts(sites.slow.document_count, sites.slow.crc_sum)
    assert await bells(south) == DOCUMENTS + 1


async def test_a_lease_is_renewed_while_a_load_takes_longer(sites: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.backends.elastic_lease.CLOCK_SKEW_SECONDS", 0.0)
    sites.north = ElasticIndex(msgspec.structs.replace(sites.settings, lease_seconds=1.5))
    first = await sites.begin()
    south = await sites.south(patience_seconds=4.0)
    with pytest.raises(IndexBusy):
        await south.load(load("ex-south", "bell"))
    sites.slow.may_go_on.set()
    assert (await first).documents == DOCUMENTS


async def test_a_site_that_loads_much_lets_others_in_between(sites: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.backends.elastic_writer._TURN_SECONDS", 0.5)
    sites.slow.may_go_on.set()
    await (await sites.begin())
    south = await sites.south(patience_seconds=60.0)
    is_over = False
    is_busy = asyncio.Event()

    async def go_on() -> None:
        for number in count():
            await sites.north.load(load(f"ex-{number % 3}", "bell"))
            if number:
                is_busy.set()
            if is_over:
                return

    busy = asyncio.create_task(go_on())
    await is_busy.wait()
    await south.load(load("ex-south", "bell"))
    assert not busy.done()
    is_over = True
    await busy
    assert await bells(south) > DOCUMENTS + 1


_WRITER = """
import asyncio, sys, threading
from search.backends.elastic import ElasticIndex
from search.backends.elastic_settings import ElasticSettings
from tests.fakes.index_loads import load

async def main(url, prefix):
    index = ElasticIndex(ElasticSettings(url=url, prefix=prefix))
    await index.open()
    made = load("ex-1", "bell stale")
    whole = made.batches
    def batches():
        print("begun", flush=True)
        threading.Event().wait(600)
        yield from whole()
    made.batches = batches
    await index.load(made)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_site_that_is_killed_is_succeeded_once_its_lease_has_run_out(sites: Sites) -> None:
    settings = sites.settings
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITER, settings.url, settings.prefix, stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    assert await writer.stdout.readline() == b"begun\n"
    writer.kill()
    await writer.wait()
    with pytest.raises(IndexBusy):
        await (await sites.south(patience_seconds=0.5)).load(load("ex-1", "bell"))
    successor = await sites.south(clock_ahead=SECONDS + CLOCK_SKEW_SECONDS + 1)
    await successor.load(load("ex-1", "bell"))
    assert await bells(successor) == 1
