"""Deliveries of one device tell each other the order of day and month: whatever came first, in one run or in many."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from ingest.assemble import open_workspace
from ingest.decisions import Amendment
from ingest.journal import FINISHED, Step
from ingest.outcomes import Receipt
from ingest.processes import worker_process
from ingest.receipts import exit_code
from ingest.worker import amend, rebuild, reparse, status, verify
from tests.fakes.drops import exported_from, settings_for, taken
from tests.fakes.quick_analysis import QUICK_JOBS
from tests.integration.test_watch import QUIET, watching

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.usefixtures("quick_analysis")

UNTOLD = "05/06/2023, 10:18 - Sue: Sunny LINE on now\n06/06/2023, 10:19 - Jay: yes m8\n"
DAY_FIRST = "25/12/2023, 14:05 - Kit: u about\n26/12/2023, 14:05 - Jay: no\n"
MONTH_FIRST = "12/25/2023, 14:05 - Mo: u up\n12/26/2023, 14:05 - Jay: no\n"
TEXTS = {"Sue": UNTOLD, "Kit": DAY_FIRST}
JUNE, MAY = "2023-06-05T09:18:00.000Z", "2023-05-06T09:18:00.000Z"
EXHIBIT = {"case_ref": "OP X", "exhibit_ref": "A/1"}
LENT, UNKNOWN = "date_order_of_others", "day_month_order_unknown"


def chat(folder: Path, whom: str, text: str, **stated: str) -> Path:
    """Write a chat of the exhibit, with a sidecar."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"WhatsApp Chat with {whom}.txt"
    path.write_text(text, encoding="utf-8")
    state(path, **stated)
    return path


def state(path: Path, **stated: str) -> None:
    lines = [f'{key} = "{value}"\n' for key, value in {**EXHIBIT, **stated}.items()]
    path.with_name(f"{path.name}.trapline.toml").write_text("".join(lines), encoding="utf-8")


async def ingest(data_dir: Path, *paths: Path) -> list[Receipt]:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        return await taken(workspace, *paths)


async def instant(data_dir: Path, body: str = "Sunny LINE on now") -> str | None:
    records: Any = await exported_from(data_dir)
    (found,) = [record["time"]["utc"] for record in records if record.get("body") == body]
    return found if found is None else str(found)


def codes(receipt: Receipt) -> set[str]:
    notices: Any = receipt["notices"]
    return {notice["code"] for notice in notices} & {LENT, UNKNOWN}


async def assert_whole(data_dir: Path) -> None:
    async with open_workspace(settings_for(data_dir)) as workspace:
        held = await status(workspace)
        assert (held.unfinished_count, held.waiting_count) == (0, 0)
        assert {it.step for it in held.extractions} == {"complete"}
        checked = await verify(workspace)
    assert [check for check in checked.checks if not check.is_sound] == []
    assert list((data_dir / "tmp").iterdir()) == []


async def test_the_order_of_the_drops_says_nothing(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    first, lender = chat(drops, "Sue", UNTOLD), chat(drops, "Kit", DAY_FIRST)
    second = chat(drops, "Ann", UNTOLD.replace("Sue", "Ann"))
    exports: list[list[dict[str, object]]] = []
    orders = ((first, lender, second), (second, first, lender), (lender, second, first))
    for place, order in enumerate(orders):
        data_dir = tmp_path / f"data{place}"
        runs = [order] if place == 1 else [(path,) for path in order]
        receipts = {str(receipt["file_name"]): receipt for run in runs for receipt in await ingest(data_dir, *run)}
        if order[-1] == first:
            assert codes(receipts[first.name]) == {LENT}, "its own receipt says what came of it"
        exports.append(await exported_from(data_dir))
        await assert_whole(data_dir)
    assert all(export == exports[0] for export in exports)
    times = [record["time"] for record in exports[0] if record.get("body") == "Sunny LINE on now"]
    assert [time["utc"] for time in times if isinstance(time, dict)] == [JUNE, JUNE]


async def test_a_third_that_disagrees_undoes_it_wherever_it_comes(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    short, one, other = (
        chat(drops, whom, text) for whom, text in (("Sue", UNTOLD), ("Kit", DAY_FIRST), ("Mo", MONTH_FIRST))
    )
    for place, order in enumerate(((short, one, other), (other, one, short), (other, short, one))):
        data_dir = tmp_path / f"data{place}"
        for path in order:
            await ingest(data_dir, path)
        assert await instant(data_dir) is None
        (again,) = await ingest(data_dir, short)
        assert (again["already_held"], codes(again)) == (True, {UNKNOWN})
        await assert_whole(data_dir)


async def test_another_device_lends_nothing(tmp_path: Path) -> None:
    paths = [
        chat(tmp_path / "drops", "Sue", UNTOLD),
        chat(tmp_path / "drops", "Kit", DAY_FIRST, exhibit_ref="A/2"),
        chat(tmp_path / "drops", "Mo", MONTH_FIRST, case_ref="OP Y"),
    ]
    await ingest(tmp_path / "data", *paths)
    assert await instant(tmp_path / "data") is None


async def test_other_forms_of_dates_lend_nothing(tmp_path: Path) -> None:
    paths = [
        chat(tmp_path / "drops", "Sue", UNTOLD),
        chat(tmp_path / "drops", "Kit", DAY_FIRST.replace("/", ".")),
        chat(tmp_path / "drops", "Mo", MONTH_FIRST.replace("/2023", "/23")),
    ]
    await ingest(tmp_path / "data", *paths)
    assert await instant(tmp_path / "data") is None


async def test_what_is_stated_of_one_file_holds_for_it_alone(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    untold = chat(drops, "Sue", UNTOLD)
    await ingest(data_dir, untold, chat(drops, "Ann", UNTOLD.replace("Sue", "Ann"), date_order="day_first"))
    records: Any = await exported_from(data_dir)
    sunny = [record["time"]["utc"] for record in records if record.get("body") == "Sunny LINE on now"]
    assert sorted(sunny, key=str) == [JUNE, None]

    await ingest(data_dir, chat(drops, "Kit", DAY_FIRST))
    records = await exported_from(data_dir)
    assert [record["time"]["utc"] for record in records if record.get("body") == "Sunny LINE on now"] == [JUNE, JUNE]
    # A sidecar that comes later wins over what was lent, and one that takes it back does not leave it behind.
    state(untold, date_order="month_first")
    (stated,) = await ingest(data_dir, untold)
    assert codes(stated) == set()
    assert MAY in await _all_instants(data_dir)
    state(untold)
    (lent,) = await ingest(data_dir, untold)
    assert codes(lent) == {LENT}
    assert MAY not in await _all_instants(data_dir)
    await assert_whole(data_dir)


async def _all_instants(data_dir: Path) -> set[str | None]:
    records: Any = await exported_from(data_dir)
    return {record["time"]["utc"] for record in records if record["kind"] == "message"}


async def test_a_correction_that_changes_the_device_undoes_it(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    paths = [chat(drops, whom, text) for whom, text in TEXTS.items()]
    untold, lender = await ingest(data_dir, *paths)
    name, other = str(untold["extraction_id"]), str(lender["extraction_id"])
    assert await instant(data_dir) == JUNE
    for exhibit, expected in (("A/2", None), ("A/1", JUNE)):
        async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
            await amend(workspace, other, reason="another phone", exhibit_ref=exhibit)
        assert await instant(data_dir) == expected
        await assert_whole(data_dir)
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        (receipt,) = await amend(workspace, name, reason="another phone", exhibit_ref="A/3")
    assert codes(receipt) == {UNKNOWN}
    assert await instant(data_dir) is None
    # A run that was cut short behind the correction.
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        workspace.decisions.amend(name, Amendment(exhibit_ref="A/1"), "the same phone")
    await ingest(data_dir)
    assert await instant(data_dir) == JUNE
    await assert_whole(data_dir)


async def test_what_is_made_anew_is_the_same(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    await ingest(data_dir, chat(drops, "Sue", UNTOLD), chat(drops, "Kit", DAY_FIRST))
    expected = await exported_from(data_dir)
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        seen: list[str] = []
        await rebuild(workspace, checkpoint=seen.append)
        assert "after parsed" not in seen
        receipts = [receipt async for receipt in reparse(workspace, checkpoint=seen.append)]
        assert seen.count("after parsed") == len(receipts), "each is read once: what it is lent is known"
    assert await exported_from(data_dir) == expected


async def test_what_cannot_be_read_again_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    untold = chat(drops, "Sue", UNTOLD)
    (first,) = await ingest(data_dir, untold)
    (content,) = (data_dir / "vault").glob("*/*/content")
    content.chmod(0o600)
    content.write_bytes(b"06/06/2023, 10:19 - Jay: something else\n")
    receipts = await ingest(data_dir, chat(drops, "Kit", DAY_FIRST))
    assert [receipt["state"] for receipt in receipts] == ["complete", "refused"], "the other's is told of, last"
    assert (receipts[1]["sha256"], exit_code(receipts)) == (first["sha256"], 4)
    assert await instant(data_dir) is None, "what was read before stays"
    async with open_workspace(settings_for(data_dir)) as workspace:
        held = await status(workspace)
    (row,) = held.deliveries
    assert (row.file_name, row.state, row.was_read) == (untold.name, "failed: vault_damaged", True)
    # The original that comes again heals its copy, which is read then with what the other lends.
    (again,) = await ingest(data_dir, untold)
    assert (again["state"], again["sha256"], codes(again)) == ("complete", first["sha256"], {LENT})
    assert content.read_bytes() == untold.read_bytes()
    assert await instant(data_dir) == JUNE
    await assert_whole(data_dir)


async def test_a_correction_and_a_rebuild_tell_of_what_could_not_be_read_again(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    await ingest(data_dir, chat(drops, "Sue", UNTOLD))
    (content,) = (data_dir / "vault").glob("*/*/content")
    (lender,) = await ingest(data_dir, chat(drops, "Kit", DAY_FIRST, exhibit_ref="A/2"))
    content.chmod(0o600)
    content.write_bytes(b"other bytes")
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        receipts = await amend(workspace, str(lender["extraction_id"]), reason="one phone", exhibit_ref="A/1")
        assert [receipt["state"] for receipt in receipts] == ["complete", "refused"]
        (row,) = (row for row in workspace.journal.deliveries() if row.state != FINISHED)
        workspace.journal.set_delivery(row.sha256, state=FINISHED, step=Step.COMPLETE)
        rebuilt = await rebuild(workspace)
    assert [receipt["sha256"] for receipt in rebuilt.refused] == [row.stated_sha256]


async def test_reading_one_again_for_the_sake_of_another_is_in_the_audit(tmp_path: Path) -> None:
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    (untold,) = await ingest(data_dir, chat(drops, "Sue", UNTOLD))
    await ingest(data_dir, chat(drops, "Kit", DAY_FIRST))
    async with open_workspace(settings_for(data_dir)) as workspace:
        lines: Any = [line for line in workspace.audit.lines() if line["action"] == "reparse"]
        (row,) = (row for row in workspace.journal.deliveries() if row.stated_sha256 == untold["sha256"])
    assert [line["detail"]["sha256"] for line in lines] == [[row.sha256]]
    assert "order of day and month" in lines[0]["detail"]["reason"]


AGAIN = ("after parsed#3", "after segmented#3", "after analysed#3")
BEHIND = ("after lent", "after finish#2", *AGAIN, "after finish#3")
WITHIN = ("after resolved#2", "after analysed#2", *AGAIN, "after finish#2")


@pytest.mark.parametrize(
    ("first", "where"), [*(("Sue", where) for where in BEHIND), *(("Kit", where) for where in WITHIN)]
)
async def test_a_run_killed_anywhere_is_finished_by_the_next(
    tmp_path: Path, whole: list[dict[str, object]], first: str, where: str
) -> None:
    """``Sue`` is read twice: behind the other, or within its own turn where it comes last."""
    data_dir, drops = tmp_path / "data", tmp_path / "drops"
    for whom, text in TEXTS.items():
        chat(drops / ("1" if whom == first else "2"), whom, text)
    assert killed(data_dir, drops, where) == -signal.SIGKILL, f"never came to {where}"
    await ingest(data_dir, drops)
    assert await exported_from(data_dir) == whole
    await assert_whole(data_dir)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The records of a run that was not disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_process, "JOBS", QUICK_JOBS)
        patch.setenv("PYTHONPATH", str(ROOT))
        await ingest(folder / "data", *(chat(folder / "drops", whom, text) for whom, text in TEXTS.items()))
    return await exported_from(folder / "data")


def killed(data_dir: Path, drops: Path, where: str) -> int:
    """Take the drops in a process of its own, which kills itself there; returns how it ended."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fakes.kill_driver", "ingest", str(data_dir), str(drops), where],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
    )
    return ended.returncode


async def test_it_is_so_in_a_watched_folder(tmp_path: Path) -> None:
    async with watching(tmp_path) as watcher:
        for whom, text in TEXTS.items():
            chat(tmp_path / "drops", whom, text)
            await watcher.look()
            (receipt,) = await watcher.look(QUIET)
            assert receipt["state"] == "complete"
    assert await instant(tmp_path / "data") == JUNE
    await assert_whole(tmp_path / "data")
