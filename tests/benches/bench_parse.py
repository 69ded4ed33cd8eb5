"""Reading a Cellebrite report, in one run: the floor, the parser, the reading of every format, the segment.

The floor is lxml's ``iterparse`` over the same file that only counts: it asks for the end of ``model`` elements,
clears them, and looks at nothing. It builds the same tree, in the same library, and is the least that any reader on
lxml can take. Ours run with the environment that the worker gives its children. Rounds are interleaved and the best of
each is shown, because other work on the machine only adds.

Run: ``python -m tests.benches.bench_parse [MESSAGES] [ROUNDS]``
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from config import load
from ingest.processes.child_environment import allocation_of
from ingest.processes.memory import peak_memory_bytes
from ingest.processes.parsing import parse
from ingest.processes.reading_jobs import ParseRequest
from parsers.contract import Delivery, Limits, ReadContext
from parsers.formats.ufdr import CellebriteParser
from parsers.formats.ufdr.elements import NAMESPACE
from parsers.reading import read
from parsers.registry import all_parsers
from parsers.xml_guard import CleanXml
from tests.benches.generate import write_big_report
from tests.benches.made_documents import machine

_TAG = f"{{{NAMESPACE}}}model"
_LEVEL = load().ingest.compression_level
_GOAL = 2.5

Stage = Callable[[Path, Path], int]


def floor(report: Path, _: Path) -> int:
    """Count models by their end, which is all that happens: the floor."""
    count = 0
    for _event, element in etree.iterparse(str(report), events=("end",), tag=_TAG):
        count += 1
        element.clear()
    return count


def floor_with_starts(report: Path, _: Path) -> int:
    """Count models by start and end: what a reader pays that keeps its own depth."""
    count = 0
    for event, element in etree.iterparse(str(report), events=("start", "end"), tag=_TAG):
        if event == "end":
            count += 1
            element.clear()
    return count


def clean(report: Path, _: Path) -> int:
    """Clean the bytes, and parse nothing."""
    with report.open("rb") as stream:
        return sum(1 for _ in CleanXml(stream).chunks())


def parse_records(report: Path, scratch: Path) -> int:
    """Make records, and drop them."""
    return sum(1 for _ in CellebriteParser().read(*_job(report, scratch)))


def read_records(report: Path, scratch: Path) -> int:
    """Make records, with unique ids, duplicates found and the tally kept."""
    return sum(1 for _ in read(*_job(report, scratch)))


def to_segment(report: Path, scratch: Path) -> int:
    """Everything: records in a compressed, synced segment, and the distinct texts put out for analysis."""
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        work = Path(name)
        (work / "texts").mkdir()
        request = ParseRequest(
            path=str(report),
            name=report.name,
            is_folder=False,
            sha256="0" * 64,
            companions=(),
            sidecar=None,
            left_out=(),
            work_dir=str(work),
            texts_dir=str(work / "texts"),
            portion_texts=2_000,
            default_time_zone="Europe/London",
            default_region="GB",
            limits=Limits(),
            compression_level=_LEVEL,
        )
        return len(parse(request).parts)


STAGES: dict[str, Stage] = {
    stage.__name__: stage for stage in (floor, floor_with_starts, clean, parse_records, read_records, to_segment)
}


def _job(report: Path, scratch: Path) -> tuple[Delivery, ReadContext]:
    delivery = Delivery(path=report, name=report.name, is_folder=False, sha256="0" * 64)
    return delivery, ReadContext(scratch_dir=scratch)


def _measured(name: str, report: Path, scratch: Path) -> tuple[float, int]:
    """Return CPU seconds and peak memory of one stage in a process of its own, as a worker's."""
    command = (sys.executable, "-m", "tests.benches.bench_parse", "--stage", name, str(report), str(scratch))
    # The floor is what a bare process takes; ours run with the environment that the worker gives its children.
    environment = {**os.environ, **({} if name.startswith(floor.__name__) else allocation_of(os.environ))}
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.split()
    return float(printed[0]), int(printed[1])


def rows(messages: int, rounds: int) -> Iterator[str]:
    """Yield the lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        report = write_big_report(scratch / "report.xml", messages)
        size = report.stat().st_size
        yield f"{messages:,} messages, {size / 1e6:.0f} MB, {size / messages:,.0f} bytes a message, best of {rounds}"
        results: dict[str, list[tuple[float, int]]] = {name: [] for name in STAGES}
        for _ in range(rounds):
            for name, found in results.items():
                found.append(_measured(name, report, scratch))
        floor_seconds = min(results["floor"])[0]
        for name, found in results.items():
            seconds, memory = min(found)[0], max(peak for _, peak in found) / 2**20
            yield (
                f"{name:18} {seconds:7.2f} CPU s  {seconds / messages * 1e6:6.1f} us each  "
                f"{messages / seconds:10,.0f} a CPU s  {seconds / floor_seconds:5.2f} x floor  {memory:5.0f} MB"
            )
        ratio = min(results["to_segment"])[0] / floor_seconds
        yield f"goal: to_segment at most {_GOAL} x floor; here {ratio:.2f}"


def main() -> None:
    """Print the table, or run one stage and print what it took."""
    if sys.argv[1:2] == ["--stage"]:
        name, report, scratch = sys.argv[2:]
        # The modules of all readers are loaded once a process, however many reports it reads.
        all_parsers()
        began = time.process_time()
        STAGES[name](Path(report), Path(scratch))
        print(time.process_time() - began, peak_memory_bytes())
        return
    print(f"reading a report   {machine()}")
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for row in rows(messages, int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        print(row)


if __name__ == "__main__":
    main()
