"""Each format's parser beside the floor of merely reading its container: CPU time in pairs, and how memory grows.

The floor is what the file's own library takes to pass over it: a cursor over every row, ``iterparse`` over every
element, a decoder, the lines of a text. It makes nothing of what it sees, and of a line of text it takes less than a
record's id does. Beside it stands a second floor, the same with one record made of each message: its id, its source and
a party, which are given, and its instant, which the standard library reads from a local time. No reader that makes
records can be below that.

All run in a process of their own, one after the other in each round; the best of each is shown, because other work on
the machine only adds.

Run: ``python -m tests.benches.bench_formats [MESSAGES] [ROUNDS] [FORMAT ...]``
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from ingest.processes.memory import forget_peak_memory, peak_memory_bytes
from parsers.contract import Delivery, ReadContext, SourceStamp
from parsers.identification import head_of
from parsers.records.facts import Direction, Message
from parsers.records.values import ClockBasis, Moment, Party
from parsers.registry import identify
from tests.benches.format_files import FORMATS, truth_of
from tests.benches.made_documents import machine

_GOAL: Final = 6.0
_FEWER: Final = 5
"""Memory is measured on a file with so many times fewer messages too: it should be the same."""


def _delivery(path: Path) -> Delivery:
    return Delivery(path=path, name=path.name, is_folder=path.is_dir(), sha256="0" * 64)


def _floor(name: str, path: Path, _count: int) -> Callable[[], object]:
    floor = FORMATS[name].floor
    return lambda: floor(path)


def _records(_name: str, path: Path, count: int) -> Callable[[], object]:
    """Return what makes so many records of values that are given, and a time: what any reader of messages has to do."""
    parser, _ = identify(head_of(path, path.name, is_folder=path.is_dir()))
    stamp = SourceStamp(_delivery(path), None, type(parser))

    zone = ZoneInfo("Europe/London")

    def made(number: int) -> Message:
        locator = f"line {number}"
        raw = f"2024-02-05 12:00:{number % 60:02}"
        instant = datetime.fromisoformat(raw).replace(tzinfo=zone).astimezone(UTC)
        utc = instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return Message(
            source=stamp.source(locator),
            record_id=stamp.record_id("message", locator),
            extraction_id="ex-0",
            service="sms",
            direction=Direction.INCOMING,
            from_party=Party("07700 900123", "+447700900123", "Jay"),
            body="u about",
            time=Moment(raw, utc, None, ClockBasis.ASSUMED_ZONE),
        )

    return lambda: sum(1 for number in range(count) if made(number))


def _parse(_name: str, path: Path, _count: int) -> Callable[[], object]:
    """Return what makes the records and drops them; the modules of all readers are there already, as in a worker."""
    delivery = _delivery(path)
    parser, _ = identify(head_of(path, path.name, is_folder=delivery.is_folder))

    def parse() -> int:
        with tempfile.TemporaryDirectory() as scratch:
            return sum(1 for _ in parser.read(delivery, ReadContext(scratch_dir=Path(scratch))))

    return parse


_STAGES: Final = {"floor": _floor, "records": _records, "parse": _parse}


def _measured(stage: str, name: str, path: Path, count: int) -> tuple[float, int]:
    """Return CPU seconds and peak memory of one stage in a process of its own."""
    command = (sys.executable, "-m", "tests.benches.bench_formats", "--stage", stage, name, str(path), str(count))
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(printed[0]), int(printed[1])


def rows(messages: int, rounds: int, names: list[str]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield (
        f"{'format':16} {'MB':>6} {'floor s':>8} {'records':>8} {'parse s':>8} {'us each':>8} {'x floor':>8} "
        f"{'x both':>7} {'MB few':>7} {'MB all':>7}  floor is"
    )
    over: tuple[list[str], list[str]] = ([], [])
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            few, all_of_them = Path(folder) / "few", Path(folder) / "all"
            few.mkdir(), all_of_them.mkdir()
            small = FORMATS[name].make(few, truth_of(messages // _FEWER))
            path = FORMATS[name].make(all_of_them, truth_of(messages))
            size = sum(each.stat().st_size for each in (path, *path.rglob("*")) if each.is_file())
            taken = [[_measured(stage, name, path, messages) for stage in _STAGES] for _ in range(rounds)]
            _, little = _measured("parse", name, small, 0)
        floor, records, parse = (min(stages[place][0] for stages in taken) for place in range(len(_STAGES)))
        peak = max(stages[-1][1] for stages in taken)
        ratios = (parse / floor, parse / (floor + records))
        for ratio, names_over in zip(ratios, over, strict=True):
            if ratio > _GOAL:
                names_over.append(name)
        yield (
            f"{name:16} {size / 1e6:6.1f} {floor:8.3f} {records:8.3f} {parse:8.3f} {parse / messages * 1e6:8.1f} "
            f"{ratios[0]:8.2f} {ratios[1]:7.2f} {little / 2**20:7.0f} {peak / 2**20:7.0f}  {FORMATS[name].reads_by}"
        )
    for what, names_over in zip(("floor", "floor with a record a message (both)"), over, strict=True):
        yield f"goal: at most {_GOAL:.0f} x {what}; over it: {', '.join(names_over) or 'none'}"


def main(words: list[str] | None = None) -> None:
    """Print the table, or run one stage and print what it took."""
    words = sys.argv[1:] if words is None and sys.argv[0].endswith("bench_formats.py") else words or []
    if words[:1] == ["--stage"]:
        stage, name, path, count = words[1:]
        run = _STAGES[stage](name, Path(path), int(count))
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
