"""What waits because the disk of the index is full says so, and a further ingest is all that it needs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ingest.assemble import open_workspace
from ingest.index_upkeep import IndexUpkeep
from ingest.outcomes import Receipt
from ingest.printed.receipt_text import receipt_lines
from ingest.printed.status_text import status_lines
from ingest.worker import status
from search.errors import IndexUnreachable
from tests.fakes.drops import drop, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")


async def ingest(data_dir: Path, path: Path) -> list[Receipt]:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        return await taken(workspace, path)


async def test_an_index_without_room_says_so_and_the_next_run_loads_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(tmp_path / "drops", "one")

    async def full(_upkeep: IndexUpkeep, _load: object, _row: object) -> None:
        raise IndexUnreachable("the index file cannot be used") from OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(IndexUpkeep, "_put", full)
        (waiting,) = await ingest(tmp_path / "data", path)
    assert any("no room is left on the disk" in line and "rebuild" not in line for line in receipt_lines(waiting, None))
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        lines = list(status_lines(await status(workspace)))
    assert "Index embedded: NO ROOM on the disk for what waits" in lines
    assert lines[-1].endswith("make room, then ingest again, which loads what waits first.")
    (receipt,) = await ingest(tmp_path / "data", path)
    assert "  held already: its records were loaded into the index now" in receipt_lines(receipt, None)
    (again,) = await ingest(tmp_path / "data", path)
    assert any("nothing was added" in line for line in receipt_lines(again, None))
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        assert "Index embedded: ready" in list(status_lines(await status(workspace)))
    (tmp_path / "data" / "index.sqlite").unlink()
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        lines = list(status_lines(await status(workspace)))
    assert not any("NO ROOM" in line or "make room" in line for line in lines), "it was loaded since: the disk has room"
