"""A data folder of which a file is damaged or gone: nothing looks empty or whole that is not, and each remedy works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import pytest_asyncio

from ingest.assemble import open_workspace
from ingest.errors import ChainBroken, DataFolderRefused
from ingest.journal import Journal
from ingest.outcomes import Receipt
from ingest.receipts import exit_code
from ingest.report_view import linkage_report
from ingest.selection import Selection
from ingest.worker import amend, reparse, verify
from tests.fakes.drops import drop, exported_from, settings_for, taken

pytestmark = pytest.mark.usefixtures("quick_analysis")

Harm = Callable[[Path], None]


@pytest_asyncio.fixture
async def data_dir(tmp_path: Path) -> Path:
    drop(tmp_path / "drops", "one", msisdn=None)
    drop(tmp_path / "drops", "two", place=2, exhibit_ref="T/2")
    data_dir = tmp_path / "data"
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await taken(workspace, tmp_path / "drops")
    return data_dir


async def read_again(data_dir: Path) -> list[Receipt]:
    async with open_workspace(settings_for(data_dir), is_writer=True, is_repair=True) as workspace:
        return [receipt async for receipt in reparse(workspace)]


async def unsound(data_dir: Path) -> set[str]:
    async with open_workspace(settings_for(data_dir), is_repair=True) as workspace:
        return {check.name for check in (await verify(workspace)).checks if not check.is_sound}


def remove(data_dir: Path, name: str) -> None:
    for path in data_dir.glob(f"{name}*"):
        path.unlink()


def remove_journal(data_dir: Path) -> None:
    remove(data_dir, "journal.sqlite")


def empty_journal(data_dir: Path) -> None:
    remove_journal(data_dir)
    (data_dir / "journal.sqlite").touch()


def journal_of_nothing(data_dir: Path) -> None:
    remove_journal(data_dir)
    Journal(data_dir / "journal.sqlite", lambda: pytest.fail("nothing is written")).close()


@pytest.mark.parametrize("harm", [remove_journal, empty_journal, journal_of_nothing])
async def test_a_folder_whose_journal_is_lost_does_not_look_empty(data_dir: Path, harm: Harm) -> None:
    before = await exported_from(data_dir)
    harm(data_dir)
    for _ in range(2):
        with pytest.raises(DataFolderRefused, match="trapline reparse"):
            await exported_from(data_dir)
    assert "vault" in await unsound(data_dir)
    with pytest.raises(DataFolderRefused):
        await exported_from(data_dir)
    assert {receipt["file_name"] for receipt in await read_again(data_dir)} == {"one.xml", "two.xml"}
    assert await exported_from(data_dir) == before
    assert await unsound(data_dir) == set()


def rubbish(path: Path) -> None:
    path.write_bytes(b"rubbish" * 1000)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("harm", [rubbish, half])
async def test_a_damaged_journal_is_named_with_what_to_do(data_dir: Path, harm: Harm) -> None:
    before = await exported_from(data_dir)
    harm(data_dir / "journal.sqlite")
    with pytest.raises(DataFolderRefused, match=r"journal\.sqlite is damaged .* trapline reparse"):
        await exported_from(data_dir)
    (data_dir / "journal.sqlite").rename(data_dir.parent / "away.sqlite")
    assert exit_code(await read_again(data_dir)) == 0
    assert await exported_from(data_dir) == before


def vault_files(data_dir: Path, name: str) -> list[Path]:
    return sorted((data_dir / "vault").rglob(name))


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["content", "manifest.json"])
@pytest.mark.parametrize("content", [b"<project/>", None])
async def test_a_changed_copy_is_not_read_again_and_what_was_read_stays(
    data_dir: Path, name: str, content: bytes | None
) -> None:
    """Its records would stand under the hash of the original."""
    before = await exported_from(data_dir)
    harmed, _ = vault_files(data_dir, name)
    if content is None:
        harmed.unlink()
    else:
        overwrite(harmed, content)
    receipts = await read_again(data_dir)
    assert sorted(str(receipt["state"]) for receipt in receipts) == ["complete", "refused"]
    assert exit_code(receipts) == 4
    (refused,) = (receipt for receipt in receipts if receipt["state"] == "refused")
    assert [notice["code"] for notice in refused["notices"]] == ["vault_damaged"]  # type: ignore[attr-defined]  # of a receipt
    assert refused["sha256"] == harmed.parent.name
    assert await exported_from(data_dir) == before


async def test_a_delivery_that_was_lost_before_it_was_read_holds_nothing_up(data_dir: Path, tmp_path: Path) -> None:
    """One that is unfinished and gone from the vault is told once; the next run goes on with what comes."""
    lost, _ = vault_files(data_dir, "manifest.json")
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        row = workspace.journal.delivery(lost.parent.name)
        assert row is not None
        workspace.journal.set_delivery(row.sha256, state="failed: started", step=row.step.RECEIVED)
    lost.unlink()
    three = drop(tmp_path / "more", "three", place=3)
    for expected in (["refused", "complete"], ["complete"]):
        async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
            assert [receipt["state"] for receipt in await taken(workspace, three)] == expected


async def test_findings_that_are_damaged_are_made_anew(data_dir: Path, tmp_path: Path) -> None:
    rubbish(data_dir / "texts.sqlite")
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        assert exit_code(await taken(workspace, drop(tmp_path / "more", "three", place=3))) == 0
    assert exit_code(await read_again(data_dir)) == 0
    assert await unsound(data_dir) == set()


async def test_findings_that_are_damaged_further_on_are_made_anew_by_a_reparse(data_dir: Path) -> None:
    path = data_dir / "texts.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"rubbish." * ((len(content) - 4096) // 8))
    assert exit_code(await read_again(data_dir)) == 0
    assert await unsound(data_dir) == set()


@pytest.mark.parametrize("kept", [0, 1])
async def test_decisions_that_are_gone_are_not_left_out_of_the_report(data_dir: Path, kept: int) -> None:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        for name in ("T/8", "T/9"):
            extraction_id = workspace.journal.extractions()[0].extraction_id
            await amend(workspace, extraction_id, reason="label", exhibit_ref=name)
    path = data_dir / "decisions.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:kept]))
    async with open_workspace(settings_for(data_dir)) as workspace:
        with pytest.raises(ChainBroken):
            await linkage_report(workspace, Selection(), None, "json", None)
    assert "decisions" in await unsound(data_dir)
