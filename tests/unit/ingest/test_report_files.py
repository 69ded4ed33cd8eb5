"""What a report is called: the form that follows from it, and what is said where none does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.command_errors import OutputRefused
from ingest.report_files import check_name, check_place, form_called, write_result
from search.reports.forms import ReportForm
from tests.unit.search.reports.made_report import whole_report


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("r.html", "html"),
        ("r.PDF", "pdf"),
        ("r.json", "json"),
        ("report", "json"),
        ("-", "json"),
        ("r.htm", "html"),
        ("r.05", "json"),
    ],
)
def test_a_file_is_written_in_the_form_that_it_is_called_after(name: str, form: str) -> None:
    assert form_called(Path(name)) == form


def test_an_ending_of_no_form_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    for name in ("r.docx", "r.csv", "r.zip"):
        with pytest.raises(OutputRefused) as refused:
            form_called(tmp_path / name)
        assert f"no report is written as {Path(name).suffix}. Name it .json, .html, .pdf," in str(refused.value)
        assert "csv and i2 are several files and go into a folder or a .zip" in str(refused.value)
    os.mkfifo(tmp_path / "x.fifo")
    assert form_called(tmp_path / "x.fifo") == ReportForm.JSON


def test_several_files_get_a_folder_or_a_zip(tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    (tmp_path / "odd.html").mkdir()
    for name in ("r1.html", "tables.csv", "old"):
        with pytest.raises(OutputRefused, match=r"csv is several files: name a folder or a \.zip"):
            check_place(ReportForm.CSV, tmp_path / name)
    for name in ("tables", "r.zip", "R.ZIP", "odd.html", "2026.05 tables"):
        check_place(ReportForm.CSV, tmp_path / name)
    check_place(ReportForm.HTML, tmp_path / "r1.html")


@pytest.mark.parametrize("name", ["r.docx", "r.pdf", "r.XLS", "r.zip"])
def test_a_form_that_is_stated_is_called_after_no_other_program_s(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputRefused) as refused:
        check_name(ReportForm.HTML, tmp_path / name, "--format html")
    suffix = Path(name).suffix.casefold()
    assert f"--format html writes HTML, and the file is called {suffix}. Name it .html" in str(refused.value)
    for other in ("r.html", "r.htm", "r", "r.page", "r.05"):
        check_name(ReportForm.HTML, tmp_path / other, "--format html")
    check_name(ReportForm.CSV, tmp_path / name, "--format csv")


async def test_tables_in_a_folder_are_read_by_whom_the_umask_lets_read_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_result(await whole_report(), ReportForm.CSV, tmp_path / "tables")
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "tables").iterdir()} == {0o644}


def test_what_is_json_is_called_after_no_other_form(tmp_path: Path) -> None:
    for name in ("x.csv", "x.HTM", "x.zip", "x.pdf"):
        with pytest.raises(OutputRefused, match="--json writes JSON, and the file is called"):
            check_name(ReportForm.JSON, tmp_path / name, "--json")
    for out in (None, Path("-"), tmp_path / "x", tmp_path / "x.JSON", tmp_path / "x.txt", tmp_path / "x.05"):
        check_name(ReportForm.JSON, out, "--json")
