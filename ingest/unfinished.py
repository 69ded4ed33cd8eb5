"""Deliveries that were begun and not read to their end: an answer without them must not pass for a whole one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ingest.assemble import Workspace
from ingest.data_lock import is_locked
from ingest.deliveries import shown_path
from ingest.exit_codes import ExitCode, gravest
from ingest.index_standing import Standing
from ingest.journal import STARTED
from ingest.printed.output import say, visible
from ingest.printed.status_text import standing_line
from search.reports.summary_words import unfinished_words


def unfinished_deliveries(workspace: Workspace) -> list[dict[str, Any]]:
    """Return name and hash (None: it was not copied to its end) of what was begun and not finished, by name. Blocks.

    While a run works on the data folder what it began is under way: none, so that the report which a watch makes after
    a drop does not tell what else happens to be read in that moment.
    """
    journal = workspace.journal
    if is_locked(workspace.paths.lock):
        return []
    names: list[tuple[str, str | None]] = [(row.name, row.stated_sha256) for row in journal.deliveries(STARTED)]
    arrivals = journal.arrivals(STARTED)
    names += [(shown_path(Path(Path(os.fsdecode(row.original_path)).name)), None) for row in arrivals]
    return [
        {"file_name": name, "sha256": sha256} for name, sha256 in sorted(names, key=lambda it: (it[0], it[1] or ""))
    ]


def cut_off_words(workspace: Workspace) -> str:
    """Return what is said beside an answer of deliveries that were cut off; empty where none was. Blocks."""
    told = unfinished_words(unfinished_deliveries(workspace))
    return told and f"trapline: NOT COMPLETE: {told}. The next trapline ingest finishes what was begun."


def told_beside_answer(stands: Standing, cut_off: str) -> ExitCode:
    """Tell the user what an answer lacks, and return its exit code.

    Args:
        stands: How the index stands.
        cut_off: Of ``cut_off_words``.
    """
    if cut_off:
        say(visible(cut_off))
    if not stands.is_whole:
        say(standing_line(stands))
    return gravest(
        ExitCode.PARTIAL if cut_off else ExitCode.WHOLE, ExitCode.WHOLE if stands.is_whole else ExitCode.NO_INDEX
    )
