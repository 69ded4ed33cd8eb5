"""Loads of the embedded index whose rows the reading process makes: the same file, and nothing half done."""

from __future__ import annotations

import os
import signal
import sqlite3
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest

from ingest import index_upkeep
from ingest.assemble import open_workspace
from ingest.prepared_loads import PreparedLoad
from ingest.processes.row_jobs import RowsMade
from tests.fakes.drops import drop, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")

TABLES = ("documents", "blocks", "texts", "keys", "document_keys", "edges", "flares", "templates")
BODIES = [f"call me when you are at number {number}" for number in range(2_500)]

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drop(tmp_path_factory.mktemp("drops"), "one", bodies=BODIES)


def rows_of(data_dir: Path) -> Rows:
    with closing(sqlite3.connect(data_dir / "index.sqlite")) as connection:
        found = {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES}
        words = connection.execute("SELECT rowid FROM texts_words WHERE texts_words MATCH 'number'").fetchall()
    return {**found, "words": words}


async def loaded(data_dir: Path, report: Path) -> Rows:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await taken(workspace, report)
        assert list(workspace.paths.scratch.iterdir()) == []
    return rows_of(data_dir)


async def test_the_file_is_the_same_whoever_makes_the_rows(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct = await loaded(tmp_path / "direct", report)
    monkeypatch.setattr(index_upkeep, "WORTH_A_PROCESS", 1)
    prepared = await loaded(tmp_path / "prepared", report)
    assert len(direct["words"]) == len(BODIES)
    assert prepared == direct


async def test_a_reader_that_is_lost_costs_time_alone(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct = await loaded(tmp_path / "direct", report)
    monkeypatch.setattr(index_upkeep, "WORTH_A_PROCESS", 1)
    begun = PreparedLoad._begun
    lost: list[int] = []

    def begun_and_lost(self: PreparedLoad, extraction_no: int) -> Future[RowsMade]:
        making = begun(self, extraction_no)
        pid = self._workspace.workers.reader.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        lost.append(pid)
        return making

    monkeypatch.setattr(PreparedLoad, "_begun", begun_and_lost)
    assert await loaded(tmp_path / "data", report) == direct
    assert lost
