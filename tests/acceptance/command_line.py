"""Runs the console script as other programs do: a process of its own, in folders that show what it wrote where."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2
CONSOLE_SCRIPT = Path(sys.executable).with_name("trapline")


class Finished(msgspec.Struct, frozen=True):
    """What a run of the console script left."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        """Return standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]


class CommandLine:
    """The console script with a data folder, and an empty home, working and temporary folder to watch."""

    def __init__(self, root: Path, settings: Mapping[str, str] | None = None) -> None:
        """Take the folder for everything, and settings as environment variables."""
        self.root = root
        self._settings = dict(settings or {})
        self.data = root / "data"
        self.surroundings = tuple(root / name for name in ("home", "working", "temporary"))
        for folder in self.surroundings:
            folder.mkdir(parents=True, exist_ok=True)

    def run(
        self, *arguments: str | Path, timeout_seconds: float = 300, data: bool = True, keeps_to_modes: bool = False
    ) -> Finished:
        """Run a verb with ``--data`` and return what came out; ``keeps_to_modes``: root too reads what it may alone."""
        home, working, temporary = self.surroundings
        environ = {key: value for key, value in os.environ.items() if not key.startswith("TRAPLINE_")}
        environ |= {"HOME": str(home), "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(home / ".cache")}
        environ |= self._settings
        words = [str(CONSOLE_SCRIPT), *map(str, arguments), *(("--data", str(self.data)) if data else ())]
        done = subprocess.run(  # a thread beside it does no harm: libc alone is called
            words,
            cwd=working,
            env=environ,
            capture_output=True,
            timeout=timeout_seconds,
            check=False,
            preexec_fn=_give_up_reading_everything if keeps_to_modes else None,
        )
        return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())

    def records(self) -> list[dict[str, Any]]:
        """Return every exported record."""
        finished = self.run("export", "--format", "jsonl")
        assert finished.code == 0, finished.err
        return finished.rows()

    def strays(self) -> list[str]:
        """Return what was written outside the data folder."""
        return [str(path.relative_to(self.root)) for folder in self.surroundings for path in folder.rglob("*")]


def _give_up_reading_everything() -> None:
    """Take from root, and from nobody else, the right to read what its mode forbids."""
    libc = ctypes.CDLL(None)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def snapshot(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return hash, size and time of change of everything below the folder, links and folders too."""
    found: dict[str, tuple[str, int, int]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        found[path.relative_to(folder).as_posix()] = (digest, status.st_size, status.st_mtime_ns)
    return found
