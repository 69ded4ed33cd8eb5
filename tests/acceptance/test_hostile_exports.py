"""Hostile files of every entry, in one run of ``ingest``, ``export``, ``verify``: bounded, within the data folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.acceptance.command_line import CommandLine, snapshot
from tests.acceptance.hostile_exports import HostileExport, exports

MOST_BYTES = 400 * 2**20
"""What a small drop may take in a process."""


class Run(msgspec.Struct, frozen=True):
    """What one run over all of the files left."""

    command_line: CommandLine
    files: dict[str, HostileExport]
    receipts: list[dict[str, Any]]
    messages: Counter[str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("hostile")
    drops = root / "drops"
    files = {}
    for place, export in enumerate(exports(root)):
        # A folder each: some names are those that an export must have, and none may lie beside another.
        path = drops / f"{place:02}" / export.name
        path.parent.mkdir(parents=True)
        path.write_bytes(export.content())
        files[f"{place:02}"] = export
    (drops / "link.txt").symlink_to("/etc/passwd")
    before = snapshot(drops)
    command_line = CommandLine(root)
    finished = command_line.run("ingest", drops, "--json", timeout_seconds=600)
    assert finished.code == 4, finished.err
    assert snapshot(drops) == before
    messages: Counter[str] = Counter()
    for record in command_line.records():
        if record["kind"] == "message":
            messages[record["extraction_id"]] += 1
    return Run(command_line, files, finished.rows(), messages)


def receipts_of(run: Run, place: str) -> list[dict[str, Any]]:
    drops = run.command_line.root / "drops"
    return [row for row in run.receipts if Path(row["custody"]["original_path"]).relative_to(drops).parts[0] == place]


def test_every_file_comes_to_what_it_must(run: Run) -> None:
    for place, export in run.files.items():
        receipts = receipts_of(run, place)
        assert receipts, export.name
        codes = {notice["code"] for row in receipts for notice in row["notices"]}
        assert not export.codes or codes & export.codes, (export.name, codes)
        assert not codes & {"reader_failed", "reader_lost", "tally_differs"}, (export.name, codes)
        assert sum(run.messages[row["extraction_id"]] for row in receipts) == export.messages, export.name
        for row in receipts:
            for counts in row["tally"].values():
                assert counts["seen"] == counts["indexed"] + counts["merged"] + counts["noticed"]


def test_no_file_takes_more_memory_than_a_small_drop_may(run: Run) -> None:
    assert max(row["peak_memory_bytes"] or 0 for row in run.receipts) < MOST_BYTES


def test_nothing_was_written_outside_the_data_folder(run: Run) -> None:
    assert run.command_line.strays() == []
    assert not list(run.command_line.root.parent.rglob("slipped*"))
    assert not list(run.command_line.data.rglob("slipped*"))


def test_what_is_held_verifies(run: Run) -> None:
    assert run.command_line.run("verify").code == 0
