"""``report --since``: what is new since an instant, or against an earlier report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command_line import CommandLine

PINNED = ("--generated-at", "2026-01-02T03:04:05Z")


def report_of(command_line: CommandLine, *words: str | Path) -> dict[str, Any]:
    finished = command_line.run("report", *PINNED, *words)
    assert finished.code == 0, finished.err
    report: dict[str, Any] = json.loads(finished.out)
    return report


def test_everything_is_new_since_before_the_first_drop_and_nothing_since_the_last(held_case: CommandLine) -> None:
    news = report_of(held_case, "--since", "2020-01-01")["new"]
    report = report_of(held_case, "--since", "2099-01-01")
    assert news["extraction_ids"] == [entry["extraction_id"] for entry in report["extractions"]]
    assert {line["change"] for line in news["lines"]} == {"new"}
    assert not any(report["new"][key] for key in ("extraction_ids", "lines", "links", "gone_lines", "gone_links"))
    assert report_of(held_case)["new"] is None


def test_an_earlier_report_and_the_instant_of_it_tell_the_same(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    drops = tmp_path / "drops"
    assert command_line.run("demo", drops).code == 0
    first, second = sorted(path for path in drops.iterdir() if path.is_dir())[:2]
    assert command_line.run("ingest", first, timeout_seconds=600).code == 0
    earlier = tmp_path / "earlier.json"
    assert command_line.run("report", *PINNED, "--out", earlier).code == 0
    finished = command_line.run("ingest", second, "--json", timeout_seconds=600)
    assert finished.code == 0, finished.err
    at = min(row["custody"]["received_at"] for row in finished.rows())
    against_file, since_then = (report_of(command_line, "--since", words)["new"] for words in (earlier, at))
    assert against_file.pop("since")["sha256"]
    assert since_then.pop("since")["at"] == at
    assert against_file == since_then
    assert against_file["extraction_ids"] == sorted(row["extraction_id"] for row in finished.rows())
    page = command_line.run("report", "--format", "html", "--since", at).out
    assert page.index("New by what was taken in or decided since") < page.index("What was found")


@pytest.mark.parametrize("content", ["nonsense", "{}", "[]", '{"schema": "trapline.linkage-report/1"}'])
def test_a_file_that_is_no_report_is_a_usage_error(held_case: CommandLine, tmp_path: Path, content: str) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(content, encoding="utf-8")
    finished = held_case.run("report", "--since", path)
    assert (finished.code, finished.out) == (2, "")
    assert "earlier.json" in finished.err


def test_neither_a_time_nor_a_file_is_a_usage_error(held_case: CommandLine) -> None:
    assert held_case.run("report", "--since", "yesterday").code == 2


def test_a_file_that_is_not_there_is_said_to_be_none(held_case: CommandLine, tmp_path: Path) -> None:
    finished = held_case.run("report", "--since", tmp_path / "earlier.json")
    assert finished.code == 2
    assert "no file that is there" in " ".join(finished.err.split())
