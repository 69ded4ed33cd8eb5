"""What people decide: kept with note and audit, held after rebuild and restore, and taken back."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.cli_process import faults
from tests.acceptance.command_line import CommandLine
from tests.meta.repository import ROOT

LINE, NEXT, OTHER = "07700 900001", "+447700900002", "07700900011"


def reported(command_line: CommandLine) -> dict[str, Any]:
    finished = command_line.run("report", "--generated-at", "2026-01-02T03:04:05Z")
    assert finished.code == 0, finished.err
    report: dict[str, Any] = json.loads(finished.out)
    assert faults("report", [report]) == []
    return report


def decide(command_line: CommandLine, *words: str, note: str = "as briefed") -> dict[str, Any]:
    finished = command_line.run("decide", *words, "--note", note, "--json")
    assert finished.code == 0, finished.err
    decision: dict[str, Any] = finished.rows()[0]["decisions"][0]
    return decision


def line_with(report: dict[str, Any], number: str) -> dict[str, Any] | None:
    return next((line for line in report["lines"] if number in {held["number"] for held in line["numbers"]}), None)


def test_the_examples_of_the_readme_are_decisions_on_the_demonstration_case(own_case: CommandLine) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = [line for line in readme.splitlines() if line.startswith("trapline decide ")]
    assert len(examples) == 6
    first = ""
    for example in examples:
        words = shlex.split(example.replace("DECISION", first), comments=True)[1:]
        finished = own_case.run(*words)
        assert finished.code == 0, finished.err
        first = first or finished.out.split()[0]


def test_what_cannot_be_decided_says_what_to_name_instead(own_case: CommandLine) -> None:
    split = own_case.run("decide", "split", LINE, "07700900999", "--note", "as briefed")
    assert "NUMBER@2024-03-01" in split.err
    listed = own_case.run("decide", "list", "HW/7")
    assert "takes no further words" in listed.err
    assert (split.code, listed.code) == (2, 2)


def test_decisions_hold_in_the_report_after_rebuild_and_restore(own_case: CommandLine, tmp_path: Path) -> None:
    before = reported(own_case)
    decide(own_case, "reject", "HW/7", "HW/3", note="one was lent 💊")
    split = decide(own_case, "split", LINE, NEXT)
    whole = line_with(before, NEXT)
    assert whole is not None
    numbers = ", ".join(sorted(held["number"] for held in whole["numbers"]))
    assert split["sentence"].startswith(f"Before: one line, {whole['name']} with {numbers}. Kept apart: ")
    decide(own_case, "confirm", OTHER)
    report = reported(own_case)
    assert line_with(report, NEXT) != line_with(report, "+447700900001")
    confirmed = line_with(report, "+447700900011")
    assert confirmed is not None
    assert confirmed["decision"]["verdict"] == "confirm"
    (rejected,) = report["rejected_links"]
    assert rejected["decision"]["note"] == "one was lent 💊"
    pair = (rejected["a_device_id"], rejected["b_device_id"])
    assert pair in {(link["a_device_id"], link["b_device_id"]) for link in before["links"]}
    assert pair not in {(link["a_device_id"], link["b_device_id"]) for link in report["links"]}
    assert [held["state"] for held in report["decisions"]] == ["holds"] * 3
    assert own_case.run("rebuild").code == 0
    assert reported(own_case) == report
    assert own_case.run("backup", tmp_path / "copy").code == 0
    other = CommandLine(tmp_path / "elsewhere")
    assert other.run("backup", tmp_path / "copy", "--restore").code == 0
    assert other.run("rebuild").code == 0
    assert reported(other) == report
    page = own_case.run("report", "--format", "html").out
    assert "Rejected by a person on" in page
    assert "one was lent 💊" in page
    assert own_case.run("verify").code == 0


def test_a_decision_that_is_taken_back_leaves_the_report_as_it_was_but_for_the_record(own_case: CommandLine) -> None:
    before = reported(own_case)
    decision = decide(own_case, "merge", LINE, OTHER)
    merged = reported(own_case)
    assert len(merged["lines"]) == len(before["lines"]) - 1
    decide(own_case, "revoke", decision["decision_id"], note="other town")
    after = reported(own_case)
    assert [held["state"] for held in after["decisions"]] == ["revoked"]
    assert after["decisions"][0]["revoked"]["note"] == "other town"
    assert {**after, "decisions": []} == before
    assert own_case.run("decide", "revoke", decision["decision_id"], "--note", "x").code == 2


def test_a_merge_of_what_is_one_line_already_holds_and_a_second_is_refused(own_case: CommandLine) -> None:
    before = reported(own_case)
    decide(own_case, "merge", LINE, NEXT)
    after = reported(own_case)
    assert [held["state"] for held in after["decisions"]] == ["holds"]
    assert len(after["lines"]) == len(before["lines"])
    again = own_case.run("decide", "merge", LINE, NEXT, "--note", "x")
    assert again.code == 2
    assert "are already one line" in again.err


def test_every_decision_is_in_the_audit_with_who_and_why(own_case: CommandLine) -> None:
    decide(own_case, "reject", "Dezzy", note="a takeaway")
    lines = [json.loads(line) for line in (own_case.data / "audit.jsonl").read_text("utf-8").splitlines()]
    (line,) = [line for line in lines if line["action"] == "decide"]
    assert (line["detail"]["verdict"], line["detail"]["note"], bool(line["user"])) == ("reject", "a takeaway", True)
    listed = own_case.run("decide", "list")
    assert listed.code == 0
    assert "reject line: Dezzy" in listed.out
    assert "a takeaway" in listed.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("confirm", "ZZ/99", "HW/1", "--note", "x"), "No phone is held under ZZ/99"),
        (("confirm", "JB/2", "HW/1", "--note", "x"), "Add --case"),
        (("confirm", "Nobody", "--note", "x"), "No line is called Nobody"),
        (("confirm", "07700900456@2024-02-30", "--note", "x"), "2024-02-30 is no day of the calendar"),
        (("reject", "07700900999", "--note", "x"), "No adverts of this line are held"),
        (("split", LINE, LINE, "--note", "x"), "one unbroken use"),
        (("split", LINE, "07700900999", "--note", "x"), "No adverts of +447700900999 are held now. Name a line"),
        (("merge", LINE, "07700900999@2024-04-01", "--note", "x"), "of +447700900999 on 2024-04-01 are held now. Name"),
        (("merge", LINE, "--note", "x"), "two lines or more"),
        (("merge", LINE, LINE, "--note", "x"), f"{LINE} is named twice"),
        (
            ("split", LINE, "--note", "x"),
            "split takes two numbers of the line, one of each half: trapline decide split",
        ),
        (("confirm", LINE), "State why"),
        (("confirm", "Nobody"), "No line is called Nobody"),
        (("confirm", "HW/7"), "HW/7 is a phone"),
        (("confirm", "HW/7", "hw/7"), "HW/7 (case OP TAMARISK) is named twice"),
        (("revoke", "dc-00000000000000000000"), "No decision has the id"),
        (("revoke", "dc-00000000000000000000", "--note", "x"), "No decision has the id"),
    ],
)
def test_what_cannot_be_decided_is_a_usage_error_that_says_why(
    held_case: CommandLine, words: tuple[str, ...], said: str
) -> None:
    finished = held_case.run("decide", *words)
    assert (finished.code, finished.out) == (2, "")
    assert said in finished.err
    assert not (held_case.data / "decisions.jsonl").exists()
