"""Deliveries through the whole service, in this process and its children, with the real parser and the real index."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

from ingest.after_run import receipts_now
from ingest.assemble import open_workspace
from ingest.decisions import Amendment
from ingest.demo.cast import imei
from ingest.demo.writers.ufdr import PA_5, ReportForm, write_folder, write_ufdr
from ingest.errors import DataFolderFull, DataFolderLocked
from ingest.outcomes import Receipt
from ingest.printed.receipt_text import receipt_lines
from ingest.receipts import exit_code
from ingest.worker import ingest_paths, status
from search.contract import SearchRequest
from search.query.parse import parse_query
from tests.fakes.drops import drop, drop_bytes, exported_from, made_report, settings_for, taken

SCHEMA = Draft202012Validator(
    json.loads(files("parsers.records").joinpath("schemas/receipt.schema.json").read_text("utf-8"))
)

pytestmark = pytest.mark.usefixtures("quick_analysis")


async def ingest(data_dir: Path, *paths: Path, **overrides: object) -> list[Receipt]:
    async with open_workspace(settings_for(data_dir, **overrides), is_writer=True) as workspace:
        receipts = await taken(workspace, *paths)
    for receipt in receipts:
        SCHEMA.validate(json.loads(json.dumps(receipt)))
    return receipts


def times_below(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}


async def found(data_dir: Path, query: str) -> int:
    async with open_workspace(settings_for(data_dir)) as workspace, workspace.open_index() as index:
        return (await index.search(SearchRequest(tree=parse_query(query)))).total


def codes(receipt: Receipt) -> list[str]:
    notices = receipt["notices"]
    assert isinstance(notices, list)
    return [str(notice["code"]) for notice in notices]


async def test_a_drop_becomes_searchable_and_a_whole_receipt(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one", bodies=("meet at the chippy", "ok"))
    (receipt,) = await ingest(tmp_path / "data", path)
    assert (receipt["state"], receipt["case_ref"], receipt["exhibit_ref"]) == ("complete", "OP TEST", "T/1")
    assert receipt["tally"]["message"] == {"seen": 14, "indexed": 14, "merged": 0, "noticed": 0}  # type: ignore[index]  # a receipt
    assert receipt["already_held"] is False
    assert exit_code([receipt]) == 0
    assert await found(tmp_path / "data", "chippy") == 1
    assert await found(tmp_path / "data", "is:advert") == 12
    records = await exported_from(tmp_path / "data")
    assert sum(record["kind"] == "message" for record in records) == 14
    flares = {record["analysis"]["flare_id"] for record in records if record["kind"] == "message"}  # type: ignore[index]  # a record
    assert len(flares) == 2  # the broadcast's, and none


async def test_the_same_delivery_again_is_one_extraction(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops" / "a", "one")
    copy = tmp_path / "drops" / "b" / "other-name.xml"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    first, second = await ingest(tmp_path / "data", tmp_path / "drops")
    (third,) = await ingest(tmp_path / "data", path)
    assert [receipt["already_held"] for receipt in (first, second, third)] == [False, True, True]
    for receipt in (second, third):
        assert {**receipt, "already_held": False} == {**first, "arrived_from": receipt["arrived_from"]}
    assert second["arrived_from"] == str(copy)
    async with open_workspace(settings_for(tmp_path / "data")) as workspace:
        events = [line["detail"] for line in workspace.audit.lines() if line["action"] == "custody"]
        assert [event["already_held"] for event in events] == [False, True, True]  # type: ignore[index]  # an audit line
        assert len(workspace.journal.extractions()) == 1


async def test_two_processes_that_take_one_delivery_make_one_extraction(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    both = await asyncio.gather(
        *(ingest(tmp_path / "data", path, **{"ingest.lock_wait_seconds": 60.0}) for _ in range(2))
    )
    assert sorted(bool(receipts[0]["already_held"]) for receipts in both) == [False, True]
    assert len(await exported_from(tmp_path / "data")) == len(
        {record["record_id"] for record in await exported_from(tmp_path / "data")}
    )


async def test_a_second_writer_gets_a_clear_error_and_readers_go_on(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    async with open_workspace(settings, is_writer=True):
        with pytest.raises(DataFolderLocked, match="Another trapline process"):
            async with open_workspace(settings, is_writer=True):
                pytest.fail("two writers")
        async with open_workspace(settings) as reader:
            assert (await status(reader)).extractions == ()


async def test_a_handset_and_its_sim_are_two_extractions_of_one_device(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one", with_sim=True)
    handset, card = await ingest(tmp_path / "data", path)
    assert handset["device_id"] == card["device_id"]
    assert (handset["part_kind"], card["part_kind"]) == ("handset", "sim")
    assert handset["extraction_id"] != card["extraction_id"]


async def test_an_archive_and_a_folder_are_deliveries_too(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    drops.mkdir()
    write_ufdr(drops / "a.ufdr", made_report("a", place=1))
    write_folder(drops / "b", made_report("b", place=2), ReportForm(dialect=PA_5))
    receipts = await ingest(tmp_path / "data", drops)
    assert [receipt["file_name"] for receipt in receipts] == ["a.ufdr", "b"]
    assert [receipt["state"] for receipt in receipts] == ["complete", "complete"]


async def test_a_bad_delivery_is_refused_beside_good_ones(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    drop(drops, "good")
    (drops / "empty.ufdr").touch()
    (drops / "unknown.bin").write_bytes(Random(3).randbytes(3000))
    (drops / "link.xml").symlink_to(drops / "good.xml")
    os.mkfifo(drops / "pipe")
    too_long = tmp_path.joinpath(*["n" * 200] * 25)
    receipts = await ingest(tmp_path / "data", too_long, drops, tmp_path / "none")
    refused = {str(receipt["file_name"]): codes(receipt) for receipt in receipts if receipt["state"] == "refused"}
    assert refused == {
        too_long.name: ["input_unreadable"],
        "empty.ufdr": ["input_empty"],
        "unknown.bin": ["format_unknown"],
        "link.xml": ["link_refused"],
        "pipe": ["input_special"],
        "none": ["input_missing"],
    }
    assert all(receipt["reason"] for receipt in receipts if receipt["state"] == "refused")
    assert exit_code(receipts) == 4
    again = await ingest(tmp_path / "data", drops / "unknown.bin")
    assert [(receipt["state"], receipt["already_held"]) for receipt in again] == [("refused", True)]
    assert exit_code(again) == 3
    copy = tmp_path / "copy.bin"
    copy.write_bytes((drops / "unknown.bin").read_bytes())
    (receipt,) = await ingest(tmp_path / "data", copy)
    assert receipt["arrived_from"] == str(copy)
    assert receipt["custody"]["original_path"] == str(drops / "unknown.bin")  # type: ignore[index]  # a receipt


async def test_what_systems_leave_beside_files_is_named_once_and_is_no_failure(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    path = drop(drops, "good")
    (drops / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (drops / "._good.xml").write_bytes(bytes.fromhex("0005160700020000"))
    (drops / "~$list.xlsx").write_bytes(b"\x03Jay" + bytes(161))
    for _ in range(2):
        (receipt,) = await ingest(tmp_path / "data", drops)
        (named,) = [notice for notice in receipt["notices"] if notice["code"] == "litter_left_out"]  # type: ignore[attr-defined]
        assert (named["severity"], named["count"]) == ("outside", 3)
        assert ".DS_Store, ._good.xml, ~$list.xlsx" in named["sentence"]
        assert exit_code([receipt]) == 0
    receipts = await ingest(tmp_path / "data", path, drops / ".DS_Store")
    assert [receipt["state"] for receipt in receipts] == ["complete", "refused"]
    assert exit_code(receipts) == 0
    assert exit_code(receipts[1:]) == 3


async def test_a_truncated_archive_is_partial_and_its_original_untouched(tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    drops.mkdir()
    content = write_ufdr(drops / "x.ufdr", made_report("x", bodies=[f"text {n}" for n in range(200)])).read_bytes()
    (drops / "x.ufdr").write_bytes(content[: len(content) * 2 // 3])
    (receipt,) = await ingest(tmp_path / "data", drops)
    assert receipt["state"] == "partial"
    assert exit_code([receipt]) == 4
    assert (drops / "x.ufdr").read_bytes() == content[: len(content) * 2 // 3]


async def test_the_sidecar_is_laid_over_and_a_newer_one_is_read_again(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one", place=None, case_ref=None, exhibit_ref=None)
    sidecar = path.with_name("one.xml.trapline.toml")
    (bare,) = await ingest(tmp_path / "data", path)
    assert "identity_missing" in codes(bare)
    sidecar.write_text(f'case_ref = "OP SIDE"\nexhibit_ref = "S/1"\nimei = "{imei(7)}"\nodd = "x"\n', encoding="utf-8")
    (stated,) = await ingest(tmp_path / "data", path)
    assert (stated["case_ref"], stated["exhibit_ref"], stated["imei"]) == ("OP SIDE", "S/1", [imei(7)])
    assert "identity_missing" not in codes(stated)
    assert "sidecar_key_unknown" in codes(stated)
    assert stated["extraction_id"] == bare["extraction_id"]
    assert stated["device_id"] != bare["device_id"]
    (again,) = await ingest(tmp_path / "data", path)
    assert again["already_held"] is True
    sidecar.write_text('time_zone = "Europe/Londn"\n', encoding="utf-8")
    (refused,) = await ingest(tmp_path / "data", path)
    assert (refused["state"], codes(refused)) == ("refused", ["sidecar_refused"])
    assert await found(tmp_path / "data", "is:advert") == 12, "what was read before is kept"


async def test_a_sidecar_that_is_wrong_is_refused_and_read_once_it_is_right(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    sidecar = path.with_name("one.xml.trapline.toml")
    sidecar.write_text("case_ref = ", encoding="utf-8")
    (refused,) = await ingest(tmp_path / "data", path)
    assert codes(refused) == ["sidecar_refused"]
    sidecar.write_text('case_ref = "OP RIGHT"', encoding="utf-8")
    (receipt,) = await ingest(tmp_path / "data", path)
    assert (receipt["case_ref"], receipt["state"]) == ("OP RIGHT", "complete")
    today = datetime.now(UTC).date().isoformat()
    assert f"  held already: refused on {today}, read now with its sidecar" in receipt_lines(receipt, None)
    assert codes(receipt) == ["sidecar_disagrees"]


async def test_a_sidecar_that_is_wrong_is_refused_every_time(tmp_path: Path) -> None:
    """What was read before stays; that it was read with another sidecar is no reason to take this one for right."""
    path = drop(tmp_path / "drops", "one", case_ref=None, exhibit_ref=None)
    sidecar = path.with_name("one.xml.trapline.toml")
    sidecar.write_text('exhibit_ref = "S/1"', encoding="utf-8")
    await ingest(tmp_path / "data", path)
    sidecar.write_text('exhibit_ref = "S/2', encoding="utf-8")
    for _ in range(2):
        (refused,) = await ingest(tmp_path / "data", path)
        assert (refused["state"], codes(refused)) == ("refused", ["sidecar_refused"])
        assert exit_code([refused]) == 3
    sidecar.write_text('exhibit_ref = "S/2"', encoding="utf-8")
    (receipt,) = await ingest(tmp_path / "data", path)
    assert (receipt["exhibit_ref"], receipt["state"]) == ("S/2", "complete")


async def test_a_sidecar_of_a_run_that_was_cut_short_is_read_by_the_next(tmp_path: Path) -> None:
    """It is in the vault already, and nothing was read with it."""
    path = drop(tmp_path / "drops", "one", case_ref=None, exhibit_ref=None)
    await ingest(tmp_path / "data", path)
    path.with_name("one.xml.trapline.toml").write_text('exhibit_ref = "S/1"', encoding="utf-8")

    def end(name: str) -> None:
        if name == "after custody":
            raise KeyboardInterrupt

    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        with pytest.raises(KeyboardInterrupt):
            async for _ in ingest_paths(workspace, [path], checkpoint=end):
                pass
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        (receipt,) = await taken(workspace)
    assert receipt["exhibit_ref"] == "S/1"


async def test_one_content_under_two_exhibits_says_so(tmp_path: Path) -> None:
    """Two blank handsets can give the same bytes: they are one extraction, and what it was before is not forgotten."""
    for name, exhibit in (("a", "S/1"), ("b", "S/2")):
        path = drop(tmp_path / "drops" / name, "one", case_ref=None, exhibit_ref=None)
        path.with_name("one.xml.trapline.toml").write_text(f'case_ref = "X"\nexhibit_ref = "{exhibit}"', "utf-8")
    first, second = await ingest(tmp_path / "data", tmp_path / "drops")
    assert (first["exhibit_ref"], second["exhibit_ref"]) == ("S/1", "S/2")
    assert "sidecar_replaced" not in codes(first)
    assert [notice["subject"] for notice in second["notices"] if notice["code"] == "sidecar_replaced"] == [  # type: ignore[attr-defined]  # of a receipt
        "exhibit_ref"
    ]


async def test_a_fuller_reading_of_a_handset_supersedes_the_older_one(tmp_path: Path) -> None:
    bodies = [f"text {n}" for n in range(30)]
    older = drop(tmp_path / "drops", "older", bodies=bodies[:20])
    newer = drop(tmp_path / "drops", "newer", bodies=bodies)
    other = drop(tmp_path / "drops", "other", bodies=bodies, place=2)
    for order in ((older, newer, other), (other, newer, older)):
        data_dir = tmp_path / f"data-{order[0].stem}"
        receipts = {str(receipt["file_name"]): receipt for receipt in await ingest(data_dir, *order)}
        async with open_workspace(settings_for(data_dir)) as workspace, workspace.open_index() as index:
            entries = {entry.file_name: entry for entry in await index.entries()}
        assert entries["older.xml"].state == "superseded"
        assert entries["older.xml"].superseded_by == receipts["newer.xml"]["extraction_id"]
        made = list(receipts.values())
        async with open_workspace(settings_for(data_dir)) as workspace:
            states = [(receipt["file_name"], receipt["state"]) for receipt in receipts_now(workspace, made)]
        assert states == [(each.name, entries[each.name].state) for each in order], "states are those of the end"
        replaced = [held["file_name"] for held in receipts["newer.xml"].get("supersedes", ())]  # type: ignore[attr-defined]  # of a receipt
        assert replaced == (["older.xml"] if order[0] == older else [])
        assert entries["newer.xml"].state == entries["other.xml"].state == "complete"
        assert entries["older.xml"].device_id == entries["newer.xml"].device_id != entries["other.xml"].device_id
        records = await exported_from(data_dir)
        assert sum(record["kind"] == "message" for record in records) == 2 * (12 + 30) + 12 + 20


async def test_a_damaged_copy_supersedes_no_sound_one_that_holds_what_it_lacks(tmp_path: Path) -> None:
    """The copy is cut off in its last message and has one text more, one that is altered, and a later date."""
    bodies = [f"text {n}" for n in range(20)]
    sound = drop(tmp_path / "drops", "sound", bodies=bodies)
    content = drop_bytes("sound", bodies=[*bodies[:7], "another text", *bodies[8:], "one more", "cut off"])
    cut = tmp_path / "drops" / "cut.xml"
    cut.write_bytes(content[: content.index(b"cut off")])
    for order in ((sound, cut), (cut, sound)):
        data_dir = tmp_path / f"data-{order[0].stem}"
        await ingest(data_dir, *order)
        async with open_workspace(settings_for(data_dir)) as workspace, workspace.open_index() as index:
            entries = {entry.file_name: entry for entry in await index.entries()}
        assert len({entry.device_id for entry in entries.values()}) == 1
        assert {name: entry.superseded_by for name, entry in entries.items()} == {"sound.xml": None, "cut.xml": None}
        counted = [record for record in await exported_from(data_dir) if record["duplicate_of"] is None]
        found = {record["body"] for record in counted if record["kind"] == "message"}
        assert found >= {*bodies, "another text", "one more"}


async def test_segments_wait_for_an_index_that_is_away(tmp_path: Path) -> None:
    away = {"index.backend": "elastic", "elastic.url": "http://127.0.0.1:9", "elastic.retry_seconds": 0.1}
    path = drop(tmp_path / "drops", "one")
    receipts = await ingest(tmp_path / "data", path, **away)
    assert receipts[0]["waits_for_index"] is True
    assert exit_code(receipts) == 5
    async with open_workspace(settings_for(tmp_path / "data", **away)) as workspace:
        held = await status(workspace)
    assert (held.waiting_count, held.index_is_ready, held.extractions[0].step) == (1, False, "analysed")
    assert len(await exported_from(tmp_path / "data")) > 14
    other = drop(tmp_path / "drops", "two", place=2)
    (receipt,) = await ingest(tmp_path / "data", other)
    assert "waits_for_index" not in receipt
    assert await found(tmp_path / "data", "is:advert") == 24, "what waited was loaded as well"


async def test_an_index_that_was_lost_is_loaded_again(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    await ingest(tmp_path / "data", path)
    for index_file in (tmp_path / "data").glob("index.sqlite*"):
        index_file.unlink()
    await ingest(tmp_path / "data", path)
    assert await found(tmp_path / "data", "is:advert") == 12


async def test_nothing_is_written_but_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    for name in ("home", "temporary", "working"):
        (elsewhere / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(elsewhere / "home"))
    monkeypatch.setenv("TMPDIR", str(elsewhere / "temporary"))
    monkeypatch.chdir(elsewhere / "working")
    drops = tmp_path / "drops"
    drop(drops, "one")
    with ZipFile(drops / "deflated.ufdr", "w", compression=8) as archive:
        archive.writestr("report.xml", drop_bytes("two", place=2))
    before = times_below(drops)
    await ingest(tmp_path / "data", drops)
    assert len(times_below(elsewhere)) == 4, "the three folders and nothing in them"
    assert times_below(drops) == before
    assert [*times_below(tmp_path / "data" / "tmp")] == [tmp_path / "data" / "tmp"]


async def test_a_correction_that_was_cut_short_is_finished(tmp_path: Path) -> None:
    path = drop(tmp_path / "drops", "one")
    (receipt,) = await ingest(tmp_path / "data", path)
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        workspace.decisions.amend(str(receipt["extraction_id"]), Amendment(exhibit_ref="T/9"), "label misread")
    (again,) = await ingest(tmp_path / "data", path)
    assert again["exhibit_ref"] == "T/9"


async def test_a_full_disk_ends_the_run_and_the_next_one_finishes_it(tmp_path: Path) -> None:
    """It concerns every delivery, is no fault of a reader, and nothing that was begun counts as read."""
    drop(tmp_path / "drops", "a-first")
    drop(tmp_path / "drops", "b-second", place=2)

    def fill_once(name: str) -> None:
        if name == "after resolved" and not filled:
            filled.append(name)
            raise OSError(errno.ENOSPC, "No space left on device")

    filled: list[str] = []
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        with pytest.raises(DataFolderFull):
            async for _ in ingest_paths(workspace, [tmp_path / "drops"], checkpoint=fill_once):
                pass
        assert (await status(workspace)).unfinished_count == 1
    async with open_workspace(settings_for(tmp_path / "data"), is_writer=True) as workspace:
        assert [receipt["state"] for receipt in await taken(workspace)] == ["complete"]


async def test_a_fault_of_ours_ends_one_delivery_alone(tmp_path: Path) -> None:
    drop(tmp_path / "drops", "a-first")
    drop(tmp_path / "drops", "b-second", place=2)
    settings = settings_for(tmp_path / "data")

    def fail_once(name: str) -> None:
        if name == "after resolved" and not failed:
            failed.append(name)
            raise RuntimeError("with evidence in it")

    failed: list[str] = []
    async with open_workspace(settings, is_writer=True) as workspace:
        receipts = [it async for it in ingest_paths(workspace, [tmp_path / "drops"], checkpoint=fail_once)]
    assert [receipt["state"] for receipt in receipts] == ["refused", "complete"]
    assert exit_code(receipts) == 70
    assert "evidence" not in json.dumps(receipts[0])
    again = await ingest(tmp_path / "data", tmp_path / "drops")
    assert [receipt["state"] for receipt in again] == ["complete", "complete"]
