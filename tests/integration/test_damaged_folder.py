"""A data folder of which a file is damaged or gone: nothing looks empty or whole that is not, and each remedy works."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from ingest.assemble import open_workspace
from ingest.errors import ChainBroken, DataFolderRefused
from ingest.export.export_records import export_records, json_lines
from ingest.index_standing import Standing, standing, unfinished
from ingest.journal import STARTED, Journal, Step
from ingest.outcomes import Receipt
from ingest.receipts import exit_code
from ingest.report_view import linkage_report
from ingest.selection import Selection
from ingest.worker import amend, rebuild, reparse, status, verify
from search.contract import ExtractionEntry
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


async def test_an_audit_log_that_is_gone_is_not_sound_once_another_began(data_dir: Path) -> None:
    """Each line of the new one follows from the one before; that something was taken no line says."""
    assert await unsound(data_dir) == set()
    remove(data_dir, "audit.jsonl")
    await exported_from(data_dir)
    for _ in range(2):
        assert await unsound(data_dir) == {"audit"}


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


def other_index(data_dir: Path) -> None:
    """Put the index of a folder that holds nothing of ours in the place of ours."""
    path = data_dir / "index.sqlite"
    connection = sqlite3.connect(path)
    for table in ("entries", "extractions", "documents"):
        connection.execute(f"DELETE FROM {table}")
    other = ExtractionEntry(
        extraction_id="ex-other", device_id="d", file_name="f", sha256="0" * 64, size_bytes=1, format="f", state="s"
    )
    connection.execute("INSERT INTO entries VALUES (?, ?)", ("ex-other", msgspec.msgpack.encode(other)))
    connection.commit()
    connection.close()


def empty_index(data_dir: Path) -> None:
    remove(data_dir, "index.sqlite")
    (data_dir / "index.sqlite").touch()


def index_with_gaps(data_dir: Path) -> None:
    connection = sqlite3.connect(data_dir / "index.sqlite")
    connection.execute("DELETE FROM documents WHERE doc % 4 = 1")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("harm", "foreign"), [(empty_index, set()), (other_index, {"ex-other"}), (index_with_gaps, set())]
)
async def test_an_index_that_is_not_as_the_journal_says_is_told_and_mended(
    data_dir: Path, harm: Harm, foreign: set[str]
) -> None:
    async with open_workspace(settings_for(data_dir)) as workspace:
        held = {row.extraction_id for row in workspace.journal.extractions()}
        assert (await standing(workspace)).is_whole
    harm(data_dir)
    async with open_workspace(settings_for(data_dir)) as workspace:
        assert await standing(workspace) == Standing(frozenset(held), frozenset(foreign))
        assert (await status(workspace)).waiting_count == len(held)
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await rebuild(workspace)
        assert (await standing(workspace)).is_whole


async def test_what_was_read_and_not_analysed_is_told_unless_a_run_is_at_it(data_dir: Path) -> None:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        row = workspace.journal.extractions()[0]
        workspace.journal.set_extraction(row.extraction_id, findings_sha256=None, entry=None)
        workspace.journal.set_delivery(row.sha256, state=STARTED, step=Step.SEGMENTED)
        assert (await standing(workspace)).is_whole
        assert await unfinished(workspace) == frozenset()
    async with open_workspace(settings_for(data_dir)) as workspace:
        assert (await standing(workspace)).lacking == {row.extraction_id}
        result = await export_records(workspace, Selection(), (), json_lines, lambda _line: None)
        assert len(result.faults) == 1
        assert result.faults[0].startswith("NOT COMPLETE: 1 extraction that was read is not analysed yet and left out.")
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await rebuild(workspace)
        assert (await standing(workspace)).is_whole


async def test_an_export_of_one_exhibit_says_that_what_it_is_settled_beside_is_damaged(data_dir: Path) -> None:
    async with open_workspace(settings_for(data_dir)) as workspace:
        one, other = (row for row in workspace.journal.extractions())
        exhibits = {row.extraction_id: msgspec.msgpack.decode(row.entry or b"")["exhibit_ref"] for row in (one, other)}
        path = workspace.segments.findings_path(one.extraction_id, one.findings_sha256 or "")
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-5])
        selection = Selection(exhibits=(exhibits[other.extraction_id],))
        result = await export_records(workspace, selection, (), json_lines, lambda _line: None)
        assert result.record_count
        (fault,) = result.faults
        assert one.extraction_id in fault
        assert f"trapline reparse {one.extraction_id}" in fault


async def test_an_extraction_that_the_journal_lost_is_told(data_dir: Path) -> None:
    before = await exported_from(data_dir)
    connection = sqlite3.connect(data_dir / "journal.sqlite")
    ((lost, sha256),) = connection.execute("SELECT extraction_id, sha256 FROM extractions LIMIT 1").fetchall()
    connection.execute("DELETE FROM extractions WHERE extraction_id = ?", (lost,))
    connection.execute("DELETE FROM loads WHERE extraction_id = ?", (lost,))
    connection.commit()
    connection.close()
    async with open_workspace(settings_for(data_dir)) as workspace:
        named = {(check.name, check.subject) for check in (await verify(workspace)).checks if not check.is_sound}
        assert named == {("segments", lost), ("journal", sha256), ("index", lost)}
        assert (await standing(workspace)).foreign == {lost}
        assert len((await export_records(workspace, Selection(), (), json_lines, lambda _line: None)).faults) == 1
    assert exit_code(await read_again(data_dir)) == 0
    assert await unsound(data_dir) == set()
    assert await exported_from(data_dir) == before


def turned(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 0x41
    overwrite(path, bytes(content))


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("kind", ["records", "findings"])
@pytest.mark.parametrize("harm", [turned, made_a_folder])
async def test_a_reparse_makes_damaged_segments_anew(data_dir: Path, kind: str, harm: Harm) -> None:
    before = await exported_from(data_dir)
    harm(next((data_dir / "segments").glob(f"*/{kind}-*.seg")))
    assert await unsound(data_dir) >= {"segments"}
    assert exit_code(await read_again(data_dir)) == 0
    assert await unsound(data_dir) == set()
    assert await exported_from(data_dir) == before
