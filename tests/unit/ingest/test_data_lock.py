from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.data_lock import writer_lock
from ingest.errors import DataFolderLocked


async def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async with writer_lock(tmp_path / "lock", 0):
        with pytest.raises(DataFolderLocked, match=f"process {os.getpid()}"):
            async with writer_lock(tmp_path / "lock", 1.0, sleep):
                pytest.fail("two writers")
    assert 0.9 < sum(waits) < 1.2
    async with writer_lock(tmp_path / "lock", 0):
        pass


async def test_a_writer_gets_the_lock_when_the_other_ends_in_time(tmp_path: Path) -> None:
    first = writer_lock(tmp_path / "lock", 0)
    await first.__aenter__()

    async def sleep(_seconds: float) -> None:
        await first.__aexit__(None, None, None)

    async with writer_lock(tmp_path / "lock", 5.0, sleep):
        assert (tmp_path / "lock").read_text(encoding="ascii") == f"{os.getpid()}\n"


@pytest.fixture
def other_process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until it is killed."""
    script = (
        "import fcntl, os, sys, signal\n"
        "handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)\n"
        "fcntl.flock(handle, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield other
        other.kill()


async def test_a_process_that_is_killed_lets_go(tmp_path: Path, other_process: subprocess.Popen[str]) -> None:
    with pytest.raises(DataFolderLocked):
        async with writer_lock(tmp_path / "lock", 0):
            pass
    other_process.kill()
    other_process.wait()
    async with writer_lock(tmp_path / "lock", 0):
        pass
