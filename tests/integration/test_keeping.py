"""What is held can be read again, corrected, rebuilt, verified, and copied away and back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio

from ingest.assemble import Workspace, open_workspace
from ingest.command_errors import FileMissing
from ingest.demo.writers.ufdr import write_folder
from ingest.error_codes import code_of
from ingest.errors import AmendmentRefused, BackupRefused, ExtractionUnknown
from ingest.exit_codes import ExitCode
from ingest.index_standing import Standing
from ingest.outcomes import Receipt
from ingest.processes import worker_process
from ingest.receipts import exit_code
from ingest.report_since import EarlierReport, Since
from ingest.report_view import linkage_report
from ingest.selection import Selection
from ingest.unfinished import cut_off_words, told_beside_answer
from ingest.worker import amend, back_up, rebuild, reparse, restore, status, verify
from nlp.errors import LexiconRefused
from search.contract import EdgeKind, ExtractionEntry
from search.reports.page import page_of
from search.reports.render_html import render_html
from tests.fakes.drops import drop, exported, made_report, settings_for, taken
from tests.fakes.quick_analysis import QUICK_JOBS

pytestmark = pytest.mark.usefixtures("quick_analysis")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest_asyncio.fixture
async def workspace(tmp_path: Path, data_dir: Path) -> AsyncIterator[Workspace]:
    drop(tmp_path / "drops", "one", msisdn=None)
    drop(tmp_path / "drops", "two", place=2, exhibit_ref="T/2")
    async with open_workspace(settings_for(data_dir), is_writer=True) as made:
        await taken(made, tmp_path / "drops")
        yield made


def spoil_index(data_dir: Path) -> None:
    for path in data_dir.glob("index.sqlite*"):
        path.unlink()
    (data_dir / "index.sqlite").write_bytes(b"rubbish" * 1000)


async def entries(workspace: Workspace) -> dict[str, ExtractionEntry]:
    async with workspace.open_index() as index:
        return {entry.file_name: entry for entry in await index.entries()}


async def unsound(workspace: Workspace) -> set[str]:
    return {check.name for check in (await verify(workspace)).checks if not check.is_sound}


async def test_reparse_keeps_every_id_and_says_what_it_read(workspace: Workspace) -> None:
    before = await exported(workspace)
    receipts = [receipt async for receipt in reparse(workspace)]
    assert [receipt["file_name"] for receipt in receipts] == ["one.xml", "two.xml"]
    assert await exported(workspace) == before
    assert await unsound(workspace) == set()


async def test_reparse_of_one_reads_one(workspace: Workspace) -> None:
    one = (await entries(workspace))["one.xml"]
    for name in (one.extraction_id, one.sha256):
        receipts = [receipt async for receipt in reparse(workspace, [name])]
        assert [receipt["file_name"] for receipt in receipts] == ["one.xml"]
    with pytest.raises(ExtractionUnknown):
        await anext(reparse(workspace, ["ex-none"]))


async def test_reparse_needs_no_original(workspace: Workspace, tmp_path: Path) -> None:
    before = await exported(workspace)
    shutil.rmtree(tmp_path / "drops")
    receipts = [receipt async for receipt in reparse(workspace)]
    assert exit_code(receipts) == 0
    assert await exported(workspace) == before


async def test_an_amendment_holds_after_reparse_and_rebuild(workspace: Workspace) -> None:
    one = (await entries(workspace))["one.xml"]
    receipts = await amend(workspace, one.extraction_id, reason="label misread", case_ref="OP OTHER", exhibit_ref="T/9")
    assert [(receipt["case_ref"], receipt["exhibit_ref"]) for receipt in receipts] == [("OP OTHER", "T/9")]
    for act in (None, reparse, rebuild):
        if act is reparse:
            _ = [receipt async for receipt in reparse(workspace)]
        elif act is rebuild:
            await rebuild(workspace)
        entry = (await entries(workspace))["one.xml"]
        assert (entry.case_ref, entry.exhibit_ref) == ("OP OTHER", "T/9")
    lines = list(workspace.audit.lines())
    assert [line["detail"]["reason"] for line in lines if line["action"] == "amend"] == ["label misread"]  # type: ignore[index]  # an audit line


async def test_the_report_states_of_what_was_amended_what_stood_there_who_changed_it_and_why(
    workspace: Workspace,
) -> None:
    async def report(since: Since | None = None) -> Any:
        return await linkage_report(workspace, Selection(), None, "json", since)

    stated = {"at": None, "generated_at": "2024-06-01T12:00:00Z", "sha256": "0" * 64}
    one = (await entries(workspace))["one.xml"]
    before = await report()
    await amend(workspace, one.extraction_id, reason="label misread", exhibit_ref="T/9")
    now = await report()
    (entry,) = (held for held in now["extractions"] if "corrections" in held)
    (held,) = entry["corrections"]
    assert entry["extraction_id"] == one.extraction_id
    assert held["changed"] == [{"field": "exhibit_ref", "was": one.exhibit_ref, "now": "T/9"}]
    said = f"Exhibit T/9 ({one.exhibit_ref} until then) corrected on {held['corrected_at'][:10]} by "
    said += f"{held['corrected_by']} (1 extraction): label misread."
    (group,) = (group for group in page_of(now).sources.items if group.label.startswith("T/9"))
    assert group.corrected == (said,)
    assert f'<p class="small">{said}</p>' in render_html(now)
    assert said in (await report(EarlierReport(before, stated)))["new"]["remarks"]
    assert said in (await report(before["generated_at"]))["new"]["remarks"]
    assert (await report(EarlierReport(now, stated)))["new"]["remarks"] == []


async def test_an_owners_number_becomes_the_sender_of_what_the_handset_sent(workspace: Workspace) -> None:
    one = (await entries(workspace))["one.xml"]

    async def own_numbers() -> set[str]:
        async with workspace.open_index() as index:
            found = index.edges(EdgeKind.OWN_NUMBER, extraction_ids=[one.extraction_id])
            return {edge.key async for edge in found}

    assert "+447700900777" not in await own_numbers()
    await amend(workspace, one.extraction_id, reason="bill", owner_number="07700 900777")
    assert "+447700900777" in await own_numbers()
    async with workspace.open_index() as index:
        senders = {flare.sender async for flare in index.flares([one.extraction_id])}
    assert senders == {"+447700900777"}
    await amend(workspace, one.extraction_id, reason="wrong bill", owner_number="")
    assert "+447700900777" not in await own_numbers()


async def test_an_amendment_says_what_and_why_or_is_refused(workspace: Workspace) -> None:
    one = (await entries(workspace))["one.xml"]
    with pytest.raises(AmendmentRefused, match="what is to be corrected"):
        await amend(workspace, one.extraction_id, reason="because")
    with pytest.raises(AmendmentRefused, match="why"):
        await amend(workspace, one.extraction_id, reason=" ", case_ref="OP")
    with pytest.raises(AmendmentRefused, match="number"):
        await amend(workspace, one.extraction_id, reason="because", owner_number="Danny")
    with pytest.raises(AmendmentRefused, match="exhibit_ref"):
        await amend(workspace, one.extraction_id, reason="because", exhibit_ref="T/1\x1b[2J")
    with pytest.raises(ExtractionUnknown):
        await amend(workspace, "ex-none", reason="because", case_ref="OP")
    assert workspace.decisions.count() == 0


async def test_rebuild_mends_an_index_that_is_rubbish(workspace: Workspace, data_dir: Path) -> None:
    before = await entries(workspace)
    spoil_index(data_dir)
    assert "index" in await unsound(workspace)
    rebuilt = await rebuild(workspace)
    assert (rebuilt.loaded, rebuilt.damaged) == (2, ())
    assert await entries(workspace) == before
    assert await unsound(workspace) == set()


async def test_rebuild_names_what_it_cannot_read(workspace: Workspace, data_dir: Path) -> None:
    one = (await entries(workspace))["one.xml"]
    for path in (data_dir / "segments" / one.extraction_id).iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    rebuilt = await rebuild(workspace)
    assert (rebuilt.loaded, rebuilt.damaged) == (1, (one.extraction_id,))
    _ = [receipt async for receipt in reparse(workspace, [one.extraction_id])]
    assert set(await entries(workspace)) == {"one.xml", "two.xml"}
    assert await unsound(workspace) == set()


async def test_rebuild_renews_all_that_stands_beside_what_it_cannot_read(data_dir: Path, tmp_path: Path) -> None:
    for place, key in enumerate(("one", "two", "three"), 1):
        drop(tmp_path / "drops", key, place=place, exhibit_ref=f"T/{place}")
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await taken(workspace, tmp_path / "drops")
        held = (await entries(workspace)).values()
    first, middle, last = (entry.extraction_id for entry in sorted(held, key=lambda entry: entry.device_id))
    for path in (data_dir / "segments" / middle).iterdir():
        path.chmod(0o600)
        path.write_bytes(b"rubbish")
    newer = tmp_path / "newer"
    newer.mkdir()
    async with open_workspace(settings_for(data_dir, **{"nlp.lexicon_dirs": [str(newer)]}), is_writer=True) as again:
        rebuilt = await rebuild(again)
        assert (rebuilt.loaded, rebuilt.damaged) == (2, (middle,))
        made_with = {entry.extraction_id: entry.lexicon_version for entry in (await entries(again)).values()}
        assert made_with == {first: "newer", last: "newer"}


@pytest.mark.parametrize("verb", ["rebuild", "amend"])
async def test_a_lexicon_that_cannot_be_used_is_named_before_anything_is_done(
    data_dir: Path, tmp_path: Path, verb: str
) -> None:
    async with open_workspace(settings_for(data_dir), is_writer=True) as workspace:
        await taken(workspace, drop(tmp_path, "one"))
        before = await entries(workspace)
    settings = settings_for(data_dir, **{"nlp.lexicon_dirs": [str(tmp_path / "nowhere")]})
    async with open_workspace(settings, is_writer=True) as again:
        extraction_id = before["one.xml"].extraction_id
        with pytest.raises(LexiconRefused, match="nowhere"):
            await (rebuild(again) if verb == "rebuild" else amend(again, extraction_id, reason="label", case_ref="B"))
        assert await entries(again) == before


@pytest.mark.parametrize("harm", ["vault", "segments", "audit", "decisions", "index", "journal"])
async def test_verify_finds_harm_to_anything_that_is_held(workspace: Workspace, data_dir: Path, harm: str) -> None:
    one = (await entries(workspace))["one.xml"]
    await amend(workspace, one.extraction_id, reason="label", exhibit_ref="T/9")
    assert await unsound(workspace) == set()
    if harm in {"vault", "segments"}:
        path = next((data_dir / harm).rglob("content" if harm == "vault" else "*.seg"))
        path.chmod(0o600)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    elif harm in {"audit", "decisions"}:
        path = data_dir / f"{harm}.jsonl"
        path.write_bytes(path.read_bytes().replace(b"2026" if b"2026" in path.read_bytes() else b"20", b"1999", 1))
    elif harm == "index":
        async with workspace.open_index() as index:
            await index.remove(one.extraction_id)
    else:
        connection = sqlite3.connect(data_dir / "journal.sqlite")
        connection.execute("UPDATE extractions SET records_sha256 = ?", ("0" * 64,))
        connection.commit()
        connection.close()
        harm = "segments"
    if harm == "audit":
        with pytest.raises(Exception, match=r"audit\.jsonl"):
            list(workspace.audit.lines())
        assert harm in {check.name for check in (await verify(workspace)).checks if not check.is_sound}
    else:
        assert await unsound(workspace) == {harm}


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
async def test_a_backup_comes_back_whole(workspace: Workspace, tmp_path: Path, name: str) -> None:
    before = await exported(workspace)
    manifest = await back_up(workspace, tmp_path / "away" / name)
    restored_dir = tmp_path / "restored"
    assert manifest.faults == ()
    assert await restore(tmp_path / "away" / name, restored_dir) == manifest
    assert sorted(path.name for path in tmp_path.joinpath("away").iterdir()) == [name]
    async with open_workspace(settings_for(restored_dir), is_writer=True) as restored:
        assert (await status(restored)).waiting_count == 2
        await rebuild(restored)
        assert await exported(restored) == before
        assert await unsound(restored) == set()
        assert restored.audit.count() > workspace.audit.count() - 2


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
async def test_a_backup_holds_everything_of_a_delivery_whatever_it_is_called(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    folder = write_folder(tmp_path / "case", made_report("case", place=3))
    for odd in ("film.mp4.part", ".hidden.part", "x\udcff.part"):
        (folder / odd).write_bytes(b"evidence")
    await taken(workspace, folder)
    await back_up(workspace, tmp_path / name)
    await restore(tmp_path / name, tmp_path / "restored")
    async with open_workspace(settings_for(tmp_path / "restored"), is_writer=True) as restored:
        assert "vault" not in await unsound(restored)


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
async def test_a_backup_that_was_harmed_is_not_restored(workspace: Workspace, tmp_path: Path, name: str) -> None:
    await back_up(workspace, tmp_path / name)
    if name == "backup":
        path = next((tmp_path / name).rglob("content"))
        path.chmod(0o600)
        path.write_bytes(path.read_bytes() + b"x")
    else:
        content = bytearray((tmp_path / name).read_bytes())
        place = content.index(b"<project")
        content[place : place + 8] = b"<PROJECT"
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BackupRefused, match="does not match its hash") as refused:
        await restore(tmp_path / name, tmp_path / "restored")
    assert str(refused.value).startswith(f"{tmp_path / name}: "), "the folder that it was laid into is gone by now"
    assert str(refused.value).endswith("It is damaged, and nothing was laid down: take another backup")
    assert sorted(os.listdir(tmp_path)) == sorted(["data", "drops", name])  # noqa: PTH208  # iterdir blocks as well


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
@pytest.mark.parametrize("harm", ["changed", "gone", "segment"])
async def test_a_backup_of_damaged_evidence_names_what_is_damaged(
    workspace: Workspace, tmp_path: Path, data_dir: Path, name: str, harm: str
) -> None:
    row = workspace.journal.extractions()[0]
    if harm == "segment":
        path = workspace.segments.records_path(row.extraction_id, row.records_sha256)
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-5])
    else:
        path = next((data_dir / "vault").rglob("content"))
        path.chmod(0o700)
        path.write_bytes(path.read_bytes() + b"x")
        if harm == "gone":
            path.parent.chmod(0o700)
            shutil.rmtree(path.parent)
    manifest = await back_up(workspace, tmp_path / name)
    (fault,) = manifest.faults
    assert fault.startswith("segments " if harm == "segment" else "vault ")
    assert (await restore(tmp_path / name, tmp_path / "restored")).faults == (fault,)


async def test_a_backup_goes_nowhere_it_must_not(workspace: Workspace, tmp_path: Path, data_dir: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(BackupRefused, match="exists"):
        await back_up(workspace, tmp_path / "there")
    with pytest.raises(BackupRefused, match="data folder"):
        await back_up(workspace, data_dir / "backup")
    with pytest.raises(BackupRefused, match="not empty"):
        await restore(tmp_path / "there", data_dir)
    with pytest.raises(BackupRefused):
        await restore(tmp_path / "there", tmp_path / "restored")


async def test_a_backup_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing) as missing:
        await restore(tmp_path / "nope", tmp_path / "restored")
    assert str(tmp_path / "nope") in str(missing.value)
    assert code_of(missing.value) == 2


async def test_a_tampered_manifest_writes_nothing_outside(tmp_path: Path) -> None:
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "x").write_bytes(b"x")
    manifest = {"created_at": "", "software_version": "", "schema_version": 1, "files": {"../outside": "0" * 64}}
    (evil / "backup-manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(evil / "backup-manifest.json", "backup-manifest.json")
        archive.add(evil / "x", "../outside")
    for source in (evil, tmp_path / "evil.tar"):
        with pytest.raises(BackupRefused, match="outside"):
            await restore(source, tmp_path / "restored")
    assert not (tmp_path / "outside").exists()


async def test_a_reader_that_is_killed_twice_refuses_the_delivery_and_no_other(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "JOBS", {**QUICK_JOBS, "parse": "tests.fakes.jobs:die"})
    third = drop(tmp_path / "more", "three", place=3)
    receipts: list[Receipt] = await taken(workspace, third)
    assert [(receipt["state"], receipt["reason"]) for receipt in receipts] == [
        ("refused", "The process that read the delivery ended before it was done: killed by signal 9.")
    ]
    assert exit_code(receipts) == 3
    monkeypatch.setattr(worker_process, "JOBS", QUICK_JOBS)
    (again,) = await taken(workspace, third)
    assert (again["state"], again["already_held"]) == ("complete", True)


async def test_an_analyst_that_is_killed_costs_time_alone(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it did not do is done beside the records: here by the real analysis, for the quick one has no other."""
    monkeypatch.setattr(
        worker_process,
        "JOBS",
        {**QUICK_JOBS, "analyse": "tests.fakes.jobs:die", "versions": "ingest.processes.analysing:versions"},
    )
    workspace.workers._versions = None
    (receipt,) = await taken(workspace, drop(tmp_path / "more", "three", place=3))
    assert receipt["state"] == "complete"
    messages = [
        record
        for record in await exported(workspace)
        if record["kind"] == "message" and record["extraction_id"] == receipt["extraction_id"]
    ]
    assert all(record["analysis"] for record in messages)


async def test_the_report_says_what_was_begun_and_not_finished(tmp_path: Path) -> None:
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as made:
        made.journal.begin_arrival(tmp_path / "cut-short.xml")
        assert (await linkage_report(made, Selection(), None, "html"))["unfinished"] == [], "it is under way"
    told = "1 delivery was begun and not read to the end: cut-short.xml"
    async with open_workspace(settings_for(tmp_path / "data")) as made:
        report = await linkage_report(made, Selection(), None, "html")
        assert told in cut_off_words(made)
    assert report["unfinished"] == [{"file_name": "cut-short.xml", "sha256": None}]
    page = render_html(report)
    assert f"extractions read without loss; {told}" in page
    assert f"Nothing has been read to its end here yet. {told}." in page
    assert "Nothing has been taken in" not in page
    assert told_beside_answer(Standing(), told) == ExitCode.PARTIAL
    assert told_beside_answer(Standing(), "") == ExitCode.WHOLE


async def test_what_was_cut_off_beside_extractions_that_were_read_is_on_the_first_page(tmp_path: Path) -> None:
    drop(tmp_path / "drops", "one")
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as made:
        await taken(made, tmp_path / "drops")
        made.journal.begin_arrival(tmp_path / "cut-short.xml")
    async with open_workspace(settings_for(tmp_path / "data")) as made:
        page = render_html(await linkage_report(made, Selection(), None, "html"))
    assert "read without loss; 1 delivery was begun and not read to the end: cut-short.xml" in page


async def test_status_tells_refused_and_unfinished_deliveries(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(Random(9).randbytes(999))
    await taken(workspace, tmp_path / "noise.bin", tmp_path / "none")
    workspace.journal.begin_arrival(tmp_path / "cut-short.xml")
    held = await status(workspace)
    assert {row.file_name: row.state for row in held.deliveries} == {
        "noise.bin": "refused",
        "none": "refused",
        "cut-short.xml": "failed: started",
    }
    assert (held.unfinished_count, held.waiting_count) == (1, 0)
    assert {row.exhibit_ref for row in held.extractions} == {"T/1", "T/2"}
