"""The service is killed at every step; the next run loses nothing, doubles nothing, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from ingest.assemble import open_workspace
from ingest.outcomes import Receipt
from ingest.worker import ingest_paths, rebuild, reparse, status, verify
from search.contract import SearchRequest
from tests.fakes.drops import drop, exported_from, settings_for, taken

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.usefixtures("quick_analysis")

INGEST = (
    "after arrival",
    "after custody",
    "after received",
    "before read",
    "after parsed",
    "after adopted",
    "after segmented",
    "after read",
    "before collect",
    "after resolved",
    "after collected",
    "after findings",
    "after analysed",
    "after collect",
    "before index",
    "before load",
    "after load",
    "after verify",
    "after index",
    "before finish",
    "after receipts",
    "after finish",
    # the handset gives the delivery without identity another device, which changes its catalogue entry alone
    "after entry",
    "before entries",
    "after entries",
)
REPARSE = (
    "after received",
    "after parsed",
    "after adopted",
    "after segmented",
    "after resolved",
    "after entry",
    "after finish",
)
REBUILD = ("after resolved", "before load", "after load", "after verify")


@pytest.fixture(scope="module")
def drops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drops")
    bodies = [f"text {n}" for n in range(12)]
    # First a device by its exhibit alone; then its handset, whose SIM was read too; then a fuller reading of that.
    drop(folder, "a-nameless", bodies=["other", "texts"], place=None, only_bodies=True)
    drop(folder, "b-older", bodies=bodies[:8], with_sim=True)
    drop(folder, "c-newer", bodies=bodies)
    return folder


@pytest.fixture(scope="module")
def whole(drops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a run that was not disturbed; copy it before you change it."""
    data_dir = tmp_path_factory.mktemp("whole") / "data"
    assert run("ingest", data_dir, drops, "never") == 0
    return data_dir


@pytest_asyncio.fixture
async def undisturbed(whole: Path) -> list[dict[str, object]]:
    return await exported_from(whole)


def run(verb: str, data_dir: Path, drops: Path, where: str) -> int:
    """Run the verb in a process of its own, which kills itself there; returns how it ended."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fakes.kill_driver", verb, str(data_dir), str(drops), where],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )
    return ended.returncode


def killed(verb: str, data_dir: Path, drops: Path, where: str) -> None:
    assert run(verb, data_dir, drops, where) == -signal.SIGKILL, f"{verb} never came to {where}"


async def assert_whole(data_dir: Path, expected: list[dict[str, object]]) -> None:
    assert await exported_from(data_dir) == expected
    async with open_workspace(settings_for(data_dir)) as workspace:
        held = await status(workspace)
        assert (held.unfinished_count, held.waiting_count) == (0, 0)
        assert {it.step for it in held.extractions} == {"complete"}
        async with workspace.open_index() as index:
            page = await index.search(SearchRequest(size=1))
            entries = await index.entries()
        checked = await verify(workspace)
    assert [check for check in checked.checks if not check.is_sound] == []
    indexed = [record for record in expected if record["duplicate_of"] is None]
    assert page.total == len(indexed)
    assert sorted(entry.state for entry in entries) == ["complete", "complete", "complete", "superseded"]
    assert_nothing_is_left_over(data_dir, len(entries))


def assert_nothing_is_left_over(data_dir: Path, extraction_count: int) -> None:
    assert list((data_dir / "tmp").iterdir()) == []
    assert [path for path in data_dir.rglob("*") if path.name.endswith(".part")] == []
    assert len(list((data_dir / "segments").glob("*/*"))) == 2 * extraction_count
    assert len(list((data_dir / "vault").glob("??/*"))) == 3


async def test_the_steps_are_those_that_are_killed(drops: Path, tmp_path: Path) -> None:
    seen: dict[str, None] = {}
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        async for _ in ingest_paths(workspace, [drops], checkpoint=lambda name: seen.update({name: None})):
            pass
    assert {*seen} == {*INGEST}


@pytest.mark.parametrize("where", INGEST)
async def test_ingest_killed_anywhere_is_finished_by_the_next_run(
    where: str, drops: Path, tmp_path: Path, undisturbed: list[dict[str, object]]
) -> None:
    data_dir = tmp_path / "data"
    killed("ingest", data_dir, drops, where)
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        receipts: list[Receipt] = await taken(workspace, drops)
    assert {receipt["state"] for receipt in receipts} <= {"complete", "superseded"}
    ids = [receipt["extraction_id"] for receipt in receipts]
    assert len(ids) == len({*ids}) == 4, "one receipt an extraction, although the run before began one of them"
    await assert_whole(data_dir, undisturbed)


async def test_what_the_next_ingest_finishes_is_not_said_to_wait_for_a_rebuild_too(drops: Path, tmp_path: Path) -> None:
    killed("ingest", tmp_path / "data", drops, "after segmented")
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        held = await status(workspace)
    assert (held.unfinished_count, held.waiting_count) == (1, 0)
    assert [it.is_waiting for it in held.extractions] == [True]


async def test_a_run_that_takes_nothing_new_finishes_what_was_begun(
    drops: Path, tmp_path: Path, undisturbed: list[dict[str, object]]
) -> None:
    """The delivery that was under way is in the vault; its original may be gone by now."""
    data_dir, moved = tmp_path / "data", tmp_path / "moved"
    shutil.copytree(drops, moved)
    killed("ingest", data_dir, moved, "after parsed")
    (moved / "a-nameless.xml").unlink()
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await taken(workspace, moved / "b-older.xml", moved / "c-newer.xml")
    expected = [{**record, "source": None} for record in undisturbed]
    assert [{**record, "source": None} for record in await exported_from(data_dir)] == expected


@pytest.mark.parametrize("where", REPARSE)
async def test_reparse_killed_anywhere_is_finished_by_the_next_run(
    where: str, drops: Path, whole: Path, tmp_path: Path, undisturbed: list[dict[str, object]]
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(whole, data_dir)
    killed("reparse", data_dir, drops, where)
    assert await exported_from(data_dir) == undisturbed, "what was read before holds until the new reading is whole"
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await taken(workspace, drops)
    await assert_whole(data_dir, undisturbed)


@pytest.mark.parametrize("where", REBUILD)
async def test_rebuild_killed_anywhere_is_finished_by_the_next_run(
    where: str, drops: Path, whole: Path, tmp_path: Path, undisturbed: list[dict[str, object]]
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(whole, data_dir)
    killed("rebuild", data_dir, drops, where)
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await rebuild(workspace)
    await assert_whole(data_dir, undisturbed)


async def test_damaged_segments_are_mended_from_the_vault(
    whole: Path, tmp_path: Path, undisturbed: list[dict[str, object]]
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(whole, data_dir)
    for path in (data_dir / "segments").glob("*/*.seg"):
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-100])
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        broken = {check.name for check in (await verify(workspace)).checks if not check.is_sound}
        assert "segments" in broken
        receipts = [receipt async for receipt in reparse(workspace)]
    assert {receipt["state"] for receipt in receipts} <= {"complete", "superseded"}
    await assert_whole(data_dir, undisturbed)
