"""``--out``: the same command writes the same name every day, and replaces nothing else, whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.reports.forms import ReportForm
from tests.acceptance.command_line import CommandLine

TEXT = (
    '<?xml version="1.0" encoding="UTF-8"?><smses count="1">'
    '<sms address="07700 900123" date="1700000000000" type="1" body="u about" /></smses>'
)


@pytest.mark.parametrize("form", list(ReportForm))
def test_every_form_of_report_is_replaced_by_the_next(held_case: CommandLine, tmp_path: Path, form: ReportForm) -> None:
    for name in ("report", f"report.{'zip' if form.has_several_files else form}"):
        for _ in range(2):
            finished = held_case.run("report", "--format", form, "--out", tmp_path / name)
            assert finished.code == 0, finished.err


@pytest.mark.parametrize("form", ["jsonl", "csv", "case"])
def test_every_form_of_export_is_replaced_by_the_next(held_case: CommandLine, tmp_path: Path, form: str) -> None:
    for _ in range(2):
        finished = held_case.run("export", "--format", form, "--out", tmp_path / "records")
        assert finished.code == 0, finished.err


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "here")


@pytest.fixture
def evidence(command_line: CommandLine, tmp_path: Path) -> Path:
    path = tmp_path / "drop" / "sms-20231114221320.xml"
    path.parent.mkdir()
    path.write_text(TEXT)
    assert command_line.run("ingest", path).code == 0
    return path


@pytest.mark.parametrize("verb", ["report", "export"])
def test_evidence_is_not_replaced(command_line: CommandLine, evidence: Path, tmp_path: Path, verb: str) -> None:
    (tmp_path / "link.xml").symlink_to(evidence)
    (tmp_path / "copy.xml").write_text(TEXT)
    # A report asks for a form where the ending is none of one.
    form = ("--format", "json") if verb == "report" else ()
    for out in (evidence, tmp_path / "link.xml", tmp_path / "copy.xml"):
        finished = command_line.run(verb, *form, "--out", out)
        assert finished.code == 2
        assert "cannot be written" in finished.err
        assert "name another" in finished.err
    assert evidence.read_text() == (tmp_path / "copy.xml").read_text() == TEXT
    assert list(evidence.parent.iterdir()) == [evidence]


def test_a_bundle_of_ours_that_was_delivered_is_evidence(
    command_line: CommandLine, evidence: Path, tmp_path: Path
) -> None:
    bundle, copy = tmp_path / "bundle.jsonld", tmp_path / "copy.jsonld"
    assert command_line.run("export", "--format", "case", "--out", bundle).code == 0
    assert command_line.run("ingest", bundle).code in {0, 4}
    copy.write_bytes(bundle.read_bytes())
    for out, reason in ((bundle, "delivered here as evidence"), (copy, "held here as evidence")):
        finished = command_line.run("export", "--format", "case", "--out", out)
        assert finished.code == 2
        assert reason in finished.err
    assert evidence.exists()


def test_a_folder_with_a_table_that_was_delivered_is_left_as_it_is(
    command_line: CommandLine, evidence: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    assert command_line.run("report", "--format", "csv", "--out", folder).code == 0
    assert command_line.run("report", "--format", "csv", "--out", folder).code == 0
    assert command_line.run("ingest", folder / "links.csv").code in {0, 3, 4}
    (folder / "delivered.csv").write_text("Date,From,Text\n2024-02-05T12:00:00Z,07700 900123,u about\n")
    assert command_line.run("ingest", folder / "delivered.csv").code in {0, 4}
    finished = command_line.run("report", "--format", "csv", "--out", folder)
    assert finished.code == 2
    assert "delivered here as evidence" in finished.err
    assert evidence.exists()


def test_nothing_is_written_among_what_is_kept(command_line: CommandLine, evidence: Path) -> None:
    for folder in ("vault", "segments"):
        finished = command_line.run("export", "--out", command_line.data / folder / "records.jsonl")
        assert finished.code == 2
    for held in command_line.data.glob("*.jsonl"):
        before = held.read_bytes()
        assert command_line.run("export", "--out", held).code == 2
        assert held.read_bytes().startswith(before)
    assert evidence.read_text() == TEXT


def test_a_mapping_replaces_neither_its_table_nor_a_corrected_one(command_line: CommandLine, tmp_path: Path) -> None:
    table, sidecar = tmp_path / "m.csv", tmp_path / "m.csv.trapline.toml"
    table.write_text("When,Tel,Said\n14/09/2023 16:49,07700 900123,u about\n")
    assert command_line.run("map", table, "--out", sidecar, data=False).code == 0
    held = (table.read_bytes(), sidecar.read_bytes())
    for out in (table, sidecar):
        assert command_line.run("map", table, "--out", out, data=False).code == 2
    assert (table.read_bytes(), sidecar.read_bytes()) == held
