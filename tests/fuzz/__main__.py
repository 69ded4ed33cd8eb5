"""Mutates samples and reads them, for a time: ``python -m tests.fuzz [--seconds N] [--seed N] [FORMAT ...]``.

What ``make fuzz`` runs. Each format has a process of its own, with bounded memory; a fault is printed with the seed
that makes it again (``--again FORMAT SAMPLE SEED`` writes the file that hurts). Ends 1 where there was one.
"""

from __future__ import annotations

import argparse
import logging
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Final

from ingest.processes.memory import peak_memory_bytes
from tests.fuzz.checks import fault_of
from tests.fuzz.mutations import mutated
from tests.fuzz.subjects import subjects

_MEMORY_BYTES: Final = 3 * 2**30
_SECONDS: Final = 30
_MOST_FAULTS: Final = 10


def main(words: list[str]) -> int:
    """Run the formats one after the other, or one of them in this process."""
    options = _options(words)
    if options.again:
        format_name, sample, seed = options.again
        subject = next(each for each in subjects()[format_name] if each.name == sample)
        print(fault_of(subject, int(seed)))
        Path(f"fuzz-{seed}-{subject.name}").write_bytes(mutated(subject.content, Random(int(seed))))  # mutations
        return 0
    if options.here:
        return _run(options.formats[0], options.seconds, options.seed)
    code = 0
    for name in options.formats or list(subjects()):
        command = [sys.executable, "-m", "tests.fuzz", "--here", "--seconds", str(options.seconds)]
        code |= subprocess.run([*command, "--seed", str(options.seed), name], check=False).returncode != 0
    return int(code)


def _run(name: str, seconds: float, seed: int) -> int:
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    held = subjects()[name]
    began = time.monotonic()
    faults = count = 0
    random = Random(seed)  # mutations, no secrets
    slowest = 0.0
    while time.monotonic() - began < seconds and faults < _MOST_FAULTS:
        subject, its_seed = random.choice(held), random.getrandbits(48)
        at = time.monotonic()
        fault = fault_of(subject, its_seed)
        slowest = max(slowest, time.monotonic() - at)
        count += 1
        if fault is not None:
            faults += 1
            print(
                f"{name}: {fault}; again: python -m tests.fuzz --again {name} {subject.name!r} {its_seed}", flush=True
            )
    peak = peak_memory_bytes() / 2**20
    print(f"{name:20} {count:7,} files  {faults} faults  slowest {slowest:5.2f} s  {peak:5.0f} MB", flush=True)
    return 1 if faults else 0


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="for each format")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--again", nargs=3, metavar=("FORMAT", "SAMPLE", "SEED"))
    options = parser.parse_args(words)
    unknown = sorted(set(options.formats) - set(subjects()))
    if unknown:
        parser.error(f"no samples for {', '.join(unknown)}; there are {', '.join(subjects())}")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
