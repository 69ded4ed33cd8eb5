"""From the drop to searchable: one report through the whole service, with the processor's time by step and process.

The report is written first and is in the system's cache; everything after that counts: starting the processes, loading
the lexicons, custody, reading, analysis, edges, the embedded index, the check of what it holds.

Run: ``python -m tests.benches.bench_drop [MESSAGES ...]`` (default 100000). Several counts show the curve of memory.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config import load
from ingest.assemble import Workspace, open_workspace
from ingest.outcomes import Receipt
from ingest.worker import ingest_paths
from tests.benches.generate import write_big_report
from tests.benches.made_documents import machine

_GOAL = 8_000
_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 0.2
_LOOKS_A_TWIN = 5
"""What pages processes share the system counts page by page: looked at seldom, for it takes their time."""
_STEPS = (
    ("custody", "after custody"),
    ("read", "after read"),
    ("collect", "after collect"),
    ("index", "after index"),
    ("finish", "after finish"),
)
_MARKS = {mark for _, mark in _STEPS}


class Watch:
    """Samples memory of this process and its workers, and takes their processor time at checkpoints."""

    def __init__(self) -> None:
        self.workspace: Workspace | None = None
        self.peaks: dict[str, int] = {}
        self.peak_of_all = 0
        self.peak_of_reader = 0
        self.reader_peaks: dict[str, int] = {}
        self.marks: list[tuple[str, float, Mapping[str, float]]] = []
        self._last: dict[str, float] = {}

    def mark(self, name: str) -> None:
        """Note wall and processor time, and the reader's peak since the last checkpoint."""
        self.marks.append((name, time.monotonic(), self._cpu()))
        if name in _MARKS:
            self.reader_peaks[name], self.peak_of_reader = self.peak_of_reader, 0

    def _pids(self) -> dict[str, int]:
        pids = {"service": os.getpid()}
        if self.workspace is not None:
            workers = self.workspace.workers
            named = {"reader": workers.reader.pid, "analyst": workers.analyst.pid}
            pids |= {name: pid for name, pid in named.items() if pid is not None}
        return pids

    def _cpu(self) -> Mapping[str, float]:
        for name, pid in self._pids().items():
            try:
                fields = (
                    Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rsplit(")", 1)[1].split()
                )
            except FileNotFoundError:
                continue
            # With that of its twins, once they have ended; the service's children are counted by themselves.
            ended = 0 if name == "service" else int(fields[13]) + int(fields[14])
            self._last[name] = (int(fields[11]) + int(fields[12]) + ended) / _TICKS
        return dict(self._last)

    @contextmanager
    def sampling(self) -> Iterator[None]:
        """Look at memory now and then for the length of the block."""
        ended = threading.Event()

        def sample() -> None:
            looks = 0
            while not ended.wait(_LOOK_SECONDS):
                looks += 1
                pids = self._pids()
                held = {name: _resident_bytes(pid) for name, pid in pids.items()}
                if "analyst" in pids and looks % _LOOKS_A_TWIN == 0:
                    # A twin shares pages with the analyst; what they share is counted once.
                    twins = _children(pids["analyst"])
                    held["twins"] = (
                        sum(map(_proportional_bytes, [pids["analyst"], *twins])) - held["analyst"] if twins else 0
                    )
                self.peak_of_all = max(self.peak_of_all, sum(held.values()))
                self.peak_of_reader = max(self.peak_of_reader, held.get("reader", 0))
                for name, size in held.items():
                    self.peaks[name] = max(self.peaks.get(name, 0), size)

        thread = threading.Thread(target=sample, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def _resident_bytes(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (FileNotFoundError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except FileNotFoundError:
        return []


def _proportional_bytes(pid: int) -> int:
    """Return the memory of a process, that which it shares with others by its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


async def dropped(report: Path, data_dir: Path, watch: Watch) -> list[Receipt]:
    """Take the report into a new data folder."""
    settings = load(overrides={"data_dir": str(data_dir)})
    watch.mark("start")
    async with open_workspace(settings, is_writer=True) as workspace:
        watch.workspace = workspace
        receipts = [receipt async for receipt in ingest_paths(workspace, [report], checkpoint=watch.mark)]
    watch.mark("end")
    return receipts


def measure(count: int) -> None:
    """Print the tables of one report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = write_big_report(folder / "report.xml", count)
        size = report.stat().st_size
        watch = Watch()
        with watch.sampling():
            receipts = asyncio.run(dropped(report, folder / "data", watch))
        held = sum(path.stat().st_size for path in (folder / "data").rglob("*") if path.is_file())
    assert [receipt["state"] for receipt in receipts] == ["complete"]
    started, ended = watch.marks[0][1], watch.marks[-1][1]
    print(f"\n{count:,} messages, {size / 1e6:.0f} MB; data folder {held / 1e6:.0f} MB")
    print(f"{'step':10} {'wall s':>8} {'us/message':>11}   processor seconds by process")
    marks = {name: (at, cpu) for name, at, cpu in watch.marks}
    before, cpu_before = started, watch.marks[0][2]
    for step, mark in _STEPS:
        at, cpu = marks[mark]
        spent = {who: cpu[who] - cpu_before.get(who, 0.0) for who in cpu}
        shown = ", ".join(f"{who} {seconds:.1f}" for who, seconds in spent.items() if seconds >= 0.05)
        print(f"{step:10} {at - before:8.2f} {(at - before) / count * 1e6:11.1f}   {shown}")
        before, cpu_before = at, cpu
    total = ended - started
    used = {who: seconds - watch.marks[0][2].get(who, 0.0) for who, seconds in watch.marks[-1][2].items()}
    print(f"{'all':10} {total:8.2f} {total / count * 1e6:11.1f}   {sum(used.values()):.1f} in all")
    print(f"{count / total:,.0f} messages a second (goal {_GOAL:,})")
    peaks = ", ".join(f"{who} {peak / 1e6:.0f} MB" for who, peak in watch.peaks.items())
    steps = ", ".join(f"{step} {watch.reader_peaks[mark] / 1e6:.0f} MB" for step, mark in _STEPS)
    print(f"reader by step: {steps}")
    print(f"peak memory: {peaks}; together {watch.peak_of_all / 1e6:.0f} MB")


def main() -> int:
    """Measure each count that is asked for."""
    counts = [int(argument) for argument in sys.argv[1:]] or [100_000]
    print(machine())
    for count in counts:
        measure(count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
