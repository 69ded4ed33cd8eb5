"""What waits for an outbox that cannot be written is bounded; what is let go is named as not written."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest import outbox
from ingest.outbox import Outbox


def test_no_more_waits_than_memory_is_meant_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_WAITING_BYTES", 100)
    folder = tmp_path / "outbox"
    folder.write_bytes(b"no folder")
    told: list[str] = []
    box = Outbox(SimpleNamespace(), folder, told.append)  # type: ignore[arg-type]  # nothing is asked of the data folder
    for number in range(4):
        box._add(f"{number}.receipt.json", b"r" * 20)
        box._add(f"{number}.report.html", b"p" * 60)
        box._write_waiting()
    assert sum(map(len, box._waiting.values())) <= 100
    assert {f"{number}.receipt.json" for number in range(4)} <= {*box._waiting}, "a report can be made at any time"
    assert len(box.unwritten) == 8
    folder.unlink()
    box._write_waiting()
    assert sorted(path.name for path in folder.iterdir()) == [f"{number}.receipt.json" for number in range(4)]
    assert "4 that were too large to wait are named at the end." in told[-1]
    box.close()
    assert "0.report.html, 1.report.html, 2.report.html, 3.report.html" in told[-1]
