"""The forms of the report on the command line: to a file, to a folder, to standard output; the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from search.reports.forms import ReportForm
from tests.acceptance.command_line import CommandLine

PINNED = ("--generated-at", "2026-01-02T03:04:05Z", "--since", "2024-01-01")


@pytest.mark.parametrize("form", list(ReportForm))
def test_a_form_gives_the_same_bytes_in_two_processes(held_case: CommandLine, tmp_path: Path, form: ReportForm) -> None:
    contents = []
    for name in ("one", "other"):
        place = tmp_path / f"{name}.{'zip' if form.has_several_files else form}"
        finished = held_case.run("report", "--format", form, *PINNED, "--out", place)
        assert (finished.code, finished.out) == (0, ""), finished.err
        contents.append(place.read_bytes())
    assert contents[0] == contents[1]
    assert held_case.strays() == []


@pytest.mark.parametrize("form", [form for form in ReportForm if form.has_several_files])
def test_several_files_lie_in_a_folder_or_a_zip(held_case: CommandLine, tmp_path: Path, form: ReportForm) -> None:
    for place in (tmp_path / "folder", tmp_path / "files.zip"):
        assert held_case.run("report", "--format", form, *PINNED, "--out", place).code == 0
    with zipfile.ZipFile(tmp_path / "files.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()} == packed
    assert "columns.csv" in packed


@pytest.mark.parametrize(
    ("name", "begins"), [("r.html", b"<!doctype"), ("r.PDF", b"%PDF"), ("r.json", b"{"), ("r", b"{")]
)
def test_a_report_has_the_form_that_its_file_is_called_after(
    held_case: CommandLine, tmp_path: Path, name: str, begins: bytes
) -> None:
    assert held_case.run("report", *PINNED, "--out", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes()[:9].lower().startswith(begins.lower())


def test_the_pdf_of_the_case_can_be_read_and_searched(held_case: CommandLine, tmp_path: Path) -> None:
    place = tmp_path / "report.pdf"
    assert held_case.run("report", "--format", "pdf", *PINNED, "--out", place).code == 0
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(place.read_bytes())).pages]
    assert "Marlo" in pages[0]
    assert "+44 7700 900002" in pages[0]
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_a_folder_that_cannot_be_written_is_a_usage_error(held_case: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    finished = held_case.run("report", "--format", "csv", "--out", tmp_path / "file" / "folder")
    assert finished.code == 2
    assert "cannot be written" in finished.err
