"""Linkage on the embedded index: time and memory by number of messages.

Each size runs in processes of its own. Phones are made by a generator and read into edges and broadcasts as the service
reads them, without files (``made_lines``); making and loading are not measured. Ten phones a line, 500 messages a
phone. A further drop costs its own edges, and then linkage over all that is held.

Run: ``python -m tests.benches.bench_linkage [MESSAGES ...]`` (default 100000 200000 500000 1000000)
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

from search.backends.embedded import EmbeddedIndex
from search.linkage.linkage import compute_linkage
from tests.benches.made_documents import machine
from tests.benches.made_lines import MadeLine, made_lines

SIZES = (100_000, 200_000, 500_000, 1_000_000)
MESSAGES_A_PHONE = 500
GOAL_SECONDS, GOAL_GROWTH = 30.0, 1.1


async def _load(index: EmbeddedIndex, line: MadeLine) -> None:
    for entry, collected in line.phones():
        await index.put_entries([entry])
        await index.put_edges(entry.extraction_id, collected.edges, collected.flares, collected.templates)


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


def main() -> None:
    """Print the curve; ``-fill PATH MESSAGES`` and ``-measure PATH`` are its steps."""
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
        rows.append((size, cpu))
        print(
            f"{size:10,} messages  {size // MESSAGES_A_PHONE:6,} phones  all {seconds:7.2f} s (CPU {cpu:.2f} s)  "
            f"peak {peak:5.0f} MB ({before:.0f} before)  {lines:.0f} lines  {links:,.0f} links",
            flush=True,
        )
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
