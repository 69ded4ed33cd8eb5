from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest

from search.backends.elastic import ElasticIndex
from search.backends.elastic_client import Cluster, VersionConflict
from search.backends.elastic_families import Names
from search.backends.elastic_lease import CLOCK_SKEW_SECONDS, Lease
from search.backends.elastic_settings import ElasticSettings
from search.errors import LeaseLost

pytestmark = pytest.mark.elastic

SECONDS = 60.0


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
    assert holder.fence > 0
    assert other.fence == 0
    assert not await other.claim()
    assert await holder.claim()


async def test_a_lease_that_ran_out_is_taken_over_by_one_and_its_holder_finds_out(claimants: Claimants) -> None:
    sleeper = claimants.claimant("north")
    assert await sleeper.claim()
    fence = sleeper.fence
    claimants.clock.seconds += SECONDS + CLOCK_SKEW_SECONDS
    late = [claimants.claimant(owner) for owner in ("south", "west")]
    assert not await late[0].claim(), "within the skew of two clocks the lease still holds"
    claimants.clock.seconds += 1
    outcomes = await asyncio.gather(*(lease.claim() for lease in late))
    assert sorted(outcomes) == [False, True]
    assert max(lease.fence for lease in late) > fence
    with pytest.raises(LeaseLost):
        await sleeper.renew()
    assert sleeper.fence == 0
    await sleeper.release()
    assert not await sleeper.claim()


async def test_a_renewed_lease_holds_on(claimants: Claimants) -> None:
    holder, other = claimants.claimant("north"), claimants.claimant("south")
    assert await holder.claim()
    for _ in range(3):
        claimants.clock.seconds += SECONDS
        fence = holder.fence
        await holder.renew()
        assert holder.fence > fence
        assert not await other.claim()
    await holder.release()
    assert await other.claim()
    with pytest.raises(LeaseLost):
        await holder.renew()


async def test_leases_of_two_names_are_two(elastic_index: ElasticIndex) -> None:
    assert await elastic_index.lease("lines", "north").claim()
    assert await elastic_index.lease("links", "south").claim()


_WRITER = """
import asyncio, sys
from search.backends.elastic_client import Cluster
from search.backends.elastic_families import Names
from search.backends.elastic_lease import Lease
from search.backends.elastic_settings import ElasticSettings

async def main(url, prefix):
    cluster = Cluster(ElasticSettings(url=url, prefix=prefix))
    cluster.open()
    lease = Lease(cluster, Names(prefix).control, name="lines", owner="killed", seconds=60.0)
    assert await lease.claim()
    print(lease.fence, flush=True)
    await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_writer_that_is_killed_is_succeeded_and_what_it_sends_late_is_refused(
    elastic_index: ElasticIndex, elastic_settings: ElasticSettings
) -> None:
    url, prefix = elastic_settings.url, elastic_settings.prefix
    assert await elastic_index.lease("others", "north").claim()
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITER, str(url), prefix, stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    fence = int(await writer.stdout.readline())
    writer.kill()
    await writer.wait()
    cluster = Cluster(elastic_settings)
    cluster.open()
    try:
        later = time.time() + SECONDS + CLOCK_SKEW_SECONDS + 1
        for now, is_taken in ((time.time(), False), (later, True)):
            successor = Lease(
                cluster, Names(prefix).control, name="lines", owner="south", seconds=SECONDS, now=partial(float, now)
            )
            assert await successor.claim() is is_taken
        assert successor.fence > fence
        path = f"/{Names(prefix).control}/_doc/written-under-a-fence"
        for held, is_late in ((successor.fence, False), (fence, True)):
            version = {"version": str(held), "version_type": "external"}
            with pytest.raises(VersionConflict) if is_late else contextlib.nullcontext():
                await cluster.once("PUT", path, version, {"owner": str(held)})
    finally:
        await cluster.close()
