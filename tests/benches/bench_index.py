"""Loading and searching the embedded index: 100,000 documents, of which 40,000 texts are distinct.

Run: ``python -m tests.benches.bench_index [DOCUMENTS]``
"""

from __future__ import annotations

import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from search.backends.embedded import EmbeddedIndex
from search.contract import FACETS, Filters, SearchRequest
from search.query.parse import parse_query
from tests.benches.made_documents import BenchLoad, machine

QUERIES = ("bell", '"bell me"', "rico OR tony", "deliver*", "number:07700900123", "is:advert line:rico", "-bell", "")
ROUNDS = 12


def folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


async def measured(documents: int) -> list[str]:
    load = BenchLoad("ex-bench", documents)
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder) / "index.sqlite")
        await index.open()
        rows = []
        for title in ("load", "the same again, replacing it"):
            began, cpu = time.perf_counter(), time.process_time()
            await index.load(load)
            seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
            made = load.making_seconds()
            rows.append(
                f"{title:32} {seconds:8.2f} s {documents / seconds:12,.0f} documents/s   CPU {cpu:.2f} s   "
                f"(making the documents alone: {made:.2f} s)"
            )
        size = folder_bytes(Path(folder))
        rows.append(f"{'file':32} {size / 2**20:8.1f} MB {size / documents:12.0f} bytes a document")
        chance = random.Random(7)
        for text in QUERIES:
            times = []
            for _ in range(ROUNDS):
                filters = Filters(since="2020-01-01T00:00:00Z") if chance.random() < 0.5 else Filters()
                request = SearchRequest(tree=parse_query(text), filters=filters, facets=FACETS)
                began = time.perf_counter()
                page = await index.search(request)
                times.append((time.perf_counter() - began) * 1_000)
            rows.append(
                f"search {text or '(everything)':25} p50 {statistics.median(times):7.1f} ms  "
                f"worst {max(times):7.1f} ms  {page.total:,} hits, all facets"
            )
        some = [document.record_id for batch in load.batches() for document in batch][:: max(1, documents // 1_000)]
        began = time.perf_counter()
        for record_id in some:
            await index.get(record_id)
        between = time.perf_counter()
        await index.get_all(some)
        ended = time.perf_counter()
        rows.append(
            f"{len(some):,} records one by one {(between - began) * 1_000:7.0f} ms, as one question "
            f"{(ended - between) * 1_000:7.0f} ms"
        )
        await index.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(f"{'peak memory of the process':32} {peak:8.0f} MB")
    return rows


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"Embedded index, {documents:,} documents. {machine()}")
    for row in asyncio.run(measured(documents)):
        print(row)


if __name__ == "__main__":
    main()
