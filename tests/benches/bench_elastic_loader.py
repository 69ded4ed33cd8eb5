"""Our loader beside the client's own ``async_streaming_bulk`` with its defaults: the same documents, the same server.

Run: ``python -m tests.benches.bench_elastic_loader [DOCUMENTS]``
"""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable

import orjson
from elasticsearch import AsyncElasticsearch
from elasticsearch.helpers import async_streaming_bulk

from search.backends.elastic import ElasticIndex
from search.backends.elastic_client import Cluster
from search.backends.elastic_families import Family, Names, make_indexes
from search.backends.elastic_lines import record_lines
from search.backends.elastic_loader import BulkLoader
from search.backends.elastic_settings import ElasticSettings
from tests.benches.made_documents import BenchLoad, machine
from tests.elastic.fixtures import removed
from tests.elastic.server import started_server

ROUNDS = 4
Loading = Callable[[ElasticSettings, BenchLoad], Coroutine[object, object, float]]


async def helper_seconds(settings: ElasticSettings, lines: Iterable[bytes]) -> float:
    """Load with the helper as its documentation shows it; return the seconds."""
    alias = Names(settings.prefix).write(Family.RECORDS)

    async def actions() -> AsyncIterator[dict[str, object]]:
        for action in given:
            yield action

    given: Iterable[dict[str, object]] = (
        {"_index": alias, "_id": action["index"]["_id"], "_source": source}
        for action, source in (map(orjson.loads, line.splitlines()) for line in lines)
    )
    # Its documents are made before the clock starts: it is charged for nothing but its own work.
    given = list(given)
    async with AsyncElasticsearch(settings.url) as client:
        began = time.perf_counter()
        async for is_taken, _ in async_streaming_bulk(client, actions()):
            assert is_taken
        return time.perf_counter() - began


async def loader_seconds(settings: ElasticSettings, lines: Iterable[bytes]) -> float:
    """Load with our loader; return the seconds."""
    cluster = Cluster(settings)
    cluster.open()
    try:
        began = time.perf_counter()
        await BulkLoader(cluster, Names(settings.prefix).write(Family.RECORDS)).send(lines)
        return time.perf_counter() - began
    finally:
        await cluster.close()


async def with_streaming_bulk(settings: ElasticSettings, load: BenchLoad) -> float:
    return await helper_seconds(settings, record_lines(load, 1))


async def with_prepared_lines(settings: ElasticSettings, load: BenchLoad) -> float:
    return await loader_seconds(settings, list(record_lines(load, 1)))


async def with_our_loader(settings: ElasticSettings, load: BenchLoad) -> float:
    return await loader_seconds(settings, record_lines(load, 1))


async def with_whole_index(settings: ElasticSettings, load: BenchLoad) -> float:
    """Load as the service does: hidden, sent, refreshed, counted, shown; return the seconds."""
    index = ElasticIndex(settings)
    await index.open()
    try:
        began = time.perf_counter()
        await index.load(load)
        return time.perf_counter() - began
    finally:
        await index.close()


WAYS: tuple[tuple[str, Loading], ...] = (
    ("async_streaming_bulk, documents ready", with_streaming_bulk),
    ("our loader, lines ready", with_prepared_lines),
    ("our loader, making the lines", with_our_loader),
    ("the whole load until searchable", with_whole_index),
)


async def measured(url: str, documents: int) -> dict[str, tuple[float, float]]:
    """Return the best wall and CPU seconds of each way, each round on fresh indexes."""
    load = BenchLoad("ex-bench", documents).held()
    best: dict[str, tuple[float, float]] = {}
    for place in range(ROUNDS + 1):
        for title, way in WAYS:
            settings = ElasticSettings(url=url, prefix=f"b{uuid.uuid4().hex[:8]}", shards=2)
            cluster = Cluster(settings)
            cluster.open()
            await make_indexes(cluster, Names(settings.prefix))
            await cluster.close()
            cpu = time.process_time()
            seconds = await way(settings, load)
            cpu = time.process_time() - cpu
            # The first round warms the server: its code is compiled while it runs.
            if place:
                best[title] = min(best.get(title, (seconds, cpu)), (seconds, cpu))
            await removed(settings)
    return best


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    server = started_server()
    try:
        best = asyncio.run(measured(server.url, documents))
    finally:
        server.remove()
    print(f"Loading Elasticsearch, {documents:,} documents, best of {ROUNDS}. {machine()}")
    floor = best[WAYS[0][0]][0]
    for title, (seconds, cpu) in best.items():
        rate = documents / seconds
        print(f"{title:38} {seconds:7.2f} s {rate:10,.0f} documents/s {floor / seconds:6.2f} times   CPU {cpu:.2f} s")


if __name__ == "__main__":
    main()
