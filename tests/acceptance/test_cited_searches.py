"""The searches that the report prints beside a link find what it says, when they are run."""

from __future__ import annotations

import json
import shlex
from typing import Any

from search.reports.page import page_of
from tests.acceptance.command_line import CommandLine

RUN_AT_MOST = 8


def found_by(held: CommandLine, command: str) -> int:
    program, *words = shlex.split(command)
    assert program == "trapline"
    finished = held.run(*words, "--size", "1", "--json")
    assert finished.code == 0, finished.err
    return int(finished.rows()[0]["total"])


def test_a_search_beside_a_link_finds_all_records_of_its_reason(held_case: CommandLine) -> None:
    report: dict[str, Any] = json.loads(held_case.run("report", "--format", "json").out)
    page = page_of(report)
    sends = {device["device_id"] for device in report["devices"] if device["traffic"]["kind"] == "broadcasts_adverts"}
    totals = {}
    for link in page.report["links"]:
        for reason in link["reasons"]:
            if command := page.cited(reason, link).command:
                is_sent = not sends.isdisjoint((link["a_device_id"], link["b_device_id"]))
                totals[command] = (reason["kind"], is_sent, reason["a_count"] + reason["b_count"])
    of_kind: dict[tuple[str, bool], str] = {}
    for command, (kind, is_sent, _) in totals.items():
        of_kind.setdefault((kind, is_sent), command)
    assert ("same_number", True) in of_kind
    for command in [*of_kind.values(), *totals][:RUN_AT_MOST]:
        assert found_by(held_case, command) >= totals[command][2], command


def test_a_search_for_a_wording_of_the_report_finds_all_messages_that_it_counts(held_case: CommandLine) -> None:
    report: dict[str, Any] = json.loads(held_case.run("report", "--format", "json").out)
    several = [held for held in report["templates"] if len(held["wording_ids"]) > 1][:RUN_AT_MOST]
    assert several
    for held in several:
        command = f"trapline search template:{held['template_id']}"
        # What a copy on another phone alone gives, or another source gives again, is counted and not found.
        assert found_by(held_case, command) * 10 >= held["message_count"] * 9, held["template_id"]
