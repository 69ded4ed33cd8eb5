"""Writes the demonstration case where it is asked for, and drops it: the main job on files that anybody may see."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from ingest.assemble import Workspace
from ingest.command_errors import OutputRefused
from ingest.demo.case import PLANS, write_case
from ingest.outcomes import Receipt
from ingest.report_files import latest_report, reports_after
from search.reports.forms import ReportForm

CASE_FOLDER = "demonstration"
"""Where the case lies in the data folder, when no other place is named."""


def place_case(directory: Path) -> Path:
    """Write the case below the directory, whole or not at all; what is there from an earlier run stays.

    Raises:
        OutputRefused: Something else is there, or the place cannot be written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        if not all((directory / plan.path).exists() for plan in PLANS):
            raise OutputRefused(str(directory), "something else is there; name a new folder")
        return directory
    part = directory.with_name(f".{directory.name}.part")
    try:
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(parents=True)
        write_case(part)
        if directory.exists():
            directory.rmdir()
        part.rename(directory)
    except OSError as exc:
        raise OutputRefused(str(directory), exc.strerror or "unknown reason") from exc
    return directory


async def write_reports(workspace: Workspace, receipts: Sequence[Receipt]) -> tuple[Path, Path]:
    """Write the linkage report into the data folder, and return where it lies as a page and as JSON.

    Raises:
        IndexUnreachable: The index is not there.
    """
    await reports_after(workspace, receipts, (ReportForm.HTML, ReportForm.JSON))
    return latest_report(workspace, ReportForm.HTML), latest_report(workspace, ReportForm.JSON)
