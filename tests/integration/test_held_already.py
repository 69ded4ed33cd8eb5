"""What is held already is not loaded again: an index that is of no use is told of all the same."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ingest.after_run import told_after_run, words_after_run
from ingest.assemble import open_workspace
from ingest.printed.receipt_text import next_lines, receipt_lines, summary_lines
from ingest.receipts import exit_code
from ingest.worker import reparse
from tests.fakes.drops import drop, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")


async def ingested(data_dir: Path, path: Path) -> str:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        return await words_after_run(workspace, await taken(workspace, path))


async def test_an_index_of_another_version_is_told_of_when_what_is_held_comes_again(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    assert await ingested(tmp_path / "data", path) == ""
    assert await ingested(tmp_path / "data", path) == ""
    with sqlite3.connect(tmp_path / "data" / "index.sqlite") as held:
        held.execute("UPDATE made_with SET value = '0' WHERE name = 'tables'")
    held.close()
    told = await ingested(tmp_path / "data", path)
    assert told.startswith("trapline: NOT COMPLETE: ")
    assert "was made by another version" in told
    assert "Run trapline rebuild." in told


def test_what_is_amiss_is_told_and_in_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert [told_after_run(code, "") for code in (0, 3, 4)] == [0, 3, 4]
    assert [told_after_run(code, "amiss") for code in (0, 4, 70)] == [5, 5, 70]
    assert capsys.readouterr().err == "amiss\n" * 3


async def test_a_folder_that_holds_nothing_and_what_waits_say_no_more_of_the_index(tmp_path: Path) -> None:
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        assert await words_after_run(workspace, []) == ""
        assert await words_after_run(workspace, [{"waits_for_index": True}]) == ""


@pytest.mark.parametrize("kind", ["records", "findings"])
@pytest.mark.parametrize("is_gone", [False, True])
async def test_a_damaged_segment_is_told_with_the_reparse_that_makes_it_again(
    tmp_path: Path,
    kind: str,
    is_gone: bool,  # noqa: FBT001  # a parameter
) -> None:
    path = drop(tmp_path / "drops", "one")
    await ingested(tmp_path / "data", path)
    (segment,) = (tmp_path / "data" / "segments").glob(f"*/{kind}-*.seg")
    content = segment.read_bytes()
    segment.unlink()
    if not is_gone:
        segment.write_bytes(content[: len(content) // 2])
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        workspace.discard_embedded_index()
        workspace.journal.forget_loads(workspace.index_name)
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        (receipt,) = await taken(workspace, path)
        assert await words_after_run(workspace, [receipt]) == ""
        told = await words_after_run(workspace, [])
    extraction_id = str(receipt["extraction_id"])
    lines = [*receipt_lines(receipt, None), *next_lines([receipt], "data"), *summary_lines([receipt])]
    assert f"      trapline reparse {extraction_id}" in lines
    assert any(line.startswith(f"  trapline reparse {extraction_id} --data data ") for line in lines)
    assert not any("rebuild" in line or "waiting" in line for line in lines)
    assert lines[-1] == "1 complete, 0 partial, 0 refused, 1 not in the index, with a damaged segment. Exit code 4."
    assert exit_code([receipt]) == 4
    assert "trapline reparse for what that calls damaged" in told, "another run does not name it"
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        assert exit_code([each async for each in reparse(workspace, [extraction_id])]) == 0
        (receipt,) = await taken(workspace, path)
    assert exit_code([receipt]) == 0
