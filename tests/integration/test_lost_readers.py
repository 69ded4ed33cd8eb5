"""A process that the system ends (memory is short) costs a second try: nothing is refused that can be read."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import msgspec
import pytest

from ingest import renewing
from ingest.assemble import open_workspace
from ingest.outcomes import Receipt
from ingest.processes import worker_process
from ingest.processes.worker_process import WorkerProcess
from ingest.refusals import refused_deliveries
from ingest.worker import reparse, status
from tests.fakes.drops import drop, exported_from, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")

EVERY_TIME = 100


def lose(monkeypatch: pytest.MonkeyPatch, job: str, times: int) -> list[int]:
    """Let the process be killed that is given a job, so many times; returns whom it met."""
    ask, met = WorkerProcess._ask, list[int]()

    async def ask_and_kill(
        self: WorkerProcess, process: asyncio.subprocess.Process, asked: str, argument: msgspec.Struct
    ) -> worker_process._Reply:
        if asked == job and len(met) < times:
            os.kill(process.pid, signal.SIGKILL)
            met.append(process.pid)
        return await ask(self, process, asked, argument)

    monkeypatch.setattr(WorkerProcess, "_ask", ask_and_kill)
    return met


async def ingest(data: Path, *paths: Path) -> list[Receipt]:
    async with open_workspace(settings_for(data), is_writer=True) as workspace:
        return await taken(workspace, *paths)


@pytest.mark.parametrize("job", ["find", "ask_name", "parse", "versions", "collect"])
async def test_what_ends_once_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: str) -> None:
    drop(tmp_path / "drops", "one")
    drop(tmp_path / "drops", "two", place=2)
    await ingest(tmp_path / "whole", tmp_path / "drops")
    met = lose(monkeypatch, job, times=1)
    receipts = await ingest(tmp_path / "data", tmp_path / "drops")
    assert len(met) == 1
    assert [(receipt["file_name"], receipt["state"]) for receipt in receipts] == [
        ("one.xml", "complete"),
        ("two.xml", "complete"),
    ]
    assert await exported_from(tmp_path / "data") == await exported_from(tmp_path / "whole")
    assert list((tmp_path / "data" / "tmp").iterdir()) == []


async def test_texts_that_are_laid_out_anew_are_laid_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of lexicons or models the texts come from the segments."""
    path = drop(tmp_path / "drops", "one")
    await ingest(tmp_path / "data", path)
    records = await exported_from(tmp_path / "data")
    monkeypatch.setattr(renewing, "_recipe_of", lambda *_: None)
    met = lose(monkeypatch, "spill_texts", times=1)
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        (extraction,) = workspace.journal.extractions()
        await renewing.renew(workspace, {extraction.extraction_id}, lambda _: None, lambda _: None)
    assert len(met) == 1
    assert await exported_from(tmp_path / "data") == records


async def test_a_folder_that_cannot_be_looked_through_is_refused_with_what_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is in the vault and nothing has a hash: no sentence may send the user to either."""
    drop(tmp_path / "drops", "one")
    with monkeypatch.context() as patch:
        assert len(lose(patch, "find", EVERY_TIME)) == 0
        (receipt,) = await ingest(tmp_path / "data", tmp_path / "drops")
    assert [notice["code"] for notice in receipt["notices"]] == ["finder_lost"]  # type: ignore[attr-defined]  # a receipt
    assert (receipt["state"], receipt["file_name"]) == ("refused", "drops")
    said = f"{receipt['reason']} {receipt['remedy']}"
    assert "killed by signal 9" in said
    assert not {"vault", "reparse", "hash"} & set(said.split())
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        assert [each async for each in reparse(workspace)] == []
        assert [row.state for row in (await status(workspace)).deliveries] == ["refused"]
        assert len(refused_deliveries(workspace.journal)) == 1


async def test_a_refused_folder_stands_until_it_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file of it is not the folder; what was found in the whole folder stands for itself."""
    first = drop(tmp_path / "drops", "one")
    drop(tmp_path / "drops", "two", place=2)
    with monkeypatch.context() as patch:
        lose(patch, "find", EVERY_TIME)
        await ingest(tmp_path / "data", tmp_path / "drops")
    for path, standing in ((first, ["drops"]), (tmp_path / "drops", [])):
        async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
            assert {receipt["state"] for receipt in await taken(workspace, path)} == {"complete"}
            assert [held["file_name"] for held in refused_deliveries(workspace.journal)] == standing
            assert [row.file_name for row in (await status(workspace)).deliveries] == standing


async def test_a_name_that_could_not_be_asked_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(tmp_path / "drops", "one")
    met = lose(monkeypatch, "ask_name", EVERY_TIME)
    (receipt,) = await ingest(tmp_path / "data", path)
    assert (receipt["state"], len(met)) == ("complete", 2)
    assert list((tmp_path / "data" / "tmp").iterdir()) == []
