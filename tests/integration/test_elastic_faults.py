"""Every fault that a cluster or the network before it can do to a load: nothing lost, nothing doubled, each named."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

import msgspec
import pytest
from aiohttp import web

from search.backends.elastic import ElasticIndex
from search.backends.elastic_client import Cluster
from search.backends.elastic_control import LoadControl
from search.backends.elastic_families import Family, Names
from search.backends.elastic_lines import record_lines
from search.backends.elastic_loader import BulkLoader
from search.backends.elastic_settings import ElasticSettings
from search.contract import LoadedCounts, RecordDocument, SearchRequest
from search.errors import (
    AccessRefused,
    IndexBlocked,
    IndexConflict,
    IndexMissing,
    IndexUnreachable,
    SearchError,
)
from search.query.parse import parse_query
from tests.elastic.fixtures import open_index, removed
from tests.elastic.server import ElasticServer
from tests.fakes.faulty_proxy import Fault, FaultyProxy, faulty_proxy
from tests.fakes.index_loads import MadeLoad, document, entry, load

pytestmark = pytest.mark.elastic

DOCUMENTS = 1_000


def many(extraction_id: str = "ex-1", count: int = DOCUMENTS) -> MadeLoad:
    made = MadeLoad(entry(extraction_id), [document(extraction_id, at, f"bell me {at}") for at in range(count)])
    made.batch_size = 100
    return made


async def assert_whole(index: ElasticIndex, made: MadeLoad) -> None:
    """Nothing lost, nothing doubled: by count, by checksum, and by every id."""
    assert await index.counts(made.entry.extraction_id) == LoadedCounts(made.document_count, made.crc_sum)
    page = await index.search(SearchRequest(tree=parse_query("bell"), size=5_000))
    assert sorted(hit.record_id for hit in page.hits) == [each.record_id for each in made.documents]


@pytest.fixture
async def proxy(elastic_server: ElasticServer) -> AsyncIterator[FaultyProxy]:
    async with faulty_proxy(elastic_server.url) as running:
        yield running


@pytest.fixture
async def proxied(proxy: FaultyProxy, elastic_settings: ElasticSettings) -> AsyncIterator[ElasticIndex]:
    """An index behind the proxy, with small requests, so that a load has many."""
    settings = msgspec.structs.replace(elastic_settings, url=proxy.url, bulk_documents=50, patience_seconds=20)
    async with open_index(settings) as index:
        yield index
        proxy.decide = lambda _request, _body: Fault.NONE


def is_bulk(request: web.Request) -> bool:
    return request.path.endswith("/_bulk")


@pytest.mark.parametrize("fault", [Fault.DROPPED_AFTER, Fault.BUSY, Fault.HALF_BUSY])
async def test_a_fault_in_every_third_request_loses_and_doubles_nothing(
    proxy: FaultyProxy, proxied: ElasticIndex, fault: Fault
) -> None:
    seen = 0

    def every_third(request: web.Request, _body: bytes) -> Fault:
        nonlocal seen
        seen += is_bulk(request)
        return fault if is_bulk(request) and seen % 3 == 0 else Fault.NONE

    proxy.decide = every_third
    made = many()
    assert await proxied.load(made) == LoadedCounts(made.document_count, made.crc_sum)
    await assert_whole(proxied, made)
    assert proxy.faults[fault] >= 3


async def test_a_storm_of_refusals_is_ridden_out_with_fewer_requests(proxy: FaultyProxy, proxied: ElasticIndex) -> None:
    began = time.monotonic()
    times: list[float] = []

    def stormy(_request: web.Request, _body: bytes) -> Fault:
        times.append(time.monotonic())
        return Fault.BUSY if time.monotonic() - began < 2 else Fault.NONE

    proxy.decide = stormy
    made = many()
    await proxied.load(made)
    await assert_whole(proxied, made)
    in_storm = [each for each in times if each - began < 2]
    assert 3 <= len(in_storm) < 60, "a busy cluster must not be hammered"


async def test_an_overload_without_end_is_named_and_the_extraction_stays_hidden(
    proxy: FaultyProxy, elastic_settings: ElasticSettings
) -> None:
    settings = msgspec.structs.replace(elastic_settings, url=proxy.url, bulk_documents=50, patience_seconds=1)
    async with open_index(settings) as index:
        refused_from = 4
        seen = 0

        def later(request: web.Request, _body: bytes) -> Fault:
            nonlocal seen
            seen += is_bulk(request)
            return Fault.BUSY if is_bulk(request) and seen > refused_from else Fault.NONE

        proxy.decide = later
        made = many()
        with pytest.raises(IndexUnreachable):
            await index.load(made)
        proxy.decide = lambda _request, _body: Fault.NONE
        assert (await index.search(SearchRequest(tree=parse_query("bell")))).total == 0
        await index.load(made)
        await assert_whole(index, made)


async def test_a_request_that_is_too_large_is_split(proxy: FaultyProxy, proxied: ElasticIndex) -> None:
    proxy.decide = lambda request, body: Fault.TOO_LARGE if is_bulk(request) and len(body) > 6_000 else Fault.NONE
    made = many(count=300)
    await proxied.load(made)
    await assert_whole(proxied, made)
    assert proxy.faults[Fault.TOO_LARGE] > 0


async def test_a_document_that_is_too_large_is_named_without_its_text(
    proxy: FaultyProxy, proxied: ElasticIndex
) -> None:
    proxy.decide = lambda request, body: Fault.TOO_LARGE if is_bulk(request) and len(body) > 6_000 else Fault.NONE
    with pytest.raises(SearchError, match=r"one document of \d+ bytes") as refused:
        await proxied.load(load("ex-1", "secret " * 2_000))
    assert "secret" not in str(refused.value)


async def test_refused_credentials_are_named_at_once(proxy: FaultyProxy, proxied: ElasticIndex) -> None:
    proxy.decide = lambda _request, _body: Fault.UNAUTHORISED
    began = time.monotonic()
    with pytest.raises(AccessRefused):
        await proxied.load(many())
    assert time.monotonic() - began < 3
    health = await proxied.health()
    assert not health.is_ready
    assert "credentials" in health.detail


async def test_credentials_are_sent(proxy: FaultyProxy, elastic_settings: ElasticSettings) -> None:
    for changes, expected in (
        ({"username": "loader", "password": "invented"}, "Basic bG9hZGVyOmludmVudGVk"),
        ({"api_key": "aW52ZW50ZWQ6a2V5"}, "ApiKey aW52ZW50ZWQ6a2V5"),
    ):
        settings = msgspec.structs.replace(elastic_settings, url=proxy.url, **changes)
        assert "invented" not in repr(settings)
        proxy.headers_seen.clear()
        async with open_index(settings) as index:
            assert (await index.health()).is_ready
        assert {headers["Authorization"] for headers in proxy.headers_seen} == {expected}


async def test_the_client_is_never_asked_for_its_information(proxy: FaultyProxy, proxied: ElasticIndex) -> None:
    """The minimal server refuses ``GET /`` and ``HEAD /``, and so may a proxy before a real one."""
    paths: list[str] = []

    def note(request: web.Request, _body: bytes) -> Fault:
        paths.append(request.path)
        return Fault.NONE

    proxy.decide = note
    await proxied.load(many(count=10))
    await proxied.health()
    assert paths
    assert "/" not in paths


def call(method: str, address: str, body: bytes = b"") -> None:
    request = urllib.request.Request(address, body or None, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30):
        pass


class InterruptedBy(MadeLoad):
    """Does something to the cluster after the third batch."""

    def __init__(self, whole: MadeLoad, interrupt: Callable[[], None]) -> None:
        super().__init__(whole.entry, whole.documents)
        self.batch_size = 100
        self._interrupt = interrupt

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        for place, batch in enumerate(super().batches()):
            if place == 3:
                self._interrupt()
            yield batch


async def test_an_index_that_was_deleted_is_named(elastic_settings: ElasticSettings) -> None:
    settings = msgspec.structs.replace(elastic_settings, bulk_documents=100)
    settings = msgspec.structs.replace(settings, prefix=settings.prefix + "x")
    async with open_index(settings) as index:
        whole = many()
        name = Names(settings.prefix).first_index(Family.RECORDS)
        made = InterruptedBy(whole, lambda: call("DELETE", f"{settings.url}/{name}"))
        with pytest.raises(IndexMissing):
            await index.load(made)
        with pytest.raises(IndexMissing):
            await index.search(SearchRequest())
        await removed(settings)
        await index.open()
        await index.load(whole)
        await assert_whole(index, whole)


async def test_a_full_disk_stops_the_load_at_once(proxy: FaultyProxy, proxied: ElasticIndex) -> None:
    """The server gives it the status of an overload; trying again would hammer a cluster that cannot write."""
    proxy.decide = lambda request, _body: Fault.FLOODED if is_bulk(request) else Fault.NONE
    with pytest.raises(IndexBlocked):
        await proxied.load(many())
    assert proxy.faults[Fault.FLOODED] <= 8
    proxy.decide = lambda _request, _body: Fault.NONE
    made = many()
    await proxied.load(made)
    await assert_whole(proxied, made)


async def test_blocked_writes_stop_the_load_at_once(
    elastic_index: ElasticIndex, elastic_settings: ElasticSettings
) -> None:
    name = Names(elastic_settings.prefix).first_index(Family.RECORDS)
    address = f"{elastic_settings.url}/{name}/_settings"
    await asyncio.to_thread(call, "PUT", address, b'{"index.blocks.write": true}')
    began = time.monotonic()
    with pytest.raises(IndexBlocked):
        await elastic_index.load(many())
    assert time.monotonic() - began < 10
    await asyncio.to_thread(call, "PUT", address, b'{"index.blocks.write": null}')
    made = many()
    await elastic_index.load(made)
    await assert_whole(elastic_index, made)


@pytest.mark.usefixtures("elastic_index")
async def test_a_document_that_the_mapping_refuses_is_named_without_its_text(elastic_settings: ElasticSettings) -> None:
    cluster = Cluster(elastic_settings)
    cluster.open()
    line = next(iter(record_lines(load("ex-1", "secret"), 1))).replace(b'"words":', b'"wordz":')
    with pytest.raises(IndexConflict, match="strict_dynamic_mapping_exception") as refused:
        await BulkLoader(cluster, Names(elastic_settings.prefix).write(Family.RECORDS)).send([line])
    await cluster.close()
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_a_loader_that_was_overtaken_is_refused(
    elastic_index: ElasticIndex, elastic_settings: ElasticSettings
) -> None:
    """Of two loads of one extraction the later one holds, whichever of them is slower."""
    cluster = Cluster(elastic_settings)
    cluster.open()
    control = LoadControl(cluster, Names(elastic_settings.prefix).control)
    slow = await control.begin("ex-1")
    made = many(count=10)
    await elastic_index.load(made)
    loader = BulkLoader(cluster, Names(elastic_settings.prefix).write(Family.RECORDS))
    with pytest.raises(IndexConflict):
        await loader.send(record_lines(load("ex-1", "bell stale"), slow.generation))
    with pytest.raises(IndexConflict):
        await control.finish(slow)
    await cluster.close()
    await assert_whole(elastic_index, made)


async def test_two_extractions_load_at_the_same_time(elastic_index: ElasticIndex) -> None:
    loads = [many(f"ex-{number}", 200) for number in range(4)]
    await asyncio.gather(*(elastic_index.load(made) for made in loads))
    for made in loads:
        assert await elastic_index.counts(made.entry.extraction_id) == LoadedCounts(200, made.crc_sum)


@pytest.mark.usefixtures("elastic_index")
async def test_an_index_of_another_version_is_refused_with_what_to_do(
    elastic_settings: ElasticSettings,
) -> None:
    name = Names(elastic_settings.prefix).first_index(Family.EDGES)
    body = b'{"_meta": {"mapping": "0", "words": "0"}}'
    await asyncio.to_thread(call, "PUT", f"{elastic_settings.url}/{name}/_mapping", body)
    other = ElasticIndex(elastic_settings)
    with pytest.raises(IndexConflict, match=rf"delete the indexes {elastic_settings.prefix}-\* from the cluster"):
        await other.open()
    await removed(elastic_settings)
    await other.open()
    await other.load(many(count=10))
    await other.close()


async def test_a_server_that_is_not_there_is_named(elastic_settings: ElasticSettings) -> None:
    index = ElasticIndex(msgspec.structs.replace(elastic_settings, url="http://127.0.0.1:9"))
    assert not (await index.health()).is_ready
    with pytest.raises(IndexUnreachable):
        await index.open()
    with pytest.raises(IndexUnreachable):
        await index.search(SearchRequest())
    await index.close()
    await index.close()


async def test_a_node_that_restarts_during_a_load_loses_and_doubles_nothing(
    elastic_server: ElasticServer, elastic_settings: ElasticSettings
) -> None:
    settings = msgspec.structs.replace(elastic_settings, bulk_documents=100, patience_seconds=180)
    async with open_index(settings) as index:
        whole = many()
        loop = asyncio.get_running_loop()
        started = loop.create_future()

        def restart() -> None:
            """Stop the node in the loader's thread; start it while the loader finds it away."""
            elastic_server.stop(is_sudden=True)
            asyncio.run_coroutine_threadsafe(start(), loop)

        async def start() -> None:
            await asyncio.to_thread(elastic_server.start)
            started.set_result(None)

        made = InterruptedBy(whole, restart)
        assert await index.load(made) == LoadedCounts(made.document_count, made.crc_sum)
        await started
        await assert_whole(index, whole)
