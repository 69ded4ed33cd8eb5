"""Reports as files: after a drop, and of the demonstration case. One report is made, and rendered in each form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ingest.assemble import Workspace
from ingest.data_paths import write_file
from ingest.outcomes import Receipt
from ingest.report_view import linkage_report, rendered
from ingest.selection import Selection, instant_of

AFTER_A_DROP: Final = ("html", "json")
"""The forms that are written after a drop: to read, to print, and for other programs."""
_STEM: Final = "linkage-report"
_ALREADY_HELD: Final = "already_held"


async def reports_after(workspace: Workspace, receipts: Sequence[Receipt]) -> Mapping[str, bytes]:
    """Return the report over everything held in each form, with what is new since before these receipts' drop.

    The latest one lies in the data folder too, under ``reports``.

    Raises:
        IndexUnreachable: The index is not there.
    """
    forms = " and ".join(AFTER_A_DROP)
    report = await linkage_report(workspace, Selection(), None, forms, _received_at(receipts))
    files = {form: rendered(report, form) for form in AFTER_A_DROP}
    folder = workspace.data_dir / "reports"
    folder.mkdir(mode=0o700, exist_ok=True)
    for form, content in files.items():
        write_file(folder / f"{_STEM}.{form}", content)
    return files


def latest_report(workspace: Workspace, form: str) -> Path:
    """Return where the latest report lies in the data folder."""
    return workspace.data_dir / "reports" / f"{_STEM}.{form}"


def _received_at(receipts: Sequence[Receipt]) -> str | None:
    """Return when the first of what was not held before came; None where all of it was."""
    instants = []
    for receipt in receipts:
        custody = receipt["custody"]
        if isinstance(custody, Mapping) and not receipt.get(_ALREADY_HELD):
            instants.append(str(custody["received_at"]))
    return min(instants, key=instant_of, default=None)
