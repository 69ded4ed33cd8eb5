"""Progress is shown on a terminal, with rate and remaining time, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

RUN = """
import time
from ingest.printed.output import print_line
from ingest.progress import Progress
from ingest.printed.progress_display import shown_progress

with shown_progress() as display:
    for done in range(0, 1001, 100):
        display.on_progress(Progress(delivery="HW-7\\x1b[2J.ufdr", step="parse", done=done, total=1000, unit="records"))
        time.sleep(0.15)
    display.on_progress(Progress(delivery="HW-7\\x1b[2J.ufdr", step="analyse", done=5, total=None, unit="texts"))
    time.sleep(0.3)
    with display.paused():
        print_line("a receipt")
"""


def read_all(handle: int) -> str:
    content = b""
    while True:
        try:
            portion = os.read(handle, 65536)
        except OSError:
            # Linux tells the end of a terminal whose other side is closed as an error.
            return content.decode()
        if not portion:
            return content.decode()
        content += portion


def test_a_terminal_shows_step_amount_rate_and_remaining_time() -> None:
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen(
        [sys.executable, "-c", RUN], stderr=theirs, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environ
    ) as process:
        os.close(theirs)
        shown = read_all(ours)
        assert process.stdout is not None
        assert process.stdout.read() == b"a receipt\n"
    os.close(ours)
    assert process.returncode == 0
    for part in ("reading", "of 1,000 records", "records/s", "0:00", "analysing texts", "5 texts"):
        assert part in shown
    assert "HW-7\x1b[2J" not in shown


def test_elsewhere_nothing_is_shown() -> None:
    done = subprocess.run([sys.executable, "-c", RUN], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"a receipt\n", b"")
