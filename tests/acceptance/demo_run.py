"""One run of the demonstration case through the console script, and what it gave."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from ingest.demo.case import write_case
from ingest.demo.case_truth import CaseTruth
from tests.acceptance.command_line import CommandLine, Finished

MODERATE, STRONG = 0.70, 0.95


class DemoRun(msgspec.Struct, frozen=True):
    """What came of dropping the case.

    Attributes:
        records: Exported records by the path of their delivery, in export order.
        device_keys: The truth's key of each device id of the report.
    """

    command_line: CommandLine
    truth: CaseTruth
    finished: Finished
    receipts: list[dict[str, Any]]
    records: dict[str, list[dict[str, Any]]]
    report: dict[str, Any]
    device_keys: dict[str, str]

    def line_named(self, name: str) -> list[dict[str, Any]]:
        """Return the report's lines that have the name or a form of it, and share a number with the true line."""
        true = next(line for line in self.truth.lines if line.name == name)
        return [
            line
            for line in self.report["lines"]
            if {number["number"] for number in line["numbers"]} & set(true.numbers)
            and any(name.casefold() in form.casefold() for form in names_of(line))
        ]

    def scores(self) -> dict[tuple[str, str], float]:
        """Return the score of each listed pair of devices, under the truth's keys."""
        found: dict[tuple[str, str], float] = {}
        for link in self.report["links"]:
            first, second = sorted((self.device_keys[link["a_device_id"]], self.device_keys[link["b_device_id"]]))
            found[first, second] = link["score"]
        return found


def names_of(line: dict[str, Any]) -> list[str]:
    """Return the name of the report's line and every form of it."""
    return [line["name"] or "", *(nickname["form"] for nickname in line["nicknames"])]


def run_demonstration(root: Path, settings: Mapping[str, str] | None = None) -> DemoRun:
    """Write the case, drop it, export it and report on it. ``settings``: environment, for another index."""
    command_line = CommandLine(root, settings)
    drops = root / "drops"
    truth = write_case(drops)
    finished = command_line.run("ingest", drops, "--json", timeout_seconds=600)
    receipts = finished.rows()
    exported = command_line.run("export", "--format", "jsonl")
    reported = command_line.run("report", "--format", "json")
    assert exported.code == 0, exported.err
    assert reported.code == 0, reported.err
    report = json.loads(reported.out)
    paths = {
        row["extraction_id"]: Path(row["custody"]["original_path"]).relative_to(drops).as_posix() for row in receipts
    }
    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in exported.rows():
        records[paths[record["extraction_id"]]].append(record)
    references = {(device.case_ref, device.exhibit_ref): device.key for device in truth.devices}
    keys = {
        device["device_id"]: "+".join(
            references.get((case, exhibit), f"{case} {exhibit}")
            for case in device["case_refs"]
            for exhibit in device["exhibit_refs"]
        )
        for device in report["devices"]
    }
    return DemoRun(command_line, truth, finished, receipts, dict(records), report, keys)
