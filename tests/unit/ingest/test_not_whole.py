"""What watches let wait is named as long as they run, whoever else watches or ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from ingest.not_whole import NotWhole, waiting_drops

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from ingest.not_whole import NotWhole, waiting_drops
now = datetime(2024, 3, 1, 12, tzinfo=UTC)
folder, drop = map(Path, sys.argv[1:])
NotWhole(folder, lambda: now, lambda _told: None).look({(drop, "mark"): 600.0})
assert len(waiting_drops(folder, now)) == 1
os.kill(os.getpid(), signal.SIGKILL)
"""


def watch(folder: Path) -> NotWhole:
    return NotWhole(folder, lambda: NOW, lambda _told: None)


def paths(folder: Path) -> list[str]:
    return [drop.path for drop in waiting_drops(folder, NOW)]


def made(path: Path) -> Path:
    path.write_bytes(b"<cut")
    return path


def test_a_watch_that_ends_takes_its_own_listing_away_and_no_other(tmp_path: Path) -> None:
    cut, other = made(tmp_path / "cut.xml"), made(tmp_path / "a.xml")
    one, idle = watch(tmp_path), watch(tmp_path)
    one.look({(cut, "mark"): 600.0})
    idle.look({})
    idle.close()
    assert paths(tmp_path) == [str(cut)]
    two = watch(tmp_path)
    two.look({(cut, "mark"): 300.0, (other, "mark"): 600.0})
    assert [(drop.path, drop.until[11:16]) for drop in waiting_drops(tmp_path, NOW)] == [
        (str(other), "12:10"),
        (str(cut), "12:05"),
    ]
    one.look({})
    assert paths(tmp_path) == [str(other), str(cut)]
    two.close()
    one.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xml", "cut.xml"]


def test_a_listing_that_changes_is_never_without_its_lock(tmp_path: Path) -> None:
    cut, other = made(tmp_path / "cut.xml"), made(tmp_path / "a.xml")
    one = watch(tmp_path)
    one.look({(cut, "mark"): 600.0})
    one.look({(cut, "mark"): 600.0, (other, "mark"): 600.0})
    assert paths(tmp_path) == [str(other), str(cut)]
    one.look({(other, "mark"): 600.0})
    assert paths(tmp_path) == [str(other)]


def test_what_a_killed_watch_let_wait_waits_no_more(tmp_path: Path) -> None:
    cut = made(tmp_path / "cut.xml")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path), str(cut)], check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob("waiting-*.json"))) == 1
    assert paths(tmp_path) == []
    watch(tmp_path).close()
    assert not list(tmp_path.glob("waiting-*.json")), "the next one clears it away"
