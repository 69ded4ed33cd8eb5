"""One handset delivered several times, in several formats: one device, each fact once, every copy still there."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest

from ingest.demo.truth import Holding, VendorReport
from ingest.demo.writers.sms_backup_restore import write_backup_zip
from ingest.demo.writers.ufdr import write_ufdr
from ingest.demo.writers.ufed_workbook import write_workbook
from ingest.demo.writers.xry_text import write_xry_folder
from tests.acceptance.command_line import CommandLine
from tests.unit.parsers.formats.handset_holding import HOLDING, IMEI, text

LOGICAL, FULL, TEXT, BACKUP, WORKBOOK = "logical.ufdr", "full.ufdr", "xry", "backup.zip", "report.xlsx"
FACTS = 1 + len(HOLDING.texts) + sum(len(chat.messages) for chat in HOLDING.chats)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    root = tmp_path_factory.mktemp("twice")
    drops = root / "drops"
    drops.mkdir()
    whole = VendorReport(key="full", holdings=(HOLDING,), case_ref="OP TWICE", exhibit_ref="HW/7")
    few = msgspec.structs.replace(HOLDING, texts=HOLDING.texts[:4], chats=())
    # The card lists a text of the handset again: a copy of a copy, once the full reading is there.
    card = Holding(sim=HOLDING.sim, read_at=HOLDING.read_at, texts=HOLDING.texts[:1])
    write_ufdr(drops / LOGICAL, msgspec.structs.replace(whole, key="logical", holdings=(few, card)))
    more = msgspec.structs.replace(HOLDING, texts=(*HOLDING.texts, text(20, "a text that only the full reading has")))
    write_ufdr(drops / FULL, msgspec.structs.replace(whole, holdings=(more,)))
    write_xry_folder(drops / TEXT, whole)
    write_workbook(drops / WORKBOOK, whole)
    # All of it happened on the fifth of July: these alone do not tell the day from the month.
    for name in (TEXT, WORKBOOK):
        (drops / f"{name}.trapline.toml").write_text('date_order = "day_first"\n', encoding="utf-8")
    write_backup_zip(drops / BACKUP, whole)
    (drops / f"{BACKUP}.trapline.toml").write_text(f'imei = "{IMEI}"\n', encoding="utf-8")
    command_line = CommandLine(root)
    # In an order in which the fuller comes before and after what it supersedes.
    for name in (BACKUP, LOGICAL, FULL, TEXT, WORKBOOK):
        assert command_line.run("ingest", drops / name, "--json").code == 0
    return command_line


@pytest.fixture(scope="module")
def records(held: CommandLine) -> list[dict[str, Any]]:
    return held.records()


def test_all_are_of_one_device(records: list[dict[str, Any]]) -> None:
    assert len({record["device_id"] for record in records if record["kind"] == "message"}) == 1
    assert len({record["source"]["file_name"] for record in records}) == 5


def test_each_text_and_call_counts_once(records: list[dict[str, Any]]) -> None:
    counted = [record for record in records if record["duplicate_of"] is None]
    assert Counter(record["kind"] for record in counted if record["kind"] in {"message", "call", "contact"}) == {
        "message": FACTS,
        "call": len(HOLDING.calls),
        "contact": len(HOLDING.contacts),
    }


def test_a_copy_points_at_the_record_that_counts(records: list[dict[str, Any]]) -> None:
    by_id = {record["record_id"]: record for record in records}
    copies = [record for record in records if record["duplicate_of"] is not None]
    # A logical reading, the backup, the text export and the workbook list nothing that the full one lacks.
    assert {record["source"]["file_name"] for record in copies} == {LOGICAL, BACKUP, TEXT, WORKBOOK}
    for copy in copies:
        standing = by_id[copy["duplicate_of"]]
        assert standing["duplicate_of"] is None
        assert (standing["kind"], standing["device_id"]) == (copy["kind"], copy["device_id"])
        if copy["kind"] == "message":
            assert (standing["body"] or "", standing["direction"]) == (copy["body"] or "", copy["direction"])


def test_the_fuller_supersedes_and_the_tally_says_what_is_merged(
    held: CommandLine, records: list[dict[str, Any]]
) -> None:
    finished = held.run("report", "--format", "json")
    extractions = msgspec.json.decode(finished.out)["extractions"]
    states = {each["file_name"]: each["state"] for each in extractions if each["tally"].get("message")}
    assert (states[FULL], states[LOGICAL]) == ("complete", "superseded")
    for each in extractions:
        own = [record for record in records if record["extraction_id"] == each["extraction_id"]]
        for kind, row in each["tally"].items():
            if not kind.startswith("other:"):
                listed = [record for record in own if record["kind"] == kind]
                merged = sum(record["duplicate_of"] is not None for record in listed)
                assert (row["indexed"], row["merged"]) == (len(listed) - merged, merged)
            assert row["seen"] == row["indexed"] + row["merged"] + row["noticed"]
