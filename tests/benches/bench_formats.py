"""Each format's parser beside the floor of merely reading its container: CPU time in pairs, and how memory grows.

The floor is what the file's own library takes to pass over it: a cursor over every row, ``iterparse`` over every
element, a decoder, the lines of a text. It makes nothing of what it sees. Both run in a process of their own, one after
the other in each round; the best of each is shown, because other work on the machine only adds.

Run: ``python -m tests.benches.bench_formats [MESSAGES] [ROUNDS] [FORMAT ...]``
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ingest.memory import forget_peak_memory, peak_memory_bytes
from parsers.contract import Delivery, ReadContext
from parsers.identification import head_of
from parsers.registry import identify
from tests.benches.format_files import FORMATS, truth_of
from tests.benches.made_documents import machine

_GOAL: Final = 6.0
_FEWER: Final = 5
"""Memory is measured on a file with so many times fewer messages too: it should be the same."""


def _floor(name: str, path: Path) -> Callable[[], object]:
    floor = FORMATS[name].floor
    return lambda: floor(path)


def _parse(_name: str, path: Path) -> Callable[[], object]:
    """Return what makes the records and drops them; the modules of all readers are there already, as in a worker."""
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    parser, _ = identify(head_of(path, path.name, is_folder=False))

    def parse() -> int:
        with tempfile.TemporaryDirectory() as scratch:
            return sum(1 for _ in parser.read(delivery, ReadContext(scratch_dir=Path(scratch))))

    return parse


_STAGES: Final = {"floor": _floor, "parse": _parse}


def _measured(stage: str, name: str, path: Path) -> tuple[float, int]:
    """Return CPU seconds and peak memory of one stage in a process of its own."""
    command = (sys.executable, "-m", "tests.benches.bench_formats", "--stage", stage, name, str(path))
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(printed[0]), int(printed[1])


def rows(messages: int, rounds: int, names: list[str]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield (
        f"{'format':16} {'MB':>6} {'floor s':>8} {'parse s':>8} {'us each':>8} {'x floor':>8} "
        f"{'MB few':>7} {'MB all':>7}  floor is"
    )
    over = []
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            few, all_of_them = Path(folder) / "few", Path(folder) / "all"
            few.mkdir(), all_of_them.mkdir()
            small = FORMATS[name].make(few, truth_of(messages // _FEWER))
            path = FORMATS[name].make(all_of_them, truth_of(messages))
            size = path.stat().st_size
            pairs = [(_measured("floor", name, path), _measured("parse", name, path)) for _ in range(rounds)]
            _, little = _measured("parse", name, small)
        floor, parse = (min(pair[place][0] for pair in pairs) for place in (0, 1))
        peak = max(pair[1][1] for pair in pairs)
        ratio = parse / floor
        if ratio > _GOAL:
            over.append(name)
        yield (
            f"{name:16} {size / 1e6:6.1f} {floor:8.3f} {parse:8.3f} {parse / messages * 1e6:8.1f} {ratio:8.2f} "
            f"{little / 2**20:7.0f} {peak / 2**20:7.0f}  {FORMATS[name].reads_by}"
        )
    yield f"goal: at most {_GOAL:.0f} x floor; over it: {', '.join(over) or 'none'}"


def main(words: list[str] | None = None) -> None:
    """Print the table, or run one stage and print what it took."""
    words = sys.argv[1:] if words is None and sys.argv[0].endswith("bench_formats.py") else words or []
    if words[:1] == ["--stage"]:
        stage, name, path = words[1:]
        run = _STAGES[stage](name, Path(path))
        forget_peak_memory()
        began = time.process_time()
        run()
        print(time.process_time() - began, peak_memory_bytes())
        return
    numbers = [int(word) for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit()] or list(FORMATS)
    messages, rounds = (*numbers, *(20_000, 3)[len(numbers) :])
    print(f"reading formats   {messages:,} messages, best of {rounds}   {machine()}")
    for row in rows(messages, rounds, names):
        print(row, flush=True)


if __name__ == "__main__":
    main()
