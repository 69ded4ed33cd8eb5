"""What is printed where nothing can be printed: a run ends in order, and closed streams are no fault."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ingest.outcomes import Receipt
from ingest.printed import receipt_printing
from ingest.printed.progress_display import ProgressDisplay
from ingest.printed.receipt_printing import print_receipts

ROOT = Path(__file__).parents[4]


async def test_a_run_whose_receipts_cannot_be_printed_is_ended_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    async def run() -> AsyncIterator[Receipt]:
        try:
            yield {"file_name": "one.xml"}
        finally:
            ended.append("in order")

    def fail(_receipt: Receipt) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(receipt_printing, "print_json", fail)
    with pytest.raises(OSError, match="No space"):
        await print_receipts(run(), ProgressDisplay(), as_json=True)
    assert ended == ["in order"]


def test_a_process_without_streams_does_its_work() -> None:
    command = 'exec "$0" -m ingest formats <&- >&- 2>&-'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["/bin/sh", "-c", command, sys.executable], env=environment, check=False)
    assert done.returncode == 0


def test_standard_output_on_a_full_disk_is_named_as_that() -> None:
    """The disk of the data folder may have room."""
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "ingest", "formats"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == 6
    assert ended.stderr == (
        "trapline: Standard output cannot be written: No space left on device. Make room there, or name another place,"
        " and run it again.\n"
    )
