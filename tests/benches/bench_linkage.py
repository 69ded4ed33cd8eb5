"""Linkage: time and memory by number of messages, and what a further drop costs, on either index.

Each size runs in processes of its own. Phones are made by a generator and read into edges and broadcasts as the service
reads them, without files (``made_lines``); making and loading are not measured. Ten phones a line, 500 messages a
phone. A further drop costs its own edges, then linkage over all that is held, then the report of it.

Run: ``python -m tests.benches.bench_linkage [MESSAGES ...]`` (default 100000 200000 500000 1000000), on Elasticsearch
``python -m tests.benches.bench_linkage -elastic [MESSAGES]`` (default 1000000; a server of its own is started).
"""

from __future__ import annotations

import asyncio
import math
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import msgspec

from search.backends.elastic import ElasticIndex
from search.backends.elastic_settings import ElasticSettings
from search.backends.embedded import EmbeddedIndex
from search.linkage.kept import Kept
from search.linkage.linkage import compute_linkage
from search.reports.build import build_report, report_bytes
from tests.benches.made_documents import machine
from tests.benches.made_lines import MadeLine, made_lines
from tests.elastic.server import started_server

SIZES = (100_000, 200_000, 500_000, 1_000_000)
MESSAGES_A_PHONE = 500
GOAL_SECONDS, GOAL_GROWTH = 30.0, 1.1
REFRESH_GOAL_SECONDS, ELASTIC_GOAL_SECONDS = 2.0, 60.0


async def _load(index: EmbeddedIndex | ElasticIndex, line: MadeLine) -> None:
    phones = list(line.phones())
    await index.put_entries([entry for entry, _ in phones])
    await asyncio.gather(
        *(index.put_edges(made.extraction_id, its.edges, its.flares, its.templates) for made, its in phones)
    )


async def filled(path: Path, messages: int) -> None:
    """Make the phones and put them into the index."""
    index = EmbeddedIndex(path)
    await index.open()
    for line in made_lines(messages, MESSAGES_A_PHONE):
        await _load(index, line)
    await index.close()


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measured(path: Path) -> str:
    """Link all that the index holds and return the figures as words."""
    index = EmbeddedIndex(path)
    await index.open()
    before = _peak_megabytes()
    began, cpu = time.perf_counter(), time.process_time()
    linkage = await compute_linkage(index)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    await index.close()
    return f"{seconds:.3f} {cpu:.3f} {_peak_megabytes():.0f} {before:.0f} {len(linkage.lines)} {len(linkage.links)}"


async def refreshed(index: EmbeddedIndex | ElasticIndex, messages: int, kept: Kept) -> str:
    """Drop one more phone of a new line, refresh linkage and the report, and return the seconds of each as words."""
    entry, collected = next(MadeLine(messages, MESSAGES_A_PHONE).phones())
    marks = [time.perf_counter()]
    await index.put_entries([entry])
    await index.put_edges(entry.extraction_id, collected.edges, collected.flares, collected.templates)
    marks.append(time.perf_counter())
    # the second time of the same: what the report takes beside linkage is told by it
    for _ in range(2):
        await compute_linkage(index, kept=kept)
        marks.append(time.perf_counter())
    report = await build_report(index, software={"version": "0"}, generated_at="2026-01-01T00:00:00.000Z", kept=kept)
    report_bytes(report)
    marks.append(time.perf_counter())
    load, link, again, making = (later - earlier for earlier, later in pairwise(marks))
    return f"{load:.3f} {link:.3f} {max(0.0, making - again):.3f}"


async def measured_refresh(path: Path, messages: int) -> str:
    """Refresh as a service does that has linked before: on the open index, then on one opened anew; a line each."""
    kept, words = Kept(), []
    index = EmbeddedIndex(path)
    await index.open()
    await compute_linkage(index, kept=kept)
    words.append(await refreshed(index, messages, kept))
    await index.close()
    index = EmbeddedIndex(path)
    await index.open()
    words.append(await refreshed(index, messages + MESSAGES_A_PHONE, kept))
    await index.close()
    return "\n".join(words)


async def on_elastic(messages: int, folder: Path) -> None:
    """Fill a server of its own, link and refresh with the mirror and without it, and print the figures."""
    server = await asyncio.to_thread(started_server)
    settings = ElasticSettings(url=server.url, prefix="bench", patience_seconds=120, mirror=folder / "mirror.sqlite")
    try:
        index = ElasticIndex(settings)
        await index.open()
        began = time.perf_counter()
        for line in made_lines(messages, MESSAGES_A_PHONE):
            await _load(index, line)
        print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        async with index.reading():
            print(f"mirror made in {time.perf_counter() - began:.1f} s", flush=True)
        began, cpu = time.perf_counter(), time.process_time()
        kept = Kept()
        linkage = await compute_linkage(index, kept=kept)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        print(
            f"Linkage on Elasticsearch, {messages:,} messages, {messages // MESSAGES_A_PHONE:,} phones: "
            f"{seconds:.1f} s (CPU here {cpu:.1f} s), {len(linkage.lines)} lines, {len(linkage.links):,} links "
            f"(goal {ELASTIC_GOAL_SECONDS:.0f} s). {machine()}"
        )
        print(_refresh_line(await refreshed(index, messages, kept)))
        await index.close()
        direct = ElasticIndex(msgspec.structs.replace(settings, mirror=None))
        await direct.open()
        print(f"without the mirror:\n{_refresh_line(await refreshed(direct, messages + MESSAGES_A_PHONE, Kept()))}")
        await direct.close()
    finally:
        await asyncio.to_thread(server.remove)


def _refresh_line(words: str) -> str:
    load, link, report = map(float, words.split())
    return (
        f"           a further drop: its edges {load:.2f} s, linkage {link:.2f} s (goal {REFRESH_GOAL_SECONDS:.0f} s), "
        f"report {report:.2f} s more"
    )


def main() -> None:
    """Print the curve; ``-fill PATH MESSAGES``, ``-measure PATH`` and ``-refresh PATH MESSAGES`` are its steps."""
    if sys.argv[1:2] == ["-elastic"]:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(on_elastic(int(sys.argv[2]) if len(sys.argv) > 2 else SIZES[-1], Path(folder)))
        return
    if sys.argv[1:2] == ["-refresh"]:
        print(asyncio.run(measured_refresh(Path(sys.argv[2]), int(sys.argv[3]))))
        return
    if sys.argv[1:2] == ["-fill"]:
        asyncio.run(filled(Path(sys.argv[2]), int(sys.argv[3])))
        return
    if sys.argv[1:2] == ["-measure"]:
        print(asyncio.run(measured(Path(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(f"Linkage on the embedded index, {MESSAGES_A_PHONE} messages a phone. {machine()}")
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "index.sqlite")
            _step("-fill", path, str(size))
            seconds, cpu, peak, before, lines, links = map(float, _step("-measure", path).split())
            refresh = _step("-refresh", path, str(size))
        rows.append((size, cpu))
        print(
            f"{size:10,} messages  {size // MESSAGES_A_PHONE:6,} phones  all {seconds:7.2f} s (CPU {cpu:.2f} s)  "
            f"peak {peak:5.0f} MB ({before:.0f} before)  {lines:.0f} lines  {links:,.0f} links",
            flush=True,
        )
        still_open, opened_anew = map(_refresh_line, refresh.splitlines())
        print(f"{still_open}\n{opened_anew} (the index opened anew)", flush=True)
    for (size, seconds), (more, longer) in pairwise(rows):
        growth = math.log(longer / seconds) / math.log(more / size)
        print(f"from {size:,} to {more:,}: CPU grows as N^{growth:.2f}")
    if len(rows) > 1:
        growth = math.log(rows[-1][1] / rows[0][1]) / math.log(rows[-1][0] / rows[0][0])
        print(f"from the first to the last: N^{growth:.2f} (goal {GOAL_GROWTH}, {GOAL_SECONDS:.0f} s at a million)")


def _step(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benches.bench_linkage", *words], capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
